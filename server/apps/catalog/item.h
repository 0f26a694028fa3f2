#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/io/filehandle.h"
#include "core/media/mediainfo.h"
#include "core/media/rungmeasure.h"

namespace marea::server {

// Where the asking user stands with an item; defaults when the user never touched it.
struct UserState {
    std::optional<int> rating;  // 1–10
    bool favourite = false, watched = false;
    double position = 0;  // seconds
    std::optional<core::TimeMs> lastPlayedAt;
    std::int64_t playCount = 0;
};

// How loud an item is, in LUFS, LU and amplitudes (1 is full scale); nullopt: unknown, or silence.
struct ItemLoudness {
    std::string source, albumSource;  // "measured", "tags", empty
    std::optional<double> loudness, range, peak;
    std::optional<double> albumLoudness, albumPeak;  // of the album that a track is of
};

// A row of a list: one film, series, season, episode, video, artist, album, track or audiobook. Empty strings, zero
// and nullopt mean "does not fit the kind" or "unknown".
struct Item {
    core::Id id, libraryId;
    std::string kind;  // "movie", "series", "season", "episode", "video", "artist", "album", "track", "audiobook"
    std::string title, sortTitle;
    double duration = 0;  // seconds
    core::TimeMs addedAt = 0;
    std::string status = "ok";  // "ok", "broken", "missing"
    std::string problem;        // in words, when broken
    std::optional<int> year;
    std::vector<std::string> genres;
    std::string overview;
    std::string series, artist, albumArtist, album;
    core::Id seriesId, seasonId, artistId, albumId;
    std::optional<int> season, episode, disc, track;
    std::int64_t childCount = 0;  // tracks of an album, albums of an artist, episodes of a season, seasons of a series
    int width = 0, height = 0;
    core::HdrKind hdr = core::HdrKind::None;
    std::string artworkVersion;  // 8 hexadecimal digits, empty without a picture
    ItemLoudness loudness;
    UserState user;
    std::string contentRating;    // as the files have it: "FSK 12"
    std::int64_t popularity = 0;  // everybody's plays, brought up to date now and then
    std::string orderKey;         // of a list by artist or album: where it stands, compared as bytes
};

// What was measured of one of a file's sounds: LUFS, and true peaks as amplitudes, also of the mix for two
// loudspeakers. No loudness: silence.
struct FileSound {
    int stream = 0;
    std::optional<double> loudness;
    double peak = 0, stereoPeak = 0;
};

// One file of an item. `part` counts from 1 when a film is split over several files; `version` names an alternative
// ("2160p", "Director's Cut").
struct ItemFile {
    core::Id id;
    std::string name;       // without folders
    std::string mimeType;   // by container and streams: "video/mp4", "audio/flac"
    std::string extension;  // lower case, without the dot
    std::int64_t size = 0;  // bytes
    core::TimeMs modified = 0;
    std::string status;   // "ok", "broken", "quarantined", "missing"
    std::string problem;  // in words
    int part = 0;
    std::string version;
    core::MediaInfo info;                  // as probed; empty when broken
    std::string recording;                 // Chromaprint's fingerprint of its sound; empty: none yet
    std::vector<FileSound> sounds;         // measured so far
    std::vector<core::RungMeasure> rungs;  // what was measured of its picture
};

enum class SidecarKind { Subtitle, Lyrics, Image, Nfo };

struct Sidecar {
    core::Id id;
    SidecarKind kind = SidecarKind::Subtitle;
    std::string language;  // BCP 47, empty when the name says nothing
    bool forced = false, hearingImpaired = false, isDefault = false;
    std::string format;  // "srt", "ass", "vtt", "sup", "idx", "lrc", "txt", "jpg", "png", "webp", "nfo"
    std::string name;    // the file's name
    // Of each track, in the file's order; empty where it says nothing. One, but of VobSub files ("idx").
    std::vector<std::string> languages = {};
};

// A video beside a film or a series that is told of it, and no title of its own.
struct Trailer {
    core::Id file;
    std::string title, mimeType;
    double duration = 0;  // seconds
};

struct ItemDetail : Item {
    std::vector<ItemFile> files;  // best first: playable ones, parts in order, then larger pictures first
    std::vector<core::Chapter> chapters;
    std::vector<Sidecar> sidecars;
    std::vector<Trailer> trailers;
};

// An opened file of the catalogue, ready for Response::file.
struct OpenedFile {
    core::FileHandle file;
    core::FileStatus status;
    std::string name;      // without folders
    std::string mimeType;  // "video/x-matroska", "text/vtt"
    std::string etag;      // strong, in quotes; changes when the file does
    core::Id itemId;       // the item that the file belongs to
};

// A file with a picture of a film, an episode or a video, for what the server does with them by itself.
struct FilmFile {
    std::int64_t num = 0;  // ascending: where a list goes on
    core::Id id;
    std::string name;       // without folders
    std::string etag;       // as OpenedFile's
    core::MediaInfo info;   // as probed
    bool playable = false;  // there, and not broken
    std::int64_t size = 0;  // bytes
};

const char* name(SidecarKind kind);

}  // namespace marea::server
