#include "server/apps/catalog/itemloudness.h"

#include <algorithm>
#include <optional>
#include <string>

#include "core/library/mediainfojson.h"
#include "core/media/loudness.h"

namespace marea::server {

namespace {

using core::Error;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;

constexpr double kReference = -18;  // LUFS, of ReplayGain 2.0

// The file that plays, as ItemQueries::files() has it first.
const std::string kBestFile =
    "(SELECT b.num FROM media_files b WHERE b.item_id=i.id AND b.state='ok' "
    "ORDER BY b.part, b.width*b.height DESC, b.size DESC, b.path LIMIT 1)";
const std::string kItems = " FROM media_items i JOIN media_files f ON f.num=" + kBestFile +
                           " LEFT JOIN sound_measures m ON m.fingerprint=f.fingerprint AND m.main=1 ";
const std::string kItemBasis = "hex(f.fingerprint)||':'||coalesce(m.measured_at, 0)";

const std::string kMembers =
    " FROM media_items t JOIN media_files f ON f.item_id=t.id AND f.state='ok' "
    "LEFT JOIN sound_measures m ON m.fingerprint=f.fingerprint AND m.main=1 WHERE t.kind='track' AND ";
const std::string kAlbumBasis =
    "count(*)||':'||sum(f.num)||':'||CASE WHEN count(*)=count(m.measured_at) THEN max(m.measured_at) ELSE 0 END";

struct Told {
    const char* source = nullptr;
    std::optional<double> loudness, range, peak;
    std::string basis;
};

std::optional<double> realOf(const Row& row, int column) {
    return row.isNull(column) ? std::nullopt : std::optional(row.real(column));
}

core::Tags tagsOf(const Row& row, int column) {
    return core::library::mediaInfoFromText(row.text(column)).value_or(core::MediaInfo()).tags;
}

core::db::Value valueOf(const std::optional<double>& value) {
    return value ? core::db::Value(*value) : core::db::Value(nullptr);
}

Result<void> save(Session& session, const core::Id& item, const Told& told) {
    const core::db::Value source = told.source ? core::db::Value(std::string_view(told.source)) : nullptr;
    return session.run(
        "INSERT OR REPLACE INTO item_loudness(item_id, source, loudness, range, peak, basis) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        {std::string_view(item), source, valueOf(told.loudness), valueOf(told.range), valueOf(told.peak),
         std::string_view(told.basis)});
}

// Columns: basis, measured_at, loudness, range, peak, info.
Told toldOf(const Row& row) {
    Told told;
    told.basis = row.string(0);
    if (!row.isNull(1)) {
        told.loudness = realOf(row, 2);
        told.range = realOf(row, 3);
        told.peak = realOf(row, 4);
        told.source = told.loudness ? "measured" : nullptr;
    } else if (const core::Tags tags = tagsOf(row, 5); tags.replayGainTrack) {
        told.source = "tags";
        told.loudness = kReference - *tags.replayGainTrack;
        told.peak = tags.replayGainTrackPeak;
    }
    return told;
}

struct Members {
    std::string basis;
    bool allMeasured = false;
};

Result<std::optional<Members>> membersOf(Session& session, const core::Id& album) {
    static const std::string kSql =
        "SELECT count(*), count(m.measured_at), " + kAlbumBasis + kMembers + "t.album_id=?1";
    auto found = session.first(kSql, {std::string_view(album)}, [](const Row& row) {
        const bool any = row.integer(0) > 0;
        return any ? std::optional(Members{row.string(2), row.integer(0) == row.integer(1)}) : std::nullopt;
    });
    if (!found) {
        return unexpected<Error>(found.error());
    }
    return *found ? **found : std::nullopt;
}

Result<void> addMeasured(Session& session, const core::Id& album, Told& told) {
    static const std::string kSql = "SELECT m.blocks, m.peak" + kMembers + "t.album_id=?1";
    core::GatingBlocks blocks;
    double peak = 0;
    auto done = session.each(kSql, {std::string_view(album)}, [&](const Row& row) {
        blocks.add(core::GatingBlocks::fromBytes(row.blob(0)).value_or(core::GatingBlocks()));
        peak = std::max(peak, row.real(1));
        return true;
    });
    told.loudness = blocks.loudness();
    told.source = told.loudness ? "measured" : nullptr;
    told.peak = peak;
    return done;
}

Result<void> addTagged(Session& session, const core::Id& album, Told& told) {
    static const std::string kSql = "SELECT f.info" + kMembers + "t.album_id=?1 ORDER BY f.num";
    return session.each(kSql, {std::string_view(album)}, [&](const Row& row) {
        const core::Tags tags = tagsOf(row, 0);
        if (tags.replayGainAlbum) {
            told.source = "tags";
            told.loudness = kReference - *tags.replayGainAlbum;
            told.peak = tags.replayGainAlbumPeak;
        }
        return !tags.replayGainAlbum;
    });
}

}  // namespace

Result<std::vector<StaleItem>> staleItems(Session& session, std::int64_t after, std::int64_t limit) {
    static const std::string kSql =
        "SELECT i.num, i.id" + kItems +
        "LEFT JOIN item_loudness l ON l.item_id=i.id WHERE i.num>?1 AND i.kind IN ('track', 'audiobook', 'movie', "
        "'episode', 'video') AND l.basis IS NOT " +
        kItemBasis + " ORDER BY i.num LIMIT ?2";
    return session.all(kSql, {after, limit}, [](const Row& row) { return StaleItem{row.integer(0), row.string(1)}; });
}

Result<std::vector<core::Id>> staleAlbums(Session& session) {
    static const std::string kSql = "SELECT s.album FROM (SELECT t.album_id AS album, " + kAlbumBasis + " AS basis" +
                                    kMembers +
                                    "t.album_id IS NOT NULL GROUP BY t.album_id) s LEFT JOIN item_loudness l ON "
                                    "l.item_id=s.album WHERE l.basis IS NOT s.basis";
    return session.all(kSql, {}, [](const Row& row) { return core::Id(row.string(0)); });
}

Result<void> refreshItemLoudness(Session& session, const core::Id& item) {
    static const std::string kSql =
        "SELECT " + kItemBasis + ", m.measured_at, m.loudness, m.range, m.peak, f.info" + kItems + "WHERE i.id=?1";
    auto told = session.first(kSql, {std::string_view(item)}, toldOf);
    if (!told) {
        return unexpected<Error>(told.error());
    }
    return *told ? save(session, item, **told) : Result<void>();
}

Result<void> refreshAlbumLoudness(Session& session, const core::Id& album) {
    auto members = membersOf(session, album);
    if (!members || !*members) {
        return members ? Result<void>() : unexpected<Error>(members.error());
    }
    Told told;
    told.basis = (*members)->basis;
    auto done = (*members)->allMeasured ? addMeasured(session, album, told) : addTagged(session, album, told);
    return done ? save(session, album, told) : done;
}

}  // namespace marea::server
