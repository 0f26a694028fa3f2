#include "core/media/accessibility.h"

#include <gtest/gtest.h>

using namespace marea::core;

namespace {

bool describes(const char* title, StreamKind kind = StreamKind::Audio) {
    StreamInfo stream;
    stream.kind = kind;
    stream.title = title;
    return describesVideo(stream);
}

}  // namespace

TEST(Accessibility, KnowsDescriptionsByTheirTitles) {
    for (const char* title :
         {kAudioDescription, "English (AD)", "AD", "Stereo AD 2.0", "Audiodescripción", "AUDIODESCRIÇÃO",
          "Descriptive Audio", "For the visually impaired", "Deutsch Hörfilm", "audio-description"}) {
        EXPECT_TRUE(describes(title)) << title;
    }
    for (const char* title :
         {"", "English", "ADR session", "Bad sound", "Director's commentary", "READ", "ad", "Stereo"}) {
        EXPECT_FALSE(describes(title)) << title;
    }
    EXPECT_FALSE(describes("Audio description", StreamKind::Subtitle));
}
