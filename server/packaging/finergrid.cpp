#include "server/packaging/finergrid.h"

#include <algorithm>
#include <charconv>

#include "server/packaging/rendition.h"

namespace marea::server {

namespace {

constexpr Ticks pieceLength = kTicksPerSecond;
constexpr Ticks shortestPiece = pieceLength * 3 / 4;
constexpr int segmentsInPieces = 2;  // while those are watched, longer ones are made
constexpr std::size_t longestNumber = 6;

const VideoEncoding* encodedPicture(const std::vector<TrackSpec>& tracks) {
    return tracks.empty() ? nullptr : std::get_if<VideoEncoding>(&tracks.front().encoding);
}

void addPieces(std::vector<GridPiece>& pieces, const Cut& cut, int number, Rational unitsPerSecond) {
    Ticks from = cut.from;
    int part = 0;
    for (Ticks nominal = cut.from / pieceLength * pieceLength + pieceLength;; nominal += pieceLength) {
        const Ticks to = unitTime(firstUnit(nominal, unitsPerSecond), unitsPerSecond);
        if (cut.to - to < shortestPiece) {
            break;
        }
        if (to > from) {
            pieces.push_back({{from, to}, number, part++});
            from = to;
        }
    }
    pieces.push_back({{from, cut.to}, number, part == 0 ? GridPiece::kWhole : part});
}

std::optional<int> wholeNumber(std::string_view text) {
    int number = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stopped == end && number >= 0 && text.size() <= longestNumber ? std::optional(number)
                                                                                                 : std::nullopt;
}

}  // namespace

std::vector<GridPiece> finerGrid(const std::vector<Cut>& grid, Rational unitsPerSecond, std::optional<int> from) {
    std::vector<GridPiece> pieces;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        const int number = static_cast<int>(i);
        if (from && number >= *from && number - *from < segmentsInPieces) {
            addPieces(pieces, grid[i], number, unitsPerSecond);
        } else {
            pieces.push_back({grid[i], number, GridPiece::kWhole});
        }
    }
    return pieces;
}

std::vector<Cut> cutsOf(const std::vector<GridPiece>& pieces) {
    std::vector<Cut> cuts;
    std::transform(pieces.begin(), pieces.end(), std::back_inserter(cuts),
                   [](const GridPiece& one) { return one.cut; });
    return cuts;
}

std::optional<int> finerFrom(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file, const MediaIndex& index,
                             Ticks at) {
    const VideoEncoding* video = encodedPicture(tracks);
    const auto grid = video ? segmentGrid(tracks, file, index) : std::vector<Cut>();
    if (grid.empty()) {
        return std::nullopt;
    }
    const std::size_t number = segmentAt(grid, at);
    return grid[number].length() < pieceLength + shortestPiece ? std::nullopt : std::optional(static_cast<int>(number));
}

std::string finerName(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file, std::optional<int> from) {
    const std::string name = renditionName(tracks, file);
    return from && !name.empty() && encodedPicture(tracks) ? name + "@" + std::to_string(*from) : name;
}

core::Result<FinerRendition> parseFinerRendition(std::string_view text, const core::MediaInfo& file) {
    const auto sign = std::min(text.find('@'), text.size());
    auto tracks = parseRendition(text.substr(0, sign), file);
    if (!tracks) {
        return core::unexpected<core::Error>(tracks.error());
    }
    const auto from = sign < text.size() ? wholeNumber(text.substr(sign + 1)) : std::nullopt;
    if (finerName(*tracks, file, from) != text) {
        return core::fail(core::ErrorCode::NotFound, "There is no such version of this title.");
    }
    return FinerRendition{std::string(text.substr(0, sign)), std::move(*tracks), from};
}

std::vector<GridPiece> piecesOf(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file,
                                const MediaIndex& index, std::optional<int> from) {
    const VideoEncoding* video = encodedPicture(tracks);
    return finerGrid(segmentGrid(tracks, file, index), video ? video->frameRate : Rational{1, 1},
                     video ? from : std::nullopt);
}

}  // namespace marea::server
