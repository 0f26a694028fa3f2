#include "server/audio/mp3file.h"

#include <algorithm>
#include <array>

#include "server/audio/musicgrid.h"

namespace marea::server {
namespace {

constexpr int sampleRate = 48'000, frameSamples = 1152;
// What every decoder is late by, and players of the Info header count in.
constexpr int decoderDelay = 529;

// MPEG-1 layer III, kbit/s by index; 0 is "free", and never used here.
constexpr std::array<int, 15> bitrates{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};

void putBigEndian(std::string& out, std::size_t at, std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i)
        out[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * (count - 1 - i)));
}

// What the Info header counts.
struct Contents {
    std::uint64_t frames = 0, bytes = 0;   // without and with the header's own frame
    std::uint64_t delay = 0, padding = 0;  // samples to leave out in front and behind
};

std::string headerFrame(int channels, int kbit, const Contents& contents) {
    std::string frame(static_cast<std::size_t>(kbit) * 3, '\0');
    const auto index = std::find(bitrates.begin(), bitrates.end(), kbit) - bitrates.begin();
    // Sync, MPEG-1, layer III, no checksum; bitrate, 48 kHz, no padding; (joint) stereo or mono.
    frame[0] = '\xff';
    frame[1] = '\xfb';
    frame[2] = static_cast<char>(index << 4 | 1 << 2);
    frame[3] = static_cast<char>(channels == 1 ? 0xc0 : 0x40);
    const std::size_t info = 4 + (channels == 1 ? 17 : 32);  // behind the side information
    // Up to 40 kbit/s there is no room for all of it, and at 32 not for any table.
    constexpr std::size_t whole = 8 + 4 + 4 + 100 + 4 + 36;
    if (info + whole > frame.size())
        return frame;
    frame.replace(info, 4, "Info");
    putBigEndian(frame, info + 4, 0xf, 4);
    putBigEndian(frame, info + 8, contents.frames, 4);
    putBigEndian(frame, info + 12, contents.bytes, 4);
    for (std::size_t i = 0; i < 100; ++i)
        frame[info + 16 + i] = static_cast<char>(i * 256 / 100);  // at a constant rate the table is a line
    const std::size_t lame = info + 120;
    frame.replace(lame, 9, "Lavc58.00");  // a name that players know to follow with numbers that can be trusted
    frame[lame + 9] = 1;                  // constant bitrate
    frame[lame + 20] = static_cast<char>(std::min(kbit, 255));
    putBigEndian(frame, lame + 21, contents.delay << 12 | contents.padding, 3);
    return frame;
}

class Mp3File final : public MusicFile {
public:
    Mp3File(const MusicWish& wish, int kbit) : grid_(musicGrid(wish, kMp3LeadIn)), frameBytes_(kbit * 3ULL) {
        const auto frames = static_cast<std::uint64_t>(grid_.frames());
        const std::uint64_t tail = frames * frameSamples - static_cast<std::uint64_t>(grid_.samples + grid_.inFirst);
        // The decoder's delay makes the frame that leads in end that much later.
        const auto delay = static_cast<std::uint64_t>(kMp3LeadIn * frameSamples - decoderDelay + grid_.inFirst);
        const Contents contents{frames, (frames + 1) * frameBytes_, delay,
                                tail - kMp3LeadIn * frameSamples + decoderDelay};
        header_ = id3Tag(wish.tags) + headerFrame(wish.channels, kbit, contents);
        std::uint64_t offset = header_.size();
        for (const MusicGrid::Run& run : grid_.runs) {
            pieces_.push_back({run.number, run.time, offset, static_cast<std::uint64_t>(run.count) * frameBytes_});
            offset += pieces_.back().size;
        }
        size_ = offset;
    }

    const char* mimeType() const override { return "audio/mpeg"; }

    core::Result<std::string> bytes(const Piece& piece, std::string frames) const override {
        const MusicGrid::Run& run = grid_.run(piece.number);
        if (frames.size() != static_cast<std::uint64_t>(run.skipped + run.count) * frameBytes_)
            return core::fail(core::ErrorCode::Internal, "The answer broke off.",
                              "an MP3 piece of another size than was said");
        frames.erase(0, static_cast<std::size_t>(run.skipped) * frameBytes_);
        return frames;
    }

private:
    MusicGrid grid_;
    std::uint64_t frameBytes_;
};

}  // namespace

bool isMp3Bitrate(int kbit) {
    return kbit > 0 && std::find(bitrates.begin(), bitrates.end(), kbit) != bitrates.end();
}

MusicFilePtr mp3File(const MusicWish& wish) {
    const auto kbit = static_cast<int>(std::min<std::int64_t>(wish.bitrate / 1000, kMostMp3Kbit + 1));
    if (wish.channels > 2 || wish.sampleRate != sampleRate || !isMp3Bitrate(kbit))
        return nullptr;
    return std::make_shared<Mp3File>(wish, kbit);
}

}  // namespace marea::server
