#include "server/stream/title.h"

#include "server/stream/protection.h"

namespace marea::server {

core::Result<SegmentSource> StreamTitle::source() const {
    auto own = handle.duplicate();
    if (!own) {
        return core::unexpected<core::Error>(own.error());
    }
    return SegmentSource{std::move(*own), name, fingerprint};
}

core::Error protectedError() {
    return {core::ErrorCode::Forbidden, "protected",
            "This title is protected: it goes out encrypted, in segments, and in no other way."};
}

}  // namespace marea::server
