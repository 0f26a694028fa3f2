#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/db/database.h"
#include "core/library/scanplan.h"
#include "server/apps/catalog/scanrows.h"
#include "server/apps/catalog/searchrows.h"

namespace marea::server {

struct MetadataOverlay;

// The SQL of scanning, for use inside one transaction: folders and files in scanstore.cpp, what lies beside them in
// scansidecars.cpp, items in scanitems.cpp. Rows are saved with their children tables (genres, search).
class ScanStore {
public:
    explicit ScanStore(core::db::Session& session) : session_(session) {}

    core::Result<std::optional<std::int64_t>> folderNumber(const core::Id& library, const std::string& path);
    core::Result<std::int64_t> saveFolder(const core::Id& library, const std::string& path,
                                          const core::library::FolderSignature* signature);
    core::Result<void> removeFolder(std::int64_t folder);

    core::Result<std::vector<FileRow>> filesOfFolder(std::int64_t folder);
    core::Result<std::vector<FileRow>> filesOfItem(const core::Id& item);  // present ones, parts and paths in order
    core::Result<std::vector<FileRow>> filesByFingerprint(std::span<const std::uint8_t> fingerprint);
    core::Result<void> insertFile(const FileRow& file);
    core::Result<void> updateFile(const FileRow& file);
    // Unless it has been found at another place since `file` was read.
    core::Result<void> markMissing(const FileRow& file, core::TimeMs now);
    core::Result<void> removeFile(std::int64_t num);
    core::Result<bool> hasFiles(const core::Id& item);  // present ones

    core::Result<std::vector<SidecarRow>> sidecarsOfFolder(std::int64_t folder);
    core::Result<std::vector<SidecarRow>> sidecarsAt(const core::Id& library, const std::string& path);
    core::Result<void> saveSidecar(const core::Id& library, std::int64_t folder, const SidecarRow& sidecar);
    core::Result<void> removeSidecar(std::int64_t num);

    core::Result<std::optional<ItemRow>> item(const core::Id& id);
    core::Result<std::vector<ItemRow>> itemsByIdentity(const std::string& identity, const std::string& kind);
    core::Result<std::vector<ItemRow>> children(const char* parentColumn, const core::Id& parent, const char* kind);
    core::Result<std::vector<ItemRow>> seriesAt(const core::Id& library, const std::string& folder);
    core::Result<void> insertItem(ItemRow& item);                         // sets num and searchRow
    core::Result<void> updateItem(const ItemRow& before, ItemRow& item);  // nothing when they are equal
    core::Result<void> removeItem(const ItemRow& item);
    // What is shown in place of what the files say (metadatafields.h), in place of all that was said before.
    core::Result<void> saveEdits(ItemRow& item, const core::json::object& edited, core::TimeMs now);
    // What was looked up of it, in place of all that was before.
    core::Result<void> saveProvided(ItemRow& item, const core::json::object& provided);
    // Brings the popularity of an item, and of what it is part of, up to date with its plays.
    core::Result<void> countPlays(const core::Id& item);
    // What those above change in the search, collected until here: has to be called before the transaction ends.
    core::Result<void> saveSearch() { return search_.save(session_); }

private:
    core::Result<std::vector<ItemRow>> items(std::string_view sql, core::db::Session::Values values);
    core::Result<std::vector<FileRow>> files(std::string_view sql, core::db::Session::Values values);
    core::Result<std::optional<MetadataOverlay>> overlay(const ItemRow& item);
    core::Result<void> updateOverlay(const MetadataOverlay& overlay, ItemRow& item);
    core::Result<void> saveOverlay(ItemRow& item, const MetadataOverlay& overlay, core::TimeMs editedAt);
    core::Result<void> writeItem(const ItemRow& item, bool genres);
    core::Result<void> saveGenres(const ItemRow& item);
    core::Result<std::int64_t> nextNumber();
    core::Result<void> setPopularity(const core::Id& item, std::string_view sql);

    core::db::Session& session_;
    std::int64_t nextNumber_ = 0;
    SearchRows search_;
};

}  // namespace marea::server
