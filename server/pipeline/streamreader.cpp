#include "server/pipeline/streamreader.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "server/pipeline/streaminfo.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr AVRational kTickBase{1, static_cast<int>(kTicksPerSecond)};
constexpr Ticks longestTime = std::int64_t{1} << 55;
constexpr int maxReadErrors = 16;
constexpr std::size_t maxReadAhead = 20'000;  // packets
// How far before the wanted time a seek aims, try after try; after the last, the start of the file.
constexpr std::array<Ticks, 5> stepsBack{0, 1, 4, 16, 64};

// Only what a decoder cannot find out by itself: analysing costs more than the header does.
bool needsAnalysis(const AVFormatContext* context, int stream) {
    if (context->ctx_flags & AVFMTCTX_NOHEADER || static_cast<unsigned>(stream) >= context->nb_streams)
        return true;
    const AVCodecParameters* par = context->streams[stream]->codecpar;
    const bool mayBeHdr =
        par->codec_id == AV_CODEC_ID_HEVC || par->codec_id == AV_CODEC_ID_AV1 || par->codec_id == AV_CODEC_ID_VP9;
    return par->codec_id == AV_CODEC_ID_NONE || (mayBeHdr && par->color_trc == AVCOL_TRC_UNSPECIFIED);
}

}  // namespace

Result<std::unique_ptr<StreamReader>> StreamReader::open(MediaSource& source, int stream, Ticks origin, int beside) {
    std::unique_ptr<StreamReader> reader(
        new StreamReader(source, std::clamp(origin, -longestTime, longestTime), beside));
    if (auto started = reader->start(stream); !started)
        return core::unexpected(started.error());
    auto first = reader->read();
    if (!first)
        return core::unexpected(first.error());
    if (*first) {
        reader->first_ = reader->timeOf(**first);
        reader->firstStamp_ = (*first)->pts;
        reader->waiting_.push_back(std::move(*first));
    }
    reader->isUntouched_ = true;
    return reader;
}

// What was read before a jump.
void StreamReader::forget() {
    waiting_.clear();
    beside_.clear();
    met_ = std::numeric_limits<Ticks>::min();
}

Result<void> StreamReader::start(int stream) {
    forget();
    auto input = AvInput::open(source_);
    if (!input)
        return core::unexpected(input.error());
    input_ = std::move(*input);
    AVFormatContext* context = input_->context();
    if (isEncrypted(context))
        return core::fail(ErrorCode::Unprocessable, "The file is protected against copying");
    if (needsAnalysis(context, stream)) {
        context->probesize = 8 << 20;
        context->max_analyze_duration = 4 * AV_TIME_BASE;
        avformat_find_stream_info(context, nullptr);
    }
    if (stream < 0 || static_cast<unsigned>(stream) >= context->nb_streams)
        return core::fail(ErrorCode::Unprocessable, "The file has no such stream", std::to_string(stream));
    stream_ = context->streams[stream];
    for (unsigned i = 0; i < context->nb_streams; ++i)
        context->streams[i]->discard = isWanted(static_cast<int>(i)) ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    return {};
}

Ticks StreamReader::ticks(std::int64_t streamTime) const {
    // A file may claim any time: sums of these stay within 64 bits.
    return std::clamp(av_rescale_q(streamTime, stream_->time_base, kTickBase), -longestTime, longestTime) - origin_;
}

Ticks StreamReader::timeOf(const AVPacket& packet) const {
    const std::int64_t at = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
    return at != AV_NOPTS_VALUE ? ticks(at) : 0;
}

Result<AvPtr<AVPacket>> StreamReader::read() {
    if (source_.isUnwanted())
        return core::fail(core::ErrorCode::Cancelled, "No longer wanted");
    for (int errors = 0; errors < maxReadErrors;) {
        AvPtr<AVPacket> packet(av_packet_alloc());
        if (!packet)
            return core::unexpected(explainAvError(AVERROR(ENOMEM), source_));
        const int result = av_read_frame(context(), packet.get());
        if (result < 0 && source_.failed())
            return core::unexpected(explainAvError(result, source_));
        if (result == AVERROR_EOF)
            break;
        if (result < 0) {
            ++errors;
            continue;
        }
        if (packet->stream_index == stream_->index) {
            met_ = std::max(met_, packet->dts != AV_NOPTS_VALUE ? ticks(packet->dts) : timeOf(*packet));
            return packet;
        }
        if (packet->stream_index == besideIndex_)
            beside_.push_back({std::move(packet), met_});
    }
    return AvPtr<AVPacket>();
}

Result<AvPtr<AVPacket>> StreamReader::next() {
    isUntouched_ = false;
    if (waiting_.empty())
        return read();
    auto packet = std::move(waiting_.front());
    waiting_.pop_front();
    return packet;
}

// Matroska's index has the video alone; packets of the same time stand near each other.
int StreamReader::seekStream() const {
    if (std::string_view(context()->iformat->name).find("matroska") == std::string_view::npos)
        return stream_->index;
    for (unsigned i = 0; i < context()->nb_streams; ++i) {
        const AVStream* stream = context()->streams[i];
        if (stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !(stream->disposition & AV_DISPOSITION_ATTACHED_PIC))
            return stream->index;
    }
    return stream_->index;
}

Result<void> StreamReader::rewind() {
    forget();
    const bool isMov = std::string_view(context()->iformat->name).starts_with("mov");
    if (isMov && av_seek_frame(context(), stream_->index, INT64_MIN + 1, AVSEEK_FLAG_BACKWARD) >= 0)
        return {};
    const bool isTransport = context()->iformat->flags & AVFMT_TS_DISCONT;
    if (isTransport && avformat_seek_file(context(), -1, 0, 0, 0, AVSEEK_FLAG_BYTE) >= 0)
        return {};
    return start(stream_->index);
}

// False: at the start of the file, as nothing earlier was left to try.
Result<bool> StreamReader::jump(Ticks at, int round) {
    if (round < static_cast<int>(stepsBack.size())) {
        const Ticks back = stepsBack[static_cast<std::size_t>(round)] * kTicksPerSecond;
        const int index = seekStream();
        const AVRational base = context()->streams[index]->time_base;
        const std::int64_t to = av_rescale_q_rnd(at - back + origin_, kTickBase, base, AV_ROUND_UP);
        if (at - back > first_ && av_seek_frame(context(), index, to, AVSEEK_FLAG_BACKWARD) >= 0) {
            forget();
            isUntouched_ = false;
            return true;
        }
    }
    if (isUntouched_)
        return false;
    if (auto begun = rewind(); !begun)
        return core::unexpected(begun.error());
    return false;
}

Result<void> StreamReader::seekKeyframe(Ticks at) {
    for (int round = 0;; ++round) {
        auto jumped = jump(at, round);
        if (!jumped)
            return core::unexpected(jumped.error());
        std::deque<AvPtr<AVPacket>> found;
        for (;;) {
            auto packet = next();
            if (!packet)
                return core::unexpected(packet.error());
            if (!*packet)
                break;
            const bool isKey = (*packet)->flags & AV_PKT_FLAG_KEY;
            const bool isIn = timeOf(**packet) <= at;
            if ((isKey && isIn) || found.size() > maxReadAhead)
                found.clear();
            const bool isPast = (*packet)->dts != AV_NOPTS_VALUE ? ticks((*packet)->dts) > at : !isIn;
            // From the start of the file anything will do, if there is nothing better.
            if (!found.empty() || (isKey && isIn) || !*jumped)
                found.push_back(std::move(*packet));
            if (isPast)
                break;
        }
        if (!found.empty() || !*jumped) {
            waiting_ = std::move(found);
            return {};
        }
    }
}

Result<void> StreamReader::seekPacket(Ticks at) {
    for (int round = 0;; ++round) {
        auto jumped = jump(at, round);
        if (!jumped)
            return core::unexpected(jumped.error());
        std::deque<AvPtr<AVPacket>> found;
        bool isFound = false;
        for (bool isPast = false; !isPast;) {
            auto packet = next();
            if (!packet)
                return core::unexpected(packet.error());
            if (!*packet)
                break;
            isPast = timeOf(**packet) > at;
            if (!isPast) {
                isFound = true;
                found.clear();
            }
            found.push_back(std::move(*packet));
        }
        if (isFound || !*jumped) {
            waiting_ = std::move(found);
            return {};
        }
    }
}

}  // namespace marea::server
