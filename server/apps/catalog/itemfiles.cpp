// The files of an item: what is read of them beside the lists.
#include <algorithm>

#include "core/library/filekinds.h"
#include "core/library/mediainfojson.h"
#include "core/library/text.h"
#include "server/apps/catalog/itemcolumns.h"
#include "server/apps/catalog/itemqueries.h"
#include "server/apps/catalog/rungstore.h"
#include "server/apps/catalog/scanrows.h"
#include "server/apps/catalog/sidecarlanguages.h"

namespace marea::server {

using core::Result;
using core::db::Row;

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

Result<std::vector<std::string>> ItemQueries::people(const core::Id& item) {
    auto found = session_.first("SELECT people FROM media_items WHERE id=?1", {std::string_view(item)},
                                [](const Row& row) { return splitLines(row.text(0)); });
    return found.map([](auto& lines) { return lines.value_or(std::vector<std::string>()); });
}

Result<std::vector<core::library::Credit>> ItemQueries::credits(const Item& item) {
    const bool album = item.kind == "album";
    if (!album && item.kind != "track" && item.kind != "audiobook") {
        return std::vector<core::library::Credit>();
    }
    auto tags = session_.all(
        std::string(
            "SELECT f.info FROM media_items i JOIN media_files f ON f.item_id=i.id AND f.state<>'missing' WHERE ") +
            (album ? "i.album_id=?1" : "i.id=?1") + " ORDER BY i.disc, i.track, i.num, f.part LIMIT 500",
        {std::string_view(item.id)},
        [](const Row& row) { return core::library::mediaInfoFromText(row.text(0)).value_or(core::MediaInfo()).tags; });
    return tags.map([](const auto& all) { return core::library::creditsOf(all); });
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

}  // namespace marea::server
