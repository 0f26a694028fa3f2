#include "server/pipeline/copysegment.h"

#include <algorithm>

#include "server/pipeline/nalunits.h"
#include "server/pipeline/streaminfo.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::StreamKind;

constexpr AVRational tickBase{1, kTicksPerSecond};
constexpr std::size_t mostBytes = 256 << 20;  // of one segment
constexpr std::size_t mostPackets = 100'000;
constexpr std::size_t mostLeading = 32;  // pictures after a keyframe that may be presented before it

// The source's unit where a movie can count in it.
AVRational outBase(const SourceTrack& track, const AVCodecParameters* par) {
    if (track.kind == StreamKind::Audio && par->sample_rate > 0)
        return {1, par->sample_rate};
    const int den = track.timeBase.den;
    if (kTicksPerSecond % den == 0 || den < 1000 || den > 10'000'000)
        return tickBase;
    return {1, den};
}

void keepSideData(TrackFormat& format, AVStream* stream) {
    for (const AVPacketSideDataType type : {AV_PKT_DATA_DOVI_CONF, AV_PKT_DATA_MASTERING_DISPLAY_METADATA,
                                            AV_PKT_DATA_CONTENT_LIGHT_LEVEL, AV_PKT_DATA_DISPLAYMATRIX}) {
        std::size_t size = 0;
        if (const std::uint8_t* data = streamSideData(stream, type, size))
            format.sideData.push_back({type, std::vector<std::uint8_t>(data, data + size)});
    }
}

struct AdtsFilter {
    AvPtr<AVBSFContext> context;

    static core::Result<AdtsFilter> open(const AVCodecParameters* par, AVRational timeBase) {
        AVBSFContext* made = nullptr;
        if (av_bsf_alloc(av_bsf_get_by_name("aac_adtstoasc"), &made) < 0)
            return core::fail(ErrorCode::Internal, "Out of memory");
        AdtsFilter filter{AvPtr<AVBSFContext>(made)};
        made->time_base_in = timeBase;
        if (avcodec_parameters_copy(made->par_in, par) < 0 || av_bsf_init(made) < 0)
            return core::fail(ErrorCode::Internal, "Out of memory");
        return filter;
    }
    bool run(AVPacket* packet) {
        return av_bsf_send_packet(context.get(), packet) >= 0 && av_bsf_receive_packet(context.get(), packet) >= 0;
    }
};

tl::unexpected<core::Error> unusable(const char* detail) {
    return core::fail(ErrorCode::Unprocessable, "The stream cannot be copied as it is", detail);
}

}  // namespace

core::Result<TrackCopier> TrackCopier::open(MediaReader& reader, const SourceTrack& track, SegmentFormat to) {
    TrackCopier copier(reader, track);
    if (auto done = copier.describe(to); !done)
        return core::unexpected(done.error());
    return copier;
}

core::Result<void> TrackCopier::describe(SegmentFormat to) {
    const AVPacket* first = reader_->firstPacket(*track_);
    if (!first)
        return unusable("an empty stream");
    if (track_->isTimeless)
        return unusable("packets without times");
    AVStream* stream = reader_->stream(*track_);
    format_.parameters.reset(avcodec_parameters_alloc());
    first_.reset(av_packet_clone(first));
    if (!first_ || !format_.parameters ||
        avcodec_parameters_copy(format_.parameters.get(), reader_->parameters(*track_)) < 0)
        return core::fail(ErrorCode::Internal, "Out of memory");
    AVCodecParameters* par = format_.parameters.get();
    format_.timeBase = outBase(*track_, par);
    keepSideData(format_, stream);
    // The container's word on the shape of pixels, which the stream itself may not have: anamorphic VP9, AV1, HEVC.
    if (stream->sample_aspect_ratio.num > 0 && stream->sample_aspect_ratio.den > 0)
        par->sample_aspect_ratio = stream->sample_aspect_ratio;
    // Its configuration names the pixels; without a decodable picture they follow from the profile.
    if (par->codec_id == AV_CODEC_ID_VP9 && par->format < 0)
        par->format = par->profile >= 2 ? AV_PIX_FMT_YUV420P10 : AV_PIX_FMT_YUV420P;
    // From MP4 it comes without, and Chromium refuses a sample entry that differs from STREAMINFO (RFC 9639, 8.2).
    if (par->codec_id == AV_CODEC_ID_FLAC && par->extradata_size >= 34)
        par->bits_per_raw_sample = ((par->extradata[12] & 1) << 4 | par->extradata[13] >> 4) + 1;
    if ((par->codec_id == AV_CODEC_ID_H264 || par->codec_id == AV_CODEC_ID_HEVC) && par->extradata_size == 0)
        return unusable("no parameter sets");
    if (par->codec_id == AV_CODEC_ID_AAC && par->extradata_size == 0 && to == SegmentFormat::Mp4)
        return describeAdts();
    return {};
}

// The AudioSpecificConfig follows from the first header.
core::Result<void> TrackCopier::describeAdts() {
    isAdts_ = true;
    auto filter = AdtsFilter::open(format_.parameters.get(), track_->timeBase);
    if (!filter)
        return core::unexpected(filter.error());
    if (!filter->run(first_.get()))
        return unusable("AAC without headers");
    std::size_t size = 0;
    const std::uint8_t* config = av_packet_get_side_data(first_.get(), AV_PKT_DATA_NEW_EXTRADATA, &size);
    auto* extra = static_cast<std::uint8_t*>(av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE));
    if (!config || !extra) {
        av_free(extra);
        return unusable("AAC without headers");
    }
    std::copy(config, config + size, extra);
    format_.parameters->extradata = extra;
    format_.parameters->extradata_size = static_cast<int>(size);
    return {};
}

core::Result<std::string> TrackCopier::init() const {
    return writeInit(format_, first_.get());
}

core::Result<TrackCopier::Part> TrackCopier::part(int number, Ticks from, Ticks to) {
    reader_->select({track_->stream});
    if (auto placed = number <= 0 ? reader_->rewind(*track_) : reader_->seek(*track_, from); !placed)
        return core::unexpected(placed.error());
    auto made = track_->kind == StreamKind::Video ? video(number, from, to) : audio(number, from, to);
    if (!made)
        return made;
    if (isAdts_) {
        if (auto done = strip(made->packets); !done)
            return core::unexpected(done.error());
    }
    return made;
}

namespace {

// Those at the end that nothing needs which is shown. True when there were any: the stream ends here.
bool dropCutOff(Packets& packets) {
    const std::size_t before = packets.size();
    while (packets.size() > 1 && (packets.back()->flags & AV_PKT_FLAG_DISCARD))
        packets.pop_back();
    return packets.size() < before;
}

}  // namespace

core::Result<TrackCopier::Part> TrackCopier::picture(int number, Ticks from) {
    if (track_->kind != StreamKind::Video)
        return core::fail(ErrorCode::Invalid, "No such segment");
    reader_->select({track_->stream});
    if (auto placed = number <= 0 ? reader_->rewind(*track_) : reader_->seek(*track_, from); !placed)
        return core::unexpected(placed.error());
    for (;;) {
        auto packet = next();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet)
            return core::fail(ErrorCode::Unprocessable, "There is no picture there");
        const bool key = ((*packet)->flags & AV_PKT_FLAG_KEY) != 0;
        if (!key || (number > 0 && reader_->ticks(*track_, (*packet)->pts) < from))
            continue;
        Part part;
        (*packet)->pts = (*packet)->dts = outTime((*packet)->pts);
        part.packets.push_back(std::move(*packet));
        return part;
    }
}

// The stream's next packet that has a time.
core::Result<AvPtr<AVPacket>> TrackCopier::next() {
    for (;;) {
        auto packet = reader_->next();
        if (!packet || !*packet)
            return packet;
        if ((*packet)->stream_index != track_->stream || (*packet)->size <= 0)
            continue;
        if ((*packet)->pts != AV_NOPTS_VALUE)
            return packet;
        if (track_->kind == StreamKind::Video)
            return unusable("pictures without times");
    }
}

core::Result<TrackCopier::Part> TrackCopier::video(int number, Ticks from, Ticks to) {
    Part part;
    std::size_t bytes = 0;
    for (;;) {
        auto packet = next();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet) {
            part.isLast = true;
            break;
        }
        const bool key = ((*packet)->flags & AV_PKT_FLAG_KEY) != 0;
        const Ticks at = reader_->ticks(*track_, (*packet)->pts);
        if (key && at >= to) {
            part.isLast = dropCutOff(part.packets);
            if (auto timed = timeVideo(part, part.isLast ? nullptr : std::move(*packet)); !timed)
                return core::unexpected(timed.error());
            return part;
        }
        if (part.packets.empty() && (!key || (number > 0 && at < from)))
            continue;
        bytes += static_cast<std::size_t>((*packet)->size);
        part.packets.push_back(std::move(*packet));
        if (bytes > mostBytes || part.packets.size() > mostPackets)
            return core::fail(ErrorCode::TooLarge, "A segment of this file is too large");
    }
    dropCutOff(part.packets);
    if (auto timed = timeVideo(part, nullptr); !timed)
        return core::unexpected(timed.error());
    return part;
}

// When the group of pictures of `key` begins to be decoded, in the output's unit.
core::Result<std::int64_t> TrackCopier::firstDecodingTime(AvPtr<AVPacket> key) {
    if (track_->tellsDts)
        return outTime(key->dts != AV_NOPTS_VALUE ? key->dts : key->pts);
    std::int64_t earliest = key->pts;
    for (std::size_t i = 0; i < mostLeading; ++i) {
        auto packet = next();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet || ((*packet)->flags & AV_PKT_FLAG_KEY))
            break;
        earliest = std::min(earliest, (*packet)->pts);
    }
    return outTime(earliest - track_->reorderDelay);
}

core::Result<void> TrackCopier::timeVideo(Part& part, AvPtr<AVPacket> following) {
    Packets& packets = part.packets;
    if (packets.empty())
        return {};
    if (!track_->tellsDts) {
        std::vector<std::int64_t> times;
        for (const auto& packet : packets)
            times.push_back(packet->pts);
        std::sort(times.begin(), times.end());
        for (std::size_t i = 0; i < packets.size(); ++i)
            packets[i]->dts = times[i] - track_->reorderDelay;
    }
    for (std::size_t i = 0; i < packets.size(); ++i) {
        AVPacket* packet = packets[i].get();
        packet->dts = outTime(packet->dts != AV_NOPTS_VALUE ? packet->dts : packet->pts);
        packet->pts = outTime(packet->pts);
        if (i > 0)  // broken files repeat times
            packet->dts = std::max(packet->dts, packets[i - 1]->dts + 1);
    }
    AVPacket* last = packets.back().get();
    last->duration = av_rescale_q(last->duration, track_->timeBase, format_.timeBase);
    if (following) {
        const auto end = firstDecodingTime(std::move(following));
        if (!end)
            return core::unexpected(end.error());
        last->duration = *end - last->dts;
    } else if (track_->startRate.num > 0) {
        const AVRational picture{track_->startRate.den, track_->startRate.num};
        last->duration = std::max(last->duration, av_rescale_q(1, picture, format_.timeBase));
    } else if (last->duration <= 0 && packets.size() > 1) {
        last->duration = last->dts - packets[packets.size() - 2]->dts;
    }
    last->duration = std::max<std::int64_t>(last->duration, 1);
    return {};
}

core::Result<TrackCopier::Part> TrackCopier::audio(int number, Ticks from, Ticks to) {
    Part part;
    std::size_t bytes = 0;
    std::int64_t end = AV_NOPTS_VALUE;
    while (end == AV_NOPTS_VALUE) {
        auto packet = next();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet) {
            part.isLast = true;
            break;
        }
        const Ticks at = reader_->ticks(*track_, (*packet)->pts);
        if (number > 0 && at < from)
            continue;
        AVPacket* raw = packet->get();
        raw->pts = raw->dts = audioTime(raw->pts);
        raw->duration = av_rescale_q(raw->duration, track_->timeBase, format_.timeBase);
        if (at >= to) {
            end = raw->pts;
            break;
        }
        if (!part.packets.empty())
            raw->pts = raw->dts = std::max(raw->dts, part.packets.back()->dts + 1);
        bytes += static_cast<std::size_t>(raw->size);
        part.packets.push_back(std::move(*packet));
        if (bytes > mostBytes || part.packets.size() > mostPackets)
            return core::fail(ErrorCode::TooLarge, "A segment of this file is too large");
    }
    if (!part.packets.empty()) {
        AVPacket* last = part.packets.back().get();
        if (end != AV_NOPTS_VALUE)
            last->duration = end - last->dts;
        last->duration = std::max<std::int64_t>(last->duration, 1);
    }
    return part;
}

core::Result<void> TrackCopier::strip(Packets& packets) const {
    auto filter = AdtsFilter::open(reader_->parameters(*track_), track_->timeBase);
    if (!filter)
        return core::unexpected(filter.error());
    for (auto& packet : packets) {
        const std::int64_t pts = packet->pts, duration = packet->duration;
        if (!filter->run(packet.get()))
            return unusable("AAC without headers");
        packet->pts = packet->dts = pts;
        packet->duration = duration;
    }
    return {};
}

std::int64_t TrackCopier::outTime(std::int64_t time) const {
    return av_rescale_q_rnd(time, track_->timeBase, format_.timeBase, AV_ROUND_NEAR_INF) -
           av_rescale_q_rnd(reader_->origin(), tickBase, format_.timeBase, AV_ROUND_NEAR_INF);
}

// On the grid of whole frames where the container's unit is too coarse for it (Matroska, MPEG-TS): else a player would
// find gaps of some samples.
std::int64_t TrackCopier::audioTime(std::int64_t pts) const {
    const std::int64_t start = outTime(track_->firstPts);
    const std::int64_t raw = outTime(pts) - start;
    const std::int64_t size = track_->frameSize;
    if (size <= 0 || raw < 0)
        return start + raw;
    const std::int64_t snapped = (raw + size / 2) / size * size;
    const std::int64_t unit = av_rescale_q(1, track_->timeBase, format_.timeBase);
    const std::int64_t tolerance = std::max<std::int64_t>(unit, format_.timeBase.den / 1000) + 1;
    return start + (std::abs(snapped - raw) <= tolerance ? snapped : raw);
}

}  // namespace marea::server
