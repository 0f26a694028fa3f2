#pragma once

#include <gtest/gtest.h>

#include "tests/unit/app/window.h"

namespace marea::app::test {

// What a server's store says.
inline QJsonObject euros(int amount, int list = 0, int off = 0) {
    return {{QLatin1String("currency"), QLatin1String("EUR")},
            {QLatin1String("amount"), amount},
            {QLatin1String("list_amount"), list == 0 ? amount : list},
            {QLatin1String("percent_off"), off},
            {QLatin1String("sale_until"), off == 0 ? QJsonValue() : QJsonValue(1900000000000.0)}};
}

inline QJsonObject album(const char* pricing = "fixed", const QJsonArray& prices = {euros(700)}) {
    return {
        {QLatin1String("id"), QLatin1String("p1")},
        {QLatin1String("kind"), QLatin1String("album")},
        {QLatin1String("title"), QLatin1String("Low Water")},
        {QLatin1String("overview"), QLatin1String("")},
        {QLatin1String("pricing"), QLatin1String(pricing)},
        {QLatin1String("prices"), prices},
        {QLatin1String("preorder"), false},
        {QLatin1String("release_at"), QJsonValue::Null},
        {QLatin1String("owned"), false},
        {QLatin1String("stars"), 4.5},
        {QLatin1String("reviews"), 2},
        {QLatin1String("media_ids"), QJsonArray{QLatin1String("m1")}},
        {QLatin1String("artwork_url"), QLatin1String("/api/v1/store/products/p1/artwork")},
        {QLatin1String("titles"), QJsonArray{QJsonObject{{QLatin1String("media_id"), QLatin1String("m1")},
                                                         {QLatin1String("kind"), QLatin1String("album")},
                                                         {QLatin1String("artist"), QLatin1String("Ana Ribera")},
                                                         {QLatin1String("genres"), QJsonArray{QLatin1String("Folk")}},
                                                         {QLatin1String("year"), 2021},
                                                         {QLatin1String("parts"), 12}}}},
        {QLatin1String("parts"), QJsonArray{QJsonObject{{QLatin1String("media_id"), QLatin1String("t1")},
                                                        {QLatin1String("kind"), QLatin1String("track")},
                                                        {QLatin1String("title"), QLatin1String("First Light")},
                                                        {QLatin1String("artist"), QLatin1String("Ana Ribera")},
                                                        {QLatin1String("track"), 1},
                                                        {QLatin1String("duration"), 185.0},
                                                        {QLatin1String("preview"), true}}}}};
}

inline QJsonObject order(const char* state, const char* provider = "wallet", const QJsonValue& checkout = {}) {
    return {{QLatin1String("id"), QLatin1String("o1")},
            {QLatin1String("state"), QLatin1String(state)},
            {QLatin1String("product_id"), QLatin1String("p1")},
            {QLatin1String("title"), QLatin1String("Low Water")},
            {QLatin1String("media_ids"), QJsonArray{QLatin1String("m1")}},
            {QLatin1String("provider"), QLatin1String(provider)},
            {QLatin1String("price"),
             QJsonObject{{QLatin1String("amount"), 700}, {QLatin1String("currency"), QLatin1String("EUR")}}},
            {QLatin1String("created_at"), 1700000000000.0},
            {QLatin1String("paid_at"), 1700000000000.0},
            {QLatin1String("receipt"), 12},
            {QLatin1String("checkout_url"), checkout}};
}

// Somebody signed in where an album is for sale.
class Store : public testing::Test {
protected:
    void SetUp() override {
        http.on("GET /api/v1/store/products", 200, listOf({album()}));
        http.on("GET /api/v1/store/products/p1", 200, album());
        http.on("GET /api/v1/store/products/p1/reviews", 200, listOf({}));
        http.on(
            "GET /api/v1/store", 200,
            {{QLatin1String("providers"), QJsonArray{QLatin1String("wallet")}}, {QLatin1String("refund_days"), 14}});
        credit(1000);
        ASSERT_TRUE(world.signIn());
        context.settings()->setLanguage(QLatin1String("en"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return store->available(); }));
    }
    void credit(int cents) {
        http.on(
            "GET /api/v1/store/wallet", 200,
            {{QLatin1String("balances"), QJsonArray{QJsonObject{{QLatin1String("amount"), cents},
                                                                {QLatin1String("currency"), QLatin1String("EUR")}}}},
             {QLatin1String("items"), QJsonArray()}});
    }
    bool opened() {
        checkout->open(QLatin1String("p1"), QLatin1String("EUR"));
        return QTest::qWaitFor([&] {
            return checkout->step() == Checkout::Step::Asking && !checkout->rule().isEmpty() &&
                   !checkout->title().isEmpty();
        });
    }
    QList<core::HttpRequest> orders() {
        QList<core::HttpRequest> made;
        for (const auto& one : http.asked)
            if (one.method == "POST" && one.url.path() == QLatin1String("/api/v1/store/orders"))
                made << one;
        return made;
    }
    static QByteArray keyOf(const core::HttpRequest& request) {
        return core::headerValue(request.headers, "Idempotency-Key");
    }
    bool reaches(Checkout::Step step) {
        return QTest::qWaitFor([&] { return checkout->step() == step; });
    }
    World world;
    FakeHttp& http = world.http;
    AppContext& context = world.context;
    StoreViewModel* store = context.store();
    Checkout* checkout = store->checkout();
};

}  // namespace marea::app::test
