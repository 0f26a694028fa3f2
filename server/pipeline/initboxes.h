#pragma once

#include <optional>
#include <string>

#include "server/pipeline/segmentwriter.h"

namespace marea::server {

// Adds to an initialisation segment what libav's muxer knows and leaves out: the mastering display and light levels of
// HEVC (ISO/IEC 14496-12 sections 12.1.6 and 12.1.7), the name of Dolby Vision without a base that others can show, and
// the extension for Atmos in E-AC-3 (ETSI TS 103 420 section 8.3.2). `first` is a packet of the stream, or null.
void completeInit(std::string& init, const TrackFormat& format, const AVPacket* first);

// Dolby Vision's configuration of a stream.
std::optional<AVDOVIDecoderConfigurationRecord> dolbyVision(const TrackFormat& format);
// The brand of a stream that is Dolby Vision over a base layer ("Dolby Vision Streams Within the ISO Base Media File
// Format", section 4): "db1p", "db4h". Empty for others.
std::string dolbyVisionBrand(const TrackFormat& format);
// Profiles 4 and 7: a second layer, which no player of segments decodes. They go, and are called, as their base layer.
bool dolbyVisionInLayers(const TrackFormat& format);
// Profile 5: no other decoder shows it right.
bool dolbyVisionAlone(const TrackFormat& format);

}  // namespace marea::server
