#include "server/audio/musicfile.h"

#include <algorithm>

#include "server/audio/flacfile.h"
#include "server/audio/mp3file.h"
#include "server/audio/opusfile.h"

namespace marea::server {

namespace {

constexpr Ticks longest = Ticks{100} * 3600 * kTicksPerSecond;

}  // namespace

const MusicFile::Piece* MusicFile::pieceAt(std::uint64_t offset) const {
    const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                        [](std::uint64_t at, const Piece& piece) { return at < piece.offset; });
    if (after == pieces_.begin() || !size_ || offset >= *size_)
        return nullptr;
    return &*std::prev(after);
}

MusicFilePtr MusicFile::ofSizes(const std::vector<std::uint64_t>&) const {
    return nullptr;
}

MusicFilePtr musicFile(const MusicWish& wish) {
    const bool isSound = wish.duration > 0 && wish.duration <= longest && wish.channels >= 1 && wish.from >= 0 &&
                         wish.from < wish.duration;
    if (!isSound)
        return nullptr;
    if (wish.codec == "mp3")
        return mp3File(wish);
    if (wish.codec == "opus")
        return opusFile(wish);
    return wish.codec == "flac" ? flacFile(wish) : nullptr;
}

Ticks musicLeadIn(std::string_view codec) {
    const int frames = codec == "mp3" ? kMp3LeadIn : codec == "opus" ? kOpusLeadIn : 0;
    return -unitTime(-frames, audioFrameRate(codec, 48'000));
}

bool isMusicBitrate(std::string_view codec, int channels, int kbit) {
    return codec == "mp3" ? isMp3Bitrate(kbit) : codec == "opus" && isOpusBitrate(channels, kbit);
}

}  // namespace marea::server
