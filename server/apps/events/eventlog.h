#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/base/result.h"

namespace marea::core::db {
class Database;
}

namespace marea::server {

// The log of library events, as listeners are told it. Calls block.
class EventLog {
public:
    struct Entry {
        std::int64_t seq = 0;
        std::string text;  // the message
    };
    virtual ~EventLog() = default;
    virtual core::Result<std::int64_t> top(const core::Id& user) = 0;  // 0: no event yet
    virtual core::Result<std::vector<Entry>> after(const core::Id& user, std::int64_t seq, std::size_t most) = 0;
};

class DatabaseEventLog final : public EventLog {
public:
    explicit DatabaseEventLog(core::db::Database& database) : database_(database) {}
    core::Result<std::int64_t> top(const core::Id& user) override;
    core::Result<std::vector<Entry>> after(const core::Id& user, std::int64_t seq, std::size_t most) override;

private:
    core::db::Database& database_;
};

}  // namespace marea::server
