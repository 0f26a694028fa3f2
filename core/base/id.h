#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace marea::core {

// A UUIDv7 (RFC 9562 section 5.7) in its 36-character lower-case form: sorts by time of making.
using Id = std::string;
using IdBytes = std::array<std::uint8_t, 16>;

Id newId(TimeMs now);
Id newId();  // at the system clock's time

bool isId(std::string_view text);                       // canonical form of any UUID version
std::optional<IdBytes> idBytes(std::string_view text);  // nullopt when it is not an id
Id idText(const IdBytes& bytes);

}  // namespace marea::core
