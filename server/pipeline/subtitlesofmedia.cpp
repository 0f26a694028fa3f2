#include "server/pipeline/subtitlesofmedia.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/utf8.h"
#include "server/packaging/subtitles/ass.h"
#include "server/packaging/subtitles/movtext.h"
#include "server/packaging/subtitles/srt.h"
#include "server/packaging/subtitles/subtitleformat.h"
#include "server/packaging/subtitles/ttml.h"
#include "server/packaging/subtitles/webvtt.h"
#include "server/pipeline/avinput.h"
#include "server/pipeline/charsets.h"
#include "server/pipeline/libav.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr const char* arePictures = "These subtitles are pictures, which cannot be shown as text";
constexpr const char* noReader = "This kind of subtitles cannot be shown as text";

// A packet of a text stream.
struct Event {
    Millis start = 0, end = kOpenEnd;
    std::string data, id, settings;
};

enum class Kind { Plain, Ass, MovText, WebVtt, Mp4WebVtt, Ttml };

Result<Kind> kindOf(const AVCodecParameters* par) {
    switch (par->codec_id) {
        case AV_CODEC_ID_SUBRIP:
        case AV_CODEC_ID_TEXT:
            return Kind::Plain;
        case AV_CODEC_ID_ASS:
        case AV_CODEC_ID_SSA:
            return Kind::Ass;
        case AV_CODEC_ID_MOV_TEXT:
            return Kind::MovText;
        case AV_CODEC_ID_WEBVTT:
            return par->codec_tag == MKTAG('w', 'v', 't', 't') ? Kind::Mp4WebVtt : Kind::WebVtt;
        case AV_CODEC_ID_TTML:
            return Kind::Ttml;
        default:
            break;
    }
    if (par->codec_tag == MKTAG('w', 'v', 't', 't'))
        return Kind::Mp4WebVtt;
    if (par->codec_tag == MKTAG('s', 't', 'p', 'p'))
        return Kind::Ttml;
    const AVCodecDescriptor* codec = avcodec_descriptor_get(par->codec_id);
    const bool pictures = codec && (codec->props & AV_CODEC_PROP_BITMAP_SUB);
    return core::fail(ErrorCode::Unprocessable, pictures ? arePictures : noReader, codec ? codec->name : "no codec");
}

std::string sideData(const AVPacket* packet, AVPacketSideDataType type) {
    std::size_t size = 0;
    const std::uint8_t* data = av_packet_get_side_data(packet, type, &size);
    return data ? std::string(reinterpret_cast<const char*>(data), size) : std::string();
}

Millis millis(std::int64_t pts, AVRational base, Ticks origin) {
    const Ticks at = av_rescale_q_rnd(pts, base, {1, kTicksPerSecond}, AV_ROUND_NEAR_INF) - origin;
    return av_rescale_rnd(at, 1000, kTicksPerSecond, AV_ROUND_NEAR_INF);
}

Event eventOf(const AVPacket* packet, AVRational base, Ticks origin) {
    Event event;
    event.start = millis(packet->pts, base, origin);
    if (packet->duration > 0)
        event.end = millis(packet->pts + packet->duration, base, origin);
    event.data.assign(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size));
    event.id = sideData(packet, AV_PKT_DATA_WEBVTT_IDENTIFIER);
    event.settings = sideData(packet, AV_PKT_DATA_WEBVTT_SETTINGS);
    return event;
}

Result<std::vector<Event>> readEvents(AVFormatContext* context, int stream, Ticks origin, MediaSource& source) {
    for (unsigned i = 0; i < context->nb_streams; ++i)
        context->streams[i]->discard = static_cast<int>(i) == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    const AVRational base = context->streams[stream]->time_base;
    const AvPtr<AVPacket> packet(av_packet_alloc());
    std::vector<Event> events;
    std::size_t bytes = 0;
    while (packet && bytes < kMostSubtitleText && events.size() < kMostCues &&
           av_read_frame(context, packet.get()) >= 0) {
        if (packet->stream_index == stream && packet->size > 0 && packet->pts != AV_NOPTS_VALUE) {
            events.push_back(eventOf(packet.get(), base, origin));
            bytes += events.back().data.size();
        }
        av_packet_unref(packet.get());
    }
    if (source.failed())
        return core::unexpected(source.failure());
    return events;
}

// Containers ask for UTF-8, which not all who fill them know.
void convertEvents(std::vector<Event>& events, std::string& header, const std::string& language) {
    const bool good = core::isUtf8(header) &&
                      std::all_of(events.begin(), events.end(), [](const Event& e) { return core::isUtf8(e.data); });
    if (good)
        return;
    std::string all = header;
    for (const Event& event : events)
        (all += event.data) += '\n';
    const std::string charset = charsetOf(all, language);
    header = convertToUtf8(header, charset);
    for (Event& event : events)
        event.data = convertToUtf8(event.data, charset);
}

Subtitles ttmlOf(const std::vector<Event>& events, Ticks origin) {
    Subtitles out;
    const Millis start = av_rescale_rnd(origin, 1000, kTicksPerSecond, AV_ROUND_NEAR_INF);
    for (const Event& event : events) {
        Subtitles part = readTtml(event.data);
        if (out.styles.size() < 16)
            out.styles.insert(out.styles.end(), part.styles.begin(), part.styles.end());
        for (Cue& cue : part.cues) {  // its times are the track's, ISO/IEC 14496-30 section 5.2
            cue.start -= start;
            cue.end -= cue.end == kOpenEnd ? 0 : start;
            out.cues.push_back(std::move(cue));
        }
        if (out.cues.size() >= kMostCues)
            break;
    }
    return out;
}

Cue cueOf(const Event& event, Kind kind, CueColours& colours) {
    Cue cue{event.start, event.end, {}, {}, {}};
    if (kind == Kind::MovText) {
        readMovText(event.data, colours, cue);
    } else if (kind == Kind::WebVtt) {
        cue.text = cleanCueText(event.data);
        cue.settings = cleanCueSettings(event.settings);
        cue.id = cleanCueId(event.id);
    } else {
        readSrtText(event.data, colours, cue);
    }
    return cue;
}

Subtitles assOf(const std::vector<Event>& events, const std::string& header) {
    AssReader reader;
    reader.script(header);
    for (const Event& event : events)
        reader.event(event.data, event.start, event.end);
    return reader.take();
}

Subtitles cuesOf(const std::vector<Event>& events, Kind kind, const std::string& header, Ticks origin) {
    if (kind == Kind::Ass)
        return assOf(events, header);
    if (kind == Kind::Ttml)
        return ttmlOf(events, origin);
    Subtitles out;
    if (kind == Kind::WebVtt)
        out = readWebVtt(header);  // styles and regions
    out.cues.clear();
    CueColours colours;
    for (const Event& event : events) {
        if (kind == Kind::Mp4WebVtt)
            readMp4WebVtt(event.data, event.start, event.end, out);
        else
            out.cues.push_back(cueOf(event, kind, colours));
    }
    if (std::string css = colours.css(); !css.empty())
        out.styles.push_back(std::move(css));
    return out;
}

std::string written(Subtitles subtitles) {
    settle(subtitles);
    std::string file = writeWebVtt(subtitles);
    return core::isUtf8(file) ? file : convertToUtf8(file, "UTF-8");
}

bool isPictureFile(std::string_view bytes) {
    using namespace std::string_view_literals;
    return bytes.starts_with("PG"sv) || bytes.starts_with("\0\0\1\xBA"sv) ||
           bytes.starts_with("# VobSub index file"sv) || bytes.starts_with("\x47\x40"sv);
}

}  // namespace

Result<std::string> webVttOfFile(MediaSource& source, const std::string& language) {
    if (isPictureFile(source.head(64)))
        return core::fail(ErrorCode::Unprocessable, arePictures);
    if (source.size() > static_cast<std::int64_t>(kMostSubtitleText))
        return core::fail(ErrorCode::Unprocessable, "The subtitle file is too large");
    std::string bytes(static_cast<std::size_t>(source.size()), '\0');
    bytes.resize(source.read(0, reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()));
    if (source.failed())
        return core::unexpected(source.failure());
    auto subtitles = readSubtitles(textToUtf8(bytes, language), source.extension(), language);
    if (!subtitles)
        return core::fail(ErrorCode::Unprocessable, noReader, source.extension());
    return written(std::move(*subtitles));
}

Result<std::string> webVttOfStream(MediaSource& source, int stream, const std::string& language, Ticks origin) {
    auto input = AvInput::open(source);
    if (!input)
        return core::unexpected(input.error());
    AVFormatContext* context = (*input)->context();
    if (stream < 0 || stream >= static_cast<int>(context->nb_streams))
        return core::fail(ErrorCode::NotFound, "The file has no such stream");
    const AVCodecParameters* par = context->streams[stream]->codecpar;
    if (par->codec_type != AVMEDIA_TYPE_SUBTITLE && par->codec_tag != MKTAG('w', 'v', 't', 't'))
        return core::fail(ErrorCode::Unprocessable, "The stream is not one of subtitles");
    const auto kind = kindOf(par);
    if (!kind)
        return core::unexpected(kind.error());
    std::string header;
    if (par->extradata_size > 0)
        header.assign(reinterpret_cast<const char*>(par->extradata), static_cast<std::size_t>(par->extradata_size));
    auto events = readEvents(context, stream, origin, source);
    if (!events)
        return core::unexpected(events.error());
    const bool binary = *kind == Kind::MovText || *kind == Kind::Mp4WebVtt;
    if (!binary)
        convertEvents(*events, header, language);
    return written(cuesOf(*events, *kind, header, origin));
}

}  // namespace marea::server
