// Items as scans and owners change them.
#include <algorithm>
#include <array>
#include <cstring>

#include "core/library/contentrating.h"
#include "core/library/text.h"
#include "server/apps/catalog/metadatafields.h"
#include "server/apps/catalog/rowvalues.h"
#include "server/apps/catalog/scanstore.h"

namespace marea::server {

using core::Result;
using core::db::orNull;
using core::db::Row;
using core::db::textOrNull;
using core::db::Value;

using namespace rowvalues;

namespace {

constexpr std::string_view kScannedColumns =
    "SELECT num, id, library_id, kind, identity, title, sort_title, status, problem, added_at, duration, year, "
    "series_id, season_id, artist_id, album_id, season, episode, disc, track, series, artist, album_artist, album, "
    "genres, overview, people, folder, width, height, hdr, child_count, popularity, artwork_kind, artwork_source, "
    "artwork_version, search_row, content_rating, (SELECT own FROM metadata_edits e WHERE e.item=media_items.num) "
    "FROM media_items ";

ItemRow itemRow(const Row& row) {
    ItemRow item;
    item.num = row.integer(0);
    std::array<std::string*, 7> first = {&item.id,    &item.libraryId, &item.kind,  &item.identity,
                                         &item.title, &item.sortTitle, &item.status};
    for (std::size_t i = 0; i < first.size(); ++i) {
        *first[i] = row.string(static_cast<int>(i) + 1);
    }
    item.problem = row.string(8);
    item.addedAt = row.integer(9);
    item.duration = row.real(10);
    item.year = static_cast<int>(row.integer(11));
    std::array<std::string*, 4> parents = {&item.seriesId, &item.seasonId, &item.artistId, &item.albumId};
    std::array<std::optional<std::int64_t>*, 4> numbers = {&item.season, &item.episode, &item.disc, &item.track};
    for (std::size_t i = 0; i < 4; ++i) {
        *parents[i] = row.string(static_cast<int>(i) + 12);
        *numbers[i] = row.optionalInteger(static_cast<int>(i) + 16);
    }
    std::array<std::string*, 8> texts = {&item.series, &item.artist,   &item.albumArtist, &item.album,
                                         &item.genres, &item.overview, &item.people,      &item.folder};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        *texts[i] = row.string(static_cast<int>(i) + 20);
    }
    item.width = static_cast<int>(row.integer(28));
    item.height = static_cast<int>(row.integer(29));
    item.hdr = static_cast<int>(row.integer(30));
    item.childCount = row.integer(31);
    item.popularity = row.integer(32);
    item.artworkKind = row.string(33);
    item.artworkSource = row.string(34);
    item.artworkVersion = row.string(35);
    item.searchRow = row.integer(36);
    item.contentRating = row.string(37);
    if (!row.isNull(38)) {
        lay(metadataFromText(row.text(38)), item);
    }
    return item;
}

Value ageOf(const ItemRow& item) {
    const auto age = core::library::ageOfRating(item.contentRating);
    return age ? Value(std::int64_t{*age}) : Value(nullptr);
}

template <class T>
Result<std::optional<T>> firstOf(Result<std::vector<T>> rows) {
    if (!rows) {
        return core::unexpected<core::Error>(rows.error());
    }
    return rows->empty() ? std::nullopt : std::optional<T>(std::move(rows->front()));
}

}  // namespace

Result<std::vector<ItemRow>> ScanStore::items(std::string_view sql, core::db::Session::Values values) {
    return session_.all(std::string(kScannedColumns) + std::string(sql), values, itemRow);
}

// Only one transaction writes at a time, so numbers can be given out here.
Result<std::int64_t> ScanStore::nextNumber() {
    if (nextNumber_ == 0) {
        auto row = session_.first("SELECT coalesce(max(num), 0) FROM media_items", {},
                                  [](const Row& r) { return r.integer(0); });
        if (!row) {
            return core::unexpected<core::Error>(row.error());
        }
        nextNumber_ = row->value_or(0);
    }
    return ++nextNumber_;
}

Result<std::optional<ItemRow>> ScanStore::item(const core::Id& id) {
    return firstOf(items("WHERE id=?1", {view(id)}));
}

Result<std::vector<ItemRow>> ScanStore::itemsByIdentity(const std::string& identity, const std::string& kind) {
    return items("WHERE identity=?1 AND kind=?2 ORDER BY num LIMIT 64", {view(identity), view(kind)});
}

Result<std::vector<ItemRow>> ScanStore::children(const char* column, const core::Id& parent, const char* kind) {
    // "album_id": media_items_of_album. Named, since without statistics SQLite may prefer to go through all of the
    // kind.
    const std::string name(column, std::strlen(column) - std::strlen("_id"));
    const std::string sql = "INDEXED BY media_items_of_" + name + " WHERE " + column +
                            "=?1 AND kind=?2 AND status<>'missing' ORDER BY season, episode, disc, track, sort_key, id";
    return items(sql, {view(parent), std::string_view(kind)});
}

Result<std::vector<ItemRow>> ScanStore::seriesAt(const core::Id& library, const std::string& folder) {
    return items("INDEXED BY media_items_series_folders WHERE kind='series' AND library_id=?1 AND folder=?2",
                 {view(library), view(folder)});
}

Result<void> ScanStore::insertItem(ItemRow& i) {
    if (auto num = nextNumber(); num) {
        i.num = *num;
    } else {
        return core::unexpected<core::Error>(num.error());
    }
    search_.index(i);
    auto done = session_.run(
        "INSERT INTO media_items(num, search_row, id, library_id, kind, identity, title, sort_title, sort_key, status, "
        "problem, added_at, "
        "duration, year, series_id, season_id, artist_id, album_id, season, episode, disc, track, series, artist, "
        "album_artist, album, genres, overview, people, folder, width, height, hdr, child_count, popularity, "
        "artwork_kind, artwork_source, artwork_version, content_rating, age, unrated) VALUES (?37, ?38, ?1, ?2, ?3, "
        "?4, ?5, ?6, ?7, ?8, ?9, ?10, "
        "?11, ?12, "
        "?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, "
        "?35, ?36, ?39, ?40, ?40 IS NULL)",
        {view(i.id),
         view(i.libraryId),
         view(i.kind),
         view(i.identity),
         view(i.title),
         view(i.sortTitle),
         view(core::library::sortKey(i.sortTitle)),
         view(i.status),
         textOrNull(i.problem),
         i.addedAt,
         i.duration,
         number(i.year),
         textOrNull(i.seriesId),
         textOrNull(i.seasonId),
         textOrNull(i.artistId),
         textOrNull(i.albumId),
         orNull(i.season),
         orNull(i.episode),
         orNull(i.disc),
         orNull(i.track),
         textOrNull(i.series),
         textOrNull(i.artist),
         textOrNull(i.albumArtist),
         textOrNull(i.album),
         textOrNull(i.genres),
         textOrNull(i.overview),
         textOrNull(i.people),
         textOrNull(i.folder),
         number(i.width),
         number(i.height),
         number(i.hdr),
         i.childCount,
         i.popularity,
         textOrNull(i.artworkKind),
         textOrNull(i.artworkSource),
         textOrNull(i.artworkVersion),
         i.num,
         i.searchRow,
         textOrNull(i.contentRating),
         ageOf(i)});
    if (!done) {
        return done;
    }
    return saveGenres(i);
}

Result<void> ScanStore::updateItem(const ItemRow& before, ItemRow& i) {
    if (before == i) {
        return {};
    }
    const auto laid = overlay(i);
    if (!laid) {
        return core::unexpected<core::Error>(laid.error());
    }
    if (*laid) {
        return updateOverlay(**laid, i);
    }
    if (!sameSearchText(before, i)) {
        search_.unindex(i);
        search_.index(i);
    }
    return writeItem(i, before.genres != i.genres);
}

Result<void> ScanStore::writeItem(const ItemRow& i, bool genres) {
    auto done = session_.run(
        "UPDATE media_items SET library_id=?2, kind=?3, identity=?4, title=?5, sort_title=?6, sort_key=?7, status=?8, "
        "problem=?9, duration=?10, year=?11, series_id=?12, season_id=?13, artist_id=?14, album_id=?15, season=?16, "
        "episode=?17, disc=?18, track=?19, series=?20, artist=?21, album_artist=?22, album=?23, genres=?24, "
        "overview=?25, people=?26, folder=?27, width=?28, height=?29, hdr=?30, child_count=?31, artwork_kind=?32, "
        "artwork_source=?33, artwork_version=?34, added_at=?35, popularity=?36, search_row=?37 WHERE num=?1",
        {i.num,
         view(i.libraryId),
         view(i.kind),
         view(i.identity),
         view(i.title),
         view(i.sortTitle),
         view(core::library::sortKey(i.sortTitle)),
         view(i.status),
         textOrNull(i.problem),
         i.duration,
         number(i.year),
         textOrNull(i.seriesId),
         textOrNull(i.seasonId),
         textOrNull(i.artistId),
         textOrNull(i.albumId),
         orNull(i.season),
         orNull(i.episode),
         orNull(i.disc),
         orNull(i.track),
         textOrNull(i.series),
         textOrNull(i.artist),
         textOrNull(i.albumArtist),
         textOrNull(i.album),
         textOrNull(i.genres),
         textOrNull(i.overview),
         textOrNull(i.people),
         textOrNull(i.folder),
         number(i.width),
         number(i.height),
         number(i.hdr),
         i.childCount,
         textOrNull(i.artworkKind),
         textOrNull(i.artworkSource),
         textOrNull(i.artworkVersion),
         i.addedAt,
         i.popularity,
         i.searchRow});
    // What an age follows from besides is for GroupAges to say.
    done = done ? session_.run(
                      "UPDATE media_items SET content_rating=?2, age=?3, unrated=?3 IS NULL WHERE num=?1 AND "
                      "content_rating IS NOT ?2",
                      {i.num, textOrNull(i.contentRating), ageOf(i)})
                : done;
    if (done && genres) {
        done = session_.run("DELETE FROM item_genres WHERE item=?1", {i.num});
        done = done ? saveGenres(i) : done;
    }
    return done;
}

Result<void> ScanStore::removeItem(const ItemRow& item) {
    search_.unindex(item);
    return session_.run("DELETE FROM media_items WHERE num=?1", {item.num});
}

Result<void> ScanStore::saveGenres(const ItemRow& item) {
    for (const std::string& genre : splitLines(item.genres)) {
        auto done = session_.run("INSERT OR IGNORE INTO item_genres(genre, item) VALUES (?1, ?2)",
                                 {view(core::library::searchText(genre)), item.num});
        if (!done) {
            return done;
        }
    }
    return {};
}

}  // namespace marea::server
