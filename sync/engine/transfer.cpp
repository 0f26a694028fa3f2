#include "sync/engine/transfer.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "sync/engine/checksumaside.h"
#include "sync/engine/quicksum.h"

namespace marea::sync {

namespace {

double secondsBetween(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

core::unexpected<core::Error> notKept() {
    return core::fail(core::ErrorCode::Corrupt, "The device did not keep the file as it was sent.");
}

// Passes bytes on while it counts and sums them, and waits or ends as people wish. The device waits for what is summed
// here.
class Watched final : public ByteStream {
public:
    Watched(ByteStream& inner, SyncControl& control, const Transfer::Wrote& wrote)
        : inner_(inner), control_(control), wrote_(wrote) {}

    std::int64_t size() const override { return inner_.size(); }
    core::Result<std::size_t> read(std::span<std::uint8_t> into) override {
        if (!control_.goOn()) {
            return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
        }
        auto count = inner_.read(into);
        if (count && *count > 0) {
            sum_.add(into.first(*count));
            total_ += static_cast<std::int64_t>(*count);
            wrote_(static_cast<std::int64_t>(*count));
        }
        return count;
    }
    std::int64_t total() const { return total_; }
    std::uint64_t sum() const { return sum_.value(); }

private:
    ByteStream& inner_;
    SyncControl& control_;
    const Transfer::Wrote& wrote_;
    QuickSum sum_;
    std::int64_t total_ = 0;
};

}  // namespace

core::Result<Transfer::Written> Transfer::put(const std::string& path, ByteStream& content, bool isStarted) {
    Watched watched(content, control_, wrote_);
    const auto began = std::chrono::steady_clock::now();
    if (auto done = isStarted ? target_.complete(path, watched) : target_.write(path, watched); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    // A device that was told the size asks for no more: whether that was all, and nothing changed, is seen at the end.
    std::array<std::uint8_t, 1> more{};
    const auto rest = content.read(more);
    if (!rest) {
        return core::unexpected<core::Error>(rest.error());
    }
    if (watched.total() != content.size() || *rest > 0) {
        return core::fail(core::ErrorCode::Conflict, "The file changed while it was copied.");
    }
    const auto written = std::chrono::steady_clock::now();
    auto there = readBack(path, watched.total());
    if (!there) {
        return there;
    }
    there->writingSeconds = secondsBetween(began, written);
    there->readingSeconds = secondsBetween(written, std::chrono::steady_clock::now());
    if (there->size != watched.total() || there->sum != watched.sum()) {
        return notKept();
    }
    return there;
}

core::Result<Transfer::Written> Transfer::readBack(const std::string& path, std::int64_t most) {
    Written found;
    QuickSum sum;
    ChecksumAside checksum;
    auto done = target_.read(path, [&](std::span<const std::uint8_t> bytes) -> core::Result<void> {
        if (!control_.goOn()) {
            return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
        }
        sum.add(bytes);
        checksum.add(bytes);
        found.size += static_cast<std::int64_t>(bytes.size());
        return found.size <= most ? core::Result<void>() : notKept();
    });
    if (!done) {
        return core::unexpected<core::Error>(done.error());
    }
    found.sum = sum.value();
    found.checksum = checksum.hex();
    return found;
}

core::Result<std::size_t> TextStream::read(std::span<std::uint8_t> into) {
    const std::size_t count = std::min(into.size(), text_.size() - at_);
    std::memcpy(into.data(), text_.data() + at_, count);
    at_ += count;
    return count;
}

}  // namespace marea::sync
