#include "sync/peer/peerlink.h"
#include "sync/records/sqliterecords.h"
#include "sync/records/storedreplica.h"

namespace marea::sync {

using core::Error;
using core::Result;
using core::unexpected;
using core::db::Session;

namespace {

// Which records are to be changed, read without holding others up.
Result<std::vector<RecordKey>> unnamed(core::db::Database& database, const std::string& owner, const Titles& titles) {
    return database.readValue<std::vector<RecordKey>>([&](Session& session) -> Result<std::vector<RecordKey>> {
        std::vector<RecordKey> list;
        SqliteRecords records(session, owner);
        auto done = records.after(0, [&](const RecordStore::Held& held) {
            const Record local = localised(held.record, titles);
            if (!(local == held.record) || !described(local, titles).empty()) {
                list.push_back(held.record.key);
            }
            return true;
        });
        return done ? Result<std::vector<RecordKey>>(std::move(list)) : unexpected<Error>(done.error());
    });
}

// As it is now: it may have changed since it was looked at.
Result<void> name(StoredReplica& replica, const RecordKey& key, const Titles& titles, core::TimeMs now) {
    const auto held = replica.find(key);
    if (!held || !*held) {
        return held ? Result<void>() : unexpected<Error>(held.error());
    }
    Record local = localised(**held, titles);
    Result<void> done = local == **held ? Result<void>() : replica.rename(key, local, now);
    const auto writes = described(local, titles);
    return done && !writes.empty() ? replica.edit(local.key, writes, now) : done;
}

}  // namespace

Result<std::size_t> nameTitles(core::db::Database& database, const std::string& owner, const core::Clock& clock,
                               const Titles& titles) {
    const auto list = unnamed(database, owner, titles);
    if (!list || list->empty()) {
        return list ? Result<std::size_t>(0) : unexpected<Error>(list.error());
    }
    auto done = database.write([&](Session& session) -> Result<void> {
        SqliteRecords records(session, owner);
        auto replica = StoredReplica::open(records);
        Result<void> all = replica ? Result<void>() : unexpected<Error>(replica.error());
        for (std::size_t i = 0; all && i < list->size(); ++i) {
            all = name(*replica, (*list)[i], titles, clock.now());
        }
        return all;
    });
    return done ? Result<std::size_t>(list->size()) : unexpected<Error>(done.error());
}

}  // namespace marea::sync
