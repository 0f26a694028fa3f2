#include "server/apps/store/storelicences.h"

#include <algorithm>

#include "server/apps/identity/errorof.h"
#include "server/apps/library/listparams.h"
#include "server/apps/store/productstore.h"
#include "server/apps/store/storeparams.h"

namespace marea::server {

namespace json = core::json;
using namespace store;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::TimeMs;
using core::db::Session;

namespace {

constexpr TimeMs kRemembered = TimeMs{90} * 24 * 3600 * 1000;  // after they ended

json::object licenceJson(const Licence& licence, TimeMs now) {
    const bool gone = licence.revokedAt || !licence.visible;
    return {{"id", licence.id},
            {"media_id", licence.media},
            {"device_id", licence.device},
            {"offline", licence.offline},
            {"issued_at", licence.issuedAt},
            {"renewed_at", licence.renewedAt},
            {"expires_at", licence.expiresAt},
            {"state", gone                       ? "revoked"
                      : licence.expiresAt <= now ? "expired"
                                                 : "valid"}};
}

}  // namespace

// In one transaction with the count, so that two devices at once are two.
Result<Id> StoreLicences::issue(Session& session, const Id& user, const Id& device, const Id& title, bool offline) {
    const TimeMs now = parts_.clock->now();
    const Viewer viewer = parts_.viewers.of(user);
    const auto region = productstore::regionOf(session, user, options_.region);
    const auto terms = region ? licencestore::terms(session, viewer, title, *region, now) : errorOf(region);
    if (!terms) {
        return errorOf(terms);
    }
    const bool bound = terms->forSale && viewer.sales;  // owners have what is theirs
    if (bound && !terms->entitled) {
        return fail(ErrorCode::NotFound, "There is no such title.", "not entitled where they are");
    }
    const auto others = licencestore::otherDevices(session, user, device, title, now);
    if (!others) {
        return errorOf(others);
    }
    if ((bound || offline) && *others >= terms->maxDevices.value_or(options_.devices)) {
        return fail(ErrorCode::Forbidden, "This title is on as many devices as it may be: give one up first.");
    }
    const TimeMs until = now + (offline ? options_.offline : options_.playing);
    auto used = offline ? licencestore::noteUsed(session, user, title, now) : Result<void>();
    return used ? licencestore::issue(session, user, device, title, offline, now, until) : errorOf(used);
}

// Who plays with a stream's token is known by the device.
Result<Id> StoreLicences::userOf(Session& session, const Principal& who) {
    if (!who.userId.empty()) {
        return who.userId;
    }
    const auto found = licencestore::userOfDevice(session, who.sessionId);
    if (!found || !*found) {
        return found ? Result<Id>(fail(ErrorCode::NotFound, "There is no such key.")) : errorOf(found);
    }
    return **found;
}

Result<LicenceStanding> StoreLicences::standingOf(Session& session, const Id& user, const Id& title) const {
    const TimeMs now = parts_.clock->now();
    const Viewer viewer = parts_.viewers.of(user);
    Viewer alone = viewer;
    alone.shares = false;
    const auto role = session.first("SELECT role FROM users WHERE id = ?1", {std::string_view(user)},
                                    [](const core::db::Row& row) { return row.string(0); });
    const auto region = role ? productstore::regionOf(session, user, options_.region) : errorOf(role);
    const auto terms = region ? licencestore::terms(session, viewer, title, *region, now) : errorOf(region);
    const auto own = terms && viewer.shares ? licencestore::terms(session, alone, title, *region, now) : terms;
    if (!terms || (!own && own.error().code != ErrorCode::NotFound)) {
        return terms ? errorOf(own) : errorOf(terms);
    }
    const bool bound = terms->forSale && viewer.sales;
    if (!*role || (bound && !terms->entitled)) {
        return fail(ErrorCode::NotFound, "There is no such title.", "not entitled where they are");
    }
    LicenceStanding standing{**role, terms->forSale, bound && !(own && own->entitled), *region, std::nullopt};
    if (bound) {
        standing.maxDevices = terms->maxDevices.value_or(options_.devices);
    }
    return standing;
}

Result<LicenceStanding> StoreLicences::standing(const LicenceWish& wish) {
    return parts_.database.readValue<LicenceStanding>([&](Session& session) -> Result<LicenceStanding> {
        const auto user = userOf(session, wish.who);
        return user ? standingOf(session, *user, wish.title) : errorOf(user);
    });
}

Result<void> StoreLicences::check(const LicenceWish& wish) {
    if (auto first = first_->check(wish); !first) {
        return first;
    }
    const auto forSale = parts_.database.readValue<bool>([&](Session& session) -> Result<bool> {
        const auto all = productstore::librariesForSale(session);
        return all ? Result<bool>(!all->empty()) : errorOf(all);
    });
    if (!forSale || !*forSale) {  // nothing is: nothing to count
        return forSale ? Result<void>() : errorOf(forSale);
    }
    auto issued = parts_.database.writeValue<Id>([&](Session& session) -> Result<Id> {
        const auto user = userOf(session, wish.who);
        return user ? issue(session, *user, wish.who.sessionId, wish.title, false) : user;
    });
    return issued ? Result<void>() : errorOf(issued);
}

Result<OfflineTerms> StoreLicences::grant(const Principal& who, const Id& title) {
    auto issued = parts_.database.writeValue<Id>(
        [&](Session& session) { return issue(session, who.userId, who.sessionId, title, true); });
    if (!issued) {
        return errorOf(issued);
    }
    parts_.logger->info("licence.to_keep", {{"user", who.userId}, {"title", title}});
    return OfflineTerms{*issued, parts_.clock->now() + options_.offline};
}

Response StoreLicences::list(const Request& request) {
    const auto limit = listLimit(request);
    const auto cursor = limit ? idCursor(request) : errorOf(limit);
    const Viewer viewer = parts_.viewers.of(*request.principal);
    auto all = !cursor ? errorOf(cursor) : parts_.database.readValue<std::vector<Licence>>([&](Session& session) {
        return licencestore::ofUser(session, viewer, *cursor, *limit + 1);
    });
    if (!all) {
        return Response::problem(all.error());
    }
    const bool more = all->size() > static_cast<std::size_t>(*limit);
    all->resize(std::min(all->size(), static_cast<std::size_t>(*limit)));
    json::array items;
    for (const Licence& licence : *all) {
        items.push_back(licenceJson(licence, parts_.clock->now()));
    }
    const json::value next = more ? json::value(all->back().id) : json::value(nullptr);
    Response response = Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", next}});
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response StoreLicences::giveUp(const Request& request) {
    const auto done = parts_.database.writeValue<bool>([&](Session& session) {
        return licencestore::revoke(session, request.principal->userId, Id(request.param("id")), parts_.clock->now());
    });
    if (!done || !*done) {
        return Response::problem(done ? core::Error{ErrorCode::NotFound, {}, "There is no such licence."}
                                      : done.error());
    }
    return Response::empty();
}

void StoreLicences::addRoutes(Router& router) {
    router.add({Method::Get, "/api/v1/drm/licences", Access::User,
                pooled(parts_.pool, [this](const Request& request) { return list(request); })});
    router.add({Method::Delete, "/api/v1/drm/licences/{id}", Access::User,
                pooled(parts_.pool, [this](const Request& request) { return giveUp(request); })});
}

void StoreLicences::maintain() {
    auto done = parts_.database.write(
        [&](Session& session) { return licencestore::forget(session, parts_.clock->now() - kRemembered); });
    if (!done) {
        parts_.logger->error("licences.not_swept", {{"detail", done.error().detail}});
    }
}

}  // namespace marea::server
