#include "server/apps/oauth/authorizationrequest.h"

#include <gtest/gtest.h>

#include "server/apps/oauth/usercode.h"

namespace marea::server {
namespace {

// RFC 7636 appendix B.
constexpr const char* kVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr const char* kChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

Parameters whole() {
    return {{"response_type", "code"},         {"client_id", "marea"},
            {"redirect_uri", "http://[::1]/"}, {"code_challenge", kChallenge},
            {"code_challenge_method", "S256"}, {"state", "s t&"}};
}

Parameters with(const std::string& name, const std::string& value) {
    Parameters parameters = whole();
    std::erase_if(parameters, [&](const auto& one) { return one.first == name; });
    if (!value.empty()) {
        parameters.emplace_back(name, value);
    }
    return parameters;
}

std::string errorOfRequest(const Parameters& parameters) {
    const auto checked = checkedRequest(parameters);
    return checked ? "" : checked.error().error;
}

TEST(AuthorizationRequests, AWholeOneIsTaken) {
    const auto request = checkedRequest(whole());
    ASSERT_TRUE(request) << request.error().description;
    EXPECT_EQ(request->clientId, "marea");
    EXPECT_EQ(request->state, "s t&");
    EXPECT_EQ(request->challenge, kChallenge);
    EXPECT_EQ(errorOfRequest(with("scope", "all")), "");
    EXPECT_EQ(errorOfRequest(with("state", "")), "");
    EXPECT_EQ(errorOfRequest(with("unknown", "x")), "") << "RFC 6749 section 3.1: ignored";
}

TEST(AuthorizationRequests, WithoutS256ThereIsNone) {
    for (const char* method : {"", "plain", "s256", "S512"}) {
        EXPECT_EQ(errorOfRequest(with("code_challenge_method", method)), "invalid_request") << method;
    }
    for (const std::string& challenge : {std::string(), std::string("short"), std::string(43, '='),
                                         std::string(kChallenge) + "a", std::string(kChallenge).replace(0, 1, "+")}) {
        EXPECT_EQ(errorOfRequest(with("code_challenge", challenge)), "invalid_request") << challenge;
    }
}

TEST(AuthorizationRequests, WhatIsNotDoneIsSaidByItsName) {
    EXPECT_EQ(errorOfRequest(with("response_type", "")), "invalid_request");
    EXPECT_EQ(errorOfRequest(with("response_type", "token")), "unsupported_response_type");
    EXPECT_EQ(errorOfRequest(with("response_type", "code id_token")), "unsupported_response_type");
    EXPECT_EQ(errorOfRequest(with("response_mode", "fragment")), "invalid_request");
    EXPECT_EQ(errorOfRequest(with("scope", "openid")), "invalid_scope");
    EXPECT_EQ(errorOfRequest(with("request", "eyJ")), "request_not_supported");
    EXPECT_EQ(errorOfRequest(with("request_uri", "https://evil.example")), "request_uri_not_supported");
    EXPECT_EQ(errorOfRequest(with("state", std::string(1025, 'x'))), "invalid_request");
    for (const auto& [name, value] : whole()) {
        Parameters twice = whole();
        twice.emplace_back(name, value);
        EXPECT_EQ(errorOfRequest(twice), "invalid_request") << name;
        EXPECT_EQ(onlyValue(twice, name), "") << name;
    }
}

TEST(Pkce, TheVerifierIsTheOneThatWasHashed) {
    EXPECT_TRUE(verifierFits(kChallenge, kVerifier));
    EXPECT_FALSE(verifierFits(kChallenge, kChallenge)) << "no plain";
    EXPECT_FALSE(verifierFits(kVerifier, kVerifier));
    for (const std::string& verifier : {std::string(), std::string(42, 'a'), std::string(129, 'a'),
                                        std::string(kVerifier).substr(0, 42) + "+", std::string(kVerifier) + "a"}) {
        EXPECT_FALSE(verifierFits(kChallenge, verifier)) << verifier;
    }
}

TEST(UserCodes, AreReadAsPeopleTypeThem) {
    EXPECT_EQ(readUserCode("wdjb mjht"), "WDJB-MJHT");
    EXPECT_EQ(readUserCode(" WDJB-MJHT "), "WDJB-MJHT");
    const std::string code = newUserCode();
    EXPECT_EQ(code.size(), 9U);
    EXPECT_EQ(readUserCode(code), code);
    EXPECT_NE(code, newUserCode());
    for (const std::string& typed :
         {std::string(), std::string("WDJB"), std::string("WDJB-MJHTX"), std::string("AEIO-UUUU"),
          std::string("1234-5678"), std::string("<b>BCDFGH"), std::string(200, 'B')}) {
        EXPECT_FALSE(readUserCode(typed)) << typed;
    }
}

}  // namespace
}  // namespace marea::server
