#include "core/library/similarity.h"

#include <gtest/gtest.h>

namespace marea::core::library {
namespace {

Traits traits(std::vector<std::string> genres, int year = 0, std::vector<std::string> people = {}) {
    Traits some;
    some.genres = traitList(std::move(genres));
    some.people = traitList(std::move(people));
    some.year = year;
    return some;
}

TEST(Similarity, WhatHasNothingInCommonIsNotSimilar) {
    EXPECT_EQ(similarity(traits({"jazz"}, 1960), traits({"rock"}, 1960)), 0);
    EXPECT_EQ(similarity(traits({}, 1960), traits({}, 1960)), 0);
    Traits popular = traits({"rock"});
    popular.popularity = 1'000'000;
    EXPECT_EQ(similarity(traits({"jazz"}), popular), 0);
}

TEST(Similarity, MoreInCommonIsMoreSimilar) {
    const Traits film = traits({"drama", "crime"}, 1995, {"al pacino", "michael mann"});
    EXPECT_GT(similarity(film, traits({"crime", "drama"})), similarity(film, traits({"drama"})));
    EXPECT_GT(similarity(film, traits({"drama"})), similarity(film, traits({"drama", "war", "history"})));
    EXPECT_GT(similarity(film, traits({"drama"}, 1994)), similarity(film, traits({"drama"}, 1950)));
    EXPECT_GT(similarity(film, traits({}, 0, {"al pacino"})), similarity(film, traits({"drama"})));
    EXPECT_GT(similarity(film, traits({}, 0, {"al pacino", "michael mann"})),
              similarity(film, traits({}, 0, {"al pacino"})));
}

TEST(Similarity, ArtistsAndCollectionsBindClosely) {
    Traits a = traits({"jazz"}), same = traits({"rock"}), other = traits({"jazz"});
    a.artist = same.artist = "miles";
    EXPECT_GT(similarity(a, same), 0);
    a.collections = other.collections = {"set"};
    EXPECT_GT(similarity(a, other), similarity(a, same));
}

TEST(Similarity, PopularOnesComeFirstOfEquals) {
    Traits known = traits({"jazz"});
    known.popularity = 40;
    EXPECT_GT(similarity(traits({"jazz"}), known), similarity(traits({"jazz"}), traits({"jazz"})));
    known.popularity = -5;
    EXPECT_EQ(similarity(traits({"jazz"}), known), similarity(traits({"jazz"}), traits({"jazz"})));
}

}  // namespace
}  // namespace marea::core::library
