#include "server/apps/identity/signingkey.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "server/apps/identity/secrets.h"

namespace marea::server {

namespace {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;

constexpr int kHalf = 32;  // bytes of each number of a signature

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string contents(BIO* bio) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return length > 0 ? std::string(data, static_cast<std::size_t>(length)) : std::string();
}

std::string newPrivatePem() {
    const Key key(EVP_EC_gen("P-256"));
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!key || PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return {};
    }
    return contents(bio.get());
}

// One coordinate of the public point, 32 bytes in base64url (RFC 7518 section 6.2.1.2).
std::string coordinate(EVP_PKEY* key, const char* name) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) {
        return {};
    }
    const Number number(raw);
    Digest bytes{};
    return BN_bn2binpad(number.get(), bytes.data(), bytes.size()) < 0 ? std::string() : base64Url(bytes);
}

bool isP256(EVP_PKEY* key) {
    char group[64];
    std::size_t length = 0;
    return EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1 &&
           std::string_view(group, length) == "prime256v1";
}

}  // namespace

core::Result<SigningKey> SigningKey::fromPem(const std::string& privatePem) {
    const Bio in(BIO_new_mem_buf(privatePem.data(), static_cast<int>(privatePem.size())));
    Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    if (!key || !isP256(key.get())) {
        return core::fail(core::ErrorCode::Corrupt, "The signing key is damaged.", "access-es256.pem is no P-256 key");
    }
    const std::string x = coordinate(key.get(), OSSL_PKEY_PARAM_EC_PUB_X);
    const std::string y = coordinate(key.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
    // RFC 7638 section 3.2: the required members in lexical order, without white space.
    std::string id = base64Url(sha256(R"({"crv":"P-256","kty":"EC","x":")" + x + R"(","y":")" + y + R"("})"));
    core::json::object jwk{{"kty", "EC"},  {"crv", "P-256"}, {"x", x},   {"y", y},
                           {"use", "sig"}, {"alg", "ES256"}, {"kid", id}};
    return SigningKey({key.release(), EVP_PKEY_free}, std::move(id), std::move(jwk));
}

core::Result<SigningKey> SigningKey::loadOrMake(const std::string& folder) {
    auto pem = loadOrMakeSecretFile(folder + "/access-es256.pem", newPrivatePem);
    return pem ? fromPem(*pem) : core::unexpected<core::Error>(pem.error());
}

core::Result<std::string> SigningKey::sign(std::string_view message) const {
    const auto failed = core::fail(core::ErrorCode::Internal, "Signing in failed.", "the token could not be signed");
    const Context context(EVP_MD_CTX_new());
    unsigned char der[128];
    std::size_t length = sizeof der;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), der, &length, bytesOf(message), message.size()) != 1) {
        return failed;
    }
    const unsigned char* at = der;
    const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length)));
    std::string raw(2 * kHalf, '\0');
    auto* out = reinterpret_cast<unsigned char*>(raw.data());
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, kHalf) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + kHalf, kHalf) < 0) {
        return failed;
    }
    return raw;
}

bool SigningKey::verify(std::string_view message, std::string_view raw) const {
    if (raw.size() != 2 * kHalf) {
        return false;
    }
    const Signature signature(ECDSA_SIG_new());
    Number r(BN_bin2bn(bytesOf(raw), kHalf, nullptr)), s(BN_bin2bn(bytesOf(raw) + kHalf, kHalf, nullptr));
    if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) {
        return false;
    }
    (void)r.release();  // the signature owns both now
    (void)s.release();
    unsigned char der[128];
    unsigned char* at = der;
    const int length = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (length <= 0 || length > static_cast<int>(sizeof der) || i2d_ECDSA_SIG(signature.get(), &at) != length) {
        return false;
    }
    const Context context(EVP_MD_CTX_new());
    return context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
           EVP_DigestVerify(context.get(), der, static_cast<std::size_t>(length), bytesOf(message), message.size()) ==
               1;
}

}  // namespace marea::server
