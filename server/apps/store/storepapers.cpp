// Of the store over HTTP: what buyers say, receipts, and what was sold, as a table.
#include <algorithm>

#include "core/base/jsonfields.h"
#include "server/apps/identity/errorof.h"
#include "server/apps/library/listparams.h"
#include "server/apps/store/entitlementstore.h"
#include "server/apps/store/receipt.h"
#include "server/apps/store/returnpage.h"
#include "server/apps/store/reviewstore.h"
#include "server/apps/store/salesreport.h"
#include "server/apps/store/store.h"

namespace marea::server {

namespace json = core::json;
using namespace store;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::db::Session;

namespace {

constexpr std::size_t kBody = 16 * 1024;
constexpr int kMostLines = 50'000;
constexpr TimeMs kLastTime = 4'102'444'800'000;  // the year 2100

Result<Review> parseReview(const Request& request) {
    const auto value = core::parseJson(request.body);
    if (!value) {
        return errorOf(value);
    }
    core::JsonFields fields(*value, "");
    fields.require("stars");
    Review review;
    review.user = request.principal->userId;
    review.stars = fields.integer("stars", 1, 5).value_or(1);
    review.words = fields.text("text", 4000).value_or("");
    auto done = fields.finish();
    return done ? Result<Review>(std::move(review)) : errorOf(done);
}

json::object reviewJson(const Review& review, const Id& asker) {
    return {{"user_id", review.user},     {"username", review.username},    {"stars", review.stars},
            {"text", review.words},       {"created_at", review.createdAt}, {"updated_at", review.updatedAt},
            {"own", review.user == asker}};
}

Response privatePage(std::string type, std::string body) {
    Response response = Response::text(200, std::move(type), std::move(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

std::string nameOf(Session& session, const Id& user) {
    const auto name = entitlementstore::nameOf(session, user);
    return name ? name->value_or("") : std::string();
}

}  // namespace

Response Store::reviews(const Request& request) {
    const auto limit = listLimit(request);
    const auto buyer = limit ? shopper(*request.principal) : errorOf(limit);
    const std::string after(request.queryValue("cursor").value_or(""));
    auto found =
        !buyer
            ? errorOf(buyer)
            : parts_.database.readValue<std::vector<Review>>([&](Session& session) -> Result<std::vector<Review>> {
                  const auto product = productstore::seen(session, *buyer, Id(request.param("id")));
                  return product ? reviewstore::ofProduct(session, product->id, after, *limit + 1) : errorOf(product);
              });
    if (!found) {
        return Response::problem(found.error());
    }
    const bool more = found->size() > static_cast<std::size_t>(*limit);
    found->resize(std::min(found->size(), static_cast<std::size_t>(*limit)));
    json::array items;
    for (const Review& review : *found) {
        items.push_back(reviewJson(review, request.principal->userId));
    }
    const json::value next = more ? json::value(reviewstore::placeOf(found->back())) : json::value(nullptr);
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", next}});
}

Response Store::review(const Request& request) {
    auto review = parseReview(request);
    const auto buyer = review ? shopper(*request.principal) : errorOf(review);
    if (!buyer) {
        return Response::problem(buyer.error());
    }
    review->updatedAt = parts_.clock->now();
    const auto done = parts_.database.write([&](Session& session) -> Result<void> {
        const auto product = productstore::seen(session, *buyer, Id(request.param("id")));
        const auto saved = product ? reviewstore::save(session, product->id, *review) : errorOf(product);
        if (!saved) {
            return errorOf(saved);
        }
        return *saved ? Result<void>() : fail(ErrorCode::Forbidden, "Reviews are by those who have it.");
    });
    return done ? Response::empty() : Response::problem(done.error());
}

Response Store::removeReview(const Request& request) {
    const std::string_view named = request.param("user");
    const Id user = named.empty() ? request.principal->userId : Id(named);
    const auto removed = parts_.database.writeValue<bool>(
        [&](Session& session) { return reviewstore::remove(session, Id(request.param("id")), user); });
    if (!removed || !*removed) {
        return Response::problem(removed ? core::Error{ErrorCode::NotFound, {}, "There is no such review."}
                                         : removed.error());
    }
    return Response::empty();
}

Response Store::receipt(const Request& request) {
    ReceiptWords words;
    words.shop = parts_.name;
    words.spanish = likesSpanish(request.headers.find("Accept-Language").value_or(""));
    const auto order = parts_.database.readValue<Order>([&](Session& session) -> Result<Order> {
        auto found = orderstore::ofAsker(session, Id(request.param("id")), request.principal->userId,
                                         request.principal->isOwner());
        if (found && !found->receipt) {
            return fail(ErrorCode::Conflict, "Nothing was paid for this.");
        }
        if (found) {
            words.buyer = nameOf(session, found->buyer);
            words.recipient = found->isGift() ? nameOf(session, found->recipient) : std::string();
        }
        return found;
    });
    if (!order) {
        return Response::problem(order.error());
    }
    Response response = privatePage("text/html; charset=utf-8", receiptPage(*order, words));
    response.headers.set("Content-Security-Policy",
                         "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    response.headers.set("Vary", "Accept-Language");
    return response;
}

Response Store::sales(const Request& request) {
    const auto timeOf = [&](const char* name, TimeMs otherwise) {
        const auto text = request.queryValue(name);
        return text ? wholeNumber<TimeMs>(*text) : std::optional(otherwise);
    };
    const auto from = timeOf("from", 0), until = timeOf("until", kLastTime);
    if (!from || !until) {
        return Response::problem({ErrorCode::Invalid, {}, "from and until are times in milliseconds."});
    }
    const auto report = parts_.database.readValue<std::string>(
        [&](Session& session) { return salesReport(session, *from, *until, kMostLines); });
    if (!report) {
        return Response::problem(report.error());
    }
    Response response = privatePage("text/csv; charset=utf-8; header=present", *report);
    response.headers.set("Content-Disposition", "attachment; filename=\"sales.csv\"");
    return response;
}

void Store::addPaperRoutes(Router& router) {
    const auto add = [&](Method method, const char* pattern, Access access, Response (Store::*call)(const Request&)) {
        router.add({method, pattern, access,
                    pooled(parts_.pool, [this, call](const Request& request) { return (this->*call)(request); }),
                    kBody});
    };
    add(Method::Get, "/api/v1/store/products/{id}/reviews", Access::User, &Store::reviews);
    add(Method::Put, "/api/v1/store/products/{id}/review", Access::User, &Store::review);
    add(Method::Delete, "/api/v1/store/products/{id}/review", Access::User, &Store::removeReview);
    add(Method::Delete, "/api/v1/admin/products/{id}/reviews/{user}", Access::Owner, &Store::removeReview);
    add(Method::Get, "/api/v1/store/orders/{id}/receipt", Access::User, &Store::receipt);
    add(Method::Get, "/api/v1/admin/store/sales", Access::Owner, &Store::sales);
}

}  // namespace marea::server
