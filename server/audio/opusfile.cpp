#include "server/audio/opusfile.h"

#include <algorithm>
#include <array>

#include "server/audio/musicgrid.h"

namespace marea::server {
namespace {

constexpr int sampleRate = 48'000, frameSamples = 960;
constexpr std::int64_t mostPackets = 50;  // of a page: a second
constexpr std::uint32_t serial = 0x4D415245;
constexpr unsigned firstPage = 2, lastPage = 4;

void putLittleEndian(std::string& out, std::size_t at, std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i)
        out[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * i));
}

// RFC 3533 section 6: the polynomial 0x04c11db7, from the highest bit on, beginning with 0.
std::uint32_t checksum(std::string_view bytes) {
    static constexpr auto table = [] {
        std::array<std::uint32_t, 256> made{};
        for (std::uint32_t i = 0; i < made.size(); ++i) {
            std::uint32_t value = i << 24;
            for (int bit = 0; bit < 8; ++bit)
                value = value << 1 ^ (value & 0x80000000U ? 0x04c11db7U : 0);
            made[i] = value;
        }
        return made;
    }();
    std::uint32_t sum = 0;
    for (const char byte : bytes)
        sum = sum << 8 ^ table[(sum >> 24 ^ static_cast<unsigned char>(byte)) & 0xFFU];
    return sum;
}

// How many values of a page's segment table a packet takes.
std::uint64_t lacing(std::uint64_t packet) {
    return packet / 255 + 1;
}

// A page of `count` packets of one size each, one behind the other in `packets`.
struct Page {
    unsigned flags = 0;
    std::int64_t granule = 0;  // the end of its last sample
    std::int64_t number = 0;
    std::int64_t count = 1;
};
constexpr std::size_t pageHead = 27;

void appendPage(std::string& out, const Page& page, std::string_view packets) {
    const std::size_t start = out.size(), size = packets.size() / static_cast<std::size_t>(page.count);
    out.append(pageHead, '\0');
    out.replace(start, 4, "OggS");
    out[start + 5] = static_cast<char>(page.flags);
    putLittleEndian(out, start + 6, static_cast<std::uint64_t>(page.granule), 8);
    putLittleEndian(out, start + 14, serial, 4);
    putLittleEndian(out, start + 18, static_cast<std::uint64_t>(page.number), 4);
    out[start + 26] = static_cast<char>(static_cast<std::uint64_t>(page.count) * lacing(size));
    for (std::int64_t i = 0; i < page.count; ++i) {
        out.append(size / 255, '\xff');
        out += static_cast<char>(size % 255);
    }
    out += packets;
    putLittleEndian(out, start + 22, checksum(std::string_view(out).substr(start)), 4);
}

// RFC 7845 section 5.1.
std::string idHeader(int channels, std::uint64_t preSkip) {
    std::string head("OpusHead\x01", 9);
    head.append(10, '\0');
    head[9] = static_cast<char>(channels);
    putLittleEndian(head, 10, preSkip, 2);
    putLittleEndian(head, 12, sampleRate, 4);
    return head;
}

// Tags of any length are bounded well below what a page holds.
std::string tagsHeader(const MusicTags& tags) {
    constexpr std::size_t most = 255 * 254;
    std::string packet = "OpusTags" + vorbisComment(tags, GainTags::R128);
    if (packet.size() > most)
        packet = "OpusTags" + vorbisComment({{}, {}, {}, {}, {}, {}, 0, 0, tags.loudness}, GainTags::R128);
    return packet;
}

class OpusFile final : public MusicFile {
public:
    OpusFile(const MusicWish& wish, int kbit)
        : grid_(musicGrid(wish, kOpusLeadIn)),
          packetBytes_((static_cast<std::uint64_t>(kbit) * 5 + 1) / 2),  // 20 ms; libopus rounds so
          perPage_(std::min<std::int64_t>(mostPackets, 255 / static_cast<std::int64_t>(lacing(packetBytes_)))),
          preSkip_(kOpusLeadIn * frameSamples + grid_.inFirst) {
        appendPage(header_, {firstPage, 0, 0, 1}, idHeader(wish.channels, static_cast<std::uint64_t>(preSkip_)));
        appendPage(header_, {0, 0, 1, 1}, tagsHeader(wish.tags));
        std::uint64_t offset = header_.size();
        std::int64_t page = 2, frame = 0;
        for (const MusicGrid::Run& run : grid_.runs) {
            const std::int64_t pages = (run.count + perPage_ - 1) / perPage_;
            starts_.push_back({page, frame});
            pieces_.push_back({run.number, run.time, offset,
                               static_cast<std::uint64_t>(pages) * pageHead +
                                   static_cast<std::uint64_t>(run.count) * (lacing(packetBytes_) + packetBytes_)});
            offset += pieces_.back().size;
            page += pages;
            frame += run.count;
        }
        size_ = offset;
    }

    const char* mimeType() const override { return "audio/ogg"; }

    core::Result<std::string> bytes(const Piece& piece, std::string frames) const override {
        const MusicGrid::Run& run = grid_.run(piece.number);
        if (frames.size() != static_cast<std::uint64_t>(run.skipped + run.count) * packetBytes_)
            return core::fail(core::ErrorCode::Internal, "The answer broke off.",
                              "an Opus piece of another size than was said");
        return paged(run, std::string_view(frames).substr(static_cast<std::size_t>(run.skipped) * packetBytes_));
    }

private:
    struct Start {
        std::int64_t page = 0, frame = 0;  // of the file
    };

    std::string paged(const MusicGrid::Run& run, std::string_view packets) const {
        const Start& start = starts_[static_cast<std::size_t>(run.number - grid_.runs.front().number)];
        const std::int64_t last = grid_.frames();
        std::string out;
        Page page{0, 0, start.page, 0};
        for (std::int64_t done = 0; done < run.count; done += page.count, ++page.number) {
            page.count = std::min(perPage_, run.count - done);
            const std::int64_t end = start.frame + done + page.count;
            page.flags = end == last ? lastPage : 0;
            page.granule = end == last ? preSkip_ + grid_.samples : end * frameSamples;
            appendPage(out, page,
                       packets.substr(static_cast<std::size_t>(done) * packetBytes_,
                                      static_cast<std::size_t>(page.count) * packetBytes_));
        }
        return out;
    }

    MusicGrid grid_;
    std::uint64_t packetBytes_;
    std::int64_t perPage_, preSkip_;
    std::vector<Start> starts_;  // of the pieces
};

}  // namespace

bool isOpusBitrate(int channels, int kbit) {
    constexpr int least = 24, most = 510, mostOfAChannel = 256;
    return kbit >= least && kbit <= std::min(most, channels * mostOfAChannel);
}

MusicFilePtr opusFile(const MusicWish& wish) {
    const auto kbit = static_cast<int>(std::min<std::int64_t>(wish.bitrate / 1000, 1000));
    if (wish.channels > 2 || wish.sampleRate != sampleRate || wish.bitrate % 1000 != 0 ||
        !isOpusBitrate(wish.channels, kbit))
        return nullptr;
    return std::make_shared<OpusFile>(wish, kbit);
}

}  // namespace marea::server
