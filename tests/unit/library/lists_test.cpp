#include <gmock/gmock.h>

#include "doubles.h"
#include "server/apps/library/home.h"
#include "server/apps/library/homehandlers.h"
#include "server/apps/library/librarylist.h"
#include "server/apps/library/preferences.h"

namespace marea::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ListsTest : public LibraryTest {
protected:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    core::Id title(int number) {
        const std::string text = std::to_string(number);
        return "0190a000-0000-7000-8000-" + std::string(12 - text.size(), '0') + text;
    }
    void addTitle(int number, const char* kind = "movie") { addFilm(title(number), 1000, kind); }
    // Episodes are numbered series * 100 + season * 10 + episode.
    void addEpisode(int number) {
        addTitle(number, "episode");
        run("UPDATE media_items SET series_id = 'series-" + std::to_string(number / 100) +
            "', season = " + std::to_string(number / 10 % 10) + ", episode = " + std::to_string(number % 10) +
            " WHERE id = '" + title(number) + "'");
    }
    void change(int number, const std::string& body, const char* user = "ana") {
        clock->time += 1000;
        ASSERT_EQ(library().change(request(body, {{"media_id", title(number)}}, user)).status, 200);
    }
    static std::vector<int> numbers(const core::json::value& items) {
        std::vector<int> found;
        for (const auto& item : items.as_array()) {
            found.push_back(std::stoi(std::string(item.at("id").as_string()).substr(24)));
        }
        return found;
    }
    std::vector<int> list(const Fields& query, const char* user = "ana") {
        std::vector<int> all;
        std::string cursor;
        do {
            Request asked = request({}, {}, user);
            asked.query = query;
            asked.query.emplace_back("cursor", cursor);
            asked.query.emplace_back("limit", "2");
            const auto page = json(library().list(asked));
            const auto some = numbers(page.at("items"));
            all.insert(all.end(), some.begin(), some.end());
            cursor = page.at("next_cursor").is_null() ? "" : std::string(page.at("next_cursor").as_string());
        } while (!cursor.empty());
        return all;
    }
    core::json::value home(const char* user = "ana") {
        return json(HomeHandlers(*database, *service, media).home(request({}, {}, user)));
    }
    // With nothing bound: plans do not depend on it.
    std::string plan(const std::string& sql) {
        std::size_t most = 0;
        for (std::size_t at = sql.find('?'); at != std::string::npos; at = sql.find('?', at + 1)) {
            most = std::max(most, static_cast<std::size_t>(std::stoi(sql.substr(at + 1))));
        }
        const std::vector<core::db::Value> values(most, nullptr);
        std::string text;
        auto done = database->read([&](core::db::Session& db) {
            return db.each("EXPLAIN QUERY PLAN " + sql, values, [&](const core::db::Row& row) {
                text += row.string(3) + "\n";
                return true;
            });
        });
        EXPECT_TRUE(done) << done.error().detail;
        return text;
    }
};

TEST_F(ListsTest, StatesHoldTogetherAndListsAreSorted) {
    for (const int number : {11, 12, 13, 14}) {
        addTitle(number);
    }
    addTitle(15, "track");
    for (const int number : {11, 12, 13, 14, 15}) {
        run("UPDATE media_items SET sort_key = '" + std::to_string(99 - number) +
            "', added_at = " + std::to_string(number % 3) + " WHERE id = '" + title(number) + "'");
    }
    change(11, R"({"favourite":true,"rating":7})");
    change(12, R"({"favourite":true,"watched":true,"rating":9})");
    change(13, R"({"rating":7,"position":60})");
    change(15, R"({"favourite":true,"rating":1})");
    change(14, R"({"favourite":true})", "ben");
    EXPECT_EQ(list({{"state", "favourite"}}), (std::vector{15, 12, 11}));
    EXPECT_EQ(list({{"state", "favourite,watched"}}), (std::vector{12}));
    EXPECT_EQ(list({{"state", "favourite,unwatched"}}), (std::vector{15, 11}));
    EXPECT_EQ(list({{"state", "rated,in_progress"}}), (std::vector{13}));
    EXPECT_EQ(list({}), (std::vector{13}));
    EXPECT_EQ(list({{"state", "favourite"}, {"kind", "movie"}}), (std::vector{12, 11}));
    EXPECT_EQ(list({{"state", "rated"}, {"sort", "rating"}}), (std::vector{12, 13, 11, 15}));
    EXPECT_EQ(list({{"state", "rated"}, {"sort", "rating"}, {"order", "asc"}}), (std::vector{15, 11, 13, 12}));
    EXPECT_EQ(list({{"state", "rated"}, {"sort", "title"}}), (std::vector{15, 13, 12, 11}));
    EXPECT_EQ(list({{"state", "rated"}, {"sort", "title"}, {"order", "desc"}}), (std::vector{11, 12, 13, 15}));
    EXPECT_EQ(list({{"state", "rated"}, {"sort", "added"}}), (std::vector{11, 13, 15, 12}));
    EXPECT_EQ(list({{"state", "rated"}, {"sort", "played"}}), (std::vector<int>{}));
    EXPECT_EQ(list({{"state", "favourite"}}, "ben"), (std::vector{14}));
    run("UPDATE media_items SET status = 'missing' WHERE id = '" + title(12) + "'");
    EXPECT_EQ(list({{"state", "favourite"}}), (std::vector{15, 11}));
}

TEST_F(ListsTest, PlaysAreListedByTheirOrderAndNumber) {
    for (const int number : {21, 22, 23}) {
        addTitle(number, "track");
    }
    for (const int number : {21, 22, 23, 22}) {
        clock->time += 1000;
        report(startPlaying(title(number)), 1000, "stopped");  // to its end
    }
    EXPECT_EQ(list({{"state", "played"}}), (std::vector{22, 23, 21}));
    EXPECT_EQ(list({{"state", "played"}, {"sort", "played"}, {"order", "asc"}}), (std::vector{21, 23, 22}));
    EXPECT_EQ(list({{"state", "played"}, {"sort", "plays"}}), (std::vector{22, 23, 21}));
}

// By what owned_titles has, which follows from the events of the store.
TEST_F(ListsTest, WhatWasBoughtIsListedByTheDayItWas) {
    for (const int number : {41, 42, 43, 44}) {
        addTitle(number, number == 43 ? "album" : "movie");
    }
    const auto own = [&](const char* user, int number, const char* order, int at) {
        run("INSERT INTO owned_titles(user_id, media_id, order_id, owned_at) VALUES ('" + std::string(user) + "', '" +
            title(number) + "', '" + order + "', " + std::to_string(at) + ")");
    };
    own("ana", 41, "o1", 100);
    own("ana", 42, "o2", 300);
    own("ana", 43, "o3", 200);
    own("ana", 41, "o4", 50);  // in a bundle, too
    own("ben", 44, "o5", 400);
    change(42, R"({"favourite":true})");
    EXPECT_EQ(list({{"state", "owned"}}), (std::vector{42, 43, 41}));
    EXPECT_EQ(list({{"state", "owned"}, {"order", "asc"}}), (std::vector{41, 43, 42}));
    EXPECT_EQ(list({{"state", "owned"}, {"kind", "album"}}), (std::vector{43}));
    EXPECT_EQ(list({{"state", "owned,favourite"}}), (std::vector{42}));
    EXPECT_EQ(list({{"state", "owned,unwatched"}, {"sort", "title"}, {"order", "desc"}}).size(), 3U);
    EXPECT_EQ(list({{"state", "owned,in_progress"}}), (std::vector<int>{}));
    EXPECT_EQ(list({{"state", "owned"}}, "ben"), (std::vector{44}));
    EXPECT_EQ(list({{"state", "favourite"}}), (std::vector{42}));
}

TEST_F(ListsTest, ACursorIsForItsOwnList) {
    for (const int number : {31, 32, 33}) {
        addTitle(number);
        change(number, R"({"favourite":true,"rating":5})");
    }
    const auto ask = [&](const Fields& query) {
        Request asked = request();
        asked.query = query;
        return library().list(asked);
    };
    const std::string cursor(json(ask({{"state", "favourite"}, {"limit", "1"}})).at("next_cursor").as_string());
    EXPECT_EQ(ask({{"state", "favourite"}, {"cursor", cursor}}).status, 200);
    EXPECT_EQ(ask({{"state", "rated"}, {"cursor", cursor}}).status, 400);
    EXPECT_EQ(ask({{"state", "favourite"}, {"sort", "title"}, {"cursor", cursor}}).status, 400);
    for (const auto& [name, value] :
         Fields{{"state", "liked"}, {"state", "rated;"}, {"sort", "secret"}, {"order", "up"}, {"kind", "x"}}) {
        EXPECT_EQ(ask({{name, value}}).status, 400) << name << "=" << value;
    }
}

// The costs are those of a page, or of what the user touched: never of the catalogue, nor of other users.
TEST_F(ListsTest, ListsReadTheUsersOwnRowsInTheirOrder) {
    for (const LibraryState state : {LibraryState::InProgress, LibraryState::Watched, LibraryState::Favourite,
                                     LibraryState::Rated, LibraryState::Played}) {
        LibraryQuery query;
        query.states = {state};
        query.kinds = {"movie"};
        const std::string recent = plan(librarySql(Viewer::everything("ana"), query, true));
        EXPECT_THAT(recent, Not(HasSubstr("SCAN"))) << recent;
        EXPECT_THAT(recent, Not(HasSubstr("TEMP B-TREE"))) << recent;
        query.sort = LibrarySort::Title;
        EXPECT_THAT(plan(librarySql(Viewer::everything("ana"), query, true)), Not(HasSubstr("SCAN")));
    }
    const Viewer all = Viewer::everything("ana");
    for (const std::string& sql :
         {HomeSql::nextEpisode(all), HomeSql::recentOfKind(all), HomeSql::popularOfKind(all)}) {
        EXPECT_THAT(plan(std::string(sql)), Not(HasSubstr("SCAN"))) << sql;
    }
    for (const std::string& sql : {HomeSql::recentOfKind(all), HomeSql::popularOfKind(all)}) {
        EXPECT_THAT(plan(std::string(sql)), Not(HasSubstr("TEMP B-TREE"))) << sql;
    }
    EXPECT_THAT(plan(std::string(HomeSql::watchedEpisodes)),
                testing::AllOf(HasSubstr("user_library_watched"), Not(HasSubstr("SCAN i"))));
}

TEST_F(ListsTest, TheNextEpisodeIsOneAfterTheLastSeen) {
    for (const int number : {111, 112, 113, 121, 211, 212, 311, 411, 412}) {
        addEpisode(number);
    }
    change(112, R"({"watched":true})");
    change(311, R"({"watched":true})");  // its last
    change(211, R"({"watched":true})");
    change(411, R"({"watched":true})");
    change(412, R"({"position":60})");  // begun: to be continued
    EXPECT_EQ(numbers(home().at("next_up")), (std::vector{212, 113}));
    EXPECT_EQ(numbers(home().at("continue_watching")), (std::vector{412}));
    change(113, R"({"watched":true})");
    EXPECT_EQ(numbers(home().at("next_up")), (std::vector{121, 212}))
        << "over the end of a season, the latest seen first";
    change(121, R"({"watched":true})");
    EXPECT_EQ(numbers(home().at("next_up")), (std::vector{212}));
    run("UPDATE media_items SET status = 'broken' WHERE id = '" + title(212) + "'");
    EXPECT_TRUE(numbers(home().at("next_up")).empty());
    EXPECT_TRUE(numbers(home("ben").at("next_up")).empty());
    EXPECT_TRUE(numbers(home("ben").at("continue_watching")).empty());
}

TEST_F(ListsTest, WhatIsNewAndWhatIsPopularIsMixedFromAllKinds) {
    run("DELETE FROM media_items");
    for (const auto& [number, kind] : std::vector<std::pair<int, const char*>>{
             {41, "movie"}, {42, "album"}, {43, "track"}, {44, "movie"}, {45, "series"}}) {
        addTitle(number, kind);
        run("UPDATE media_items SET added_at = " + std::to_string(number) + ", popularity = " +
            std::to_string(50 - number - (number == 44 ? 6 : 0)) + " WHERE id = '" + title(number) + "'");
    }
    EXPECT_EQ(numbers(home().at("recently_added")), (std::vector{45, 44, 42, 41}));
    EXPECT_EQ(numbers(home().at("popular")), (std::vector{41, 42, 45})) << "what nobody played is not";
    Request asked = request();
    asked.query = {{"limit", "0"}};
    EXPECT_EQ(HomeHandlers(*database, *service, media).home(asked).status, 400);
}

class PreferencesTest : public LibraryTest {
protected:
    Response put(const std::string& body, const char* user = "ana", const char* login = "login-1") {
        Request asked = request(body, {}, user);
        asked.principal->sessionId = login;
        return PreferenceHandlers(*database, clock).put(asked);
    }
    std::string get(const char* user = "ana", const char* login = "login-1") {
        Request asked = request({}, {}, user);
        asked.principal->sessionId = login;
        return core::json::serialize(json(PreferenceHandlers(*database, clock).get(asked)));
    }
};

TEST_F(PreferencesTest, AreTheUsersAndTheDevices) {
    EXPECT_EQ(get(), R"({"user":{},"device":{}})");
    EXPECT_EQ(put(R"({"user":{"theme":"dark"},"device":{"volume":0.5}})").status, 200);
    EXPECT_EQ(put(R"({"device":{"volume":1}})", "ana", "login-2").status, 200);
    EXPECT_EQ(get(), R"({"user":{"theme":"dark"},"device":{"volume":5E-1}})");
    EXPECT_EQ(get("ana", "login-2"), R"({"user":{"theme":"dark"},"device":{"volume":1}})");
    EXPECT_EQ(get("ben"), R"({"user":{},"device":{}})");
    EXPECT_EQ(put(R"({"user":{}})").status, 200);
    EXPECT_EQ(get("ana", "login-2"), R"({"user":{},"device":{"volume":1}})");
    run("DELETE FROM logins WHERE id = 'login-1'");
    EXPECT_EQ(get(), R"({"user":{},"device":{}})") << "a device's go with it";
}

TEST_F(PreferencesTest, AreBounded) {
    for (const char* body : {"{}", "[]", R"({"user":1})", R"({"user":[]})", R"({"user":{"A":1}})", R"({"user":{"":1}})",
                             R"({"user":{"a b":1}})", R"({"x":{}})", "x"}) {
        EXPECT_EQ(put(body).status, 400) << body;
    }
    EXPECT_EQ(put("{\"user\":{\"k\":\"" + std::string(17 * 1024, 'x') + "\"}}").status, 413);
    EXPECT_EQ(put("{\"user\":{\"" + std::string(65, 'k') + "\":1}}").status, 400);
    std::string many;
    for (int i = 0; i <= 200; ++i) {
        many += (i ? "," : "") + ("\"k" + std::to_string(i)) + "\":1";
    }
    EXPECT_EQ(put("{\"user\":{" + many + "}}").status, 400);
    EXPECT_EQ(get(), R"({"user":{},"device":{}})");
}

}  // namespace
}  // namespace marea::server
