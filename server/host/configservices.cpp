#include "server/host/configservices.h"

#include <algorithm>

#include "server/outbound/place.h"

namespace marea::server {

using core::Result;

namespace {

core::unexpected<core::Error> invalid(const std::string& words) {
    return core::fail(core::ErrorCode::Invalid, words, words);
}

bool isWord(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

}  // namespace

Result<void> setFilled(std::string& member, const std::string& value) {
    if (value.empty()) {
        return invalid("a text is empty");
    }
    member = value;
    return {};
}

Result<void> setAddress(std::string& member, const std::string& value) {
    const auto place = placeOf(value);
    if (!place || place->target.find('?') != std::string::npos || value.find('#') != std::string::npos) {
        return invalid("an address of a service is a URL, as in https://service.example/api: \"" + value +
                       "\" is none");
    }
    member = value;
    while (member.ends_with('/')) {
        member.pop_back();
    }
    return {};
}

Result<void> setOutboundAllow(Config& config, const std::vector<std::string>& networks) {
    config.outbound.allow.clear();
    for (const std::string& text : networks) {
        const auto range = addressRange(text);
        if (!range) {
            return invalid("outbound.allow are addresses or networks, as in 192.168.1.0/24: \"" + text + "\" is none");
        }
        config.outbound.allow.push_back(*range);
    }
    return {};
}

Result<void> setScrobblingServices(Config& config, const std::vector<std::string>& addresses) {
    config.scrobblingServices.clear();
    for (const std::string& address : addresses) {
        std::string kept;
        if (auto done = setAddress(kept, address); !done) {
            return done;
        }
        config.scrobblingServices.push_back(std::move(kept));
    }
    return {};
}

// Compared to the letter with what the issuer says of itself, so its last slash stays.
Result<void> setIssuer(Config& config, const std::string& value) {
    auto done = setAddress(config.oidc.issuer, value);
    config.oidc.issuer = done ? value : config.oidc.issuer;
    return done;
}

Result<void> setOidcUsers(Config& config, const std::string& value) {
    if (value != "link" && value != "create") {
        return invalid("oidc.users is link or create");
    }
    config.oidc.createUsers = value == "create";
    return {};
}

Result<void> setOidcDomains(Config& config, const std::vector<std::string>& domains) {
    for (const std::string& domain : domains) {
        if (!isWord(domain) || domain.find('@') != std::string::npos) {
            return invalid("oidc.allowed_domains are what stands after the @, as in family.example: \"" + domain +
                           "\" is none");
        }
    }
    config.oidc.allowedDomains = domains;
    return {};
}

Result<void> setOidcClaims(Config& config, const std::vector<std::string>& claims) {
    for (const std::string& claim : claims) {
        const auto equals = claim.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == claim.size()) {
            return invalid("oidc.required_claims are written as in groups=family: \"" + claim + "\" is not");
        }
    }
    config.oidc.requiredClaims = claims;
    return {};
}

Result<void> setOidcScopes(Config& config, const std::vector<std::string>& scopes) {
    if (!std::all_of(scopes.begin(), scopes.end(), isWord) ||
        std::find(scopes.begin(), scopes.end(), "openid") == scopes.end()) {
        return invalid("oidc.scopes are words, and \"openid\" is one of them");
    }
    config.oidc.scopes = scopes;
    return {};
}

Result<void> setProviders(Config& config, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (name != "musicbrainz" && name != "tmdb") {
            return invalid("metadata.providers are musicbrainz and tmdb: \"" + name + "\" is none");
        }
    }
    config.metadata.providers = names;
    return {};
}

Result<void> setStoreRegion(Config& config, const std::string& value) {
    const bool capitals = std::all_of(value.begin(), value.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (value.size() != 2 || !capitals) {
        return invalid("store.region is a country by its two letters, as in ES: \"" + value + "\" is none");
    }
    config.store.region = value;
    return {};
}

Result<void> setStripeSecrets(Config& config, const std::vector<std::string>& secrets) {
    if (!std::all_of(secrets.begin(), secrets.end(), isWord)) {
        return invalid("store.stripe_webhook_secrets are words, as in whsec_…");
    }
    config.store.stripeWebhookSecrets = secrets;
    return {};
}

Result<void> setLicenceAddress(std::string& member, const std::string& value) {
    if (!placeOf(value) || value.find('#') != std::string::npos) {
        return invalid("licences are had at a URL, as in https://licences.example/widevine: \"" + value + "\" is none");
    }
    member = value;
    return {};
}

// It stands in every manifest: a word, and a short one.
Result<void> setWidevineProvider(Config& config, const std::string& value) {
    if (!isWord(value) || value.size() > 64) {
        return invalid("drm.widevine_provider is a word, as Widevine knows you: \"" + value + "\" is none");
    }
    config.drm.widevineProvider = value;
    return {};
}

Result<void> setDrmTokenHeader(Config& config, const std::string& value) {
    const bool name = !value.empty() && value.size() <= 64 && std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!name) {
        return invalid("drm.token_header is the name of a field of HTTP: \"" + value + "\" is none");
    }
    config.drm.tokenHeader = value;
    return {};
}

Result<void> checkServices(const Config& config) {
    const OidcConfig& oidc = config.oidc;
    if (oidc.issuer.empty() != oidc.clientId.empty()) {
        return invalid("oidc needs both an issuer and a client_id");
    }
    if (!oidc.issuer.empty() && config.publicUrl.empty()) {
        return invalid("oidc needs a public_url: the issuer sends people back to it");
    }
    const auto asks = [&](const char* name) {
        const auto& names = config.metadata.providers;
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (asks("musicbrainz") && config.outbound.contact.empty()) {
        return invalid("MusicBrainz wants to know whom to write to: outbound.contact");
    }
    if (asks("tmdb") && config.metadata.tmdbKey.empty()) {
        return invalid("tmdb needs a key: metadata.tmdb_key");
    }
    if (!config.store.stripeKey.empty() && config.store.stripeWebhookSecrets.empty()) {
        return invalid("Stripe tells of payments by signed messages: store.stripe_webhook_secrets");
    }
    if (!config.store.stripeKey.empty() && config.publicUrl.empty()) {
        return invalid("Stripe needs a public_url: it sends people back to it");
    }
    if (!config.drm.widevineProvider.empty() && config.drm.widevineUrl.empty()) {
        return invalid("a Widevine provider needs the address where its licences are had: drm.widevine_url");
    }
    return {};
}

}  // namespace marea::server
