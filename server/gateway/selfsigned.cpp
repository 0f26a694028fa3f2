#include "server/gateway/selfsigned.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <memory>

namespace marea::server {

using core::Result;

namespace {

constexpr long kYears = 10, kSecondsAYear = 365L * 24 * 3600, kMonth = 30L * 24 * 3600;

template <auto Free>
struct With {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, With<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, With<X509_free>>;
using File = std::unique_ptr<std::FILE, With<std::fclose>>;
using Number = std::unique_ptr<BIGNUM, With<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, With<X509_EXTENSION_free>>;

core::unexpected<core::Error> failure(const std::string& what) {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    return core::fail(core::ErrorCode::Io, "The server's own certificate cannot be made: " + what, text.data());
}

Key readKey(const std::string& path) {
    const File file(std::fopen(path.c_str(), "r"));
    return Key(file ? PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

Certificate readCertificate(const std::string& path) {
    const File file(std::fopen(path.c_str(), "r"));
    return Certificate(file ? PEM_read_X509(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

// Whole or not at all: to a file beside it, which then takes its place.
template <class Write>
Result<void> writeFile(const std::string& path, Write write) {
    const std::string beside = path + ".new";
    ::unlink(beside.c_str());
    const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    std::FILE* file = fd < 0 ? nullptr : ::fdopen(fd, "w");
    if (file == nullptr) {
        return failure(beside + " cannot be written");
    }
    const bool written = write(file) == 1 && std::fflush(file) == 0 && ::fsync(fd) == 0;
    const bool closed = std::fclose(file) == 0;
    return written && closed && ::rename(beside.c_str(), path.c_str()) == 0 ? Result<void>()
                                                                            : failure(path + " cannot be written");
}

bool isAddress(const std::string& name) {
    std::array<unsigned char, 16> bytes{};
    return ::inet_pton(AF_INET, name.c_str(), bytes.data()) == 1 ||
           ::inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1;
}

bool addExtension(X509* certificate, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerial(X509* certificate) {
    const Number number(BN_new());
    return number && BN_rand(number.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

Certificate sign(EVP_PKEY* key, const std::vector<std::string>& names) {
    std::string alternatives;
    for (const std::string& name : names) {
        if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:") != name.npos) {
            continue;  // not one that anybody calls a server by
        }
        alternatives += (alternatives.empty() ? "" : ",") + std::string(isAddress(name) ? "IP:" : "DNS:") + name;
    }
    Certificate certificate(X509_new());
    X509* made = certificate.get();
    const auto* common = reinterpret_cast<const unsigned char*>("Marea");
    const bool done =
        made != nullptr && X509_set_version(made, 2) == 1 && setSerial(made) &&
        X509_gmtime_adj(X509_getm_notBefore(made), -3600) != nullptr &&
        X509_gmtime_adj(X509_getm_notAfter(made), kYears * kSecondsAYear) != nullptr &&
        X509_set_pubkey(made, key) == 1 &&
        X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_ASC, common, -1, -1, 0) == 1 &&
        X509_set_issuer_name(made, X509_get_subject_name(made)) == 1 &&
        addExtension(made, NID_basic_constraints, "critical,CA:FALSE") &&
        addExtension(made, NID_ext_key_usage, "serverAuth") &&
        (alternatives.empty() || addExtension(made, NID_subject_alt_name, alternatives)) &&
        X509_sign(made, key, EVP_sha256()) > 0;
    return done ? std::move(certificate) : nullptr;
}

bool stillGood(const X509* certificate, const EVP_PKEY* key) {
    std::time_t soon = std::time(nullptr) + kMonth;
    return X509_check_private_key(const_cast<X509*>(certificate), key) == 1 &&
           X509_cmp_time(X509_get0_notAfter(certificate), &soon) > 0;
}

Result<Key> keyIn(const std::string& path) {
    if (Key key = readKey(path)) {
        return key;
    }
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        return failure(path + " is no key; it is not written over");
    }
    Key key(EVP_EC_gen("P-256"));
    if (!key) {
        return failure("no key");
    }
    auto written = writeFile(path, [&](std::FILE* file) {
        return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    return written ? Result<Key>(std::move(key)) : core::unexpected<core::Error>(written.error());
}

}  // namespace

Result<void> ensureSelfSigned(const SelfSigned& files, const std::vector<std::string>& names) {
    ERR_clear_error();
    auto key = keyIn(files.keyFile);
    if (!key) {
        return core::unexpected<core::Error>(key.error());
    }
    if (const Certificate there = readCertificate(files.certificateFile); there && stillGood(there.get(), key->get())) {
        return {};
    }
    const Certificate made = sign(key->get(), names);
    if (!made) {
        return failure("it cannot be signed");
    }
    return writeFile(files.certificateFile, [&](std::FILE* file) { return PEM_write_X509(file, made.get()); });
}

Result<std::string> certificatePin(const std::string& certificateFile) {
    const Certificate certificate = readCertificate(certificateFile);
    unsigned char* bytes = nullptr;
    const int size = certificate ? i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &bytes) : -1;
    if (size <= 0) {
        return failure(certificateFile + " is no certificate");
    }
    std::array<unsigned char, 32> hash{};
    const bool hashed =
        EVP_Digest(bytes, static_cast<std::size_t>(size), hash.data(), nullptr, EVP_sha256(), nullptr) == 1;
    OPENSSL_free(bytes);
    std::array<unsigned char, 45> text{};  // 44 and the end
    if (!hashed || EVP_EncodeBlock(text.data(), hash.data(), static_cast<int>(hash.size())) != 44) {
        return failure("no pin");
    }
    return "sha256//" + std::string(reinterpret_cast<const char*>(text.data()), 44);
}

}  // namespace marea::server
