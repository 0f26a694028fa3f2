#pragma once

#include "server/pipeline/segmentwriter.h"

namespace marea::server {

// One track in WebM, as its byte stream format for Media Source Extensions wants it: a head (EBML header, a Segment
// without a known size, Info, Tracks), and media segments that are a Cluster each; several where one is longer than a
// Cluster can be (32 s). Times are in milliseconds, and later by kPresentationShift, as in MP4. The same bytes for the
// same input.

// VP9 and Opus. ErrorCode::Unprocessable for what WebM does not carry here.
core::Result<std::string> writeWebmInit(const TrackFormat& format);
core::Result<std::string> writeWebmCluster(const TrackFormat& format, const Packets& packets);

}  // namespace marea::server
