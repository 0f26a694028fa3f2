#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/log.h"

namespace marea::core {

// What the log said last, in memory: so many records, of so many bytes together at most; the oldest go. Records have
// numbers that count from 1. Thread-safe.
class LogRing {
public:
    struct Record {
        std::uint64_t seq = 0;
        LogLevel level = LogLevel::Info;
        std::string json;  // one object, redacted as in the log
    };
    struct Page {
        std::vector<Record> records;  // in their order
        std::uint64_t last = 0;       // the number up to which all has been looked at: where the next page goes on
        bool missed = false;          // some after the number that was asked for have gone
    };

    explicit LogRing(std::size_t mostRecords = 5000, std::size_t mostBytes = 4 << 20)
        : mostRecords_(mostRecords), mostBytes_(mostBytes) {}

    void add(LogLevel level, std::string json);
    // Of `least` and graver: at most `limit` after the number `after`; nullopt: the latest.
    Page page(std::optional<std::uint64_t> after, LogLevel least, std::size_t limit) const;

private:
    Page latest(LogLevel least, std::size_t limit) const;

    const std::size_t mostRecords_, mostBytes_;
    mutable std::mutex mutex_;
    std::deque<Record> records_;
    std::size_t bytes_ = 0;
    std::uint64_t last_ = 0;
};

std::string_view name(LogLevel level);  // "debug", "info", "warning", "error"
std::optional<LogLevel> logLevelOf(std::string_view name);

// A log whose level can be changed while it is written to.
class AdjustableLogger : public Logger {
public:
    virtual void setMinimum(LogLevel minimum) = 0;  // thread-safe
    virtual LogLevel minimum() const = 0;
};

// As makeLogger(); what is written is kept in `ring`, too. Null: nowhere.
std::shared_ptr<AdjustableLogger> makeAdjustableLogger(int fd, LogFormat format, LogLevel minimum,
                                                       std::shared_ptr<LogRing> ring);

}  // namespace marea::core
