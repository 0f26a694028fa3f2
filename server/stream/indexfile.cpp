#include "server/stream/indexfile.h"

#include <cstdint>
#include <limits>

namespace marea::server {

namespace {

constexpr std::string_view kMagic = "MareaIndex4\n";
constexpr std::uint64_t kMostText = 1024;

class Writer {
public:
    void number(std::int64_t value) {  // zigzag, seven bits a byte
        auto left = static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
        for (; left >= 0x80; left >>= 7) {
            bytes.push_back(static_cast<char>(left | 0x80));
        }
        bytes.push_back(static_cast<char>(left));
    }
    void text(std::string_view value) {
        number(static_cast<std::int64_t>(value.size()));
        bytes.append(value);
    }
    std::string bytes{kMagic};
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : left_(bytes) {
        ok_ = bytes.starts_with(kMagic);
        left_.remove_prefix(ok_ ? kMagic.size() : 0);
    }
    bool ok() const { return ok_; }
    bool atEnd() const { return left_.empty(); }

    std::int64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; ok_; shift += 7) {
            ok_ = !left_.empty() && shift <= 63;
            if (!ok_) {
                return 0;
            }
            const auto byte = static_cast<std::uint8_t>(left_.front());
            left_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) {
                return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
            }
        }
        return 0;
    }
    std::int32_t small() {
        const std::int64_t value = number();
        ok_ = ok_ && value >= std::numeric_limits<std::int32_t>::min() &&
              value <= std::numeric_limits<std::int32_t>::max();
        return ok_ ? static_cast<std::int32_t>(value) : 0;
    }
    // Of things that take a byte each at least.
    std::size_t count(std::uint64_t most) {
        const auto value = static_cast<std::uint64_t>(number());
        ok_ = ok_ && value <= left_.size() && value <= most;
        return ok_ ? static_cast<std::size_t>(value) : 0;
    }
    std::string text() {
        const std::size_t size = count(kMostText);
        std::string value(left_.substr(0, size));
        left_.remove_prefix(size);
        return value;
    }

private:
    std::string_view left_;
    bool ok_ = true;
};

void writeTrack(Writer& out, const TrackIndex& track) {
    out.number(track.stream);
    out.number(static_cast<std::int64_t>(track.kind));
    out.text(track.codec);
    out.text(track.codecString);
    out.text(track.supplemental);
    out.number(track.start);
    out.number(track.end);
    out.number(track.frameRate.num);
    out.number(track.frameRate.den);
    out.number(track.bitrate);
    out.number(track.openGroups);
    out.number(static_cast<std::int64_t>(track.keyframes.size()));
    Ticks before = 0;
    for (const Keyframe& keyframe : track.keyframes) {
        out.number(keyframe.at - before);
        out.number(keyframe.bytes);
        before = keyframe.at;
    }
}

// Times that add up to no overflow, whatever the bytes say.
constexpr Ticks kLongest = std::int64_t{1} << 56;

Ticks ticksAfter(Reader& in, Ticks before) {
    const std::int64_t step = in.number();
    return step > -kLongest && step < kLongest && before > -kLongest && before < kLongest ? before + step : kLongest;
}

TrackIndex readTrack(Reader& in) {
    TrackIndex track;
    track.stream = in.small();
    const std::int32_t kind = in.small();
    track.kind = kind >= 0 && kind <= static_cast<int>(core::StreamKind::Data) ? static_cast<core::StreamKind>(kind)
                                                                               : core::StreamKind::Data;
    track.codec = in.text();
    track.codecString = in.text();
    track.supplemental = in.text();
    track.start = ticksAfter(in, 0);
    track.end = ticksAfter(in, 0);
    track.frameRate.num = in.small();
    track.frameRate.den = in.small();
    track.bitrate = in.number();
    track.openGroups = in.number() != 0;
    track.keyframes.resize(in.count(std::numeric_limits<std::uint32_t>::max()));
    Ticks before = 0;
    for (Keyframe& keyframe : track.keyframes) {
        before = keyframe.at = ticksAfter(in, before);
        keyframe.bytes = in.number();
    }
    return track;
}

}  // namespace

std::string indexToBytes(const MediaIndex& index) {
    Writer out;
    out.number(index.duration);
    out.number(static_cast<std::int64_t>(index.tracks.size()));
    for (const TrackIndex& track : index.tracks) {
        writeTrack(out, track);
    }
    out.number(index.isWhole);
    return std::move(out.bytes);
}

core::Result<MediaIndex> indexFromBytes(std::string_view bytes) {
    Reader in(bytes);
    MediaIndex index;
    index.duration = ticksAfter(in, 0);
    const std::size_t tracks = in.count(4096);
    for (std::size_t i = 0; i < tracks && in.ok(); ++i) {
        index.tracks.push_back(readTrack(in));
    }
    index.isWhole = in.number() != 0;
    if (!in.ok() || !in.atEnd()) {
        return core::fail(core::ErrorCode::Corrupt, "The index of this file is damaged.", "media index");
    }
    return index;
}

}  // namespace marea::server
