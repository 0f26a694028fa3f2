#pragma once

#include <string_view>
#include <vector>

#include "core/media/mediainfo.h"

namespace marea::server {

// What a saved position means for the next time. Pure.
struct Resume {
    double position = 0;    // seconds to start from
    bool finished = false;  // over the threshold of having seen it: counts as watched
};

struct ResumeRules {
    double leastSeconds = 30;           // nearer to the start than this, or than
    double leastFraction = 0.02;        // this part of the whole: from the start
    double finishedFraction = 0.92;     // beyond it, or in the end credits: finished, from the start
    double longTrackSeconds = 20 * 60;  // music shorter than this always starts from its start
};

// `kind` as in Item::kind, `duration` in seconds (0: unknown), `creditsStart` in seconds (0: none).
Resume resumeAfter(std::string_view kind, double duration, double position, double creditsStart,
                   const ResumeRules& rules = {});

// Where the end credits start: the last chapter, when it is named as such and lies in the second half; else 0.
double creditsStart(const std::vector<core::Chapter>& chapters, double duration);

}  // namespace marea::server
