#include "server/apps/catalog/loudnessstore.h"

#include <algorithm>

#include "core/library/filekinds.h"
#include "core/library/mediainfojson.h"
#include "core/library/scanplan.h"
#include "core/library/text.h"
#include "server/apps/catalog/catalogimpl.h"
#include "server/apps/catalog/contenthex.h"
#include "server/apps/catalog/itemloudness.h"

namespace marea::server {

namespace {

using core::Error;
using core::Result;
using core::SoundFile;
using core::SoundMeasure;
using core::unexpected;
using core::db::Row;
using core::db::Session;

constexpr std::int64_t kPage = 500;
constexpr std::size_t kMostStreams = 8;

SoundFile soundFileOf(const Row& row) {
    const auto info = core::library::mediaInfoFromText(row.text(2)).value_or(core::MediaInfo());
    SoundFile file;
    file.num = row.integer(0);
    file.content = hexOf(row.blob(1));
    file.streams = info.encrypted ? std::vector<int>() : soundStreams(info);
    file.duration = info.duration;
    file.name = std::string(core::library::fileName(row.text(3)));
    return file;
}

SoundPlace placeOf(const Row& row) {
    core::library::FileStamp stamp;
    stamp.size = row.integer(1);
    stamp.mtimeNs = row.integer(2);
    stamp.inode = static_cast<std::uint64_t>(row.integer(3));
    return {row.string(0), fileTag(stamp)};
}

core::db::Value realOrNull(const std::optional<double>& value) {
    return value ? core::db::Value(*value) : core::db::Value(nullptr);
}

Result<void> keepOne(Session& session, std::span<const std::uint8_t> content, const SoundMeasure& measure, bool isMain,
                     core::TimeMs now) {
    const auto& result = measure.result;
    const auto blocks = result.blocks.bytes();
    return session.run(
        "INSERT OR REPLACE INTO sound_measures(fingerprint, stream, main, loudness, range, peak, stereo_peak, "
        "seconds, blocks, recording, problem, measured_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        {content, std::int64_t{measure.stream}, std::int64_t{isMain}, realOrNull(result.loudness),
         realOrNull(result.range), result.peak, result.stereoPeak, result.seconds,
         std::span<const std::uint8_t>(blocks), core::db::textOrNull(result.fingerprint),
         core::db::textOrNull(measure.problem), now});
}

}  // namespace

std::vector<int> soundStreams(const core::MediaInfo& file) {
    std::vector<int> streams;
    for (const core::StreamInfo& stream : file.streams) {
        if (stream.kind == core::StreamKind::Audio && stream.channels > 0) {
            streams.push_back(stream.index);
        }
    }
    const auto isDefault = [&](int index) {
        return std::any_of(file.streams.begin(), file.streams.end(),
                           [&](const core::StreamInfo& stream) { return stream.index == index && stream.isDefault; });
    };
    if (const auto main = std::find_if(streams.begin(), streams.end(), isDefault); main != streams.end()) {
        std::rotate(streams.begin(), main, main + 1);
    }
    streams.resize(std::min(streams.size(), kMostStreams));
    return streams;
}

LoudnessStore::LoudnessStore(core::db::Database& database, std::shared_ptr<const core::Clock> clock)
    : database_(database), clock_(std::move(clock)) {}

Result<std::vector<SoundFile>> LoudnessStore::unmeasured(std::int64_t after, std::int64_t limit) {
    return database_.readValue<std::vector<SoundFile>>([&](Session& session) {
        return session.all(
            "SELECT f.num, f.fingerprint, f.info, f.path FROM media_files f "
            "WHERE f.num>?1 AND f.state='ok' AND f.duration>0 AND f.item_id IS NOT NULL AND f.fingerprint IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM sound_measures m WHERE m.fingerprint=f.fingerprint AND m.main=1) "
            "ORDER BY f.num LIMIT ?2",
            {after, limit}, soundFileOf);
    });
}

Result<std::vector<SoundPlace>> LoudnessStore::places(const std::string& content) {
    const auto bytes = bytesOfHex(content);
    return database_.readValue<std::vector<SoundPlace>>([&](Session& session) {
        return session.all(
            "SELECT id, size, mtime_ns, inode FROM media_files WHERE fingerprint=?1 AND state='ok' ORDER BY num "
            "LIMIT 8",
            {std::span<const std::uint8_t>(bytes)}, placeOf);
    });
}

Result<void> LoudnessStore::keep(const std::string& content, const std::vector<SoundMeasure>& measures) {
    const auto bytes = bytesOfHex(content);
    const std::span<const std::uint8_t> fingerprint(bytes);
    const core::TimeMs now = clock_->now();
    return database_.write([&](Session& session) -> Result<void> {
        for (const SoundMeasure& measure : measures) {
            if (auto kept = keepOne(session, fingerprint, measure, &measure == &measures.front(), now); !kept) {
                return kept;
            }
        }
        auto items = session.all(
            "SELECT i.id, i.album_id FROM media_files f JOIN media_items i ON i.id=f.item_id WHERE f.fingerprint=?1",
            {fingerprint}, [](const Row& row) { return std::pair(row.string(0), row.string(1)); });
        if (!items) {
            return unexpected<Error>(items.error());
        }
        for (const auto& [item, album] : *items) {
            auto done = refreshItemLoudness(session, item);
            done = done && !album.empty() ? refreshAlbumLoudness(session, album) : done;
            if (!done) {
                return done;
            }
        }
        return {};
    });
}

Result<std::int64_t> LoudnessStore::refreshItems() {
    std::int64_t refreshed = 0, last = 0;
    for (std::size_t got = kPage; got == static_cast<std::size_t>(kPage);) {
        auto stale = database_.readValue<std::vector<StaleItem>>(
            [&](Session& session) { return staleItems(session, last, kPage); });
        if (!stale) {
            return unexpected<Error>(stale.error());
        }
        got = stale->size();
        auto done = stale->empty() ? Result<void>() : database_.write([&](Session& session) -> Result<void> {
            Result<void> each;
            for (std::size_t i = 0; each && i < stale->size(); ++i) {
                each = refreshItemLoudness(session, (*stale)[i].id);
            }
            return each;
        });
        if (!done) {
            return unexpected<Error>(done.error());
        }
        refreshed += static_cast<std::int64_t>(got);
        last = stale->empty() ? last : stale->back().num;
    }
    return refreshed;
}

Result<std::int64_t> LoudnessStore::refreshAlbums() {
    auto stale = database_.readValue<std::vector<core::Id>>([](Session& session) { return staleAlbums(session); });
    if (!stale) {
        return unexpected<Error>(stale.error());
    }
    for (const core::Id& album : *stale) {
        auto done = database_.write([&](Session& session) { return refreshAlbumLoudness(session, album); });
        if (!done) {
            return unexpected<Error>(done.error());
        }
    }
    return static_cast<std::int64_t>(stale->size());
}

Result<std::int64_t> LoudnessStore::refresh() {
    auto items = refreshItems();
    auto albums = items ? refreshAlbums() : items;
    return albums ? Result<std::int64_t>(*items + *albums) : albums;
}

Result<std::int64_t> LoudnessStore::sweep() {
    return database_.writeValue<std::int64_t>([](Session& session) -> Result<std::int64_t> {
        auto done = session.run(
            "DELETE FROM sound_measures WHERE NOT EXISTS (SELECT 1 FROM media_files f WHERE "
            "f.fingerprint=sound_measures.fingerprint)");
        return done ? Result<std::int64_t>(session.changes()) : unexpected<Error>(done.error());
    });
}

}  // namespace marea::server
