#include "sync/peer/peerkeys.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

namespace marea::sync {

namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;

constexpr long kLifetime = 60L * 60 * 24 * 365 * 50;  // s; a pin holds until it is taken away

core::unexpected<core::Error> noKeys() {
    return fail(ErrorCode::Internal, "The keys of this device cannot be made.");
}

std::string textOf(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

Certificate selfSigned(EVP_PKEY* key) {
    Certificate made(X509_new());
    std::array<unsigned char, 8> serial{};
    bool ok = made && RAND_bytes(serial.data(), static_cast<int>(serial.size())) == 1;
    serial[0] = static_cast<unsigned char>((serial[0] & 0x7F) | 1);
    const std::unique_ptr<BIGNUM, Freed<BN_free>> number(
        BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    ok = ok && number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(made.get()));
    ok = ok && X509_set_version(made.get(), 2) == 1 &&
         X509_gmtime_adj(X509_getm_notBefore(made.get()), -kLifetime / 50) &&
         X509_gmtime_adj(X509_getm_notAfter(made.get()), kLifetime);
    X509_NAME* const name = ok ? X509_get_subject_name(made.get()) : nullptr;
    constexpr unsigned char kName[] = "Marea";
    ok = name && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, kName, -1, -1, 0) == 1;
    ok = ok && X509_set_issuer_name(made.get(), name) == 1 && X509_set_pubkey(made.get(), key) == 1 &&
         X509_sign(made.get(), key, EVP_sha256()) > 0;
    return ok ? std::move(made) : nullptr;
}

Result<void> writeAlone(const std::string& path, const std::string& text) {
    namespace fs = std::filesystem;
    const std::string part = path + ".part";
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    {
        std::ofstream file(part, std::ios::binary | std::ios::trunc);
        fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write, error);
        if (!file || error || !(file << text) || !file.flush()) {
            return fail(ErrorCode::Io, "The keys of this device cannot be kept.", part);
        }
    }
    fs::rename(part, path, error);
    return error ? fail(ErrorCode::Io, "The keys of this device cannot be kept.", path) : Result<void>();
}

}  // namespace

Result<PeerKeys> PeerKeys::make() {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate = key ? selfSigned(key.get()) : nullptr;
    const Memory keyText(BIO_new(BIO_s_mem())), certificateText(BIO_new(BIO_s_mem()));
    const bool ok = certificate && keyText && certificateText &&
                    PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
                    PEM_write_bio_X509(certificateText.get(), certificate.get()) == 1;
    return ok ? fromPem(textOf(keyText.get()), textOf(certificateText.get())) : noKeys();
}

Result<PeerKeys> PeerKeys::fromPem(const std::string& key, const std::string& certificate) {
    const Memory keyText(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
    const Memory certificateText(BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())));
    const Key readKey(PEM_read_bio_PrivateKey(keyText.get(), nullptr, nullptr, nullptr));
    const Certificate read(PEM_read_bio_X509(certificateText.get(), nullptr, nullptr, nullptr));
    PeerKeys keys{key, certificate, {}};
    unsigned size = 0;
    const bool ok = readKey && read && X509_check_private_key(read.get(), readKey.get()) == 1 &&
                    X509_digest(read.get(), EVP_sha256(), keys.hash.data(), &size) == 1 && size == keys.hash.size();
    return ok ? Result<PeerKeys>(std::move(keys))
              : fail(ErrorCode::Corrupt,
                     "The keys of this device cannot be read. Paired devices have to be paired anew.");
}

Result<PeerKeys> PeerKeys::inFile(const std::string& path) {
    constexpr std::string_view kSecond = "-----BEGIN CERTIFICATE-----";
    std::ifstream file(path, std::ios::binary);
    if (file) {
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const std::size_t at = text.find(kSecond);
        return at == std::string::npos ? fromPem("", "") : fromPem(text.substr(0, at), text.substr(at));
    }
    auto made = make();
    auto kept = made ? writeAlone(path, made->key + made->certificate) : core::unexpected<core::Error>(made.error());
    return kept ? made : core::unexpected<core::Error>(kept.error());
}

Digest freshNonce() {
    Digest nonce{};
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1) {
        std::abort();  // a system without random numbers is none to go on with
    }
    return nonce;
}

}  // namespace marea::sync
