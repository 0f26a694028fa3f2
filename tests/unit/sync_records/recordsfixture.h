#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/db/sqlite.h"
#include "sync/records/sqliterecords.h"
#include "sync/records/storedreplica.h"
#include "sync/records/synclinks.h"
#include "tests/unit/sync_merge/made.h"

namespace marea::sync::test {

// A database in a folder of its own. One holds the libraries of many.
class RecordsTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-records-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        reopen();
    }
    void TearDown() override {
        database.reset();
        std::filesystem::remove_all(folder);
    }
    static std::unique_ptr<core::db::Database> opened(const std::string& at) {
        auto made = core::db::openSqlite(at + "/sync.db", {.readers = 1}, core::makeNullLogger());
        return made ? std::move(*made) : nullptr;
    }
    void reopen() {
        database.reset();
        database = opened(folder);
        ASSERT_TRUE(database);
    }

    using Work = std::function<core::Result<void>(StoredReplica&)>;
    static core::Result<void> in(core::db::Database& at, const std::string& owner, const Work& work) {
        return at.write([&](core::db::Session& session) -> core::Result<void> {
            SqliteRecords store(session, owner);
            auto replica = StoredReplica::open(store);
            return replica ? work(*replica) : core::unexpected<core::Error>(replica.error());
        });
    }
    void with(const std::string& owner, const Work& work) {
        auto done = in(*database, owner, work);
        ASSERT_TRUE(done) << done.error().text << " " << done.error().detail;
    }
    // All of it, as a replica in memory.
    Replica whole(const std::string& owner) {
        std::vector<Replica::Held> records;
        RecordStore::State state;
        auto done = database->write([&](core::db::Session& session) -> core::Result<void> {
            SqliteRecords store(session, owner);
            auto is = store.state();
            if (is) {
                state = std::move(*is);
            }
            return store.after(0, [&](const Replica::Held& held) {
                records.push_back(held);
                return true;
            });
        });
        EXPECT_TRUE(done) << done.error().detail;
        return Replica(state.writer, state.lastPlace, state.purgedThrough, std::move(records));
    }
    std::vector<SqliteRecords::Noted> history(const std::string& owner) {
        std::vector<SqliteRecords::Noted> noted;
        auto done = database->write([&](core::db::Session& session) -> core::Result<void> {
            noted = SqliteRecords(session, owner).history(100'000).value();
            return {};
        });
        EXPECT_TRUE(done);
        return noted;
    }

    std::string folder;
    std::unique_ptr<core::db::Database> database;
};

inline void expectSame(const Replica& a, const Replica& b) {
    ASSERT_EQ(a.records().size(), b.records().size());
    for (const auto& [key, held] : a.records()) {
        const auto other = b.records().find(key);
        ASSERT_NE(other, b.records().end()) << key.id;
        ASSERT_EQ(held.record, other->second.record) << key.id;
        ASSERT_EQ(held.place, other->second.place) << key.id;
        ASSERT_EQ(held.changedHere, other->second.changedHere) << key.id;
    }
    ASSERT_EQ(a.lastPlace(), b.lastPlace());
    ASSERT_EQ(a.purgedThrough(), b.purgedThrough());
    ASSERT_EQ(a.writer().last, b.writer().last);
    ASSERT_EQ(a.writer().clock.last(), b.writer().clock.last());
}

}  // namespace marea::sync::test
