#pragma once

#include <string>
#include <vector>

#include "core/db/database.h"
#include "sync/records/recordstore.h"

namespace marea::sync {

// RecordStore in the tables of core/db/schema/0036_sync_records.sql, inside the caller's transaction: what was changed
// is there as a whole or not at all, whenever the program ends. `owner`: whose library; '' where there is one alone.
class SqliteRecords final : public RecordStore {
public:
    static constexpr std::size_t kMostHistory = 10'000;  // values of one library that are kept

    SqliteRecords(core::db::Session& session, std::string owner) : session_(session), owner_(std::move(owner)) {}

    core::Result<State> state() override;
    core::Result<void> saveState(const State& state) override;
    core::Result<std::optional<Held>> find(const RecordKey& key) override;
    core::Result<void> save(const Held& held) override;
    core::Result<void> erase(const RecordKey& key) override;
    core::Result<std::size_t> size() override;
    core::Result<void> after(std::uint64_t place, const Visit& visit) override;
    core::Result<void> contested(const Visit& visit) override;
    core::Result<void> deletedBefore(core::TimeMs changedAt, const Visit& visit) override;
    core::Result<VersionVector> heard() override;
    core::Result<void> hear(const VersionVector& more) override;
    // Where playback got to is state, and no value that somebody would want back.
    core::Result<void> note(const std::vector<Discarded>& gone, core::TimeMs now) override;

    struct Noted {
        Discarded gone;
        core::TimeMs at = 0;
    };
    core::Result<std::vector<Noted>> history(std::size_t limit);  // newest first

private:
    core::Result<void> each(std::string_view sql, std::int64_t bound, const Visit& visit);
    core::Result<State> madeAnew();

    core::db::Session& session_;
    std::string owner_;
};

// After a backup was put back: every replica of the database takes a new id, as it would give numbers twice.
core::Result<void> renewReplicas(core::db::Session& session);

}  // namespace marea::sync
