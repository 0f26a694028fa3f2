#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "server/apps/catalog/resolution.h"

namespace marea::server {

// Both ends belong to it; nullopt: open.
template <class T>
struct Range {
    std::optional<T> least, most;
    bool isOpen() const { return !least && !most; }
    bool operator==(const Range&) const = default;
};

// What a list asks for; every value was checked by parseMediaQuery or comes from the program. Several values of one
// field: any of them. Several fields: all of them.
struct MediaQuery {
    std::vector<std::string> kinds;  // empty: all
    core::Id parent, library, collection;
    std::vector<std::string> genres;
    std::vector<std::string> artists, albums, series;  // ids or names
    std::string status, text;
    Range<std::int64_t> years;
    Range<core::TimeMs> added;
    Range<double> durations;      // seconds
    Range<std::int64_t> ratings;  // the asking user's
    std::vector<Resolution> resolutions;
    std::vector<std::string> hdr;     // "hdr10", "hlg", "dolby_vision", "any", "none"
    std::vector<std::string> states;  // of the asking user, all of which hold: one of kUserStates each
    std::string sort = "title";       // one of kItemSorts
    bool descending = false;
    int limit = 50;
    std::string cursor;  // opaque; empty: from the start
    bool withFiles = false;
    bool withLetters = false;  // of a list by names
    bool exactTotal = false;   // however many there are

    std::string filterKey() const;  // everything but limit and cursor
    bool ofUser() const;            // whether what the user does changes which items fit
};

constexpr std::array<std::string_view, 9> kItemKinds = {"movie",  "series", "season", "episode",  "video",
                                                        "artist", "album",  "track",  "audiobook"};
constexpr std::array<std::string_view, 5> kHdrNames = {"hdr10", "hlg", "dolby_vision", "any", "none"};
constexpr std::array<std::string_view, 6> kUserStates = {"in_progress", "watched", "unwatched",
                                                         "favourite",   "rated",   "played"};

constexpr std::array<std::string_view, 8> kItemSorts = {"title", "artist",   "album", "added",
                                                        "year",  "duration", "index", "popular"};

bool isKind(std::string_view kind);
bool isByNames(std::string_view sort);  // "title", "artist" or "album": such a list has letters

}  // namespace marea::server
