// The server's store, as its pages show it and as one buys in it.
#include <QLocale>

#include "app/store/storetexts.h"
#include "tests/unit/app/storefakes.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;
using Step = Checkout::Step;

StoreProduct product(const char* pricing, const QJsonArray& prices) {
    return parseStoreProduct(album(pricing, prices));
}

TEST(StoreTexts, AmountsAreReadAndWrittenAsPeopleDo) {
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    EXPECT_EQ(storetexts::money({999, L("EUR")}).toStdString(), "9.99\u00A0€");
    EXPECT_EQ(storetexts::money({1500, L("JPY")}).toStdString(), "1500\u00A0¥");
    EXPECT_EQ(storetexts::money({5, L("CHF")}).toStdString(), "0.05\u00A0CHF");
    QLocale::setDefault(QLocale(QLocale::Spanish, QLocale::Spain));
    EXPECT_EQ(storetexts::money({999, L("EUR")}).toStdString(), "9,99\u00A0€");
    QLocale::setDefault(before);
    const auto minor = [](const char* text, const char* code) { return storetexts::minorOf(L(text), L(code)); };
    EXPECT_EQ(minor("9,99", "EUR"), 999);
    EXPECT_EQ(minor(" 9.9 ", "EUR"), 990);
    EXPECT_EQ(minor("9", "EUR"), 900);
    EXPECT_EQ(minor("150", "JPY"), 150);
    EXPECT_EQ(minor("1.234", "KWD"), 1234);
    for (const auto* wrong : {"", "-1", "9.999", "1e3", "nine", "9,9,9", "99999999999999999999"})
        EXPECT_FALSE(minor(wrong, "EUR")) << wrong;
    EXPECT_FALSE(minor("1.5", "JPY")) << "there is no such coin";
}

TEST(StoreBill, IsWhatWillBeCharged) {
    EXPECT_EQ(billOf(product("fixed", {euros(700)}), L("EUR"), L("1")).total, (StoreMoney{700, L("EUR")}));
    EXPECT_EQ(billOf(product("fixed", {euros(700)}), L("USD"), {}).total.currency.toStdString(), "EUR")
        << "it is sold for nothing else";
    EXPECT_FALSE(billOf(product("fixed", {}), L("EUR"), {}).fits);
    EXPECT_TRUE(billOf(product("free", {}), L("EUR"), {}).fits);
    const auto chosen = product("choose", {euros(200)});
    EXPECT_EQ(billOf(chosen, L("EUR"), L("3.50")).total.amount, 350);
    EXPECT_FALSE(billOf(chosen, L("EUR"), L("1.99")).fits);
    EXPECT_FALSE(billOf(chosen, L("EUR"), L("1.99")).problem.isEmpty());
    EXPECT_FALSE(billOf(chosen, L("EUR"), L("much")).fits);
}

TEST_F(Store, ShelvesSayWhatThingsAreAndCost) {
    http.on("GET /api/v1/store/products", 200, listOf({album("fixed", {euros(350, 700, 50)})}));
    store->reload();
    auto* newest = store->newest();
    const auto says = [&](int role) { return newest->data(newest->index(0), role).toString().toStdString(); };
    ASSERT_TRUE(QTest::qWaitFor([&] { return says(ProductsModel::OldPriceRole) != ""; }));
    EXPECT_EQ(says(ProductsModel::DetailRole), "Ana Ribera · Album · 12 tracks · 2021");
    EXPECT_EQ(says(ProductsModel::PriceRole), "3.50\u00A0€");
    EXPECT_EQ(says(ProductsModel::OldPriceRole), "7.00\u00A0€");
}

TEST_F(Store, AListEndsWhereNothingMoreIsThere) {
    http.answers[L("GET /api/v1/store/products")] = [](const core::HttpRequest& asked) {
        const bool first = !QUrlQuery(asked.url).hasQueryItem(L("cursor"));
        return core::HttpResponse{200, {}, QJsonDocument(first ? listOf({album()}, L("more")) : listOf({})).toJson()};
    };
    auto* newest = store->newest();
    newest->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return newest->canFetchMore({}); }));
    newest->fetchMore({});  // what came after it was withdrawn meanwhile
    ASSERT_TRUE(QTest::qWaitFor([&] { return !newest->loading(); }));
    EXPECT_EQ(newest->count(), 1);
    EXPECT_FALSE(newest->canFetchMore({}));
}

TEST_F(Store, IsThereForOwnersAndWhereSomethingIsSold) {
    http.on("GET /api/v1/store/products", 200, listOf({}));
    store->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return store->empty(); }));
    EXPECT_TRUE(store->available()) << "the owner may sell something";
    store->enter(false, false);
    EXPECT_FALSE(store->available());
    store->enter(true, true);
    EXPECT_FALSE(store->available()) << "this computer's own library sells nothing";
    context.session()->signOut();
    EXPECT_FALSE(store->available());
}

TEST_F(Store, WordsAndFiltersAreAskedOfTheServer) {
    EXPECT_FALSE(store->searching());
    store->setKind(L("album"));
    store->setGenre(L("Folk"));
    store->setPriceTo(500);
    store->setWords(L(" low "));
    const auto asked = [&] {
        for (auto it = http.asked.crbegin(); it != http.asked.crend(); ++it)
            if (it->url.path() == L("/api/v1/store/products") && QUrlQuery(it->url).hasQueryItem(L("q")))
                return QUrlQuery(it->url);
        return QUrlQuery();
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return !asked().isEmpty(); }));
    for (const auto& [key, value] : QList<std::pair<QString, QString>>{{L("q"), L("low")},
                                                                       {L("kind"), L("album")},
                                                                       {L("genre"), L("Folk")},
                                                                       {L("price_to"), L("500")},
                                                                       {L("currency"), L("EUR")}})
        EXPECT_EQ(asked().queryItemValue(key), value) << key.toStdString();
    EXPECT_TRUE(store->searching());
    store->clearFilters();
    EXPECT_FALSE(store->searching());
}

TEST_F(Store, PricesAreAskedForInACurrencyAlone) {
    EXPECT_GT(store->prices().size(), 2);
    http.on("GET /api/v1/store/products", 200, listOf({album("free", {})}));
    credit(0);
    store->wallet()->reload();
    store->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return store->currency().isEmpty(); }));
    EXPECT_EQ(store->prices().size(), 1) << "all of it is free";
}

TEST_F(Store, BuyingWithCreditPutsItIntoTheLibraryAtOnce) {
    ASSERT_TRUE(opened());
    EXPECT_EQ(checkout->totalText().toStdString(), "7.00\u00A0€");
    ASSERT_TRUE(checkout->ready());
    http.on("POST /api/v1/store/orders", 201, order("fulfilled"));
    const int lists = http.count("GET", L("/api/v1/media"));
    checkout->confirm();
    ASSERT_TRUE(reaches(Step::Done));
    EXPECT_TRUE(checkout->playable());
    EXPECT_EQ(QJsonDocument::fromJson(orders().first().body).object(),
              (QJsonObject{{L("product_id"), L("p1")}, {L("provider"), L("wallet")}, {L("currency"), L("EUR")}}));
    EXPECT_TRUE(QTest::qWaitFor([&] { return http.count("GET", L("/api/v1/media")) > lists; }))
        << "lists are read anew";
}

TEST_F(Store, OneWishKeepsItsKeyOverItsTriesAndAnotherGetsAnother) {
    ASSERT_TRUE(opened());
    http.answers[L("POST /api/v1/store/orders")] = [](const core::HttpRequest&) {
        return core::HttpResponse{503, {}, "{}"};
    };
    checkout->confirm();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !checkout->problem().isEmpty(); }));
    ASSERT_TRUE(checkout->ready()) << "one may try again";
    checkout->confirm();
    ASSERT_TRUE(QTest::qWaitFor([&] { return orders().size() == 2 && checkout->step() == Step::Asking; }));
    EXPECT_FALSE(keyOf(orders()[0]).isEmpty());
    EXPECT_EQ(keyOf(orders()[0]), keyOf(orders()[1]));
    checkout->setGift(true, L("Ana"));
    checkout->confirm();
    ASSERT_TRUE(QTest::qWaitFor([&] { return orders().size() == 3 && checkout->step() == Step::Asking; }));
    EXPECT_NE(keyOf(orders()[2]), keyOf(orders()[0]));
    http.on("POST /api/v1/store/orders", 201, order("fulfilled"));
    checkout->confirm();
    ASSERT_TRUE(reaches(Step::Done));
    EXPECT_EQ(keyOf(orders()[3]), keyOf(orders()[2]));
    EXPECT_EQ(checkout->doneText().toStdString(), "Ana has it now.");
    EXPECT_FALSE(checkout->playable());
    ASSERT_TRUE(opened());
    checkout->setGift(true, L("Ana"));
    checkout->confirm();
    ASSERT_TRUE(reaches(Step::Done));
    EXPECT_NE(keyOf(orders()[4]), keyOf(orders()[3])) << "the same once more is another order";
}

TEST_F(Store, TooLittleCreditIsSaidAndAVoucherHelps) {
    credit(100);
    ASSERT_TRUE(opened());
    ASSERT_TRUE(QTest::qWaitFor([&] { return checkout->lacksCredit(); }));
    EXPECT_FALSE(checkout->ready());
    http.on("POST /api/v1/store/vouchers/redeem", 404, {{L("detail"), L("There is no such voucher.")}});
    store->wallet()->redeem(L("nope"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !store->wallet()->errorText().isEmpty(); }));
    credit(1100);
    http.on("POST /api/v1/store/vouchers/redeem", 200,
            {{L("credited"), QJsonObject{{L("amount"), 1000}, {L("currency"), L("EUR")}}}, {L("before"), false}});
    store->wallet()->redeem(L(" ABCD-EFGH "));
    ASSERT_TRUE(QTest::qWaitFor([&] { return checkout->ready(); }));
    EXPECT_EQ(store->wallet()->text().toStdString(), "11.00\u00A0€");
    EXPECT_TRUE(store->wallet()->errorText().isEmpty());
}

TEST_F(Store, APaymentElsewhereIsWaitedForByItsEvent) {
    QList<QUrl> pages;
    checkout->setBrowser([&](const QUrl& page) {
        pages << page;
        return true;
    });
    http.on("GET /api/v1/store", 200, {{L("providers"), QJsonArray{L("wallet"), L("stripe")}}, {L("refund_days"), 14}});
    credit(0);
    ASSERT_TRUE(opened());
    ASSERT_TRUE(QTest::qWaitFor([&] { return checkout->provider() == L("stripe"); })) << "there is no credit";
    http.on("POST /api/v1/store/orders", 201, order("pending", "stripe", L("https://pay.example/c/1")));
    http.on("GET /api/v1/store/orders/o1", 200, order("pending", "stripe", L("https://pay.example/c/1")));
    checkout->confirm();
    ASSERT_TRUE(reaches(Step::Pending));
    ASSERT_EQ(pages.size(), 1);
    EXPECT_EQ(pages.first().toString().toStdString(), "https://pay.example/c/1");
    http.on("GET /api/v1/store/orders/o1", 200, order("fulfilled", "stripe"));
    world.channel.tell(R"({"type": "library", "event": {"type": "PURCHASED", "media_id": "m1", "device_id": null}})");
    ASSERT_TRUE(reaches(Step::Done));
}

TEST_F(Store, APaymentThatFailedTakesNothingAndOneMayTryAgain) {
    checkout->setBrowser([](const QUrl&) { return true; });
    ASSERT_TRUE(opened());
    http.on("POST /api/v1/store/orders", 201, order("pending", "stripe", L("https://pay.example/c/1")));
    checkout->confirm();
    ASSERT_TRUE(reaches(Step::Pending));
    http.on("GET /api/v1/store/orders/o1", 200, order("expired", "stripe"));
    Q_EMIT world.channel.connected();
    ASSERT_TRUE(reaches(Step::Asking));
    EXPECT_FALSE(checkout->problem().isEmpty());
    checkout->confirm();
    ASSERT_TRUE(QTest::qWaitFor([&] { return orders().size() == 2; }));
    EXPECT_NE(keyOf(orders()[0]), keyOf(orders()[1]));
}

TEST_F(Store, OnlyAPageThatNobodyReadsOnItsWayIsOpened) {
    bool opened_ = false;
    checkout->setBrowser([&](const QUrl&) { return opened_ = true; });
    ASSERT_TRUE(opened());
    http.on("POST /api/v1/store/orders", 201, order("pending", "stripe", L("file:///etc/passwd")));
    checkout->confirm();
    ASSERT_TRUE(reaches(Step::Pending));
    EXPECT_FALSE(opened_);
    EXPECT_FALSE(checkout->problem().isEmpty());
}

TEST_F(Store, AProductSaysWhatIsInItAndWhatBuyersSay) {
    http.on("GET /api/v1/store/products/p1/reviews", 200,
            listOf({{{L("username"), L("bea")}, {L("stars"), 5}, {L("text"), L("Salt and light.")}, {L("own"), false}},
                    {{L("username"), L("marina")}, {L("stars"), 4}, {L("text"), L("Good.")}, {L("own"), true}}}));
    http.on("PUT /api/v1/store/products/p1/review", 204, {});
    std::unique_ptr<ProductViewModel> page(store->product(L("p1")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page->title().isEmpty() && page->reviews().size() == 2; }));
    EXPECT_EQ(page->actionText().toStdString(), "Buy for 7.00\u00A0€");
    EXPECT_EQ(page->starsText().toStdString(), "4.5 of 5 · 2 reviews");
    const auto part = page->parts().value(0).toMap();
    EXPECT_EQ(part[L("time")].toString().toStdString(), "3:05");
    EXPECT_TRUE(part[L("preview")].toBool());
    EXPECT_TRUE(part[L("detail")].toString().isEmpty()) << "the artist is the album's";
    EXPECT_EQ(page->ownStars(), 4);
    page->review(3, L(" Fine. "));
    ASSERT_TRUE(QTest::qWaitFor([&] { return http.count("PUT", L("/api/v1/store/products/p1/review")) == 1; }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return http.count("GET", L("/api/v1/store/products/p1/reviews")) >= 2; }));
}

TEST_F(Store, ASampleRestsWhatPlaysAndLetsItGoOn) {
    auto* samples = store->samples();
    player::FakeEngine* sound = nullptr;
    samples->setEngine([&] {
        auto made = std::make_unique<player::FakeEngine>();
        sound = made.get();
        return made;
    });
    http.on("GET /api/v1/store/products/p1/preview", 200, {});
    auto* player = context.player();
    player::PlayEntry song;
    song.file = QUrl::fromLocalFile(L("/music/song.mp3"));
    player->play({song}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    samples->toggle(L("p1"), L("t1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return sound && sound->loads.size() == 1; }));
    EXPECT_TRUE(sound->loads.first().url.isLocalFile());
    EXPECT_FALSE(player->playing());
    EXPECT_EQ(samples->mediaId().toStdString(), "t1");
    samples->toggle(L("p1"), L("t2"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return sound->loads.size() == 2; }));
    EXPECT_FALSE(player->playing()) << "from one sample to the next";
    samples->toggle(L("p1"), L("t2"));
    EXPECT_TRUE(samples->mediaId().isEmpty());
    EXPECT_TRUE(player->playing());
}

TEST_F(Store, OrdersShowTheirStateAndWhatCanBeDoneWithThem) {
    auto expired = order("expired");
    expired[L("receipt")] = QJsonValue::Null;
    auto bought = order("fulfilled");
    bought[L("artwork_url")] = L("/api/v1/store/products/p1/artwork?v=1");
    http.on("GET /api/v1/store/orders", 200, listOf({bought, expired, order("pending", "stripe")}));
    auto* list = store->orders();
    list->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->count() == 3; }));
    const auto at = [&](int row, int role) { return list->data(list->index(row), role); };
    EXPECT_EQ(at(0, OrdersModel::StateRole).toString().toStdString(), "Bought");
    EXPECT_EQ(at(0, OrdersModel::ArtworkRole).toString().toStdString(), "/api/v1/store/products/p1/artwork?v=1");
    EXPECT_TRUE(at(1, OrdersModel::ArtworkRole).toString().isEmpty());
    EXPECT_TRUE(at(0, OrdersModel::RefundableRole).toBool() && at(0, OrdersModel::HereRole).toBool());
    EXPECT_FALSE(at(1, OrdersModel::RefundableRole).toBool() || at(1, OrdersModel::HasReceiptRole).toBool());
    EXPECT_TRUE(at(2, OrdersModel::WaitsRole).toBool());

    http.on("POST /api/v1/store/orders/o1/refund", 422,
            {{L("detail"), L("This was used already: ask the owner of the server.")}});
    list->refund(L("o1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.notices()->warning(); }));
    EXPECT_EQ(context.notices()->text().toStdString(), "This was used already: ask the owner of the server.");
    http.on("POST /api/v1/store/orders/o1/refund", 200, order("refunded"));
    const int lists = http.count("GET", L("/api/v1/media"));
    list->refund(L("o1"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return http.count("GET", L("/api/v1/media")) > lists; }))
        << "it is in no list any more";
}

TEST_F(Store, OrdersSayWhatBecameOfTheMoneyAndOfWhatWasBought) {
    auto disputed = order("fulfilled", "stripe"), lost = order("refunded", "stripe"),
         part = order("fulfilled", "stripe");
    disputed[L("disputed")] = true;
    lost[L("history")] = QJsonArray{QJsonObject{{L("at"), 1.0}, {L("event"), L("disputed")}},
                                    QJsonObject{{L("at"), 2.0}, {L("event"), L("dispute_lost")}}};
    part[L("refunded")] = 300;
    http.on("GET /api/v1/store/orders", 200,
            listOf({disputed, lost, order("refunded"), part, order("fulfilled"), order("paid")}));
    auto* list = store->orders();
    list->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->count() == 6; }));
    const auto text = [&](int row, int role) { return list->data(list->index(row), role).toString().toStdString(); };
    const auto is = [&](int row, int role) { return list->data(list->index(row), role).toBool(); };
    EXPECT_EQ(text(0, OrdersModel::StateRole), "Payment disputed");
    EXPECT_EQ(text(0, OrdersModel::FateRole),
              "Its payment is disputed with the bank. It is not in your library until that is decided.");
    EXPECT_FALSE(is(0, OrdersModel::HereRole)) << "nobody has it meanwhile";
    EXPECT_FALSE(is(0, OrdersModel::RefundableRole)) << "the money is with the bank";
    EXPECT_TRUE(is(0, OrdersModel::TroubledRole));
    EXPECT_EQ(text(1, OrdersModel::StateRole), "Payment taken back by the bank");
    EXPECT_EQ(text(1, OrdersModel::FateRole), "The bank took its payment back. It is no longer in your library.");
    EXPECT_EQ(text(2, OrdersModel::StateRole), "Refunded");
    EXPECT_EQ(text(2, OrdersModel::FateRole), "It was refunded, and is no longer in your library.");
    EXPECT_EQ(text(3, OrdersModel::StateRole), "Bought");
    EXPECT_EQ(text(3, OrdersModel::FateRole), "3.00\u00A0€ of it was given back.");
    EXPECT_TRUE(is(3, OrdersModel::HereRole)) << "it is still theirs";
    EXPECT_EQ(text(4, OrdersModel::FateRole), "");
    EXPECT_FALSE(is(5, OrdersModel::TroubledRole));
    context.settings()->setLanguage(L("es"));
    EXPECT_EQ(text(0, OrdersModel::StateRole), "Pago en disputa");
    EXPECT_EQ(text(2, OrdersModel::FateRole), "Se reembolsó y ya no está en tu biblioteca.");
}

TEST_F(Store, AProductThatOneHadSaysWhyOneHasItNoLonger) {
    auto held = album();
    held[L("owned")] = true;
    held[L("withheld")] = L("disputed");
    http.on("GET /api/v1/store/products/p1", 200, held);
    std::unique_ptr<ProductViewModel> page(store->product(L("p1")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page->title().isEmpty(); }));
    EXPECT_TRUE(page->owned());
    EXPECT_FALSE(page->here()) << "it would not play";
    EXPECT_EQ(page->keepable(), QString());
    EXPECT_TRUE(page->withheldText().contains(L("disputed"))) << page->withheldText().toStdString();
    held[L("owned")] = false;
    held[L("withheld")] = L("refunded");
    http.on("GET /api/v1/store/products/p1", 200, held);
    page->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page->owned(); }));
    EXPECT_FALSE(page->withheldText().isEmpty());
    held[L("owned")] = true;
    held[L("withheld")] = QJsonValue::Null;
    http.on("GET /api/v1/store/products/p1", 200, held);
    page->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return page->here(); }));
    EXPECT_TRUE(page->withheldText().isEmpty());
    EXPECT_EQ(page->keepable(), page->mediaId());
    EXPECT_FALSE(page->keepable().isEmpty());
}

TEST_F(Store, ATrailerPlaysBeforeAnythingIsBought) {
    auto film = album();
    film[L("trailer")] = true;
    http.on("GET /api/v1/store/products/p1", 200, film);
    std::unique_ptr<ProductViewModel> page(store->product(L("p1")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return page->hasTrailer(); }));
    http.on("GET /api/v1/store/products/p1/trailer", 200,
            {{L("url"), L("/stream/T/f1/trailer")}, {L("title"), L("First look")}, {L("duration"), 60.0}});
    context.playProductTrailer(L("p1"), page->title());
    auto* player = context.player();
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->loaded() && player->playing(); }));
    EXPECT_EQ(player->title().toStdString(), "Trailer: Low Water");
    EXPECT_EQ(http.count("POST", L("/api/v1/media/f1/playback")), 0) << "it is no title: nothing is noted of it";
    http.on("GET /api/v1/media/m1/trailer", 404, {{L("detail"), L("It has no trailer.")}});
    context.playTrailer(L("m1"), L("Tide"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.notices()->warning(); }));
}

TEST_F(Store, WhatLeavesTheLibraryOnAnotherDeviceIsSaid) {
    http.on("GET /api/v1/store/orders", 200, listOf({order("refunded")}));
    world.channel.tell(
        R"({"type": "library", "event": {"type": "PURCHASE_REVOKED", "media_id": "m1", "device_id": "other"}})");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !context.notices()->text().isEmpty(); }));
    EXPECT_EQ(context.notices()->text().toStdString(), "Low Water: It was refunded, and is no longer in your library.");
}

TEST_F(Store, AReceiptIsAFileThatABrowserShows) {
    http.on("GET /api/v1/store/orders", 200, listOf({order("fulfilled")}));
    http.answers[L("GET /api/v1/store/orders/o1/receipt")] = [](const core::HttpRequest& asked) {
        return core::HttpResponse{200, {}, "<h1>Receipt 12</h1>" + core::headerValue(asked.headers, "Accept-Language")};
    };
    QUrl shown;
    auto* list = store->orders();
    list->setFolder(world.folder.filePath(L("receipts")));
    list->setOpener([&](const QUrl& page) {
        shown = page;
        return true;
    });
    list->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->count() == 1; }));
    list->openReceipt(L("o1"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return shown.isLocalFile(); }));
    QFile file(shown.toLocalFile());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll().left(19).toStdString(), "<h1>Receipt 12</h1>");
    EXPECT_FALSE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther))
        << "it is nobody else's business";
}

}  // namespace
}  // namespace marea::app::test
