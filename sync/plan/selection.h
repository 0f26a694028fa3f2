#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "sync/plan/deviceprofile.h"

namespace marea::sync {

// What a piece of music says of itself, for devices that keep that beside the file. "" and 0: not known.
struct TrackTags {
    std::string title, artist, album, albumArtist, genre;
    int track = 0, year = 0;
    bool operator==(const TrackTags&) const = default;
};

// A file of the library, as sync sees it.
struct LibraryItem {
    std::string id;
    std::string kind;         // "track", "movie", "episode", …
    std::string path;         // where it should be on a device, relative to its folder for music or video
    std::string fingerprint;  // of the content: the same after a rename
    std::int64_t size = 0;
    double duration = 0;  // s
    FileFormat format;
    core::TimeMs addedAt = 0;
    std::string artist;
    std::vector<std::string> playlists;  // ids
    bool watched = false;
    std::string place;  // where its source has it, if its id does not say so
    TrackTags tags;     // of music
};

// What people want on a device. An item is wanted when it was chosen by itself, or fits each of the lists that are not
// empty; the numbers then take the first of them: chosen ones, those of playlists in the order of the lists, then the
// newest.
struct SyncRules {
    std::vector<std::string> kinds, playlists, artists;
    bool unwatchedOnly = false;
    std::optional<std::size_t> newest;      // at most so many, besides those that were chosen
    std::optional<std::int64_t> fillBytes;  // at most so much
    std::vector<std::string> titles = {};   // chosen by themselves, whatever the lists say: ids
    bool onlyTitles = false;                // and nothing else
    bool operator==(const SyncRules&) const = default;
};

// Adds what was chosen. On a new device, of which nobody said anything yet, that alone is wanted.
void chooseTitles(SyncRules& rules, const std::vector<std::string>& ids, bool newDevice);

// Places in `items`, the most wanted first, without regard to fillBytes. Deterministic: the same items in another order
// give the same choice.
std::vector<std::size_t> wantedItems(const std::vector<LibraryItem>& items, const SyncRules& rules);
// The first of `wanted` that are at most `bytes` together (`sizes` by place in `items`); one that is too large is
// passed over.
std::vector<std::size_t> filled(const std::vector<std::size_t>& wanted, const std::vector<std::int64_t>& sizes,
                                std::int64_t bytes);

}  // namespace marea::sync
