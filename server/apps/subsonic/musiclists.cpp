#include "server/apps/subsonic/musiclists.h"

#include <algorithm>
#include <array>

#include "core/base/json.h"
#include "core/library/mediainfojson.h"
#include "core/library/text.h"

namespace marea::server::subsonic {

using core::Error;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Value;

namespace {

// What is there; ?1 is the user everywhere, ?2 a library or ''.
constexpr const char* kThere = "?1=?1 AND i.status<>'missing' AND (?2='' OR i.library_id=?2)";

std::string listOf(const std::vector<Id>& ids) {
    core::json::array list;
    for (const Id& id : ids) {
        list.emplace_back(id);
    }
    return core::json::serialize(list);
}

struct OrderSql {
    AlbumOrder order;
    const char* from;   // behind "SELECT i.id FROM "
    const char* where;  // behind what is seen
    const char* by;
};

constexpr const char* kItems = "media_items i ";
constexpr const char* kMine = "user_library u JOIN media_items i ON i.id=u.media_id ";
constexpr const char* kPlayed =
    "(SELECT t.album_id AS album, sum(u.play_count) AS plays, max(u.last_played_at) AS last FROM user_library u "
    "JOIN media_items t ON t.id=u.media_id WHERE u.user_id=?1 AND u.last_played_at IS NOT NULL AND t.kind='track' AND "
    "t.album_id IS NOT NULL GROUP BY t.album_id) p JOIN media_items i ON i.id=p.album ";
constexpr const char* kByGenre = "AND i.num IN (SELECT item FROM item_genres WHERE genre=?5) ";

constexpr std::array<OrderSql, 10> kOrders = {{
    {AlbumOrder::Random, kItems, "", "random()"},
    {AlbumOrder::Newest, kItems, "", "i.added_at DESC, i.num DESC"},
    {AlbumOrder::Highest, kMine, "AND u.user_id=?1 AND u.rating IS NOT NULL ", "u.rating DESC, u.updated_at DESC"},
    {AlbumOrder::Frequent, kPlayed, "AND p.plays>0 ", "p.plays DESC, p.last DESC"},
    {AlbumOrder::Recent, kPlayed, "", "p.last DESC"},
    {AlbumOrder::Starred, kMine, "AND u.user_id=?1 AND u.favourite=1 ", "u.updated_at DESC, i.num DESC"},
    {AlbumOrder::Name, kItems, "", "i.sort_key, i.num"},
    {AlbumOrder::Artist, "media_items i LEFT JOIN media_items a ON a.id=i.artist_id ", "",
     "coalesce(a.sort_key, ''), i.sort_key, i.num"},
    {AlbumOrder::Year, kItems, "AND i.year BETWEEN min(?5, ?6) AND max(?5, ?6) ", "i.year, i.num"},
    {AlbumOrder::Genre, kItems, kByGenre, "i.sort_key, i.num"},
}};

// A kind as the protocol knows it, one of our own words.
std::string kindIs(std::string_view kind, bool booksToo) {
    return booksToo ? "i.kind IN ('album', 'audiobook') AND " : "i.kind='" + std::string(kind) + "' AND ";
}

constexpr const char* kPartColumns = "f.id, f.item_id, f.path, f.size, f.info, f.version";

struct PartRow {
    BookPart part;
    std::string version;
};

PartRow partOf(const Row& row) {
    return {{row.string(0),
             row.string(1),
             0,
             {std::string(core::library::fileName(row.text(2))), row.integer(3),
              core::library::mediaInfoFromText(row.text(4)).value_or(core::MediaInfo())}},
            row.string(5)};
}

const OrderSql& sqlOf(AlbumOrder order) {
    return *std::find_if(kOrders.begin(), kOrders.end(), [&](const OrderSql& one) { return one.order == order; });
}

}  // namespace

std::optional<AlbumOrder> albumOrder(std::string_view type) {
    constexpr std::array<std::pair<std::string_view, AlbumOrder>, 10> kNames = {
        {{"random", AlbumOrder::Random},
         {"newest", AlbumOrder::Newest},
         {"highest", AlbumOrder::Highest},
         {"frequent", AlbumOrder::Frequent},
         {"recent", AlbumOrder::Recent},
         {"starred", AlbumOrder::Starred},
         {"alphabeticalByName", AlbumOrder::Name},
         {"alphabeticalByArtist", AlbumOrder::Artist},
         {"byYear", AlbumOrder::Year},
         {"byGenre", AlbumOrder::Genre}}};
    for (const auto& [name, order] : kNames) {
        if (name == type) {
            return order;
        }
    }
    return std::nullopt;
}

MusicLists::MusicLists(core::db::Session& session, const Viewer& viewer)
    : session_(session),
      user_(viewer.userId),
      keptCounted_(viewer.seesWholes()),
      ofLibraries_(viewer.allLibraries ? ""
                                       : "AND library_id IN (SELECT library_id FROM library_grants WHERE user_id=?1) "),
      seen_(kThere + visible(viewer) + " ") {}

MusicLists::Ids MusicLists::ids(const std::string& sql, const std::vector<Value>& values) {
    std::vector<Id> found;
    auto done = session_.each(sql, std::span<const Value>(values), [&](const Row& row) {
        found.push_back(row.string(0));
        return true;
    });
    return done ? Ids(std::move(found)) : unexpected<Error>(done.error());
}

MusicLists::Ids MusicLists::artists(const Id& library) {
    const char* ofMusic = library.empty() ? "AND (i.child_count>0 OR EXISTS (SELECT 1 FROM media_items t WHERE "
                                            "t.artist_id=i.id AND t.kind='track') OR NOT EXISTS (SELECT 1 FROM "
                                            "media_items t WHERE t.artist_id=i.id AND t.kind='audiobook')) "
                                          : "";
    return ids(
        "SELECT i.id FROM media_items i WHERE i.kind='artist' AND " + seen_ + ofMusic + "ORDER BY i.sort_key, i.num",
        {user_, library});
}

MusicLists::Ids MusicLists::childrenOf(const Id& artist) {
    return ids(
        "SELECT i.id FROM media_items i WHERE i.artist_id=?3 AND (i.kind IN ('album', 'audiobook') OR (i.kind='track' "
        "AND i.album_id IS NULL)) AND " +
            seen_ + "ORDER BY i.kind, i.year, i.sort_key, i.num",
        {user_, std::string_view(), artist});
}

MusicLists::Ids MusicLists::songsOf(const Id& album) {
    return ids("SELECT i.id FROM media_items i WHERE i.album_id=?3 AND i.kind='track' AND " + seen_ +
                   "ORDER BY coalesce(i.disc, 0), coalesce(i.track, 0), i.sort_key, i.num",
               {user_, std::string_view(), album});
}

MusicLists::Ids MusicLists::topSongs(const Id& artist, std::int64_t count) {
    return ids("SELECT i.id FROM media_items i WHERE i.artist_id=?3 AND i.kind='track' AND i.popularity>0 AND " +
                   seen_ + "ORDER BY i.popularity DESC, i.sort_key LIMIT ?4",
               {user_, std::string_view(), artist, count});
}

// Nobody tells what is alike: what shares a genre may be, and the artist's own certainly is.
MusicLists::Ids MusicLists::similarSongs(const Id& item, std::int64_t count) {
    return ids(
        "WITH known AS (SELECT num, id, coalesce(artist_id, id) AS artist FROM media_items WHERE id=?3) "
        "SELECT i.id FROM media_items i WHERE i.kind='track' AND i.id<>?3 AND " +
            seen_ +
            "AND (i.artist_id=(SELECT artist FROM known) OR i.num IN (SELECT g.item FROM item_genres g WHERE "
            "g.genre IN (SELECT genre FROM item_genres WHERE item IN (SELECT num FROM known UNION ALL SELECT "
            "t.num FROM media_items t WHERE t.artist_id=?3)))) ORDER BY random() LIMIT ?4",
        {user_, std::string_view(), item, count});
}

MusicLists::Ids MusicLists::songsNamed(std::string_view artist, std::string_view title) {
    const std::string key = core::library::sortKey(core::library::sortTitle(title));
    auto found = session_.all(
        "SELECT i.id, i.artist, i.album_artist FROM media_items i WHERE i.kind='track' AND "
        "i.sort_key=?3 AND " +
            seen_ + "ORDER BY i.num LIMIT 50",
        {user_, std::string_view(), key}, [](const Row& row) {
            return std::array{row.string(0), row.string(1), row.string(2)};
        });
    if (!found) {
        return unexpected<Error>(found.error());
    }
    std::vector<Id> same;
    const std::string wanted = core::library::searchText(artist);
    for (const auto& [id, own, albums] : *found) {
        if (wanted.empty() || core::library::searchText(own) == wanted || core::library::searchText(albums) == wanted) {
            same.push_back(id);
        }
    }
    return same;
}

Result<Id> MusicLists::artistNamed(std::string_view name) {
    const std::string identity = "artist|" + core::library::searchText(name);
    auto found = ids("SELECT i.id FROM media_items i WHERE i.identity=?3 AND i.kind='artist' AND " + seen_ +
                         "ORDER BY i.num LIMIT 1",
                     {user_, std::string_view(), identity});
    return found ? Result<Id>(found->empty() ? Id() : found->front()) : unexpected<Error>(found.error());
}

// By what is kept counted, so that lists of libraries without books go by their order's index alone.
Result<bool> MusicLists::hasBooks(const Id& library) {
    auto found =
        session_.first("SELECT 1 FROM item_counts WHERE kind='audiobook' AND library_id=?1 AND items>0 LIMIT 1",
                       {std::string_view(library)}, [](const Row&) { return true; });
    return found ? Result<bool>(found->has_value()) : unexpected<Error>(found.error());
}

MusicLists::Ids MusicLists::albums(const AlbumWish& wish) {
    const auto books = hasBooks(wish.library);
    if (!books) {
        return unexpected<Error>(books.error());
    }
    const OrderSql& order = sqlOf(wish.order);
    const bool descending = wish.order == AlbumOrder::Year && wish.from > wish.to;
    const std::string by = descending ? "i.year DESC, i.num DESC" : order.by;
    const std::string genre = core::library::searchText(wish.genre);
    std::vector<Value> values = {user_, wish.library, wish.count, wish.offset};
    if (wish.order == AlbumOrder::Genre) {
        values.emplace_back(std::string_view(genre));
    } else if (wish.order == AlbumOrder::Year) {
        values.emplace_back(wish.from);
        values.emplace_back(wish.to);
    }
    return ids("SELECT i.id FROM " + std::string(order.from) + "WHERE " + kindIs("album", *books) + seen_ +
                   order.where + "ORDER BY " + by + " LIMIT ?3 OFFSET ?4",
               values);
}

MusicLists::Ids MusicLists::songs(const SongWish& wish) {
    const std::string genre = core::library::searchText(wish.genre);
    std::string where;
    std::vector<Value> values = {user_, wish.library, wish.count, wish.offset};
    const auto add = [&](const char* condition, Value value) {
        values.push_back(value);
        where += std::string(condition) + "?" + std::to_string(values.size()) + " ";
    };
    if (!wish.genre.empty()) {
        add("AND i.num IN (SELECT item FROM item_genres WHERE genre=", std::string_view(genre));
        where += ") ";
    }
    if (wish.from) {
        add("AND i.year>=", *wish.from);
    }
    if (wish.to) {
        add("AND i.year>0 AND i.year<=", *wish.to);
    }
    return ids("SELECT i.id FROM media_items i WHERE i.kind='track' AND " + seen_ + where + "ORDER BY " +
                   (wish.random ? "random()" : "i.sort_key, i.num") + " LIMIT ?3 OFFSET ?4",
               values);
}

MusicLists::Ids MusicLists::favourites(std::string_view kind, const Id& library) {
    return ids(
        "SELECT i.id FROM user_library u JOIN media_items i ON i.id=u.media_id WHERE u.user_id=?1 AND "
        "u.favourite=1 AND (i.kind=?3 OR (?3='album' AND i.kind='audiobook')) AND " +
            seen_ + "ORDER BY u.updated_at DESC, i.num DESC LIMIT 5000",
        {user_, library, kind});
}

MusicLists::Ids MusicLists::everything(std::string_view kind, const Id& library, std::int64_t offset,
                                       std::int64_t count, PageMarks& marks) {
    const auto books = hasBooks(library);
    if (!books) {
        return unexpected<Error>(books.error());
    }
    const std::string list = user_ + "\n" + std::string(kind) + "\n" + library;
    const auto mark = offset > 0 ? marks.find(list, offset) : std::nullopt;
    std::vector<Value> values = {user_, library, kind, count, mark ? std::int64_t{0} : offset};
    std::string after;
    if (mark) {
        values.emplace_back(std::string_view(mark->sortKey));
        values.emplace_back(mark->num);
        after = "AND (i.sort_key, i.num)>(?6, ?7) ";
    }
    std::vector<Id> found;
    PageMarks::Mark last;
    auto done = session_.each("SELECT i.id, i.sort_key, i.num FROM media_items i WHERE ?3=?3 AND " +
                                  kindIs(kind, kind == "album" && *books) + seen_ + after +
                                  "ORDER BY i.sort_key, i.num LIMIT ?4 OFFSET ?5",
                              std::span<const Value>(values), [&](const Row& row) {
                                  found.push_back(row.string(0));
                                  last = {row.string(1), row.integer(2)};
                                  return true;
                              });
    if (!done) {
        return unexpected<Error>(done.error());
    }
    if (!found.empty()) {
        marks.put(list, offset + static_cast<std::int64_t>(found.size()), std::move(last));
    }
    return found;
}

MusicLists::Ids MusicLists::videos() {
    return ids("SELECT i.id FROM media_items i WHERE i.kind IN ('movie', 'episode', 'video') AND " + seen_ +
                   "ORDER BY i.sort_key, i.num LIMIT 5000",
               {user_, std::string_view()});
}

Result<std::vector<GenreCount>> MusicLists::genres() {
    const std::string kept =
        "SELECT genre, sum(CASE WHEN kind='track' THEN items ELSE 0 END), sum(CASE WHEN kind='album' THEN items ELSE 0 "
        "END) FROM genre_counts WHERE ?1=?1 AND ?2='' AND items>0 AND kind IN ('track', 'album') " +
        ofLibraries_ + "GROUP BY genre ORDER BY genre LIMIT 5000";
    const std::string counted =
        "SELECT g.genre, sum(i.kind='track'), sum(i.kind='album') FROM item_genres g JOIN media_items i "
        "ON i.num=g.item WHERE i.kind IN ('track', 'album') AND " +
        seen_ + "GROUP BY g.genre ORDER BY g.genre LIMIT 5000";
    auto genres = session_.all(keptCounted_ ? kept : counted, {user_, std::string_view()}, [](const Row& row) {
        return GenreCount{row.string(0), row.integer(1), row.integer(2)};
    });
    if (!genres) {
        return unexpected<Error>(genres.error());
    }
    for (GenreCount& genre : *genres) {
        auto name = spelled(genre.name);
        if (!name) {
            return unexpected<Error>(name.error());
        }
        genre.name = std::move(*name);
    }
    return genres;
}

// As an item spells it, whose list has it among others.
Result<std::string> MusicLists::spelled(const std::string& folded) {
    auto sample = session_.first(
        "SELECT i.genres FROM item_genres g CROSS JOIN media_items i ON i.num=g.item WHERE g.genre=?3 AND i.kind IN "
        "('track', 'album') AND " +
            seen_ + "ORDER BY g.item LIMIT 1",
        {user_, std::string_view(), std::string_view(folded)}, [](const Row& row) { return row.string(0); });
    if (!sample) {
        return unexpected<Error>(sample.error());
    }
    const std::string lines = sample->value_or("");
    for (std::size_t at = 0; at <= lines.size();) {
        const std::string line = lines.substr(at, lines.find('\n', at) - at);
        if (core::library::searchText(line) == folded) {
            return line;
        }
        at += line.size() + 1;
    }
    return folded;
}

Result<std::map<Id, SongFile>> MusicLists::files(const std::vector<Id>& songs) {
    std::map<Id, SongFile> files;
    const std::string list = listOf(songs);
    auto done = session_.each(
        "SELECT f.item_id, f.path, f.size, f.info FROM json_each(?1) wanted JOIN media_files f ON "
        "f.item_id=wanted.value WHERE f.state<>'missing' ORDER BY f.state<>'ok', f.part, f.size DESC, f.path",
        {std::string_view(list)}, [&](const Row& row) {
            if (!files.contains(row.string(0))) {
                files[row.string(0)] = {std::string(core::library::fileName(row.text(1))), row.integer(2),
                                        core::library::mediaInfoFromText(row.text(3)).value_or(core::MediaInfo())};
            }
            return true;
        });
    return done ? Result<std::map<Id, SongFile>>(std::move(files)) : unexpected<Error>(done.error());
}

// Of several editions the first.
Result<std::vector<BookPart>> MusicLists::parts(const Id& book) {
    std::vector<BookPart> parts;
    std::string version;
    auto done = session_.each(
        "SELECT " + std::string(kPartColumns) +
            " FROM media_files f JOIN media_items i ON i.id=f.item_id WHERE f.item_id=?3 AND i.kind='audiobook' AND "
            "f.state='ok' AND " +
            seen_ + "ORDER BY coalesce(f.version, ''), f.part, f.path",
        {user_, std::string_view(), std::string_view(book)}, [&](const Row& row) {
            PartRow next = partOf(row);
            version = parts.empty() ? next.version : version;
            if (next.version == version) {
                parts.push_back(std::move(next.part));
                parts.back().number = static_cast<int>(parts.size());
            }
            return true;
        });
    return done ? Result<std::vector<BookPart>>(std::move(parts)) : unexpected<Error>(done.error());
}

Result<std::vector<BookPart>> MusicLists::partsNamed(const std::vector<Id>& files) {
    const std::string list = listOf(files);
    auto books =
        ids("SELECT DISTINCT f.item_id FROM json_each(?3) wanted JOIN media_files f ON f.id=wanted.value JOIN "
            "media_items i ON i.id=f.item_id WHERE i.kind='audiobook' AND " +
                seen_,
            {user_, std::string_view(), std::string_view(list)});
    if (!books) {
        return unexpected<Error>(books.error());
    }
    std::vector<BookPart> named;
    for (const Id& book : *books) {
        auto all = parts(book);
        if (!all) {
            return all;
        }
        std::copy_if(all->begin(), all->end(), std::back_inserter(named), [&](const BookPart& part) {
            return std::find(files.begin(), files.end(), part.id) != files.end();
        });
    }
    return named;
}

Result<std::map<Id, std::int64_t>> MusicLists::partCounts(const std::vector<Id>& books) {
    std::map<Id, std::int64_t> counts;
    const std::string list = listOf(books);
    auto done = session_.each(
        "SELECT f.item_id, count(*) FROM json_each(?1) wanted JOIN media_files f ON f.item_id=wanted.value WHERE "
        "f.state='ok' GROUP BY f.item_id, coalesce(f.version, '') ORDER BY coalesce(f.version, '')",
        {std::string_view(list)}, [&](const Row& row) {
            counts.try_emplace(row.string(0), row.integer(1));
            return true;
        });
    return done ? Result<std::map<Id, std::int64_t>>(std::move(counts)) : unexpected<Error>(done.error());
}

Result<std::map<Id, core::TimeMs>> MusicLists::starredAt(const std::vector<Id>& items) {
    std::map<Id, core::TimeMs> times;
    const std::string list = listOf(items);
    auto done = session_.each(
        "SELECT u.media_id, u.updated_at FROM json_each(?2) wanted JOIN user_library u ON u.user_id=?1 AND "
        "u.media_id=wanted.value WHERE u.favourite=1",
        {user_, std::string_view(list)}, [&](const Row& row) {
            times[row.string(0)] = row.integer(1);
            return true;
        });
    return done ? Result<std::map<Id, core::TimeMs>>(std::move(times)) : unexpected<Error>(done.error());
}

Result<std::map<Id, double>> MusicLists::durations(const std::vector<Id>& songs) {
    std::map<Id, double> durations;
    const std::string list = listOf(songs);
    auto done = session_.each(
        "SELECT i.id, i.duration FROM json_each(?3) wanted JOIN media_items i ON i.id=wanted.value WHERE "
        "i.kind='track' AND " +
            seen_,
        {user_, std::string_view(), std::string_view(list)}, [&](const Row& row) {
            durations[row.string(0)] = row.real(1);
            return true;
        });
    const auto parts = done ? partsNamed(songs) : unexpected<Error>(done.error());
    if (!parts) {
        return unexpected<Error>(parts.error());
    }
    for (const BookPart& part : *parts) {
        durations[part.id] = part.file.info.duration;
    }
    return durations;
}

Result<core::TimeMs> MusicLists::changedAt() {
    auto found = session_.first("SELECT coalesce(max(last_scan_at), max(created_at), 0) FROM libraries WHERE ?1=?1",
                                {user_}, [](const Row& row) { return row.integer(0); });
    return found ? Result<core::TimeMs>(found->value_or(0)) : unexpected<Error>(found.error());
}

}  // namespace marea::server::subsonic
