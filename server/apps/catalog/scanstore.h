#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/db/database.h"
#include "core/library/scanplan.h"

namespace marea::server {

// A row of media_items, as the files say it: without what owners say in their place. Equal rows need no write.
struct ItemRow {
    std::int64_t num = 0;
    core::Id id, libraryId;
    std::string kind, identity, title, sortTitle;
    std::string status = "ok", problem;
    core::TimeMs addedAt = 0;
    double duration = 0;
    int year = 0;
    std::string seriesId, seasonId, artistId, albumId;
    std::optional<std::int64_t> season, episode, disc, track;
    std::string series, artist, albumArtist, album, genres, overview, people, folder;
    int width = 0, height = 0, hdr = 0;
    std::int64_t childCount = 0, popularity = 0;
    std::string artworkKind, artworkSource, artworkVersion;
    std::int64_t searchRow = 0;
    // As found; what children may see follows from it, for groups and for episodes by GroupAges.
    std::string contentRating;
    bool operator==(const ItemRow&) const = default;
};

// A row of media_files.
struct FileRow {
    std::int64_t num = 0;
    core::Id id, libraryId, itemId;
    std::int64_t folder = 0;
    std::string path;
    core::library::FileStamp stamp;
    core::db::Blob fingerprint;
    std::string state = "ok", problem;
    std::optional<std::int64_t> missingSince;
    int part = 0;
    std::string version;
    double duration = 0;
    int width = 0, height = 0, hdr = 0;
    bool hasCover = false;
    std::string info;
    bool operator==(const FileRow& other) const;
};

struct SidecarRow {
    std::int64_t num = 0;
    core::Id id, fileId;
    std::string name, kind, language;
    bool forced = false, hearingImpaired = false, isDefault = false;
    std::string format;
    int rank = 0;
    std::int64_t size = 0, mtimeNs = 0;
    std::string data;
    bool operator==(const SidecarRow& other) const;
};

// The SQL of scanning, for use inside one transaction. Rows are saved with their children tables (genres, search).
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
    // Brings the popularity of an item, and of what it is part of, up to date with its plays.
    core::Result<void> countPlays(const core::Id& item);
    // What those above change in the search, collected until here: has to be called before the transaction ends.
    core::Result<void> saveSearch();

private:
    struct SearchText {
        std::string title, people, more, kind;
        std::int64_t item = 0;
    };
    struct SearchChange {
        bool inTable = false;            // there is an old row to be removed
        std::optional<SearchText> text;  // of the new row
    };
    core::Result<std::vector<ItemRow>> items(std::string_view sql, core::db::Session::Values values);
    core::Result<std::vector<FileRow>> files(std::string_view sql, core::db::Session::Values values);
    core::Result<void> updateEdited(const core::json::object& edited, ItemRow& item);
    core::Result<void> writeItem(const ItemRow& item, bool genres);
    core::Result<void> saveGenres(const ItemRow& item);
    void index(ItemRow& item);  // sets searchRow
    void unindex(const ItemRow& item);
    core::Result<std::int64_t> nextNumber();
    core::Result<void> setPopularity(const core::Id& item, std::string_view sql);

    core::db::Session& session_;
    std::int64_t nextNumber_ = 0;
    std::map<std::int64_t, SearchChange> searchRows_;  // by rowid
};

// Where an item stands in `search`: the most wanted first. Kinds that stand for many others come before them, and
// what was played more often climbs.
std::int64_t searchRowid(const std::string& kind, std::int64_t popularity, std::int64_t num);

std::vector<std::string> splitLines(std::string_view text);

}  // namespace marea::server
