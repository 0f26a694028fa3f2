#pragma once

#include "core/base/result.h"
#include "core/media/loudness.h"
#include "server/packaging/segment.h"

namespace marea::server {

// Bounds on what a worker may be asked for, whoever asks: no size, rate or count in it makes an encoder or a table
// grow past all measure. ErrorCode::Invalid. Pure. Whether the file has such a stream is for the worker to say.
core::Result<void> checkRequest(const SegmentSpec& spec);
core::Result<void> checkLadder(const SegmentSpec& spec);
core::Result<void> checkTrials(const SegmentSpec& spec);
core::Result<void> checkRequest(const SubtitleWish& wish);
core::Result<void> checkRequest(const SpriteWish& wish);
core::Result<void> checkRequest(const core::LoudnessWish& wish);

}  // namespace marea::server
