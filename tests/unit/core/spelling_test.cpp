#include "core/library/spelling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

namespace marea::core::library {
namespace {

using Texts = std::vector<std::string>;

Spelling spelling() {
    return Spelling({{"1984", 9},
                     {"amelie", 3},
                     {"amen", 1},
                     {"blade", 2},
                     {"blue", 50},
                     {"blur", 1},
                     {"casablanca", 4},
                     {"in", 99},
                     {"of", 99},
                     {"poulain", 3},
                     {"runner", 2},
                     {"star", 20},
                     {"stars", 5},
                     {"wars", 20},
                     {"ворона", 2}});
}

Texts words(const std::vector<Spelling::Suggestion>& suggestions) {
    Texts list;
    for (const auto& suggestion : suggestions) {
        list.push_back(suggestion.word + std::to_string(suggestion.distance));
    }
    return list;
}

Texts corrected(const std::string& typed, bool foundSome = false) {
    return corrections(*searchQuery(typed), spelling(), foundSome);
}

TEST(Spelling, DistanceCountsWhatAHandDoesWrong) {
    EXPECT_EQ(editDistance(U"amelie", U"amelie", 2), 0);
    EXPECT_EQ(editDistance(U"amelei", U"amelie", 2), 1);  // swapped
    EXPECT_EQ(editDistance(U"amlie", U"amelie", 2), 1);
    EXPECT_EQ(editDistance(U"ammelie", U"amelie", 2), 1);
    EXPECT_EQ(editDistance(U"imelie", U"amelie", 2), 1);
    EXPECT_EQ(editDistance(U"casablnac", U"casablanca", 2), 2);
    EXPECT_EQ(editDistance(U"abcdef", U"uvwxyz", 2), 3);
    EXPECT_EQ(editDistance(U"", U"ab", 1), 2);
    EXPECT_EQ(editDistance(U"a", U"abcdefgh", 2), 3);
    EXPECT_EQ(editDistance(U"csab", U"casablanca", 1), 2);
    EXPECT_EQ(editDistance(U"csab", U"casablanca", 1, true), 1);  // of its beginning "casab"
    EXPECT_EQ(editDistance(U"ca", U"ca", 0, true), 0);
    EXPECT_EQ(editDistance(std::u32string(500, U'a'), std::u32string(500, U'a'), 2), 0);
}

TEST(Spelling, ShortWordsAllowNoMistake) {
    EXPECT_EQ(allowedEdits(3), 0);
    EXPECT_EQ(allowedEdits(4), 1);
    EXPECT_EQ(allowedEdits(7), 1);
    EXPECT_EQ(allowedEdits(8), 2);
    EXPECT_TRUE(spelling().suggest("bl", true, 5).empty());
    EXPECT_TRUE(spelling().suggest("1985", false, 5).empty());
}

TEST(Spelling, SuggestsTheNearestAndMostFrequent) {
    EXPECT_EQ(words(spelling().suggest("amelei", false, 5)), Texts{"amelie1"});
    EXPECT_EQ(words(spelling().suggest("blus", false, 5)), (Texts{"blue1", "blur1"}));
    EXPECT_EQ(words(spelling().suggest("blus", false, 1)), Texts{"blue1"});
    EXPECT_EQ(words(spelling().suggest("cazablnca", false, 5)), Texts{"casablanca2"});
    EXPECT_EQ(words(spelling().suggest("cazabl", false, 5)), Texts{});
    EXPECT_EQ(words(spelling().suggest("cazabl", true, 5)), Texts{"casablanca1"});
    EXPECT_EQ(words(spelling().suggest("воронв", false, 5)), Texts{"ворона1"});
    EXPECT_EQ(words(spelling().suggest("stsr", true, 5)), (Texts{"star1", "stars1"}));
}

TEST(Spelling, KnowsWordsAndTheirBeginnings) {
    EXPECT_TRUE(spelling().knows("blue"));
    EXPECT_FALSE(spelling().knows("blu"));
    EXPECT_FALSE(spelling().knows("in")) << "too short to be kept";
    EXPECT_TRUE(spelling().knowsBeginning("blu"));
    EXPECT_FALSE(spelling().knowsBeginning("blx"));
    EXPECT_FALSE(Spelling({}).knowsBeginning("a"));
}

TEST(Spelling, OnlyTheRarestWordsAreLeftOut) {
    std::vector<Spelling::Word> many;
    for (std::size_t i = 0; i < Spelling::kMostWords + 10; ++i) {
        char text[16];
        std::snprintf(text, sizeof text, "w%07zux", i);
        many.push_back({text, i < 20 ? 1 : 2});
    }
    const Spelling kept(many);
    EXPECT_LE(kept.size(), Spelling::kMostWords);
    EXPECT_FALSE(kept.knows("w0000003x"));
}

TEST(Spelling, CorrectsOnlyWhatDoesNotOccur) {
    EXPECT_EQ(corrected("amelei poulain"), Texts{"amelie poulain"});
    EXPECT_EQ(corrected("amelei poulian").front(), "amelie poulain");
    EXPECT_EQ(corrected("blade runer"), Texts{"blade runner"});
    EXPECT_EQ(corrected("balde of runner"), Texts{"blade of runner"});
    EXPECT_EQ(corrected("xyzzyxyzzy"), Texts{});
    EXPECT_EQ(corrected("amelie"), Texts{}) << "there is nothing near it";
}

TEST(Spelling, KnownWordsThatNothingHasTogetherMayBeWrong) {
    const Texts texts = corrected("star blur");
    ASSERT_FALSE(texts.empty());
    EXPECT_NE(std::find(texts.begin(), texts.end(), "star blue"), texts.end());
    EXPECT_LE(texts.size(), 4U);
    EXPECT_EQ(corrected("star blur", true), Texts{}) << "what was typed is there";
    EXPECT_EQ(corrected("blu", true), Texts{});
}

}  // namespace
}  // namespace marea::core::library
