#include "server/pipeline/probe.h"

#include <algorithm>
#include <cmath>

#include "core/base/utf8.h"
#include "server/pipeline/atmos.h"
#include "server/pipeline/audiofile.h"
#include "server/pipeline/avinput.h"
#include "server/pipeline/editend.h"
#include "server/pipeline/formats.h"
#include "server/pipeline/fragmented.h"
#include "server/pipeline/libav.h"
#include "server/pipeline/streaminfo.h"
#include "server/pipeline/tagfields.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::MediaInfo;
using core::StreamKind;

constexpr unsigned maxChapters = 5000;
constexpr std::int64_t maxScanForDuration = 64 << 20;  // bytes read to find a duration that no header gives

void analyse(AVFormatContext* context) {
    context->probesize = 8 << 20;
    context->max_analyze_duration = 4 * AV_TIME_BASE;
    avformat_find_stream_info(context, nullptr);  // a failure leaves what the headers said
}

double seconds(std::int64_t value, AVRational base) {
    if (value == AV_NOPTS_VALUE)
        return 0;
    const double result = static_cast<double>(value) * av_q2d(base);
    return std::isfinite(result) && result > 0 ? result : 0;
}

// Of what is seen and heard; 0: not all of it says.
double editedDuration(const AVFormatContext* context) {
    double longest = 0;
    bool isEdited = false;
    for (unsigned i = 0; i < context->nb_streams; ++i) {
        const AVStream* stream = context->streams[i];
        const AVMediaType type = stream->codecpar->codec_type;
        const bool isPicture = type == AVMEDIA_TYPE_VIDEO && !(stream->disposition & AV_DISPOSITION_ATTACHED_PIC);
        if (!isPicture && type != AVMEDIA_TYPE_AUDIO)
            continue;
        const double lasts = seconds(stream->duration, stream->time_base);
        if (lasts <= 0)
            return 0;
        isEdited = isEdited || (isPicture && editedLength(*context, *stream) > 0);
        longest = std::max(longest, lasts + seconds(stream->start_time, stream->time_base));
    }
    return isEdited ? longest : 0;
}

double headerDuration(const AVFormatContext* context) {
    // Some editors leave the movie as long as it was, and shorten its edit lists alone.
    const double edited = editedDuration(context);
    if (context->duration > 0) {
        const double whole = seconds(context->duration, {1, AV_TIME_BASE});
        return edited > 0 ? std::min(edited, whole) : whole;
    }
    double longest = 0;
    for (unsigned i = 0; i < context->nb_streams; ++i)
        longest = std::max(longest, seconds(context->streams[i]->duration, context->streams[i]->time_base));
    return longest;
}

// Live recordings have no duration in the header: read to the last packet, if the file is not too long for that.
double scanDuration(AVFormatContext* context, std::int64_t fileSize) {
    if (fileSize > maxScanForDuration)
        return 0;
    const AvPtr<AVPacket> packet(av_packet_alloc());
    double first = -1, last = 0;
    while (packet && av_read_frame(context, packet.get()) >= 0) {
        const AVRational base = context->streams[packet->stream_index]->time_base;
        if (packet->pts != AV_NOPTS_VALUE) {
            const double start = static_cast<double>(packet->pts) * av_q2d(base);
            first = first < 0 ? start : std::min(first, start);
            last = std::max(last, start + seconds(packet->duration, base));
        }
        av_packet_unref(packet.get());
    }
    return std::isfinite(last) && first >= 0 ? std::max(last - first, 0.0) : 0;
}

// The first packet of an E-AC-3 or TrueHD stream tells whether it has Atmos.
void findAtmos(AVFormatContext* context, MediaInfo& info) {
    const auto isOpen = [](const core::StreamInfo& s) {
        return !s.atmos && (s.codec == "eac3" || s.codec == "truehd");
    };
    auto open = static_cast<int>(std::count_if(info.streams.begin(), info.streams.end(), isOpen));
    if (open == 0)
        return;
    std::vector<bool> seen(info.streams.size());
    const AvPtr<AVPacket> packet(av_packet_alloc());
    for (int reads = 0; packet && open > 0 && reads < 500 && av_read_frame(context, packet.get()) >= 0; ++reads) {
        const auto index = static_cast<std::size_t>(packet->stream_index);
        if (index < seen.size() && !seen[index] && isOpen(info.streams[index])) {
            const auto size = static_cast<std::size_t>(packet->size);
            info.streams[index].atmos = info.streams[index].codec == "eac3" ? isJocFrame(packet->data, size)
                                                                            : isTrueHdAtmosUnit(packet->data, size);
            seen[index] = true;
            --open;
        }
        av_packet_unref(packet.get());
    }
}

void addChapters(const AVFormatContext* context, MediaInfo& info) {
    for (unsigned i = 0; i < std::min(context->nb_chapters, maxChapters); ++i) {
        const AVChapter* from = context->chapters[i];
        core::Chapter chapter;
        chapter.start = seconds(from->start, from->time_base);
        chapter.end = std::max(seconds(from->end, from->time_base), chapter.start);
        if (const AVDictionaryEntry* title = av_dict_get(from->metadata, "title", nullptr, 0))
            chapter.title = core::cleanText(title->value, 512);
        info.chapters.push_back(std::move(chapter));
    }
}

void addTags(const AVFormatContext* context, MediaInfo& info) {
    TagFields fields;
    addFields(fields, context->metadata);
    // Ogg keeps its comments with the stream.
    for (unsigned i = 0; i < context->nb_streams && fields.empty(); ++i) {
        if (context->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO)
            addFields(fields, context->streams[i]->metadata);
    }
    info.tags = fields.tags();
}

std::string docType(const AVFormatContext* context, MediaSource& source) {
    if (const AVDictionaryEntry* brand = av_dict_get(context->metadata, "major_brand", nullptr, 0))
        return std::string(brand->value).substr(0, 2);
    return source.head(64).find("webm") != std::string_view::npos ? "webm" : "";
}

// MP4 lists where its samples are: a file that was cut off is known without reading to its end.
bool endsTooEarly(AVFormatContext* context, std::int64_t fileSize) {
    for (unsigned i = 0; i < context->nb_streams; ++i) {
        AVStream* stream = context->streams[i];
        const int count = avformat_index_get_entries_count(stream);
        if (count == 0 || (stream->disposition & AV_DISPOSITION_ATTACHED_PIC))
            continue;
        // A last frame or two may be missing unnoticed; a tenth of the film may not.
        const AVIndexEntry* entry = avformat_index_get_entry(stream, count - 1 - count / 10);
        if (entry && entry->pos >= fileSize)
            return true;
    }
    return false;
}

// Demuxers of elementary streams announce one for any bytes; one without a size or a rate is none.
bool hasContent(const MediaInfo& info) {
    return std::any_of(info.streams.begin(), info.streams.end(), [](const core::StreamInfo& s) {
        return (s.kind == StreamKind::Audio && s.sampleRate > 0 && s.channels > 0) ||
               (s.kind == StreamKind::Video && s.width > 0 && s.height > 0 && !s.attachedPicture);
    });
}

core::Result<MediaInfo> describe(AvInput& input, MediaSource& source) {
    AVFormatContext* context = input.context();
    const bool isMov = std::string_view(context->iformat->name).starts_with("mov");
    if (isMov && endsTooEarly(context, source.size()) && !isFragmented(source))
        return core::fail(ErrorCode::Corrupt, "The file ends too early", "samples beyond the end");
    MediaInfo info;
    info.encrypted = isEncrypted(context);
    if (!info.encrypted && !isComplete(context))
        analyse(context);
    info.container = containerName(context->iformat->name, docType(context, source));
    for (unsigned i = 0; i < context->nb_streams; ++i)
        info.streams.push_back(describeStream(context, context->streams[i]));
    if (!hasContent(info))
        return core::fail(ErrorCode::Corrupt,
                          source.failed() ? "The file cannot be read" : "No audio or video streams inside");
    addChapters(context, info);
    addTags(context, info);
    info.hasCover = std::any_of(info.streams.begin(), info.streams.end(),
                                [](const core::StreamInfo& s) { return s.attachedPicture; });
    info.duration = headerDuration(context);
    if (!info.encrypted)
        findAtmos(context, info);
    if (info.duration <= 0 && !info.encrypted)
        info.duration = scanDuration(context, source.size());
    info.bitrate = context->bit_rate > 0 ? context->bit_rate : 0;
    if (info.bitrate == 0 && info.duration > 0)
        info.bitrate = std::llround(static_cast<double>(source.size()) * 8 / info.duration);
    return info;
}

}  // namespace

core::Result<MediaInfo> probeMedia(MediaSource& source) {
    if (auto quick = probeAudioFile(source))
        return std::move(*quick);
    auto input = AvInput::open(source);
    if (!input)
        return core::unexpected(input.error());
    return describe(**input, source);
}

}  // namespace marea::server
