#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/media/loudness.h"
#include "server/packaging/segment.h"
#include "server/transcode/protocol.h"

namespace marea::server {

// Bounds on what a worker may be asked for, whoever asks: no size, rate or count in it makes an encoder or a table
// grow past all measure. ErrorCode::Invalid. Pure. Whether the file has such a stream is for the worker to say.
// `beside`: the subtitles that come in files of their own, which alone may be burnt in under a number that no stream of
// the file has.
core::Result<void> checkRequest(const SegmentSpec& spec, const std::optional<BesideFiles>& beside = {});
core::Result<void> checkLadder(const SegmentSpec& spec, const std::optional<BesideFiles>& beside = {});
core::Result<void> checkTrials(const SegmentSpec& spec);
core::Result<void> checkRequest(const SubtitleWish& wish);
core::Result<void> checkRequest(const SpriteWish& wish);
core::Result<void> checkRequest(const core::LoudnessWish& wish);

}  // namespace marea::server
