#pragma once

#include <functional>
#include <memory>

#include "core/base/log.h"
#include "server/stream/makings.h"
#include "server/stream/segmentcache.h"
#include "server/stream/title.h"
#include "server/transcode/soundmeasurer.h"

namespace marea::server {

// The waveforms of titles (waveformplan.h), measured when somebody asks and kept in a folder within a bound. One is
// measured once, however many ask meanwhile. Thread-safe; `done` comes exactly once, on the caller's thread or on the
// measurer's. NotFound: there is no sound. Unavailable: too much is measured and made already.
class Waveforms {
public:
    using Done = std::function<void(core::Result<SegmentCache::Entry>)>;

    // Both are one pool's, with the same tickets, and outlive it.
    Waveforms(SegmentCacheOptions cache, SegmentMaker& maker, SoundMeasurer& measurer,
              std::shared_ptr<core::Logger> logger);

    // As JSON.
    void get(const StreamTitlePtr& title, int stream, Done done);
    static CacheKey keyOf(const StreamTitle& title, int stream);

private:
    SoundMeasurer& measurer_;
    SegmentCache cache_;
    std::shared_ptr<Makings> makings_;
};

}  // namespace marea::server
