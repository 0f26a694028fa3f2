#include "server/apps/library/history.h"

#include <gmock/gmock.h>

#include "doubles.h"
#include "server/apps/library/eventprojection.h"
#include "server/apps/library/historyhandlers.h"
#include "server/apps/library/replay.h"

namespace marea::server {
namespace {

using testing::ElementsAre;

class HistoryTest : public LibraryTest {
protected:
    HistoryHandlers handlers() { return {*database, media, clock}; }
    void change(const std::string& body, const char* user = "ana") {
        clock->time += 1000;
        ASSERT_EQ(library().change(request(body, {{"media_id", film}}, user)).status, 200);
    }
    Response undo(const std::string& body = {}, const char* user = "ana") {
        clock->time += 1000;
        return handlers().undo(request(body, {}, user));
    }
    core::json::value list(std::vector<std::pair<std::string, std::string>> query = {}, const char* user = "ana") {
        Request asked = request({}, {}, user);
        asked.query = std::move(query);
        return json(handlers().list(asked));
    }
    std::vector<std::string> types(const core::json::value& page) {
        std::vector<std::string> types;
        for (const auto& event : page.at("items").as_array()) {
            types.emplace_back(event.at("type").as_string());
        }
        return types;
    }
    std::string row() {
        return text(
            "SELECT json_object('rating', rating, 'favourite', favourite, 'watched', watched, 'plays', play_count, "
            "'updated', updated_at) FROM user_library WHERE user_id = 'ana'");
    }
};

TEST(EventProjection, IsAFunctionOfTheEventAlone) {
    LibraryEvent event;
    event.userId = "ana";
    event.mediaId = "film";
    event.at = 5;
    event.kind = EventKind::Rated;
    event.data = {{"rating", 7}};
    const auto statements = projection(event);
    ASSERT_EQ(statements.size(), 1u);
    EXPECT_THAT(statements[0].values,
                ElementsAre(Statement::Field("ana"), Statement::Field("film"), Statement::Field(std::int64_t{7}),
                            Statement::Field(std::int64_t{5})));
    event.data = {{"rating", nullptr}};
    EXPECT_EQ(projection(event)[0].values[2], Statement::Field(nullptr));
    event.kind = EventKind::HistoryUndone;
    EXPECT_TRUE(projection(event).empty());
}

TEST(EventProjection, EveryKindHasANameOfItsOwn) {
    for (const EventKind kind :
         {EventKind::Played, EventKind::Rated, EventKind::Favourited, EventKind::Watched, EventKind::PlaylistCreated,
          EventKind::PlaylistChanged, EventKind::PlaylistDeleted, EventKind::HistoryUndone}) {
        EXPECT_EQ(eventKind(name(kind)), kind);
    }
    EXPECT_EQ(eventKind("DANCED"), std::nullopt);
}

TEST_F(HistoryTest, TheLatestIsTakenBackFirst) {
    change(R"({"rating":5})");
    const std::string first = row();
    change(R"({"rating":8})");
    change(R"({"favourite":true})");
    EXPECT_EQ(json(undo()).at("undone").at("type").as_string(), "FAVOURITED");
    EXPECT_EQ(json(undo()).at("undone").at("seq").as_int64(), 2);
    EXPECT_EQ(row(), first) << "as if it had not been, with its time";
    EXPECT_EQ(undo().status, 200);
    EXPECT_EQ(number("SELECT count(*) FROM user_library"), 0);
    EXPECT_EQ(undo().status, 404);
    EXPECT_EQ(number("SELECT max(seq) FROM events"), 6);
}

TEST_F(HistoryTest, ANamedEventIsTakenBackWhateverCameAfter) {
    change(R"({"rating":5})");
    change(R"({"favourite":true})");
    change(R"({"rating":9})");
    EXPECT_EQ(undo(R"({"seq":3})").status, 200);
    EXPECT_EQ(number("SELECT rating FROM user_library"), 5);
    EXPECT_EQ(number("SELECT favourite FROM user_library"), 1);
    EXPECT_EQ(undo(R"({"seq":3})").status, 409) << "once";
    EXPECT_EQ(undo(R"({"seq":4})").status, 409) << "undoing is not undone";
    EXPECT_EQ(undo(R"({"seq":99})").status, 404);
    for (const char* body : {R"({"seq":0})", R"({"seq":"1"})", R"({"no":1})", "[]", "x"}) {
        EXPECT_EQ(undo(body).status, 400) << body;
    }
    EXPECT_EQ(undo(R"({"seq":1})", "ben").status, 404) << "not his";
    EXPECT_EQ(undo("", "ben").status, 404);
}

TEST_F(HistoryTest, APlayIsTakenBackAndNotItsPosition) {
    const core::Id session = startPlaying(film);
    report(session, 400, "stopped");
    EXPECT_EQ(undo().status, 200);
    EXPECT_EQ(number("SELECT count(*) FROM user_library"), 0);
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 400);
}

TEST_F(HistoryTest, IsPagedNewestFirstAndTellsWhatItIsAbout) {
    for (int stars = 1; stars <= 5; ++stars) {
        change("{\"rating\":" + std::to_string(stars) + "}");
    }
    change(R"({"favourite":true})");
    undo();
    std::vector<std::string> seen;
    std::string cursor;
    do {
        const auto page = list({{"limit", "3"}, {"cursor", cursor}});
        const auto some = types(page);
        seen.insert(seen.end(), some.begin(), some.end());
        EXPECT_TRUE(page.at("media").as_object().contains(film));
        cursor = page.at("next_cursor").is_null() ? "" : std::string(page.at("next_cursor").as_string());
    } while (!cursor.empty());
    EXPECT_THAT(seen, ElementsAre("HISTORY_UNDONE", "FAVOURITED", "RATED", "RATED", "RATED", "RATED", "RATED"));
    const auto newest = list({{"limit", "2"}}).at("items");
    EXPECT_EQ(newest.at(0).at("undoes").as_int64(), 6);
    EXPECT_EQ(newest.at(0).at("device_id").as_string(), "login-1");
    EXPECT_FALSE(newest.at(0).at("undoable").as_bool());
    EXPECT_TRUE(newest.at(1).at("undone").as_bool());
    EXPECT_THAT(types(list({{"type", "FAVOURITED,HISTORY_UNDONE"}})), ElementsAre("HISTORY_UNDONE", "FAVOURITED"));
    EXPECT_THAT(types(list({{"media_id", core::newId()}})), ElementsAre());
    EXPECT_EQ(types(list({{"media_id", film}})).size(), 7u);
    EXPECT_THAT(types(list({}, "ben")), ElementsAre());
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"type", "DANCED"}, {"limit", "0"}, {"cursor", "x"}, {"media_id", "x"}}) {
        Request asked = request();
        asked.query = {{name, value}};
        EXPECT_EQ(handlers().list(asked).status, 400) << name;
    }
}

TEST_F(HistoryTest, EventsStayAsTheyAre) {
    change(R"({"rating":5})");
    const auto refused = [&](std::string_view sql) {
        return !database->write([&](core::db::Session& db) { return db.run(sql); });
    };
    EXPECT_TRUE(refused("UPDATE events SET data = '{}'"));
    EXPECT_TRUE(refused("DELETE FROM events"));
    run("DELETE FROM users WHERE id = 'ana'");
    EXPECT_EQ(number("SELECT count(*) FROM events"), 0) << "they go with their user";
}

TEST_F(HistoryTest, OneUsersReplayLeavesTheOthersAlone) {
    change(R"({"rating":5})");
    change(R"({"rating":6})", "ben");
    run("UPDATE user_library SET rating = 1, play_count = 99");
    const auto replayed =
        database->writeValue<Replayed>([&](core::db::Session& db) { return replayEvents(db, "ana"); });
    ASSERT_TRUE(replayed) << replayed.error().detail;
    EXPECT_EQ(replayed->events, 1);
    EXPECT_EQ(replayed->differences.size(), 2u);
    EXPECT_EQ(number("SELECT rating FROM user_library WHERE user_id = 'ana'"), 5);
    EXPECT_EQ(number("SELECT rating FROM user_library WHERE user_id = 'ben'"), 1);
}

TEST_F(HistoryTest, ACheckChangesNothing) {
    change(R"({"rating":5})");
    const auto scratch = *core::db::openSqlite((folder / "scratch.db").string(), {}, core::makeNullLogger());
    const auto checked = [&](const char* user) { return checkEvents(*database, *scratch, user); };
    EXPECT_TRUE(checked("ben")->differences.empty());
    run("UPDATE user_library SET rating = 1");
    const auto found = checked("ana");
    ASSERT_TRUE(found) << found.error().detail;
    ASSERT_EQ(found->differences.size(), 2u);
    EXPECT_THAT(found->differences[0], testing::AllOf(testing::StartsWith("- "), testing::HasSubstr("\"rating\":1")));
    EXPECT_THAT(found->differences[1], testing::AllOf(testing::StartsWith("+ "), testing::HasSubstr("\"rating\":5")));
    EXPECT_EQ(number("SELECT rating FROM user_library"), 1);
}

}  // namespace
}  // namespace marea::server
