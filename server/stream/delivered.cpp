#include "server/stream/delivered.h"

#include <unistd.h>

#include <cerrno>

namespace marea::server {

namespace {

constexpr std::uint64_t kPiece = 256 * 1024;

struct Place {
    std::uint64_t next = 0;
};

void tell(Place& place, bool bytes, const StreamBody::Piece& piece, const ToldRange& told) {
    if (piece && *piece) {
        const std::uint64_t size = bytes ? (*piece)->size() : 1, from = place.next;
        place.next += size;
        told(from, place.next);
    }
}

struct FileReading {
    FileBody file;
    std::uint64_t offset = 0;
};

StreamBody::Piece nextOf(FileReading& reading) {
    const std::uint64_t size = std::min(kPiece, reading.file.size - std::min(reading.file.size, reading.offset));
    if (size == 0) {
        return std::nullopt;
    }
    std::string bytes(size, '\0');
    ssize_t got = -1;
    do {
        got = ::pread(reading.file.file.get(), bytes.data(), bytes.size(), static_cast<off_t>(reading.offset));
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
        return core::unexpected<core::Error>(core::systemError(got < 0 ? errno : EIO, "read file"));
    }
    bytes.resize(static_cast<std::size_t>(got));
    reading.offset += bytes.size();
    return std::optional<std::string>(std::move(bytes));
}

}  // namespace

StreamBody telling(StreamBody body, ToldRange told) {
    const auto place = std::make_shared<Place>();
    const bool bytes = body.length.has_value();
    if (body.seek) {
        body.seek = [place, seek = std::move(body.seek)](std::uint64_t offset) {
            place->next = offset;
            seek(offset);
        };
    }
    if (body.next) {
        body.next = [place, bytes, told, next = std::move(body.next)] {
            auto piece = next();
            tell(*place, bytes, piece, told);
            return piece;
        };
    }
    if (body.ask) {
        body.ask = [place, bytes, told, ask = std::move(body.ask)](const std::function<void(StreamBody::Piece)>& done) {
            ask([place, bytes, told, done](StreamBody::Piece piece) {
                tell(*place, bytes, piece, told);
                done(std::move(piece));
            });
        };
    }
    return body;
}

StreamBody throughMemory(FileBody file) {
    const std::uint64_t size = file.size;
    const auto reading = std::make_shared<FileReading>(FileReading{std::move(file), 0});
    StreamBody body;
    body.length = size;
    body.seek = [reading](std::uint64_t offset) { reading->offset = offset; };
    body.next = [reading] { return nextOf(*reading); };
    return body;
}

}  // namespace marea::server
