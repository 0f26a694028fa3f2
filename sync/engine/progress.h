#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "core/base/clock.h"

namespace marea::sync {

struct Progress {
    std::int64_t bytesDone = 0, bytesTotal = 0;
    std::size_t filesDone = 0, filesTotal = 0;
    std::string current;                // path on the device
    double bytesPerSecond = 0;          // over the last seconds; 0 until known
    std::optional<double> secondsLeft;  // nothing until known
};

// Makes progress of what is written. Pure: told the time.
class ProgressMeter {
public:
    ProgressMeter(std::size_t files, std::int64_t bytes);
    void begin(std::string path) { progress_.current = std::move(path); }
    void wrote(std::int64_t bytes, core::TimeMs now);
    // A file is done, or was given up: `planned` is what the plan took it for, `written` what came of it.
    void ended(std::int64_t planned, std::int64_t written, core::TimeMs now);
    const Progress& progress() const { return progress_; }

private:
    struct Moment {
        core::TimeMs at;
        std::int64_t bytes;
    };
    void measure(core::TimeMs now);

    Progress progress_;
    std::int64_t inFile_ = 0, written_ = 0;
    std::deque<Moment> recent_;
};

}  // namespace marea::sync
