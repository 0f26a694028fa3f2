#include "core/db/sqlite.h"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <thread>

#include "dbfixture.h"

namespace marea::core::db {
namespace {

TEST_F(DbTest, ValuesOfEveryKindRoundTrip) {
    auto database = open();
    exec(*database, "CREATE TABLE t(a INTEGER, b REAL, c TEXT, d BLOB, e TEXT, f TEXT)");
    const Blob blob{0, 1, 255};
    ASSERT_TRUE(database->write([&](Session& session) {
        return session.run("INSERT INTO t VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                           {std::int64_t{1} << 40, 0.5, std::string_view("a\0b", 3), std::span(blob), nullptr, ""});
    }));
    auto seen = database->readValue<int>([&](Session& session) -> Result<int> {
        auto rows = session.all("SELECT * FROM t", {}, [&](const Row& row) {
            EXPECT_EQ(row.integer(0), std::int64_t{1} << 40);
            EXPECT_EQ(row.real(1), 0.5);
            EXPECT_EQ(row.text(2), std::string_view("a\0b", 3));
            EXPECT_EQ(Blob(row.blob(3).begin(), row.blob(3).end()), blob);
            EXPECT_TRUE(row.isNull(4));
            EXPECT_EQ(row.optionalString(4), std::nullopt);
            EXPECT_FALSE(row.isNull(5)) << "an empty text is not NULL";
            return 0;
        });
        return static_cast<int>(rows->size());
    });
    EXPECT_EQ(seen.value(), 1);
}

TEST_F(DbTest, AnErrorRollsEverythingBack) {
    auto database = open();
    exec(*database, "CREATE TABLE t(a INTEGER PRIMARY KEY)");
    auto done = database->write([](Session& session) -> Result<void> {
        (void)session.run("INSERT INTO t VALUES(1)");
        return fail(ErrorCode::Conflict, "No.");
    });
    EXPECT_EQ(done.error().code, ErrorCode::Conflict);
    EXPECT_THROW((void)database->write([](Session& session) -> Result<void> {
        (void)session.run("INSERT INTO t VALUES(2)");
        throw std::runtime_error("out of words");
    }),
                 std::runtime_error);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM t"), 0);
    exec(*database, "INSERT INTO t VALUES(3)");
    EXPECT_EQ(number(*database, "SELECT count(*) FROM t"), 1);
}

TEST_F(DbTest, AClashIsAConflictThatTheCallerMayHandle) {
    auto database = open();
    exec(*database, "CREATE TABLE t(a INTEGER PRIMARY KEY)");
    auto done = database->write([](Session& session) -> Result<void> {
        EXPECT_TRUE(session.run("INSERT INTO t VALUES(1)"));
        EXPECT_EQ(session.changes(), 1);
        auto second = session.run("INSERT INTO t VALUES(1)");
        EXPECT_EQ(second.error().code, ErrorCode::Conflict);
        return session.run("INSERT INTO t VALUES(2)");
    });
    EXPECT_TRUE(done);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM t"), 2);
}

TEST_F(DbTest, ReferencesAreEnforced) {
    auto database = open();
    auto done = database->write([](Session& session) {
        return session.run(
            "INSERT INTO logins(id, user_id, device_name, created_at, last_seen_at, expires_at) "
            "VALUES('a', 'nobody', 'x', 1, 1, 1)");
    });
    EXPECT_EQ(done.error().code, ErrorCode::Conflict);
}

TEST_F(DbTest, ReadersCannotWrite) {
    auto database = open();
    EXPECT_FALSE(database->read([](Session& session) { return session.run("CREATE TABLE t(a)"); }));
}

TEST_F(DbTest, WrongStatementsAreMistakesOfOurs) {
    auto database = open();
    for (const char* sql : {"SELEC 1", "", "SELECT 1; SELECT 2", "SELECT ?1"}) {
        auto done = database->read([&](Session& session) { return session.run(sql); });
        EXPECT_EQ(done.error().code, ErrorCode::Internal) << sql;
    }
    auto nested = database->write([&](Session&) { return database->write([](Session&) { return Result<void>(); }); });
    EXPECT_EQ(nested.error().code, ErrorCode::Internal);
}

TEST_F(DbTest, TheSameStatementMayNestInItself) {
    auto database = open();
    const char* sql = "SELECT value FROM (SELECT 1 AS value UNION ALL SELECT 2) ORDER BY value";
    int seen = 0;
    ASSERT_TRUE(database->read([&](Session& session) {
        return session.each(sql, {}, [&](const Row& outer) {
            (void)session.each(sql, {}, [&](const Row&) { return ++seen > 0; });
            EXPECT_EQ(outer.integer(0), seen / 2);
            return true;
        });
    }));
    EXPECT_EQ(seen, 4);
}

// With a reader of its own it would wait for ever, as soon as as many threads as there are readers do so at once.
TEST_F(DbTest, AReadInsideAReadIsPartOfItAndWaitsForNobody) {
    auto database = open({.readers = 1});
    exec(*database, "CREATE TABLE t(a INTEGER)");
    exec(*database, "INSERT INTO t VALUES(1)");
    std::int64_t inside = 0, after = 0;
    ASSERT_TRUE(database->read([&](Session& session) -> Result<void> {
        (void)session.each("SELECT a FROM t", {}, [](const Row&) { return true; });
        std::thread([&] { exec(*database, "UPDATE t SET a = 2"); }).join();
        inside = number(*database, "SELECT a FROM t");
        const auto refused =
            database->read([](Session&) -> Result<void> { return fail(ErrorCode::NotFound, "It is not there."); });
        EXPECT_EQ(refused.error().code, ErrorCode::NotFound);
        return session.each("SELECT a FROM t", {}, [&](const Row& row) { return after = row.integer(0), true; });
    }));
    EXPECT_EQ(inside, 1);
    EXPECT_EQ(after, 1);
    EXPECT_EQ(number(*database, "SELECT a FROM t"), 2);
}

TEST_F(DbTest, MoreStatementsThanTheCacheHolds) {
    auto database = open();
    ASSERT_TRUE(database->read([&](Session& session) -> Result<void> {
        for (int i = 0; i < 600; ++i) {
            if (auto done = session.run("SELECT " + std::to_string(i)); !done) {
                return done;
            }
        }
        return {};
    }));
}

TEST_F(DbTest, ReadersSeeOneStateBesideAWriter) {
    auto database = open({.readers = 3});
    exec(*database, "CREATE TABLE pair(a INTEGER, b INTEGER)");
    exec(*database, "INSERT INTO pair VALUES(0, 0)");
    std::atomic<bool> stop = false;
    std::atomic<int> torn = 0, failed = 0, reads = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
            while (!stop || reads < 100) {
                auto done = database->read([&](Session& session) -> Result<void> {
                    std::int64_t a = 0, b = 0;
                    (void)session.each("SELECT a FROM pair", {},
                                       [&](const Row& row) { return a = row.integer(0), true; });
                    (void)session.each("SELECT b FROM pair", {},
                                       [&](const Row& row) { return b = row.integer(0), true; });
                    torn += a != b;
                    return {};
                });
                failed += !done;
                ++reads;
            }
        });
    }
    for (int writer = 0; writer < 2; ++writer) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                auto done = database->write([&](Session& session) -> Result<void> {
                    (void)session.run("UPDATE pair SET a = a + 1");
                    return session.run("UPDATE pair SET b = b + 1");
                });
                failed += !done;
            }
            stop = true;
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(number(*database, "SELECT a FROM pair"), 400);
}

TEST_F(DbTest, ClosingInterruptsAndWaits) {
    auto database = open();
    std::promise<void> running;
    std::thread reader([&] {
        auto done = database->read([&](Session& session) {
            bool told = false;
            return session.each("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", {},
                                [&](const Row&) {
                                    if (!told) {
                                        running.set_value();
                                    }
                                    return told = true;
                                });
        });
        EXPECT_EQ(done.error().code, ErrorCode::Cancelled);
    });
    running.get_future().wait();
    database.reset();
    reader.join();
}

// A child is killed amid a transaction after others were acknowledged: those are there, the open one is not.
TEST_F(DbTest, KilledWhileWritingKeepsWhatWasAcknowledged) {
    exec(*open(), "CREATE TABLE t(a INTEGER)");
    int acknowledged[2];
    ASSERT_EQ(pipe(acknowledged), 0);
    const pid_t child = fork();
    if (child == 0) {
        auto database = openSqlite(path, {}, makeNullLogger());
        for (int i = 0; i < 20; ++i) {
            (void)(*database)->write([&](Session& session) { return session.run("INSERT INTO t VALUES(1)"); });
        }
        (void)(*database)->write([&](Session& session) -> Result<void> {
            (void)session.run("INSERT INTO t VALUES(2)");
            (void)!::write(acknowledged[1], "x", 1);
            pause();
            return {};
        });
    }
    char byte = 0;
    ASSERT_EQ(::read(acknowledged[0], &byte, 1), 1);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(acknowledged[0]);
    close(acknowledged[1]);
    auto database = open();
    EXPECT_EQ(number(*database, "SELECT count(*) FROM t WHERE a = 1"), 20);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM t WHERE a = 2"), 0);
}

TEST_F(DbTest, ABackupIsWholeAndOpensByItself) {
    auto database = open();
    exec(*database, "CREATE TABLE t(a INTEGER, b BLOB)");
    for (int i = 0; i < 50; ++i) {
        exec(*database, "INSERT INTO t VALUES(1, randomblob(20000))");
    }
    const std::string copy = folder + "/copy.db";
    ASSERT_TRUE(database->backup(copy));
    EXPECT_EQ(database->backup(copy).error().code, ErrorCode::Conflict);
    EXPECT_FALSE(std::filesystem::exists(copy + ".part"));
    EXPECT_FALSE(std::filesystem::exists(copy + "-wal"));
    EXPECT_EQ(std::filesystem::status(copy).permissions(), std::filesystem::perms(0600));
    exec(*database, "DELETE FROM t");
    path = copy;
    auto restored = open();
    EXPECT_EQ(number(*restored, "SELECT count(*) FROM t"), 50);
    EXPECT_EQ(number(*restored, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

// A full disk, as SQLite sees it. SQLite ends the transaction by itself: what the work does after it must not count.
TEST_F(DbTest, AFullDiskUndoesTheWholeChange) {
    auto database = open();
    exec(*database, "CREATE TABLE t(a)");
    const auto limit = [&](std::int64_t pages) { exec(*database, "PRAGMA max_page_count=" + std::to_string(pages)); };
    limit(number(*database, "PRAGMA page_count") + 4);
    auto careless = database->write([](Session& session) -> Result<void> {
        auto full = session.run("INSERT INTO t VALUES(zeroblob(1000000))");
        EXPECT_FALSE(full);
        EXPECT_EQ(full.error().code, ErrorCode::Unavailable);
        EXPECT_NE(full.error().text.find("disk is full"), std::string::npos);
        (void)session.run("INSERT INTO t VALUES(1)");
        return {};
    });
    auto careful =
        database->write([](Session& session) { return session.run("INSERT INTO t VALUES(zeroblob(1000000))"); });
    EXPECT_EQ(careful.error().code, ErrorCode::Unavailable);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM t"), careless ? 1 : 0) << "all of it or nothing";
    limit(1'000'000);
    exec(*database, "INSERT INTO t VALUES(zeroblob(1000000))");
    EXPECT_EQ(number(*database, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

TEST_F(DbTest, ADamagedFileIsSaidToBe) {
    std::ofstream(path) << std::string(8192, 'x');
    auto opened = openSqlite(path, {}, makeNullLogger());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::Corrupt);
}

TEST_F(DbTest, AMissingFolderIsAnIoError) {
    path = folder + "/none/marea.db";
    EXPECT_EQ(openSqlite(path, {}, makeNullLogger()).error().code, ErrorCode::Io);
}

}  // namespace
}  // namespace marea::core::db
