#include "server/stream/title.h"

namespace marea::server {

core::Result<SegmentSource> StreamTitle::source() const {
    auto own = handle.duplicate();
    if (!own) {
        return core::unexpected<core::Error>(own.error());
    }
    return SegmentSource{std::move(*own), name, fingerprint};
}

}  // namespace marea::server
