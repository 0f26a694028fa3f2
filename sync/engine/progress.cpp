#include "sync/engine/progress.h"

#include <algorithm>

namespace marea::sync {

namespace {

constexpr core::TimeMs kWindow = 8000;  // over which the rate is measured
constexpr core::TimeMs kLeast = 500;    // before a rate says anything
constexpr core::TimeMs kGrain = 100;

}  // namespace

ProgressMeter::ProgressMeter(std::size_t files, std::int64_t bytes) {
    progress_.filesTotal = files;
    progress_.bytesTotal = bytes;
}

void ProgressMeter::wrote(std::int64_t bytes, core::TimeMs now) {
    inFile_ += bytes;
    written_ += bytes;
    progress_.bytesDone = std::min(progress_.bytesDone + bytes, progress_.bytesTotal);
    measure(now);
}

// What was wrongly estimated is put right, so that the sum comes out.
void ProgressMeter::ended(std::int64_t planned, std::int64_t written, core::TimeMs now) {
    ++progress_.filesDone;
    progress_.bytesTotal = std::max<std::int64_t>(progress_.bytesTotal + written - planned, 0);
    progress_.bytesDone = std::clamp<std::int64_t>(progress_.bytesDone + written - inFile_, 0, progress_.bytesTotal);
    inFile_ = 0;
    measure(now);
}

void ProgressMeter::measure(core::TimeMs now) {
    if (!recent_.empty() && now < recent_.back().at) {
        recent_.clear();  // the clock was set back
    }
    if (recent_.empty() || now - recent_.back().at >= kGrain) {
        recent_.push_back({now, written_});
    }
    while (recent_.size() > 2 && now - recent_.front().at > kWindow) {
        recent_.pop_front();
    }
    const core::TimeMs taken = now - recent_.front().at;
    if (taken >= kLeast) {
        progress_.bytesPerSecond =
            static_cast<double>(written_ - recent_.front().bytes) * 1000 / static_cast<double>(taken);
    }
    if (progress_.bytesPerSecond > 0) {
        progress_.secondsLeft =
            static_cast<double>(progress_.bytesTotal - progress_.bytesDone) / progress_.bytesPerSecond;
    }
}

}  // namespace marea::sync
