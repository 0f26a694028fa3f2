#include "core/library/contentrating.h"

#include <gtest/gtest.h>

#include "core/library/nfo.h"

namespace marea::core::library {
namespace {

using Years = std::optional<int>;

TEST(ContentRating, SystemsThatCountInYears) {
    for (const char* text :
         {"FSK 12", "FSK-12", "fsk12", "DE:12", "de/12", "DE-12", "Germany:12", "Germany:FSK 12", "ab 12 Jahren", "12",
          "12+", "12A", "BBFC 12", "UK:12A", "PEGI 12", "USK 12", "-12", "PG-12", "VM12"}) {
        EXPECT_EQ(ageOfRating(text), Years(12)) << text;
    }
    EXPECT_EQ(ageOfRating("FSK 0"), Years(0));
    EXPECT_EQ(ageOfRating("FSK o.A."), Years(0));
    EXPECT_EQ(ageOfRating("R18+"), Years(18));
    EXPECT_EQ(ageOfRating("MA15+"), Years(15));
    EXPECT_EQ(ageOfRating("MA 15+"), Years(15));
}

TEST(ContentRating, SystemsOfWords) {
    const std::pair<const char*, int> known[] = {{"G", 0},
                                                 {"PG", 8},
                                                 {"Rated PG", 8},
                                                 {"PG-13", 13},
                                                 {"Rated PG-13 for violence and 3 words", 13},
                                                 {"R", 17},
                                                 {"US:R", 17},
                                                 {"us/R", 17},
                                                 {"US-R", 17},
                                                 {"Rated R for strong language", 17},
                                                 {"NC-17", 18},
                                                 {"TV-Y", 0},
                                                 {"TV-Y7", 7},
                                                 {"TV-Y7-FV", 7},
                                                 {"TV-G", 0},
                                                 {"TV-PG", 10},
                                                 {"TV-14", 14},
                                                 {"TV-MA", 17},
                                                 {"U", 0},
                                                 {"UK:U", 0},
                                                 {"APTA", 0},
                                                 {"Tous publics", 0},
                                                 {"mpaa|PG-13|300|", 13},
                                                 {"us-tv|TV-MA|600|", 17},
                                                 {"de-movie|ab 16 Jahren|75|", 16}};
    for (const auto& [text, age] : known) {
        EXPECT_EQ(ageOfRating(text), Years(age)) << text;
    }
}

TEST(ContentRating, OfSeveralTheStrictest) {
    EXPECT_EQ(ageOfRating("USA:R / UK:15 / Germany:16"), Years(17));
    EXPECT_EQ(ageOfRating("DE:6, US:PG-13"), Years(13));
    EXPECT_EQ(ageOfRating("Not Rated / Germany:16"), Years(16));
}

// Nothing that is not understood opens a title to children.
TEST(ContentRating, WhatSaysNothingIsUnrated) {
    for (const char* text : {"",
                             "NR",
                             "Not Rated",
                             "Unrated",
                             "N/A",
                             "approved",
                             "1995",
                             "R for 2 scenes",
                             "for 6 friends",
                             "99",
                             "666",
                             "PG-13-7",
                             "|",
                             "a|",
                             "mpaa||",
                             " / ",
                             ",,,",
                             "12345678901234567890",
                             "ab",
                             "-",
                             "\xff\xfe",
                             "12 monkeys"}) {
        EXPECT_EQ(ageOfRating(text), std::nullopt) << text;
    }
}

TEST(ContentRating, IsReadFromNfoFiles) {
    const auto film =
        parseNfo("<movie><title>Heat</title><certification>US:R</certification><mpaa>DE:FSK 16</mpaa></movie>");
    ASSERT_TRUE(film);
    EXPECT_EQ(film->contentRating, "DE:FSK 16");
    EXPECT_EQ(nfoFromText(toText(*film))->contentRating, "DE:FSK 16");
    EXPECT_EQ(parseNfo("<movie><certification>US:R</certification><mpaa/></movie>")->contentRating, "US:R");
    EXPECT_EQ(parseNfo("<movie><title>Heat</title></movie>")->contentRating, "");
}

}  // namespace
}  // namespace marea::core::library
