#include "server/pipeline/picturesbeside.h"

#include <algorithm>

#include "core/library/vobsubindex.h"
#include "server/pipeline/picturefeed.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr Ticks ticksPerMillisecond = kTicksPerSecond / 1000;

std::uint32_t number(const std::uint8_t* at, int bytes) {
    std::uint32_t value = 0;
    for (int i = 0; i < bytes; ++i)
        value = value << 8 | at[i];
    return value;
}

// A Blu-ray's subtitles as a file: each segment has "PG", two times in 1/90000 s, its kind and its size before it.
// What belongs together ends with a segment of kind 0x80, and is one packet, as Matroska has it.
constexpr std::size_t pgsHead = 13, pgsTypeAndSize = 3;
constexpr std::uint8_t pgsComposition = 0x16, pgsEnd = 0x80;
constexpr std::size_t mostSets = 200'000;
constexpr std::int64_t mostOfSet = 16 << 20;

class PgsIndexer {
public:
    explicit PgsIndexer(MediaSource& source) : source_(source) {}

    // What follows damage is not found.
    std::vector<PictureEntry> index() {
        std::uint8_t head[pgsHead + 8];
        for (std::int64_t at = 0; sets_.size() < mostSets && !source_.isUnwanted();) {
            const std::size_t got = source_.read(at, head, sizeof head);
            if (got < pgsHead || head[0] != 'P' || head[1] != 'G')
                break;
            const std::int64_t size = number(head + 11, 2);
            segment(at, head, got, static_cast<std::int64_t>(pgsHead) + size);
            at += static_cast<std::int64_t>(pgsHead) + size;
        }
        std::stable_sort(sets_.begin(), sets_.end(),
                         [](const PictureEntry& a, const PictureEntry& b) { return a.at < b.at; });
        return std::move(sets_);
    }

private:
    void segment(std::int64_t at, const std::uint8_t* head, std::size_t got, std::int64_t size) {
        constexpr std::size_t state = pgsHead + 7;  // of a composition: not 0 where it needs none before it
        if (head[10] == pgsComposition) {
            open_ = {number(head + 2, 4), at, 0, got > state && head[state] != 0};
            isOpen_ = true;
        }
        if (!isOpen_)
            return;
        open_.size = at + size - open_.place;
        if (head[10] != pgsEnd)
            return;
        if (open_.size <= mostOfSet)
            sets_.push_back(open_);
        isOpen_ = false;
    }

    MediaSource& source_;
    std::vector<PictureEntry> sets_;
    PictureEntry open_;
    bool isOpen_ = false;
};

// Without what only the file has.
std::string pgsPacket(MediaSource& source, const PictureEntry& entry) {
    std::string bytes(static_cast<std::size_t>(entry.size), '\0'), packet;
    bytes.resize(source.read(entry.place, reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()));
    for (std::size_t at = 0; at + pgsHead <= bytes.size();) {
        const std::size_t size = number(reinterpret_cast<const std::uint8_t*>(bytes.data()) + at + 11, 2);
        packet += bytes.substr(at + pgsHead - pgsTypeAndSize, pgsTypeAndSize + size);
        at += pgsHead + size;
    }
    return packet;
}

// A DVD's subtitles as a file: packs of an MPEG program stream (ISO 13818-1 section 2.5), in which a subtitle goes
// over several packets of private stream 1. It begins with its own size.
class VobSubReader {
public:
    VobSubReader(MediaSource& source, int track) : source_(source), substream_(0x20 + track) {}

    std::string read(std::int64_t at) {
        constexpr std::int64_t furthest = 4 << 20;  // packets of other languages may lie between
        const std::int64_t last = at + furthest;
        while (at < last && !isWhole()) {
            std::uint8_t head[14];
            if (source_.read(at, head, sizeof head) < sizeof head || number(head, 3) != 1)
                break;
            const std::int64_t size = head[3] == 0xBA ? packHeader(head) : 6 + std::int64_t{number(head + 4, 2)};
            if (head[3] == 0xBD)
                take(at, size);
            at += size;
        }
        return isWhole() ? spu_.substr(0, wanted()) : std::string();
    }

private:
    static std::int64_t packHeader(const std::uint8_t* head) {
        return (head[4] & 0xC0) == 0x40 ? 14 + (head[13] & 7) : 12;  // of MPEG-2, else MPEG-1
    }
    std::size_t wanted() const {
        return spu_.size() < 2 ? 0 : number(reinterpret_cast<const std::uint8_t*>(spu_.data()), 2);
    }
    bool isWhole() const { return wanted() > 0 && spu_.size() >= wanted(); }

    void take(std::int64_t at, std::int64_t size) {
        std::string packet(static_cast<std::size_t>(size), '\0');
        packet.resize(source_.read(at, reinterpret_cast<std::uint8_t*>(packet.data()), packet.size()));
        constexpr std::size_t lengthAt = 8;
        if (packet.size() <= lengthAt)
            return;
        const std::size_t payload = lengthAt + 1 + static_cast<std::uint8_t>(packet[lengthAt]);
        if (payload < packet.size() && static_cast<std::uint8_t>(packet[payload]) == substream_)
            spu_ += packet.substr(payload + 1);
    }

    MediaSource& source_;
    int substream_;
    std::string spu_;
};

std::string wholeText(MediaSource& source) {
    std::string text(static_cast<std::size_t>(std::min(source.size(), core::library::kMostVobSubIndex)), '\0');
    text.resize(source.read(0, reinterpret_cast<std::uint8_t*>(text.data()), text.size()));
    return text;
}

Result<std::unique_ptr<SubtitleFeed>> vobSubFeed(MediaSource& index, MediaSource& data, int track) {
    const core::library::VobSubIndex known = core::library::vobSubIndex(wholeText(index));
    if (track < 0 || static_cast<std::size_t>(track) >= known.tracks.size())
        return core::fail(ErrorCode::Unprocessable, "There are no such subtitles in this file");
    const auto& its = known.tracks[static_cast<std::size_t>(track)];
    std::vector<PictureEntry> entries;
    for (const auto& entry : its.entries)
        entries.push_back({entry.at * ticksPerMillisecond, entry.place, 0, true});
    return PictureFeed::create(AV_CODEC_ID_DVD_SUBTITLE, known.header, std::move(entries),
                               [&data, substream = its.number](const PictureEntry& entry) {
                                   return VobSubReader(data, substream).read(entry.place);
                               });
}

}  // namespace

Result<std::unique_ptr<PicturesBeside>> PicturesBeside::open(Files files, int stream, int track) {
    if (!files || files->empty() || files->size() > 2)
        return core::fail(ErrorCode::Invalid, "There are no such subtitles", "number of files");
    std::unique_ptr<PicturesBeside> made(new PicturesBeside(std::move(files), stream, track));
    for (const core::FileHandle& file : *made->files_) {
        auto source = MediaSource::open(file.get(), "");
        if (!source)
            return core::unexpected(source.error());
        made->sources_.push_back(std::move(*source));
    }
    return made;
}

bool PicturesBeside::isSame(const PicturesBeside& other) const {
    return stream_ == other.stream_ && track_ == other.track_ &&
           std::equal(sources_.begin(), sources_.end(), other.sources_.begin(), other.sources_.end(),
                      [](const MediaSource& a, const MediaSource& b) { return a.identity() == b.identity(); });
}

Result<std::unique_ptr<SubtitleFeed>> PicturesBeside::feed() {
    if (sources_.size() == 2)
        return vobSubFeed(sources_[0], sources_[1], track_);
    return PictureFeed::create(AV_CODEC_ID_HDMV_PGS_SUBTITLE, {}, PgsIndexer(sources_[0]).index(),
                               [&source = sources_[0]](const PictureEntry& entry) { return pgsPacket(source, entry); });
}

}  // namespace marea::server
