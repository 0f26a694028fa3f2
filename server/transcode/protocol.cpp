#include "server/transcode/protocol.h"

#include <algorithm>
#include <utility>

namespace marea::server {

using core::ErrorCode;

template <>
struct WireEnum<core::StreamKind> {
    static constexpr auto last = core::StreamKind::Data;
};
template <>
struct WireEnum<core::HdrKind> {
    static constexpr auto last = core::HdrKind::DolbyVision;
};
template <>
struct WireEnum<core::ErrorCode> {
    static constexpr auto last = core::ErrorCode::Internal;
};
template <>
struct WireEnum<BitrateMode> {
    static constexpr auto last = BitrateMode::Average;
};
template <>
struct WireEnum<SegmentFormat> {
    static constexpr auto last = SegmentFormat::WebM;
};
template <>
struct WireEnum<IndexDepth> {
    static constexpr auto last = IndexDepth::Whole;
};
template <>
struct WireEnum<HardwareKind> {
    static constexpr auto last = HardwareKind::Software;
};

// Six hours of nothing but keyframes at 120 a second.
template <>
constexpr std::uint32_t maxWireList<Keyframe> = 6 * 3600 * 120;

}  // namespace marea::server

// One list of fields for both directions. In the namespace of the types, where the archives find them.
namespace marea::core {

template <class Archive>
void wireFields(Archive& archive, StreamInfo& s) {
    archive(s.index, s.kind, s.codec, s.profile, s.level, s.bitrate, s.language, s.title, s.isDefault, s.forced,
            s.hearingImpaired, s.commentary, s.width, s.height, s.pixelAspect, s.frameRate, s.bitDepth, s.pixelFormat,
            s.hdr, s.dolbyVisionProfile, s.dolbyVisionCompatibility, s.rotation, s.interlaced, s.inBandSets,
            s.attachedPicture, s.channels, s.channelLayout, s.sampleRate, s.atmos);
}

template <class Archive>
void wireFields(Archive& archive, Chapter& c) {
    archive(c.start, c.end, c.title);
}

template <class Archive>
void wireFields(Archive& archive, Tags& t) {
    archive(t.title, t.artist, t.albumArtist, t.album, t.composer, t.performer, t.lyricist, t.conductor, t.producer,
            t.label, t.comment, t.lyrics, t.date, t.genres, t.year, t.track, t.trackTotal, t.disc, t.discTotal,
            t.compilation, t.show, t.season, t.episode, t.musicBrainzTrackId, t.musicBrainzAlbumId,
            t.musicBrainzArtistId, t.replayGainTrack, t.replayGainAlbum, t.replayGainTrackPeak, t.replayGainAlbumPeak);
}

template <class Archive>
void wireFields(Archive& archive, MediaInfo& m) {
    archive(m.container, m.duration, m.bitrate, m.streams, m.chapters, m.tags, m.hasCover, m.encrypted);
}

template <class Archive>
void wireFields(Archive& archive, Image& i) {
    archive(i.mimeType, i.bytes, i.width, i.height);
}

template <class Archive>
void wireFields(Archive& archive, LoudnessWish& w) {
    auto& [stream, from, count, fingerprint] = w;
    archive(stream, from, count, fingerprint);
}

template <class Archive>
void wireFields(Archive& archive, LoudnessPart& p) {
    auto& [energies, peak, stereoPeak, isLast, fingerprint] = p;
    archive(energies, peak, stereoPeak, isLast, fingerprint);
}

}  // namespace marea::core

namespace marea::server {

// Taken apart by structured bindings, so that a new field which is not listed here does not compile.
template <class Archive>
void wireFields(Archive& archive, Rational& r) {
    auto& [num, den] = r;
    archive(num, den);
}

template <class Archive>
void wireFields(Archive&, CopyEncoding&) {}

template <class Archive>
void wireFields(Archive& archive, VideoEncoding& v) {
    auto& [codec, width, height, frameRate, bitrate, toneMap, burnStream, mode] = v;
    archive(codec, width, height, frameRate, bitrate, toneMap, burnStream, mode);
}

template <class Archive>
void wireFields(Archive& archive, AudioEncoding& a) {
    auto& [codec, channels, sampleRate, bitrate, gain, night] = a;
    archive(codec, channels, sampleRate, bitrate, gain, night);
}

template <class Archive>
void wireFields(Archive& archive, TrackSpec& t) {
    auto& [stream, encoding] = t;
    archive(stream, encoding);
}

template <class Archive>
void wireFields(Archive& archive, SegmentSpec& s) {
    auto& [tracks, format, number, from, to] = s;
    archive(tracks, format, number, from, to);
}

template <class Archive>
void wireFields(Archive& archive, Keyframe& k) {
    auto& [at, bytes] = k;
    archive(at, bytes);
}

template <class Archive>
void wireFields(Archive& archive, TrackIndex& t) {
    auto& [stream, kind, codec, codecString, start, end, frameRate, keyframes, bitrate, supplemental, openGroups] = t;
    archive(stream, kind, codec, codecString, start, end, frameRate, keyframes, bitrate, supplemental, openGroups);
}

template <class Archive>
void wireFields(Archive& archive, MediaIndex& m) {
    auto& [duration, tracks, isWhole] = m;
    archive(duration, tracks, isWhole);
}

template <class Archive>
void wireFields(Archive& archive, HardwareEncoder& e) {
    auto& [codec, bitDepth, problem, speed] = e;
    archive(codec, bitDepth, problem, speed);
}

template <class Archive>
void wireFields(Archive& archive, HardwareDevice& d) {
    auto& [kind, path, problem, encoders] = d;
    archive(kind, path, problem, encoders);
}

template <class Archive>
void wireFields(Archive& archive, HardwareReply& r) {
    archive(r.device);
}

template <class Archive>
void wireFields(Archive& archive, SubtitleWish& w) {
    auto& [stream, language] = w;
    archive(stream, language);
}

template <class Archive>
void wireFields(Archive& archive, SpriteWish& w) {
    auto& [at, tileWidth, columns, rows] = w;
    archive(at, tileWidth, columns, rows);
}

template <class Archive>
void wireFields(Archive& archive, IndexRequest& r) {
    archive(r.job, r.name, r.depth);
}

template <class Archive>
void wireFields(Archive& archive, BesideFiles& b) {
    auto& [stream, track, files] = b;
    archive(stream, track, files);
}

template <class Archive>
void wireFields(Archive& archive, SegmentRequest& r) {
    archive(r.job, r.name, r.spec, r.beside);
}

template <class Archive>
void wireFields(Archive& archive, LadderRequest& r) {
    archive(r.job, r.name, r.spec, r.beside);
}

template <class Archive>
void wireFields(Archive& archive, QualityRequest& r) {
    archive(r.job, r.name, r.spec);
}

template <class Archive>
void wireFields(Archive& archive, QualityReply& r) {
    archive(r.job, r.qualities);
}

template <class Archive>
void wireFields(Archive& archive, SubtitleRequest& r) {
    archive(r.job, r.name, r.wish);
}

template <class Archive>
void wireFields(Archive& archive, SpriteRequest& r) {
    archive(r.job, r.name, r.wish);
}

template <class Archive>
void wireFields(Archive& archive, LoudnessRequest& r) {
    archive(r.job, r.name, r.wish);
}

template <class Archive>
void wireFields(Archive& archive, LoudnessReply& r) {
    archive(r.job, r.part);
}

template <class Archive>
void wireFields(Archive& archive, IndexReply& r) {
    archive(r.job, r.index);
}

template <class Archive>
void wireFields(Archive& archive, SegmentReply& r) {
    archive(r.job, wireBlob(r.bytes));
}

template <class Archive>
void wireFields(Archive& archive, LadderReply& r) {
    archive(r.job, wireBlobs(r.segments));
}

template <class Archive>
void wireFields(Archive& archive, SubtitleReply& r) {
    archive(r.job, wireBlob(r.text));
}

template <class Archive>
void wireFields(Archive& archive, ProbeRequest& r) {
    archive(r.job, r.name);
}

template <class Archive>
void wireFields(Archive& archive, ImageRequest& r) {
    archive(r.job, r.name, r.maxEdge);
}

template <class Archive>
void wireFields(Archive& archive, ReadyReply& r) {
    archive(r.version, r.sandbox);
}

template <class Archive>
void wireFields(Archive& archive, ProbeReply& r) {
    archive(r.job, r.info);
}

template <class Archive>
void wireFields(Archive& archive, ImageReply& r) {
    archive(r.job, r.image);
}

template <class Archive>
void wireFields(Archive& archive, FailureReply& r) {
    archive(r.job, r.code, r.text, r.detail);
}

template <class Archive>
void wireFields(Archive& archive, FileSecret& s) {
    auto& [header, secret] = s;
    auto first = wireBlob(header), second = wireBlob(secret);
    archive(first, second);
}

namespace {

template <class Variant>
void encodeFrame(Bytes& out, const Variant& message, const FileSecret* secret = nullptr) {
    const std::size_t start = out.size();
    out.resize(start + 4);
    WireWriter writer(out);
    writer(message);
    if (secret)
        writer(*secret);
    const auto length = static_cast<std::uint32_t>(out.size() - start - 4);
    for (std::size_t i = 0; i < 4; ++i)
        out[start + i] = static_cast<std::uint8_t>(length >> (8 * i));
}

template <class Variant>
core::Result<Variant> decodeFrame(const std::uint8_t* data, std::size_t size,
                                  std::optional<FileSecret>* secret = nullptr) {
    WireReader reader(data, size);
    Variant message;
    reader(message);
    if (secret && reader.ok() && !reader.finished())
        reader(secret->emplace());
    if (!reader.finished())
        return core::fail(ErrorCode::Corrupt, "The media worker sent nonsense", "malformed message");
    return message;
}

}  // namespace

JobId jobOf(const Request& request) {
    return std::visit([](const auto& r) { return r.job; }, request);
}

JobId jobOf(const Reply& reply) {
    return std::visit(
        [](const auto& r) -> JobId {
            if constexpr (requires { r.job; })
                return r.job;
            else
                return 0;
        },
        reply);
}

const std::string& nameOf(const Request& request) {
    return std::visit([](const auto& r) -> const std::string& { return r.name; }, request);
}

const BesideFiles* besideOf(const Request& request) {
    const auto of = [](const auto& r) -> const BesideFiles* {
        if constexpr (requires { r.beside; })
            return r.beside ? &*r.beside : nullptr;
        else
            return nullptr;
    };
    return std::visit(of, request);
}

void encode(Bytes& out, const Request& request, const FileSecret* secret) {
    encodeFrame(out, request, secret);
}
void encode(Bytes& out, const Reply& reply) {
    encodeFrame(out, reply);
}

core::Result<Request> decodeRequest(const std::uint8_t* data, std::size_t size, std::optional<FileSecret>* secret) {
    auto request = decodeFrame<Request>(data, size, secret);
    const BesideFiles* beside = request ? besideOf(*request) : nullptr;
    if (beside && (beside->files < 1 || beside->files > maxBesideFiles))
        return core::fail(ErrorCode::Corrupt, "The media worker was asked nonsense", "number of files");
    return request;
}

core::Result<Reply> decodeReply(const std::uint8_t* data, std::size_t size) {
    auto reply = decodeFrame<Reply>(data, size);
    if (reply) {
        const auto* subtitles = std::get_if<SubtitleReply>(&*reply);
        if (subtitles && !core::isUtf8(subtitles->text))
            return core::fail(ErrorCode::Corrupt, "The media worker sent nonsense", "subtitles that are not UTF-8");
    }
    return reply;
}

namespace {

constexpr std::size_t manyBytes = 1u << 20;

std::uint32_t frameLength(const std::uint8_t* at) {
    return static_cast<std::uint32_t>(at[0]) | static_cast<std::uint32_t>(at[1]) << 8 |
           static_cast<std::uint32_t>(at[2]) << 16 | static_cast<std::uint32_t>(at[3]) << 24;
}

}  // namespace

void FrameBuffer::feed(const std::uint8_t* data, std::size_t size) {
    if (start_ > 0) {
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(start_));
        start_ = 0;
    }
    // Grows as bytes come, whatever the frame promises, but to no more than it needs.
    const std::size_t needed = buffer_.size() + size;
    if (needed > buffer_.capacity() && buffer_.size() >= 4) {
        const std::size_t whole = std::min(frameLength(buffer_.data()), maxFrame_) + std::size_t{4};
        buffer_.reserve(std::max(needed, std::min(whole, 2 * needed)));
    }
    buffer_.insert(buffer_.end(), data, data + size);
}

core::Result<std::optional<FrameBuffer::Frame>> FrameBuffer::next() {
    const std::size_t left = buffer_.size() - start_;
    if (left == 0 && buffer_.capacity() > manyBytes) {  // a large frame has gone
        buffer_ = Bytes();
        start_ = 0;
    }
    if (left < 4)
        return std::nullopt;
    const std::uint8_t* at = buffer_.data() + start_;
    const std::uint32_t length = frameLength(at);
    if (length > maxFrame_)
        return core::fail(ErrorCode::TooLarge, "The media worker sent too much", "frame of " + std::to_string(length));
    if (left - 4 < length)
        return std::nullopt;
    start_ += 4 + length;
    return Frame{at + 4, length};
}

}  // namespace marea::server
