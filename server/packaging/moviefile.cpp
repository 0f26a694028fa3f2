#include "server/packaging/moviefile.h"

#include <algorithm>

#include "server/packaging/movieboxes.h"
#include "server/packaging/movietracks.h"
#include "server/packaging/mp4boxes.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;
using core::StreamKind;
using core::unexpected;

constexpr std::uint64_t kLargeFile = 0xF000'0000;  // from here on, places are told in 64 bits

std::string fileType(const Movie& movie) {
    const bool isSound = std::none_of(movie.tracks.begin(), movie.tracks.end(),
                                      [](const MovieTrack& track) { return track.kind == StreamKind::Video; });
    std::string out;
    BoxWriter box(out);
    box.begin("ftyp");
    box.bytes(isSound ? "M4A " : "isom");
    box.u32(0x200);
    box.bytes(isSound ? "M4A isomiso2mp42" : "isomiso2mp41mp42");
    box.end();
    return out;
}

// In order of when they are to be decoded, so that a player reads the file from front to back.
std::vector<MovieLayout::Piece> inOrder(const Movie& movie, const std::vector<LaidTrack>& tracks) {
    std::vector<std::pair<std::int64_t, MovieLayout::Piece>> found;
    for (std::size_t track = 0; track < movie.tracks.size(); ++track) {
        for (std::size_t chunk = 0; chunk < movie.tracks[track].chunks.size(); ++chunk) {
            const auto& samples = movie.tracks[track].chunks[chunk].samples;
            if (!samples.empty()) {
                const std::int64_t at = rescale(samples.front().at, kTicksPerSecond, tracks[track].init.scale);
                found.push_back({at, {track, chunk}});
            }
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<MovieLayout::Piece> pieces;
    for (const auto& [at, piece] : found) {
        pieces.push_back(piece);
    }
    return pieces;
}

// Where each chunk stands, the first at `from`. Returns where the last ends.
std::uint64_t place(const Movie& movie, const std::vector<MovieLayout::Piece>& pieces, std::vector<LaidTrack>& tracks,
                    std::uint64_t from) {
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        tracks[i].places.clear();
        if (i >= movie.tracks.size()) {  // texts, in front
            tracks[i].places.push_back(from);
            from += tracks[i].text.size();
        }
    }
    for (const MovieLayout::Piece& piece : pieces) {
        tracks[piece.track].places.push_back(from);
        from += movie.tracks[piece.track].chunks[piece.chunk].size;
    }
    return from;
}

std::string dataHeader(std::uint64_t size, bool large) {
    std::string out;
    BoxWriter box(out);
    box.u32(large ? 1 : static_cast<std::uint32_t>(size + 8));
    box.bytes("mdat");
    if (large) {
        box.u64(size + 16);
    }
    return out;
}

}  // namespace

Result<MovieLayout> layOut(const Movie& movie) {
    std::vector<LaidTrack> tracks;
    for (const MovieTrack& track : movie.tracks) {
        auto laid = layTrack(track);
        if (!laid) {
            return unexpected<core::Error>(laid.error());
        }
        // A segment without a sample is no chunk.
        std::erase(laid->inChunk, 0U);
        tracks.push_back(std::move(*laid));
    }
    for (const MovieText& text : movie.texts) {
        if (!text.cues.empty()) {
            tracks.push_back(layText(text));
        }
    }
    if (movie.tracks.empty()) {
        return core::fail(ErrorCode::Unprocessable, "There is nothing to put into the file.");
    }
    MovieLayout layout;
    layout.pieces = inOrder(movie, tracks);
    const std::uint64_t bytes = place(movie, layout.pieces, tracks, 0);
    const bool large = bytes > kLargeFile;
    const std::string type = fileType(movie), data = dataHeader(bytes, large);
    // Once for its size, which the places that stand in it do not change.
    const std::uint64_t front = type.size() + movieBox(movie, tracks, large).size() + data.size();
    layout.size = place(movie, layout.pieces, tracks, front);
    layout.head = type + movieBox(movie, tracks, large) + data;
    for (std::size_t i = movie.tracks.size(); i < tracks.size(); ++i) {
        layout.head += tracks[i].text;
    }
    return layout;
}

}  // namespace marea::server
