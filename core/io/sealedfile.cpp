#include "core/io/sealedfile.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <algorithm>

namespace marea::core {

namespace {

constexpr std::string_view kMagic = "MAREASF1", kInfo = "marea sealed file 1";
constexpr std::uint32_t kLeastChunk = 4 * 1024, kMostChunk = 1024 * 1024;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 50;
constexpr std::size_t kNonce = 12;

void put(std::string& out, std::uint64_t number, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        out.push_back(static_cast<char>(number >> shift));
    }
}

std::uint64_t numberAt(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t number = 0;
    for (const char byte : bytes.substr(at, size)) {
        number = number << 8 | static_cast<unsigned char>(byte);
    }
    return number;
}

template <class Array>
void take(Array& array, std::string_view bytes) {
    std::copy_n(reinterpret_cast<const std::uint8_t*>(bytes.data()), array.size(), array.begin());
}

unsigned char* data(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

const unsigned char* data(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool derive(std::string_view secret, const SealedHeader& header, unsigned char* key, std::size_t size) {
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr), EVP_PKEY_CTX_free);
    return context && EVP_PKEY_derive_init(context.get()) == 1 &&
           EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()) == 1 &&
           EVP_PKEY_CTX_set1_hkdf_salt(context.get(), header.salt.data(), static_cast<int>(header.salt.size())) == 1 &&
           EVP_PKEY_CTX_set1_hkdf_key(context.get(), data(secret), static_cast<int>(secret.size())) == 1 &&
           EVP_PKEY_CTX_add1_hkdf_info(context.get(), data(kInfo), static_cast<int>(kInfo.size())) == 1 &&
           EVP_PKEY_derive(context.get(), key, &size) == 1;
}

unexpected<Error> noCipher() {
    return fail(ErrorCode::Internal, "This cannot be encrypted here.", "AES-256-GCM");
}

unexpected<Error> damaged() {
    return fail(ErrorCode::Corrupt, "The file is damaged, or was not made for this device.", "sealed file");
}

}  // namespace

std::size_t SealedHeader::clearSizeOf(std::uint64_t number) const {
    if (number >= chunks()) {
        return 0;
    }
    return static_cast<std::size_t>(std::min<std::uint64_t>(chunk, clearSize - number * chunk));
}

std::string SealedHeader::bytes() const {
    std::string out(kMagic);
    put(out, chunk, 4);
    put(out, 0, 4);
    put(out, clearSize, 8);
    out.append(reinterpret_cast<const char*>(keyId.data()), keyId.size());
    out.append(reinterpret_cast<const char*>(salt.data()), salt.size());
    return out;
}

Result<SealedHeader> parseSealedHeader(std::string_view bytes) {
    if (bytes.size() < SealedHeader::kSize || !bytes.starts_with(kMagic)) {
        return damaged();
    }
    SealedHeader header;
    header.chunk = static_cast<std::uint32_t>(numberAt(bytes, 8, 4));
    header.clearSize = numberAt(bytes, 16, 8);
    if (header.chunk < kLeastChunk || header.chunk > kMostChunk || numberAt(bytes, 12, 4) != 0 ||
        header.clearSize > kMostBytes) {
        return damaged();
    }
    take(header.keyId, bytes.substr(24));
    take(header.salt, bytes.substr(40));
    return header;
}

void SealedChunks::Free::operator()(evp_cipher_ctx_st* context) const {
    EVP_CIPHER_CTX_free(context);
}

SealedChunks::SealedChunks(const SealedHeader& header, const Key& key)
    : header_(header), headerBytes_(header.bytes()), key_(key), context_(EVP_CIPHER_CTX_new()) {}

SealedChunks::~SealedChunks() {
    OPENSSL_cleanse(key_.data(), key_.size());
}

Result<SealedChunks> SealedChunks::create(const SealedHeader& header, std::string_view secret) {
    Key key{};
    if (secret.size() < 16 || !derive(secret, header, key.data(), key.size())) {
        return noCipher();
    }
    SealedChunks chunks(header, key);
    OPENSSL_cleanse(key.data(), key.size());
    return chunks.context_ ? Result<SealedChunks>(std::move(chunks)) : noCipher();
}

bool SealedChunks::begin(std::uint64_t number, bool encrypt) {
    std::string nonce(kNonce - 8, '\0');
    put(nonce, number, 8);
    int written = 0;
    return EVP_CipherInit_ex(context_.get(), EVP_aes_256_gcm(), nullptr, key_.data(), data(nonce), encrypt ? 1 : 0) ==
               1 &&
           EVP_CipherUpdate(context_.get(), nullptr, &written, data(std::string_view(headerBytes_)),
                            static_cast<int>(headerBytes_.size())) == 1;
}

Result<std::string> SealedChunks::seal(std::uint64_t number, std::string_view clear) {
    if (clear.empty() || clear.size() != header_.clearSizeOf(number)) {
        return fail(ErrorCode::Invalid, "This cannot be encrypted here.", "not as long as the chunk");
    }
    std::string sealed(clear.size() + SealedHeader::kTag, '\0');
    int written = 0, rest = 0;
    const bool done =
        begin(number, true) &&
        EVP_CipherUpdate(context_.get(), data(sealed), &written, data(clear), static_cast<int>(clear.size())) == 1 &&
        EVP_CipherFinal_ex(context_.get(), data(sealed) + written, &rest) == 1 &&
        EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, SealedHeader::kTag, data(sealed) + clear.size()) ==
            1;
    return done ? Result<std::string>(std::move(sealed)) : noCipher();
}

Result<std::string> SealedChunks::open(std::uint64_t number, std::string_view sealed) {
    const std::size_t size = header_.clearSizeOf(number);
    if (size == 0 || sealed.size() != size + SealedHeader::kTag) {
        return damaged();
    }
    std::string clear(size, '\0'), tag(sealed.substr(size));
    int written = 0, rest = 0;
    const bool done =
        begin(number, false) &&
        EVP_CipherUpdate(context_.get(), data(clear), &written, data(sealed), static_cast<int>(size)) == 1 &&
        EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, SealedHeader::kTag, tag.data()) == 1 &&
        EVP_CipherFinal_ex(context_.get(), data(clear) + written, &rest) == 1;
    if (!done) {
        OPENSSL_cleanse(clear.data(), clear.size());
        return damaged();
    }
    return clear;
}

}  // namespace marea::core
