#include "server/apps/oidc/oidcclient.h"

#include "server/apps/oidc/idtoken.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::Result;

namespace {

constexpr core::TimeMs kKeepDiscovery = 3600'000, kKeepKeys = 600'000;
constexpr std::size_t kMostBytes = 128 * 1024;

template <class Done>
void fail(const Done& done, const core::Error& error) {
    done(core::unexpected<core::Error>(error));
}

core::Error notWorking(const std::string& what, int status) {
    return {ErrorCode::Unavailable, what + ": " + std::to_string(status),
            "The sign-in elsewhere does not work just now."};
}

OutboundRequest question(const std::string& url, core::TimeMs keep) {
    OutboundRequest request{.url = url};
    request.headers = {{"Accept", "application/json"}};
    request.mostBytes = kMostBytes;
    request.keep = keep;
    return request;
}

}  // namespace

void OidcClient::discover(std::function<void(Result<OidcProvider>)> done) const {
    std::string base = options_.issuer;
    while (base.ends_with('/')) {
        base.pop_back();
    }
    outbound_.send(question(base + "/.well-known/openid-configuration", kKeepDiscovery),
                   [this, done = std::move(done)](Result<OutboundAnswer> answer) {
                       if (!answer || answer->status != 200) {
                           fail(done, answer ? notWorking("discovery", answer->status) : answer.error());
                           return;
                       }
                       done(oidcProvider(answer->body, options_));
                   });
}

void OidcClient::exchange(Exchange exchange, Done done) const {
    auto step = std::make_shared<Step>();
    step->asked = std::move(exchange);
    step->done = std::move(done);
    discover([this, step](Result<OidcProvider> provider) {
        if (!provider) {
            fail(step->done, provider.error());
            return;
        }
        step->provider = std::move(*provider);
        fetchTokens(step);
    });
}

void OidcClient::fetchTokens(const Shared& step) const {
    outbound_.send(tokenRequest(step->provider, options_, step->asked.code, step->asked.verifier),
                   [this, step](Result<OutboundAnswer> answer) {
                       auto tokens = answer ? oidcTokens(*answer) : core::unexpected<core::Error>(answer.error());
                       auto signer =
                           tokens ? oidcSigner(tokens->idToken) : core::unexpected<core::Error>(tokens.error());
                       if (!signer) {
                           fail(step->done, signer.error());
                           return;
                       }
                       step->tokens = std::move(*tokens);
                       step->signer = std::move(*signer);
                       fetchKeys(step, false);
                   });
}

// Keys that are not known yet may be new ones: the set is asked for once more (OpenID Connect Core section 10.1.1).
void OidcClient::fetchKeys(const Shared& step, bool fresh) const {
    outbound_.send(question(step->provider.keys, fresh ? 0 : kKeepKeys),
                   [this, step, fresh](Result<OutboundAnswer> answer) {
                       if (!answer || answer->status != 200) {
                           fail(step->done, answer ? notWorking("keys", answer->status) : answer.error());
                           return;
                       }
                       check(step, answer->body, fresh);
                   });
}

void OidcClient::check(const Shared& step, std::string_view keySet, bool fresh) const {
    const auto keys = keysFor(step->signer, keySet);
    auto payload = verifiedPayload(step->tokens.idToken, keys);
    if (!payload && !fresh) {
        fetchKeys(step, true);
        return;
    }
    auto claims = payload ? checkedIdClaims(*payload, options_, step->asked.nonce, clock_->now())
                          : core::unexpected<core::Error>(payload.error());
    if (!claims) {
        fail(step->done, claims.error());
        return;
    }
    const bool more = !step->provider.userInfo.empty() && !step->tokens.accessToken.empty();
    if (more && wantsUserInfo(*claims, options_)) {
        fetchUserInfo(step, std::move(*claims));
        return;
    }
    step->done(externalPerson(*claims, options_));
}

void OidcClient::fetchUserInfo(const Shared& step, json::object claims) const {
    OutboundRequest request = question(step->provider.userInfo, 0);
    request.headers.emplace_back("Authorization", "Bearer " + step->tokens.accessToken);
    outbound_.send(std::move(request), [this, step, claims = std::move(claims)](Result<OutboundAnswer> answer) mutable {
        if (!answer || answer->status != 200) {
            fail(step->done, answer ? notWorking("userinfo", answer->status) : answer.error());
            return;
        }
        auto added = addUserInfo(claims, answer->body);
        step->done(added ? externalPerson(claims, options_) : core::unexpected<core::Error>(added.error()));
    });
}

}  // namespace marea::server
