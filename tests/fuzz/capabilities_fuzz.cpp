// What a client may send as its capabilities: JSON, read strictly.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/jsonfields.h"
#include "server/video/capabilities.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto value = marea::core::parseJson({reinterpret_cast<const char*>(data), size});
    if (value) {
        static_cast<void>(marea::server::parseCapabilities(*value));
    }
    return 0;
}
