#pragma once

#include <cstdint>
#include <optional>
#include <QByteArray>

#include "core/io/sealedfile.h"
#include "player/cache/bytesource.h"

namespace marea::player {

// The clear text of a sealed file (core/io/sealedfile.h) that another source gives, decrypted in memory, chunk by
// chunk.
class SealedByteSource : public ByteSource {
public:
    // Opens nothing yet: what is wrong with the file is told by the first call.
    SealedByteSource(std::unique_ptr<ByteSource> sealed, QByteArray secret);
    ~SealedByteSource() override;

    core::Result<std::int64_t> size() override;
    core::Result<std::size_t> read(std::int64_t offset, std::span<char> out) override;
    void cancel() override { sealed_->cancel(); }

private:
    core::Result<void> open();
    core::Result<void> fetch(std::uint64_t chunk);
    core::Result<std::string> bytes(std::uint64_t from, std::size_t size);

    const std::unique_ptr<ByteSource> sealed_;
    QByteArray secret_;
    std::optional<core::SealedChunks> chunks_;
    std::optional<std::uint64_t> number_;  // of the chunk in `clear_`
    std::string clear_;
};

}  // namespace marea::player
