#include "server/audio/flacfile.h"

#include <algorithm>
#include <array>

#include "server/audio/musicgrid.h"
#include "server/packaging/packedframes.h"

namespace marea::server {
namespace {

constexpr int frameSamples = 4608;
constexpr std::size_t fixedHead = 4;  // in front of the number, section 9.1

// Sections 9.1.8 and 9.3: CRC-8 of the header, CRC-16 of the frame; both from the highest bit on.
template <class Sum, unsigned Polynomial>
Sum checksum(std::string_view bytes) {
    constexpr int bits = sizeof(Sum) * 8;
    static constexpr auto table = [] {
        std::array<Sum, 256> made{};
        for (unsigned i = 0; i < made.size(); ++i) {
            unsigned value = i << (bits - 8);
            for (int bit = 0; bit < 8; ++bit)
                value = value << 1 ^ (value >> (bits - 1) & 1U ? Polynomial : 0);
            made[i] = static_cast<Sum>(value);
        }
        return made;
    }();
    unsigned sum = 0;
    for (const char byte : bytes)
        sum = static_cast<Sum>(sum << 8 ^ table[(sum >> (bits - 8) ^ static_cast<unsigned char>(byte)) & 0xFFU]);
    return static_cast<Sum>(sum);
}

unsigned byteAt(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

// How many bytes a number takes that is written like a character of UTF-8; 0: it is none.
std::size_t codedLength(unsigned first) {
    if (first < 0x80)
        return 1;
    std::size_t length = 0;
    for (unsigned bit = 0x80; first & bit && bit > 1; bit >>= 1)
        ++length;
    return length >= 2 && length <= 7 ? length : 0;
}

std::string coded(std::uint64_t number) {
    if (number < 0x80)
        return std::string(1, static_cast<char>(number));
    std::size_t length = 2;
    while (length < 7 && number >> (5 * length + 1) != 0)
        ++length;
    std::string out(length, '\0');
    for (std::size_t i = length; i-- > 1; number >>= 6)
        out[i] = static_cast<char>(0x80U | (number & 0x3FU));
    out[0] = static_cast<char>((0xFF00U >> length & 0xFFU) | number);
    return out;
}

// What stands behind the number: sizes and rates that have no code of their own.
std::size_t extraBytes(std::string_view frame) {
    const unsigned block = byteAt(frame, 2) >> 4, rate = byteAt(frame, 2) & 0xFU;
    const std::size_t size = block == 6 ? 1 : block == 7 ? 2 : 0;
    return size + (rate == 12 ? 1 : rate == 13 || rate == 14 ? 2 : 0);
}

int sampleBits(std::string_view frame) {
    constexpr int bits[] = {0, 8, 12, 0, 16, 20, 24, 32};
    return bits[byteAt(frame, 3) >> 1 & 7U];
}

void putBits(std::string& out, std::uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i)
        out += static_cast<char>(value >> (8 * i));
}

std::string block(unsigned type, bool isLast, const std::string& body) {
    std::string out;
    putBits(out, (isLast ? 0x80U : 0U) | type, 1);
    putBits(out, body.size(), 3);
    return out + body;
}

class FlacFile final : public MusicFile {
public:
    explicit FlacFile(const MusicWish& wish) : wish_(wish), grid_(musicGrid(wish, 0)) {
        for (const MusicGrid::Run& run : grid_.runs)
            pieces_.push_back({run.number, run.time, 0, 0});
    }

    const char* mimeType() const override { return "audio/flac"; }
    std::string tag() const override { return vorbisComment(wish_.tags, GainTags::ReplayGain); }

    core::Result<std::string> bytes(const Piece& piece, std::string frames) const override {
        const MusicGrid::Run& run = grid_.run(piece.number);
        const Rational rate = audioFrameRate("flac", wish_.sampleRate);
        const std::int64_t begin = firstUnit(run.time.from, rate);
        std::string out;
        std::string_view packed = frames;
        for (std::int64_t i = 0; i < run.skipped + run.count; ++i) {
            const std::string_view frame = takeFrame(packed);
            const auto number = static_cast<std::uint64_t>(std::max<std::int64_t>(begin + i - grid_.first, 0));
            const std::string made = i < run.skipped ? std::string() : renumbered(frame, number);
            if (i >= run.skipped && made.empty())
                return core::fail(core::ErrorCode::Internal, "The answer broke off.", "a FLAC piece of no such frames");
            if (number == 0 && !made.empty())
                out = head(sampleBits(frame));
            out += made;
        }
        return out;
    }

    // Frames leave their length behind, and their number within the piece becomes the one within the file. Of a piece
    // that begins before the file it is not known where.
    MusicFilePtr ofSizes(const std::vector<std::uint64_t>& sizes) const override {
        if (sizes.size() != pieces_.size() || grid_.runs.front().skipped > 0)
            return nullptr;
        auto whole = std::make_shared<FlacFile>(*this);
        std::uint64_t offset = 0, number = 0;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            std::uint64_t size = sizes[i] + (i == 0 ? head(16).size() : 0);
            for (std::int64_t frame = 0; frame < grid_.runs[i].count; ++frame, ++number)
                size += coded(number).size() - coded(static_cast<std::uint64_t>(frame)).size() - kPackedLength;
            whole->pieces_[i].offset = offset;
            whole->pieces_[i].size = size;
            offset += size;
        }
        whole->size_ = offset;
        return whole;
    }

private:
    // Sections 8.2 and 8.6. How large frames are, and their checksum, is left open.
    std::string head(int bits) const {
        std::string info;
        putBits(info, frameSamples, 2);
        putBits(info, frameSamples, 2);
        info.append(6, '\0');
        const auto samples = static_cast<std::uint64_t>(grid_.samples + grid_.inFirst);
        putBits(info,
                static_cast<std::uint64_t>(wish_.sampleRate) << 44U |
                    static_cast<std::uint64_t>(wish_.channels - 1) << 41U |
                    static_cast<std::uint64_t>(bits - 1) << 36U | samples,
                8);
        info.append(16, '\0');
        return "fLaC" + block(0, false, info) + block(4, true, tag());
    }

    MusicWish wish_;
    MusicGrid grid_;
};

}  // namespace

std::string renumbered(std::string_view frame, std::uint64_t number) {
    const std::size_t length = codedLength(byteAt(frame, fixedHead));
    const std::size_t head = fixedHead + length + extraBytes(frame);
    const bool isFrame = frame.size() > head + 1 + 2 && byteAt(frame, 0) == 0xFF && byteAt(frame, 1) == 0xF8;
    if (!isFrame || length == 0)
        return {};
    std::string out(frame.substr(0, fixedHead));
    out += coded(number);
    out += frame.substr(fixedHead + length, extraBytes(frame));
    putBits(out, checksum<std::uint8_t, 0x07>(out), 1);
    out += frame.substr(head + 1, frame.size() - head - 1 - 2);
    putBits(out, checksum<std::uint16_t, 0x8005>(out), 2);
    return out;
}

MusicFilePtr flacFile(const MusicWish& wish) {
    const bool fits = wish.channels <= 8 && wish.sampleRate >= 8000 && wish.sampleRate <= 192'000;
    return fits ? std::make_shared<FlacFile>(wish) : nullptr;
}

}  // namespace marea::server
