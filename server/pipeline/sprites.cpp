#include "server/pipeline/sprites.h"

#include <algorithm>

#include "server/packaging/tilesize.h"
#include "server/pipeline/dolbymapping.h"
#include "server/pipeline/keyframes.h"
#include "server/pipeline/picture.h"
#include "server/pipeline/streaminfo.h"
#include "server/pipeline/tiles.h"

namespace marea::server {
namespace {

using core::ErrorCode;

constexpr int mostEdge = 16'384;  // pixels of a sheet

// The video that players start with.
const SourceTrack* chooseVideo(const MediaReader& reader) {
    const SourceTrack* chosen = nullptr;
    for (const SourceTrack& track : reader.tracks()) {
        if (track.kind != core::StreamKind::Video || track.firstPts == AV_NOPTS_VALUE)
            continue;
        if (!chosen || (!(reader.stream(*chosen)->disposition & AV_DISPOSITION_DEFAULT) &&
                        (reader.stream(track)->disposition & AV_DISPOSITION_DEFAULT)))
            chosen = &track;
    }
    return chosen;
}

// Fills the sheet tile by tile; true when there was a picture for one of them.
// `dolby`: how the pictures are read, where they need it; else null.
core::Result<bool> fill(KeyframeDecoder& decoder, const SpriteWish& wish, TileSize tile, int rotation, AVFrame& sheet,
                        DolbyPictures* dolby) {
    const bool turned = rotation == 90 || rotation == 270;
    const TileSize upright = turned ? TileSize{tile.height, tile.width} : tile;
    AvPtr<AVFrame> last;
    const AVFrame* lastOf = nullptr;
    std::int64_t lastPts = AV_NOPTS_VALUE;
    for (std::size_t i = 0; i < wish.at.size(); ++i) {
        auto frame = decoder.at(wish.at[i]);
        if (!frame)
            return core::unexpected(frame.error());
        if (*frame && (*frame != lastOf || (*frame)->pts != lastPts)) {
            auto mapped = dolby ? dolby->mapped(**frame) : core::Result<AvPtr<AVFrame>>();
            if (!mapped)
                return core::unexpected(mapped.error());
            auto small = smallPicture(*mapped ? **mapped : **frame, upright);
            if (!small)
                return core::unexpected(small.error());
            last = std::move(*small);
            lastOf = *frame;
            lastPts = (*frame)->pts;
        }
        const int column = static_cast<int>(i) % wish.columns, row = static_cast<int>(i) / wish.columns;
        if (last)
            place(*last, rotation, sheet, column * tile.width, row * tile.height);
    }
    return last != nullptr;
}

}  // namespace

core::Result<core::Image> spritesOfMedia(MediaSource& source, const SpriteWish& wish) {
    auto reader = MediaReader::open(source);
    if (!reader)
        return core::unexpected(reader.error());
    const SourceTrack* track = chooseVideo(**reader);
    if (!track)
        return core::fail(ErrorCode::Unprocessable, "The file has no video");
    const core::StreamInfo info = describeStream((*reader)->context(), (*reader)->stream(*track));
    const TileSize tile = tileSize(info, std::clamp(wish.tileWidth, 2, mostEdge));
    const auto tiles = static_cast<std::int64_t>(wish.at.size());
    const auto rows = std::max<std::int64_t>((tiles + wish.columns - 1) / std::max(wish.columns, 1), wish.rows);
    const auto fewest = wish.rows > 1 ? wish.columns : std::clamp<std::int64_t>(tiles, 1, std::max(wish.columns, 1));
    const int columns = static_cast<int>(std::max<std::int64_t>(fewest, 1));
    if (wish.at.empty() || wish.columns < 1 || tile.width * wish.columns > mostEdge || tile.height * rows > mostEdge)
        return core::fail(ErrorCode::Unprocessable, "The thumbnails are too many or too large");
    auto decoder = KeyframeDecoder::open(**reader, *track);
    auto sheet = rgbPicture(tile.width * columns, tile.height * static_cast<int>(rows));
    if (!decoder || !sheet)
        return core::unexpected(decoder ? sheet.error() : decoder.error());
    const bool turned = info.rotation == 90 || info.rotation == 270;
    DolbyPictures dolby(turned ? tile.height : tile.width, turned ? tile.width : tile.height);
    const bool mapped = needsDolbyMapping((*reader)->stream(*track));
    auto filled = fill(*decoder, wish, tile, info.rotation, **sheet, mapped ? &dolby : nullptr);
    if (!filled)
        return core::unexpected(filled.error());
    if (!*filled)
        return core::fail(ErrorCode::Unprocessable, "None of the video's pictures can be decoded");
    return jpegOf(**sheet);
}

}  // namespace marea::server
