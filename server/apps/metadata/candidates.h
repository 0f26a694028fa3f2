#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace marea::server {

// What is looked for: an item as its files say it.
struct Wanted {
    std::string kind;  // "movie", "series", "album", "artist"
    std::string title, artist;
    int year = 0;             // 0: unknown
    std::string musicBrainz;  // the id of the release or the artist that the tags name; empty: none
};

// What a provider has that may be it.
struct MatchCandidate {
    std::string id;  // the provider's
    std::string title, artist;
    int year = 0;
    std::string detail;  // for people: a country, a kind
    bool named = false;  // the file's tags name it
    double score = 0;    // 0 to 1, by scored()
};

// How well a candidate fits: titles and artists as they are compared in the search, the year within one.
double scoreOf(const Wanted& wanted, const MatchCandidate& candidate);
// The best first, 20 at most.
std::vector<MatchCandidate> scored(const Wanted& wanted, std::vector<MatchCandidate> candidates);
// The one that it is, of those that scored() gives: well enough, and clearly better than any other. nullopt: none, or
// it cannot be told.
std::optional<MatchCandidate> chosen(const std::vector<MatchCandidate>& candidates);

core::json::object toJson(const MatchCandidate& candidate);
std::vector<MatchCandidate> candidatesFromText(std::string_view text);

// How alike two names are, 0 to 1: letters without case and accents, in pairs (Dice).
double alike(std::string_view a, std::string_view b);

}  // namespace marea::server
