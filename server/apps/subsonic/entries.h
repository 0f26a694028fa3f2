#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "server/apps/catalog/item.h"
#include "server/apps/subsonic/answer.h"
#include "server/apps/subsonic/musiclists.h"

namespace marea::server::subsonic {

// An item with what stands beside it.
struct Entry {
    Item item;
    std::optional<core::TimeMs> starredAt;
    std::optional<SongFile> file;  // of songs
    // Of a song that is a part of an audiobook, whose `item` is the book.
    core::Id part = {};
    int partNumber = 0;
    std::int64_t parts = 0;  // that the book has
};

std::string isoTime(core::TimeMs time);  // "2021-05-03T10:00:00.000Z"

bool isVideo(const Item& item);

// Items as answers tell of them. Pure.
Element artistElement(const Entry& artist);     // ArtistID3
Element indexElement(const Entry& artist);      // Artist, of lists by folder
Element albumElement(const Entry& album);       // AlbumID3
Element directoryElement(const Entry& folder);  // Child that is a folder: an album or an artist
Element songElement(const Entry& song);         // Child that plays: a song, or a part of a book
Element videoElement(const Entry& video);       // Child that is a film, an episode or another video
Element childElement(const Entry& entry);       // the last two, as it fits

// Artists under their letters: "index" elements in the order given.
std::vector<Element> indexesOf(const std::vector<Entry>& artists, Element (*element)(const Entry&));

// Where a picture comes from: an item's own, or what it is part of. Empty: there is none.
std::string coverOf(const Item& item);

}  // namespace marea::server::subsonic
