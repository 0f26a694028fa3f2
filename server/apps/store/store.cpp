#include "server/apps/store/store.h"

#include "server/apps/identity/errorof.h"
#include "server/apps/store/entitlementstore.h"
#include "server/apps/store/licencestore.h"
#include "server/apps/store/orderjson.h"
#include "server/apps/store/reviewstore.h"

namespace marea::server {

namespace json = core::json;
using namespace store;
using core::Result;
using core::db::Session;

Store::Store(Parts parts, Orders::Providers providers, OrderOptions options)
    : parts_(std::move(parts)),
      deliveries_(parts_.database, parts_.viewers, parts_.clock),
      orders_({parts_.database, parts_.master, parts_.pool, parts_.clock, parts_.logger,
               [this] { parts_.viewers.changed(); }},
              std::move(providers), std::move(options)) {}

void Store::maintain() {
    if (catalogueChanged_.exchange(false)) {
        auto done = parts_.database.write(
            [&](Session& session) { return entitlementstore::refreshAll(session, parts_.clock->now()); });
        if (done) {
            parts_.viewers.changed();
        } else {
            catalogueChanged_ = true;
            parts_.logger->error("store.access_not_refreshed", {{"detail", done.error().detail}});
        }
    }
    writeDeliveries();
    orders_.maintain();
}

void Store::writeDeliveries() {
    if (auto done = deliveries_.flush(); !done) {
        parts_.logger->error("store.deliveries_not_written", {{"detail", done.error().detail}});
    }
}

void Store::taken(const core::Id& user, const core::Id& media) {
    const auto unused =
        parts_.database.readValue<bool>([&](Session& session) { return entitlementstore::hasUnused(session, user); });
    auto noted = unused && *unused ? parts_.database.write([&](Session& session) {
        return licencestore::noteUsed(session, user, media, parts_.clock->now());
    })
                                   : Result<void>();
    if (!unused || !noted) {
        parts_.logger->error("store.use_not_noted", {{"user", user}, {"media", media}});
    }
}

Result<Shopper> Store::shopper(const Principal& who) {
    Shopper shopper{parts_.viewers.of(who), {}};
    shopper.viewer.userId = who.userId;
    auto region = parts_.database.readValue<std::string>(
        [&](Session& session) { return productstore::regionOf(session, who.userId, orders_.options().region); });
    if (!region) {
        return errorOf(region);
    }
    shopper.region = std::move(*region);
    return shopper;
}

Result<bool> Store::isProtected(const Product& product) {
    for (const core::Id& media : product.items) {
        auto found = parts_.isProtected(media);
        if (!found || *found) {
            return found;
        }
    }
    return false;
}

namespace {

std::string_view nameOf(entitlementstore::Withheld why) {
    switch (why) {
        case entitlementstore::Withheld::RefundPending:
            return "refund_pending";
        case entitlementstore::Withheld::Refunded:
            return "refunded";
        case entitlementstore::Withheld::Disputed:
            return "disputed";
        case entitlementstore::Withheld::DisputeLost:
            break;
    }
    return "dispute_lost";
}

}  // namespace

Result<json::object> Store::shown(Session& session, const Shopper& shopper, const Product& product, bool whole) {
    ProductView view;
    const auto owned = entitlementstore::holds(session, shopper.viewer.userId, product.id);
    const auto withheld =
        owned ? entitlementstore::withheld(session, shopper.viewer.userId, product.id) : errorOf(owned);
    const auto titles = withheld ? productstore::titles(session, product.id) : errorOf(withheld);
    const auto sealed = titles && whole ? isProtected(product) : Result<bool>(false);
    const auto parts = sealed && whole ? productstore::parts(session, product.id)
                       : sealed        ? Result<std::vector<ProductPart>>(std::vector<ProductPart>())
                                       : errorOf(sealed);
    const auto stars = parts ? reviewstore::stars(session, product.id) : errorOf(parts);
    if (!titles || !stars) {
        return titles ? errorOf(stars) : errorOf(titles);
    }
    view.reviews = stars->count;
    view.stars = stars->count > 0 ? std::optional(stars->mean) : std::nullopt;
    view.owned = *owned;
    view.withheld = *withheld ? nameOf(**withheld) : std::string_view();
    view.isProtected = *sealed;
    view.titles = &*titles;
    view.parts = whole ? &*parts : nullptr;
    json::object object = productJson(product, view, parts_.clock->now());
    if (!whole) {  // it takes a look at each title
        object.erase("protected");
    }
    return object;
}

Result<json::object> Store::shownOrder(const Order& order, const std::string& checkout) {
    const auto events = parts_.database.readValue<std::vector<OrderEvent>>(
        [&](Session& session) { return orderstore::events(session, order.id); });
    return events ? Result<json::object>(orderJson(order, *events, checkout)) : errorOf(events);
}

// "" where it has none, and where the product is no longer to be seen.
Result<std::string> Store::pictureOf(const Shopper& shopper, const core::Id& product) {
    return parts_.database.readValue<std::string>([&](Session& session) -> Result<std::string> {
        const auto found = productstore::seen(session, shopper, product);
        if (!found) {
            return found.error().code == core::ErrorCode::NotFound ? Result<std::string>(std::string())
                                                                   : errorOf(found);
        }
        const auto titles = productstore::titles(session, found->id);
        return titles ? Result<std::string>(artworkAddress(found->id, *titles)) : errorOf(titles);
    });
}

Response Store::answered(int status, const Order& order, const std::string& checkout) {
    auto object = shownOrder(order, checkout);
    if (!object) {
        return Response::problem(object.error());
    }
    Response response = Response::json(status, std::move(*object));
    response.headers.set("Cache-Control", "no-store");
    if (status == 201) {
        response.headers.set("Location", "/api/v1/store/orders/" + order.id);
    }
    return response;
}

}  // namespace marea::server
