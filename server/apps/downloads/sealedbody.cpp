#include "server/apps/downloads/sealedbody.h"

#include <sodium.h>

#include <algorithm>

#include "core/io/clearfile.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::SealedChunks;
using core::SealedHeader;
using core::unexpected;

namespace {

constexpr int kChunksAtOnce = 4;
constexpr const char* kType = "application/vnd.marea.sealed";

// Where a client is. One piece is asked for at a time.
struct Sending {
    core::FileHandle file;
    core::ClearReader reader;  // of it
    SealedChunks chunks;
    std::uint64_t position = 0;
};

SealedHeader headerOf(const OpenedFile& file, const DownloadSeal& seal, const core::Id& id) {
    SealedHeader header;
    header.clearSize = static_cast<std::uint64_t>(file.status.size);
    header.keyId = seal.keyId;
    const std::string bound = id + "\n" + file.etag + "\n" + std::to_string(file.status.size);
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bound.data()), bound.size());
    std::copy_n(hash.begin(), header.salt.size(), header.salt.begin());
    return header;
}

Result<std::string> clearOf(Sending& sending, std::uint64_t number) {
    const SealedHeader& header = sending.chunks.header();
    std::string clear(header.clearSizeOf(number), '\0');
    const auto got = sending.reader.read(number * header.chunk, clear.data(), clear.size());
    if (!got || *got < clear.size()) {
        return got ? core::fail(ErrorCode::Io, "The file became shorter.") : unexpected<core::Error>(got.error());
    }
    return clear;
}

StreamBody::Piece nextPiece(Sending& sending) {
    const SealedHeader& header = sending.chunks.header();
    if (sending.position >= header.sealedSize()) {
        return std::nullopt;
    }
    std::string piece;
    std::uint64_t start = 0, end = SealedHeader::kSize;
    if (sending.position < end) {
        piece = header.bytes();
    } else {
        const std::uint64_t first = (sending.position - SealedHeader::kSize) / (header.chunk + SealedHeader::kTag);
        const std::uint64_t last = std::min(first + kChunksAtOnce, header.chunks());
        for (std::uint64_t number = first; number < last; ++number) {
            const auto clear = clearOf(sending, number);
            const auto sealed = clear ? sending.chunks.seal(number, *clear) : clear;
            if (!sealed) {
                return unexpected<core::Error>(sealed.error());
            }
            piece += *sealed;
        }
        start = header.chunkStart(first);
        end = start + piece.size();
    }
    piece.erase(0, static_cast<std::size_t>(sending.position - start));
    sending.position = end;
    return std::optional<std::string>(std::move(piece));
}

}  // namespace

Result<Response> sealedResponse(OpenedFile file, const DownloadSeal& seal, const core::Id& id) {
    const SealedHeader header = headerOf(file, seal, id);
    auto chunks = SealedChunks::create(header, seal.secret);
    auto reader = chunks ? core::ClearReader::create(file.file) : unexpected<core::Error>(chunks.error());
    if (!reader) {
        return unexpected<core::Error>(reader.error());
    }
    std::string etag = file.etag.substr(0, file.etag.rfind('"')) + "-sealed\"";
    const auto sending =
        std::make_shared<Sending>(Sending{std::move(file.file), std::move(*reader), std::move(*chunks), 0});
    StreamBody body;
    body.length = header.sealedSize();
    body.seek = [sending](std::uint64_t offset) { sending->position = offset; };
    body.next = [sending] { return nextPiece(*sending); };
    Response response;
    response.headers.set("Content-Type", kType);
    response.headers.set("ETag", std::move(etag));
    response.body = std::move(body);
    return response;
}

}  // namespace marea::server
