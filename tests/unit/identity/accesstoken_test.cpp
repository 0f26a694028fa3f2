#include "server/apps/identity/accesstoken.h"

#include <gtest/gtest.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sodium.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "server/apps/identity/secrets.h"
#include "server/apps/identity/tokencache.h"

namespace marea::server {
namespace {

constexpr core::TimeMs kNow = 1'700'000'000'000;

class AccessTokenTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-keys-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        auto key = SigningKey::loadOrMake(folder);
        ASSERT_TRUE(key) << key.error().detail;
        keys->replace({{*key}});
        tokens.emplace(keys, std::vector<std::string>{"urn:marea:server:x"}, "marea");
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    static AccessClaims claims() {
        return {core::newId(kNow), core::newId(kNow), core::newId(kNow), "Ana", "owner", "marea", kNow, kNow + 900'000};
    }

    // A token with any header and the claims of a good one, changed by `change`; signed with our own key.
    std::string forged(const std::string& header, const char* change = "{}") const {
        const AccessClaims c = claims();
        core::json::object payload{{"iss", "urn:marea:server:x"},
                                   {"aud", "marea"},
                                   {"sub", c.userId},
                                   {"sid", c.sessionId},
                                   {"jti", c.tokenId},
                                   {"name", "Ana"},
                                   {"role", "owner"},
                                   {"iat", kNow / 1000},
                                   {"exp", kNow / 1000 + 900}};
        const auto changed = core::json::parse(change).as_object();
        for (const auto& member : changed) {
            payload[member.key()] = member.value();
        }
        return encoded(header) + "." + encoded(core::json::serialize(payload));
    }
    static std::string encoded(std::string_view text) {
        return base64Url({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
    std::string header(const std::string& alg, const std::string& typ) const {
        return R"({"alg":")" + alg + R"(","typ":")" + typ + R"(","kid":")" + key().id() + "\"}";
    }
    // ES256 (RFC 7518 section 3.4) over any text, on OpenSSL alone: what an attacker who had the key could make.
    std::string signedToken(const std::string& unsignedToken, const std::string& pemFolder) const {
        std::unique_ptr<FILE, int (*)(FILE*)> file(fopen((pemFolder + "/access-es256.pem").c_str(), "r"), fclose);
        std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> pair(PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr),
                                                            EVP_PKEY_free);
        std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        unsigned char der[128];
        std::size_t length = sizeof der;
        EXPECT_EQ(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, pair.get()), 1);
        EXPECT_EQ(EVP_DigestSign(context.get(), der, &length,
                                 reinterpret_cast<const unsigned char*>(unsignedToken.data()), unsignedToken.size()),
                  1);
        const unsigned char* at = der;
        std::unique_ptr<ECDSA_SIG, void (*)(ECDSA_SIG*)> signature(
            d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length)), ECDSA_SIG_free);
        std::string raw(64, '\0');
        auto* out = reinterpret_cast<unsigned char*>(raw.data());
        BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + 32, 32);
        return unsignedToken + "." + encoded(raw);
    }
    std::string signedToken(const std::string& unsignedToken) const { return signedToken(unsignedToken, folder); }

    SigningKey key() const { return *keys->signer(kNow); }
    std::string folder;
    std::shared_ptr<SigningKeys> keys = std::make_shared<SigningKeys>();
    std::optional<AccessTokens> tokens;
};

TEST_F(AccessTokenTest, WhatWasIssuedIsVerified) {
    const AccessClaims c = claims();
    const auto token = tokens->issue(c);
    ASSERT_TRUE(token);
    const auto seen = tokens->verify(*token, kNow + 1);
    ASSERT_TRUE(seen) << seen.error().detail;
    EXPECT_EQ(seen->userId, c.userId);
    EXPECT_EQ(seen->sessionId, c.sessionId);
    EXPECT_EQ(seen->username, "Ana");
    EXPECT_EQ(seen->role, "owner");
    EXPECT_EQ(seen->expires, c.expires);
}

TEST_F(AccessTokenTest, ItsEndIsItsEnd) {
    const auto token = tokens->issue(claims());
    EXPECT_TRUE(tokens->verify(*token, kNow + 899'999));
    EXPECT_FALSE(tokens->verify(*token, kNow + 900'000));
    EXPECT_FALSE(tokens->verify(*token, kNow - 60'000)) << "issued in the future";
}

TEST_F(AccessTokenTest, EveryChangedCharacterIsRefused) {
    const auto token = tokens->issue(claims());
    for (std::size_t i = 0; i < token->size(); i += 3) {
        std::string changed = *token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(tokens->verify(changed, kNow)) << i;
    }
    for (const std::string& text :
         {std::string(), std::string("."), std::string(".."), std::string("a.b.c"), *token + ".", *token + "=",
          std::string(5000, 'a'), token->substr(0, token->rfind('.') + 1)}) {
        EXPECT_FALSE(tokens->verify(text, kNow));
    }
}

TEST_F(AccessTokenTest, OnlyOurAlgorithmTypeAndKey) {
    EXPECT_TRUE(tokens->verify(signedToken(forged(header("ES256", "at+jwt"))), kNow));
    EXPECT_FALSE(tokens->verify(forged(header("none", "at+jwt")) + ".", kNow));
    EXPECT_FALSE(tokens->verify(signedToken(forged(header("none", "at+jwt"))), kNow));
    // What is public used as an HMAC secret: the classic confusion.
    const std::string confused = forged(header("HS256", "at+jwt")), secret = core::json::serialize(key().jwk());
    Digest mac;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(confused.data()), confused.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    EXPECT_FALSE(tokens->verify(confused + "." + base64Url(mac), kNow));
    EXPECT_FALSE(tokens->verify(signedToken(forged(header("ES256", "JWT"))), kNow));
    EXPECT_FALSE(tokens->verify(signedToken(forged(R"({"alg":"ES256","kid":")" + key().id() + "\"}")), kNow));
    EXPECT_FALSE(tokens->verify(signedToken(forged(R"({"alg":"ES256","typ":"at+jwt","kid":"other"})")), kNow));
    EXPECT_FALSE(tokens->verify(signedToken(forged(R"({"alg":"ES256","typ":"at+jwt"})")), kNow));
    EXPECT_FALSE(tokens->verify(
        signedToken(forged(R"({"alg":"ES256","typ":"at+jwt","crit":["b64"],"kid":")" + key().id() + "\"}")), kNow));
    const std::string good = forged(header("ES256", "at+jwt"));
    std::filesystem::remove(folder + "/access-es256.pem");
    ASSERT_TRUE(SigningKey::loadOrMake(folder)) << "another key";
    EXPECT_FALSE(tokens->verify(signedToken(good), kNow));
    EXPECT_FALSE(tokens->verify(good + "." + encoded(std::string(64, '\0')), kNow)) << "r = s = 0, CVE-2022-21449";
}

TEST_F(AccessTokenTest, EveryClaimIsChecked) {
    for (const char* change :
         {R"({"iss":"urn:marea:server:y"})", R"({"aud":"other"})", R"({"aud":["marea"]})", R"({"sub":"1"})",
          R"({"sid":null})", R"({"jti":""})", R"({"role":"root"})", R"({"exp":"never"})", R"({"exp":-1})",
          R"({"exp":9223372036854775807})", R"({"iat":0})", R"({"exp":1.5})"}) {
        EXPECT_FALSE(tokens->verify(signedToken(forged(header("ES256", "at+jwt"), change)), kNow)) << change;
    }
}

TEST_F(AccessTokenTest, TheClientIsTold) {
    AccessClaims c = claims();
    c.clientId = "television";
    EXPECT_EQ(tokens->verify(*tokens->issue(c), kNow)->clientId, "television");
}

TEST_F(AccessTokenTest, EveryNameOfTheServerIsTakenAndTheFirstIsUsed) {
    const AccessTokens named(keys, {"https://music.example", "urn:marea:server:x"}, "marea");
    EXPECT_TRUE(named.verify(*tokens->issue(claims()), kNow));
    const auto token = named.issue(claims());
    EXPECT_TRUE(named.verify(*token, kNow));
    EXPECT_FALSE(tokens->verify(*token, kNow)) << "of another issuer";
}

TEST_F(AccessTokenTest, AKeyIsKnownBeforeItSignsAndWhileItsTokensLast) {
    const auto next = SigningKey::make(folder);
    ASSERT_TRUE(next);
    EXPECT_EQ(SigningKey::load(folder, next->id())->id(), next->id());
    EXPECT_EQ(SigningKey::load(folder, key().id())->id(), key().id());
    const auto old = tokens->issue(claims());
    keys->replace({{key(), 0, kNow + 5000}, {*next, kNow + 1000}});
    EXPECT_EQ(keys->signer(kNow + 999)->id(), key().id());
    EXPECT_EQ(keys->signer(kNow + 1000)->id(), next->id());
    EXPECT_TRUE(keys->find(next->id(), kNow)) << "others may be ahead";
    AccessClaims later = claims();
    later.issued = kNow + 1000;
    const auto young = tokens->issue(later);
    EXPECT_TRUE(tokens->verify(*old, kNow + 4999));
    EXPECT_FALSE(tokens->verify(*old, kNow + 5000));
    EXPECT_TRUE(tokens->verify(*young, kNow + 5000));
    SigningKey::remove(folder, key().id());
    EXPECT_EQ(SigningKey::load(folder, key().id()).error().code, core::ErrorCode::NotFound);
    EXPECT_TRUE(SigningKey::load(folder, next->id()));
}

TEST_F(AccessTokenTest, TheKeyIsKeptForItsOwnerOnly) {
    const std::string path = folder + "/access-es256.pem";
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms(0600));
    EXPECT_EQ(SigningKey::loadOrMake(folder)->id(), key().id());
    std::ofstream(path) << "-----BEGIN PRIVATE KEY-----\nrubbish\n-----END PRIVATE KEY-----\n";
    EXPECT_EQ(SigningKey::loadOrMake(folder).error().code, core::ErrorCode::Corrupt);
}

TEST_F(AccessTokenTest, TheCacheHonoursTheEndAndStaysBounded) {
    TokenCache cache;
    AccessClaims c = claims();
    cache.keep("token", c, kNow);
    EXPECT_EQ(cache.find("token", kNow)->userId, c.userId);
    EXPECT_FALSE(cache.find("token", c.expires));
    EXPECT_FALSE(cache.find("other", kNow));
    std::size_t known = 0;
    constexpr std::size_t many = TokenCache::kShards * TokenCache::kPerShard * 2;
    for (std::size_t i = 0; i < many; ++i) {
        cache.keep("token" + std::to_string(i), c, kNow);
    }
    for (std::size_t i = 0; i < many; ++i) {
        known += cache.find("token" + std::to_string(i), kNow).has_value();
    }
    EXPECT_GT(known, 0U);
    EXPECT_LE(known, TokenCache::kShards * TokenCache::kPerShard);
}

TEST(Secrets, CodesAreReadAsPeopleTypeThem) {
    EXPECT_EQ(normalisedCode("k7qf-2mzx 9htw"), "K7QF2MZX9HTW");
    EXPECT_EQ(normalisedCode(randomCode()).size(), 12U);
    EXPECT_NE(randomCode(), randomCode());
}

TEST(Secrets, Base64UrlIsCanonical) {
    EXPECT_EQ(base64Url(std::vector<std::uint8_t>{0xFB, 0xFF}), "-_8");
    EXPECT_TRUE(fromBase64Url("-_8"));
    for (const char* text : {"-_9", "-_8=", "+/8", "-_8 ", "A"}) {
        EXPECT_FALSE(fromBase64Url(text)) << text;
    }
}

}  // namespace
}  // namespace marea::server
