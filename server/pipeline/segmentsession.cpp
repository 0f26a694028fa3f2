#include "server/pipeline/segmentsession.h"

#include <limits>

#include "server/pipeline/mediaindex.h"
#include "server/pipeline/sprites.h"
#include "server/pipeline/subtitlesofmedia.h"

namespace marea::server {
namespace {

using core::ErrorCode;

core::Result<void> check(const SegmentSpec& spec) {
    const bool isInit = spec.number == SegmentSpec::kInit;
    const std::size_t most = spec.format == SegmentFormat::MpegTs ? 2 : 1;
    if (spec.tracks.empty() || spec.tracks.size() > most || spec.number < SegmentSpec::kInit)
        return core::fail(ErrorCode::Invalid, "No such segment");
    if (isInit ? spec.format == SegmentFormat::MpegTs : spec.from >= spec.to)
        return core::fail(ErrorCode::Invalid, "No such segment");
    return {};
}

}  // namespace

core::Result<std::unique_ptr<SegmentSession>> SegmentSession::open(MediaSource source) {
    std::unique_ptr<SegmentSession> session(new SegmentSession(std::move(source)));
    auto reader = MediaReader::open(session->source_);
    if (!reader)
        return core::unexpected(reader.error());
    session->reader_ = std::move(*reader);
    return session;
}

core::Result<MediaIndex> SegmentSession::index() {
    return indexMedia(*reader_);
}

core::Result<std::string> SegmentSession::segment(const SegmentSpec& spec) {
    if (auto checked = check(spec); !checked)
        return core::unexpected(checked.error());
    if (spec.number == SegmentSpec::kInit)
        return init(spec.tracks.front());
    std::vector<Part> parts;
    SegmentSpec wish = spec;
    for (const TrackSpec& track : spec.tracks) {
        auto made = part(track, wish);
        if (!made)
            return core::unexpected(made.error());
        // Sound that outlasts the pictures belongs to the last segment.
        if (made->isLast)
            wish.to = std::numeric_limits<Ticks>::max();
        parts.push_back(std::move(*made));
    }
    if (spec.format == SegmentFormat::Mp4)
        return writeFragment(*parts.front().format, parts.front().packets, spec.number);
    std::vector<TrackPackets> tracks;
    for (const Part& made : parts)
        tracks.push_back({made.format, &made.packets});
    return writeTransportStream(tracks);
}

core::Result<std::string> SegmentSession::subtitles(const SubtitleWish& wish) {
    return webVttOfStream(source_, wish.stream, wish.language, reader_->origin());
}

core::Result<core::Image> SegmentSession::sprites(const SpriteWish& wish) {
    return spritesOfMedia(source_, wish);
}

core::Result<std::string> SegmentSession::init(const TrackSpec& spec) {
    if (!std::holds_alternative<CopyEncoding>(spec.encoding))
        return core::fail(ErrorCode::Unprocessable, "This cannot be made yet");
    auto copy = copier(spec.stream, SegmentFormat::Mp4);
    return copy ? (*copy)->init() : core::unexpected(copy.error());
}

core::Result<SegmentSession::Part> SegmentSession::part(const TrackSpec& spec, const SegmentSpec& segment) {
    if (!std::holds_alternative<CopyEncoding>(spec.encoding))
        return core::fail(ErrorCode::Unprocessable, "This cannot be made yet");
    auto copy = copier(spec.stream, segment.format);
    if (!copy)
        return core::unexpected(copy.error());
    auto made = (*copy)->part(segment.number, segment.from, segment.to);
    if (!made)
        return core::unexpected(made.error());
    return Part{&(*copy)->format(), std::move(made->packets), made->isLast};
}

core::Result<TrackCopier*> SegmentSession::copier(int stream, SegmentFormat to) {
    const std::pair key{stream, to};
    if (const auto found = copiers_.find(key); found != copiers_.end())
        return &found->second;
    auto source = track(stream);
    if (!source)
        return core::unexpected(source.error());
    auto made = TrackCopier::open(*reader_, **source, to);
    if (!made)
        return core::unexpected(made.error());
    return &copiers_.emplace(key, std::move(*made)).first->second;
}

core::Result<const SourceTrack*> SegmentSession::track(int stream) const {
    if (const SourceTrack* found = reader_->track(stream))
        return found;
    return core::fail(ErrorCode::NotFound, "The file has no such video or audio stream");
}

}  // namespace marea::server
