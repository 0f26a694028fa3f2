// Selling in the server's store, and its pages offscreen.
#include "tests/unit/app/storefakes.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

TEST(StoreOffer, IsSentAsTheServerTakesItAndComesBackAsItWas) {
    OfferDraft draft;
    EXPECT_FALSE(offerJson(draft)) << "of nothing";
    draft.titles = {{L("m1"), L("album"), L("Low Water"), {}}};
    draft.title = L(" Low Water ");
    EXPECT_FALSE(offerJson(draft)) << "without a price";
    draft.prices = {{L("eur"), L("7.00")}, {L("JPY"), L("1200")}, {{}, {}}};
    draft.salePercent = L("25");
    draft.saleFrom = L("2026-12-20");
    EXPECT_FALSE(offerJson(draft)) << "a sale without an end";
    draft.saleUntil = L("2027-01-07");
    draft.territories = L("es, pt");
    draft.state = L("active");
    const auto json = offerJson(draft);
    ASSERT_TRUE(json) << json.error().text;
    EXPECT_EQ((*json)[L("kind")].toString().toStdString(), "album");
    EXPECT_EQ((*json)[L("title")].toString().toStdString(), "Low Water");
    EXPECT_EQ((*json)[L("prices")].toArray(),
              (QJsonArray{QJsonObject{{L("currency"), L("EUR")}, {L("amount"), 700}},
                          QJsonObject{{L("currency"), L("JPY")}, {L("amount"), 1200}}}));
    EXPECT_EQ((*json)[L("territories")].toArray(), (QJsonArray{L("ES"), L("PT")}));
    EXPECT_TRUE((*json)[L("release_at")].isNull());
    auto back = offerFrom(*json);
    back.titles[0].kind = L("album");  // which the server does not tell with it
    const auto again = offerJson(back);
    ASSERT_TRUE(again) << again.error().text;
    EXPECT_EQ(*again, *json) << "what is not touched stays";
    for (const auto& [field, text] :
         QList<std::pair<QString OfferDraft::*, QString>>{{&OfferDraft::salePercent, L("0")},
                                                          {&OfferDraft::releaseDay, L("soon")},
                                                          {&OfferDraft::territories, L("Spain")},
                                                          {&OfferDraft::title, L(" ")}}) {
        auto wrong = draft;
        wrong.*field = text;
        EXPECT_FALSE(offerJson(wrong)) << text.toStdString();
    }
}

TEST(StoreOffer, IsOfTheKindOfItsTitle) {
    const auto of = [](const char* kind) { return OfferTitle{L("m"), L(kind), {}, {}}; };
    EXPECT_EQ(offerKind({of("movie")}).toStdString(), "single");
    EXPECT_EQ(offerKind({of("season")}).toStdString(), "season");
    EXPECT_EQ(offerKind({of("album"), of("movie")}).toStdString(), "bundle");
}

TEST_F(Store, AnOwnerPublishesAndWithdraws) {
    http.on("GET /api/v1/admin/products", 200,
            listOf({{{L("id"), L("p1")},
                     {L("title"), L("Low Water")},
                     {L("state"), L("draft")},
                     {L("pricing"), L("fixed")},
                     {L("prices"), QJsonArray{QJsonObject{{L("currency"), L("EUR")}, {L("amount"), 700}}}},
                     {L("sold"), 3}}}));
    http.on("GET /api/v1/libraries", 200, listOf({{{L("id"), L("l1")}, {L("name"), L("Shop")}}}));
    http.on("GET /api/v1/admin/libraries/l1/sale", 200, {{L("id"), L("l1")}, {L("for_sale"), true}});
    http.on("PUT /api/v1/admin/products/p1", 200, {});
    auto* selling = store->selling();
    selling->reload();
    const auto forSale = [&] { return selling->libraries().value(0).toMap()[L("forSale")].toBool(); };
    ASSERT_TRUE(QTest::qWaitFor([&] { return selling->products().size() == 1 && forSale(); }));
    EXPECT_EQ(selling->products().first().toMap()[L("detail")].toString().toStdString(),
              "Draft · 7.00\u00A0€ · 3 sold");
    selling->setState(L("p1"), L("active"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return http.count("PUT", L("/api/v1/admin/products/p1")) == 1; }));
}

TEST_F(Store, VouchersAreToldOnceAndKeptInAFile) {
    http.on("POST /api/v1/admin/vouchers", 201,
            {{L("id"), L("v1")}, {L("vouchers"), QJsonArray{L("AAAA-1"), L("BBBB-2")}}});
    auto* selling = store->selling();
    selling->makeVouchers({}, L("2"), L("ten"), L("EUR"), {});
    EXPECT_FALSE(selling->problem().isEmpty());
    EXPECT_EQ(http.count("POST", L("/api/v1/admin/vouchers")), 0);
    selling->makeVouchers(L("Launch"), L("2"), L("10"), L("eur"), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return selling->codes().size() == 2; }));
    const QString path = world.folder.filePath(L("codes.csv"));
    selling->saveCodes(QUrl::fromLocalFile(path));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll().toStdString(), "code\r\nAAAA-1\r\nBBBB-2\r\n");
    context.session()->signOut();
    EXPECT_TRUE(selling->codes().isEmpty()) << "nothing of it stays for whoever signs in next";
}

TEST_F(Store, MoreProductsAreAddedOnceHoweverOftenOneAsks) {
    http.answers[L("GET /api/v1/admin/products")] = [](const core::HttpRequest& asked) {
        const bool first = !QUrlQuery(asked.url).hasQueryItem(L("cursor"));
        const QJsonObject product{{L("id"), first ? L("p1") : L("p2")}};
        return core::HttpResponse{
            200, {}, QJsonDocument(first ? listOf({product}, L("c")) : listOf({product})).toJson()};
    };
    auto* selling = store->selling();
    selling->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return selling->more(); }));
    selling->showMore();
    selling->showMore();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !selling->more(); }));
    QCoreApplication::processEvents();
    EXPECT_EQ(selling->products().size(), 2);
}

TEST_F(Store, WhatIsToldAfterOneSignedOutIsNobodysAnyMore) {
    const QJsonObject product{{L("id"), L("p1")}};
    http.on("GET /api/v1/admin/products", 200, listOf({product}));
    http.on("POST /api/v1/admin/vouchers", 201, {{L("id"), L("v1")}, {L("vouchers"), QJsonArray{L("AAAA-1")}}});
    auto* selling = store->selling();
    selling->reload();
    selling->makeVouchers({}, L("1"), L("10"), L("eur"), {});
    store->wallet()->reload();
    context.session()->signOut();
    for (int i = 0; i < 50; ++i)  // the answers are there already
        QCoreApplication::processEvents();
    EXPECT_TRUE(selling->products().isEmpty());
    EXPECT_TRUE(selling->codes().isEmpty());
    EXPECT_TRUE(store->wallet()->text().isEmpty());
}

TEST_F(Store, ReviewsThatCouldNotBeReadAreNotNone) {
    http.on("GET /api/v1/store/products/p1/reviews", 500, {});
    std::unique_ptr<ProductViewModel> page(store->product(L("p1")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page->reviewsError().isEmpty(); }, 60'000));
    EXPECT_FALSE(page->reviewsLoaded());
    http.on("GET /api/v1/store/products/p1/reviews", 200, listOf({}));
    page->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return page->reviewsLoaded(); }, 60'000));
    EXPECT_TRUE(page->reviewsError().isEmpty());
}

TEST_F(Store, CreditThatCouldNotBeReadIsNotNone) {
    auto* wallet = store->wallet();
    wallet->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return wallet->known(); }, 60'000));
    wallet->clear();
    http.on("GET /api/v1/store/wallet", 500, {});
    wallet->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !wallet->errorText().isEmpty(); }, 60'000));
    EXPECT_FALSE(wallet->known());
    credit(0);
    wallet->reload();
    EXPECT_TRUE(QTest::qWaitFor([&] { return wallet->known(); }, 60'000));
}

class StorePages : public Pages {
protected:
    void SetUp() override {
        Pages::SetUp();
        auto& http = world_.http;
        const auto bare = [](QJsonObject product) {
            product[L("artwork_url")] = QJsonValue::Null;  // there are no pictures here
            return product;
        };
        http.on("GET /api/v1/store", 200,
                {{L("providers"), QJsonArray{L("wallet"), L("stripe")}}, {L("refund_days"), 14}});
        http.on("GET /api/v1/store/products", 200, listOf({bare(album("fixed", {euros(350, 700, 50)}))}));
        http.on("GET /api/v1/store/products/p1", 200, bare(album("choose", {euros(200)})));
        http.on("GET /api/v1/store/products/p1/reviews", 200,
                listOf({{{L("username"), L("bea")}, {L("stars"), 5}, {L("text"), L("Salt.")}, {L("own"), false}}}));
        http.on("GET /api/v1/store/orders", 200, listOf({order("fulfilled"), order("pending", "stripe")}));
        ASSERT_TRUE(world_.signIn());
        ASSERT_TRUE(QTest::qWaitFor([&] { return world_.context.store()->available(); }));
    }
};

TEST_F(StorePages, LoadWithoutAWarningAtEveryWidth) {
    auto* navigator = world_.context.navigator();
    for (const int width : {1280, 800, 420}) {
        window_->resize(width, 720);
        for (const auto* page : {"home", "store", "purchases", "selling", "offer", "product"}) {
            const bool one = L(page) == L("product");
            navigator->go(L(page), one ? QVariantMap{{L("productId"), L("p1")}} : QVariantMap());
            settle();
            settle();
        }
        world_.context.store()->checkout()->open(L("p1"), L("EUR"));
        settle();
    }
    world_.context.store()->setWords(L("low"));
    navigator->go(L("store"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return world_.context.store()->found()->loaded(); }));
    settle();
    EXPECT_FALSE(window_->grabWindow().isNull());
}

TEST_F(StorePages, AnOfferThatCouldNotBeReadIsNoEmptyForm) {
    auto* all = window_->contentItem();
    world_.http.on("GET /api/v1/admin/products/p1", 500, {});
    world_.context.navigator()->go(L("offer"), {{L("productId"), L("p1")}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Try again")) != nullptr; }, 60'000));
    EXPECT_EQ(saying(all, L("Publish")), nullptr);
    world_.http.on("GET /api/v1/admin/products/p1", 200,
                   {{L("id"), L("p1")}, {L("title"), L("Low Water")}, {L("state"), L("draft")}});
    QMetaObject::invokeMethod(saying(all, L("Try again")), "clicked");
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(all, L("Publish")) != nullptr; }, 60'000));
    EXPECT_EQ(saying(all, L("Try again")), nullptr);
}

}  // namespace
}  // namespace marea::app::test
