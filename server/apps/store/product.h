#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "server/apps/store/pricing.h"

namespace marea::server::store {

using core::Id;

// What is sold: one or several titles of the libraries that are for sale.
struct Product {
    Id id;
    std::string kind;  // "single", "album", "season", "series", "bundle"
    std::string title, overview;
    std::string state = "draft";  // "draft", "active", "retired"
    Offer offer;
    std::vector<Id> items;  // media, in their order
    std::optional<std::int64_t> maxDevices;
    std::int64_t staffPick = 0;  // place on that shelf; 0: not there
    std::int64_t sold = 0;
    TimeMs createdAt = 0, updatedAt = 0;

    bool active() const { return state == "active"; }
};

// A title of it, as far as anybody may know it who may buy it.
struct ProductTitle {
    Id id;
    std::string kind, title, artist, album, series, genres, overview;
    std::int64_t year = 0, parts = 0;
    std::optional<std::int64_t> season, episode;
    double duration = 0;
    bool hasPicture = false;
    std::string pictureVersion = {};  // another one as soon as the picture is
};

// What is played of it: a film, an episode, a track.
struct ProductPart {
    Id id;
    std::string kind, title, artist, album, series;
    std::optional<std::int64_t> season, episode, disc, track;
    double duration = 0;

    bool audible() const { return kind == "track" || kind == "audiobook"; }
};

}  // namespace marea::server::store
