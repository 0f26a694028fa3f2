// Which of several things elsewhere an item is, if it can be told.
#include "server/apps/metadata/candidates.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

MatchCandidate thing(const std::string& id, const std::string& title, int year, const std::string& artist = {}) {
    MatchCandidate candidate;
    candidate.id = id;
    candidate.title = title;
    candidate.year = year;
    candidate.artist = artist;
    return candidate;
}

std::string choice(const Wanted& wanted, std::vector<MatchCandidate> candidates) {
    const auto one = chosen(scored(wanted, std::move(candidates)));
    return one ? one->id : "";
}

Wanted film(const std::string& title, int year = 0) {
    return {"movie", title, "", year, ""};
}

Wanted album(const std::string& title, const std::string& artist, int year = 0) {
    return {"album", title, artist, year, ""};
}

TEST(Candidates, NamesAreComparedAsPeopleReadThem) {
    EXPECT_EQ(alike("Amélie", "AMELIE"), 1);
    EXPECT_EQ(alike("Don't Look Now", "Dont look now!"), 1);
    EXPECT_GT(alike("The Matrix", "Matrix"), 0.6);
    EXPECT_LT(alike("Dark", "Dark Money"), 0.8);
    EXPECT_EQ(alike("", ""), 1);
    EXPECT_EQ(alike("M", "N"), 0);
    EXPECT_EQ(alike("M", "m"), 1);
    EXPECT_EQ(alike("千と千尋の神隠し", "千と千尋の神隠し"), 1);
    EXPECT_LT(alike(std::string("\xFF\xFE"), "abc"), 0.5);
    EXPECT_LT(alike(std::string(100'000, 'a'), "abc"), 0.5);
}

struct Case {
    const char* what;
    Wanted wanted;
    std::vector<MatchCandidate> candidates;
    const char* id;
};

TEST(Candidates, AreChosenWhereItCanBeTold) {
    const std::vector<Case> cases{
        {"the film of that year", film("Dune", 2021), {thing("1", "Dune", 1984), thing("2", "Dune", 2021)}, "2"},
        {"a year apart, as releases are", film("Ran", 1986), {thing("1", "Ran", 1985), thing("2", "Rain", 1969)}, "1"},
        {"two of one name without a year", film("Dune"), {thing("1", "Dune", 1984), thing("2", "Dune", 2021)}, ""},
        {"twins", film("Dune", 2021), {thing("1", "Dune", 2021), thing("2", "Dune", 2021)}, ""},
        {"another name", film("Solaris", 1972), {thing("1", "Stalker", 1979)}, ""},
        {"another year by far", film("Dune", 2021), {thing("1", "Dune", 1984)}, ""},
        {"with and without an article", film("Matrix", 1999), {thing("1", "The Matrix", 1999)}, "1"},
        {"accents and case", film("AMELIE", 2001), {thing("1", "Amélie", 2001), thing("2", "Amelia", 2009)}, "1"},
        {"nothing", film("Dune", 2021), {}, ""},
        {"the album of that artist",
         album("Greatest Hits", "Queen", 1981),
         {thing("1", "Greatest Hits", 1981, "Eagles"), thing("2", "Greatest Hits", 1981, "Queen")},
         "2"},
        {"an album of somebody else",
         album("Greatest Hits", "Queen"),
         {thing("1", "Greatest Hits", 1982, "Eagles")},
         ""},
        {"an album without a year",
         album("Kind of Blue", "Miles Davis"),
         {thing("1", "Kind of Blue", 1959, "Miles Davis"), thing("2", "Blue", 1971, "Joni Mitchell")},
         "1"},
        {"an artist", {"artist", "Björk", "", 0, ""}, {thing("1", "Björk", 0), thing("2", "Bjørn", 0)}, "1"},
        {"two artists of one name",
         {"artist", "Nirvana", "", 0, ""},
         {thing("1", "Nirvana", 0), thing("2", "Nirvana", 0)},
         ""},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(choice(one.wanted, one.candidates), one.id) << one.what;
    }
}

TEST(Candidates, WhatTheTagsNameNeedsNoGuess) {
    auto named = thing("1", "Etwas ganz anderes", 0, "?");
    named.named = true;
    EXPECT_EQ(choice(album("Kind of Blue", "Miles Davis"), {named}), "1");
    auto second = named;
    second.id = "2";
    EXPECT_EQ(choice(album("Kind of Blue", "Miles Davis"), {named, second}), "1");
}

TEST(Candidates, TheBestComeFirstAndNotTooMany) {
    std::vector<MatchCandidate> many(100, thing("x", "Other", 1990));
    many.push_back(thing("best", "Dune", 2021));
    const auto list = scored(film("Dune", 2021), many);
    EXPECT_EQ(list.size(), 20u);
    EXPECT_EQ(list[0].id, "best");
    EXPECT_EQ(list[0].score, 1);
}

TEST(Candidates, AreKeptAsText) {
    auto one = thing("1", "Ran", 1985, "A");
    one.score = 0.5;
    const auto read = candidatesFromText("[" + core::json::serialize(toJson(one)) + "]");
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(read[0].title, "Ran");
    EXPECT_EQ(read[0].year, 1985);
    EXPECT_EQ(read[0].score, 0.5);
    EXPECT_TRUE(candidatesFromText("{").empty());
}

}  // namespace
}  // namespace marea::server
