#include "core/db/sqlitemigrate.h"

#include "core/db/sqlitebackup.h"
#include "dbfixture.h"
#include "tests/support/places.h"

namespace marea::core::db {
namespace {

int newest() {
    return latestVersion(builtInMigrations());
}

std::vector<std::string> backups(const std::string& folder) {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename().string().find(".before-v") != std::string::npos) {
            found.push_back(entry.path().string());
        }
    }
    return found;
}

TEST_F(DbTest, ANewDatabaseHasTheNewestVersionAndNoBackup) {
    auto database = open();
    EXPECT_EQ(number(*database, "PRAGMA user_version"), newest());
    EXPECT_TRUE(backups(folder).empty());
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms(0600));
}

TEST(Migrations, AreNumberedInOrder) {
    int before = 0;
    for (const Migration& migration : builtInMigrations()) {
        EXPECT_GT(migration.version, before) << migration.name;
        before = migration.version;
    }
}

// Each tests/data/db/versionN.sql is a database as that version left it.
TEST_F(DbTest, EveryKeptVersionComesUpToDateAndIsBackedUpFirst) {
    int fixtures = 0;
    for (const auto& entry : std::filesystem::directory_iterator(tests::testData("/db"))) {
        SCOPED_TRACE(entry.path().string());
        path = folder + "/" + entry.path().stem().string() + ".db";
        rawScript(textOfFile(entry.path().string()));
        const std::string kept = folder + "/" + entry.path().stem().string();
        std::filesystem::create_directory(kept);
        auto database = open({.backupFolder = kept});
        ASSERT_TRUE(database);
        EXPECT_EQ(number(*database, "PRAGMA user_version"), newest());
        EXPECT_EQ(number(*database, "SELECT count(*) FROM users WHERE username = 'Ana' AND role = 'owner'"), 1);
        EXPECT_EQ(number(*database, "SELECT count(*) FROM refresh_tokens"), 1);
        EXPECT_EQ(number(*database, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
        EXPECT_EQ(backups(kept).size(), newest() > 1 ? 1U : 0U);
        ++fixtures;
    }
    EXPECT_GE(fixtures, 1);
}

TEST_F(DbTest, FilmsInDolbyVisionAreLookedAtAgain) {
    rawScript(textOfFile(tests::testData("/db/version11.sql")));
    auto database = open();
    ASSERT_TRUE(database);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM scan_folders WHERE signature IS NULL"), 1);
    EXPECT_EQ(number(*database, "SELECT mtime_ns FROM media_files WHERE num=1"), 1'700'000'000'000'000'000);
    EXPECT_EQ(number(*database, "SELECT mtime_ns FROM media_files WHERE num=2"), 1'699'999'999'999'999'999);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM picture_measures"), 0);
}

TEST_F(DbTest, WhatMayBeXheAacIsLookedAtAgain) {
    rawScript(textOfFile(tests::testData("/db/version11.sql")));
    rawScript(
        "UPDATE media_files SET info = '{\"container\":\"mp4\",\"streams\":[{\"kind\":\"audio\",\"codec\":\"aac\"}]}' "
        "WHERE num=1;"
        "UPDATE media_files SET hdr = 0, info = '{\"container\":\"mp4\",\"streams\":[{\"kind\":\"audio\",\"codec\":"
        "\"aac\",\"profile\":\"lc\"}]}' WHERE num=2");
    auto database = open();
    ASSERT_TRUE(database);
    EXPECT_EQ(number(*database, "SELECT mtime_ns FROM media_files WHERE num=1"), 1'699'999'999'999'999'999);
    EXPECT_EQ(number(*database, "SELECT mtime_ns FROM media_files WHERE num=2"), 1'700'000'000'000'000'000);
    EXPECT_EQ(number(*database,
                     "SELECT count(*) FROM scan_folders f WHERE signature IS NULL AND EXISTS (SELECT 1 FROM "
                     "media_files m WHERE m.folder = f.num AND m.num = 1)"),
              1);
}

TEST_F(DbTest, TitlesOfOlderVersionsStandInTheListsByArtistAndAlbum) {
    rawScript(textOfFile(tests::testData("/db/version11.sql")));
    rawScript(
        "INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, artist_id, "
        "album_id, track) SELECT column1, library_id, column2, column1, column1, column1, column1, 0, column3, "
        "column4, "
        "column5 FROM (VALUES ('zoo', 'artist', NULL, NULL, NULL), ('ark', 'album', 'zoo', NULL, NULL), "
        "('song', 'track', 'zoo', 'ark', 7)) JOIN (SELECT library_id FROM media_items LIMIT 1)");
    auto database = open();
    ASSERT_TRUE(database);
    EXPECT_EQ(
        number(*database,
               "SELECT by_artist = 'zoo'||char(1)||'ark'||char(1)||'000000007'||char(1) AND "
               "by_album = 'ark'||char(1)||'zoo'||char(1)||'000000007'||char(1) FROM media_items WHERE id='song'"),
        1);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM media_items WHERE by_artist='' OR by_album=''"), 0);
}

TEST_F(DbTest, LibrariesFollowFromTheirEventsAndPositionsStandApart) {
    rawScript(textOfFile(tests::testData("/db/version11.sql")));
    rawScript(
        "INSERT INTO events SELECT user_id, 2, 20, 'RATED', 1, media_id, NULL, '{\"rating\":null}' FROM events WHERE "
        "seq=1;"
        "INSERT INTO events SELECT user_id, 3, 30, 'RATED', 1, media_id, NULL, '{\"rating\":9}' FROM events WHERE "
        "seq=1;"
        "INSERT INTO events SELECT user_id, 4, 40, 'FAVOURITED', 1, media_id, NULL, '{\"favourite\":true}' "
        "FROM events WHERE seq=1;"
        "INSERT INTO events SELECT user_id, 5, 50, 'PLAYED', 1, media_id, 's1', '{\"counted\":true}' FROM events "
        "WHERE seq=1;"
        "INSERT INTO events SELECT user_id, 6, 60, 'PLAYED', 1, media_id, 's2', '{\"counted\":false}' FROM events "
        "WHERE seq=1");
    auto database = open();
    ASSERT_TRUE(database);
    EXPECT_EQ(number(*database,
                     "SELECT count(*) FROM user_library WHERE rating=9 AND favourite=1 AND watched=0 AND "
                     "play_count=1 AND last_played_at=60 AND updated_at=40"),
              1);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM user_library"), 1);
    EXPECT_EQ(number(*database, "SELECT position FROM resume_positions"), 60);
}

TEST_F(DbTest, LogInsFromBeforeThereWereClientsAreThoseOfMareaItself) {
    rawScript(textOfFile(tests::testData("/db/version11.sql")));
    auto database = open();
    ASSERT_TRUE(database);
    EXPECT_GE(number(*database, "SELECT count(*) FROM logins"), 1);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM logins WHERE client_id <> 'marea'"), 0);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM refresh_tokens WHERE successor IS NULL"), 1);
    EXPECT_EQ(number(*database, "SELECT count(*) FROM signing_keys"), 0) << "the server counts its key when it starts";
    // What is the person's goes with the person.
    exec(*database,
         "INSERT INTO app_passwords VALUES('p', (SELECT id FROM users LIMIT 1), 'Phone', x'00', 1, NULL, NULL)");
    exec(*database,
         "INSERT INTO authorization_codes VALUES(x'01', 'marea', 'u', 'c', (SELECT id FROM users LIMIT 1), 1, NULL, "
         "(SELECT id FROM logins LIMIT 1))");
    exec(*database, "DELETE FROM logins");
    EXPECT_EQ(number(*database, "SELECT count(*) FROM authorization_codes"), 0);
    exec(*database, "DELETE FROM users");
    EXPECT_EQ(number(*database, "SELECT count(*) FROM app_passwords"), 0);
}

TEST_F(DbTest, TheBackupOfAnUpgradeIsTheOldDatabase) {
    rawScript(textOfFile(tests::testData("/db/version1.sql")));
    if (newest() == 1) {
        GTEST_SKIP() << "there is one version";
    }
    open();
    ASSERT_EQ(backups(folder).size(), 1U);
    path = backups(folder).front();
    auto writer = SqliteConnection::open(path, ConnectionRole::Writer);
    ASSERT_TRUE(writer);
    EXPECT_EQ((*writer)->pragma("user_version").value(), 1);
    auto database = open();  // and it can be upgraded again
    EXPECT_EQ(number(*database, "SELECT count(*) FROM users"), 1);
}

TEST_F(DbTest, ANewerSchemaIsRefusedUntouched) {
    open();
    rawScript("PRAGMA user_version=9999");
    auto opened = openSqlite(path, {}, makeNullLogger());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::Conflict);
    EXPECT_NE(opened.error().text.find("newer version"), std::string::npos);
    auto connection = SqliteConnection::open(path, ConnectionRole::Reader);
    EXPECT_EQ((*connection)->pragma("user_version").value(), 9999);
}

TEST_F(DbTest, ADatabaseOfAnotherProgramIsRefused) {
    rawScript("CREATE TABLE theirs(a); PRAGMA user_version=1; PRAGMA application_id=42");
    EXPECT_EQ(openSqlite(path, {}, makeNullLogger()).error().code, ErrorCode::Conflict);
}

TEST_F(DbTest, WithoutMigratingNothingIsMadeOrChanged) {
    EXPECT_EQ(openSqlite(path, {.migrate = false}, makeNullLogger()).error().code, ErrorCode::NotFound);
    EXPECT_FALSE(std::filesystem::exists(path));
    rawScript("PRAGMA user_version=0");
    EXPECT_EQ(openSqlite(path, {.migrate = false}, makeNullLogger()).error().code, ErrorCode::Conflict);
}

class MigrateTest : public DbTest {
protected:
    Result<void> run(std::vector<Migration> migrations) {
        (void)makePrivateFile(path);
        auto writer = SqliteConnection::open(path, ConnectionRole::Writer);
        auto logger = makeNullLogger();
        auto done = migrate(**writer, migrations, *logger);
        version = (*writer)->pragma("user_version").value();
        tables = (*writer)
                     ->first("SELECT count(*) FROM sqlite_schema", {}, [](const Row& row) { return row.integer(0); })
                     ->value();
        return done;
    }
    std::int64_t version = -1, tables = -1;
};

TEST_F(MigrateTest, AFailedOneLeavesTheVersionBeforeIt) {
    auto done = run({{1, "one", "CREATE TABLE a(x);"}, {2, "two", "CREATE TABLE b(x); CREATE TABLE a(x);"}});
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().detail.find("migration two"), std::string::npos);
    EXPECT_EQ(version, 1);
    EXPECT_EQ(tables, 1);
    EXPECT_TRUE(run({{1, "one", "CREATE TABLE a(x);"}, {2, "two", "CREATE TABLE b(x);"}}));
    EXPECT_EQ(version, 2);
}

TEST_F(MigrateTest, BrokenReferencesAreRefused) {
    auto done = run({{1, "one",
                      "CREATE TABLE a(x INTEGER PRIMARY KEY); CREATE TABLE b(y REFERENCES a(x));"
                      "INSERT INTO b VALUES(7);"}});
    EXPECT_EQ(done.error().code, ErrorCode::Corrupt);
    EXPECT_EQ(version, 0);
}

TEST_F(MigrateTest, AMigrationThatCommitsIsRefused) {
    EXPECT_FALSE(run({{1, "one", "CREATE TABLE a(x); COMMIT;"}}));
}

}  // namespace
}  // namespace marea::core::db
