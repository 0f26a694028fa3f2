#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "core/db/sqlite.h"
#include "server/apps/licence/licencehandlers.h"
#include "server/apps/licence/masterkeyfile.h"

namespace marea::server {

// Lets through who was let in.
class FakeGate final : public LicenceGate {
public:
    core::Result<void> check(const LicenceWish& wish) override {
        asked.push_back(wish);
        return wish.title == open ? core::Result<void>() : core::fail(core::ErrorCode::NotFound, "Not yours.");
    }
    core::Result<LicenceStanding> standing(const LicenceWish&) override { return stands; }
    core::Id open;
    core::Result<LicenceStanding> stands;
    std::vector<LicenceWish> asked;
};

// A database with a library of a film, a series and an album, and a folder for keys.
class LicenceTest : public testing::Test {
protected:
    LicenceTest() {
        char name[] = "/tmp/marea-licence-XXXXXX";
        folder = ::mkdtemp(name);
        database = *core::db::openSqlite((folder / "marea.db").string(), {}, core::makeNullLogger());
        run("INSERT INTO libraries(id, name, path, created_at) VALUES ('lib', 'Films', '/films', 0)");
        addItem("film", "movie", "NULL, NULL, NULL, NULL");
        addItem("other", "movie", "NULL, NULL, NULL, NULL");
        addItem("series", "series", "NULL, NULL, NULL, NULL");
        addItem("season", "season", "'series', NULL, NULL, NULL");
        addItem("episode", "episode", "'series', 'season', NULL, NULL");
        addItem("song", "track", "NULL, NULL, 'band', 'album'");
    }
    ~LicenceTest() override {
        database.reset();
        std::filesystem::remove_all(folder);
    }

    void addItem(const std::string& id, const std::string& kind, const std::string& parents) {
        run("INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, series_id, "
            "season_id, artist_id, album_id) VALUES ('" +
            id + "', 'lib', '" + kind + "', '" + id + "', '', '', '', 0, " + parents + ")");
    }
    void run(const std::string& sql) {
        auto done = database->write([&](core::db::Session& db) { return db.run(sql); });
        ASSERT_TRUE(done) << done.error().detail;
    }
    std::string keyFile() const { return (folder / MasterKeyFile::kName).string(); }

    std::filesystem::path folder;
    std::unique_ptr<core::db::Database> database;
    std::shared_ptr<const core::Clock> clock = std::make_shared<core::SystemClock>();
};

}  // namespace marea::server
