#include "server/pipeline/segmentwriter.h"

#include <algorithm>

#include "server/packaging/mp4boxes.h"
#include "server/packaging/packedframes.h"
#include "server/pipeline/avoutput.h"
#include "server/pipeline/initboxes.h"
#include "server/pipeline/nalunits.h"

namespace marea::server {
namespace {

using core::ErrorCode;

// Sample flags of ISO/IEC 14496-12 section 8.8.3.1.
constexpr std::uint32_t syncSample = 0x02000000;   // depends on no other
constexpr std::uint32_t otherSample = 0x01010000;  // depends on others, is no sync sample

struct Sample {
    std::int64_t dts = 0;  // with the shift
    std::uint32_t duration = 0, size = 0, flags = 0;
    std::int32_t offset = 0;  // of presentation
};

std::int64_t shiftIn(AVRational timeBase) {
    return av_rescale_q(kPresentationShift, {1, kTicksPerSecond}, timeBase);
}

std::uint32_t lengthOf(const Packets& packets, std::size_t i) {
    const std::int64_t length = i + 1 < packets.size() ? packets[i + 1]->dts - packets[i]->dts : packets[i]->duration;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(length, 0, INT32_MAX));
}

std::size_t sizeOf(const Packets& packets) {
    std::size_t size = 0;
    for (const auto& packet : packets)
        size += static_cast<std::size_t>(packet->size);
    return size;
}

core::Result<std::vector<Sample>> collect(const TrackFormat& format, const Packets& packets, std::string& payload) {
    const bool startCodes = hasStartCodes(format.parameters.get());
    const std::int64_t shift = shiftIn(format.timeBase);
    std::vector<Sample> samples;
    samples.reserve(packets.size());
    // Growing step by step would touch twice the memory, and a system that has to find it takes longer for that than
    // the copying does.
    payload.reserve(sizeOf(packets));
    for (std::size_t i = 0; i < packets.size(); ++i) {
        const AVPacket* packet = packets[i].get();
        const std::size_t before = payload.size();
        if (startCodes)
            appendWithLengths(payload, packet->data, static_cast<std::size_t>(packet->size));
        else
            payload.append(reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size));
        Sample s;
        s.dts = packet->dts + shift;
        s.duration = lengthOf(packets, i);
        s.size = static_cast<std::uint32_t>(payload.size() - before);
        s.flags = packet->flags & AV_PKT_FLAG_KEY ? syncSample : otherSample;
        s.offset = static_cast<std::int32_t>(packet->pts - packet->dts);
        if (s.dts < 0)
            return core::fail(ErrorCode::Unprocessable, "The file's times cannot be used", "dts before the shift");
        samples.push_back(s);
    }
    return samples;
}

// Track run, section 8.8.8. Audio needs neither flags nor offsets.
void writeRun(BoxWriter& box, const std::vector<Sample>& samples, bool video, std::size_t& dataOffsetAt) {
    constexpr std::uint32_t dataOffset = 0x1, durations = 0x100, sizes = 0x200, flags = 0x400, offsets = 0x800;
    const bool reordered = std::any_of(samples.begin(), samples.end(), [](const Sample& s) { return s.offset != 0; });
    const bool negative = std::any_of(samples.begin(), samples.end(), [](const Sample& s) { return s.offset < 0; });
    box.beginFull("trun", negative ? 1 : 0,
                  dataOffset | durations | sizes | (video ? flags : 0) | (reordered ? offsets : 0));
    box.u32(static_cast<std::uint32_t>(samples.size()));
    dataOffsetAt = box.position();
    box.u32(0);
    for (const Sample& s : samples) {
        box.u32(s.duration);
        box.u32(s.size);
        if (video)
            box.u32(s.flags);
        if (reordered)
            box.u32(static_cast<std::uint32_t>(s.offset));
    }
    box.end();
}

void writeMovieFragment(std::string& out, const std::vector<Sample>& samples, bool video, int number) {
    constexpr std::uint32_t defaultFlags = 0x20, baseIsMoof = 0x20000;
    BoxWriter box(out);
    const std::size_t start = box.position();
    std::size_t dataOffsetAt = 0;
    box.begin("moof");
    box.beginFull("mfhd", 0, 0);
    box.u32(static_cast<std::uint32_t>(number) + 1);
    box.end();
    box.begin("traf");
    box.beginFull("tfhd", 0, defaultFlags | baseIsMoof);
    box.u32(1);
    box.u32(video ? otherSample : syncSample);
    box.end();
    box.beginFull("tfdt", 1, 0);
    box.u64(samples.empty() ? 0 : static_cast<std::uint64_t>(samples.front().dts));
    box.end();
    writeRun(box, samples, video, dataOffsetAt);
    box.end();
    box.end();
    box.patch32(dataOffsetAt, static_cast<std::uint32_t>(box.position() - start) + 8);
}

void writeBrands(std::string& out, const char* type, const char* major, std::string_view compatible) {
    BoxWriter box(out);
    box.begin(type);
    box.bytes(major);
    box.u32(0);
    box.bytes(compatible);
    box.end();
}

bool addSideData(AVStream* stream, const TrackFormat& format) {
    for (const StreamSideData& item : format.sideData) {
        if (item.type == AV_PKT_DATA_DOVI_CONF && dolbyVisionInLayers(format))
            continue;
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
        AVPacketSideData* made = av_packet_side_data_new(
            &stream->codecpar->coded_side_data, &stream->codecpar->nb_coded_side_data, item.type, item.bytes.size(), 0);
        std::uint8_t* to = made ? made->data : nullptr;
#else
        std::uint8_t* to = av_stream_new_side_data(stream, item.type, item.bytes.size());
#endif
        if (!to)
            return false;
        std::copy(item.bytes.begin(), item.bytes.end(), to);
    }
    return true;
}

// Players of Apple take HEVC under this name alone; its parameter sets stand in the configuration record.
std::uint32_t mp4Tag(AVCodecID codec) {
    return codec == AV_CODEC_ID_HEVC ? MKTAG('h', 'v', 'c', '1') : 0;
}

AVDictionary* initOptions(AVRational timeBase) {
    AVDictionary* options = nullptr;
    av_dict_set(&options, "movflags", "empty_moov+default_base_moof+delay_moov+frag_custom+skip_trailer", 0);
    av_dict_set_int(&options, "use_editlist", 0, 0);
    av_dict_set_int(&options, "video_track_timescale", timeBase.den, 0);
    return options;
}

// libav's moov: it is written at the first flush, when the muxer has seen a packet.
core::Result<std::string> writeMovie(const TrackFormat& format, const AVPacket* first) {
    auto output = AvOutput::open("mp4");
    if (!output)
        return core::unexpected(output.error());
    AVStream* stream = (*output)->addStream(format.parameters.get(), format.timeBase);
    if (!stream || !addSideData(stream, format))
        return core::fail(ErrorCode::Internal, "Out of memory");
    stream->codecpar->codec_tag = mp4Tag(stream->codecpar->codec_id);
    auto done = (*output)->writeHeader(initOptions(format.timeBase));
    if (done && first) {
        const AvPtr<AVPacket> packet(av_packet_clone(first));
        packet->pts = packet->dts = 0;
        packet->stream_index = 0;
        packet->flags |= AV_PKT_FLAG_KEY;
        done = (*output)->write(packet.get());
    }
    if (done)
        done = (*output)->write(nullptr);
    if (!done)
        return core::unexpected(done.error());
    return (*output)->take();
}

}  // namespace

core::Result<TrackFormat> TrackFormat::ofEncoder(const AVCodecContext* encoder) {
    TrackFormat format;
    format.parameters.reset(avcodec_parameters_alloc());
    if (!format.parameters || avcodec_parameters_from_context(format.parameters.get(), encoder) < 0)
        return core::fail(ErrorCode::Internal, "Out of memory");
    format.timeBase = encoder->time_base;
    return format;
}

core::Result<std::string> writeInit(const TrackFormat& format, const AVPacket* first) {
    auto movie = writeMovie(format, first);
    if (!movie)
        return movie;
    std::string out;
    writeBrands(out, "ftyp", "iso6", "iso6cmfcmp41" + dolbyVisionBrand(format));
    for (const Box& box : boxesIn(*movie, 0, movie->size())) {
        if (box.type == "moov") {
            out.append(*movie, box.start, box.end - box.start);
            completeInit(out, format, first);
            return out;
        }
    }
    return core::fail(ErrorCode::Unprocessable, "The stream cannot be put into this kind of file", "no moov");
}

core::Result<void> prependParameterSets(const TrackFormat& format, AVPacket& first) {
    const AVCodecParameters& known = *format.parameters;
    const auto head = static_cast<std::size_t>(std::max(known.extradata_size, 0));
    if (!hasStartCodes(&known) || head == 0)
        return {};
    const AvPtr<AVPacket> both(av_packet_alloc());
    if (!both || av_new_packet(both.get(), static_cast<int>(head) + first.size) < 0 ||
        av_packet_copy_props(both.get(), &first) < 0)
        return core::fail(ErrorCode::Internal, "Out of memory");
    std::copy_n(known.extradata, head, both->data);
    std::copy_n(first.data, first.size, both->data + head);
    av_packet_unref(&first);
    av_packet_move_ref(&first, both.get());
    return {};
}

core::Result<std::string> writeFragment(const TrackFormat& format, const Packets& packets, int number) {
    std::string payload;
    const auto samples = collect(format, packets, payload);
    if (!samples)
        return core::unexpected(samples.error());
    if (payload.size() > UINT32_MAX - 16)
        return core::fail(ErrorCode::TooLarge, "A segment of this file is too large");
    std::string out;
    out.reserve(payload.size() + samples->size() * 16 + 256);
    writeBrands(out, "styp", "msdh", "msdhcmfs");
    writeMovieFragment(out, *samples, format.parameters->codec_type == AVMEDIA_TYPE_VIDEO, number);
    BoxWriter box(out);
    box.begin("mdat");
    box.bytes(payload);
    box.end();
    return out;
}

core::Result<std::string> writeRaw(const TrackFormat& format, const Packets& packets) {
    const AVCodecID codec = format.parameters->codec_id;
    if (codec != AV_CODEC_ID_MP3 && codec != AV_CODEC_ID_OPUS && codec != AV_CODEC_ID_FLAC)
        return core::fail(ErrorCode::Unprocessable, "This audio cannot be had without a container");
    std::string out;
    for (const auto& packet : packets) {
        const std::string_view frame(reinterpret_cast<const char*>(packet->data),
                                     static_cast<std::size_t>(packet->size));
        if (codec == AV_CODEC_ID_FLAC)
            packFrame(out, frame);
        else
            out += frame;
    }
    return out;
}

}  // namespace marea::server
