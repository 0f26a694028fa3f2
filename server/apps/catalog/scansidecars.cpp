// What lies beside media files: subtitles, texts and pictures.
#include "server/apps/catalog/rowvalues.h"
#include "server/apps/catalog/scanstore.h"

namespace marea::server {

using core::Result;
using core::db::Row;
using core::db::textOrNull;
using namespace rowvalues;

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

}  // namespace marea::server
