#include "server/pipeline/initboxes.h"

#include <algorithm>
#include <cstring>

#include "core/media/dynamicrange.h"
#include "server/packaging/mp4boxes.h"
#include "server/pipeline/atmos.h"
#include "server/pipeline/streaminfo.h"

namespace marea::server {
namespace {

// Fields of a sample entry before the boxes in it, sections 12.1.3 and 12.2.3.
constexpr std::size_t videoFields = 78, audioFields = 28;

// A copy of side data that is a structure of libav's.
template <class T>
std::optional<T> structure(const TrackFormat& format, AVPacketSideDataType type) {
    for (const StreamSideData& item : format.sideData) {
        if (item.type != type || item.bytes.size() < sizeof(T))
            continue;
        T value;
        std::memcpy(&value, item.bytes.data(), sizeof value);
        return value;
    }
    return std::nullopt;
}

std::optional<Box> inEntry(std::string_view init, const std::vector<Box>& way, std::size_t fields,
                           std::string_view type) {
    const Box& entry = way.back();
    if (entry.body + fields > entry.end)
        return std::nullopt;
    for (const Box& box : boxesIn(init, entry.body + fields, entry.end)) {
        if (box.type == type)
            return box;
    }
    return std::nullopt;
}

std::uint32_t inUnits(AVRational value, std::int64_t unitsPerOne, std::uint32_t most) {
    if (value.den <= 0 || value.num < 0)
        return 0;
    return static_cast<std::uint32_t>(std::min<std::int64_t>(av_rescale(value.num, unitsPerOne, value.den), most));
}

std::string masteringDisplay(const AVMasteringDisplayMetadata& display) {
    std::string out;
    BoxWriter box(out);
    box.begin("mdcv");
    constexpr int greenBlueRed[] = {1, 2, 0};
    for (const int colour : greenBlueRed) {
        for (const AVRational coordinate : display.display_primaries[colour])
            box.u16(inUnits(coordinate, 50'000, UINT16_MAX));
    }
    for (const AVRational coordinate : display.white_point)
        box.u16(inUnits(coordinate, 50'000, UINT16_MAX));
    box.u32(inUnits(display.max_luminance, 10'000, UINT32_MAX));
    box.u32(inUnits(display.min_luminance, 10'000, UINT32_MAX));
    box.end();
    return out;
}

std::string lightLevel(const AVContentLightMetadata& light) {
    std::string out;
    BoxWriter box(out);
    box.begin("clli");
    box.u16(std::min(light.MaxCLL, unsigned{UINT16_MAX}));
    box.u16(std::min(light.MaxFALL, unsigned{UINT16_MAX}));
    box.end();
    return out;
}

void addToEntry(std::string& init, std::string_view type, const std::string& box) {
    const auto way = wayToSampleEntry(init);
    if (!way.empty() && !inEntry(init, way, videoFields, type))
        insertBox(init, way, box);
}

void addComplexity(std::string& init, const AVPacket& frame) {
    const int complexity = jocComplexity(frame.data, static_cast<std::size_t>(frame.size));
    auto way = wayToSampleEntry(init);
    if (complexity <= 0 || way.empty())
        return;
    const auto configuration = inEntry(init, way, audioFields, "dec3");
    if (!configuration)
        return;
    way.push_back(*configuration);
    std::string extension;
    BoxWriter bytes(extension);
    bytes.u8(1);  // reserved, flag_ec3_extension_type_a
    bytes.u8(static_cast<std::uint32_t>(complexity));
    insertBox(init, way, extension);
}

// Where the container does not say it, the stream's own parameter sets do: a decoder reads them when it is opened.
AVColorTransferCharacteristic transferOf(const AVCodecParameters& known) {
    if (known.color_trc != AVCOL_TRC_UNSPECIFIED)
        return known.color_trc;
    const AVCodec* codec = avcodec_find_decoder(known.codec_id);
    const AvPtr<AVCodecContext> decoder(codec ? avcodec_alloc_context3(codec) : nullptr);
    if (!decoder || avcodec_parameters_to_context(decoder.get(), &known) < 0)
        return known.color_trc;
    decoder->thread_count = 1;
    return avcodec_open2(decoder.get(), codec, nullptr) < 0 ? known.color_trc : decoder->color_trc;
}

// Nobody else is to show it in wrong colours. libav has no such name to give.
void nameDolbyVision(std::string& init) {
    if (const auto way = wayToSampleEntry(init); !way.empty())
        init.replace(way.back().start + 4, 4, "dvh1");
}

}  // namespace

void completeInit(std::string& init, const TrackFormat& format, const AVPacket* first) {
    const auto display = structure<AVMasteringDisplayMetadata>(format, AV_PKT_DATA_MASTERING_DISPLAY_METADATA);
    if (display && display->has_primaries && display->has_luminance)
        addToEntry(init, "mdcv", masteringDisplay(*display));
    if (const auto light = structure<AVContentLightMetadata>(format, AV_PKT_DATA_CONTENT_LIGHT_LEVEL))
        addToEntry(init, "clli", lightLevel(*light));
    if (format.parameters->codec_id == AV_CODEC_ID_HEVC && dolbyVisionAlone(format))
        nameDolbyVision(init);
    if (first && format.parameters->codec_id == AV_CODEC_ID_EAC3)
        addComplexity(init, *first);
}

std::optional<AVDOVIDecoderConfigurationRecord> dolbyVision(const TrackFormat& format) {
    return structure<AVDOVIDecoderConfigurationRecord>(format, AV_PKT_DATA_DOVI_CONF);
}

std::string dolbyVisionBrand(const TrackFormat& format) {
    const auto record = dolbyVision(format);
    const AVCodecParameters& known = *format.parameters;
    const bool hevc = known.codec_id == AV_CODEC_ID_HEVC && record && record->dv_profile == 8;
    const bool av1 = known.codec_id == AV_CODEC_ID_AV1 && record && record->dv_profile == 10;
    if (!hevc && !av1)
        return {};
    switch (dolbyVisionCompatibility(*record, transferOf(known))) {
        case core::kDolbyBaseHdr10:
            return "db1p";
        case core::kDolbyBaseSdr:
            return "db2g";
        case core::kDolbyBaseHlg:
            return "db4h";
        default:
            return {};
    }
}

bool dolbyVisionInLayers(const TrackFormat& format) {
    const auto record = dolbyVision(format);
    return record && (record->dv_profile == 4 || record->dv_profile == 7);
}

bool dolbyVisionAlone(const TrackFormat& format) {
    const auto record = dolbyVision(format);
    return record && record->dv_profile == 5;
}

}  // namespace marea::server
