#include "server/gateway/filestream.h"

#include <algorithm>

#include "core/io/clearfile.h"

namespace marea::server {

namespace {

constexpr std::uint64_t kFilePiece = 256 * 1024;

struct FileReading {
    FileBody file;
    std::uint64_t offset = 0;
    std::optional<core::ClearReader> reader;  // made by the thread that reads first
};

StreamBody::Piece nextOf(FileReading& reading) {
    const std::uint64_t size = std::min(kFilePiece, reading.file.size - std::min(reading.file.size, reading.offset));
    if (size == 0) {
        return std::nullopt;
    }
    if (!reading.reader) {
        auto made = core::ClearReader::create(reading.file.file);
        if (!made) {
            return core::unexpected<core::Error>(made.error());
        }
        reading.reader.emplace(std::move(*made));
    }
    std::string bytes(size, '\0');
    const auto got = reading.reader->read(reading.offset, bytes.data(), bytes.size());
    if (!got || *got == 0) {
        return got ? core::fail(core::ErrorCode::Io, "The file became shorter.")
                   : core::unexpected<core::Error>(got.error());
    }
    bytes.resize(*got);
    reading.offset += bytes.size();
    return std::optional<std::string>(std::move(bytes));
}

}  // namespace

StreamBody throughMemory(FileBody file) {
    const std::uint64_t size = file.size;
    const auto reading = std::make_shared<FileReading>();
    reading->file = std::move(file);
    StreamBody body;
    body.length = size;
    body.seek = [reading](std::uint64_t offset) { reading->offset = offset; };
    body.next = [reading] { return nextOf(*reading); };
    return body;
}

}  // namespace marea::server
