#include "server/pipeline/streaminfo.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/base/utf8.h"
#include "core/media/accessibility.h"
#include "core/media/dynamicrange.h"
#include "core/media/language.h"
#include "server/pipeline/libav.h"
#include "server/pipeline/tagfields.h"

namespace marea::server {
namespace {

using core::HdrKind;
using core::StreamInfo;
using core::StreamKind;

std::string dictionaryText(const AVDictionary* metadata, const char* key, std::size_t most = 1024) {
    const AVDictionaryEntry* entry = av_dict_get(metadata, key, nullptr, 0);
    return entry ? core::cleanText(entry->value, most) : std::string();
}

std::string lowered(const char* text) {
    std::string out = text ? text : "";
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

StreamKind kindOf(AVMediaType type) {
    switch (type) {
        case AVMEDIA_TYPE_VIDEO:
            return StreamKind::Video;
        case AVMEDIA_TYPE_AUDIO:
            return StreamKind::Audio;
        case AVMEDIA_TYPE_SUBTITLE:
            return StreamKind::Subtitle;
        case AVMEDIA_TYPE_ATTACHMENT:
            return StreamKind::Attachment;
        default:
            return StreamKind::Data;
    }
}

// USAC, which libav counts as AAC and old decoders of AAC do not take: object type 42 in an AudioSpecificConfig,
// ISO/IEC 14496-3 section 1.6.2.1.
bool isUnifiedSpeechAndAudio(const AVCodecParameters* par) {
    constexpr int escape = 31, usac = 42;
    return par->codec_id == AV_CODEC_ID_AAC && par->extradata_size >= 2 && par->extradata[0] >> 3 == escape &&
           32 + ((par->extradata[0] & 7) << 3 | par->extradata[1] >> 5) == usac;
}

// Codecs that this libav has no number for go by their four-character tag.
std::string codecName(const AVCodecParameters* par) {
    if (isUnifiedSpeechAndAudio(par))
        return "xhe-aac";
    if (par->codec_id != AV_CODEC_ID_NONE)
        return avcodec_get_name(par->codec_id);
    if (par->codec_tag == MKTAG('v', 'v', 'c', '1') || par->codec_tag == MKTAG('v', 'v', 'i', '1'))
        return "vvc";
    if (par->codec_tag == MKTAG('a', 'c', '-', '4'))
        return "ac4";
    char tag[AV_FOURCC_MAX_STRING_SIZE] = {};
    return par->codec_tag ? core::cleanText(lowered(av_fourcc_make_string(tag, par->codec_tag)), 16) : "unknown";
}

int bitDepthOf(const AVCodecParameters* par) {
    if (const AVPixFmtDescriptor* pixels = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(par->format)))
        return pixels->comp[0].depth;
    return par->bits_per_raw_sample;
}

const AVDOVIDecoderConfigurationRecord* dolbyVisionRecord(const AVStream* stream) {
    std::size_t size = 0;
    const std::uint8_t* data = streamSideData(stream, AV_PKT_DATA_DOVI_CONF, size);
    return data && size >= sizeof(AVDOVIDecoderConfigurationRecord)
               ? reinterpret_cast<const AVDOVIDecoderConfigurationRecord*>(data)
               : nullptr;
}

HdrKind hdrOf(const AVStream* stream) {
    if (dolbyVisionProfile(stream) != 0)
        return HdrKind::DolbyVision;
    std::size_t size = 0;
    if (stream->codecpar->color_trc == AVCOL_TRC_ARIB_STD_B67)
        return HdrKind::Hlg;
    if (stream->codecpar->color_trc != AVCOL_TRC_SMPTE2084)
        return HdrKind::None;
    return streamSideData(stream, AV_PKT_DATA_DYNAMIC_HDR10_PLUS, size) ? HdrKind::Hdr10Plus : HdrKind::Hdr10;
}

double ratio(AVRational r) {
    const double value = r.num > 0 && r.den > 0 ? av_q2d(r) : 0;
    return std::isfinite(value) ? value : 0;
}

// Matroska without a default duration leaves libav's guess, the time base: that is no rate.
double frameRateOf(const AVStream* stream) {
    for (const AVRational rate : {stream->avg_frame_rate, stream->r_frame_rate}) {
        if (const double value = ratio(rate); value > 0 && value <= 300)
            return value;
    }
    return 0;
}

bool isInterlaced(const AVCodecParameters* par) {
    return par->field_order != AV_FIELD_UNKNOWN && par->field_order != AV_FIELD_PROGRESSIVE;
}

void describeVideo(StreamInfo& s, AVFormatContext* context, AVStream* stream) {
    const AVCodecParameters* par = stream->codecpar;
    s.width = std::max(par->width, 0);
    s.height = std::max(par->height, 0);
    const double aspect = ratio(av_guess_sample_aspect_ratio(context, stream, nullptr));
    s.pixelAspect = aspect > 0.01 && aspect < 100 ? aspect : 1.0;
    s.frameRate = frameRateOf(stream);
    s.bitDepth = bitDepthOf(par);
    if (const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(par->format)))
        s.pixelFormat = name;
    s.hdr = hdrOf(stream);
    s.dolbyVisionProfile = dolbyVisionProfile(stream);
    s.dolbyVisionCompatibility = dolbyVisionCompatibility(stream);
    s.rotation = rotationOf(stream);
    s.interlaced = isInterlaced(par);
    s.inBandSets = par->codec_tag == MKTAG('h', 'e', 'v', '1') || par->codec_tag == MKTAG('d', 'v', 'h', 'e');
    s.attachedPicture = (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
}

#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 24, 100)
int channelsOf(const AVCodecParameters* par) {
    return std::max(par->ch_layout.nb_channels, 0);
}

// Where the file only gives a number, the usual layout for it.
std::string layoutOf(const AVCodecParameters* par) {
    AVChannelLayout layout{};
    if (par->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&layout, par->ch_layout.nb_channels);
    char words[64] = {};
    const bool known = layout.nb_channels > 0;
    const int length = av_channel_layout_describe(known ? &layout : &par->ch_layout, words, sizeof words);
    av_channel_layout_uninit(&layout);
    return length > 0 ? core::cleanText(words, sizeof words) : std::string();
}
#else
int channelsOf(const AVCodecParameters* par) {
    return std::max(par->channels, 0);
}

std::string layoutOf(const AVCodecParameters* par) {
    char words[64] = {};
    const auto mask = par->channel_layout ? static_cast<std::int64_t>(par->channel_layout)
                                          : av_get_default_channel_layout(par->channels);
    av_get_channel_layout_string(words, sizeof words, par->channels, static_cast<std::uint64_t>(mask));
    return words;
}
#endif

// The object type in an AudioSpecificConfig, ISO/IEC 14496-3 section 1.6.2.1.
const char* aacProfile(const AVCodecParameters* par) {
    if (par->codec_id != AV_CODEC_ID_AAC || par->extradata_size < 2)
        return "";
    switch (par->extradata[0] >> 3) {
        case 1:
            return "main";
        case 2:
            return "lc";
        case 5:
            return "he-aac";
        case 29:
            return "he-aacv2";
        default:
            return "";
    }
}

void describeAudio(StreamInfo& s, const AVCodecParameters* par) {
    s.channels = channelsOf(par);
    if (s.channels > 0)
        s.channelLayout = layoutOf(par);
    if (s.profile.empty())
        s.profile = aacProfile(par);
    s.sampleRate = std::max(par->sample_rate, 0);
    s.bitDepth = par->bits_per_raw_sample;
    s.atmos = s.profile.find("atmos") != std::string::npos;
}

// Matroska's statistics tags (mkvmerge writes them) where the container itself gives no rate.
std::int64_t bitrateOf(const AVStream* stream) {
    if (stream->codecpar->bit_rate > 0)
        return stream->codecpar->bit_rate;
    for (const char* key : {"BPS", "BPS-eng"}) {
        const AVDictionaryEntry* entry = av_dict_get(stream->metadata, key, nullptr, 0);
        const std::int64_t value = entry ? std::strtoll(entry->value, nullptr, 10) : 0;
        if (value > 0 && value < 10'000'000'000)
            return value;
    }
    return 0;
}

bool isAudioComplete(const AVCodecParameters* par) {
    // These tell what they are only in their frames: DTS-HD, Atmos.
    switch (par->codec_id) {
        case AV_CODEC_ID_NONE:
        case AV_CODEC_ID_DTS:
        case AV_CODEC_ID_MP3:
            return false;
        default:
            break;
    }
    return par->sample_rate > 0 && channelsOf(par) > 0;
}

}  // namespace

const std::uint8_t* streamSideData(const AVStream* stream, AVPacketSideDataType type, std::size_t& size) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
    const AVPacketSideData* data =
        av_packet_side_data_get(stream->codecpar->coded_side_data, stream->codecpar->nb_coded_side_data, type);
    size = data ? data->size : 0;
    return data ? data->data : nullptr;
#else
    return av_stream_get_side_data(stream, type, &size);
#endif
}

StreamInfo describeStream(AVFormatContext* context, AVStream* stream) {
    const AVCodecParameters* par = stream->codecpar;
    StreamInfo s;
    s.index = stream->index;
    s.kind = kindOf(par->codec_type);
    s.codec = codecName(par);
    s.profile = lowered(avcodec_profile_name(par->codec_id, par->profile));
    s.level = std::max(par->level, 0);
    s.bitrate = bitrateOf(stream);
    s.language = core::languageTag(dictionaryText(stream->metadata, "language", 64));
    s.title = dictionaryText(stream->metadata, "title");
    s.isDefault = (stream->disposition & AV_DISPOSITION_DEFAULT) != 0;
    s.forced = (stream->disposition & AV_DISPOSITION_FORCED) != 0;
    s.hearingImpaired = (stream->disposition & AV_DISPOSITION_HEARING_IMPAIRED) != 0;
    s.commentary = (stream->disposition & AV_DISPOSITION_COMMENT) != 0;
    if ((stream->disposition & AV_DISPOSITION_VISUAL_IMPAIRED) != 0 && s.kind == StreamKind::Audio &&
        !core::describesVideo(s))
        s.title = s.title.empty() ? core::kAudioDescription : s.title + " (" + core::kAudioDescription + ")";
    if (s.kind == StreamKind::Video)
        describeVideo(s, context, stream);
    if (s.kind == StreamKind::Audio)
        describeAudio(s, par);
    return s;
}

bool isComplete(const AVFormatContext* context) {
    if ((context->ctx_flags & AVFMTCTX_NOHEADER) || context->nb_streams == 0 || context->duration <= 0)
        return false;
    for (unsigned i = 0; i < context->nb_streams; ++i) {
        const AVStream* stream = context->streams[i];
        const AVCodecParameters* par = stream->codecpar;
        if (par->codec_type == AVMEDIA_TYPE_AUDIO && !isAudioComplete(par))
            return false;
        if (par->codec_type == AVMEDIA_TYPE_VIDEO && !(stream->disposition & AV_DISPOSITION_ATTACHED_PIC) &&
            (par->width <= 0 || par->format < 0))
            return false;
    }
    return true;
}

int rotationOf(const AVStream* stream) {
    std::size_t size = 0;
    const auto* data = streamSideData(stream, AV_PKT_DATA_DISPLAYMATRIX, size);
    if (!data || size < 9 * sizeof(std::int32_t))
        return 0;
    std::int32_t matrix[9];
    std::memcpy(matrix, data, sizeof matrix);
    const double counterClockwise = av_display_rotation_get(matrix);
    if (!std::isfinite(counterClockwise))
        return 0;
    const int quarter = static_cast<int>(std::lround(-counterClockwise / 90.0));
    return (quarter % 4 + 4) % 4 * 90;
}

int dolbyVisionProfile(const AVStream* stream) {
    const auto* record = dolbyVisionRecord(stream);
    return record ? std::max<int>(record->dv_profile, 1) : 0;
}

int dolbyVisionCompatibility(const AVStream* stream) {
    const auto* record = dolbyVisionRecord(stream);
    return record ? dolbyVisionCompatibility(*record, stream->codecpar->color_trc) : 0;
}

int dolbyVisionCompatibility(const AVDOVIDecoderConfigurationRecord& record, AVColorTransferCharacteristic transfer) {
    const int said = record.dv_bl_signal_compatibility_id;
    if (record.dv_profile == 5 || (said == 0 && record.dv_profile != 8))
        return said;
    if (transfer == AVCOL_TRC_ARIB_STD_B67)
        return core::kDolbyBaseHlg;
    if (transfer == AVCOL_TRC_SMPTE2084)
        return said == core::kDolbyBaseUltraHdDisc ? said : core::kDolbyBaseHdr10;
    return said != 0 ? said : transfer == AVCOL_TRC_BT709 ? core::kDolbyBaseSdr : core::kDolbyBaseHdr10;
}

bool isEncrypted(const AVFormatContext* context) {
    for (unsigned i = 0; i < context->nb_streams; ++i) {
        const AVStream* stream = context->streams[i];
        switch (stream->codecpar->codec_tag) {
            case MKTAG('e', 'n', 'c', 'v'):
            case MKTAG('e', 'n', 'c', 'a'):
            case MKTAG('d', 'r', 'm', 's'):
            case MKTAG('d', 'r', 'm', 'i'):
                return true;
            default:
                break;
        }
        std::size_t size = 0;
        if (streamSideData(stream, AV_PKT_DATA_ENCRYPTION_INIT_INFO, size) ||
            av_dict_get(stream->metadata, "enc_key_id", nullptr, 0))
            return true;
    }
    return av_dict_get(context->metadata, "ASF_Protection_Type", nullptr, 0) != nullptr;
}

void addFields(TagFields& fields, const AVDictionary* metadata) {
    const AVDictionaryEntry* entry = nullptr;
    while ((entry = av_dict_get(metadata, "", entry, AV_DICT_IGNORE_SUFFIX)))
        fields.add(entry->key, entry->value);
}

}  // namespace marea::server
