#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/media/mediainfo.h"
#include "server/apps/catalog/item.h"
#include "server/packaging/downloadplan.h"

namespace marea::server {

// Pure.

// What can be told before the file's index is known. Unprocessable, in words.
core::Result<void> checkDownload(const DownloadWish& wish, const core::MediaInfo& file);

// "Ana - Shore.mp3", "Tide (2020).mp4", "The Coast S01E02 Ebb.mp4": without what file systems do not take.
std::string downloadName(const Item& item, std::string_view extension);

// RFC 6266: as a file to be kept, under that name.
std::string contentDisposition(std::string_view name);

}  // namespace marea::server
