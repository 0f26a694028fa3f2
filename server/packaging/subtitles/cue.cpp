#include "server/packaging/subtitles/cue.h"

#include <algorithm>

namespace marea::server {
namespace {

// An open cue lasts until the next one that starts later.
void closeOpenEnds(std::vector<Cue>& cues) {
    Millis next = kLatestCue;
    for (std::size_t at = cues.size(); at > 0; --at) {
        Cue& cue = cues[at - 1];
        const Millis later = at < cues.size() && cues[at].start > cue.start ? cues[at].start : next;
        if (cue.end == kOpenEnd)
            cue.end = std::min(later, cue.start + kLongestOpenCue);
        next = later;
    }
}

}  // namespace

void settle(Subtitles& subtitles) {
    std::vector<Cue>& cues = subtitles.cues;
    std::stable_sort(cues.begin(), cues.end(), [](const Cue& a, const Cue& b) { return a.start < b.start; });
    closeOpenEnds(cues);
    const auto isNothing = [](Cue& cue) {
        cue.start = std::max<Millis>(cue.start, 0);  // what is on screen when the title starts
        cue.end = std::min(cue.end, kLatestCue);
        return cue.end <= cue.start || cue.text.find_first_not_of(" \t\n") == std::string::npos;
    };
    cues.erase(std::remove_if(cues.begin(), cues.end(), isNothing), cues.end());
    cues.resize(std::min(cues.size(), kMostCues));
}

}  // namespace marea::server
