#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/library/nfo.h"
#include "core/library/scanplan.h"
#include "core/media/mediainfo.h"
#include "server/apps/catalog/scanstore.h"
#include "server/apps/catalog/walker.h"

namespace marea::server {

// A media file as a scan leaves it.
struct UnitFile {
    std::string name;
    core::library::FileStamp stamp;
    std::optional<FileRow> row;   // known before, here or elsewhere (moved)
    bool contentChanged = false;  // the row's content is another one now
    core::db::Blob fingerprint;
    std::string state = "ok", problem;
    std::optional<core::MediaInfo> info;  // as probed now; nullopt: the row's text holds, or it could not be read
};

// A folder and everything that is now known about it: what one step of a scan writes, whole or not at all.
struct ScanUnit {
    core::Id libraryId;
    std::string path;
    core::library::FolderSignature signature{};
    bool vanished = false;  // the folder is no longer there
    std::vector<UnitFile> files;
    std::vector<WalkedFile> others;                  // possible sidecars
    std::map<std::string, core::library::Nfo> nfos;  // by file name
    std::map<std::string, std::string> languages;    // of VobSub indexes: SidecarRow::data
    std::vector<FileRow> gone;                       // rows of files that are no longer here
};

// Writes the units in one transaction: folders, sidecars, files, items and the groups they belong to (albums, artists,
// series, seasons). Ids survive: of files and items whatever their new place, of groups when all of their members
// changed their names together. A unit whose files were claimed elsewhere in the meantime is no error.
core::Result<void> applyUnits(core::db::Session& session, std::vector<ScanUnit>& units, core::TimeMs now);

}  // namespace marea::server
