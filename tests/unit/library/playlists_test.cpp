#include "server/apps/library/playlists.h"

#include <gmock/gmock.h>

#include "doubles.h"
#include "server/apps/library/historyhandlers.h"
#include "server/apps/library/playlisthandlers.h"
#include "server/apps/library/ranks.h"
#include "server/apps/library/replay.h"

namespace marea::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PlaylistTest : public LibraryTest {
protected:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    void SetUp() override {
        for (int i = 0; i < 8; ++i) {
            titles.push_back("0190a000-0000-7000-8000-00000000010" + std::to_string(i));
            addFilm(titles.back(), 1000);
        }
    }
    PlaylistHandlers handlers() { return {*database, media, clock}; }
    HistoryHandlers history() { return {*database, media, clock}; }

    Request ask(std::string body, Fields params, const char* user, const std::string& ifMatch = {}) {
        clock->time += 1000;
        Request made = request(std::move(body), std::move(params), user);
        if (!ifMatch.empty()) {
            made.headers.set("If-Match", ifMatch);
        }
        return made;
    }
    static std::string field(const Response& response, const char* key) {
        return std::string(json(response).at(key).as_string());
    }
    static std::string tag(const Response& response) { return std::string(response.headers.find("ETag").value_or("")); }

    std::string mediaIds(const std::vector<int>& which) {
        core::json::array ids;
        for (const int one : which) {
            ids.push_back(core::json::value(titles[static_cast<std::size_t>(one)]));
        }
        return core::json::serialize(ids);
    }
    core::Id create(const std::vector<int>& which, const char* visibility = "private", const char* user = "ana") {
        const Response made = handlers().create(ask(
            R"({"name":"List","visibility":")" + std::string(visibility) + R"(","media_ids":)" + mediaIds(which) + "}",
            {}, user));
        EXPECT_EQ(made.status, 201) << core::json::serialize(json(made));
        return made.status == 201 ? field(made, "id") : "";
    }
    Response add(const core::Id& list, const std::vector<int>& which, const std::string& place = {},
                 const char* user = "ana", const std::string& ifMatch = {}) {
        return handlers().addEntries(
            ask("{\"media_ids\":" + mediaIds(which) + place + "}", {{"id", list}}, user, ifMatch));
    }
    Response move(const core::Id& list, const core::Id& entry, const std::string& body, const char* user = "ana",
                  const std::string& ifMatch = {}) {
        return handlers().moveEntry(ask(body, {{"id", list}, {"entry", entry}}, user, ifMatch));
    }
    Response remove(const core::Id& list, const core::Id& entry, const char* user = "ana",
                    const std::string& ifMatch = {}) {
        return handlers().removeEntry(ask("", {{"id", list}, {"entry", entry}}, user, ifMatch));
    }
    core::json::value entries(const core::Id& list, const char* user = "ana", Fields query = {}) {
        Request asked = request({}, {{"id", list}}, user);
        asked.query = std::move(query);
        return json(handlers().entries(asked));
    }
    // Which titles, by their places in `titles`.
    std::string order(const core::Id& list, const char* user = "ana") {
        std::string text;
        const core::json::value page = entries(list, user);
        for (const auto& entry : page.at("items").as_array()) {
            text += std::string(entry.at("media_id").as_string()).back();
        }
        return text;
    }
    core::Id entryAt(const core::Id& list, std::size_t place) {
        return core::Id(entries(list).at("items").as_array().at(place).at("id").as_string());
    }
    void expectReplayTellsTheSame() {
        for (const char* user : {"ana", "ben"}) {
            const auto done =
                database->writeValue<Replayed>([&](core::db::Session& db) { return replayEvents(db, user); });
            ASSERT_TRUE(done) << done.error().detail;
            EXPECT_THAT(done->differences, ElementsAre());
        }
    }

    std::vector<core::Id> titles;
};

TEST_F(PlaylistTest, EntriesComeAndMoveAndGo) {
    const core::Id list = create({0, 1, 2});
    EXPECT_EQ(order(list), "012");
    EXPECT_EQ(add(list, {3, 3}).status, 201);
    EXPECT_EQ(order(list), "01233") << "a title may be in it twice";
    EXPECT_EQ(add(list, {4}, R"(,"after":null)").status, 201);
    EXPECT_EQ(order(list), "401233");
    EXPECT_EQ(add(list, {5}, R"(,"before":")" + entryAt(list, 2) + "\"").status, 201);
    EXPECT_EQ(order(list), "4051233");
    EXPECT_EQ(move(list, entryAt(list, 0), R"({"after":")" + entryAt(list, 3) + "\"}").status, 200);
    EXPECT_EQ(order(list), "0514233");
    EXPECT_EQ(move(list, entryAt(list, 6), R"({"after":null})").status, 200);
    EXPECT_EQ(move(list, entryAt(list, 1), "{}").status, 200) << "to the end";
    EXPECT_EQ(order(list), "3514230");
    EXPECT_EQ(remove(list, entryAt(list, 1)).status, 204);
    EXPECT_EQ(order(list), "314230");
    EXPECT_EQ(remove(list, core::newId()).status, 404);
    EXPECT_EQ(move(list, core::newId(), "{}").status, 404);
    EXPECT_EQ(add(list, {1}, R"(,"after":")" + core::newId() + "\"").status, 409);
    expectReplayTellsTheSame();
}

TEST_F(PlaylistTest, TheSamePlaceAlwaysHasRoom) {
    const core::Id list = create({0, 1});
    const std::string place = R"(,"after":")" + entryAt(list, 0) + "\"";
    for (int i = 0; i < 60; ++i) {
        ASSERT_EQ(add(list, {2 + i % 5}, place).status, 201) << i;
    }
    const std::string seen = order(list);
    EXPECT_EQ(seen.size(), 50u) << "a page";
    EXPECT_EQ(seen.substr(0, 4), "0654");
    EXPECT_GT(number("SELECT count(*) FROM events WHERE data LIKE '%spread%'"), 0);
    expectReplayTellsTheSame();
}

TEST_F(PlaylistTest, PagesHoldWhileOthersComeAndGo) {
    const core::Id list = create({0, 1, 2, 3, 4});
    const auto first = entries(list, "ana", {{"limit", "2"}});
    add(list, {5}, R"(,"after":null)");
    remove(list, entryAt(list, 3));
    const auto second =
        entries(list, "ana", {{"limit", "2"}, {"cursor", std::string(first.at("next_cursor").as_string())}});
    EXPECT_EQ(second.at("items").at(0).at("media_id").as_string(), titles[3]);
    EXPECT_TRUE(second.at("next_cursor").is_null());
    for (const char* cursor : {"x", "1.x", "1"}) {
        Request asked = request({}, {{"id", list}});
        asked.query = {{"cursor", cursor}};
        EXPECT_EQ(handlers().entries(asked).status, 400) << cursor;
    }
}

TEST_F(PlaylistTest, WhoMayWhat) {
    const core::Id own = create({0}), open = create({1}, "public"), shared = create({2}, "collaborative");
    const auto see = [&](const core::Id& id) { return handlers().get(ask("", {{"id", id}}, "ben")).status; };
    const auto rename = [&](const core::Id& id) {
        return handlers().change(ask(R"({"name":"Mine"})", {{"id", id}}, "ben")).status;
    };
    const auto drop = [&](const core::Id& id) { return handlers().remove(ask("", {{"id", id}}, "ben")).status; };
    EXPECT_EQ(see(own), 404);
    EXPECT_EQ(see(open), 200);
    for (const auto& [list, status] : std::vector<std::pair<core::Id, int>>{{own, 404}, {open, 403}, {shared, 403}}) {
        EXPECT_EQ(rename(list), status);
        EXPECT_EQ(drop(list), status);
    }
    EXPECT_EQ(add(own, {3}, "", "ben").status, 404);
    EXPECT_EQ(add(open, {3}, "", "ben").status, 403);
    EXPECT_EQ(add(shared, {3}, "", "ben").status, 201);
    EXPECT_EQ(move(shared, entryAt(shared, 1), R"({"after":null})", "ben").status, 200);
    EXPECT_EQ(remove(shared, entryAt(shared, 1), "ben").status, 204);
    EXPECT_EQ(order(shared, "ben"), "3");
    EXPECT_EQ(entries(shared).at("items").at(0).at("added_by").as_string(), "ben");
    const auto listed = [&](const char* user, const char* owner) {
        Request asked = request({}, {}, user);
        asked.query = {{"owner", owner}};
        return json(handlers().list(asked)).at("items").as_array().size();
    };
    EXPECT_EQ(listed("ana", "all"), 3u);
    EXPECT_EQ(listed("ben", "all"), 2u);
    EXPECT_EQ(listed("ben", "me"), 0u);
    EXPECT_EQ(listed("ben", "others"), 2u);
    EXPECT_EQ(listed("ana", "others"), 0u);
    EXPECT_EQ(number("SELECT count(*) FROM events WHERE user_id = 'ana' AND actor_id = 'ben'"), 3);
    EXPECT_EQ(number("SELECT count(*) FROM events WHERE user_id = 'ben'"), 0);
    expectReplayTellsTheSame();
}

TEST_F(PlaylistTest, ALostUpdateIsRefused) {
    const core::Id list = create({0, 1, 2}, "collaborative");
    const auto get = [&] { return handlers().get(ask("", {{"id", list}}, "ana")); };
    const std::string seen = tag(get());
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(add(list, {3}, "", "ben").status, 201);
    EXPECT_NE(tag(get()), seen);
    const auto rename = [&](const std::string& ifMatch) {
        return handlers().change(ask(R"({"name":"New"})", {{"id", list}}, "ana", ifMatch)).status;
    };
    EXPECT_EQ(rename(seen), 412);
    EXPECT_EQ(rename("\"nonsense\""), 412);
    EXPECT_EQ(add(list, {4}, "", "ana", seen).status, 412);
    EXPECT_EQ(move(list, entryAt(list, 0), "{}", "ana", seen).status, 412);
    EXPECT_EQ(remove(list, entryAt(list, 0), "ana", seen).status, 412);
    EXPECT_EQ(handlers().remove(ask("", {{"id", list}}, "ana", seen)).status, 412);
    EXPECT_EQ(order(list), "0123");
    EXPECT_EQ(rename(tag(get())), 200);
    EXPECT_EQ(rename("*"), 200);
    EXPECT_EQ(add(list, {4}).status, 201) << "who names no revision adds to what is there";
    EXPECT_EQ(handlers().remove(ask("", {{"id", list}}, "ana", tag(get()))).status, 204);
    EXPECT_EQ(get().status, 404);
}

TEST_F(PlaylistTest, ChangesAndDeletionsAreTakenBack) {
    const auto undo = [&] { return history().undo(ask("", {}, "ana")).status; };
    const core::Id list = create({0, 1, 2});
    remove(list, entryAt(list, 1));
    handlers().change(ask(R"({"name":"Other","visibility":"public"})", {{"id", list}}, "ana"));
    const std::string before = tag(handlers().get(ask("", {{"id", list}}, "ana")));
    EXPECT_EQ(handlers().remove(ask("", {{"id", list}}, "ana")).status, 204);
    EXPECT_EQ(undo(), 200);
    EXPECT_EQ(order(list), "02") << "back with all that was in it";
    const Response back = handlers().get(ask("", {{"id", list}}, "ana"));
    EXPECT_EQ(field(back, "name"), "Other");
    EXPECT_NE(tag(back), before);
    EXPECT_EQ(undo(), 200);
    EXPECT_EQ(field(handlers().get(ask("", {{"id", list}}, "ana")), "name"), "List");
    EXPECT_EQ(undo(), 200);
    EXPECT_EQ(order(list), "012");
    EXPECT_EQ(undo(), 200);
    EXPECT_EQ(handlers().get(ask("", {{"id", list}}, "ana")).status, 404) << "its making was taken back";
    EXPECT_EQ(undo(), 404);
    expectReplayTellsTheSame();
}

TEST_F(PlaylistTest, BodiesAreStrict) {
    const core::Id list = create({0});
    for (const char* body :
         {"{}", "[]", R"({"name":""})", R"({"name":" \t"})", R"({"name":1})", R"({"name":"x","visibility":"secret"})",
          R"({"name":"x","media_ids":["x"]})", R"({"name":"x","media_ids":1})", R"({"name":"x","more":1})",
          R"({"name":"x","rules":{"rules":[{"field":"x"}]}})"}) {
        EXPECT_EQ(handlers().create(ask(body, {}, "ana")).status, 400) << body;
    }
    EXPECT_EQ(handlers()
                  .create(ask(R"({"name":"x","rules":{"rules":[]},"media_ids":)" + mediaIds({0}) + "}", {}, "ana"))
                  .status,
              400);
    EXPECT_EQ(handlers().create(ask(R"({"name":"x","media_ids":[")" + core::newId() + "\"]}", {}, "ana")).status, 422);
    for (const char* body : {"{}", R"({"name":""})", R"({"visibility":"x"})", R"({"x":1})"}) {
        EXPECT_EQ(handlers().change(ask(body, {{"id", list}}, "ana")).status, 400) << body;
    }
    EXPECT_EQ(handlers().change(ask(R"({"rules":{"rules":[]}})", {{"id", list}}, "ana")).status, 422);
    for (const char* place : {R"(,"after":1)", R"(,"after":"")", R"(,"after":"x","before":"y")", R"(,"x":1)"}) {
        EXPECT_EQ(add(list, {0}, place).status, 400) << place;
    }
    EXPECT_EQ(add(list, {}).status, 400);
}

TEST_F(PlaylistTest, ASmartOneHasNoEntriesOfItsOwn) {
    const Response made = handlers().create(
        ask(R"({"name":"Films","rules":{"rules":[{"field":"kind","op":"is","value":"movie"}]}})", {}, "ana"));
    ASSERT_EQ(made.status, 201);
    const core::Id list = field(made, "id");
    EXPECT_TRUE(json(made).at("smart").as_bool());
    EXPECT_FALSE(json(made).at("editable").as_bool());
    EXPECT_EQ(add(list, {0}).status, 422);
    EXPECT_EQ(handlers().change(ask(R"({"rules":{"rules":[],"limit":3}})", {{"id", list}}, "ana")).status, 200);
    const auto page = entries(list);
    EXPECT_EQ(page.at("items").as_array().size(), 3u);
    EXPECT_TRUE(page.at("items").at(0).at("id").is_null());
    const auto first = entries(list, "ana", {{"limit", "2"}});
    const auto rest =
        entries(list, "ana", {{"limit", "2"}, {"cursor", std::string(first.at("next_cursor").as_string())}});
    EXPECT_EQ(rest.at("items").as_array().size(), 1u);
    EXPECT_TRUE(rest.at("next_cursor").is_null());
    expectReplayTellsTheSame();
}

TEST_F(PlaylistTest, APreviewTellsWhatRulesFindAndKeepsNothing) {
    const auto preview = [&](const std::string& rules) {
        return handlers().preview(ask("{\"rules\":" + rules + "}", {}, "ana"));
    };
    const Response all = preview(R"({"rules":[{"field":"kind","op":"is","value":"movie"}]})");
    ASSERT_EQ(all.status, 200);
    EXPECT_EQ(json(all).at("count").as_int64(), 9);
    EXPECT_EQ(json(all).at("items").as_array().size(), 6u);
    EXPECT_FALSE(json(all).at("more").as_bool());
    EXPECT_EQ(json(preview(R"({"rules":[],"limit":3})")).at("count").as_int64(), 3);
    EXPECT_EQ(preview(R"({"rules":[{"field":"year","op":"is","value":"x"}]})").status, 400);
    EXPECT_EQ(handlers().preview(ask("{}", {}, "ana")).status, 400);
    EXPECT_TRUE(json(handlers().list(request({}, {}, "ana"))).at("items").as_array().empty());
}

}  // namespace
}  // namespace marea::server
