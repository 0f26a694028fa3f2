#include "server/transcode/protocol.h"

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

}  // namespace marea::server

// One list of fields for both directions. In the namespace of the types, where the archives find them.
namespace marea::core {

template <class Archive>
void wireFields(Archive& archive, StreamInfo& s) {
    archive(s.index, s.kind, s.codec, s.profile, s.level, s.bitrate, s.language, s.title, s.isDefault, s.forced,
            s.hearingImpaired, s.commentary, s.width, s.height, s.pixelAspect, s.frameRate, s.bitDepth, s.pixelFormat,
            s.hdr, s.dolbyVisionProfile, s.rotation, s.attachedPicture, s.channels, s.channelLayout, s.sampleRate,
            s.atmos);
}

template <class Archive>
void wireFields(Archive& archive, Chapter& c) {
    archive(c.start, c.end, c.title);
}

template <class Archive>
void wireFields(Archive& archive, Tags& t) {
    archive(t.title, t.artist, t.albumArtist, t.album, t.composer, t.comment, t.lyrics, t.date, t.genres, t.year,
            t.track, t.trackTotal, t.disc, t.discTotal, t.compilation, t.show, t.season, t.episode,
            t.musicBrainzTrackId, t.musicBrainzAlbumId, t.musicBrainzArtistId, t.replayGainTrack, t.replayGainAlbum);
}

template <class Archive>
void wireFields(Archive& archive, MediaInfo& m) {
    archive(m.container, m.duration, m.bitrate, m.streams, m.chapters, m.tags, m.hasCover, m.encrypted);
}

template <class Archive>
void wireFields(Archive& archive, Image& i) {
    archive(i.mimeType, i.bytes, i.width, i.height);
}

}  // namespace marea::core

namespace marea::server {

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

namespace {

template <class Variant>
void encodeFrame(Bytes& out, const Variant& message) {
    const std::size_t start = out.size();
    out.resize(start + 4);
    WireWriter writer(out);
    writer(static_cast<std::uint8_t>(message.index()));
    std::visit([&](const auto& m) { writer(m); }, message);
    const auto length = static_cast<std::uint32_t>(out.size() - start - 4);
    for (std::size_t i = 0; i < 4; ++i)
        out[start + i] = static_cast<std::uint8_t>(length >> (8 * i));
}

template <class Variant, std::size_t I = 0>
bool emplaceType(Variant& message, std::size_t type) {
    if constexpr (I < std::variant_size_v<Variant>) {
        if (type == I) {
            message.template emplace<I>();
            return true;
        }
        return emplaceType<Variant, I + 1>(message, type);
    } else {
        return false;
    }
}

template <class Variant>
core::Result<Variant> decodeFrame(const std::uint8_t* data, std::size_t size) {
    WireReader reader(data, size);
    std::uint8_t type = 0;
    Variant message;
    reader(type);
    if (!reader.ok() || !emplaceType(message, type))
        return core::fail(ErrorCode::Corrupt, "The media worker sent nonsense", "unknown message type");
    std::visit([&](auto& m) { reader(m); }, message);
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

void encode(Bytes& out, const Request& request) {
    encodeFrame(out, request);
}
void encode(Bytes& out, const Reply& reply) {
    encodeFrame(out, reply);
}

core::Result<Request> decodeRequest(const std::uint8_t* data, std::size_t size) {
    return decodeFrame<Request>(data, size);
}

core::Result<Reply> decodeReply(const std::uint8_t* data, std::size_t size) {
    return decodeFrame<Reply>(data, size);
}

void FrameBuffer::feed(const std::uint8_t* data, std::size_t size) {
    if (start_ > 0) {
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(start_));
        start_ = 0;
    }
    buffer_.insert(buffer_.end(), data, data + size);
}

core::Result<std::optional<FrameBuffer::Frame>> FrameBuffer::next() {
    const std::size_t left = buffer_.size() - start_;
    if (left < 4)
        return std::nullopt;
    const std::uint8_t* at = buffer_.data() + start_;
    const std::uint32_t length = static_cast<std::uint32_t>(at[0]) | static_cast<std::uint32_t>(at[1]) << 8 |
                                 static_cast<std::uint32_t>(at[2]) << 16 | static_cast<std::uint32_t>(at[3]) << 24;
    if (length > maxFrame_)
        return core::fail(ErrorCode::TooLarge, "The media worker sent too much", "frame of " + std::to_string(length));
    if (left - 4 < length)
        return std::nullopt;
    start_ += 4 + length;
    return Frame{at + 4, length};
}

}  // namespace marea::server
