#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/media/mediainfo.h"
#include "server/packaging/segment.h"

namespace marea::server {

// What a file to be kept is made of. Pure.

enum class DownloadFormat { Original, Mp4, M4a, Mp3, Opus, Flac, Webm };
const char* name(DownloadFormat format);         // "mp4"
const char* extensionOf(DownloadFormat format);  // "mp4"; "" for the file as it is
bool isMusic(DownloadFormat format);             // one sound, and no picture
bool isFilm(DownloadFormat format);              // a picture, sounds and texts
// The codec of files that are made of frames alone (server/audio/musicfile.h); "" for others.
const char* musicCodecOf(DownloadFormat format);
const char* mimeTypeOf(DownloadFormat format, bool withPicture);

struct DownloadWish {
    DownloadFormat format = DownloadFormat::Original;
    int height = 0;                      // of pictures, at most; 0: as they are
    int kbit = 0;                        // of music; 0: the usual
    std::vector<std::string> audio;      // languages (BCP 47); none: the sound that plays by itself
    std::vector<std::string> subtitles;  // languages; none: no subtitles
    std::string text() const;            // of all that decides the bytes
};

// "1080p", "192" (kbit/s) and "original" are qualities. Invalid in words.
core::Result<DownloadWish> downloadWish(std::string_view quality, std::string_view format,
                                        std::vector<std::string> audio, std::vector<std::string> subtitles);

// A text track: a stream of the file, or a file beside it.
struct DownloadText {
    int stream = -1;         // -1: it is of a file beside
    std::size_t beside = 0;  // which
    std::string language, title;
    bool isForced = false, isDefault = false;
};
struct DownloadPlan {
    std::vector<TrackSpec> tracks;
    std::vector<DownloadText> texts;
};
// Subtitle files beside the media file, as far as they matter here.
struct DownloadSidecar {
    std::string language;
    bool forced = false, isDefault = false;
};

// Unprocessable, in words: nothing of the kind can be made of this file.
core::Result<DownloadPlan> planDownload(const DownloadWish& wish, const core::MediaInfo& file, const MediaIndex& index,
                                        const std::vector<DownloadSidecar>& beside);

}  // namespace marea::server
