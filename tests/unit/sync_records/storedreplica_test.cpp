#include "sync/records/storedreplica.h"

#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "recordsfixture.h"
#include "sync/merge/inbox.h"
#include "sync/merge/playlist.h"
#include "sync/merge/wire.h"
#include "sync/records/recordtext.h"

namespace marea::sync::test {
namespace {

using core::ErrorCode;
using core::Result;
using core::db::Session;

Result<void> nothing(const Result<std::vector<RecordKey>>& done) {
    return done ? Result<void>() : core::unexpected<core::Error>(done.error());
}

// Ends, or fails, at the nth statement.
class EndingSession final : public Session {
public:
    EndingSession(Session& inner, int left, std::function<void()> end)
        : inner_(inner), left_(left), end_(std::move(end)) {}
    Result<void> run(std::string_view sql, std::span<const core::db::Value> values) override {
        return passes() ? inner_.run(sql, values) : core::fail(ErrorCode::Io, "The disk is full.");
    }
    Result<void> each(std::string_view sql, std::span<const core::db::Value> values,
                      const std::function<bool(const core::db::Row&)>& visit) override {
        return passes() ? inner_.each(sql, values, visit) : core::fail(ErrorCode::Io, "The disk is full.");
    }
    std::int64_t changes() const override { return inner_.changes(); }

private:
    bool passes() {
        if (left_-- > 0) {
            return true;
        }
        end_();
        return false;
    }
    Session& inner_;
    int left_;
    std::function<void()> end_;
};

// What a device sends: a rating beside ours, a list, a deletion.
Changes sent() {
    Replica other(replicaId(7));
    other.edit(kSong, {{"rating", std::int64_t{9}}}, kNow);
    other.count(kSong, "plays", 3, kNow);
    other.edit(kList, appended(Record{kList, {}, {}, {}}, {"a", "b"}, runTag(replicaId(7), 1)), kNow);
    other.remove({"item", "gone"}, kNow);
    return other.changesAfter({}, 100);
}

Result<void> take(Session& session) {
    SqliteRecords store(session, "ana");
    auto replica = StoredReplica::open(store);
    auto done = replica ? nothing(replica->receive(sent(), kNow)) : core::unexpected<core::Error>(replica.error());
    SyncLinks links(session, "ana");
    SyncLink link;
    link.replica = replicaId(7);
    link.taken = {3, 0};
    return done ? links.save(link) : done;
}

TEST(RecordText, ComesBackAsItWas) {
    Replica replica(replicaId(1));
    replica.edit(kList, appended(Record{kList, {}, {}, {}}, {"a", "b"}, runTag(replicaId(1), 1)), kNow);
    replica.count(kList, "plays", 2, kNow);
    const Record& record = *replica.find(kList);
    EXPECT_EQ(recordFromText(recordText(record)).value(), record);
    const Version& version = *record.cells.begin()->second.latest();
    EXPECT_EQ(versionFromText(versionText(version)).value(), version);
    EXPECT_EQ(recordFromText("{}").error().code, ErrorCode::Corrupt);
    EXPECT_EQ(versionFromText(recordText(record)).error().code, ErrorCode::Corrupt);
}

TEST_F(RecordsTest, DoesWhatTheReplicaInMemoryDoes) {
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const std::string owner = "o" + std::to_string(seed);
        std::mt19937_64 random(seed);
        Replica memory = whole(owner);  // with the id that the store gave
        Replica other(replicaId(3));
        core::TimeMs now = kNow;
        for (int step = 0; step < 40; ++step) {
            const RecordKey key = random() % 2 == 0 ? RecordKey{"item", std::to_string(random() % 3)} : kList;
            Replica& writes = random() % 2 == 0 ? memory : other;
            now += 1000;
            const std::size_t what = random() % 10;
            const std::vector<CellWrite> edits{{"rating", static_cast<std::int64_t>(random() % 10)}};
            if (&writes == &other) {
                what < 8 ? static_cast<void>(other.edit(key, edits, now)) : other.remove(key, now);
                const Changes changes = other.changesAfter({}, 100);
                ASSERT_TRUE(memory.receive(changes, now));
                with(owner, [&](StoredReplica& stored) { return nothing(stored.receive(changes, now)); });
            } else if (what < 5) {
                memory.edit(key, edits, now);
                with(owner, [&](StoredReplica& stored) { return stored.edit(key, edits, now); });
            } else if (what < 7) {
                memory.count(key, "plays", 2, now);
                with(owner, [&](StoredReplica& stored) { return stored.count(key, "plays", 2, now); });
            } else if (what < 9) {
                memory.remove(key, now);
                with(owner, [&](StoredReplica& stored) { return stored.remove(key, now); });
            } else {
                const std::size_t gone = memory.purge(now - 5000);
                with(owner, [&](StoredReplica& stored) -> Result<void> {
                    EXPECT_EQ(stored.purge(now - 5000, UINT64_MAX / 4).value(), gone);
                    return {};
                });
            }
            const Since since{random() % (memory.lastPlace() + 2), memory.purgedThrough()};
            with(owner, [&](StoredReplica& stored) -> Result<void> {
                EXPECT_EQ(wireText(stored.changesAfter(since, 2).value()), wireText(memory.changesAfter(since, 2)));
                return {};
            });
        }
        expectSame(whole(owner), memory);
        if (HasFatalFailure()) {
            return;
        }
    }
    reopen();
    EXPECT_GT(whole("o1").lastPlace(), 0u) << "it is on the disk";
}

// `count` devices wrote it without knowing of each other.
Changes crowd(const RecordKey& key, int first, int count) {
    Changes changes;
    changes.sender = replicaId(9);
    VersionVector seen;
    std::vector<Version> versions;
    for (int i = first; i < first + count; ++i) {
        ReplicaId id{};
        id[0] = 2;
        id[1] = static_cast<std::uint8_t>(i / 256);
        id[2] = static_cast<std::uint8_t>(i % 256);
        seen.raise({id, 1});
        if (i - first < 200) {  // a cell has no more on the wire
            versions.push_back({{id, 1}, {kNow, 0}, true});
        }
    }
    changes.records.push_back({key, Register(seen, versions), {}, {}});
    return changes;
}

TEST_F(RecordsTest, APageNamesNoMoreDevicesThanOthersRead) {
    for (int i = 0; i < 5; ++i) {
        with("ana", [&](StoredReplica& stored) {
            return nothing(stored.receive(crowd({"item", std::to_string(i)}, i * 500, 500), kNow));
        });
    }
    Since since;
    std::size_t records = 0;
    for (bool more = true; more;) {
        with("ana", [&](StoredReplica& stored) -> Result<void> {
            const auto page = stored.changesAfter(since, 1000);
            const auto read = changesFromWire(wireText(page.value()));
            EXPECT_TRUE(read) << read.error().text;
            records += page->records.size();
            since.after = page->upTo;
            more = page->more;
            return {};
        });
    }
    EXPECT_EQ(records, 5u);
}

TEST_F(RecordsTest, ARecordThatNobodyWouldTakeIsRefused) {
    const auto receive = [&](int first) {
        return in(*database, "ana",
                  [&](StoredReplica& stored) { return nothing(stored.receive(crowd(kSong, first, 600), kNow)); });
    };
    ASSERT_TRUE(receive(0));
    const auto refused = receive(600);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Unprocessable);
    with("ana", [](StoredReplica& stored) -> Result<void> {
        EXPECT_TRUE(changesFromWire(wireText(stored.changesAfter({}, 1000).value())));
        return {};
    });
}

TEST_F(RecordsTest, WhateverStatementFailsNothingOrAllIsThere) {
    with("ana", [](StoredReplica& stored) { return stored.edit(kSong, {{"rating", std::int64_t{4}}}, kNow); });
    const Replica before = whole("ana");
    bool whole_ = false;
    for (int statements = 0; !whole_ && statements < 200; ++statements) {
        whole_ = true;
        auto done = database->write([&](Session& session) {
            EndingSession ending(session, statements, [&] { whole_ = false; });
            return take(ending);
        });
        ASSERT_EQ(done.has_value(), whole_) << statements;
        if (!whole_) {
            expectSame(whole("ana"), before);
        }
    }
    ASSERT_TRUE(whole_);
    EXPECT_EQ(whole("ana").records().size(), 3u);
}

TEST_F(RecordsTest, AProgramKilledBetweenStatementsLeavesNothingOrAll) {
    with("ana", [](StoredReplica& stored) { return stored.edit(kSong, {{"rating", std::int64_t{4}}}, kNow); });
    const Replica before = whole("ana");
    database.reset();
    for (int statements : {1, 3, 5, 8, 11, 14, 17, 1000}) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            const auto own = opened(folder);
            static_cast<void>(own->write([&](Session& session) {
                EndingSession ending(session, statements, [] { ::_exit(9); });
                return take(ending);
            }));
            ::_exit(0);  // without closing: what was committed is there all the same
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        reopen();
        if (WEXITSTATUS(status) == 9) {
            expectSame(whole("ana"), before);
        } else {
            EXPECT_EQ(whole("ana").records().size(), 3u) << statements;
        }
        database.reset();
    }
    reopen();
    EXPECT_EQ(whole("ana").records().size(), 3u) << "the last one came to its end";
}

TEST_F(RecordsTest, WhatIsReplacedIsInTheHistoryAndPositionsAreNot) {
    with("ana", [](StoredReplica& stored) {
        auto done = stored.edit(kSong, {{"rating", std::int64_t{4}}, {"position", std::int64_t{1000}}}, kNow);
        return done ? stored.edit(kSong, {{"rating", std::int64_t{5}}, {"position", std::int64_t{2000}}}, kNow + 1)
                    : done;
    });
    const auto noted = history("ana");
    ASSERT_EQ(noted.size(), 1u);
    EXPECT_EQ(noted[0].gone.cell, "rating");
    EXPECT_EQ(noted[0].gone.version.value, Value(std::int64_t{4}));
    EXPECT_EQ(noted[0].at, kNow + 1);
    EXPECT_TRUE(history("ben").empty()) << "each library has its own";
}

TEST_F(RecordsTest, AnAnswerIsBoundedAndGoesOn) {
    StoredReplica::Bounds bounds;
    bounds.bytes = 2000;
    bounds.records = 12;
    Replica got(replicaId(2));
    auto done = database->write([&](Session& session) -> Result<void> {
        SqliteRecords store(session, "ana");
        auto replica = StoredReplica::open(store, bounds).value();
        for (int i = 0; i < 12; ++i) {
            EXPECT_TRUE(replica.edit({"item", std::to_string(i)}, {{"note", std::string(700, 'x')}}, kNow));
        }
        Since since;
        int pages = 0;
        for (bool more = true; more; ++pages) {
            const Changes page = replica.changesAfter(since, 100).value();
            EXPECT_LE(page.records.size(), 3u);
            EXPECT_TRUE(got.receive(page, kNow));
            since = {page.upTo, page.horizon};
            more = page.more;
        }
        EXPECT_GE(pages, 4);
        const auto full = replica.edit({"item", "more"}, {}, kNow);
        EXPECT_EQ(full.error().code, ErrorCode::Unprocessable);
        return {};
    });
    EXPECT_TRUE(done);
    EXPECT_EQ(got.records().size(), 12u);
}

TEST_F(RecordsTest, AQuestionIsAnsweredOnceAndAClockFarAheadRefused) {
    with("ana", [](StoredReplica& stored) {
        auto done = stored.edit(kSong, {{"rating", std::int64_t{4}}}, kNow);
        return done ? nothing(stored.receive(sent(), kNow)) : done;
    });
    const Record record = *whole("ana").find(kSong);
    const auto asked = conflictsOf(record, Strategy::AskMe);
    ASSERT_EQ(asked.size(), 1u);
    with("ana", [&](StoredReplica& stored) { return stored.answer(kSong, Strategy::AskMe, asked[0].id, 1, kNow); });
    const auto again = in(*database, "ana", [&](StoredReplica& stored) {
        return stored.answer(kSong, Strategy::AskMe, asked[0].id, 1, kNow);
    });
    EXPECT_EQ(again.error().code, ErrorCode::Conflict);
    EXPECT_FALSE(history("ana").empty()) << "what was not chosen";
    const auto early =
        in(*database, "ben", [&](StoredReplica& stored) { return nothing(stored.receive(sent(), kNow - 11 * kDay)); });
    EXPECT_EQ(early.error().code, ErrorCode::Unprocessable);
}

TEST_F(RecordsTest, AClockThatWasFarAheadKeepsNothingBackOnceItIsRight) {
    with("ana", [](StoredReplica& stored) -> Result<void> {
        auto done = nothing(stored.receive(sent(), kNow));
        done = done ? stored.edit({"item", "before"}, {{"rating", std::int64_t{2}}}, kNow) : done;
        done = done ? stored.edit(kSong, {{"rating", std::int64_t{4}}, {"note", std::string("x")}}, kNow + 400 * kDay)
                    : done;
        return done ? stored.remove(kList, kNow + 400 * kDay) : done;
    });
    Replica other(replicaId(9));
    EXPECT_FALSE(other.receive(whole("ana").changesAfter({}, 100), kNow)) << "nobody takes that";
    const std::uint64_t place = whole("ana").lastPlace();
    with("ana", [](StoredReplica& stored) { return stored.setClockRight(kNow); });
    EXPECT_EQ(whole("ana").lastPlace(), place + 2);
    exchange(whole("ana"), other);
    EXPECT_EQ(valueOf(other, kSong, "rating"), Value(std::int64_t{4}));
    EXPECT_EQ(valueOf(other, kSong, "note"), Value(std::string("x")));
    EXPECT_FALSE(lifeOf(*other.find(kList), Strategy::AskMe).isThere);
    const std::uint64_t after = whole("ana").lastPlace();
    with("ana", [](StoredReplica& stored) { return stored.setClockRight(kNow + 1); });
    EXPECT_EQ(whole("ana").lastPlace(), after) << "once is enough";
}

TEST_F(RecordsTest, WhatIsDroppedAfterAResyncIsInTheHistory) {
    with("ana", [](StoredReplica& stored) {
        auto done = stored.edit(kSong, {{"rating", std::int64_t{4}}}, kNow);
        return done ? stored.edit(kList, {{"name", std::string("List")}}, kNow) : done;
    });
    with("ana", [](StoredReplica& stored) -> Result<void> {
        const auto lost = stored.dropLost([](const RecordKey&) { return false; }, 1, kNow).value();
        EXPECT_EQ(lost, std::vector<RecordKey>{kSong}) << "what changed later stays";
        return {};
    });
    EXPECT_EQ(whole("ana").records().size(), 1u);
    ASSERT_EQ(history("ana").size(), 1u);
}

TEST_F(RecordsTest, AfterABackupWasPutBackAReplicaHasANewId) {
    with("ana", [](StoredReplica& stored) { return stored.edit(kSong, {}, kNow); });
    const ReplicaId before = whole("ana").writer().replica;
    ASSERT_TRUE(database->write([](Session& session) { return renewReplicas(session); }));
    const Replica after = whole("ana");
    EXPECT_NE(after.writer().replica, before);
    EXPECT_EQ(after.writer().last, 0u);
    EXPECT_EQ(after.lastPlace(), 1u) << "its places go on";
    EXPECT_TRUE(database->write([&](Session& session) -> Result<void> {
        EXPECT_EQ(SqliteRecords(session, "ana").state()->former, std::vector<ReplicaId>{before});
        return {};
    }));
}

TEST_F(RecordsTest, LinksAreOfOneOwnerAndGoWithTheirLoginAndUser) {
    auto done = database->write([](Session& session) -> Result<void> {
        EXPECT_TRUE(session.run("INSERT INTO users VALUES ('ana', 'Ana', 'ana', '', 'owner', 0)"));
        EXPECT_TRUE(session.run(
            "INSERT INTO logins(id, user_id, device_name, created_at, last_seen_at, expires_at) VALUES ('login-1', "
            "'ana', 'tv', 0, 0, 9999999999999)"));
        SyncLinks links(session, "ana"), others(session, "ben");
        EXPECT_EQ(links.givenToAll(0, kNow).value(), std::nullopt);
        for (int i = 1; i <= 2; ++i) {
            SyncLink link;
            link.replica = replicaId(i);
            link.name = "Device";
            link.loginId = i == 1 ? "login-1" : "";
            link.given = static_cast<std::uint64_t>(i * 10);
            EXPECT_TRUE(links.save(link));
        }
        EXPECT_EQ(links.givenToAll(0, kNow).value(), 10u);
        SyncLink paired;
        paired.replica = replicaId(1);
        paired.loginId = "login-1";
        paired.certificate = "abc";
        paired.scope = "ratings";
        paired.given = 10;
        EXPECT_TRUE(links.save(paired));
        EXPECT_EQ(links.withCertificate("abc").value()->scope, "ratings");
        EXPECT_FALSE(links.withCertificate("").value()) << "none is no certificate";
        EXPECT_FALSE(others.withCertificate("abc").value());
        EXPECT_TRUE(others.all()->empty());
        EXPECT_FALSE(others.find(replicaId(1))->has_value());
        EXPECT_TRUE(session.run("DELETE FROM logins"));
        EXPECT_EQ(links.all()->size(), 1u);
        EXPECT_TRUE(session.run("DELETE FROM users"));
        EXPECT_TRUE(links.all()->empty());
        return {};
    });
    EXPECT_TRUE(done);
}

TEST_F(RecordsTest, WhoIsPairedAndDoesNotComeIsNotWaitedFor) {
    auto done = database->write([](Session& session) -> Result<void> {
        SyncLinks links(session, "ana");
        const auto save = [&](int number, const std::string& certificate, core::TimeMs at, std::uint64_t given) {
            SyncLink link;
            link.replica = replicaId(number);
            link.certificate = certificate;
            link.createdAt = kNow - 400 * kDay;
            link.syncedAt = at == 0 ? std::nullopt : std::optional(at);
            link.given = given;
            EXPECT_TRUE(links.save(link));
        };
        const auto given = [&] { return links.givenToAll(kNow - 180 * kDay, kNow).value(); };
        save(1, "a", kNow - kDay, 50);
        save(2, "b", kNow - 181 * kDay, 10);
        save(3, "c", 0, 11);
        save(4, "d", kNow + kDay, 12);
        EXPECT_EQ(given(), 50u);
        save(2, "b", kNow, 10);
        EXPECT_EQ(given(), 10u) << "it is back";
        save(5, "", kNow - 300 * kDay, 5);
        EXPECT_EQ(given(), 5u) << "a server is";
        return {};
    });
    EXPECT_TRUE(done);
}

// One that was never set says 1970, by which all that is there was written far ahead.
TEST_F(RecordsTest, AClockThatWasNeverSetRewritesNothing) {
    with("desk", [](StoredReplica& replica) { return replica.edit(kSong, {{"rating", std::int64_t{4}}}, kNow); });
    const Replica before = whole("desk");
    with("desk", [](StoredReplica& replica) { return replica.setClockRight(1000); });
    expectSame(whole("desk"), before);
}

}  // namespace
}  // namespace marea::sync::test
