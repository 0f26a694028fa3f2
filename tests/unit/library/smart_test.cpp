#include <gmock/gmock.h>

#include "core/base/jsonfields.h"
#include "doubles.h"
#include "server/apps/library/ranks.h"
#include "server/apps/library/smartlists.h"
#include "server/apps/library/smartrules.h"

namespace marea::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int64_t kNow = 1'800'000'000'000;

core::Result<SmartRules> parsed(std::string_view text) {
    return parseSmartRules(*core::parseJson(text));
}

SmartQuery compiled(std::string_view text) {
    const auto rules = parsed(text);
    EXPECT_TRUE(rules) << text << ": " << rules.error().text;
    return rules ? compileSmartRules(*rules, Viewer::everything("ana"), kNow) : SmartQuery();
}

std::string one(const std::string& field, const std::string& op, const std::string& value) {
    return R"({"rules":[{"field":")" + field + R"(","op":")" + op + R"(","value":)" + value + "}]}";
}

// The condition that a rule becomes, without what is around it.
std::string condition(const std::string& field, const std::string& op, const std::string& value) {
    const std::string sql = compiled(one(field, op, value)).sql;
    const std::size_t from = sql.rfind("'audiobook') AND (") + 18, to = sql.find(") ORDER BY");
    return sql.substr(from, to - from);
}

TEST(SmartRules, BecomeConditionsWithBoundValues) {
    EXPECT_EQ(condition("year", "is", "1999"), "i.year = ?2");
    EXPECT_EQ(condition("year", "is_not", "1999"), "i.year <> ?2");
    EXPECT_EQ(condition("year", "between", "[1990, 1999]"), "i.year BETWEEN ?2 AND ?3");
    EXPECT_EQ(condition("rating", "at_least", "8"), "coalesce(u.rating, 0) >= ?2");
    EXPECT_EQ(condition("play_count", "at_most", "0"), "coalesce(u.play_count, 0) <= ?2");
    EXPECT_EQ(condition("favourite", "is", "true"), "coalesce(u.favourite, 0) = ?2");
    EXPECT_EQ(condition("kind", "in", R"(["movie","track"])"), "i.kind IN (?2, ?3)");
    EXPECT_EQ(condition("title", "contains", R"("sea")"), "i.title LIKE ?2 ESCAPE '\\'");
    EXPECT_EQ(condition("artist", "contains_not", R"("sea")"), "coalesce(i.artist, '') NOT LIKE ?2 ESCAPE '\\'");
    EXPECT_EQ(condition("added", "in_last_days", "30"), "i.added_at >= ?2");
    EXPECT_EQ(condition("last_played", "not_in_last_days", "30"), "coalesce(u.last_played_at, 0) < ?2");
    EXPECT_EQ(compiled(one("added", "in_last_days", "30")).values[0],
              SmartCondition::Value(kNow - std::int64_t{30} * 24 * 3600 * 1000));
}

TEST(SmartRules, NestAndSort) {
    const auto query = compiled(
        R"({"match":"any","rules":[{"field":"year","op":"is","value":1999},{"match":"all","rules":[
            {"field":"kind","op":"is","value":"track"},{"field":"genre","op":"is","value":"Jazz"}]}],
            "sort":"added","order":"desc","limit":25})");
    EXPECT_THAT(query.sql, HasSubstr("(i.year = ?2 OR (i.kind = ?3 AND (char(10) || coalesce(i.genres, '')"));
    EXPECT_THAT(query.sql, HasSubstr("ORDER BY i.added_at DESC, i.num DESC LIMIT ?5"));
    EXPECT_EQ(query.values.back(), SmartCondition::Value(std::int64_t{25}));
    EXPECT_THAT(compiled(R"({"rules":[]})").sql, HasSubstr(" AND 1 ORDER BY i.sort_key, i.num LIMIT ?2"));
}

// Whatever is typed, the text of the query has nothing of it.
TEST(SmartRules, WhatIsTypedIsNeverSql) {
    for (const char* text : {"'; DROP TABLE users; --", "\\\" OR 1=1", "%", "?1", "a' OR 'a'='a", "\\u0000"}) {
        const std::string typed(text), value = "\"" + typed + "\"";
        for (const char* op : {"is", "is_not", "contains", "contains_not", "starts_with"}) {
            EXPECT_EQ(compiled(one("title", op, value)).sql, compiled(one("title", op, R"("x")")).sql) << typed;
            EXPECT_EQ(compiled(one("genre", op, value)).sql, compiled(one("genre", op, R"("x")")).sql) << typed;
        }
        EXPECT_EQ(compiled(one("kind", "is", value)).sql, compiled(one("kind", "is", R"("x")")).sql);
        for (const char* rules : {R"({"rules":[],"sort":"%"})", R"({"rules":[],"order":"%"})",
                                  R"({"match":"%","rules":[]})", R"({"rules":[{"field":"%","op":"is","value":1}]})",
                                  R"({"rules":[{"field":"year","op":"%","value":1}]})"}) {
            std::string filled(rules);
            filled.replace(filled.find('%'), 1, typed);
            EXPECT_FALSE(parsed(filled)) << filled;
        }
    }
}

TEST(SmartRules, AreChecked) {
    for (const char* rules :
         {"[]", "{}", R"({"rules":1})", R"({"rules":[1]})", R"({"rules":[{}]})", R"({"rules":[],"limit":0})",
          R"({"rules":[],"limit":10001})", R"({"rules":[],"x":1})", R"({"rules":[],"match":"none"})",
          R"({"rules":[{"field":"year","op":"is","value":"1999"}]})",
          R"({"rules":[{"field":"year","op":"contains","value":1}]})",
          R"({"rules":[{"field":"year","op":"between","value":[1]}]})",
          R"({"rules":[{"field":"title","op":"is","value":1}]})",
          R"({"rules":[{"field":"favourite","op":"is","value":1}]})",
          R"({"rules":[{"field":"kind","op":"in","value":[]}]})",
          R"({"rules":[{"field":"year","op":"is","value":1,"more":2}]})",
          R"({"rules":[{"rules":[{"rules":[{"rules":[{"rules":[]}]}]}]}]})"}) {
        EXPECT_FALSE(parsed(rules)) << rules;
    }
    std::string many;
    for (int i = 0; i < 60; ++i) {
        many += std::string(i ? "," : "") + R"({"rules":[]})";
    }
    EXPECT_FALSE(parsed("{\"rules\":[" + many + "]}"));
    EXPECT_FALSE(parsed(one("title", "is", "\"" + std::string(301, 'x') + "\"")));
    EXPECT_EQ(parsed(one("yaer", "is", "1")).error().text, "rules.rules[0].field is not one that is known.");
}

TEST(Ranks, LieBetweenTheirNeighboursWhileThereIsRoom) {
    EXPECT_THAT(ranksBetween({}, {}, 2), ElementsAre(kRankGap, 2 * kRankGap));
    EXPECT_THAT(ranksBetween(100, {}, 1), ElementsAre(100 + kRankGap));
    EXPECT_THAT(ranksBetween({}, 100, 2), ElementsAre(100 - 2 * kRankGap, 100 - kRankGap));
    EXPECT_THAT(ranksBetween(0, 30, 2), ElementsAre(10, 20));
    EXPECT_THAT(ranksBetween(1, 2, 1), ElementsAre());
    EXPECT_THAT(ranksBetween(0, 2, 2), ElementsAre());
}

// The same over titles of a catalogue.
class SmartTitles : public LibraryTest {
protected:
    void add(int number, const char* title, int year, const char* genres, const char* kind = "movie") {
        const core::Id id = "0190a000-0000-7000-8000-0000000001" + std::to_string(number);
        run("INSERT INTO media_items(num, id, library_id, kind, identity, title, sort_title, sort_key, added_at, year, "
            "genres) VALUES (" +
            std::to_string(number) + ", '" + id + "', 'lib', '" + kind + "', 'x', '" + title + "', '" + title + "', '" +
            title + "', " + std::to_string(number) + ", " + std::to_string(year) + ", '" + genres + "')");
    }
    void SetUp() override {
        run("INSERT OR IGNORE INTO libraries VALUES ('lib', 'Films', '/films', 0, NULL, NULL)");
        run("DELETE FROM media_items");
        add(10, "Ebb", 1999, "Drama\nSea");
        add(11, "Flow 100%", 2005, "Seafaring");
        add(12, "High_Water", 2010, "Jazz", "track");
        add(13, "Album", 2010, "Jazz", "album");
        run("INSERT INTO user_library(user_id, media_id, rating, favourite) SELECT 'ana', id, 9, 1 FROM media_items "
            "WHERE num = 11");
    }
    std::vector<std::string> titles(const std::string& rules, const char* user = "ana", int offset = 0,
                                    int limit = 10) {
        return *database->readValue<std::vector<std::string>>([&](core::db::Session& db) {
            std::vector<std::string> names;
            const auto ids = smartTitles(db, Viewer::everything(user), rules, offset, limit, kNow);
            EXPECT_TRUE(ids) << ids.error().detail;
            for (const core::Id& id : ids.value_or(std::vector<core::Id>())) {
                names.push_back(text("SELECT title FROM media_items WHERE id = '" + id + "'"));
            }
            return core::Result<std::vector<std::string>>(names);
        });
    }
};

TEST_F(SmartTitles, AreThoseThatTheRulesMean) {
    EXPECT_THAT(titles(R"({"rules":[]})"), ElementsAre("Ebb", "Flow 100%", "High_Water")) << "albums are no titles";
    EXPECT_THAT(titles(one("genre", "is", R"("sea")")), ElementsAre("Ebb"));
    EXPECT_THAT(titles(one("genre", "starts_with", R"("sea")")), ElementsAre("Ebb", "Flow 100%"));
    EXPECT_THAT(titles(one("genre", "is_not", R"("Sea")")), ElementsAre("Flow 100%", "High_Water"));
    EXPECT_THAT(titles(one("title", "contains", R"("%")")), ElementsAre("Flow 100%"));
    EXPECT_THAT(titles(one("title", "contains", R"("_")")), ElementsAre("High_Water"));
    EXPECT_THAT(titles(one("title", "is", R"("EBB")")), ElementsAre("Ebb"));
    EXPECT_THAT(titles(one("rating", "at_least", "8")), ElementsAre("Flow 100%"));
    EXPECT_THAT(titles(one("rating", "at_least", "8"), "ben"), ElementsAre())
        << "whoever looks has ratings of their own";
    EXPECT_THAT(titles(one("year", "between", "[2000,2010]")), ElementsAre("Flow 100%", "High_Water"));
    EXPECT_THAT(titles(R"({"rules":[],"sort":"year","order":"desc","limit":2})"),
                ElementsAre("High_Water", "Flow 100%"));
    EXPECT_THAT(titles(R"({"rules":[]})", "ana", 1, 1), ElementsAre("Flow 100%"));
    EXPECT_THAT(titles(one("favourite", "is", "false")), ElementsAre("Ebb", "High_Water"));
    EXPECT_THAT(titles(one("last_played", "in_last_days", "1e300")), ElementsAre("Ebb", "Flow 100%", "High_Water"));
}

}  // namespace
}  // namespace marea::server
