// /api/v1/admin/metadata and /api/v1/admin/media/{id}/match
#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "server/apps/catalog/begunon.h"
#include "server/apps/identity/requestfields.h"
#include "server/apps/metadata/lookup.h"
#include "server/apps/metadata/lookupwork.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::Result;

namespace {

json::array arrayOf(const std::vector<MatchCandidate>& candidates) {
    json::array list;
    for (const MatchCandidate& candidate : candidates) {
        list.push_back(toJson(candidate));
    }
    return list;
}

core::Id itemOf(const Request& request) {
    return core::Id(request.param("id"));
}

// What a provider's failure is to the owner who asked.
Response problemFor(const core::Error& error) {
    if (error.code == ErrorCode::NotFound || error.code == ErrorCode::Unprocessable) {
        return Response::problem({ErrorCode::Unprocessable, error.detail, "There is no such thing at the service."});
    }
    return Response::problem({ErrorCode::Unavailable, error.detail, error.text});
}

}  // namespace

void MetadataLookup::addRoutes(Router& router) {
    const auto blocking = [this](Response (MetadataLookup::*call)(const Request&)) {
        return pooled(parts_.pool, [this, call](const Request& request) { return (this->*call)(request); });
    };
    const auto begun = [this](void (MetadataLookup::*call)(const Request&, Reply)) {
        return begunOn(parts_.pool,
                       [this, call](const Request& request, Reply reply) { (this->*call)(request, std::move(reply)); });
    };
    router.add({Method::Get, "/api/v1/admin/metadata", Access::Owner, blocking(&MetadataLookup::state)});
    router.add({Method::Post, "/api/v1/admin/metadata/refresh", Access::Owner, blocking(&MetadataLookup::refresh)});
    router.add({Method::Get, "/api/v1/admin/media/{id}/match", Access::Owner, blocking(&MetadataLookup::match)});
    router.add({Method::Put, "/api/v1/admin/media/{id}/match", Access::Owner, begun(&MetadataLookup::choose)});
    router.add({Method::Delete, "/api/v1/admin/media/{id}/match", Access::Owner, begun(&MetadataLookup::forget)});
    router.add(
        {Method::Post, "/api/v1/admin/media/{id}/match/search", Access::Owner, begun(&MetadataLookup::searchAgain)});
}

Response MetadataLookup::state(const Request&) {
    const auto counts = store_.counts();
    if (!counts) {
        return Response::problem(counts.error());
    }
    json::array providers;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& provider : providers_) {
            const auto paused = pauses_.find(provider->name());
            const bool rests = paused != pauses_.end() && paused->second.until > parts_.clock->now();
            providers.push_back(
                json::object{{"name", provider->name()},
                             {"problem", core::jsonOrNull(rests ? paused->second.problem : std::string())}});
        }
    }
    return Response::json(200, json::object{{"providers", std::move(providers)},
                                            {"working", busy_.load()},
                                            {"matched", counts->matched},
                                            {"none", counts->none},
                                            {"doubtful", counts->doubtful},
                                            {"ignored", counts->ignored}});
}

Response MetadataLookup::refresh(const Request& request) {
    const auto body = core::parseJson(request.body.empty() ? "{}" : request.body);
    const json::value* scope = body && body->is_object() ? body->get_object().if_contains("scope") : nullptr;
    const bool all = scope && scope->is_string() && scope->get_string() == "all";
    if (auto done = store_.forget(all); !done) {
        return Response::problem(done.error());
    }
    {
        const std::lock_guard lock(mutex_);
        pauses_.clear();
    }
    again_ = true;
    after_ = 0;
    goOn();
    return Response::empty(202);
}

Response MetadataLookup::match(const Request& request) {
    return shown(itemOf(request));
}

Response MetadataLookup::shown(const core::Id& id) {
    const auto work = asked(id);
    const auto match = work ? store_.match(id) : core::unexpected<core::Error>(work.error());
    if (!match) {
        return Response::problem(match.error());
    }
    const ItemMatch found =
        match->value_or(ItemMatch{std::string((*work)->provider->name()), "waiting", {}, false, {}, 0});
    return Response::json(
        200, json::object{{"media_id", id},
                          {"kind", (*work)->item.wanted.kind},
                          {"provider", found.provider},
                          {"state", found.state},
                          {"chosen", core::jsonOrNull(found.externalId)},
                          {"by_owner", found.byOwner},
                          {"candidates", arrayOf(found.candidates)},
                          {"looked_at", found.lookedAt == 0 ? json::value(nullptr) : json::value(found.lookedAt)}});
}

// An item that an owner looks at. Unprocessable: nobody is asked about its kind.
Result<MetadataLookup::Shared> MetadataLookup::asked(const core::Id& id) const {
    auto item = MatchStore(parts_.database).item(id);
    if (!item || !*item) {
        return item ? core::fail(ErrorCode::NotFound, "There is no such item.")
                    : core::unexpected<core::Error>(item.error());
    }
    auto work = std::make_shared<Work>();
    work->item = std::move(**item);
    work->provider = providerFor(work->item.wanted.kind);
    work->byOwner = true;
    return work->provider
               ? Result<Shared>(std::move(work))
               : core::fail(ErrorCode::Unprocessable, "No service is set up that knows titles of this kind.");
}

void MetadataLookup::choose(const Request& request, Reply reply) {
    auto fields = RequestFields::json(request, {{"id"}});
    auto work = fields ? asked(itemOf(request)) : core::unexpected<core::Error>(fields.error());
    auto before = work ? store_.match((*work)->item.id) : core::unexpected<core::Error>(work.error());
    if (!before) {
        reply(Response::problem(before.error()));
        return;
    }
    (*work)->chosenId = (*fields)["id"];
    (*work)->candidates = *before ? std::move((*before)->candidates) : std::vector<MatchCandidate>();
    const auto held = std::make_shared<Reply>(std::move(reply));
    (*work)->done = [this, held, id = (*work)->item.id](const Result<void>& done) {
        (*held)(done ? shown(id) : problemFor(done.error()));
    };
    fetch(*work);
}

// Also of what was found by a provider that is not asked any more.
void MetadataLookup::forget(const Request& request, Reply reply) {
    const core::Id id = itemOf(request);
    const auto item = store_.item(id);
    if (!item || !*item) {
        reply(Response::problem(item ? core::Error{ErrorCode::NotFound, "", "There is no such item."} : item.error()));
        return;
    }
    const MetadataProvider* provider = providerFor((*item)->wanted.kind);
    const std::string name(provider ? provider->name() : "");
    const auto held = std::make_shared<Reply>(std::move(reply));
    parts_.catalog.provide(id, {}, [this, held, id, name](const Result<void>& cleared) {
        const auto done = cleared ? store_.save(id, {name, "ignored", {}, true, {}, parts_.clock->now()}) : cleared;
        (*held)(done ? Response::empty() : Response::problem(done.error()));
    });
}

void MetadataLookup::searchAgain(const Request& request, Reply reply) {
    const auto body = core::parseJson(request.body.empty() ? "{}" : request.body);
    auto work = asked(itemOf(request));
    if (!work || !body || !body->is_object()) {
        reply(Response::problem(work ? core::Error{ErrorCode::Invalid, "", "That is no JSON object."} : work.error()));
        return;
    }
    const json::object& wish = body->get_object();
    const auto textIn = [&](const char* name, const std::string& otherwise) {
        const json::value* value = wish.if_contains(name);
        return value && value->is_string() ? core::cleanText(std::string_view(value->get_string()), 500) : otherwise;
    };
    Wanted& wanted = (*work)->item.wanted;
    wanted.title = textIn("title", wanted.title);
    wanted.artist = textIn("artist", wanted.artist);
    const json::value* year = wish.if_contains("year");
    wanted.year = year && year->is_int64() ? static_cast<int>(year->get_int64()) : wanted.year;
    (*work)->searchOnly = true;
    const auto held = std::make_shared<Reply>(std::move(reply));
    (*work)->done = [held, weak = std::weak_ptr(*work)](const Result<void>& done) {
        const auto kept = weak.lock();
        (*held)(done && kept
                    ? Response::json(200, json::object{{"items", arrayOf(kept->candidates)}, {"next_cursor", nullptr}})
                    : problemFor(done ? core::Error{} : done.error()));
    };
    search(*work);
}

}  // namespace marea::server
