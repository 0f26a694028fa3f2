#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/db/sqlite.h"
#include "server/apps/catalog/catalog.h"
#include "server/apps/identity/viewerrights.h"
#include "tests/support/fakeprober.h"

namespace marea::test {

namespace fs = std::filesystem;

class FakeTokens final : public server::StreamTokens {
public:
    std::string issue(const core::Id& session, const core::Id& title, core::TimeMs expires) const override {
        return "T-" + session + "-" + title.substr(0, 8) + "-" + std::to_string(expires);
    }
    core::Result<server::StreamGrant> check(std::string_view, std::string_view, core::TimeMs) const override {
        return server::StreamGrant{};
    }
    void revoke(const core::Id&, core::TimeMs) override {}
};

class ManualClock final : public core::Clock {
public:
    core::TimeMs now() const override { return now_; }
    void advance(core::TimeMs ms) { now_ += ms; }

private:
    std::atomic<core::TimeMs> now_{1'700'000'000'000};
};

class TempFolder {
public:
    TempFolder() {
        std::string path = (fs::temp_directory_path() / "marea-catalog-XXXXXX").string();
        path_ = ::mkdtemp(path.data());
    }
    ~TempFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

inline void put(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

inline std::string track(int number, const std::string& title, const std::string& album = "Kind of Blue",
                         const std::string& artist = "Miles Davis") {
    return "title=" + title + "\nartist=" + artist + "\nalbum=" + album + "\ntrack=" + std::to_string(number) +
           "\nyear=1959\n";
}

// A catalogue on a real database and real folders, with a prober that reads made-up files.
class CatalogTest : public ::testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(media());
        openDatabase();
        openCatalog();
        ASSERT_TRUE(catalog->configureLibraries({{"Media", media().string()}}));
        catalog->start();
        catalog->waitUntilIdle();  // else its first scan may read files that a test is half through writing
    }

    void TearDown() override {
        pool.reset();  // as the host does: no request is under way any more when the parts end
        catalog.reset();
        database.reset();
    }

    fs::path media() const { return temp.path() / "media"; }

    void openDatabase() {
        auto opened = core::db::openSqlite((temp.path() / "marea.db").string(), {}, core::makeNullLogger());
        ASSERT_TRUE(opened) << opened.error().detail;
        database = std::move(*opened);
        run("INSERT OR IGNORE INTO users VALUES ('" + user + "', 'ana', 'ana', '', 'owner', 0)");
    }

    void openCatalog() {
        server::CatalogOptions options;
        options.dataFolder = temp.path().string();
        options.watch = watch;
        options.seals = seals;
        viewers = std::make_unique<server::ViewerRights>(*database);
        catalog = std::make_unique<server::Catalog>(*database, *viewers, prober, tokens, clock, core::makeNullLogger(),
                                                    *pool, options);
        router = std::make_unique<server::Router>();
        catalog->addRoutes(*router);
    }

    core::Id libraryId(const std::string& name = "Media") {
        return texts("SELECT id FROM libraries WHERE name='" + name + "'").at(0);
    }

    void scan() {
        for (const std::string& id : texts("SELECT id FROM libraries ORDER BY name")) {
            ASSERT_TRUE(catalog->scan(id));
        }
        catalog->waitUntilIdle();
    }

    std::vector<std::string> texts(const std::string& sql) {
        auto rows = database->readValue<std::vector<std::string>>([&](core::db::Session& session) {
            return session.all(sql, {}, [](const core::db::Row& row) { return row.string(0); });
        });
        EXPECT_TRUE(rows) << sql << ": " << rows.error().detail;
        return rows.value_or(std::vector<std::string>());
    }
    std::string text(const std::string& sql) {
        const auto rows = texts(sql);
        return rows.empty() ? std::string() : rows.front();
    }
    void run(const std::string& sql) {
        auto done = database->write([&](core::db::Session& session) { return session.run(sql); });
        ASSERT_TRUE(done) << sql << ": " << done.error().detail;
    }
    std::int64_t number(const std::string& sql) {
        const std::string value = text(sql);
        return value.empty() ? 0 : std::stoll(value);
    }

    core::Id itemOf(const std::string& path) {
        return text("SELECT item_id FROM media_files WHERE path='" + path + "' AND state<>'missing'");
    }

    // The visible catalogue without ids and times: what has to be the same however it came to be.
    std::multiset<std::string> snapshot() {
        const auto rows = texts(
            "SELECT "
            "i.kind||'|'||i.title||'|'||i.sort_title||'|'||i.year||'|'||coalesce(i.artist,'')||'|'||coalesce(i.album,''"
            ")||'|'||"
            "coalesce(i.album_artist,'')||'|'||coalesce(i.series,'')||'|'||coalesce(i.season,'')||'|'||coalesce(i."
            "episode,'')||'|'||"
            "coalesce(i.disc,'')||'|'||coalesce(i.track,'')||'|'||i.duration||'|'||i.child_count||'|'||i.status||'|'||"
            "coalesce(i.problem,'')||'|'||coalesce(i.genres,'')||'|'||coalesce(i.overview,'')||'|'||(i.artwork_version "
            "IS NULL)||'|'||"
            "(i.search_row<>0)||'|'||coalesce(i.content_rating,'')||'|'||coalesce(i.age,'')||'|'||i.unrated||'|'||"
            "coalesce((SELECT group_concat(p,';') FROM (SELECT "
            "f.path||':'||f.size||':'||f.state AS p "
            "FROM media_files f WHERE f.item_id=i.id AND f.state<>'missing' ORDER BY f.path)),'') FROM media_items i "
            "WHERE i.status<>'missing'");
        std::multiset<std::string> all(rows.begin(), rows.end());
        for (const auto& sidecar :
             texts("SELECT 'sidecar|'||d.path||'/'||s.name||'|'||s.kind||'|'||coalesce(s.language,'')||'|'||"
                   "coalesce(f.path,'') FROM sidecars s JOIN scan_folders d ON d.num=s.folder "
                   "LEFT JOIN media_files f ON f.id=s.file_id")) {
            all.insert(sidecar);
        }
        return all;
    }

    server::Response call(server::Method method, const std::string& path, const std::string& query = {},
                          const std::string& body = {}) {
        const auto match = router->match(method, path);
        EXPECT_TRUE(match.route) << path;
        server::Request request;
        request.method = method;
        request.path = path;
        request.params = match.params;
        request.body = body;
        request.principal = server::Principal{user, "session", "ana", role};
        for (std::size_t at = 0; at < query.size();) {
            const std::size_t end = std::min(query.find('&', at), query.size());
            const std::string pair = query.substr(at, end - at);
            request.query.emplace_back(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
            at = end + 1;
        }
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<server::Response> answer;
        match.route->handler(std::move(request), server::Reply([&](server::Response response) {
                                 const std::lock_guard lock(mutex);
                                 answer = std::move(response);
                                 changed.notify_all();
                             }));
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return answer.has_value(); });
        return std::move(*answer);
    }

    static std::string bodyOf(const server::Response& response) {
        if (const auto* text = std::get_if<std::string>(&response.body)) {
            return *text;
        }
        const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
        return shared ? **shared : std::string();
    }

    core::json::object get(const std::string& path, const std::string& query = {}, int status = 200) {
        const server::Response response = call(server::Method::Get, path, query);
        EXPECT_EQ(response.status, status) << path << "?" << query << " " << bodyOf(response);
        return core::json::parse(bodyOf(response)).as_object();
    }
    // The ids of a list, page by page from the cursor on; `between` is told each page's number.
    std::vector<std::string> allPages(const std::string& query, const std::function<void(int)>& between = {},
                                      std::string cursor = {}) {
        std::vector<std::string> ids;
        for (int page = 0; page < 100; ++page) {
            const auto list = get("/api/v1/media", query + (cursor.empty() ? "" : "&cursor=" + cursor));
            for (const auto& item : list.at("items").as_array()) {
                ids.emplace_back(item.at("id").as_string());
            }
            if (list.at("next_cursor").is_null()) {
                return ids;
            }
            cursor = std::string(list.at("next_cursor").as_string());
            if (between) {
                between(page);
            }
        }
        ADD_FAILURE() << "endless pages";
        return ids;
    }

    std::vector<std::string> titles(const core::json::object& list) {
        std::vector<std::string> all;
        for (const auto& item : list.at("items").as_array()) {
            all.emplace_back(item.at("title").as_string());
        }
        return all;
    }

    bool watch = false;  // whether changes are noticed without scan()
    core::SealSecrets* seals = nullptr;
    TempFolder temp;
    FakeProber prober;
    FakeTokens tokens;
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    std::unique_ptr<server::WorkPool> pool = std::make_unique<server::WorkPool>(2, 100);
    core::Id user = "018bcfe5-6800-7000-8000-000000000001";
    std::string role = "owner";
    std::unique_ptr<core::db::Database> database;
    std::unique_ptr<server::ViewerRights> viewers;
    std::unique_ptr<server::Catalog> catalog;
    std::unique_ptr<server::Router> router;
};

}  // namespace marea::test
