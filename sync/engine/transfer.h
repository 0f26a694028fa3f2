#pragma once

#include <functional>

#include "sync/engine/synccontrol.h"
#include "sync/engine/target.h"

namespace marea::sync {

// Writes one file to a device and reads it back. The steps of the engine that deal with bytes.
class Transfer {
public:
    using Wrote = std::function<void(std::int64_t bytes)>;
    Transfer(Target& target, SyncControl& control, Wrote wrote)
        : target_(target), control_(control), wrote_(std::move(wrote)) {}

    struct Written {
        std::int64_t size = 0;
        std::uint64_t sum = 0;  // by QuickSum
        std::string checksum;   // SHA-256
        double writingSeconds = 0, readingSeconds = 0;
    };
    // Corrupt when what is read back differs. Whatever fails, the path may hold a part.
    // `isStarted`: the path holds a part from before, which is gone on with.
    core::Result<Written> put(const std::string& path, ByteStream& content, bool isStarted = false);
    // What the device has. Corrupt when there are more bytes than `most`: a device may go on without end.
    core::Result<Written> readBack(const std::string& path, std::int64_t most);

private:
    Target& target_;
    SyncControl& control_;
    Wrote wrote_;
};

// A text as a file.
class TextStream final : public ByteStream {
public:
    explicit TextStream(std::string text) : text_(std::move(text)) {}
    std::int64_t size() const override { return static_cast<std::int64_t>(text_.size()); }
    core::Result<std::size_t> read(std::span<std::uint8_t> into) override;

private:
    std::string text_;
    std::size_t at_ = 0;
};

}  // namespace marea::sync
