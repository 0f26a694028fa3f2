// Subtitle files of all formats, by whoever made them: whatever is read must be written so that it reads the same.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "server/packaging/subtitles/ass.h"
#include "server/packaging/subtitles/movtext.h"
#include "server/packaging/subtitles/subtitleformat.h"
#include "server/packaging/subtitles/webvtt.h"

using namespace marea::server;

namespace {

void check(Subtitles subtitles) {
    settle(subtitles);
    Subtitles again = readWebVtt(writeWebVtt(subtitles));
    settle(again);
    if (again.cues != subtitles.cues) {
        std::fprintf(stderr, "written:\n%s\nread again:\n%s\n", writeWebVtt(subtitles).c_str(),
                     writeWebVtt(again).c_str());
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const char* extension : {"srt", "vtt", "ass", "ttml", "smi"}) {
        if (auto read = readSubtitles(text, extension, "en"))
            check(std::move(*read));
    }
    AssReader events;
    events.event(text, 0, 1000);
    check(events.take());
    Subtitles boxes;
    readMp4WebVtt(text, 0, 1000, boxes);
    CueColours colours;
    boxes.cues.push_back({0, 1000, {}, {}, {}});
    readMovText(text, colours, boxes.cues.back());
    check(std::move(boxes));
    return 0;
}
