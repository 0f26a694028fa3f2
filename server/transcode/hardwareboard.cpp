#include "server/transcode/hardwareboard.h"

#include <algorithm>

namespace marea::server {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds firstRest = 60s, longestRest = 1h;
constexpr int mostDoublings = 6;

}  // namespace

HardwareBoard::HardwareBoard(std::vector<HardwareDevice> devices, HardwareWish wish,
                             std::shared_ptr<core::Logger> logger, Now now)
    : wish_(wish), logger_(logger ? std::move(logger) : core::makeNullLogger()), now_(std::move(now)) {
    for (HardwareDevice& device : devices)
        entries_.push_back({{std::move(device), 0, {}}, {}, 0, 0, 0});
}

void HardwareBoard::wakeUp() {
    for (Entry& entry : entries_) {
        if (!entry.state.badBecause.empty() && now_() >= entry.restsUntil)
            entry.state.badBecause.clear();
    }
}

HardwareChoice HardwareBoard::take(const VideoEncoding& encoding) {
    const std::lock_guard lock(mutex_);
    wakeUp();
    std::vector<HardwareState> states;
    for (const Entry& entry : entries_)
        states.push_back(entry.state);
    HardwareChoice choice = chooseHardware(states, hardwareNeed(encoding), wish_);
    if (choice.device)
        ++entries_[*choice.device].state.sessions;
    return choice;
}

void HardwareBoard::succeeded(std::size_t device) {
    const std::lock_guard lock(mutex_);
    Entry& entry = entries_.at(device);
    --entry.state.sessions;
    ++entry.made;
    entry.failuresInARow = 0;
}

void HardwareBoard::failed(std::size_t device, const std::string& reason) {
    HardwareDevice known;
    std::chrono::seconds rest{};
    {
        const std::lock_guard lock(mutex_);
        Entry& entry = entries_.at(device);
        --entry.state.sessions;
        ++entry.failures;
        // Several at once fail for one cause.
        if (entry.state.badBecause.empty()) {
            rest = std::min(firstRest * (1 << std::min(entry.failuresInARow, mostDoublings)), longestRest);
            ++entry.failuresInARow;
            entry.restsUntil = now_() + rest;
        }
        entry.state.badBecause = reason.empty() ? "it gave no reason" : reason;
        known = entry.state.device;
    }
    if (rest > 0s)
        logger_->warning("hardware.failed",
                         {{"device", describe(known)}, {"detail", reason}, {"rests_s", std::int64_t{rest.count()}}});
}

void HardwareBoard::abandoned(std::size_t device) {
    const std::lock_guard lock(mutex_);
    --entries_.at(device).state.sessions;
}

std::vector<HardwareBoard::Status> HardwareBoard::status() const {
    const std::lock_guard lock(mutex_);
    std::vector<Status> list;
    for (const Entry& entry : entries_) {
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(entry.restsUntil - now_());
        Status status{entry.state, entry.made, entry.failures, std::max<std::int64_t>(left.count(), 0)};
        if (status.restsFor == 0)
            status.state.badBecause.clear();
        list.push_back(std::move(status));
    }
    return list;
}

}  // namespace marea::server
