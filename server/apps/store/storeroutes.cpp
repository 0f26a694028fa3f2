// The store over HTTP, for whoever buys.
#include <algorithm>
#include <set>

#include "core/base/jsonfields.h"
#include "server/apps/identity/errorof.h"
#include "server/apps/library/listparams.h"
#include "server/apps/store/entitlementstore.h"
#include "server/apps/store/ledgerstore.h"
#include "server/apps/store/orderjson.h"
#include "server/apps/store/returnpage.h"
#include "server/apps/store/store.h"
#include "server/apps/store/storeparams.h"

namespace marea::server {

namespace json = core::json;
using namespace store;
using core::ErrorCode;
using core::Id;
using core::Result;
using core::db::Session;

namespace {

constexpr std::size_t kBody = 64 * 1024, kWebhookBody = 512 * 1024;
constexpr int kArtworkWidth = 400, kWidestArtwork = 2000;

Response uncached(Response response) {
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response problemOf(const core::Error& error) {
    Response response = Response::problem(error);
    if (error.code == ErrorCode::Unavailable) {
        response.headers.set("Retry-After", "10");
    }
    return response;
}

// A picture, or why there is none; a day old it is still right.
Response pictureAnswer(const Result<core::Image>& image) {
    if (!image) {
        return Response::problem(image.error());
    }
    Response response = Response::text(200, image->mimeType, std::string(image->bytes.begin(), image->bytes.end()));
    response.headers.set("Cache-Control", "private, max-age=86400");
    return response;
}

}  // namespace

Response Store::about(const Request& request) {
    const auto buyer = shopper(*request.principal);
    if (!buyer) {
        return Response::problem(buyer.error());
    }
    const auto names = orders_.providerNames();
    return Response::json(200, json::object{{"providers", json::array(names.begin(), names.end())},
                                            {"region", core::jsonOrNull(buyer->region)},
                                            {"refund_days", orders_.options().refunds.days}});
}

Response Store::products(const Request& request) {
    const auto query = parseProductQuery(request, false);
    const auto buyer = query ? shopper(*request.principal) : errorOf(query);
    if (!buyer) {
        return Response::problem(buyer.error());
    }
    json::array items;
    auto page = parts_.database.readValue<ProductPage>([&](Session& session) -> Result<ProductPage> {
        auto found = productstore::page(session, &*buyer, *query);
        for (const Product& product : found ? found->products : std::vector<Product>()) {
            auto object = shown(session, *buyer, product, false);
            if (!object) {
                return errorOf(object);
            }
            items.push_back(std::move(*object));
        }
        return found;
    });
    return page ? Response::json(200, json::object{{"items", std::move(items)},
                                                   {"next_cursor", core::jsonOrNull(page->nextCursor)}})
                : Response::problem(page.error());
}

Response Store::product(const Request& request) {
    const auto buyer = shopper(*request.principal);
    if (!buyer) {
        return Response::problem(buyer.error());
    }
    auto object = parts_.database.readValue<json::object>([&](Session& session) -> Result<json::object> {
        auto found = productstore::seen(session, *buyer, Id(request.param("id")));
        auto object = found ? shown(session, *buyer, *found, true) : errorOf(found);
        const auto trailer = object ? trailerOf(*request.principal, *found) : errorOf(object);
        if (!trailer) {
            return errorOf(trailer);
        }
        (*object)["trailer"] = !trailer->is_null();
        return object;
    });
    return object ? Response::json(200, std::move(*object)) : Response::problem(object.error());
}

void Store::artwork(const Request& request, Reply reply) {
    const auto width = wholeNumber<int>(request.queryValue("w").value_or(std::to_string(kArtworkWidth)));
    const auto buyer = shopper(*request.principal);
    const auto titles = !buyer ? errorOf(buyer)
                               : parts_.database.readValue<std::vector<ProductTitle>>(
                                     [&](Session& session) -> Result<std::vector<ProductTitle>> {
                                         auto found = productstore::seen(session, *buyer, Id(request.param("id")));
                                         return found ? productstore::titles(session, found->id) : errorOf(found);
                                     });
    if (!titles) {
        return reply(Response::problem(titles.error()));
    }
    for (const ProductTitle& title : *titles) {
        if (title.hasPicture) {
            const auto held = std::make_shared<Reply>(std::move(reply));
            return parts_.picture(title.id, std::min(width.value_or(kArtworkWidth), kWidestArtwork),
                                  [held](Result<core::Image> image) { (*held)(pictureAnswer(image)); });
        }
    }
    reply(Response::problem({ErrorCode::NotFound, {}, "It has no picture."}));
}

// Of the named track, else of the first that can be heard: of an album's own tracks, too.
void Store::preview(const Request& request, Reply reply) {
    const auto buyer = shopper(*request.principal);
    const std::string track(request.queryValue("media_id").value_or(""));
    const auto media = !buyer ? errorOf(buyer) : parts_.database.readValue<Id>([&](Session& session) -> Result<Id> {
        auto found = productstore::seen(session, *buyer, Id(request.param("id")));
        return found ? productstore::audible(session, found->id, track) : errorOf(found);
    });
    if (!media) {
        return reply(Response::problem(media.error()));
    }
    const auto held = std::make_shared<Reply>(std::move(reply));
    parts_.preview(*request.principal, *media, [held](Result<Response> made) {
        (*held)(made ? std::move(*made) : Response::problem(made.error()));
    });
}

// Of the first of its titles that has one.
Result<json::value> Store::trailerOf(const Principal& who, const Product& product) {
    for (const Id& media : product.items) {
        auto link = parts_.trailer(who, media);
        if (!link || !link->is_null()) {
            return link;
        }
    }
    return json::value(nullptr);
}

Response Store::trailer(const Request& request) {
    const auto buyer = shopper(*request.principal);
    const auto product = !buyer ? errorOf(buyer) : parts_.database.readValue<Product>([&](Session& session) {
        return productstore::seen(session, *buyer, Id(request.param("id")));
    });
    const auto link = product ? trailerOf(*request.principal, *product) : errorOf(product);
    if (!link || link->is_null()) {
        return Response::problem(link ? core::Error{ErrorCode::NotFound, {}, "It has no trailer."} : link.error());
    }
    Response response = Response::json(200, *link);
    response.headers.set("Cache-Control", "no-store");
    return response;
}

void Store::place(const Request& request, Reply reply) {
    const auto wish = parseOrderWish(request.body);
    const auto key = wish ? orderKey(request) : errorOf(wish);
    const auto buyer = key ? shopper(*request.principal) : errorOf(key);
    if (!buyer) {
        return reply(Response::problem(buyer.error()));
    }
    const auto held = std::make_shared<Reply>(std::move(reply));
    orders_.place(*buyer, *wish, *key, [this, held](Result<Orders::Placed> placed) {
        (*held)(placed ? answered(placed->isNew ? 201 : 200, placed->order, placed->checkout)
                       : problemOf(placed.error()));
    });
}

Response Store::listOrders(const Request& request) {
    const auto limit = listLimit(request);
    const auto cursor = limit ? idCursor(request) : errorOf(limit);
    auto orders = !cursor ? errorOf(cursor) : parts_.database.readValue<std::vector<Order>>([&](Session& session) {
        return orderstore::ofBuyer(session, request.principal->userId, *cursor, *limit + 1);
    });
    const auto buyer = orders ? shopper(*request.principal) : errorOf(orders);
    if (!buyer) {
        return Response::problem(buyer.error());
    }
    const bool more = orders->size() > static_cast<std::size_t>(*limit);
    orders->resize(std::min(orders->size(), static_cast<std::size_t>(*limit)));
    json::array items;
    for (const Order& order : *orders) {
        auto object = shownOrder(order, {});
        const auto picture = object ? pictureOf(*buyer, order.product) : errorOf(object);
        if (!picture) {
            return Response::problem(picture.error());
        }
        (*object)["artwork_url"] = core::jsonOrNull(*picture);
        items.push_back(std::move(*object));
    }
    return uncached(Response::json(
        200, json::object{{"items", std::move(items)},
                          {"next_cursor", more ? json::value(orders->back().id) : json::value(nullptr)}}));
}

Response Store::order(const Request& request) {
    const auto found = parts_.database.readValue<Order>([&](Session& session) {
        return orderstore::ofAsker(session, Id(request.param("id")), request.principal->userId,
                                   request.principal->isOwner());
    });
    const bool own = found && found->buyer == request.principal->userId;
    const auto checkout = own ? orders_.checkoutOf(*found) : Result<std::string>(std::string());
    if (!found || !checkout) {
        return Response::problem(found ? checkout.error() : found.error());
    }
    return answered(200, *found, *checkout);
}

// What was sent up to now counts.
void Store::refund(const Request& request, Reply reply) {
    if (const auto written = deliveries_.flush(); !written) {
        return reply(problemOf(written.error()));
    }
    const auto held = std::make_shared<Reply>(std::move(reply));
    orders_.refund(
        Id(request.param("id")), request.principal->userId, request.principal->isOwner(),
        [this, held](Result<Order> order) {
            (*held)(order ? answered(order->facts.reversed() ? 200 : 202, *order, {}) : problemOf(order.error()));
        });
}

Response Store::webhook(const Request& request) {
    const auto taken = orders_.told(request.param("provider"), request);
    return taken ? Response::json(200, json::object{{"received", true}}) : Response::problem(taken.error());
}

Response Store::wallet(const Request& request) {
    const auto limit = listLimit(request);
    const auto cursor = limit ? idCursor(request) : errorOf(limit);
    if (!cursor) {
        return Response::problem(cursor.error());
    }
    const Id& user = request.principal->userId;
    json::array balances, items;
    json::value next = nullptr;
    auto read = parts_.database.read([&](Session& session) -> Result<void> {
        const auto has = ledgerstore::balances(session, walletOf(user));
        const auto lines = has ? ledgerstore::lines(session, user, *cursor, *limit + 1) : errorOf(has);
        if (!lines) {
            return errorOf(lines);
        }
        for (const Money& money : *has) {
            balances.push_back(moneyJson(money));
        }
        for (const auto& line : *lines) {
            if (items.size() == static_cast<std::size_t>(*limit)) {
                next = items.back().as_object().at("id");
                break;
            }
            items.push_back(json::object{{"id", line.id},
                                         {"at", line.at},
                                         {"kind", line.kind},
                                         {"title", core::jsonOrNull(line.title)},
                                         {"change", moneyJson(line.change)}});
        }
        return {};
    });
    return read ? uncached(Response::json(200, json::object{{"balances", std::move(balances)},
                                                            {"items", std::move(items)},
                                                            {"next_cursor", std::move(next)}}))
                : Response::problem(read.error());
}

Response Store::redeemVoucher(const Request& request) {
    const auto value = core::parseJson(request.body);
    if (!value) {
        return Response::problem(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("code");
    const std::string code = fields.text("code", 64).value_or("");
    if (auto good = fields.finish(); !good) {
        return Response::problem(good.error());
    }
    const Id& user = request.principal->userId;
    const auto redeemed = parts_.database.writeValue<Redeemed>(
        [&](Session& session) { return redeem(session, code, user, parts_.clock->now()); });
    if (!redeemed) {
        return Response::problem(redeemed.error());
    }
    parts_.logger->info("store.voucher_redeemed", {{"user", user}, {"again", redeemed->before}});
    return uncached(
        Response::json(200, json::object{{"credited", moneyJson(redeemed->worth)}, {"before", redeemed->before}}));
}

Response Store::purchases(const Request& request) {
    const auto limit = listLimit(request);
    const auto cursor = limit ? idCursor(request) : errorOf(limit);
    auto bought = !cursor ? errorOf(cursor) : parts_.database.readValue<std::vector<Purchase>>([&](Session& session) {
        return entitlementstore::purchases(session, request.principal->userId, *cursor, *limit);
    });
    if (!bought) {
        return Response::problem(bought.error());
    }
    json::array items;
    std::set<Id> orders;
    for (const Purchase& one : *bought) {
        orders.insert(one.order);
        items.push_back(json::object{{"order_id", one.order},
                                     {"product_id", one.product},
                                     {"media_id", one.media},
                                     {"title", one.title},
                                     {"gift", one.gift},
                                     {"at", one.grantedAt},
                                     {"starts_at", one.startsAt}});
    }
    const bool more = orders.size() == static_cast<std::size_t>(*limit);
    return uncached(
        Response::json(200, json::object{{"items", std::move(items)},
                                         {"next_cursor", more ? json::value(*orders.begin()) : json::value(nullptr)}}));
}

void Store::addRoutes(Router& router) {
    const auto add = [&](Method method, const char* pattern, Response (Store::*call)(const Request&)) {
        router.add({method, pattern, Access::User,
                    pooled(parts_.pool, [this, call](const Request& request) { return (this->*call)(request); }),
                    kBody});
    };
    // On the pool too, and answered when others have answered.
    const auto later = [&](Method method, const char* pattern, Access access,
                           void (Store::*call)(const Request&, Reply)) {
        router.add({method, pattern, access,
                    [this, call](Request request, Reply reply) {
                        const auto held = std::make_shared<Reply>(std::move(reply));
                        const auto asked = std::make_shared<Request>(std::move(request));
                        if (!parts_.pool.post([this, call, held, asked] { (this->*call)(*asked, std::move(*held)); })) {
                            (*held)(Response::problem(
                                {ErrorCode::Unavailable, "pool", "The server is busy. Try again in a moment."}));
                        }
                    },
                    kBody});
    };
    add(Method::Get, "/api/v1/store", &Store::about);
    add(Method::Get, "/api/v1/store/products", &Store::products);
    add(Method::Get, "/api/v1/store/products/{id}", &Store::product);
    later(Method::Get, "/api/v1/store/products/{id}/artwork", Access::User, &Store::artwork);
    later(Method::Get, "/api/v1/store/products/{id}/preview", Access::User, &Store::preview);
    add(Method::Get, "/api/v1/store/products/{id}/trailer", &Store::trailer);
    later(Method::Post, "/api/v1/store/orders", Access::User, &Store::place);
    add(Method::Get, "/api/v1/store/orders", &Store::listOrders);
    add(Method::Get, "/api/v1/store/orders/{id}", &Store::order);
    later(Method::Post, "/api/v1/store/orders/{id}/refund", Access::User, &Store::refund);
    add(Method::Get, "/api/v1/store/purchases", &Store::purchases);
    add(Method::Get, "/api/v1/store/wallet", &Store::wallet);
    add(Method::Post, "/api/v1/store/vouchers/redeem", &Store::redeemVoucher);
    // Where providers send people back to; says nothing about anybody.
    router.add({Method::Get, "/store/return", Access::Public, inlined([](const Request& request) {
                    const bool paid = request.queryValue("paid").value_or("") == "yes";
                    Response response =
                        Response::text(200, "text/html; charset=utf-8",
                                       returnPage(paid, request.headers.find("Accept-Language").value_or("")));
                    response.headers.set("Content-Security-Policy",
                                         "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
                    response.headers.set("Cache-Control", "no-store");
                    response.headers.set("Vary", "Accept-Language");
                    return response;
                })});
    // Public by the provider's signature, which is looked at before anything else.
    router.add({Method::Post, "/api/v1/store/webhooks/{provider}", Access::Public,
                pooled(parts_.pool, [this](const Request& request) { return webhook(request); }), kWebhookBody});
    later(Method::Post, "/api/v1/admin/store/reconcile", Access::Owner, &Store::reconcile);
    addOwnerRoutes(router);
    addPaperRoutes(router);
}

}  // namespace marea::server
