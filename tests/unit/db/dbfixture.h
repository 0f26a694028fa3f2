#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "core/db/sqlite.h"

namespace marea::core::db {

inline std::string textOfFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// A folder of its own for each test, gone after it.
class DbTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-db-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        path = folder + "/marea.db";
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::unique_ptr<Database> open(SqliteOptions options = {}) {
        auto opened = openSqlite(path, options, makeNullLogger());
        if (!opened) {
            ADD_FAILURE() << opened.error().detail;
            return nullptr;
        }
        return std::move(*opened);
    }

    // Past our own code: what an old version or another program would have done.
    void rawScript(const std::string& sql) {
        sqlite3* raw = nullptr;
        ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
        char* message = nullptr;
        EXPECT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << (message ? message : "");
        sqlite3_free(message);
        sqlite3_close(raw);
    }

    static std::int64_t number(Database& database, const std::string& sql) {
        std::int64_t result = -1;
        auto done = database.read([&](Session& session) {
            return session.each(sql, {}, [&](const Row& row) {
                result = row.integer(0);
                return false;
            });
        });
        EXPECT_TRUE(done) << done.error().detail;
        return result;
    }
    static void exec(Database& database, const std::string& sql) {
        auto done = database.write([&](Session& session) { return session.run(sql); });
        ASSERT_TRUE(done) << done.error().detail;
    }

    std::string folder, path;
};

}  // namespace marea::core::db
