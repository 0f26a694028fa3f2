#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/packaging/segment.h"
#include "server/pipeline/libav.h"

namespace marea::server {

// What libav keeps beside a stream's parameters: mastering display, light levels, Dolby Vision's configuration.
struct StreamSideData {
    AVPacketSideDataType type = AV_PKT_DATA_NB;
    std::vector<std::uint8_t> bytes;
};

// A coded track, as it goes into segments.
struct TrackFormat {
    AvPtr<AVCodecParameters> parameters;
    AVRational timeBase{0, 1};  // 1/n of its packets' times; n becomes the MP4 track's timescale
    std::vector<StreamSideData> sideData;

    // What a configured encoder makes. Use AV_CODEC_FLAG_GLOBAL_HEADER and a time base of 1/n.
    static core::Result<TrackFormat> ofEncoder(const AVCodecContext* encoder);
};

// Packets of one track in decoding order. Times in the track's time base since the title's start (the writer adds
// kPresentationShift); pts and dts are set, dts ascends, and the last packet's duration reaches to the next segment's
// first dts: the durations of the others follow from their dts.
using Packets = std::vector<AvPtr<AVPacket>>;

struct TrackPackets {
    const TrackFormat* format = nullptr;
    const Packets* packets = nullptr;
};

// The writers below give the same bytes for the same input: no dates, no names of programs. They take H.264 and HEVC
// with lengths or with start codes, as libav's encoders and demuxers give them. One track has the id 1.

// The MP4 initialisation segment (ftyp, moov). Some codecs (AC-3, E-AC-3, ADTS) describe themselves only in their
// frames: `first` is a packet of the stream, may be null for all others. ErrorCode::Unprocessable when MP4 has no
// place for the codec.
core::Result<std::string> writeInit(const TrackFormat& format, const AVPacket* first = nullptr);

// An MP4 media segment (styp, moof, mdat) with the sequence number `number` + 1. No packets: an empty fragment.
core::Result<std::string> writeFragment(const TrackFormat& format, const Packets& packets, int number);

// What stands in the head goes before the first picture too (H.264 and HEVC of encoders; others have it there anyway).
core::Result<void> prependParameterSets(const TrackFormat& format, AVPacket& first);

// An MPEG-TS segment with its own PAT and PMT, of one track, or of video and audio.
core::Result<std::string> writeTransportStream(const std::vector<TrackPackets>& tracks);

// The frames alone, as SegmentFormat::Raw says. ErrorCode::Unprocessable for codecs that no file is made of so.
core::Result<std::string> writeRaw(const TrackFormat& format, const Packets& packets);

}  // namespace marea::server
