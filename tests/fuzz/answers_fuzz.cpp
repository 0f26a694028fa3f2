// What other servers answer: addresses, fields of headers, and the documents of issuers and providers.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/apps/metadata/musicbrainz.h"
#include "server/apps/metadata/tmdb.h"
#include "server/apps/oidc/oidcrules.h"
#include "server/apps/scrobbling/scrobblerules.h"
#include "server/outbound/addresses.h"
#include "server/outbound/freshness.h"
#include "server/outbound/place.h"
#include "server/outbound/redirects.h"
#include "server/outbound/retry.h"

using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

OutboundAnswer answerOf(int status, std::string_view text) {
    OutboundAnswer answer;
    answer.status = status;
    answer.body = std::string(text);
    for (const char* name : {"Location", "Retry-After", "Cache-Control", "ETag"})
        answer.headers.set(name, std::string(text));
    return answer;
}

void readFields(std::string_view text) {
    const auto place = placeOf(text);
    if (place)
        demand(!place->host.empty() && place->target.starts_with('/') && place->host.find('@') == std::string::npos);
    static_cast<void>(isPublicAddress(text));
    OutboundRequest request{.url = "https://a.example/b"};
    request.keep = 1000;
    const auto next = redirected(request, answerOf(302, text));
    if (next && *next)
        demand(placeOf((*next)->url)->host == "a.example" && placeOf((*next)->url)->secure);
    const auto wait = retryAfter(answerOf(503, text).headers, 0);
    demand(!wait || *wait >= 0);
    const auto fresh = freshFor(request, answerOf(200, text));
    demand(!fresh || *fresh >= 0);
}

void readDocuments(std::string_view text) {
    OidcOptions options;
    options.issuer = "https://id.example";
    options.clientId = "marea";
    options.usernameClaim = "preferred_username";
    options.allowedDomains = {"home.example"};
    static_cast<void>(oidcProvider(text, options));
    static_cast<void>(oidcTokens(answerOf(200, text)));
    if (const auto signer = oidcSigner(text))
        demand(signer->algorithm != "none" && !signer->algorithm.starts_with("HS"));
    static_cast<void>(keysFor({"RS256", ""}, text));
    if (auto claims = checkedIdClaims(text, options, "n", 1'700'000'000'000)) {
        static_cast<void>(addUserInfo(*claims, text));
        static_cast<void>(externalPerson(*claims, options));
    }
    static_cast<void>(validatedUser(answerOf(200, text)));
    for (const char* kind : {"movie", "series", "album", "artist"}) {
        const Wanted wanted{kind, "Dune", "A", 2021, ""};
        const bool film = kind[0] == 'm' || kind[0] == 's';
        const auto found = film ? tmdbCandidates(wanted, text) : musicBrainzCandidates(wanted, text);
        if (found)
            demand(scored(wanted, *found).size() <= 20);
    }
    static_cast<void>(tmdbFacts(text, "https://images.example"));
    static_cast<void>(musicBrainzFacts(text));
    static_cast<void>(candidatesFromText(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    readFields(text);
    readDocuments(text);
    return 0;
}
