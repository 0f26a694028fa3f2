#include "server/apps/licence/licencehandlers.h"

#include <algorithm>

#include "core/base/jsonfields.h"
#include "server/apps/licence/clearkey.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

unexpected<core::Error> noKey() {
    return fail(ErrorCode::NotFound, "There is no such key.");
}

Response unkept(Response response) {
    response.headers.set("Cache-Control", "no-store");
    return response;
}

ProtectionTarget targetOf(ProtectionTarget::Kind kind, const Request& request) {
    return {kind, core::Id(request.param("id"))};
}

Result<ProtectionSchemes> parseChoice(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<core::Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("protected");
    const bool protect = fields.boolean("protected").value_or(false);
    const auto names = fields.texts("schemes", 8, 16);
    ProtectionSchemes schemes;
    for (const std::string& text : names.value_or(std::vector<std::string>{})) {
        const auto scheme = protectionScheme(text);
        if (!scheme || std::find(schemes.begin(), schemes.end(), *scheme) != schemes.end()) {
            fields.wrong("schemes", "must be of aes-128, cenc and cbcs, each once");
            break;
        }
        schemes.push_back(*scheme);
    }
    if (names && (!protect || names->empty())) {
        fields.wrong("schemes", "must name a scheme, and only for what is protected");
    }
    if (auto done = fields.finish(); !done) {
        return unexpected<core::Error>(done.error());
    }
    if (protect && schemes.empty()) {
        schemes.assign(std::begin(kProtectionSchemes), std::end(kProtectionSchemes));
    }
    return schemes;
}

json::object toJson(const ProtectionTarget& target, const ProtectionChoice& choice) {
    json::array schemes;
    for (const ProtectionScheme scheme : choice.schemes) {
        schemes.emplace_back(name(scheme));
    }
    return {{"id", target.id},
            {"protected", choice.protects},
            {"schemes", std::move(schemes)},
            {"chosen_for", choice.from.empty() ? json::value(nullptr) : json::value(choice.from)}};
}

}  // namespace

// What the address names, when the title goes out like that.
Result<ProtectionKind> LicenceHandlers::kindOf(const Request& request) {
    const auto kind = protectionKind(request.param("protection"));
    const auto schemes = protection_.of(core::Id(request.param("title")));
    if (!schemes) {
        return unexpected<core::Error>(schemes.error());
    }
    const bool known =
        kind && *schemes && std::find((*schemes)->begin(), (*schemes)->end(), kind->scheme) != (*schemes)->end();
    return known ? Result<ProtectionKind>(*kind) : noKey();
}

Response LicenceHandlers::key(const Request& request) {
    const core::Id title(request.param("title"));
    const auto kind = kindOf(request);
    if (!kind || kind->licence) {
        return unkept(Response::problem(kind ? noKey().value() : kind.error()));
    }
    if (const auto allowed = gate_.check({*request.principal, title, true}); !allowed) {
        return unkept(Response::problem(allowed.error()));
    }
    const auto key = keys_.key(title, kind->scheme);
    if (!key) {
        return unkept(Response::problem(key.error()));
    }
    return unkept(Response::text(200, "application/octet-stream", std::string(key->value.begin(), key->value.end())));
}

Response LicenceHandlers::streamClearKey(const Request& request) {
    const auto kind = kindOf(request);
    if (!kind || !kind->licence || kind->outside) {
        return unkept(Response::problem(kind ? noKey().value() : kind.error()));
    }
    return licence(request, core::Id(request.param("title")));
}

Response LicenceHandlers::clearKey(const Request& request) {
    return licence(request, {});
}

// `title`: that the asker's token is for; empty: of any, as the gate says.
Response LicenceHandlers::licence(const Request& request, const core::Id& title) {
    const auto wish = parseClearKeyRequest(request.body);
    if (!wish) {
        return unkept(Response::problem(wish.error()));
    }
    if (wish->keep && (!offline_ || !title.empty())) {
        return unkept(Response::problem({ErrorCode::Unprocessable, {}, "There are no licences to keep here."}));
    }
    if (wish->keep) {
        return unkept(licenceToKeep(request, wish->ids));
    }
    std::vector<ContentKey> keys;
    for (const Key128& id : wish->ids) {
        const auto key = granted(request, id, title);
        if (!key) {
            return unkept(Response::problem(key.error()));
        }
        keys.push_back(*key);
    }
    return unkept(Response::json(200, clearKeyLicence(keys, nullptr)));
}

// All of one title: it is the title that a licence is of.
Response LicenceHandlers::licenceToKeep(const Request& request, const std::vector<Key128>& ids) {
    const auto first = ownerOf(ids.front(), {});
    const auto terms = first ? offline_->grant(*request.principal, first->title)
                             : Result<OfflineTerms>(unexpected<core::Error>(first.error()));
    if (!terms) {
        return Response::problem(terms.error().code == ErrorCode::NotFound ? noKey().value() : terms.error());
    }
    std::vector<ContentKey> keys;
    for (const Key128& id : ids) {
        const auto owner = ownerOf(id, first->title);
        const auto key =
            owner ? keys_.key(owner->title, owner->scheme) : Result<ContentKey>(unexpected<core::Error>(owner.error()));
        if (!key) {
            return Response::problem(key.error());
        }
        keys.push_back(*key);
    }
    return Response::json(200, clearKeyLicence(keys, &*terms));
}

// NotFound: of no title, or not of that one (empty: any); AES-128 is nothing that players ask for like this.
Result<TitleKeyStore::Owner> LicenceHandlers::ownerOf(const Key128& id, const core::Id& title) {
    const auto owner = keys_.ownerOf(id);
    if (!owner) {
        return unexpected<core::Error>(owner.error());
    }
    const bool theirs =
        *owner && (title.empty() || (*owner)->title == title) && (*owner)->scheme != ProtectionScheme::Aes128;
    return theirs ? Result<TitleKeyStore::Owner>(**owner) : noKey();
}

Result<ContentKey> LicenceHandlers::granted(const Request& request, const Key128& id, const core::Id& title) {
    const auto owner = ownerOf(id, title);
    if (!owner) {
        return unexpected<core::Error>(owner.error());
    }
    if (const auto allowed = gate_.check({*request.principal, owner->title, !title.empty()}); !allowed) {
        return allowed.error().code == ErrorCode::NotFound ? Result<ContentKey>(noKey())
                                                           : unexpected<core::Error>(allowed.error());
    }
    return keys_.key(owner->title, owner->scheme);
}

Response ProtectionHandlers::now(const ProtectionTarget& target) {
    const auto choice = store_.choice(target);
    return choice ? Response::json(200, toJson(target, *choice)) : Response::problem(choice.error());
}

Response ProtectionHandlers::get(ProtectionTarget::Kind kind, const Request& request) {
    return now(targetOf(kind, request));
}

Response ProtectionHandlers::put(ProtectionTarget::Kind kind, const Request& request) {
    const auto schemes = parseChoice(request.body);
    if (!schemes) {
        return Response::problem(schemes.error());
    }
    const ProtectionTarget target = targetOf(kind, request);
    if (const auto done = store_.choose(target, *schemes, request.principal->userId); !done) {
        return Response::problem(done.error());
    }
    changed_(target, *request.principal);
    return now(target);
}

Response ProtectionHandlers::remove(ProtectionTarget::Kind kind, const Request& request) {
    const ProtectionTarget target = targetOf(kind, request);
    if (const auto done = store_.inherit(target); !done) {
        return Response::problem(done.error());
    }
    changed_(target, *request.principal);
    return now(target);
}

}  // namespace marea::server
