#include "server/apps/catalog/scanstore.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "core/library/contentrating.h"
#include "core/library/text.h"
#include "server/apps/catalog/metadatafields.h"

namespace marea::server {

namespace {

using core::Result;
using core::db::orNull;
using core::db::Row;
using core::db::textOrNull;
using core::db::Value;

constexpr std::string_view kFileColumns =
    "SELECT num, id, library_id, item_id, folder, path, size, mtime_ns, device, inode, fingerprint, state, problem, "
    "missing_since, part, version, duration, width, height, hdr, has_cover, info FROM media_files ";

constexpr std::string_view kItemColumns =
    "SELECT num, id, library_id, kind, identity, title, sort_title, status, problem, added_at, duration, year, "
    "series_id, season_id, artist_id, album_id, season, episode, disc, track, series, artist, album_artist, album, "
    "genres, overview, people, folder, width, height, hdr, child_count, popularity, artwork_kind, artwork_source, "
    "artwork_version, search_row, content_rating, (SELECT own FROM metadata_edits e WHERE e.item=media_items.num) "
    "FROM media_items ";

std::string select(std::string_view columns, std::string_view rest) {
    return std::string(columns) + std::string(rest);
}

FileRow fileRow(const Row& row) {
    FileRow file;
    file.num = row.integer(0);
    file.id = row.string(1);
    file.libraryId = row.string(2);
    file.itemId = row.string(3);
    file.folder = row.integer(4);
    file.path = row.string(5);
    file.stamp = {row.integer(6), row.integer(7), static_cast<std::uint64_t>(row.integer(8)),
                  static_cast<std::uint64_t>(row.integer(9))};
    const auto blob = row.blob(10);
    file.fingerprint.assign(blob.begin(), blob.end());
    file.state = row.string(11);
    file.problem = row.string(12);
    file.missingSince = row.optionalInteger(13);
    file.part = static_cast<int>(row.integer(14));
    file.version = row.string(15);
    file.duration = row.real(16);
    file.width = static_cast<int>(row.integer(17));
    file.height = static_cast<int>(row.integer(18));
    file.hdr = static_cast<int>(row.integer(19));
    file.hasCover = row.boolean(20);
    file.info = row.string(21);
    return file;
}

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

Value bytes(const core::db::Blob& blob) {
    return blob.empty() ? Value(nullptr) : Value(std::span<const std::uint8_t>(blob));
}
Value view(const std::string& text) {
    return std::string_view(text);
}
Value number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
Value number(int value) {
    return static_cast<std::int64_t>(value);
}
Value flag(bool value) {
    return std::int64_t{value ? 1 : 0};
}

// Whether what the search indexes is the same.
bool sameText(const ItemRow& a, const ItemRow& b) {
    return a.title == b.title && a.artist == b.artist && a.albumArtist == b.albumArtist && a.album == b.album &&
           a.series == b.series && a.genres == b.genres && a.people == b.people && a.year == b.year &&
           a.kind == b.kind && a.popularity == b.popularity && (a.status == "missing") == (b.status == "missing");
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

bool FileRow::operator==(const FileRow& other) const {
    return itemId == other.itemId && folder == other.folder && path == other.path && libraryId == other.libraryId &&
           stamp.sameContent(other.stamp) && stamp.device == other.stamp.device && fingerprint == other.fingerprint &&
           state == other.state && problem == other.problem && part == other.part && version == other.version &&
           info == other.info && missingSince == other.missingSince;
}

bool SidecarRow::operator==(const SidecarRow& other) const {
    return fileId == other.fileId && kind == other.kind && language == other.language && forced == other.forced &&
           hearingImpaired == other.hearingImpaired && isDefault == other.isDefault && rank == other.rank &&
           size == other.size && mtimeNs == other.mtimeNs && data == other.data;
}

std::int64_t searchRowid(const std::string& kind, std::int64_t popularity, std::int64_t num) {
    constexpr int kBuckets = 16;
    int bucket = kBuckets * 3;
    if (kind == "movie" || kind == "series" || kind == "artist") {
        bucket = kBuckets;
    } else if (kind == "album" || kind == "audiobook" || kind == "video") {
        bucket = kBuckets * 2;
    }
    const auto climb = std::min<int>(
        kBuckets * 2,
        2 * static_cast<int>(std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(0, popularity)))));
    return (std::int64_t{std::max(1, bucket - climb)} << 40) + num;
}

std::vector<std::string> splitLines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) {
            lines.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

Result<std::vector<ItemRow>> ScanStore::items(std::string_view sql, core::db::Session::Values values) {
    return session_.all(select(kItemColumns, sql), values, itemRow);
}

Result<std::vector<FileRow>> ScanStore::files(std::string_view sql, core::db::Session::Values values) {
    return session_.all(select(kFileColumns, sql), values, fileRow);
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

Result<std::optional<std::int64_t>> ScanStore::folderNumber(const core::Id& library, const std::string& path) {
    return session_.first("SELECT num FROM scan_folders WHERE library_id=?1 AND path=?2", {view(library), view(path)},
                          [](const Row& row) { return row.integer(0); });
}

Result<std::int64_t> ScanStore::saveFolder(const core::Id& library, const std::string& path,
                                           const core::library::FolderSignature* signature) {
    const Value digest = signature ? Value(std::span<const std::uint8_t>(*signature)) : Value(nullptr);
    auto row = session_.first(
        "INSERT INTO scan_folders(library_id, path, signature) VALUES (?1, ?2, ?3) "
        "ON CONFLICT(library_id, path) DO UPDATE SET signature=excluded.signature RETURNING num",
        {view(library), view(path), digest}, [](const Row& r) { return r.integer(0); });
    if (!row) {
        return core::unexpected<core::Error>(row.error());
    }
    return row->value_or(0);
}

Result<void> ScanStore::removeFolder(std::int64_t folder) {
    // Rows of missing files still refer to it: then it stays, without a signature.
    auto done = session_.run("UPDATE scan_folders SET signature=NULL WHERE num=?1", {folder});
    done = done ? session_.run("DELETE FROM sidecars WHERE folder=?1", {folder}) : done;
    if (!done) {
        return done;
    }
    return session_.run(
        "DELETE FROM scan_folders WHERE num=?1 AND NOT EXISTS "
        "(SELECT 1 FROM media_files WHERE folder=?1)",
        {folder});
}

Result<std::vector<FileRow>> ScanStore::filesOfFolder(std::int64_t folder) {
    return files("WHERE folder=?1 ORDER BY path, num", {folder});
}

Result<std::vector<FileRow>> ScanStore::filesOfItem(const core::Id& item) {
    return files("WHERE item_id=?1 AND state<>'missing' ORDER BY part, library_id, path", {view(item)});
}

Result<std::vector<FileRow>> ScanStore::filesByFingerprint(std::span<const std::uint8_t> digest) {
    return files("WHERE fingerprint=?1 ORDER BY state='missing' DESC, num LIMIT 64", {digest});
}

Result<bool> ScanStore::hasFiles(const core::Id& item) {
    auto row = session_.first("SELECT 1 FROM media_files WHERE item_id=?1 AND state<>'missing' LIMIT 1", {view(item)},
                              [](const Row& r) { return r.boolean(0); });
    if (!row) {
        return core::unexpected<core::Error>(row.error());
    }
    return row->has_value();
}

Result<void> ScanStore::insertFile(const FileRow& f) {
    return session_.run(
        "INSERT INTO media_files(id, library_id, item_id, folder, path, size, mtime_ns, device, inode, fingerprint, "
        "state, problem, missing_since, part, version, duration, width, height, hdr, has_cover, info) VALUES "
        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
        {view(f.id),
         view(f.libraryId),
         textOrNull(f.itemId),
         f.folder,
         view(f.path),
         f.stamp.size,
         f.stamp.mtimeNs,
         number(f.stamp.device),
         number(f.stamp.inode),
         bytes(f.fingerprint),
         view(f.state),
         textOrNull(f.problem),
         orNull(f.missingSince),
         number(f.part),
         textOrNull(f.version),
         f.duration,
         number(f.width),
         number(f.height),
         number(f.hdr),
         flag(f.hasCover),
         textOrNull(f.info)});
}

Result<void> ScanStore::updateFile(const FileRow& f) {
    return session_.run(
        "UPDATE media_files SET library_id=?2, item_id=?3, folder=?4, path=?5, size=?6, mtime_ns=?7, device=?8, "
        "inode=?9, fingerprint=?10, state=?11, problem=?12, missing_since=?13, part=?14, version=?15, duration=?16, "
        "width=?17, height=?18, hdr=?19, has_cover=?20, info=?21 WHERE num=?1",
        {f.num,
         view(f.libraryId),
         textOrNull(f.itemId),
         f.folder,
         view(f.path),
         f.stamp.size,
         f.stamp.mtimeNs,
         number(f.stamp.device),
         number(f.stamp.inode),
         bytes(f.fingerprint),
         view(f.state),
         textOrNull(f.problem),
         orNull(f.missingSince),
         number(f.part),
         textOrNull(f.version),
         f.duration,
         number(f.width),
         number(f.height),
         number(f.hdr),
         flag(f.hasCover),
         textOrNull(f.info)});
}

Result<void> ScanStore::markMissing(const FileRow& file, core::TimeMs now) {
    return session_.run(
        "UPDATE media_files SET state='missing', missing_since=?4 "
        "WHERE num=?1 AND library_id=?2 AND path=?3 AND state<>'missing'",
        {file.num, view(file.libraryId), view(file.path), now});
}

Result<void> ScanStore::removeFile(std::int64_t num) {
    return session_.run("DELETE FROM media_files WHERE num=?1", {num});
}

Result<std::vector<SidecarRow>> ScanStore::sidecarsOfFolder(std::int64_t folder) {
    return session_.all(
        "SELECT num, id, file_id, name, kind, language, forced, hearing_impaired, is_default, format, rank, size, "
        "mtime_ns, data FROM sidecars WHERE folder=?1 ORDER BY name",
        {folder}, [](const Row& row) {
            SidecarRow sidecar;
            sidecar.num = row.integer(0);
            sidecar.id = row.string(1);
            sidecar.fileId = row.string(2);
            sidecar.name = row.string(3);
            sidecar.kind = row.string(4);
            sidecar.language = row.string(5);
            sidecar.forced = row.boolean(6);
            sidecar.hearingImpaired = row.boolean(7);
            sidecar.isDefault = row.boolean(8);
            sidecar.format = row.string(9);
            sidecar.rank = static_cast<int>(row.integer(10));
            sidecar.size = row.integer(11);
            sidecar.mtimeNs = row.integer(12);
            sidecar.data = row.string(13);
            return sidecar;
        });
}

Result<std::vector<SidecarRow>> ScanStore::sidecarsAt(const core::Id& library, const std::string& path) {
    auto folder = folderNumber(library, path);
    if (!folder) {
        return core::unexpected<core::Error>(folder.error());
    }
    return *folder ? sidecarsOfFolder(**folder) : Result<std::vector<SidecarRow>>(std::vector<SidecarRow>());
}

Result<void> ScanStore::saveSidecar(const core::Id& library, std::int64_t folder, const SidecarRow& s) {
    return session_.run(
        "INSERT INTO sidecars(id, library_id, folder, file_id, name, kind, language, forced, hearing_impaired, "
        "is_default, format, rank, size, mtime_ns, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
        "?13, "
        "?14, ?15) ON CONFLICT(folder, name) DO UPDATE SET file_id=excluded.file_id, kind=excluded.kind, "
        "language=excluded.language, forced=excluded.forced, hearing_impaired=excluded.hearing_impaired, "
        "is_default=excluded.is_default, format=excluded.format, rank=excluded.rank, size=excluded.size, "
        "mtime_ns=excluded.mtime_ns, data=excluded.data",
        {view(s.id), view(library), folder, textOrNull(s.fileId), view(s.name), view(s.kind), textOrNull(s.language),
         flag(s.forced), flag(s.hearingImpaired), flag(s.isDefault), view(s.format), number(s.rank), s.size, s.mtimeNs,
         textOrNull(s.data)});
}

Result<void> ScanStore::removeSidecar(std::int64_t num) {
    return session_.run("DELETE FROM sidecars WHERE num=?1", {num});
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
    index(i);
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
    auto edited = session_.first("SELECT edited FROM metadata_edits WHERE item=?1", {i.num},
                                 [](const Row& row) { return metadataFromText(row.text(0)); });
    if (!edited) {
        return core::unexpected<core::Error>(edited.error());
    }
    if (*edited) {
        return updateEdited(**edited, i);
    }
    if (!sameText(before, i)) {
        unindex(i);
        index(i);
    }
    return writeItem(i, before.genres != i.genres);
}

// What is shown is written; what the files say stays in the row of the edits, and in `item`.
Result<void> ScanStore::updateEdited(const MetadataFields& edited, ItemRow& item) {
    auto done = session_.run("UPDATE metadata_edits SET own=?2 WHERE item=?1",
                             {item.num, view(core::json::serialize(covered(edited, item)))});
    ItemRow shown = item;
    lay(edited, shown);
    unindex(item);
    index(shown);
    item.searchRow = shown.searchRow;
    return done ? writeItem(shown, true) : done;
}

Result<void> ScanStore::saveEdits(ItemRow& item, const MetadataFields& edited, core::TimeMs now) {
    if (edited.empty()) {
        auto done = session_.run("DELETE FROM metadata_edits WHERE item=?1", {item.num});
        unindex(item);
        index(item);
        return done ? writeItem(item, true) : done;
    }
    auto done = session_.run(
        "INSERT INTO metadata_edits(item, edited, own, edited_at) VALUES (?1, ?2, '{}', ?3) ON CONFLICT(item) DO "
        "UPDATE "
        "SET edited=excluded.edited, edited_at=excluded.edited_at",
        {item.num, view(core::json::serialize(edited)), now});
    return done ? updateEdited(edited, item) : done;
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
    unindex(item);
    return session_.run("DELETE FROM media_items WHERE num=?1", {item.num});
}

// `sql` is how popular ?1 is.
Result<void> ScanStore::setPopularity(const core::Id& id, std::string_view sql) {
    auto before = id.empty() ? Result<std::optional<ItemRow>>() : item(id);
    if (!before || !*before) {
        return before ? Result<void>() : core::unexpected<core::Error>(before.error());
    }
    const auto plays =
        session_.first(sql, {std::string_view(id)}, [](const core::db::Row& row) { return row.integer(0); });
    if (!plays) {
        return core::unexpected<core::Error>(plays.error());
    }
    ItemRow changed = **before;
    changed.popularity = plays->value_or(0);
    return updateItem(**before, changed);
}

Result<void> ScanStore::countPlays(const core::Id& id) {
    const auto played = item(id);
    if (!played || !*played) {
        return played ? Result<void>() : core::unexpected<core::Error>(played.error());
    }
    const ItemRow& one = **played;
    const auto album = one.albumId.empty() ? Result<std::optional<ItemRow>>() : item(one.albumId);
    if (!album) {
        return core::unexpected<core::Error>(album.error());
    }
    const core::Id artist = *album ? (*album)->artistId : one.artistId;
    return setPopularity(id, "SELECT coalesce(sum(play_count), 0) FROM user_library WHERE media_id=?1")
        .and_then(
            [&] { return setPopularity(one.albumId, "SELECT sum(popularity) FROM media_items WHERE album_id=?1"); })
        .and_then([&] {
            return setPopularity(artist, "SELECT sum(popularity) FROM media_items WHERE artist_id=?1 AND kind='album'");
        })
        .and_then(
            [&] { return setPopularity(one.seasonId, "SELECT sum(popularity) FROM media_items WHERE season_id=?1"); })
        .and_then([&] {
            return setPopularity(one.seriesId,
                                 "SELECT sum(popularity) FROM media_items WHERE series_id=?1 AND kind='season'");
        });
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

void ScanStore::index(ItemRow& item) {
    item.searchRow = item.status == "missing" ? 0 : searchRowid(item.kind, item.popularity, item.num);
    if (item.searchRow == 0) {
        return;
    }
    using core::library::searchText;
    SearchText text;
    text.title = searchText(item.title);
    text.people = searchText(item.artist);
    if (!item.albumArtist.empty() && item.albumArtist != item.artist) {
        text.people += " " + searchText(item.albumArtist);
    }
    for (const std::string* names : {&item.series, &item.people}) {
        if (!names->empty()) {
            text.people += (text.people.empty() ? "" : " ") + searchText(*names);
        }
    }
    text.more = searchText(item.album + " " + item.genres);
    if (item.year) {
        text.more += " " + std::to_string(item.year);
    }
    text.kind = item.kind;
    text.item = item.num;
    searchRows_[item.searchRow].text = std::move(text);
}

void ScanStore::unindex(const ItemRow& item) {
    if (item.searchRow == 0) {
        return;
    }
    const auto [entry, added] = searchRows_.try_emplace(item.searchRow);
    if (added) {
        entry->second.inTable = true;
    } else if (!entry->second.inTable) {
        searchRows_.erase(entry);  // it was to be added: nothing has happened, then
        return;
    }
    entry->second.text.reset();
}

// In ascending order: FTS5 writes out what it has collected whenever a rowid is lower than the one before.
Result<void> ScanStore::saveSearch() {
    for (const auto& [row, change] : searchRows_) {
        auto done = change.inTable ? session_.run("DELETE FROM search WHERE rowid=?1", {row}) : Result<void>();
        if (done && change.text) {
            const SearchText& text = *change.text;
            done = session_.run(
                "INSERT INTO search(rowid, title, people, more, kind, item) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                {row, view(text.title), view(text.people), view(text.more), view(text.kind), text.item});
        }
        if (!done) {
            return done;
        }
    }
    searchRows_.clear();
    return {};
}

}  // namespace marea::server
