#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "core/media/mediainfo.h"
#include "server/apps/identity/viewer.h"
#include "server/apps/subsonic/pagemarks.h"

namespace marea::server::subsonic {

// How albums are listed, as the protocol names it.
enum class AlbumOrder { Random, Newest, Highest, Frequent, Recent, Starred, Name, Artist, Year, Genre };
std::optional<AlbumOrder> albumOrder(std::string_view type);

struct AlbumWish {
    AlbumOrder order = AlbumOrder::Name;
    core::Id library;               // empty: all
    std::int64_t from = 0, to = 0;  // years; from the later to the earlier: descending
    std::string genre;              // as people write it
    std::int64_t offset = 0, count = 10;
};

struct SongWish {
    core::Id library;
    std::string genre;                     // empty: any
    std::optional<std::int64_t> from, to;  // years
    bool random = false;                   // else by title
    std::int64_t offset = 0, count = 10;
};

struct GenreCount {
    std::string name;
    std::int64_t songs = 0, albums = 0;
};

// The best file of a song, as far as answers tell of it.
struct SongFile {
    std::string name;  // without folders
    std::int64_t size = 0;
    core::MediaInfo info;
};

// A file of an audiobook, which players are shown as a song of the book: they know the book as an album.
struct BookPart {
    core::Id id, book;  // of the file, of the item
    int number = 0;     // from 1
    SongFile file;
};

// The SQL of what the catalogue's own lists do not have: ids in order, and what stands beside items. Part of the
// caller's transaction; every query is the asking user's view.
class MusicLists {
public:
    using Ids = core::Result<std::vector<core::Id>>;
    MusicLists(core::db::Session& session, const Viewer& viewer);

    // Audiobooks are among albums, and who wrote nothing but books is among artists, where a library is named: what
    // somebody calls their music has none of them.
    Ids artists(const core::Id& library);    // all of them, by name
    Ids childrenOf(const core::Id& artist);  // albums, the oldest first, books, then songs of no album
    Ids songsOf(const core::Id& album);      // in their order
    Ids topSongs(const core::Id& artist, std::int64_t count);
    Ids similarSongs(const core::Id& item, std::int64_t count);  // of the same artist and genres, by chance
    Ids songsNamed(std::string_view artist, std::string_view title);
    core::Result<core::Id> artistNamed(std::string_view name);  // empty: there is none
    Ids albums(const AlbumWish& wish);
    Ids songs(const SongWish& wish);
    Ids favourites(std::string_view kind, const core::Id& library);
    // A page of everything of a kind, by title. Whoever goes through all of it pays for each page alone: `marks` knows
    // where the last one ended.
    Ids everything(std::string_view kind, const core::Id& library, std::int64_t offset, std::int64_t count,
                   PageMarks& marks);
    Ids videos();  // films, episodes and others by title, at most 5,000
    core::Result<std::vector<GenreCount>> genres();
    core::Result<std::vector<BookPart>> parts(const core::Id& book);                     // in their order
    core::Result<std::vector<BookPart>> partsNamed(const std::vector<core::Id>& files);  // in any order
    core::Result<std::map<core::Id, std::int64_t>> partCounts(const std::vector<core::Id>& books);
    core::Result<std::map<core::Id, SongFile>> files(const std::vector<core::Id>& songs);
    core::Result<std::map<core::Id, core::TimeMs>> starredAt(const std::vector<core::Id>& items);
    // How long songs and parts of books are, in seconds; what is none, or not the user's to see, is left out.
    core::Result<std::map<core::Id, double>> durations(const std::vector<core::Id>& songs);
    core::Result<core::TimeMs> changedAt();  // when a scan last found something

private:
    Ids ids(const std::string& sql, const std::vector<core::db::Value>& values);

    core::Result<bool> hasBooks(const core::Id& library);
    core::Result<std::string> spelled(const std::string& folded);

    core::db::Session& session_;
    const core::Id user_;
    const bool keptCounted_;         // what the database keeps counted is what they see
    const std::string ofLibraries_;  // behind conditions on such a count
    const std::string seen_;         // what every statement over media_items ends its conditions in
};

}  // namespace marea::server::subsonic
