#pragma once

#include <memory>

#include "core/io/filehandle.h"
#include "sync/engine/bytestream.h"

namespace marea::sync {

// An open file from its begin.
class FileStream final : public ByteStream {
public:
    static core::Result<std::unique_ptr<ByteStream>> of(core::FileHandle file);  // Invalid when it is a folder
    FileStream(core::FileHandle file, std::int64_t size) : file_(std::move(file)), size_(size) {}

    std::int64_t size() const override { return size_; }
    core::Result<std::size_t> read(std::span<std::uint8_t> into) override;

private:
    core::FileHandle file_;
    std::int64_t size_;
};

}  // namespace marea::sync
