#include "server/packaging/movieparts.h"

#include <optional>

#include "server/packaging/moviefile.h"
#include "server/packaging/mp4boxes.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

constexpr std::uint32_t kSyncFlags = 0x02000000, kNotSync = 0x00010000;  // ISO/IEC 14496-12 section 8.8.3.1
constexpr std::uint32_t kDataOffset = 0x1, kDurations = 0x100, kSizes = 0x200, kFlags = 0x400, kOffsets = 0x800;

core::unexpected<core::Error> notOurs(const char* what) {
    return core::fail(ErrorCode::Corrupt, "A part of the file is damaged.", what);
}

// Numbers at the front of some bytes; reads zero behind their end, and tells.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t number(std::size_t count) {
        std::uint64_t value = 0;
        ok_ = ok_ && count <= bytes_.size() - at_;
        for (std::size_t i = 0; ok_ && i < count; ++i) {
            value = value << 8 | static_cast<std::uint8_t>(bytes_[at_++]);
        }
        return ok_ ? value : 0;
    }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    void skip(std::size_t count) {
        ok_ = ok_ && count <= bytes_.size() - at_;
        at_ += ok_ ? count : 0;
    }
    std::size_t left() const { return bytes_.size() - at_; }
    bool ok() const { return ok_; }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

std::optional<Box> find(std::string_view bytes, const std::optional<Box>& in, std::string_view type) {
    if (!in) {
        return std::nullopt;
    }
    for (const Box& box : boxesIn(bytes, in->body, in->end)) {
        if (box.type == type) {
            return box;
        }
    }
    return std::nullopt;
}

std::string_view bodyOf(std::string_view bytes, const Box& box) {
    return bytes.substr(box.body, box.end - box.body);
}

bool readRun(std::string_view body, std::uint32_t defaultFlags, std::int64_t at, std::size_t moof, MovieChunk& chunk) {
    Bytes run(body);
    const std::uint32_t flags = run.u32() & 0xFF'FFFF;
    const std::uint32_t count = run.u32();
    const std::size_t width = 4 * (((flags & kDurations) != 0) + ((flags & kSizes) != 0) + ((flags & kFlags) != 0) +
                                   ((flags & kOffsets) != 0));
    if ((flags & (kDataOffset | kDurations | kSizes)) != (kDataOffset | kDurations | kSizes) ||
        (flags & ~(kDataOffset | kDurations | kSizes | kFlags | kOffsets)) != 0) {
        return false;
    }
    chunk.offset = moof + run.u32();
    if (count != run.left() / width) {
        return false;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        MovieSample sample;
        sample.at = at;
        sample.length = run.u32();
        sample.size = run.u32();
        const std::uint32_t own = flags & kFlags ? run.u32() : defaultFlags;
        sample.isSync = (own & kNotSync) == 0;
        sample.offset = flags & kOffsets ? static_cast<std::int32_t>(run.u32()) : 0;
        at += sample.length;
        chunk.size += sample.size;
        chunk.samples.push_back(sample);
    }
    return run.ok();
}

}  // namespace

Result<InitParts> partsOf(std::string_view init) {
    const auto movie = find(init, Box{0, 0, init.size(), {}}, "moov");
    const auto track = find(init, movie, "trak"), header = find(init, track, "tkhd");
    const auto media = find(init, track, "mdia"), mediaHeader = find(init, media, "mdhd");
    const auto information = find(init, media, "minf");
    const auto kind =
        find(init, information, "vmhd") ? find(init, information, "vmhd") : find(init, information, "smhd");
    const auto samples = find(init, find(init, information, "stbl"), "stsd");
    constexpr std::size_t placementSize = 36 + 8;
    if (!header || !mediaHeader || !kind || !samples || header->end - header->body < placementSize) {
        return notOurs("an initialisation segment without its parts");
    }
    Bytes times(bodyOf(init, *mediaHeader));
    times.skip((times.u32() >> 24) == 1 ? 16 : 8);
    InitParts parts;
    parts.scale = times.u32();
    parts.placement = init.substr(header->end - placementSize, placementSize);
    parts.mediaHeader = init.substr(kind->start, kind->end - kind->start);
    parts.samples = init.substr(samples->start, samples->end - samples->start);
    return parts.scale > 0 ? Result<InitParts>(parts) : notOurs("an initialisation segment without a unit");
}

Result<MovieChunk> readChunk(std::string_view segment) {
    const Box whole{0, 0, segment.size(), {}};
    const auto moof = find(segment, whole, "moof"), traf = find(segment, moof, "traf");
    const auto header = find(segment, traf, "tfhd"), time = find(segment, traf, "tfdt");
    const auto run = find(segment, traf, "trun"), data = find(segment, whole, "mdat");
    if (!header || !time || !run || !data) {
        return notOurs("a segment without its parts");
    }
    constexpr std::uint32_t ours = 0x20 | 0x20000;  // default flags, places from the moof
    Bytes head(bodyOf(segment, *header)), when(bodyOf(segment, *time));
    const std::uint32_t flags = head.u32() & 0xFF'FFFF;
    head.skip(4);
    const std::uint32_t defaultFlags = flags == ours ? head.u32() : kSyncFlags;
    const bool wide = when.u32() >> 24 == 1;
    const auto at = static_cast<std::int64_t>(when.number(wide ? 8 : 4));
    MovieChunk chunk;
    if (flags != ours || !head.ok() || !when.ok() ||
        !readRun(bodyOf(segment, *run), defaultFlags, at, moof->start, chunk) || chunk.offset != data->body ||
        chunk.size != data->end - data->body) {
        return notOurs("a segment that is not one of ours");
    }
    return chunk;
}

}  // namespace marea::server
