#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
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

// Lines of a text of many, without empty ones.
std::vector<std::string> splitLines(std::string_view text);

}  // namespace marea::server
