#include "server/audio/mp3file.h"

#include <algorithm>
#include <array>

namespace marea::server {
namespace {

constexpr int sampleRate = 48'000, frameSamples = 1152;
constexpr Rational frameRate{sampleRate, frameSamples};
// What every decoder is late by, and players of the Info header count in.
constexpr int decoderDelay = 529;
// The frame before the music, less that delay.
constexpr int delay = frameSamples - decoderDelay;
constexpr Ticks longest = Ticks{100} * 3600 * kTicksPerSecond;

// MPEG-1 layer III, kbit/s by index; 0 is "free", and never used here.
constexpr std::array<int, 15> bitrates{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};

void putBigEndian(std::string& out, std::size_t at, std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i)
        out[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * (count - 1 - i)));
}

}  // namespace

bool Mp3File::isBitrate(int kbit) {
    return kbit > 0 && std::find(bitrates.begin(), bitrates.end(), kbit) != bitrates.end();
}

Ticks Mp3File::leadIn() {
    return -unitTime(-1, frameRate);
}

std::optional<Mp3File> Mp3File::of(Ticks duration, int channels, int kbit) {
    if (duration <= 0 || duration > longest || channels < 1 || channels > 2 || !isBitrate(kbit))
        return std::nullopt;
    return Mp3File(duration, channels, kbit);
}

Mp3File::Mp3File(Ticks duration, int channels, int kbit)
    : channels_(channels),
      kbit_(kbit),
      samples_(rescale(duration, sampleRate, kTicksPerSecond)),
      frames_(firstUnit(duration, frameRate)) {
    std::uint64_t offset = frameBytes();
    for (const Cut& cut : unitGrid(frameRate, duration)) {
        Piece piece;
        piece.number = static_cast<int>(pieces_.size());
        const std::int64_t first = pieces_.empty() ? -1 : firstUnit(cut.from, frameRate);
        piece.time = {unitTime(first, frameRate), cut.to};
        piece.offset = offset;
        piece.size = static_cast<std::uint64_t>(firstUnit(cut.to, frameRate) - first) * frameBytes();
        offset += piece.size;
        pieces_.push_back(piece);
    }
}

std::uint64_t Mp3File::size() const {
    return static_cast<std::uint64_t>(frames_ + 2) * frameBytes();
}

const Mp3File::Piece* Mp3File::pieceAt(std::uint64_t offset) const {
    const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                        [](std::uint64_t at, const Piece& piece) { return at < piece.offset; });
    if (after == pieces_.begin() || offset >= size())
        return nullptr;
    return &*std::prev(after);
}

std::string Mp3File::header() const {
    std::string frame(frameBytes(), '\0');
    const auto index = std::find(bitrates.begin(), bitrates.end(), kbit_) - bitrates.begin();
    // Sync, MPEG-1, layer III, no checksum; bitrate, 48 kHz, no padding; (joint) stereo or mono.
    frame[0] = '\xff';
    frame[1] = '\xfb';
    frame[2] = static_cast<char>(index << 4 | 1 << 2);
    frame[3] = static_cast<char>(channels_ == 1 ? 0xc0 : 0x40);
    const std::size_t info = 4 + (channels_ == 1 ? 17 : 32);  // behind the side information
    // Up to 40 kbit/s there is no room for all of it, and at 32 not for any table.
    constexpr std::size_t whole = 8 + 4 + 4 + 100 + 4 + 36;
    if (info + whole > frame.size())
        return frame;
    frame.replace(info, 4, "Info");
    putBigEndian(frame, info + 4, 0xf, 4);
    putBigEndian(frame, info + 8, static_cast<std::uint64_t>(frames_ + 1), 4);
    putBigEndian(frame, info + 12, size(), 4);
    for (std::size_t i = 0; i < 100; ++i)
        frame[info + 16 + i] = static_cast<char>(i * 256 / 100);  // at a constant rate the table is a line
    const std::size_t lame = info + 120;
    frame.replace(lame, 9, "Lavc58.00");  // a name that players know to follow with numbers that can be trusted
    frame[lame + 9] = 1;                  // constant bitrate
    frame[lame + 20] = static_cast<char>(std::min(kbit_, 255));
    const auto padding = static_cast<std::uint64_t>(frames_ * frameSamples - samples_ + decoderDelay);
    putBigEndian(frame, lame + 21, static_cast<std::uint64_t>(delay) << 12 | padding, 3);
    return frame;
}

}  // namespace marea::server
