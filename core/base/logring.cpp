#include "core/base/logring.h"

#include <algorithm>
#include <array>

namespace marea::core {

namespace {

constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warning", "error"};

}  // namespace

std::string_view name(LogLevel level) {
    return kNames[static_cast<std::size_t>(level)];
}

std::optional<LogLevel> logLevelOf(std::string_view text) {
    const auto found = std::find(kNames.begin(), kNames.end(), text);
    return found == kNames.end() ? std::nullopt : std::optional(static_cast<LogLevel>(found - kNames.begin()));
}

void LogRing::add(LogLevel level, std::string json) {
    const std::lock_guard lock(mutex_);
    bytes_ += json.size();
    records_.push_back({++last_, level, std::move(json)});
    while (records_.size() > mostRecords_ || bytes_ > mostBytes_) {
        bytes_ -= records_.front().json.size();
        records_.pop_front();
    }
}

LogRing::Page LogRing::page(std::optional<std::uint64_t> after, LogLevel least, std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    if (!after) {
        return latest(least, limit);
    }
    Page page;
    const std::uint64_t first = last_ - records_.size() + 1;  // the number of the oldest that is there
    page.missed = *after + 1 < first;
    page.last = *after > last_ ? last_ : *after;  // numbers begin anew with each start of the program
    const std::uint64_t from = *after > last_ ? last_ + 1 : std::max(*after + 1, first);
    for (std::size_t at = from - first; at < records_.size() && page.records.size() < limit; ++at) {
        page.last = records_[at].seq;
        if (records_[at].level >= least) {
            page.records.push_back(records_[at]);
        }
    }
    return page;
}

LogRing::Page LogRing::latest(LogLevel least, std::size_t limit) const {
    Page page;
    page.last = last_;
    for (auto at = records_.rbegin(); at != records_.rend() && page.records.size() < limit; ++at) {
        if (at->level >= least) {
            page.records.push_back(*at);
        }
    }
    std::reverse(page.records.begin(), page.records.end());
    return page;
}

}  // namespace marea::core
