#include "sync/engine/filestream.h"

#include <cerrno>

#include "core/io/diskfile.h"

namespace marea::sync {

core::Result<std::unique_ptr<ByteStream>> FileStream::of(core::FileHandle file) {
    const auto about = core::status(file);
    if (!about) {
        return core::unexpected<core::Error>(about.error());
    }
    if (!about->isFile) {
        return core::fail(core::ErrorCode::Invalid, "This is not a file.");
    }
    return std::make_unique<FileStream>(std::move(file), about->size);
}

core::Result<std::size_t> FileStream::read(std::span<std::uint8_t> into) {
    const auto count = core::readSome(file_.get(), into.data(), into.size());
    if (count >= 0) {
        return static_cast<std::size_t>(count);
    }
    core::Error error = core::systemError(errno, "cannot read a file");
    error.text = "This file cannot be read.";
    return core::unexpected<core::Error>(std::move(error));
}

}  // namespace marea::sync
