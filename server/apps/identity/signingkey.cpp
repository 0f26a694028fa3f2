#include "server/apps/identity/signingkey.h"

#include <cjose/cjose.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sodium.h>
#include <unistd.h>

#include <memory>
#include <optional>

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
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Header = std::unique_ptr<cjose_header_t, Freed<cjose_header_release>>;
using Jws = std::unique_ptr<cjose_jws_t, Freed<cjose_jws_release>>;

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

// A coordinate of the public point, or the private number: 32 bytes (RFC 7518 section 6.2.1.2).
std::optional<Digest> number(EVP_PKEY* key, const char* name) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) {
        return std::nullopt;
    }
    const Number owned(raw);
    Digest bytes{};
    return BN_bn2binpad(raw, bytes.data(), bytes.size()) < 0 ? std::nullopt : std::optional(bytes);
}

std::string fileOf(const std::string& folder, const std::string& id) {
    return folder + "/access-" + id + ".pem";
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
    const auto damaged =
        core::fail(core::ErrorCode::Corrupt, "The signing key is damaged.", "access-*.pem is no P-256 key");
    if (!key || !isP256(key.get())) {
        return damaged;
    }
    auto x = number(key.get(), OSSL_PKEY_PARAM_EC_PUB_X), y = number(key.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
    auto d = number(key.get(), OSSL_PKEY_PARAM_PRIV_KEY);
    if (!x || !y || !d) {
        return damaged;
    }
    const cjose_jwk_ec_keyspec spec{CJOSE_JWK_EC_P_256, d->data(), d->size(), x->data(),
                                    x->size(),          y->data(), y->size()};
    std::shared_ptr<cjose_jwk_t> pair(cjose_jwk_create_EC_spec(&spec, nullptr),
                                      [](cjose_jwk_t* jwk) { cjose_jwk_release(jwk); });
    sodium_memzero(d->data(), d->size());
    if (!pair) {
        return damaged;
    }
    const std::string xText = base64Url(*x), yText = base64Url(*y);
    // RFC 7638 section 3.2: the required members in lexical order, without white space.
    std::string id = base64Url(sha256(R"({"crv":"P-256","kty":"EC","x":")" + xText + R"(","y":")" + yText + R"("})"));
    core::json::object jwk{{"kty", "EC"},  {"crv", "P-256"}, {"x", xText}, {"y", yText},
                           {"use", "sig"}, {"alg", "ES256"}, {"kid", id}};
    return SigningKey(std::move(pair), std::move(id), std::move(jwk));
}

core::Result<SigningKey> SigningKey::loadOrMake(const std::string& folder) {
    auto pem = loadOrMakeSecretFile(folder + "/access-es256.pem", newPrivatePem);
    return pem ? fromPem(*pem) : core::unexpected<core::Error>(pem.error());
}

core::Result<SigningKey> SigningKey::make(const std::string& folder) {
    const std::string pem = newPrivatePem();
    auto key = fromPem(pem);
    auto kept = key ? loadOrMakeSecretFile(fileOf(folder, key->id()), [&] { return pem; })
                    : core::unexpected<core::Error>(key.error());
    return kept ? key : core::unexpected<core::Error>(kept.error());
}

core::Result<SigningKey> SigningKey::load(const std::string& folder, const std::string& id) {
    for (const std::string& path : {fileOf(folder, id), folder + "/access-es256.pem"}) {
        auto pem = readSecretFile(path);
        if (!pem && pem.error().code != core::ErrorCode::NotFound) {
            return core::unexpected<core::Error>(pem.error());
        }
        if (auto key = pem ? fromPem(*pem) : core::unexpected<core::Error>(pem.error()); key && key->id() == id) {
            return key;
        }
    }
    return core::fail(core::ErrorCode::NotFound, "A signing key is missing.", id);
}

void SigningKey::remove(const std::string& folder, const std::string& id) {
    if (auto first = readSecretFile(folder + "/access-es256.pem")) {
        if (auto key = fromPem(*first); key && key->id() == id) {
            ::unlink((folder + "/access-es256.pem").c_str());
        }
    }
    ::unlink(fileOf(folder, id).c_str());
}

core::Result<std::string> SigningKey::sign(std::string_view type, std::string_view payload) const {
    const auto failed = core::fail(core::ErrorCode::Internal, "Signing in failed.", "the token could not be signed");
    const Header header(cjose_header_new(nullptr));
    if (!header || !cjose_header_set(header.get(), CJOSE_HDR_ALG, CJOSE_HDR_ALG_ES256, nullptr) ||
        !cjose_header_set(header.get(), "typ", std::string(type).c_str(), nullptr) ||
        !cjose_header_set(header.get(), CJOSE_HDR_KID, id_.c_str(), nullptr)) {
        return failed;
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(payload.data());
    const Jws jws(cjose_jws_sign(key_.get(), header.get(), bytes, payload.size(), nullptr));
    const char* token = nullptr;  // the JWS owns it
    if (!jws || !cjose_jws_export(jws.get(), &token, nullptr)) {
        return failed;
    }
    return std::string(token);
}

core::Result<std::string> SigningKey::verified(std::string_view token) const {
    const Jws jws(cjose_jws_import(token.data(), token.size(), nullptr));
    std::uint8_t* payload = nullptr;  // the JWS owns it
    std::size_t length = 0;
    if (!jws || !cjose_jws_verify(jws.get(), key_.get(), nullptr) ||
        !cjose_jws_get_plaintext(jws.get(), &payload, &length, nullptr)) {
        return core::fail(core::ErrorCode::Unauthorized, "Sign in again.", "access token: wrong signature");
    }
    return std::string(reinterpret_cast<const char*>(payload), length);
}

}  // namespace marea::server
