#include "server/farm/downloadpieces.h"

#include <memory>
#include <utility>

#include "server/packaging/webmfile.h"

namespace marea::server {

namespace {

using core::Result;
using core::unexpected;
using Piece = std::optional<DownloadFiles::Piece>;

struct Mp4State {
    PartedMovie film;
    MovieLayout layout;
    std::size_t at = 0;

    Piece next() {
        DownloadFiles::Piece piece;
        piece.bytes = std::exchange(layout.head, {});
        if (at == layout.pieces.size()) {
            return piece.bytes.empty() ? std::nullopt : Piece(std::move(piece));
        }
        const MovieLayout::Piece& from = layout.pieces[at++];
        const MovieChunk& chunk = film.movie.tracks[from.track].chunks[from.chunk];
        piece.part = film.parts[from.track][from.chunk];
        piece.offset = chunk.offset;
        piece.size = chunk.size;
        return piece;
    }
};

// Clusters have frames of all tracks; of each track the part that is being read is kept.
struct WebmState {
    struct Read {
        std::string name, bytes;
    };
    PartedMovie film;
    WebmLayout layout;
    ReadPart read;
    std::vector<Read> last;
    std::size_t at = 0;

    Result<std::string_view> bytesOf(std::size_t track, std::size_t chunk) {
        Read& kept = last[track];
        const std::string& name = film.parts[track][chunk];
        if (kept.name != name) {
            auto bytes = read(name);
            if (!bytes) {
                return unexpected<core::Error>(bytes.error());
            }
            kept = {name, std::move(*bytes)};
        }
        return std::string_view(kept.bytes);
    }

    Result<Piece> next() {
        DownloadFiles::Piece piece;
        piece.bytes = std::exchange(layout.head, {});
        if (!piece.bytes.empty()) {
            return Piece(std::move(piece));
        }
        if (at == layout.clusters.size()) {
            return Piece();
        }
        auto bytes = clusterBytes(film.movie, layout.clusters[at++],
                                  [this](std::size_t track, std::size_t chunk) { return bytesOf(track, chunk); });
        if (!bytes) {
            return unexpected<core::Error>(bytes.error());
        }
        piece.bytes = std::move(*bytes);
        return Piece(std::move(piece));
    }
};

}  // namespace

Result<DownloadPieces> mp4Pieces(PartedMovie film) {
    auto layout = layOut(film.movie);
    if (!layout) {
        return unexpected<core::Error>(layout.error());
    }
    const auto size = static_cast<std::int64_t>(layout->size);
    auto state = std::make_shared<Mp4State>(Mp4State{std::move(film), std::move(*layout)});
    return DownloadPieces{[state] { return Result<Piece>(state->next()); }, size};
}

Result<DownloadPieces> webmPieces(PartedMovie film, ReadPart read) {
    auto layout = layOutWebm(film.movie);
    if (!layout) {
        return unexpected<core::Error>(layout.error());
    }
    const auto size = static_cast<std::int64_t>(layout->size);
    const std::size_t tracks = film.movie.tracks.size();
    auto state = std::make_shared<WebmState>(
        WebmState{std::move(film), std::move(*layout), std::move(read), std::vector<WebmState::Read>(tracks)});
    return DownloadPieces{[state] { return state->next(); }, size};
}

}  // namespace marea::server
