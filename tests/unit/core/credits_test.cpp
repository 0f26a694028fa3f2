#include "core/library/credits.h"

#include <gtest/gtest.h>

namespace marea::core::library {
namespace {

Tags track(const char* artist, const char* composer = "") {
    Tags tags;
    tags.artist = artist;
    tags.albumArtist = "Ana Ribera";
    tags.composer = composer;
    return tags;
}

TEST(Credits, NameEachOnceInTheOrderOfTheTracks) {
    auto last = track("Ana Ribera", "Marina Costa; Ana Ribera");
    last.label = "Low Water Records";
    last.conductor = " Luis Vega ";
    const auto credits = creditsOf({track("Ana Ribera", "Ana Ribera"), track("Ana Ribera; Joan Mar"), last});
    const std::vector<Credit> expected{{"performer", {"Joan Mar"}},
                                       {"composer", {"Ana Ribera", "Marina Costa"}},
                                       {"conductor", {"Luis Vega"}},
                                       {"label", {"Low Water Records"}}};
    EXPECT_EQ(credits, expected) << "the album's artist stands above all of them";
}

TEST(Credits, OfATrackAloneAreThoseBesideItsArtist) {
    Tags tags;
    tags.artist = "Ana Ribera";
    EXPECT_TRUE(creditsOf({tags}).empty());
    tags.performer = "Ana Ribera; Joan Mar (cello)";
    EXPECT_EQ(creditsOf({tags}), (std::vector<Credit>{{"performer", {"Joan Mar (cello)"}}}));
    EXPECT_TRUE(creditsOf({}).empty());
}

TEST(Credits, KeepWithinABound) {
    Tags tags;
    for (int i = 0; i < 500; ++i) {
        tags.composer += "Composer " + std::to_string(i) + ";";
    }
    EXPECT_EQ(creditsOf({tags}).at(0).names.size(), 40U);
}

}  // namespace
}  // namespace marea::core::library
