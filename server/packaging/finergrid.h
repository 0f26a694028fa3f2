#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

// Whoever begins in the middle of an encoded picture waits for the segment there. So they get a grid that is finer in
// that place: the segment and the next one in pieces of a second, which are made quickly, all others as they always
// are. A piece is a segment of its own, the same bytes for everybody who begins in that segment.

struct GridPiece {
    static constexpr int kWhole = -1;

    Cut cut;
    int number = 0;     // of the segment in the rendition's own grid
    int part = kWhole;  // which piece of it
    bool operator==(const GridPiece&) const = default;
};

// `from`: the first segment that comes in pieces; none: all whole. Pieces end on whole units; the last takes a short
// rest.
std::vector<GridPiece> finerGrid(const std::vector<Cut>& grid, Rational unitsPerSecond, std::optional<int> from);
std::vector<Cut> cutsOf(const std::vector<GridPiece>& pieces);

// The segment that should come in pieces for a start at `at`; none where that helps nobody: segments are short there,
// or the picture is not encoded.
std::optional<int> finerFrom(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file, const MediaIndex& index,
                             Ticks at);

// A rendition in a URL: its name, and behind '@' where its grid is finer: "v0-h264-1080@12".
struct FinerRendition {
    std::string name;  // without that
    std::vector<TrackSpec> tracks;
    std::optional<int> from;
};
std::string finerName(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file, std::optional<int> from);
// Strict: NotFound for whatever finerName does not give back letter by letter.
core::Result<FinerRendition> parseFinerRendition(std::string_view text, const core::MediaInfo& file);

// Its grid as segmentGrid has it, in pieces where it is finer.
std::vector<GridPiece> piecesOf(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file,
                                const MediaIndex& index, std::optional<int> from);

}  // namespace marea::server
