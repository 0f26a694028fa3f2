#include "server/protection/ciphers.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace marea::server {
namespace {

constexpr std::size_t block = 16, patternLength = 10 * block;

void update(EVP_CIPHER_CTX* context, char* data, std::size_t size) {
    int written = 0;
    auto* bytes = reinterpret_cast<unsigned char*>(data);
    if (EVP_EncryptUpdate(context, bytes, &written, bytes, static_cast<int>(size)) != 1)
        throw std::runtime_error("AES failed");
}

}  // namespace

void SampleCipher::Delete::operator()(evp_cipher_ctx_st* context) const {
    EVP_CIPHER_CTX_free(context);
}

SampleCipher::SampleCipher(CommonScheme scheme, const Key128& key) : scheme_(scheme), context_(EVP_CIPHER_CTX_new()) {
    const EVP_CIPHER* cipher = scheme == CommonScheme::Cenc ? EVP_aes_128_ctr() : EVP_aes_128_cbc();
    if (!context_ || EVP_EncryptInit_ex(context_.get(), cipher, nullptr, key.data(), nullptr) != 1)
        throw std::runtime_error("AES is not available");
    EVP_CIPHER_CTX_set_padding(context_.get(), 0);
}

SampleCipher::~SampleCipher() = default;

void SampleCipher::begin(const Key128& vector) {
    vector_ = vector;
    EVP_EncryptInit_ex(context_.get(), nullptr, nullptr, nullptr, vector_.data());
}

void SampleCipher::apply(char* data, std::size_t size, bool pattern) {
    if (scheme_ == CommonScheme::Cenc)
        return update(context_.get(), data, size);
    EVP_EncryptInit_ex(context_.get(), nullptr, nullptr, nullptr, vector_.data());
    if (!pattern)
        return update(context_.get(), data, size - size % block);
    for (std::size_t at = 0; at + block <= size; at += patternLength)
        update(context_.get(), data + at, block);
}

}  // namespace marea::server
