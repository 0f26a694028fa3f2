#include "server/protection/cpixcrypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <sodium.h>

#include <memory>

namespace marea::server {
namespace {

constexpr int leastBits = 2048;
constexpr std::size_t vectorBytes = 16;

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;

core::unexpected<core::Error> unfit(const char* words) {
    return core::fail(core::ErrorCode::Invalid, words, words);
}

Certificate certificateOf(std::string_view pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return Certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
}

std::string derOf(X509* certificate) {
    const int size = i2d_X509(certificate, nullptr);
    std::string der(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    if (size > 0)
        i2d_X509(certificate, &at);
    return der;
}

// RSA-OAEP with SHA-1 and MGF1 with SHA-1, which is what xmlenc's rsa-oaep-mgf1p means. Empty: it does not work.
template <std::size_t N>
std::string wrapped(EVP_PKEY* key, const std::array<unsigned char, N>& secret) {
    const Context context(EVP_PKEY_CTX_new(key, nullptr));
    std::size_t size = 0;
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) != 1 ||
        EVP_PKEY_encrypt(context.get(), nullptr, &size, secret.data(), N) != 1)
        return {};
    std::string out(size, '\0');
    if (EVP_PKEY_encrypt(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, secret.data(), N) != 1)
        return {};
    out.resize(size);
    return out;
}

}  // namespace

CpixCrypto::~CpixCrypto() {
    sodium_memzero(documentKey_.data(), documentKey_.size());
    sodium_memzero(macKey_.data(), macKey_.size());
}

core::Result<CpixCrypto> CpixCrypto::of(std::string_view pem) {
    const Certificate certificate = certificateOf(pem);
    if (!certificate)
        return unfit("This is no certificate in PEM.");
    EVP_PKEY* key = X509_get0_pubkey(certificate.get());
    if (!key || EVP_PKEY_base_id(key) != EVP_PKEY_RSA || EVP_PKEY_bits(key) < leastBits)
        return unfit("Keys are encrypted for certificates with an RSA key of 2048 bits or more.");
    CpixCrypto crypto;
    crypto.certificate_ = derOf(certificate.get());
    randombytes_buf(crypto.documentKey_.data(), crypto.documentKey_.size());
    randombytes_buf(crypto.macKey_.data(), crypto.macKey_.size());
    crypto.wrappedDocumentKey_ = wrapped(key, crypto.documentKey_);
    crypto.wrappedMacKey_ = wrapped(key, crypto.macKey_);
    if (crypto.wrappedDocumentKey_.empty() || crypto.wrappedMacKey_.empty())
        return core::fail(core::ErrorCode::Internal, "Something went wrong.", "RSA-OAEP does not work");
    return crypto;
}

std::string CpixCrypto::sealed(std::string_view bytes) const {
    std::string out(vectorBytes + bytes.size() + vectorBytes, '\0');
    auto* at = reinterpret_cast<unsigned char*>(out.data());
    randombytes_buf(at, vectorBytes);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    int size = 0, rest = 0;
    EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_cbc(), nullptr, documentKey_.data(), at);
    EVP_EncryptUpdate(cipher.get(), at + vectorBytes, &size, reinterpret_cast<const unsigned char*>(bytes.data()),
                      static_cast<int>(bytes.size()));
    EVP_EncryptFinal_ex(cipher.get(), at + vectorBytes + size, &rest);
    out.resize(vectorBytes + static_cast<std::size_t>(size + rest));
    return out;
}

std::string CpixCrypto::mac(std::string_view sealed) const {
    std::string out(64, '\0');
    unsigned size = 0;
    HMAC(EVP_sha512(), macKey_.data(), static_cast<int>(macKey_.size()),
         reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(),
         reinterpret_cast<unsigned char*>(out.data()), &size);
    return out;
}

}  // namespace marea::server
