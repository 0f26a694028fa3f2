#include "server/pipeline/segmentsession.h"

#include <algorithm>
#include <limits>

#include "server/packaging/timegrid.h"
#include "server/pipeline/mediaindex.h"
#include "server/pipeline/rungquality.h"
#include "server/pipeline/soundmeter.h"
#include "server/pipeline/sprites.h"
#include "server/pipeline/subtitlesofmedia.h"
#include "server/pipeline/webmwriter.h"

namespace marea::server {
namespace {

using core::ErrorCode;

core::Result<void> check(const SegmentSpec& spec) {
    const bool isInit = spec.number == SegmentSpec::kInit;
    const std::size_t most = spec.format == SegmentFormat::MpegTs ? 2 : 1;
    if (spec.tracks.empty() || spec.tracks.size() > most || spec.number < SegmentSpec::kInit)
        return core::fail(ErrorCode::Invalid, "No such segment");
    if (isInit ? !hasHead(spec.format) : spec.from >= spec.to)
        return core::fail(ErrorCode::Invalid, "No such segment");
    return {};
}

// Ascends also where a segment comes in pieces, which all have its number: none begins within a second of another.
int sequenceNumber(const SegmentSpec& spec) {
    constexpr Ticks most = std::numeric_limits<int>::max() - 1;
    return static_cast<int>(std::clamp<Ticks>(spec.from / kTicksPerSecond, 0, most));
}

// Sound that outlasts the pictures belongs to the last segment, up to where that ends: of much longer sound a part. A
// copy's frames may begin a little later than was measured.
Ticks endOfLast(const SegmentSpec& spec, const TrackSpec& sound) {
    const bool isCopy = std::holds_alternative<CopyEncoding>(sound.encoding);
    return isCopy ? spec.to + kTicksPerSecond / 2 : std::numeric_limits<Ticks>::max();
}

core::Result<std::vector<VideoEncoding>> rungsOf(const SegmentSpec& spec) {
    std::vector<VideoEncoding> encodings;
    for (const TrackSpec& track : spec.tracks) {
        const auto* video = std::get_if<VideoEncoding>(&track.encoding);
        if (!video || track.stream != spec.tracks.front().stream)
            return core::fail(ErrorCode::Invalid, "No such ladder", "tracks");
        encodings.push_back(*video);
    }
    if (encodings.empty() || spec.format != SegmentFormat::Mp4 || spec.number < 0 || spec.from >= spec.to)
        return core::fail(ErrorCode::Invalid, "No such ladder");
    return encodings;
}

}  // namespace

core::Result<std::unique_ptr<SegmentSession>> SegmentSession::open(MediaSource source, PictureMaking making) {
    std::unique_ptr<SegmentSession> session(new SegmentSession(std::move(source), making));
    auto reader = MediaReader::open(session->source_);
    if (!reader)
        return core::unexpected(reader.error());
    session->reader_ = std::move(*reader);
    return session;
}

void SegmentSession::setBeside(std::unique_ptr<PicturesBeside> beside) {
    if (beside && beside_ && beside->isSame(*beside_))
        return;
    for (const auto& [stream, transcoder] : videoTranscoders_) {
        if (transcoder)
            transcoder->setBeside(beside.get());
    }
    beside_ = std::move(beside);
}

core::Result<MediaIndex> SegmentSession::index(IndexDepth depth) {
    return indexMedia(*reader_, depth);
}

core::Result<std::string> SegmentSession::segment(const SegmentSpec& spec) {
    if (auto checked = check(spec); !checked)
        return core::unexpected(checked.error());
    if (spec.number == SegmentSpec::kInit)
        return init(spec.tracks.front(), spec.format);
    if (spec.format == SegmentFormat::Picture)
        return picture(spec);
    std::vector<Part> parts;
    SegmentSpec wish = spec;
    bool isLast = false;
    for (const TrackSpec& track : spec.tracks) {
        if (isLast)
            wish.to = endOfLast(spec, track);
        auto made = part(track, wish);
        if (!made)
            return core::unexpected(made.error());
        isLast = made->isLast;
        parts.push_back(std::move(*made));
    }
    if (spec.format == SegmentFormat::Mp4)
        return writeFragment(*parts.front().format, parts.front().packets, sequenceNumber(spec));
    if (spec.format == SegmentFormat::WebM)
        return writeWebmCluster(*parts.front().format, parts.front().packets);
    if (spec.format == SegmentFormat::Raw)
        return writeRaw(*parts.front().format, parts.front().packets);
    std::vector<TrackPackets> tracks;
    for (const Part& made : parts)
        tracks.push_back({made.format, &made.packets});
    return writeTransportStream(tracks);
}

core::Result<std::vector<std::string>> SegmentSession::ladder(const SegmentSpec& spec) {
    auto encodings = rungsOf(spec);
    if (!encodings)
        return core::unexpected(encodings.error());
    auto transcoder = videoTranscoder(spec.tracks.front().stream);
    if (!transcoder)
        return core::unexpected(transcoder.error());
    auto made = (*transcoder)->ladder(*encodings, spec.from, spec.to);
    if (!made)
        return core::unexpected(made.error());
    std::vector<std::string> segments;
    for (VideoTranscoder::Made& rung : *made) {
        if (auto added = completed(rung.format, rung.packets); !added)
            return core::unexpected(added.error());
        auto written = writeFragment(rung.format, rung.packets, sequenceNumber(spec));
        if (!written)
            return core::unexpected(written.error());
        rung = {};  // a ladder is large
        segments.push_back(std::move(*written));
    }
    return segments;
}

core::Result<std::vector<double>> SegmentSession::qualities(const SegmentSpec& spec) {
    auto encodings = rungsOf(spec);
    if (!encodings)
        return core::unexpected(encodings.error());
    auto transcoder = videoTranscoder(spec.tracks.front().stream);
    return transcoder ? rungQualities(**transcoder, *encodings, spec.from, spec.to)
                      : core::unexpected(transcoder.error());
}

core::Result<std::string> SegmentSession::subtitles(const SubtitleWish& wish) {
    return webVttOfStream(source_, wish.stream, wish.language, reader_->origin());
}

core::Result<core::Image> SegmentSession::sprites(const SpriteWish& wish) {
    return spritesOfMedia(source_, wish);
}

core::Result<core::LoudnessPart> SegmentSession::loudness(const core::LoudnessWish& wish) {
    return measureSound(source_, reader_->origin(), wish);
}

core::Result<std::string> SegmentSession::init(const TrackSpec& spec, SegmentFormat to) {
    const auto write = [to](const core::Result<TrackFormat>& format) -> core::Result<std::string> {
        if (!format)
            return core::unexpected(format.error());
        return to == SegmentFormat::WebM ? writeWebmInit(*format) : writeInit(*format);
    };
    if (const auto* video = std::get_if<VideoEncoding>(&spec.encoding)) {
        auto transcoder = videoTranscoder(spec.stream);
        return transcoder ? write((*transcoder)->format(*video)) : core::unexpected(transcoder.error());
    }
    if (const auto* audio = std::get_if<AudioEncoding>(&spec.encoding)) {
        auto transcoder = audioTranscoder(spec.stream);
        return transcoder ? write((*transcoder)->format(*audio)) : core::unexpected(transcoder.error());
    }
    auto copy = copier(spec.stream, to);
    if (!copy)
        return core::unexpected(copy.error());
    return to == SegmentFormat::WebM ? writeWebmInit((*copy)->format()) : (*copy)->init();
}

// One picture, shown until `to`.
core::Result<std::string> SegmentSession::picture(const SegmentSpec& spec) {
    SegmentSpec wish = spec;
    if (const auto* video = std::get_if<VideoEncoding>(&spec.tracks.front().encoding))
        wish.to = unitTime(firstUnit(spec.from, video->frameRate) + 1, video->frameRate);
    else if (std::holds_alternative<AudioEncoding>(spec.tracks.front().encoding))
        return core::fail(ErrorCode::Invalid, "No such segment");
    auto made = part(spec.tracks.front(), wish);
    if (!made)
        return core::unexpected(made.error());
    if (made->packets.empty())
        return core::fail(ErrorCode::Unprocessable, "There is no picture there");
    made->packets.resize(1);
    AVPacket* packet = made->packets.front().get();
    packet->dts = packet->pts;
    packet->duration = av_rescale_q(spec.to - spec.from, {1, kTicksPerSecond}, made->format->timeBase);
    return writeFragment(*made->format, made->packets, spec.number);
}

core::Result<SegmentSession::Part> SegmentSession::part(const TrackSpec& spec, const SegmentSpec& segment) {
    if (const auto* video = std::get_if<VideoEncoding>(&spec.encoding)) {
        auto transcoder = videoTranscoder(spec.stream);
        return transcoder ? encoded((*transcoder)->segment(*video, segment.from, segment.to), segment)
                          : core::unexpected(transcoder.error());
    }
    if (const auto* audio = std::get_if<AudioEncoding>(&spec.encoding)) {
        auto transcoder = audioTranscoder(spec.stream);
        const bool isEven = segment.format == SegmentFormat::Raw;
        return transcoder ? encoded((*transcoder)->segment(*audio, segment.from, segment.to, isEven), segment)
                          : core::unexpected(transcoder.error());
    }
    return copied(spec.stream, segment);
}

core::Result<SegmentSession::Part> SegmentSession::copied(int stream, const SegmentSpec& segment) {
    auto copy = copier(stream, segment.format);
    if (!copy)
        return core::unexpected(copy.error());
    auto made = segment.format == SegmentFormat::Picture ? (*copy)->picture(segment.number, segment.from)
                                                         : (*copy)->part(segment.number, segment.from, segment.to);
    if (!made)
        return core::unexpected(made.error());
    return Part{&(*copy)->format(), std::move(made->packets), made->isLast, nullptr};
}

template <class Made>
core::Result<SegmentSession::Part> SegmentSession::encoded(core::Result<Made> made, const SegmentSpec& segment) {
    if (!made)
        return core::unexpected(made.error());
    Part part{nullptr, std::move(made->packets), false, std::make_unique<TrackFormat>(std::move(made->format))};
    part.format = part.encoded.get();
    if (segment.format != SegmentFormat::MpegTs) {
        if (auto added = completed(*part.format, part.packets); !added)
            return core::unexpected(added.error());
    }
    return part;
}

core::Result<void> SegmentSession::completed(const TrackFormat& format, Packets& packets) const {
    return making_.selfContained && !packets.empty() ? prependParameterSets(format, *packets.front())
                                                     : core::Result<void>();
}

core::Result<VideoTranscoder*> SegmentSession::videoTranscoder(int stream) {
    auto& kept = videoTranscoders_[stream];
    if (kept)
        return kept.get();
    auto source = track(stream);
    if (!source)
        return core::unexpected(source.error());
    auto made = VideoTranscoder::open(source_, stream, reader_->origin(), making_.device);
    if (!made)
        return core::unexpected(made.error());
    kept = std::move(*made);
    kept->setBeside(beside_.get());
    return kept.get();
}

core::Result<AudioTranscoder*> SegmentSession::audioTranscoder(int stream) {
    auto& kept = audioTranscoders_[stream];
    if (kept)
        return kept.get();
    auto source = track(stream);
    if (!source)
        return core::unexpected(source.error());
    auto made = AudioTranscoder::open(source_, stream, reader_->origin());
    if (!made)
        return core::unexpected(made.error());
    kept = std::move(*made);
    return kept.get();
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
