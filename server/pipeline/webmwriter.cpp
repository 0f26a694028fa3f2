#include "server/pipeline/webmwriter.h"

#include <algorithm>
#include <cstring>

#include "server/packaging/ebml.h"
#include "server/packaging/timegrid.h"
#include "server/packaging/webmelements.h"

namespace marea::server {
namespace {

using core::ErrorCode;

using namespace webm;

constexpr std::int64_t opusRate = 48'000;
constexpr std::int64_t nanoseconds = 1'000'000'000;
constexpr AVRational milliseconds{1, 1000};

bool isOpus(const TrackFormat& format) {
    return format.parameters->codec_id == AV_CODEC_ID_OPUS;
}

std::string_view extradata(const TrackFormat& format) {
    const AVCodecParameters& par = *format.parameters;
    return {reinterpret_cast<const char*>(par.extradata), static_cast<std::size_t>(std::max(par.extradata_size, 0))};
}

bool hasOpusHead(const TrackFormat& format) {
    return extradata(format).size() >= opusHeadSize && extradata(format).starts_with("OpusHead");
}

// Samples at 48 kHz that a decoder throws away at the beginning.
std::int64_t preSkip(const TrackFormat& format) {
    if (!isOpus(format) || !hasOpusHead(format))
        return 0;
    const std::uint8_t* bytes = format.parameters->extradata;
    return bytes[10] | bytes[11] << 8;
}

core::Result<void> checkCodec(const TrackFormat& format) {
    const bool known = format.parameters->codec_id == AV_CODEC_ID_VP9 || (isOpus(format) && hasOpusHead(format));
    return known ? core::Result<void>()
                 : core::fail(ErrorCode::Unprocessable, "The stream cannot be put into this kind of file", "no WebM");
}

template <class T>
const T* structure(const TrackFormat& format, AVPacketSideDataType type) {
    for (const StreamSideData& item : format.sideData) {
        if (item.type == type && item.bytes.size() >= sizeof(T))
            return reinterpret_cast<const T*>(item.bytes.data());
    }
    return nullptr;
}

void writeMastering(EbmlWriter& out, const TrackFormat& format) {
    if (const auto* light = structure<AVContentLightMetadata>(format, AV_PKT_DATA_CONTENT_LIGHT_LEVEL)) {
        out.number(maxCll, light->MaxCLL);
        out.number(maxFall, light->MaxFALL);
    }
    const auto* display = structure<AVMasteringDisplayMetadata>(format, AV_PKT_DATA_MASTERING_DISPLAY_METADATA);
    if (!display || !display->has_primaries || !display->has_luminance)
        return;
    std::string inner;
    EbmlWriter mastering(inner);
    std::uint32_t element = primaryChromaticity;
    for (const auto& primary : display->display_primaries) {
        for (const AVRational coordinate : primary)
            mastering.real(element++, av_q2d(coordinate));
    }
    for (const AVRational coordinate : display->white_point)
        mastering.real(element++, av_q2d(coordinate));
    mastering.real(luminanceMax, av_q2d(display->max_luminance));
    mastering.real(luminanceMin, av_q2d(display->min_luminance));
    out.bytes(masteringMetadata, inner);
}

// Numbers of ISO/IEC 23091-2, which are libav's too.
std::string colourOf(const TrackFormat& format) {
    const AVCodecParameters& par = *format.parameters;
    std::string inner;
    EbmlWriter out(inner);
    const AVPixFmtDescriptor* pixels = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(par.format));
    if (pixels)
        out.number(bitsPerChannel, static_cast<std::uint64_t>(pixels->comp[0].depth));
    if (par.color_space != AVCOL_SPC_UNSPECIFIED)
        out.number(matrixCoefficients, static_cast<std::uint64_t>(par.color_space));
    if (par.color_trc != AVCOL_TRC_UNSPECIFIED)
        out.number(transferCharacteristics, static_cast<std::uint64_t>(par.color_trc));
    if (par.color_primaries != AVCOL_PRI_UNSPECIFIED)
        out.number(primaries, static_cast<std::uint64_t>(par.color_primaries));
    if (par.color_range != AVCOL_RANGE_UNSPECIFIED)
        out.number(range, par.color_range == AVCOL_RANGE_JPEG ? 2 : 1);
    writeMastering(out, format);
    return inner;
}

std::string videoOf(const TrackFormat& format) {
    const AVCodecParameters& par = *format.parameters;
    std::string inner;
    EbmlWriter out(inner);
    out.number(pixelWidth, static_cast<std::uint64_t>(par.width));
    out.number(pixelHeight, static_cast<std::uint64_t>(par.height));
    const AVRational aspect = par.sample_aspect_ratio;
    if (aspect.num > 0 && aspect.den > 0 && aspect.num != aspect.den) {
        out.number(displayWidth, static_cast<std::uint64_t>(av_rescale(par.width, aspect.num, aspect.den)));
        out.number(displayHeight, static_cast<std::uint64_t>(par.height));
    }
    out.bytes(colour, colourOf(format));
    return inner;
}

std::string audioOf(const TrackFormat& format) {
    std::string inner;
    EbmlWriter out(inner);
    out.real(samplingFrequency, opusRate);
    out.number(channels, format.parameters->extradata[9]);
    return inner;
}

std::string trackOf(const TrackFormat& format) {
    std::string inner;
    EbmlWriter out(inner);
    const bool opus = isOpus(format);
    out.number(trackNumber, 1);
    out.number(trackUid, 1);
    out.number(trackType, opus ? 2 : 1);
    out.number(flagLacing, 0);
    out.bytes(codecId, opus ? "A_OPUS" : "V_VP9");
    if (opus) {
        out.bytes(codecPrivate, extradata(format));
        out.number(codecDelay, static_cast<std::uint64_t>(av_rescale(preSkip(format), nanoseconds, opusRate)));
        out.number(seekPreRoll, opusPreRoll);
        out.bytes(audioElement, audioOf(format));
    } else {
        out.bytes(videoElement, videoOf(format));
    }
    return inner;
}

// A block's head and its frame. `flags`: of a SimpleBlock, RFC 9559 section 10.2.
std::string blockOf(const AVPacket& packet, std::int64_t offset, std::uint8_t flags) {
    std::string bytes;
    EbmlWriter out(bytes);
    out.put(0x81, 1);  // track 1
    out.put(static_cast<std::uint16_t>(offset), 2);
    out.put(flags, 1);
    bytes.append(reinterpret_cast<const char*>(packet.data), static_cast<std::size_t>(packet.size));
    return bytes;
}

// In milliseconds, shifted; a decoder's delay belongs to a block's time.
std::int64_t timeOf(const TrackFormat& format, std::int64_t pts) {
    const std::int64_t delay = av_rescale_q(preSkip(format), {1, static_cast<int>(opusRate)}, format.timeBase);
    return av_rescale_q(pts + delay, format.timeBase, milliseconds) +
           rescale(kPresentationShift, 1000, kTicksPerSecond);
}

// The last one says how long it lasts: nothing after it tells.
void writeLast(EbmlWriter& out, const TrackFormat& format, const AVPacket& packet, std::int64_t offset) {
    std::string inner;
    EbmlWriter group(inner);
    group.bytes(block, blockOf(packet, offset, 0));
    const std::int64_t end = timeOf(format, packet.pts + packet.duration), at = timeOf(format, packet.pts);
    group.number(blockDuration, static_cast<std::uint64_t>(std::max<std::int64_t>(end - at, 1)));
    if (!(packet.flags & AV_PKT_FLAG_KEY) && !isOpus(format))
        group.bytes(referenceBlock, std::string_view("\xFF", 1));  // the millisecond before: there is one
    out.bytes(blockGroup, inner);
}

}  // namespace

core::Result<std::string> writeWebmInit(const TrackFormat& format) {
    if (auto known = checkCodec(format); !known)
        return core::unexpected(known.error());
    std::string head, about, entry, list, bytes;
    EbmlWriter header(head), information(about), entries(list), out(bytes);
    header.number(ebmlVersion, 1);
    header.number(ebmlReadVersion, 1);
    header.number(ebmlMaxIdLength, 4);
    header.number(ebmlMaxSizeLength, 8);
    header.bytes(docType, "webm");
    header.number(docTypeVersion, 4);
    header.number(docTypeReadVersion, 2);
    information.number(timestampScale, nanoseconds / 1000);
    information.bytes(muxingApp, "Marea");
    information.bytes(writingApp, "Marea");
    entries.bytes(trackEntry, trackOf(format));
    out.bytes(ebml, head);
    out.id(segment);
    out.unknownSize();
    out.bytes(info, about);
    out.bytes(tracks, list);
    return bytes;
}

core::Result<std::string> writeWebmCluster(const TrackFormat& format, const Packets& packets) {
    if (auto known = checkCodec(format); !known)
        return core::unexpected(known.error());
    std::string bytes;
    auto next = packets.begin();
    do {
        const std::int64_t begin = next == packets.end() ? 0 : std::max<std::int64_t>(timeOf(format, (*next)->pts), 0);
        std::string inner;
        EbmlWriter out(inner);
        out.number(timestamp, static_cast<std::uint64_t>(begin));
        for (; next != packets.end() && timeOf(format, (*next)->pts) - begin <= INT16_MAX; ++next) {
            const AVPacket& packet = **next;
            const std::int64_t offset = timeOf(format, packet.pts) - begin;
            if (offset < INT16_MIN)
                return core::fail(ErrorCode::Unprocessable, "The file's times cannot be used", "cluster");
            const bool key = packet.flags & AV_PKT_FLAG_KEY || isOpus(format);
            if (*next == packets.back())
                writeLast(out, format, packet, offset);
            else
                out.bytes(simpleBlock, blockOf(packet, offset, key ? 0x80 : 0));
        }
        EbmlWriter(bytes).bytes(cluster, inner);
    } while (next != packets.end());
    return bytes;
}

}  // namespace marea::server
