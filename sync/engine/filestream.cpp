#include "sync/engine/filestream.h"

#include <unistd.h>

#include <cerrno>

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
    while (true) {
        const ssize_t count = ::read(file_.get(), into.data(), into.size());
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            return core::unexpected<core::Error>(core::systemError(errno, "cannot read a file"));
        }
    }
}

}  // namespace marea::sync
