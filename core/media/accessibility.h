#pragma once

#include "core/media/mediainfo.h"

namespace marea::core {

// Whether a sound tells what is to be seen, for people who do not see it. Files that mark it so have it in the title
// (kAudioDescription, put there by who reads the file); others say it there themselves: "Audiodescripción", "English
// AD".
bool describesVideo(const StreamInfo& audio);

constexpr const char* kAudioDescription = "Audio description";

}  // namespace marea::core
