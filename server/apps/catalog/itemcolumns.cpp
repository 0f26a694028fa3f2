#include "server/apps/catalog/itemcolumns.h"

#include "server/apps/catalog/scanrows.h"

namespace marea::server {

using core::db::Row;

namespace {

ItemLoudness loudnessOf(const Row& row) {
    ItemLoudness loudness;
    loudness.source = row.string(36);
    loudness.loudness = optionalReal(row, 37);
    loudness.range = optionalReal(row, 38);
    loudness.peak = optionalReal(row, 39);
    loudness.albumSource = row.string(40);
    loudness.albumLoudness = optionalReal(row, 41);
    loudness.albumPeak = optionalReal(row, 42);
    return loudness;
}

std::string visibleParts(const Viewer& viewer) {
    const auto parts = [&](const std::string& whole, const std::string& part) {
        return "(SELECT count(*) FROM media_items c INDEXED BY media_items_of_" + whole + " WHERE c." + whole +
               "_id=i.id AND c.status<>'missing' AND c.kind='" + part + "'" + visible(viewer, "c") + ")";
    };
    return "CASE i.kind WHEN 'album' THEN " + parts("album", "track") + " WHEN 'artist' THEN " +
           parts("artist", "album") + " WHEN 'season' THEN " + parts("season", "episode") + " WHEN 'series' THEN " +
           parts("series", "season") + " ELSE i.child_count END";
}

}  // namespace

std::string itemColumns(const Viewer& viewer) {
    std::string columns(kItemColumns);
    constexpr std::string_view kCount = "i.child_count";
    return viewer.seesWholes() ? columns : columns.replace(columns.find(kCount), kCount.size(), visibleParts(viewer));
}

std::optional<int> optionalInt(const Row& row, int column) {
    const auto value = row.optionalInteger(column);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::optional<double> optionalReal(const Row& row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional(row.real(column));
}

Item itemOf(const Row& row) {
    Item item;
    item.id = row.string(1);
    item.libraryId = row.string(2);
    item.kind = row.string(3);
    item.title = row.string(4);
    item.sortTitle = row.string(5);
    item.duration = row.real(6);
    item.addedAt = row.integer(7);
    item.status = row.string(8);
    item.problem = row.string(9);
    item.year = row.integer(10) ? optionalInt(row, 10) : std::nullopt;
    item.genres = splitLines(row.text(11));
    item.overview = row.string(12);
    item.series = row.string(13);
    item.artist = row.string(14);
    item.albumArtist = row.string(15);
    item.album = row.string(16);
    item.seriesId = row.string(17);
    item.seasonId = row.string(18);
    item.artistId = row.string(19);
    item.albumId = row.string(20);
    item.season = optionalInt(row, 21);
    item.episode = optionalInt(row, 22);
    item.disc = optionalInt(row, 23);
    item.track = optionalInt(row, 24);
    item.childCount = row.integer(25);
    item.width = static_cast<int>(row.integer(26));
    item.height = static_cast<int>(row.integer(27));
    item.hdr = static_cast<core::HdrKind>(row.integer(28));
    item.artworkVersion = row.string(29);
    item.user.rating = optionalInt(row, 30);
    item.user.favourite = row.boolean(31);
    item.user.watched = row.boolean(32);
    item.user.position = row.real(33);
    item.user.lastPlayedAt = row.optionalInteger(34);
    item.user.playCount = row.integer(35);
    item.loudness = loudnessOf(row);
    item.contentRating = row.string(43);
    item.popularity = row.integer(44);
    return item;
}

}  // namespace marea::server
