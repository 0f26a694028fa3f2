#pragma once

#include <optional>

#include "core/base/id.h"
#include "core/base/result.h"
#include "server/protection/schemes.h"

namespace marea::server {

// Which titles may not leave in the clear. Calls block and are thread-safe. An error is no "no": who cannot know gives
// nothing away.
class TitleProtection {
public:
    virtual ~TitleProtection() = default;
    // nullopt: in the clear.
    virtual core::Result<std::optional<ProtectionSchemes>> of(const core::Id& title) = 0;
};

// The keys of titles. Calls block and are thread-safe.
class TitleKeys {
public:
    virtual ~TitleKeys() = default;
    // Made when it is first asked for, and the same from then on. Unavailable while it cannot be read or kept.
    virtual core::Result<ContentKey> key(const core::Id& title, ProtectionScheme scheme) = 0;
};

// What refuses to send a protected title in another way.
core::Error protectedError();

}  // namespace marea::server
