// The store over HTTP, for owners: what is sold, vouchers, which libraries are for sale.
#include <algorithm>

#include "core/base/jsonfields.h"
#include "server/apps/identity/errorof.h"
#include "server/apps/library/listparams.h"
#include "server/apps/store/entitlementstore.h"
#include "server/apps/store/orderjson.h"
#include "server/apps/store/store.h"
#include "server/apps/store/storeparams.h"

namespace marea::server {

namespace json = core::json;
using namespace store;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::db::Session;

namespace {

constexpr std::size_t kBody = 128 * 1024;
constexpr std::int64_t kMostCodes = 1000;
constexpr TimeMs kLastTime = 4'102'444'800'000;  // the year 2100

core::unexpected<core::Error> noProduct() {
    return fail(ErrorCode::NotFound, "There is no such product.");
}

json::object batchJson(const VoucherBatch& batch) {
    return {{"id", batch.id},
            {"label", batch.label},
            {"worth", moneyJson(batch.worth)},
            {"expires_at", core::jsonOrNull(batch.expiresAt)},
            {"cancelled_at", core::jsonOrNull(batch.cancelledAt)},
            {"created_at", batch.createdAt},
            {"codes", batch.codes},
            {"redeemed", batch.redeemed}};
}

struct VoucherWish {
    VoucherBatch batch;
    std::int64_t count = 0;
};

Result<VoucherWish> parseVoucherWish(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return errorOf(value);
    }
    core::JsonFields fields(*value, "");
    for (const char* name : {"amount", "currency", "count"}) {
        fields.require(name);
    }
    VoucherWish wish;
    wish.batch.label = fields.text("label", 200).value_or("");
    wish.batch.worth.minor = fields.integer("amount", 1, core::store::kMostMinor).value_or(1);
    wish.batch.worth.currency = fields.text("currency", 3).value_or("");
    wish.batch.expiresAt = fields.integer("expires_at", 1, kLastTime);
    wish.count = fields.integer("count", 1, kMostCodes).value_or(1);
    if (!core::store::isCurrency(wish.batch.worth.currency)) {
        fields.wrong("currency", "must be a code like EUR");
    }
    auto done = fields.finish();
    return done ? Result<VoucherWish>(std::move(wish)) : errorOf(done);
}

Result<bool> parseForSale(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return errorOf(value);
    }
    core::JsonFields fields(*value, "");
    fields.require("for_sale");
    const bool sale = fields.boolean("for_sale").value_or(false);
    auto done = fields.finish();
    return done ? Result<bool>(sale) : errorOf(done);
}

Result<std::string> parseRegion(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return errorOf(value);
    }
    core::JsonFields fields(*value, "");
    fields.require("region");
    const json::value* given = fields.raw("region");
    const bool none = given && given->is_null();
    const std::string region = none ? std::string() : fields.text("region", 2).value_or("");
    const bool capitals = std::all_of(region.begin(), region.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!none && (region.size() != 2 || !capitals)) {
        fields.wrong("region", "must be a code of two capital letters (ISO 3166-1), or null");
    }
    auto done = fields.finish();
    return done ? Result<std::string>(region) : errorOf(done);
}

}  // namespace

Response Store::listProducts(const Request& request) {
    const auto query = parseProductQuery(request, true);
    auto page = !query ? errorOf(query) : parts_.database.readValue<ProductPage>([&](Session& session) {
        return productstore::page(session, nullptr, *query);
    });
    if (!page) {
        return Response::problem(page.error());
    }
    json::array items;
    for (const Product& product : page->products) {
        items.push_back(productForOwners(product));
    }
    const json::value next = page->nextCursor.empty() ? json::value(nullptr) : json::value(page->nextCursor);
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", next}});
}

// What is not for sale would be seen by everybody whom its library is open to, whoever paid for it.
Response Store::saveProduct(int status, Product product) {
    const auto saved = parts_.database.writeValue<Product>([&](Session& session) -> Result<Product> {
        const auto open = productstore::notForSale(session, product.items);
        if (!open || !open->empty()) {
            return open ? Result<Product>(fail(ErrorCode::Unprocessable,
                                               "Only titles of libraries that are for sale can be sold.",
                                               "not for sale: " + open->front()))
                        : errorOf(open);
        }
        auto done = productstore::save(session, product);
        auto found = done ? productstore::find(session, product.id) : errorOf(done);
        return found && *found ? Result<Product>(std::move(**found))
               : found         ? Result<Product>(noProduct())
                               : errorOf(found);
    });
    if (!saved) {
        return Response::problem(saved.error());
    }
    Response response = Response::json(status, productForOwners(*saved));
    response.headers.set("Location", "/api/v1/admin/products/" + saved->id);
    return response;
}

Response Store::addProduct(const Request& request) {
    auto product = parseProduct(request.body, nullptr);
    if (!product) {
        return Response::problem(product.error());
    }
    product->createdAt = product->updatedAt = parts_.clock->now();
    product->id = core::newId(product->createdAt);
    return saveProduct(201, std::move(*product));
}

Response Store::showProduct(const Request& request) {
    const auto found = parts_.database.readValue<std::optional<Product>>(
        [&](Session& session) { return productstore::find(session, Id(request.param("id"))); });
    if (!found || !*found) {
        return Response::problem(found ? noProduct().value() : found.error());
    }
    return Response::json(200, productForOwners(**found));
}

Response Store::changeProduct(const Request& request) {
    const auto found = parts_.database.readValue<std::optional<Product>>(
        [&](Session& session) { return productstore::find(session, Id(request.param("id"))); });
    if (!found || !*found) {
        return Response::problem(found ? noProduct().value() : found.error());
    }
    auto product = parseProduct(request.body, &**found);
    if (!product) {
        return Response::problem(product.error());
    }
    product->updatedAt = parts_.clock->now();
    return saveProduct(200, std::move(*product));
}

// What was ordered stays in the books: it is sold no more.
Response Store::removeProduct(const Request& request) {
    const Id id(request.param("id"));
    const auto removed = parts_.database.write([&](Session& session) -> Result<void> {
        auto found = productstore::find(session, id);
        const auto ordered = found && *found ? productstore::ordered(session, id) : Result<bool>(false);
        if (!found || !*found || !ordered) {
            return found ? (*found ? Result<void>(errorOf(ordered)) : Result<void>(noProduct())) : errorOf(found);
        }
        if (!*ordered) {
            return productstore::remove(session, id);
        }
        (*found)->state = "retired";
        (*found)->updatedAt = parts_.clock->now();
        return productstore::save(session, **found);
    });
    return removed ? Response::empty() : Response::problem(removed.error());
}

Response Store::listVouchers(const Request& request) {
    const auto limit = listLimit(request);
    const auto cursor = limit ? idCursor(request) : errorOf(limit);
    auto batches = !cursor ? errorOf(cursor)
                           : parts_.database.readValue<std::vector<VoucherBatch>>(
                                 [&](Session& session) { return voucherstore::batches(session, *cursor, *limit + 1); });
    if (!batches) {
        return Response::problem(batches.error());
    }
    const bool more = batches->size() > static_cast<std::size_t>(*limit);
    batches->resize(std::min(batches->size(), static_cast<std::size_t>(*limit)));
    json::array items;
    for (const VoucherBatch& batch : *batches) {
        items.push_back(batchJson(batch));
    }
    return Response::json(200,
                          json::object{{"items", std::move(items)},
                                       {"next_cursor", more ? json::value(batches->back().id) : json::value(nullptr)}});
}

// The codes are told once: what is kept tells whether one is right, and no more.
Response Store::addVouchers(const Request& request) {
    auto wish = parseVoucherWish(request.body);
    if (!wish) {
        return Response::problem(wish.error());
    }
    VoucherBatch& batch = wish->batch;
    batch.createdAt = parts_.clock->now();
    batch.id = core::newId(batch.createdAt);
    batch.createdBy = request.principal->userId;
    batch.codes = wish->count;
    json::array codes;
    std::vector<Digest> digests;
    for (std::int64_t i = 0; i < wish->count; ++i) {
        const std::string code = randomCode();
        digests.push_back(sha256(normalisedCode(code)));
        codes.emplace_back(code);
    }
    auto added = parts_.database.write([&](Session& session) { return voucherstore::add(session, batch, digests); });
    if (!added) {
        return Response::problem(added.error());
    }
    json::object object = batchJson(batch);
    object["vouchers"] = std::move(codes);
    Response response = Response::json(201, std::move(object));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response Store::cancelVouchers(const Request& request) {
    const Id id(request.param("id"));
    const auto done = parts_.database.write([&](Session& session) -> Result<void> {
        const auto batch = voucherstore::batch(session, id);
        if (!batch || !*batch) {
            return batch ? fail(ErrorCode::NotFound, "There are no such vouchers.") : Result<void>(errorOf(batch));
        }
        return voucherstore::cancel(session, id, parts_.clock->now());
    });
    return done ? Response::empty() : Response::problem(done.error());
}

Response Store::librarySale(const Request& request) {
    const Id id(request.param("id"));
    const auto all = parts_.database.readValue<std::vector<Id>>(productstore::librariesForSale);
    if (!all) {
        return Response::problem(all.error());
    }
    return Response::json(
        200, json::object{{"id", id}, {"for_sale", std::find(all->begin(), all->end(), id) != all->end()}});
}

Response Store::changeLibrarySale(const Request& request) {
    const auto sale = parseForSale(request.body);
    const Id id(request.param("id"));
    const auto done = !sale ? errorOf(sale) : parts_.database.write([&](Session& session) {
        return productstore::setForSale(session, id, *sale).and_then([&] { return ViewerRights::note(session); });
    });
    if (!done) {
        return Response::problem(done.error());
    }
    parts_.viewers.changed();
    return Response::json(200, json::object{{"id", id}, {"for_sale", *sale}});
}

Response Store::changeRegion(const Request& request) {
    const auto region = parseRegion(request.body);
    const Id id(request.param("id"));
    const auto done = !region ? errorOf(region) : parts_.database.write([&](Session& session) {
        return productstore::setRegion(session, id, *region);
    });
    if (!done) {
        return Response::problem(done.error());
    }
    return Response::json(
        200, json::object{{"id", id}, {"region", region->empty() ? json::value(nullptr) : json::value(*region)}});
}

void Store::reconcile(const Request&, Reply reply) {
    const auto held = std::make_shared<Reply>(std::move(reply));
    orders_.reconcile([held](const Orders::Reconciled& result) {
        json::array problems(result.problems.begin(), result.problems.end());
        (*held)(Response::json(200, json::object{{"asked", result.asked},
                                                 {"changed", result.changed},
                                                 {"ok", result.problems.empty()},
                                                 {"problems", std::move(problems)}}));
    });
}

void Store::addOwnerRoutes(Router& router) {
    const auto add = [&](Method method, const char* pattern, Response (Store::*call)(const Request&)) {
        router.add({method, pattern, Access::Owner,
                    pooled(parts_.pool, [this, call](const Request& request) { return (this->*call)(request); }),
                    kBody});
    };
    add(Method::Get, "/api/v1/admin/products", &Store::listProducts);
    add(Method::Post, "/api/v1/admin/products", &Store::addProduct);
    add(Method::Get, "/api/v1/admin/products/{id}", &Store::showProduct);
    add(Method::Put, "/api/v1/admin/products/{id}", &Store::changeProduct);
    add(Method::Delete, "/api/v1/admin/products/{id}", &Store::removeProduct);
    add(Method::Get, "/api/v1/admin/vouchers", &Store::listVouchers);
    add(Method::Post, "/api/v1/admin/vouchers", &Store::addVouchers);
    add(Method::Delete, "/api/v1/admin/vouchers/{id}", &Store::cancelVouchers);
    add(Method::Get, "/api/v1/admin/libraries/{id}/sale", &Store::librarySale);
    add(Method::Put, "/api/v1/admin/libraries/{id}/sale", &Store::changeLibrarySale);
    add(Method::Put, "/api/v1/admin/store/regions/{id}", &Store::changeRegion);
}

}  // namespace marea::server
