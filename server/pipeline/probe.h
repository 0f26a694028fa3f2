#pragma once

#include "core/base/result.h"
#include "core/media/mediainfo.h"
#include "server/pipeline/mediasource.h"

namespace marea::server {

// Streams, chapters and tags of a media file. Plain audio files take a short way (audiofile.h); all else goes through
// libav, which reads into the file only where its headers leave something open. ErrorCode::Corrupt, with a reason for
// people, when it is broken or nothing we know.
core::Result<core::MediaInfo> probeMedia(MediaSource& source);

}  // namespace marea::server
