#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/farm/downloadfiles.h"
#include "server/packaging/moviefile.h"

namespace marea::server {

// How a whole file is given out, piece by piece, until nullopt.
struct DownloadPieces {
    std::function<core::Result<std::optional<DownloadFiles::Piece>>()> next;
    std::int64_t size = 0;  // of it all
};

// A film whose segments lie in parts of those names, one for each chunk of each track.
struct PartedMovie {
    Movie movie;
    std::vector<std::vector<std::string>> parts;
};

core::Result<DownloadPieces> mp4Pieces(PartedMovie film);
// `read` gives a part's bytes.
using ReadPart = std::function<core::Result<std::string>(const std::string& part)>;
core::Result<DownloadPieces> webmPieces(PartedMovie film, ReadPart read);

}  // namespace marea::server
