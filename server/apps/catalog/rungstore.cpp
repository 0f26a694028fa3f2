#include "server/apps/catalog/rungstore.h"

#include "core/base/jsonfields.h"
#include "core/library/mediainfojson.h"
#include "core/library/text.h"
#include "server/apps/catalog/contenthex.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::PictureFile;
using core::Result;
using core::RungMeasure;
using core::unexpected;
using core::db::Row;
using core::db::Session;

PictureFile pictureFileOf(const Row& row) {
    PictureFile file;
    file.num = row.integer(0);
    file.content = hexOf(row.blob(1));
    file.info = core::library::mediaInfoFromText(row.text(2)).value_or(core::MediaInfo());
    file.name = std::string(core::library::fileName(row.text(3)));
    return file;
}

}  // namespace

RungStore::RungStore(core::db::Database& database, std::shared_ptr<const core::Clock> clock)
    : database_(database), clock_(std::move(clock)) {}

Result<std::vector<PictureFile>> RungStore::unmeasured(std::int64_t after, std::int64_t limit) {
    return database_.readValue<std::vector<PictureFile>>([&](Session& session) {
        return session.all(
            "SELECT f.num, f.fingerprint, f.info, f.path FROM media_files f "
            "WHERE f.num>?1 AND f.state='ok' AND f.duration>0 AND f.item_id IS NOT NULL AND f.fingerprint IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM picture_measures m WHERE m.fingerprint=f.fingerprint) "
            "ORDER BY f.num LIMIT ?2",
            {after, limit}, pictureFileOf);
    });
}

Result<core::MediaInfo> RungStore::info(const std::string& content) {
    const auto bytes = bytesOfHex(content);
    return database_.readValue<core::MediaInfo>([&](Session& session) -> Result<core::MediaInfo> {
        auto found =
            session.first("SELECT info FROM media_files WHERE fingerprint=?1 AND state='ok' ORDER BY num LIMIT 1",
                          {std::span<const std::uint8_t>(bytes)}, [](const Row& row) { return row.string(0); });
        if (!found) {
            return unexpected<Error>(found.error());
        }
        const auto info = *found ? core::library::mediaInfoFromText(**found) : std::nullopt;
        return info ? Result<core::MediaInfo>(*info) : core::fail(core::ErrorCode::NotFound, "The file is gone.");
    });
}

Result<void> RungStore::keep(const std::string& content, const std::vector<RungMeasure>& rungs,
                             const std::string& problem) {
    const auto bytes = bytesOfHex(content);
    const std::string text = toText(rungs);
    return database_.write([&](Session& session) {
        return session.run(
            "INSERT OR REPLACE INTO picture_measures(fingerprint, rungs, problem, measured_at) VALUES(?1, ?2, ?3, ?4)",
            {std::span<const std::uint8_t>(bytes), std::string_view(text), core::db::textOrNull(problem),
             clock_->now()});
    });
}

Result<std::int64_t> RungStore::sweep() {
    return database_.writeValue<std::int64_t>([](Session& session) -> Result<std::int64_t> {
        auto done = session.run(
            "DELETE FROM picture_measures WHERE NOT EXISTS (SELECT 1 FROM media_files f WHERE "
            "f.fingerprint=picture_measures.fingerprint)");
        return done ? Result<std::int64_t>(session.changes()) : unexpected<Error>(done.error());
    });
}

std::string toText(const std::vector<RungMeasure>& rungs) {
    json::array list;
    for (const RungMeasure& rung : rungs) {
        list.push_back(json::object{{"height", rung.height}, {"bitrate", rung.bitrate}, {"quality", rung.quality}});
    }
    return json::serialize(list);
}

std::vector<RungMeasure> rungsFromText(std::string_view text) {
    constexpr std::size_t most = 16;
    const auto value = core::parseJson(text);
    const json::array none, &list = value && value->is_array() ? value->get_array() : none;
    std::vector<RungMeasure> rungs;
    for (const json::value& one : list) {
        core::JsonFields fields(one, "");
        RungMeasure rung;
        rung.height = static_cast<int>(fields.integer("height", 1, 10'000).value_or(0));
        rung.bitrate = fields.integer("bitrate", 0, 1'000'000'000).value_or(-1);
        rung.quality = fields.number("quality", -1, 1).value_or(-2);
        if (rungs.size() < most && rung.height > 0 && rung.bitrate >= 0 && rung.quality >= -1) {
            rungs.push_back(rung);
        }
    }
    return rungs;
}

}  // namespace marea::server
