#include "server/pipeline/mediareader.h"

#include <algorithm>

#include "server/pipeline/framerate.h"
#include "server/pipeline/streaminfo.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::StreamKind;

constexpr AVRational tickBase{1, kTicksPerSecond};
constexpr int mostStartPackets = 3000;
constexpr std::size_t mostStartBytes = 48 << 20;
constexpr std::size_t videoHead = 48, audioHead = 4;  // packets that show how a stream is timed
constexpr std::size_t mostReordered = 16;

bool isPicture(const AVStream* stream) {
    return (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
}

bool hasConfiguration(const AVCodecParameters* par) {
    switch (par->codec_id) {
        case AV_CODEC_ID_H264:
        case AV_CODEC_ID_HEVC:
        case AV_CODEC_ID_AV1:
            return par->extradata_size > 0;
        default:
            return false;
    }
}

// True when copying needs nothing that only avformat_find_stream_info would find out.
bool isDescribed(const AVFormatContext* context) {
    if ((context->ctx_flags & AVFMTCTX_NOHEADER) || context->nb_streams == 0)
        return false;
    for (unsigned i = 0; i < context->nb_streams; ++i) {
        const AVCodecParameters* par = context->streams[i]->codecpar;
        if (par->codec_type == AVMEDIA_TYPE_VIDEO && !isPicture(context->streams[i]) &&
            (par->width <= 0 || !hasConfiguration(par)))
            return false;
        if (par->codec_type == AVMEDIA_TYPE_AUDIO &&
            (par->sample_rate <= 0 || par->codec_id == AV_CODEC_ID_DTS || par->codec_id == AV_CODEC_ID_MP3))
            return false;
    }
    return true;
}

bool tellsDecodingTimes(const AVFormatContext* context) {
    const std::string_view name = context->iformat->name;
    return name.starts_with("mov") || name == "mpegts" || name == "flv";
}

bool isMatroska(const AVFormatContext* context) {
    return std::string_view(context->iformat->name).starts_with("matroska");
}

bool hasIndex(const AVFormatContext* context) {
    return isMatroska(context) || std::string_view(context->iformat->name).starts_with("mov");
}

// Samples at the front that only prime the decoder. Matroska and Ogg tell them with the stream.
std::int64_t skippedSamples(const AVPacket* packet, const AVCodecParameters* par) {
    std::size_t size = 0;
    const std::uint8_t* data = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, &size);
    if (!data || size < 10)
        return packet->pts < 0 ? std::max(par->initial_padding, 0) : 0;
    return static_cast<std::int64_t>(data[0] | data[1] << 8 | data[2] << 16) | static_cast<std::int64_t>(data[3]) << 24;
}

// In ascending order, without the last ones of many: those may lack what is presented before them.
std::vector<std::int64_t> presentationTimes(const std::vector<AvPtr<AVPacket>>& packets) {
    std::vector<std::int64_t> times;
    for (const auto& packet : packets)
        times.push_back(packet->pts);
    std::sort(times.begin(), times.end());
    if (times.size() > 2 * mostReordered)
        times.resize(times.size() - mostReordered);
    return times;
}

// How much later a picture is presented than its place in the order of presentation, at most.
std::int64_t reorderIn(const std::vector<AvPtr<AVPacket>>& packets, const std::vector<std::int64_t>& times) {
    std::int64_t most = 0;
    for (std::size_t i = 0; i < times.size(); ++i)
        most = std::max(most, times[i] - packets[i]->pts);
    return most;
}

// Samples in a frame of those codecs that always have as many.
int constantFrameSize(const AVCodecParameters* par) {
    switch (par->codec_id) {
        case AV_CODEC_ID_AAC:
        case AV_CODEC_ID_AC3:
        case AV_CODEC_ID_EAC3:
        case AV_CODEC_ID_MP3:
            return std::max(par->frame_size, 0);
        default:
            return 0;
    }
}

}  // namespace

core::Result<std::unique_ptr<MediaReader>> MediaReader::open(MediaSource& source) {
    std::unique_ptr<MediaReader> reader(new MediaReader(source));
    auto done = reader->openInput();
    if (done)
        done = reader->findTracks();
    if (done)
        done = reader->readStart();
    if (!done)
        return core::unexpected(done.error());
    reader->findOrigin();
    return reader;
}

core::Result<void> MediaReader::openInput() {
    auto input = AvInput::open(source_);
    if (!input)
        return core::unexpected(input.error());
    input_ = std::move(*input);
    waiting_.clear();
    if (isEncrypted(context()))
        return core::fail(ErrorCode::Unprocessable, "The file is encrypted");
    if (!isDescribed(context())) {
        context()->probesize = 8 << 20;
        context()->max_analyze_duration = 4 * AV_TIME_BASE;
        avformat_find_stream_info(context(), nullptr);  // a failure leaves what the headers said
    }
    return {};
}

core::Result<void> MediaReader::findTracks() {
    for (unsigned i = 0; i < context()->nb_streams; ++i) {
        AVStream* stream = context()->streams[i];
        const AVMediaType type = stream->codecpar->codec_type;
        if ((type != AVMEDIA_TYPE_VIDEO && type != AVMEDIA_TYPE_AUDIO) || isPicture(stream) ||
            stream->time_base.num <= 0 || stream->time_base.den <= 0)
            continue;
        SourceTrack track;
        track.stream = static_cast<int>(i);
        track.kind = type == AVMEDIA_TYPE_VIDEO ? StreamKind::Video : StreamKind::Audio;
        track.timeBase = stream->time_base;
        track.tellsDts = tellsDecodingTimes(context());
        tracks_.push_back(track);
    }
    if (tracks_.empty())
        return core::fail(ErrorCode::Corrupt, "No audio or video streams inside");
    heads_.resize(tracks_.size());
    return {};
}

bool MediaReader::isReadEnough(int packets) const {
    // Streams that begin much later than the others, or never, are not waited for too long.
    bool some = packets > mostStartPackets / 4, all = true;
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        const bool video = tracks_[i].kind == StreamKind::Video;
        const bool preroll = !heads_[i].empty() && (heads_[i].front()->flags & AV_PKT_FLAG_DISCARD);
        const std::size_t wanted = !video ? audioHead : tracks_[i].tellsDts && !preroll ? 1 : videoHead;
        all = all && heads_[i].size() >= wanted;
        some = some && !heads_[i].empty();
    }
    return all || some;
}

core::Result<void> MediaReader::readStart() {
    std::vector<int> streams;
    for (const SourceTrack& track : tracks_)
        streams.push_back(track.stream);
    select(streams);
    std::size_t bytes = 0;
    for (int count = 0; count < mostStartPackets && bytes < mostStartBytes && !isReadEnough(count); ++count) {
        auto packet = read();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet)
            break;
        bytes += static_cast<std::size_t>((*packet)->size);
        for (std::size_t i = 0; i < tracks_.size(); ++i) {
            auto& head = heads_[i];
            const bool opens = tracks_[i].kind == StreamKind::Audio || ((*packet)->flags & AV_PKT_FLAG_KEY);
            if ((*packet)->stream_index != tracks_[i].stream || (head.empty() && !opens) || head.size() >= videoHead)
                continue;
            if ((*packet)->pts == AV_NOPTS_VALUE) {
                tracks_[i].isTimeless = true;
                (*packet)->pts = (*packet)->dts;
            }
            if ((*packet)->pts == AV_NOPTS_VALUE)
                continue;
            head.push_back(std::move(*packet));
            break;
        }
    }
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
        measure(i);
        AvPtr<AVCodecParameters> copy(avcodec_parameters_alloc());
        if (!copy || avcodec_parameters_copy(copy.get(), stream(tracks_[i])->codecpar) < 0)
            return core::fail(ErrorCode::Internal, "Out of memory");
        parameters_.push_back(std::move(copy));
    }
    return {};
}

void MediaReader::measure(std::size_t i) {
    SourceTrack& track = tracks_[i];
    auto& head = heads_[i];
    if (head.empty())
        return;
    track.firstPts = head.front()->pts;
    const AVCodecParameters* par = stream(track)->codecpar;
    if (track.kind == StreamKind::Audio) {
        const std::int64_t samples = skippedSamples(head.front().get(), par);
        if (par->sample_rate > 0)
            track.skipped = av_rescale_q(samples, {1, par->sample_rate}, track.timeBase);
        track.frameSize = constantFrameSize(par);
    } else {
        const std::vector<std::int64_t> times = presentationTimes(head);
        if (!track.tellsDts)
            track.reorderDelay = reorderIn(head, times);
        track.startRate = constantRate(times, {track.timeBase.num, track.timeBase.den});
        // Pictures before an edit's start are decoded, not presented.
        const auto shown =
            std::find_if(head.begin(), head.end(), [](const auto& p) { return (p->flags & AV_PKT_FLAG_DISCARD) == 0; });
        if (shown != head.end() && (*shown)->pts > track.firstPts)
            track.skipped = (*shown)->pts - track.firstPts;
    }
    head.resize(1);
}

void MediaReader::findOrigin() {
    bool found = false;
    for (const SourceTrack& track : tracks_) {
        if (track.firstPts == AV_NOPTS_VALUE)
            continue;
        const Ticks start =
            av_rescale_q_rnd(track.firstPts + track.skipped, track.timeBase, tickBase, AV_ROUND_NEAR_INF);
        origin_ = found ? std::min(origin_, start) : start;
        found = true;
    }
}

const SourceTrack* MediaReader::track(int stream) const {
    for (const SourceTrack& track : tracks_) {
        if (track.stream == stream)
            return &track;
    }
    return nullptr;
}

const AVPacket* MediaReader::firstPacket(const SourceTrack& track) const {
    const auto i = static_cast<std::size_t>(&track - tracks_.data());
    return heads_[i].empty() ? nullptr : heads_[i].front().get();
}

const AVCodecParameters* MediaReader::parameters(const SourceTrack& track) const {
    return parameters_[static_cast<std::size_t>(&track - tracks_.data())].get();
}

Ticks MediaReader::ticks(const SourceTrack& track, std::int64_t pts) const {
    return av_rescale_q_rnd(pts, track.timeBase, tickBase, AV_ROUND_NEAR_INF) - origin_;
}

void MediaReader::select(const std::vector<int>& streams) {
    selected_ = streams;
    for (unsigned i = 0; i < context()->nb_streams; ++i) {
        const bool wanted = std::find(streams.begin(), streams.end(), static_cast<int>(i)) != streams.end();
        context()->streams[i]->discard = wanted ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
}

core::Result<void> MediaReader::seek(const SourceTrack& track, Ticks at) {
    if (track.firstPts == AV_NOPTS_VALUE)
        return rewind(track);
    const Ticks first = ticks(track, track.firstPts);
    // Demuxers without an index find a frame's border, and its time, only after a few.
    const Ticks warmUp = hasIndex(context()) ? 0 : kTicksPerSecond;
    for (Ticks back = warmUp; at - back > first && back < 600 * kTicksPerSecond; back = back * 4 + kTicksPerSecond) {
        auto found = jump(track, at - back, at - warmUp / 2);
        if (!found)
            return core::unexpected(found.error());
        if (*found)
            return {};
    }
    return rewind(track);
}

core::Result<bool> MediaReader::jump(const SourceTrack& track, Ticks target, Ticks latest) {
    const SourceTrack& by = seekTrack(track);
    const std::int64_t time = av_rescale_q(target + origin_, tickBase, by.timeBase);
    if (av_seek_frame(context(), by.stream, time, AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    waiting_.clear();
    return readOn(track, latest);
}

// Reads to the first packet that decoding can start from; true when it is presented at `latest` or before.
core::Result<bool> MediaReader::readOn(const SourceTrack& track, Ticks latest) {
    for (;;) {
        auto packet = read();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet)
            return false;
        const bool isTimed = (*packet)->stream_index == track.stream && (*packet)->pts != AV_NOPTS_VALUE;
        const bool isEntry = isTimed && (track.kind == StreamKind::Audio || ((*packet)->flags & AV_PKT_FLAG_KEY));
        const Ticks at = isTimed ? ticks(track, (*packet)->pts) : latest;
        const bool inTime = isEntry && at <= latest;
        // No entry behind it is in time, and there may be none up to the end of the file.
        if (!isEntry && at > latest + kTicksPerSecond)
            return false;
        // What comes before an entry is of no use to anybody.
        if (isEntry || (*packet)->stream_index != track.stream)
            waiting_.push_back(std::move(*packet));
        if (isEntry)
            return inTime;
        if (waiting_.size() > mostStartPackets)
            return false;
    }
}

core::Result<void> MediaReader::rewind(const SourceTrack& track) {
    if (track.firstPts != AV_NOPTS_VALUE && !track.isTimeless) {
        const Ticks first = ticks(track, track.firstPts);
        auto found = jump(track, first - 60 * kTicksPerSecond, first);
        if (!found || *found)
            return found ? core::Result<void>() : core::unexpected(found.error());
    }
    if (auto opened = openInput(); !opened)
        return opened;
    select(std::vector<int>(selected_));
    return {};
}

core::Result<std::optional<Ticks>> MediaReader::timeAt(const SourceTrack& track, std::int64_t place) {
    waiting_.clear();
    if (av_seek_frame(context(), -1, place, AVSEEK_FLAG_BYTE) < 0)
        return std::optional<Ticks>();
    for (int count = 0; count < mostStartPackets; ++count) {
        auto packet = read();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet)
            break;
        if ((*packet)->stream_index == track.stream && (*packet)->pts != AV_NOPTS_VALUE)
            return std::optional(ticks(track, (*packet)->pts));
    }
    return std::optional<Ticks>();
}

// Matroska's index is of the video alone.
const SourceTrack& MediaReader::seekTrack(const SourceTrack& track) const {
    if (track.kind == StreamKind::Video || !isMatroska(context()))
        return track;
    for (const SourceTrack& other : tracks_) {
        if (other.kind == StreamKind::Video && other.firstPts != AV_NOPTS_VALUE)
            return other;
    }
    return track;
}

core::Result<AvPtr<AVPacket>> MediaReader::next() {
    if (waiting_.empty())
        return read();
    AvPtr<AVPacket> packet = std::move(waiting_.front());
    waiting_.pop_front();
    return packet;
}

core::Result<AvPtr<AVPacket>> MediaReader::read() {
    if (source_.isUnwanted())
        return core::fail(ErrorCode::Cancelled, "No longer wanted");
    AvPtr<AVPacket> packet(av_packet_alloc());
    if (!packet)
        return core::fail(ErrorCode::Internal, "Out of memory");
    int result = AVERROR(EAGAIN);
    for (int tries = 0; result == AVERROR(EAGAIN) && tries < 1000; ++tries)
        result = av_read_frame(context(), packet.get());
    if (result >= 0)
        return packet;
    if (source_.failed())
        return core::unexpected(source_.failure());
    return AvPtr<AVPacket>();
}

}  // namespace marea::server
