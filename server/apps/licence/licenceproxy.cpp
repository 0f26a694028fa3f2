#include "server/apps/licence/licenceproxy.h"

#include <algorithm>

#include "core/base/json.h"
#include "server/outbound/place.h"
#include "server/protection/keytext.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

constexpr std::size_t kLongestField = 256;
constexpr const char* kBytes = "application/octet-stream";  // whatever a provider calls it: no page of ours

core::Error noLicence() {
    return {ErrorCode::NotFound, {}, "There is no such licence."};
}

// What players say of their message, passed on: one line of plain characters, or nothing.
void passOn(const Request& request, const char* name, OutboundRequest& wish) {
    const std::string_view value = request.headers.find(name).value_or("");
    const bool plain = std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c < '\x7F'; });
    if (!value.empty() && value.size() <= kLongestField && plain) {
        wish.headers.emplace_back(name, value);
    }
}

// A provider that says no says so to its customer: what is wrong is for the owner's eyes, in the log.
Result<Response> responseOf(Result<OutboundAnswer> answer) {
    if (!answer) {
        return fail(ErrorCode::Unavailable, "The provider of licences cannot be asked just now. Try again later.",
                    answer.error().detail);
    }
    if (answer->status >= 500 || answer->status == 429) {
        return fail(ErrorCode::Unavailable, "The provider of licences cannot be asked just now. Try again later.",
                    "status " + std::to_string(answer->status));
    }
    if (answer->status != 200) {
        return fail(ErrorCode::Unprocessable, "The provider of licences refuses this.",
                    "status " + std::to_string(answer->status));
    }
    return Response::text(200, kBytes, std::move(answer->body));
}

Response unkeptAnswer(Response response) {
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Content-Type-Options", "nosniff");
    return response;
}

}  // namespace

void LicenceProxy::ofStream(const Request& request, const SharedReply& reply) {
    const core::Id title(request.param("title"));
    const auto kind = protectionKind(request.param("protection"));
    const auto system = outsideSystem(request.param("system"));
    const auto schemes = parts_.protection.of(title);
    if (!schemes) {
        return ask(request, unexpected<core::Error>(schemes.error()), reply);
    }
    const bool takes = kind && kind->outside && system && !OutsideSystems{{*system}, {}}.of(kind->scheme).empty();
    const bool known =
        takes && *schemes && std::find((*schemes)->begin(), (*schemes)->end(), kind->scheme) != (*schemes)->end();
    ask(request, known ? Result<Wish>(Wish{*system, title, true}) : unexpected<core::Error>(noLicence()), reply);
}

void LicenceProxy::ofDevice(const Request& request, const SharedReply& reply) {
    const auto system = outsideSystem(request.queryValue("system").value_or(""));
    const core::Id title(request.queryValue("media_id").value_or(""));
    const auto schemes = parts_.protection.of(title);
    const bool known = system && schemes && schemes->has_value();
    ask(request,
        !schemes ? unexpected<core::Error>(schemes.error())
        : known  ? Result<Wish>(Wish{*system, title, false})
                 : unexpected<core::Error>(noLicence()),
        reply);
}

// All of Common Encryption that the title has by now: a player has seen one of them, so there is one. Each is looked up
// by its id once more, so that nothing but this title's keys is ever named.
Result<json::array> LicenceProxy::keyIdsOf(const core::Id& title) const {
    const auto schemes = parts_.protection.of(title);
    if (!schemes) {
        return unexpected<core::Error>(schemes.error());
    }
    json::array ids;
    for (const ProtectionScheme scheme : schemes->value_or(ProtectionSchemes())) {
        if (scheme == ProtectionScheme::Aes128) {
            continue;
        }
        const auto key = parts_.keys.key(title, scheme);
        const auto owner = key ? parts_.keys.ownerOf(key->id) : unexpected<core::Error>(key.error());
        if (!owner) {
            return unexpected<core::Error>(owner.error());
        }
        if (!*owner || (*owner)->title != title || (*owner)->scheme != scheme) {
            return fail(ErrorCode::Corrupt, "A key is damaged.", "a key id of another title");
        }
        ids.emplace_back(uuidText(key->id));
    }
    return ids;
}

Result<std::string> LicenceProxy::entitlement(const Principal& who, const Wish& wish, const std::string& url) const {
    const auto place = placeOf(url);
    auto ids = place ? keyIdsOf(wish.title) : unexpected<core::Error>(place.error());
    const auto standing =
        ids ? parts_.gate.standing({who, wish.title, wish.streamToken}) : unexpected<core::Error>(ids.error());
    if (!standing) {
        return unexpected<core::Error>(standing.error());
    }
    const core::TimeMs now = parts_.clock->now();
    const json::object claims{{"iss", providers_.issuer},
                              {"aud", place->host},
                              {"sub", who.userId.empty() ? who.sessionId : who.userId},
                              {"device", who.sessionId},
                              {"household", json::object{{"id", providers_.issuer},
                                                         {"role", core::jsonOrNull(standing->role)},
                                                         {"shared", standing->shared}}},
                              {"region", core::jsonOrNull(standing->region)},
                              {"max_devices", core::jsonOrNull(standing->maxDevices)},
                              {"content_id", wish.title},
                              {"kids", std::move(*ids)},
                              {"system", name(wish.system)},
                              {"iat", now / 1000},
                              {"exp", (now + providers_.holds) / 1000},
                              {"jti", core::newId(now)}};
    return parts_.sign("entitlement+jwt", json::serialize(claims));
}

Result<OutboundRequest> LicenceProxy::asked(const Request& request, const Wish& wish) const {
    const auto url = providers_.urls.find(wish.system);
    if (url == providers_.urls.end()) {
        return unexpected<core::Error>(noLicence());
    }
    if (const auto allowed = parts_.gate.check({*request.principal, wish.title, wish.streamToken}); !allowed) {
        return unexpected<core::Error>(allowed.error().code == ErrorCode::NotFound ? noLicence() : allowed.error());
    }
    auto token = entitlement(*request.principal, wish, url->second);
    if (!token) {
        return unexpected<core::Error>(token.error().code == ErrorCode::NotFound ? noLicence() : token.error());
    }
    OutboundRequest wanted{.method = Method::Post, .url = url->second};
    const bool bearer = providers_.tokenHeader == "Authorization";
    wanted.headers.emplace_back(providers_.tokenHeader, (bearer ? "Bearer " : "") + *token);
    passOn(request, "Content-Type", wanted);
    passOn(request, "SOAPAction", wanted);  // of PlayReady
    wanted.body = request.body;
    wanted.mostBytes = kMostAnswer;
    wanted.patience = providers_.patience;
    wanted.repeatable = false;  // licences may be counted
    return wanted;
}

void LicenceProxy::ask(const Request& request, const Result<Wish>& wish, const SharedReply& reply) const {
    auto wanted = wish ? asked(request, *wish) : unexpected<core::Error>(wish.error());
    if (!wanted) {
        return (*reply)(unkeptAnswer(Response::problem(wanted.error())));
    }
    parts_.outbound.send(std::move(*wanted), [this, wish = *wish, reply](Result<OutboundAnswer> answered) {
        answer(wish, std::move(answered), reply);
    });
}

void LicenceProxy::answer(const Wish& wish, Result<OutboundAnswer> answered, const SharedReply& reply) const {
    auto response = responseOf(std::move(answered));
    if (!response) {
        parts_.logger->warning(
            "licence.not_given",
            {{"system", name(wish.system)}, {"title", wish.title}, {"detail", response.error().detail}});
    }
    (*reply)(unkeptAnswer(response ? std::move(*response) : Response::problem(response.error())));
}

}  // namespace marea::server
