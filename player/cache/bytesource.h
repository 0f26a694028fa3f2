#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "core/base/result.h"

namespace marea::player {

// The bytes of one title, wherever they come from: a file, a server, later the offline cache or a decryptor.
// One reader at a time calls size() and read(), and may block in them; cancel() may come from any thread.
class ByteSource {
public:
    virtual ~ByteSource() = default;

    // Total bytes; waits until they are known. -1 when they never will be.
    virtual core::Result<std::int64_t> size() = 0;

    // Fills `out` from `offset` with at least one byte, as many as are at hand; 0 at the end.
    virtual core::Result<std::size_t> read(std::int64_t offset, std::span<char> out) = 0;

    // Ends a waiting call at once with Cancelled, and every later one.
    virtual void cancel() = 0;
};

// Opens a source anew each time it is called: mpv opens a title again when it probes or prefetches it.
using OpenByteSource = std::function<core::Result<std::unique_ptr<ByteSource>>()>;

}  // namespace marea::player
