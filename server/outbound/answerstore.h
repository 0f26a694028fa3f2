#pragma once

#include <optional>
#include <string_view>

#include "core/db/database.h"
#include "server/outbound/freshness.h"

namespace marea::server {

// Answers of other servers, kept by the hash of what was asked: an address may hold a key. Bounded: what was not used
// for longest goes. Blocks. Thread-safe.
class AnswerStore {
public:
    static constexpr std::int64_t kMost = 1000;

    explicit AnswerStore(core::db::Database& database, std::int64_t most = kMost) : database_(database), most_(most) {}
    core::Result<std::optional<KeptAnswer>> find(std::string_view url, core::TimeMs now);
    core::Result<void> put(std::string_view url, const KeptAnswer& answer, core::TimeMs now);

private:
    core::db::Database& database_;
    std::int64_t most_;
};

}  // namespace marea::server
