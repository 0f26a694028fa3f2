#include "core/io/clearfile.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/io/diskfile.h"

namespace marea::core {

namespace {

constexpr std::uint64_t kSealedPiece = kSealedChunk + SealedHeader::kTag;

Result<SealedHeader> headerOf(const FileHandle& file) {
    std::string bytes(SealedHeader::kSize, '\0');
    const auto got = readAt(file.get(), 0, bytes.data(), bytes.size());
    const auto info = status(file);
    if (!got || !info) {
        return unexpected<Error>(got ? info.error() : got.error());
    }
    auto header = parseSealedHeader(std::string_view(bytes).substr(0, *got));
    if (header && (!info->isFile || header->chunk != kSealedChunk ||
                   header->sealedSize() != static_cast<std::uint64_t>(info->size))) {
        return fail(ErrorCode::Corrupt, "This file is damaged.", "a sealed file of another size");
    }
    return header;
}

}  // namespace

// With the first chunk looked at: another key is told at once.
Result<FileHandle> openSealed(FileHandle file, SealSecrets* secrets) {
    const auto header = headerOf(file);
    auto secret = !header    ? unexpected<Error>(header.error())
                  : !secrets ? fail(ErrorCode::Unavailable, "The key of this file is not here.", "no keys of files")
                             : secrets->secretOf(header->keyId);
    if (!secret) {
        return unexpected<Error>(secret.error());
    }
    file.setSeal(std::make_shared<const FileSeal>(*header, std::move(*secret)));
    auto reader = ClearReader::create(file);
    char first = 0;
    const auto read = reader ? reader->read(0, &first, 1) : unexpected<Error>(reader.error());
    return read ? Result<FileHandle>(std::move(file)) : unexpected<Error>(read.error());
}

FileSeal::~FileSeal() {
    OPENSSL_cleanse(secret.data(), secret.size());
}

std::string_view withoutSealedSuffix(std::string_view name) {
    const bool sealed = name.size() > kSealedSuffix.size() && name.ends_with(kSealedSuffix);
    return sealed ? name.substr(0, name.size() - kSealedSuffix.size()) : std::string_view();
}

std::optional<std::uint64_t> clearSizeOfSealed(std::uint64_t fileSize) {
    if (fileSize < SealedHeader::kSize) {
        return std::nullopt;
    }
    const std::uint64_t body = fileSize - SealedHeader::kSize, rest = body % kSealedPiece;
    if (rest != 0 && rest <= SealedHeader::kTag) {
        return std::nullopt;
    }
    return body / kSealedPiece * kSealedChunk + (rest == 0 ? 0 : rest - SealedHeader::kTag);
}

Result<std::size_t> readAt(int descriptor, std::uint64_t offset, void* to, std::size_t count) {
    std::size_t done = 0;
    while (done < count) {
        const auto got = readSomeAt(descriptor, static_cast<char*>(to) + done, count - done, offset + done);
        if (got < 0) {
            return unexpected<Error>(systemError(errno, "read a file"));
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Result<ClearReader> ClearReader::create(int descriptor, std::shared_ptr<const FileSeal> seal) {
    if (!seal) {
        return ClearReader(descriptor, nullptr, std::nullopt);
    }
    auto chunks = SealedChunks::create(seal->header, seal->secret);
    if (!chunks) {
        return unexpected<Error>(chunks.error());
    }
    return ClearReader(descriptor, std::move(seal), std::move(*chunks));
}

Result<void> ClearReader::load(std::uint64_t number) {
    if (loaded_ == number) {
        return {};
    }
    loaded_.reset();
    const SealedHeader& header = seal_->header;
    std::string sealed(header.clearSizeOf(number) + SealedHeader::kTag, '\0');
    const auto got = readAt(descriptor_, header.chunkStart(number), sealed.data(), sealed.size());
    if (!got) {
        return unexpected<Error>(got.error());
    }
    auto clear = chunks_->open(number, std::string_view(sealed).substr(0, *got));
    if (!clear) {
        return fail(ErrorCode::Corrupt, "This file is damaged, or its key is another one.",
                    "chunk " + std::to_string(number) + " of a sealed file");
    }
    clear_ = std::move(*clear);
    loaded_ = number;
    return {};
}

Result<std::size_t> ClearReader::read(std::uint64_t offset, void* to, std::size_t count) {
    if (!seal_) {
        return readAt(descriptor_, offset, to, count);
    }
    const SealedHeader& header = seal_->header;
    std::size_t done = 0;
    while (done < count && offset + done < header.clearSize) {
        const std::uint64_t at = offset + done, number = at / header.chunk;
        if (const auto loaded = load(number); !loaded) {
            return unexpected<Error>(loaded.error());
        }
        const auto inside = static_cast<std::size_t>(at - number * header.chunk);
        const std::size_t part = std::min(count - done, clear_.size() - inside);
        std::memcpy(static_cast<char*>(to) + done, clear_.data() + inside, part);
        done += part;
    }
    return done;
}

Result<FileHandle> openOriginal(const FileHandle& root, std::string_view relative, SealSecrets* secrets) {
    // Between the two looks it may have been unsealed.
    for (int attempt = 0;; ++attempt) {
        auto file = openBeneath(root, relative);
        if (file || file.error().code != ErrorCode::NotFound) {
            return file;
        }
        auto sealed = openBeneath(root, std::string(relative) + std::string(kSealedSuffix));
        if (sealed) {
            return openSealed(std::move(*sealed), secrets);
        }
        if (attempt > 0 || sealed.error().code != ErrorCode::NotFound) {
            return file;
        }
    }
}

Result<std::string> sealedWhole(std::string_view clear, const SealId& id, std::string_view secret) {
    SealedHeader header;
    header.chunk = kSealedChunk;
    header.clearSize = clear.size();
    header.keyId = id;
    if (RAND_bytes(header.salt.data(), static_cast<int>(header.salt.size())) != 1) {
        return fail(ErrorCode::Internal, "This cannot be encrypted here.", "no random numbers");
    }
    auto chunks = SealedChunks::create(header, secret);
    std::string whole = header.bytes();
    whole.reserve(static_cast<std::size_t>(header.sealedSize()));
    for (std::uint64_t number = 0; number < header.chunks(); ++number) {
        const auto sealed = chunks
                                ? chunks->seal(number, clear.substr(number * kSealedChunk, header.clearSizeOf(number)))
                                : unexpected<Error>(chunks.error());
        if (!sealed) {
            return unexpected<Error>(sealed.error());
        }
        whole += *sealed;
    }
    return whole;
}

void prepareSeals() {
    SealedHeader header;
    header.clearSize = 1;
    auto chunks = SealedChunks::create(header, std::string(16, 'x'));
    const auto sealed = chunks ? chunks->seal(0, "x") : unexpected<Error>(chunks.error());
    if (sealed) {
        (void)chunks->open(0, *sealed);
    }
}

}  // namespace marea::core
