#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/media/mediainfo.h"

// Where somebody is in a title, and what that means. Pure; of the server and of players alike.
namespace marea::core::library {

// What was played without a jump, up to where one is, from what a player says of its place every now and then. Going
// back is no jump, nor are the keys that skip some seconds of what one is playing.
class Stretch {
public:
    Stretch() = default;
    // `played`: seconds that were played before, elsewhere in it.
    explicit Stretch(double position, TimeMs at, double played = 0)
        : from_(position), position_(position), played_(played), at_(at) {}

    // `playing`: from now on, until the next word.
    void moved(double position, TimeMs at, bool playing);
    // Of the time up to `at`, what was not told of yet was silence: nothing was played in it.
    void silentUntil(TimeMs at) { at_ = std::max(at_, at); }
    double from() const { return from_; }      // seconds
    double played() const { return played_; }  // seconds in all, before jumps too; never more than the time it took

private:
    double from_ = 0, position_ = 0, played_ = 0;
    double ahead_ = 0;     // seconds by which it went on faster than it can play
    double mayAhead_ = 0;  // how many are no jump
    TimeMs at_ = 0;
    bool playing_ = true;
};

// What a position means for the next time.
struct Resume {
    double position = 0;    // seconds to start from
    bool finished = false;  // seen: counts as watched
};

struct ResumeRules {
    double leastSeconds = 30;           // nearer to the start than this, or than
    double leastFraction = 0.02;        // this part of the whole: from the start
    double finishedFraction = 0.92;     // played beyond it, or into the end credits: finished, from the start
    double endSeconds = 10;             // as near to the end as this, but at most
    double endFraction = 0.02;          // this part of the whole: finished, also after a jump
    double longTrackSeconds = 20 * 60;  // music shorter than this always starts from its start
};

struct Place {
    std::string_view kind;  // as of the catalogue's items
    double duration = 0;    // seconds, 0: unknown
    double position = 0;
    double playedFrom = 0;    // Stretch::from(): who jumped into the credits has not seen the film
    double creditsStart = 0;  // 0: none
};

Resume resumeAfter(const Place& place, const ResumeRules& rules = {});

// Where the end credits start: the last chapter, when it is named as such and lies in the second half; else 0.
double creditsStart(const std::vector<Chapter>& chapters, double duration);

}  // namespace marea::core::library
