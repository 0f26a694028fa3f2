// Indexes that lie on the disk: what is read is written so that it reads the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/stream/indexfile.h"

using namespace marea::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto index = indexFromBytes({reinterpret_cast<const char*>(data), size});
    if (!index)
        return 0;
    const std::string kept = indexToBytes(*index);
    const auto again = indexFromBytes(kept);
    if (!again || indexToBytes(*again) != kept)
        std::abort();
    return 0;
}
