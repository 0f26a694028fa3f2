#include "server/apps/catalog/itemqueries.h"

#include <algorithm>
#include <array>
#include <deque>
#include <unordered_map>

#include "core/library/filekinds.h"
#include "core/library/mediainfojson.h"
#include "core/library/searchquery.h"
#include "core/library/text.h"
#include "server/apps/catalog/cursor.h"
#include "server/apps/catalog/rungstore.h"
#include "server/apps/catalog/scanstore.h"
#include "server/apps/catalog/sidecarlanguages.h"

namespace marea::server {

namespace {

using core::Result;
using core::db::Row;
using core::db::Value;

constexpr std::size_t kSearchCandidates = 150;  // ranked of those that match, the most popular ones
constexpr std::size_t kTitleCandidates = 100;   // and of those whose title begins with the very words
constexpr std::size_t kSearchVisits = 5000;     // rows looked at where most are of other kinds

constexpr std::array<std::string_view, 9> kKinds = {"movie",  "series", "season", "episode",  "video",
                                                    "artist", "album",  "track",  "audiobook"};

constexpr std::string_view kColumns =
    "i.num, i.id, i.library_id, i.kind, i.title, i.sort_title, i.duration, i.added_at, i.status, i.problem, i.year, "
    "i.genres, i.overview, i.series, i.artist, i.album_artist, i.album, i.series_id, i.season_id, i.artist_id, "
    "i.album_id, i.season, i.episode, i.disc, i.track, i.child_count, i.width, i.height, i.hdr, i.artwork_version, "
    "u.rating, u.favourite, u.watched, p.position, coalesce(p.updated_at, u.last_played_at), u.play_count, "
    "l.source, l.loudness, l.range, l.peak, al.source, al.loudness, al.peak";
constexpr int kKeyColumn = 43;  // what comes after kColumns

constexpr std::string_view kFrom =
    " FROM media_items i LEFT JOIN user_library u ON u.media_id=i.id AND u.user_id=?1 "
    "LEFT JOIN resume_positions p ON p.media_id=i.id AND p.user_id=?1 "
    "LEFT JOIN item_loudness l ON l.item_id=i.id LEFT JOIN item_loudness al ON al.item_id=i.album_id WHERE ";

std::optional<int> optionalInt(const Row& row, int column) {
    const auto value = row.optionalInteger(column);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::optional<double> optionalReal(const Row& row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional(row.real(column));
}

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
    return item;
}

// SQL text and its values, numbered from ?1 on; texts are kept here as long as the statement runs.
class Sql {
public:
    explicit Sql(std::string_view user) { bind(std::string(user)); }

    std::string bind(std::string text) {
        texts_.push_back(std::move(text));
        values_.emplace_back(std::string_view(texts_.back()));
        return "?" + std::to_string(values_.size());
    }
    std::string bind(std::int64_t value) {
        values_.emplace_back(value);
        return "?" + std::to_string(values_.size());
    }
    std::string bind(double value) {
        values_.emplace_back(value);
        return "?" + std::to_string(values_.size());
    }
    std::span<const Value> values() const { return values_; }

private:
    std::deque<std::string> texts_;
    std::vector<Value> values_;
};

// In the natural order of a parent: season, episode, disc, track, then by title.
constexpr std::string_view kIndexKey =
    "printf('%06d%06d%06d%06d', coalesce(i.season, 0), coalesce(i.episode, 0), coalesce(i.disc, 0), "
    "coalesce(i.track, 0))||i.sort_key";

std::string_view sortExpression(std::string_view sort) {
    if (sort == "added") {
        return "i.added_at";
    }
    if (sort == "year") {
        return "i.year";
    }
    if (sort == "duration") {
        return "i.duration";
    }
    if (sort == "popular") {
        return "i.popularity";
    }
    return sort == "index" ? kIndexKey : "i.sort_key";
}

std::string parentCondition(Sql& sql, const MediaQuery& query, const std::string& parentKind) {
    const std::string id = sql.bind(query.parent);
    if (parentKind == "album") {
        return "i.album_id=" + id;
    }
    if (parentKind == "season") {
        return "i.season_id=" + id;
    }
    if (parentKind == "series") {
        return "i.series_id=" + id + (query.kinds.empty() ? " AND i.kind='season'" : "");
    }
    if (parentKind != "artist") {
        return "0";
    }
    if (query.kinds.empty()) {
        return "i.artist_id=" + id + " AND i.kind IN ('album', 'audiobook')";
    }
    return "(i.artist_id=" + id + " OR i.album_id IN (SELECT id FROM media_items WHERE artist_id=" + id +
           " AND kind='album'))";
}

std::string artistCondition(Sql& sql, const std::string& artist) {
    if (core::isId(artist)) {
        return "i.artist_id=" + sql.bind(artist);
    }
    const std::string identity = sql.bind("artist|" + core::library::searchText(artist));
    return "i.artist_id IN (SELECT id FROM media_items WHERE identity=" + identity + " AND kind='artist')";
}

// Every condition but the kind.
std::string conditions(Sql& sql, const MediaQuery& query, const std::string& parentKind) {
    std::string text = query.status.empty()        ? "i.status<>'missing'"
                       : query.status == "missing" ? "i.status='missing'"
                                                   : "i.status<>'missing' AND i.status=" + sql.bind(query.status);
    if (!query.parent.empty()) {
        text += " AND " + parentCondition(sql, query, parentKind);
    }
    if (!query.library.empty()) {
        text += " AND i.library_id=" + sql.bind(query.library);
    }
    if (!query.genre.empty()) {
        text += " AND i.num IN (SELECT item FROM item_genres WHERE genre=" +
                sql.bind(core::library::searchText(query.genre)) + ")";
    }
    if (!query.artist.empty()) {
        text += " AND " + artistCondition(sql, query.artist);
    }
    if (query.year) {
        text += " AND i.year=" + sql.bind(std::int64_t{*query.year});
    }
    if (!query.text.empty()) {
        const auto search = core::library::searchQuery(query.text);
        text += search ? " AND i.num IN (SELECT item FROM search WHERE search MATCH " + sql.bind(search->match) + ")"
                       : " AND 0";
    }
    return text;
}

std::string kindList(Sql& sql, const std::vector<std::string>& kinds) {
    std::string list;
    for (const std::string& kind : kinds) {
        list += (list.empty() ? "" : ", ") + sql.bind(kind);
    }
    return list;
}

std::string bindKey(Sql& sql, const Cursor& cursor) {
    return std::visit([&](const auto& value) { return sql.bind(value); }, cursor.key);
}

Cursor cursorOf(const Row& row, std::string_view sort) {
    Cursor cursor;
    cursor.num = row.integer(0);
    if (sort == "title" || sort == "index") {
        cursor.key = row.string(kKeyColumn);
    } else if (sort == "duration") {
        cursor.key = row.real(kKeyColumn);
    } else {
        cursor.key = row.integer(kKeyColumn);
    }
    return cursor;
}

bool fitsSort(const Cursor& cursor, std::string_view sort) {
    if (sort == "title" || sort == "index") {
        return std::holds_alternative<std::string>(cursor.key);
    }
    return sort == "duration" ? std::holds_alternative<double>(cursor.key)
                              : std::holds_alternative<std::int64_t>(cursor.key);
}

// One kind after the other from its own index, merged: the cost is that of a page, however many items there are.
std::string pageSql(Sql& sql, const MediaQuery& query, const std::string& parentKind,
                    const std::optional<Cursor>& after) {
    const std::string order = query.descending ? " DESC" : "";
    const std::string key(sortExpression(query.sort));
    std::string where = conditions(sql, query, parentKind);
    if (after) {
        where += " AND (" + key + ", i.num)" + (query.descending ? "<" : ">") + "(" + bindKey(sql, *after) + ", " +
                 sql.bind(after->num) + ")";
    }
    const std::string limit = sql.bind(std::int64_t{query.limit + 1});
    const std::string head = "SELECT " + std::string(kColumns) + ", " + key + " AS sort_by" + std::string(kFrom);
    const std::string tail = " AND " + where + " ORDER BY " + key + order + ", i.num" + order + " LIMIT " + limit;
    if (!query.parent.empty()) {
        return head + (query.kinds.empty() ? "1" : "i.kind IN (" + kindList(sql, query.kinds) + ")") + tail;
    }
    std::string all;
    const auto add = [&](std::string_view kind) {
        all += (all.empty() ? "SELECT * FROM (" : " UNION ALL SELECT * FROM (") + head +
               "i.kind=" + sql.bind(std::string(kind)) + tail + ")";
    };
    if (query.kinds.empty()) {
        std::for_each(kKinds.begin(), kKinds.end(), add);
    } else {
        std::for_each(query.kinds.begin(), query.kinds.end(), add);
    }
    return query.kinds.size() == 1 ? all : all + " ORDER BY sort_by" + order + ", num" + order + " LIMIT " + limit;
}

}  // namespace

bool isKind(std::string_view kind) {
    return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

std::string MediaQuery::filterKey() const {
    std::string key;
    for (const std::string& kind : kinds) {
        key += kind + ",";
    }
    for (const std::string* part : {&parent, &library, &genre, &artist, &status, &text, &sort}) {
        key += '\n' + *part;
    }
    return key + '\n' + (year ? std::to_string(*year) : "") + (descending ? "\ndesc" : "\nasc");
}

Result<ItemPage> ItemQueries::page(const MediaQuery& query) {
    std::optional<Cursor> after;
    if (!query.cursor.empty()) {
        after = decodeCursor(query.cursor, query.filterKey());
        if (!after || !fitsSort(*after, query.sort)) {
            return core::fail(core::ErrorCode::Invalid, "The cursor does not belong to this list.");
        }
    }
    auto kind = parentKind(query.parent);
    if (!kind) {
        return core::unexpected<core::Error>(kind.error());
    }
    Sql sql(user_);
    const std::string text = pageSql(sql, query, *kind, after);
    ItemPage page;
    Cursor last;
    bool more = false;
    auto done = session_.each(text, sql.values(), [&](const Row& row) {
        if (page.items.size() == static_cast<std::size_t>(query.limit)) {
            more = true;
            return false;
        }
        page.items.push_back(itemOf(row));
        last = cursorOf(row, query.sort);
        return true;
    });
    if (!done) {
        return core::unexpected<core::Error>(done.error());
    }
    page.nextCursor = more ? encodeCursor(last, query.filterKey()) : std::string();
    return page;
}

Result<std::string> ItemQueries::parentKind(const core::Id& id) {
    if (id.empty()) {
        return std::string();
    }
    auto parent = item(id);
    return parent ? Result<std::string>(*parent ? (*parent)->kind : std::string())
                  : core::unexpected<core::Error>(parent.error());
}

Result<std::int64_t> ItemQueries::total(const MediaQuery& query) {
    std::int64_t count = 0;
    auto done = counts(query, "", [&](const Row& row) { count = row.integer(1); });
    return done ? Result<std::int64_t>(count) : core::unexpected<core::Error>(done.error());
}

// Keys begin alike for a letter, with the two signs of Ñ at most; what they stand for is the rule's to say.
Result<std::vector<LetterPlace>> ItemQueries::letters(const MediaQuery& query) {
    std::vector<LetterPlace> letters;
    const std::string order = query.descending ? " GROUP BY head ORDER BY head DESC" : " GROUP BY head ORDER BY head";
    auto done = counts(query, order, [&](const Row& row) {
        const std::string letter = core::library::initialOf(row.text(0));
        if (letters.empty() || letters.back().letter != letter) {
            letters.push_back({letter, 0});
        }
        letters.back().count += row.integer(1);
    });
    return done ? Result<std::vector<LetterPlace>>(std::move(letters)) : core::unexpected<core::Error>(done.error());
}

Result<void> ItemQueries::counts(const MediaQuery& query, const std::string& tail,
                                 const std::function<void(const Row&)>& take) {
    auto kind = parentKind(query.parent);
    if (!kind) {
        return core::unexpected<core::Error>(kind.error());
    }
    Sql sql(user_);
    // ?1 is the user, whose rights will narrow the count; until then every item is theirs to see.
    std::string text = "SELECT substr(i.sort_key, 1, 2) AS head, count(*) FROM media_items i WHERE ?1=?1 AND " +
                       conditions(sql, query, *kind);
    if (!query.kinds.empty()) {
        text += " AND i.kind IN (" + kindList(sql, query.kinds) + ")";
    }
    return session_.each(text + tail, sql.values(), [&](const Row& row) {
        take(row);
        return true;
    });
}

Result<std::optional<Item>> ItemQueries::item(const core::Id& id) {
    static const std::string kSql = "SELECT " + std::string(kColumns) + std::string(kFrom) + "i.id=?2";
    return session_.first(kSql, {std::string_view(user_), std::string_view(id)}, itemOf);
}

Result<std::vector<ItemFile>> ItemQueries::files(const core::Id& item) {
    return session_.all(
        "SELECT id, path, size, mtime_ns, state, problem, part, version, info FROM media_files WHERE item_id=?1 AND "
        "state<>'missing' ORDER BY state<>'ok', part, width*height DESC, size DESC, path",
        {std::string_view(item)}, [](const Row& row) {
            ItemFile file;
            file.id = row.string(0);
            file.name = std::string(core::library::fileName(row.text(1)));
            file.extension = core::library::extension(file.name);
            file.size = row.integer(2);
            file.modified = row.integer(3) / 1'000'000;
            file.status = row.string(4);
            file.problem = row.string(5);
            file.part = static_cast<int>(row.integer(6));
            file.version = row.string(7);
            file.info = core::library::mediaInfoFromText(row.text(8)).value_or(core::MediaInfo());
            file.mimeType = core::library::mimeType(file.info, file.name);
            return file;
        });
}

Result<void> ItemQueries::addSounds(const core::Id& item, std::vector<ItemFile>& files) {
    return session_.each(
        "SELECT f.id, m.recording, m.stream, m.loudness, m.peak, m.stereo_peak FROM media_files f JOIN sound_measures "
        "m ON m.fingerprint=f.fingerprint AND m.problem IS NULL WHERE f.item_id=?1 AND f.state<>'missing'",
        {std::string_view(item)}, [&](const Row& row) {
            const auto file =
                std::find_if(files.begin(), files.end(), [&](const ItemFile& one) { return one.id == row.text(0); });
            if (file != files.end()) {
                file->recording = row.isNull(1) ? file->recording : row.string(1);
                file->sounds.push_back(
                    {static_cast<int>(row.integer(2)), optionalReal(row, 3), row.real(4), row.real(5)});
            }
            return true;
        });
}

Result<void> ItemQueries::addRungs(const core::Id& item, std::vector<ItemFile>& files) {
    return session_.each(
        "SELECT f.id, m.rungs FROM media_files f JOIN picture_measures m ON m.fingerprint=f.fingerprint "
        "WHERE f.item_id=?1 AND f.state<>'missing'",
        {std::string_view(item)}, [&](const Row& row) {
            for (ItemFile& file : files) {
                if (file.id == row.text(0)) {
                    file.rungs = rungsFromText(row.text(1));
                }
            }
            return true;
        });
}

Result<std::vector<Sidecar>> ItemQueries::sidecars(const core::Id& item) {
    return session_.all(
        "SELECT s.id, s.kind, s.language, s.forced, s.hearing_impaired, s.is_default, s.format, s.name, "
        "CASE s.format WHEN 'idx' THEN s.data END FROM media_files f "
        "JOIN sidecars s ON s.file_id=f.id WHERE f.item_id=?1 AND f.state<>'missing' ORDER BY f.part, s.kind, s.name",
        {std::string_view(item)}, [](const Row& row) {
            const std::string_view kind = row.text(1);
            Sidecar sidecar;
            sidecar.id = row.string(0);
            sidecar.kind = kind == "subtitle" ? SidecarKind::Subtitle
                           : kind == "lyrics" ? SidecarKind::Lyrics
                           : kind == "image"  ? SidecarKind::Image
                                              : SidecarKind::Nfo;
            sidecar.language = row.string(2);
            sidecar.forced = row.boolean(3);
            sidecar.hearingImpaired = row.boolean(4);
            sidecar.isDefault = row.boolean(5);
            sidecar.format = row.string(6);
            sidecar.name = row.string(7);
            sidecar.languages = sidecarLanguages(sidecar.format, sidecar.language, row.text(8));
            return sidecar;
        });
}

Result<std::vector<Item>> ItemQueries::search(std::string_view typed, const std::vector<std::string>& kinds,
                                              int limit) {
    const auto query = core::library::searchQuery(typed);
    if (!query) {
        return std::vector<Item>();
    }
    std::vector<Hit> hits;
    // The index answers in order of rowid, which is that of popularity: the first ones are the ones worth ranking. A
    // title that begins with the very words is worth it wherever it stands.
    auto done = candidates(*query, query->titleMatch, kinds, kTitleCandidates, hits);
    done = done ? candidates(*query, query->match, kinds, kTitleCandidates + kSearchCandidates, hits) : done;
    if (!done) {
        return core::unexpected<core::Error>(done.error());
    }
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& x, const Hit& y) { return x.score != y.score ? x.score > y.score : x.row < y.row; });
    hits.erase(std::unique(hits.begin(), hits.end(), [](const Hit& x, const Hit& y) { return x.row == y.row; }),
               hits.end());
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < hits.size() && i < static_cast<std::size_t>(limit); ++i) {
        numbers.push_back(hits[i].num);
    }
    return byNumbers(numbers);
}

Result<void> ItemQueries::candidates(const core::library::SearchQuery& query, const std::string& match,
                                     const std::vector<std::string>& kinds, std::size_t most, std::vector<Hit>& hits) {
    std::size_t visited = 0;
    return session_.each(
        "SELECT title, people, more, kind, item, rowid FROM search WHERE search MATCH ?1 ORDER BY rowid",
        {std::string_view(match)}, [&](const Row& row) {
            const std::string_view kind = row.text(3);
            if (kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) {
                hits.push_back({core::library::relevance(query, row.text(0), row.text(1), row.text(2)), row.integer(4),
                                row.integer(5)});
            }
            return hits.size() < most && ++visited < kSearchVisits;
        });
}

Result<std::vector<Item>> ItemQueries::byNumbers(const std::vector<std::int64_t>& numbers) {
    static const std::string kSql =
        "SELECT " + std::string(kColumns) + std::string(kFrom) + "i.num=?2 AND i.status<>'missing'";
    std::vector<Item> items;
    for (const std::int64_t num : numbers) {
        auto found = session_.first(kSql, {std::string_view(user_), num}, itemOf);
        if (!found) {
            return core::unexpected<core::Error>(found.error());
        }
        if (*found) {
            items.push_back(std::move(**found));
        }
    }
    return items;
}

}  // namespace marea::server
