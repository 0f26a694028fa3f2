#pragma once

#include <string_view>

#include "core/media/mediainfo.h"

namespace marea::core::library {

enum class FileKind { Video, Audio, Other };

FileKind fileKind(std::string_view fileName);  // by its extension

// Folders and files that no scan looks at: hidden ones, thumbnails and bins of file managers and NAS systems.
bool ignoredName(std::string_view name);

// A folder of a film's or series' extras ("Trailers", "Featurettes"), or a file named as one ("Heat-trailer.mkv").
// They are not catalogued.
bool isExtrasFolder(std::string_view name);
bool isExtraFile(std::string_view stem);

bool hasVideo(const MediaInfo& info);  // moving pictures, not a cover
bool hasAudio(const MediaInfo& info);

// The MIME type to serve a file as, by what was found in it, or by its name when nothing was.
std::string_view mimeType(const MediaInfo& info, std::string_view fileName);

}  // namespace marea::core::library
