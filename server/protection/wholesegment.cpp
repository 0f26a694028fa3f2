#include "server/protection/wholesegment.h"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace marea::server {
namespace {

constexpr std::size_t block = 16;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

}  // namespace

Key128 sequenceVector(std::uint64_t number) {
    Key128 vector{};
    for (std::size_t i = 0; i < 8; ++i)
        vector[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return vector;
}

std::string encryptWhole(std::string clear, const Key128& key, const Key128& vector) {
    const std::unique_ptr<EVP_CIPHER_CTX, FreeContext> context(EVP_CIPHER_CTX_new());
    if (!context || EVP_EncryptInit_ex(context.get(), EVP_aes_128_cbc(), nullptr, key.data(), vector.data()) != 1)
        throw std::runtime_error("AES is not available");
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    const std::size_t padding = block - clear.size() % block;  // RFC 5652 section 6.3
    clear.append(padding, static_cast<char>(padding));
    // In place, and in runs that fit into an int.
    auto* bytes = reinterpret_cast<unsigned char*>(clear.data());
    constexpr std::size_t run = std::size_t{1} << 24;
    for (std::size_t at = 0; at < clear.size(); at += run) {
        int written = 0;
        const int size = static_cast<int>(std::min(run, clear.size() - at));
        if (EVP_EncryptUpdate(context.get(), bytes + at, &written, bytes + at, size) != 1)
            throw std::runtime_error("AES failed");
    }
    return clear;
}

}  // namespace marea::server
