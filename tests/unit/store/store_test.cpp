#include <gtest/gtest.h>

#include <thread>

#include "server/apps/library/replay.h"
#include "server/apps/licence/sealkeystore.h"
#include "server/apps/licence/titlekeystore.h"
#include "server/apps/store/entitlementstore.h"
#include "server/apps/store/productjson.h"
#include "server/apps/store/salesreport.h"
#include "tests/unit/store/histories.h"

namespace marea::server::store {
namespace {

using core::ErrorCode;

class StoreTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-store-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        parts = std::make_unique<test::StoreParts>(folder);
        ASSERT_TRUE(parts->database);
    }
    void TearDown() override {
        if (parts) {
            EXPECT_EQ(parts->problems(), "");
        }
        parts.reset();
        std::filesystem::remove_all(folder);
    }
    static OrderWish wish(const Id& product, const std::string& provider = "wallet") {
        return {product, "EUR", provider, "", {}};
    }
    std::string folder;
    std::unique_ptr<test::StoreParts> parts;
};

TEST_F(StoreTest, CreditBuysOnceAndWhatWasBoughtIsSeenByWhoBoughtItAlone) {
    parts->fill();
    parts->product("single", 300, {"song1"});
    EXPECT_EQ(parts->place("ana", wish("single"), "k1").error().code, ErrorCode::Unprocessable);  // nothing to pay with
    ASSERT_TRUE(parts->credit("ana", 1000));
    const auto placed = parts->place("ana", wish("single"), "k1");
    ASSERT_TRUE(placed) << placed.error().text;
    EXPECT_EQ(placed->order.state(), OrderState::Fulfilled);
    EXPECT_EQ(placed->order.receipt, 1);
    const auto again = parts->place("ana", wish("single"), "k1");
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->isNew);
    EXPECT_EQ(again->order.id, placed->order.id);
    EXPECT_EQ(parts->place("ana", wish("other"), "k1").error().code, ErrorCode::Conflict);
    EXPECT_EQ(parts->place("ana", wish("single"), "k2").error().code, ErrorCode::Conflict);  // had already
    EXPECT_EQ(parts->balance("ana"), 700);
    EXPECT_EQ(parts->sees("ana"), (std::set<std::string>{"song1", "album"}));  // the album that it is on, too
    EXPECT_EQ(parts->sees("ben"), std::set<std::string>());
}

TEST_F(StoreTest, AnAlbumIsEverythingOnItAlsoWhatComesLater) {
    parts->fill();
    parts->product("album1", 0, {"album"});
    ASSERT_TRUE(parts->place("ben", wish("album1"), "k"));
    EXPECT_EQ(parts->sees("ben").size(), 4u);
    (void)parts->run(
        "INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, "
        "album_id) VALUES ('song4', 'lib', 'track', 's4', 'Song', 'Song', 'song', 0, 'album')");
    (void)parts->database->write(
        [&](core::db::Session& session) { return entitlementstore::refreshAll(session, parts->clock->now()); });
    EXPECT_TRUE(parts->sees("ben").contains("song4"));
}

TEST_F(StoreTest, RefundsGoBackToTheWalletOnceWhileNothingWasUsed) {
    parts->fill();
    parts->product("single", 300, {"song1"});
    ASSERT_TRUE(parts->credit("ana", 300));
    const Id order = parts->place("ana", wish("single"), "k1")->order.id;
    EXPECT_EQ(parts->refund(order, "ben").error().code, ErrorCode::NotFound);
    (void)parts->run(
        "INSERT INTO downloads(id, user_id, media_id, file_id, name, mime_type, quality, format, key, "
        "created_at, updated_at) VALUES ('d', 'ana', 'song1', 'f', 'n', 'm', 'q', 'f', '', 1, 1)");
    EXPECT_EQ(parts->refund(order, "ana").error().code, ErrorCode::Unprocessable);
    EXPECT_EQ(parts->sees("ana").size(), 2u);
    ASSERT_TRUE(parts->refund(order, "boss", true));
    EXPECT_EQ(parts->balance("ana"), 300);
    EXPECT_EQ(parts->sees("ana"), std::set<std::string>());
    EXPECT_EQ(parts->refund(order, "boss", true).error().code, ErrorCode::Conflict);
    EXPECT_TRUE(parts->place("ana", wish("single"), "k2"));  // may be bought again
}

TEST_F(StoreTest, WhatIsOrderedAheadIsSeenFromItsDayOn) {
    parts->fill();
    Product made = parts->product("single", 100, {"song1"});
    made.offer.releaseAt = parts->clock->time + 1000;
    parts->save(made);
    ASSERT_TRUE(parts->credit("ana", 100));
    const auto placed = parts->place("ana", wish("single"), "k");
    ASSERT_TRUE(placed);
    EXPECT_EQ(placed->order.state(), OrderState::Paid);
    parts->orders->maintain();
    EXPECT_TRUE(parts->sees("ana").empty());
    parts->clock->time += 1000;
    parts->orders->maintain();
    EXPECT_TRUE(parts->sees("ana").contains("song1"));
}

TEST_F(StoreTest, WhatIsPaidElsewhereIsHadWhenItIsPaidHoweverOftenThatIsTold) {
    parts->fill();
    parts->product("single", 100, {"song1"});
    parts->elsewhere->down = true;
    EXPECT_EQ(parts->place("ana", wish("single", "elsewhere"), "k").error().code, ErrorCode::Unavailable);
    parts->elsewhere->down = false;
    const auto placed = parts->place("ana", wish("single", "elsewhere"), "k");  // the same request once more
    ASSERT_TRUE(placed) << placed.error().text;
    const Id order = placed->order.id;
    EXPECT_EQ(placed->order.state(), OrderState::Pending);
    EXPECT_EQ(placed->checkout, "https://pay.example/" + order);
    EXPECT_EQ(parts->place("ana", wish("single", "elsewhere"), "k")->checkout, placed->checkout);
    EXPECT_TRUE(parts->sees("ana").empty());
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(parts->tell("e1 " + order + " expired"));
        ASSERT_TRUE(parts->tell("e2 " + order + " paid"));
    }
    EXPECT_TRUE(parts->sees("ana").contains("song1"));
    EXPECT_TRUE(parts->tell("e3 nobodys-order paid"));
    // In the database there is nothing to read of how it was paid.
    const auto stored = parts->database->readValue<std::optional<SealedPlace>>(
        [&](core::db::Session& session) { return orderstore::place(session, order); });
    ASSERT_TRUE(stored && *stored);
    EXPECT_EQ((*stored)->reference.find("ref"), std::string::npos);
    EXPECT_EQ((*stored)->checkout.find("pay"), std::string::npos);
}

// Payments elsewhere, keys of titles and keys of sealed files lie under one master key.
TEST_F(StoreTest, ALostMasterKeyIsNotReplacedByTheNextPayment) {
    parts->fill();
    parts->product("single", 100, {"song1"});
    const std::string file = parts->master.path();
    ASSERT_TRUE(SealKeyStore(*parts->database, parts->master, parts->clock).keyOf("film"));
    parts = nullptr;
    std::filesystem::remove(file);
    parts = std::make_unique<test::StoreParts>(folder);
    EXPECT_EQ(parts->place("ana", wish("single", "elsewhere"), "k").error().code, ErrorCode::Unavailable);
    EXPECT_FALSE(std::filesystem::exists(file)) << "it would be in the way of the one that opens the files";
}

TEST_F(StoreTest, ALostMasterKeyOfPaymentsIsNotReplacedByTheNextTitle) {
    parts->fill();
    parts->product("single", 100, {"song1"});
    ASSERT_TRUE(parts->place("ana", wish("single", "elsewhere"), "k"));
    std::filesystem::remove(parts->master.path());
    MasterKeyFile lost(folder);
    TitleKeyStore titles(*parts->database, lost, parts->clock);
    SealKeyStore seals(*parts->database, lost, parts->clock);
    EXPECT_EQ(titles.key("film", ProtectionScheme::Cenc).error().code, ErrorCode::Unavailable);
    EXPECT_EQ(seals.keyOf("film").error().code, ErrorCode::Unavailable);
    EXPECT_FALSE(std::filesystem::exists(lost.path()));
}

TEST_F(StoreTest, LostNewsAreAskedFor) {
    parts->fill();
    parts->product("single", 100, {"song1"});
    const Id order = parts->place("ana", wish("single", "elsewhere"), "k")->order.id;
    parts->elsewhere->write(order, "paid");
    parts->clock->time += 61'000;
    parts->orders->maintain();
    for (int i = 0; i < 1000 && parts->sees("ana").empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_TRUE(parts->sees("ana").contains("song1"));
}

TEST_F(StoreTest, ARefundElsewhereTakesBackAtOnceAndIsTriedUntilItIsDone) {
    parts->fill();
    parts->product("single", 100, {"song1"});
    const Id order = parts->place("ana", wish("single", "elsewhere"), "k")->order.id;
    ASSERT_TRUE(parts->tell("e1 " + order + " paid"));
    parts->elsewhere->down = true;
    const auto wanted = parts->refund(order, "ana");
    ASSERT_TRUE(wanted);
    EXPECT_TRUE(wanted->refundWantedAt);
    EXPECT_EQ(wanted->state(), OrderState::Fulfilled);
    EXPECT_TRUE(parts->sees("ana").empty());
    parts->elsewhere->down = false;
    parts->clock->time += 61'000;
    parts->orders->maintain();
    const auto state = [&] {
        return parts->database
            ->readValue<std::optional<Order>>(
                [&](core::db::Session& session) { return orderstore::find(session, order); })
            ->value()
            .state();
    };
    for (int i = 0; i < 1000 && state() != OrderState::Refunded; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_EQ(state(), OrderState::Refunded);
    // What the provider refuses is as it was.
    const Id second = parts->place("ana", wish("single", "elsewhere"), "k2")->order.id;
    ASSERT_TRUE(parts->tell("e2 " + second + " paid"));
    parts->elsewhere->refuses = true;
    EXPECT_EQ(parts->refund(second, "ana").error().code, ErrorCode::Unprocessable);
    EXPECT_TRUE(parts->sees("ana").contains("song1"));
}

class MoneyBackTest : public StoreTest {
protected:
    void SetUp() override {
        StoreTest::SetUp();
        parts->fill();
        parts->product("single", 250, {"song1"});
    }
    Id bought(const std::string& key = "k") { return parts->place("ana", wish("single", "elsewhere"), key)->order.id; }
    void tell(const std::string& about) {
        const std::string event = "e" + std::to_string(++events) + " " + about;
        EXPECT_TRUE(parts->tell(event));
        EXPECT_TRUE(parts->tell(event));  // everything comes twice
    }
    Order now(const Id& order) {
        return parts->database
            ->readValue<std::optional<Order>>(
                [&](core::db::Session& session) { return orderstore::find(session, order); })
            ->value();
    }
    std::int64_t account(const char* name) {
        return *parts->database->readValue<std::int64_t>(
            [&](core::db::Session& session) { return ledgerstore::balance(session, name, "EUR"); });
    }
    std::vector<std::string> history(const Id& order) {
        std::vector<std::string> words;
        const auto all = parts->database->readValue<std::vector<OrderEvent>>(
            [&](core::db::Session& session) { return orderstore::events(session, order); });
        for (const OrderEvent& event : *all) {
            words.push_back(event.fact);
        }
        return words;
    }
    bool sees() { return parts->sees("ana").contains("song1"); }
    int events = 0;
};

TEST_F(MoneyBackTest, APartTakesMoneyFromTheBooksAndNothingFromTheBuyer) {
    const Id order = bought();
    tell(order + " part 100");  // before the payment itself is heard of
    EXPECT_EQ(account("sales"), 0);
    tell(order + " paid");
    EXPECT_EQ(account("sales"), 150);
    tell(order + " part 60");  // late: less than is known
    tell(order + " part 180");
    EXPECT_EQ(account("sales"), 70);
    EXPECT_EQ(account("elsewhere"), -70);
    EXPECT_TRUE(sees());
    EXPECT_EQ(now(order).state(), OrderState::Fulfilled);
    EXPECT_EQ(now(order).refunded, 180);
    EXPECT_EQ(parts->problems(), "");
    ASSERT_TRUE(parts->refund(order, "boss", true));  // the rest
    EXPECT_EQ(account("sales"), 0);
    EXPECT_FALSE(sees());
    EXPECT_EQ(history(order), (std::vector<std::string>{"created", "started", "partly_refunded", "paid", "delivered",
                                                        "partly_refunded", "refunded"}));
}

TEST_F(MoneyBackTest, PartsThatAreAllOfItAreARefund) {
    const Id order = bought();
    tell(order + " paid");
    tell(order + " part 200");
    tell(order + " part 250");
    EXPECT_EQ(now(order).state(), OrderState::Refunded);
    EXPECT_EQ(account("sales"), 0);
    EXPECT_FALSE(sees());
}

TEST_F(MoneyBackTest, NobodyHasWhatIsDisputedAndWhoeverWinsDecides) {
    const Id order = bought();
    tell(order + " paid");
    tell(order + " dispute d1 open 250");
    EXPECT_FALSE(sees());
    EXPECT_TRUE(now(order).disputedAt);
    EXPECT_EQ(account("disputes"), -250);
    EXPECT_EQ(account("elsewhere"), 0);
    EXPECT_EQ(parts->refund(order, "boss", true).error().code, ErrorCode::Conflict);
    EXPECT_EQ(parts->place("ana", wish("single", "elsewhere"), "again").error().code, ErrorCode::Conflict);
    tell(order + " dispute d1 won 250");
    tell(order + " dispute d1 open 250");  // late
    EXPECT_TRUE(sees());
    EXPECT_FALSE(now(order).disputedAt);
    EXPECT_EQ(account("disputes"), 0);
    EXPECT_EQ(account("elsewhere"), -250);
    tell(order + " dispute d2 open 250");
    EXPECT_FALSE(sees());
    tell(order + " dispute d2 lost 250");
    EXPECT_FALSE(sees());
    EXPECT_EQ(now(order).state(), OrderState::Refunded);
    EXPECT_EQ(account("disputes"), 0);
    EXPECT_EQ(account("sales"), 0);
    EXPECT_EQ(history(order), (std::vector<std::string>{"created", "started", "paid", "delivered", "disputed",
                                                        "dispute_won", "disputed", "dispute_lost"}));
    const auto report = parts->database->readValue<std::string>(
        [](core::db::Session& session) { return salesReport(session, 0, 4'000'000'000'000, 10); });
    EXPECT_NE(report->find(",yes,,2.50,lost\r\n"), std::string::npos) << *report;
    EXPECT_TRUE(parts->place("ana", wish("single", "elsewhere"), "anew"));
}

TEST_F(MoneyBackTest, APaymentMayBeDisputedAgainAfterItWasLost) {
    const Id order = bought();
    tell(order + " paid");
    tell(order + " dispute d1 open 100");
    tell(order + " dispute d2 open 150");
    tell(order + " dispute d1 lost 100");
    EXPECT_TRUE(now(order).disputedAt);
    tell(order + " dispute d2 lost 150");
    EXPECT_FALSE(now(order).disputedAt);
    EXPECT_EQ(account("disputes"), 0);
    EXPECT_EQ(account("sales"), 0);
    EXPECT_EQ(history(order), (std::vector<std::string>{"created", "started", "paid", "delivered", "disputed",
                                                        "disputed", "dispute_lost", "dispute_lost"}));
}

TEST_F(MoneyBackTest, DisputesThatAreHeardOfBeforeTheirPaymentWait) {
    const Id lost = bought();
    tell(lost + " dispute d1 lost 250");
    EXPECT_EQ(account("disputes"), 0);
    tell(lost + " paid");
    EXPECT_EQ(now(lost).state(), OrderState::Refunded);
    EXPECT_FALSE(sees());
    const Id open = bought("k2");
    tell(open + " dispute d2 open 250");
    tell(open + " paid");
    EXPECT_FALSE(sees());
    EXPECT_EQ(account("disputes"), -250);
    tell(open + " dispute d2 won 250");
    EXPECT_TRUE(sees());
    EXPECT_EQ(account("sales"), 250);
}

TEST_F(MoneyBackTest, OfTwoPaymentsForOneProductTheSecondGoesBack) {
    const Id first = bought("k1"), second = bought("k2");  // neither is paid yet
    tell(second + " paid");
    tell(first + " paid");
    EXPECT_TRUE(sees());
    EXPECT_FALSE(now(second).refundWantedAt);
    ASSERT_TRUE(now(first).refundWantedAt);
    parts->clock->time += 61'000;
    parts->orders->maintain();
    for (int i = 0; i < 1000 && now(first).state() != OrderState::Refunded; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_EQ(now(first).state(), OrderState::Refunded);
    EXPECT_TRUE(parts->elsewhere->knows(first, "refunded"));
    EXPECT_FALSE(parts->elsewhere->knows(second, "refunded"));
    EXPECT_EQ(now(second).state(), OrderState::Fulfilled);
    EXPECT_EQ(account("sales"), 250);
    EXPECT_TRUE(sees());
}

TEST_F(MoneyBackTest, ThatHoldsForCreditMeanwhileAsWell) {
    const Id open = bought();
    ASSERT_TRUE(parts->credit("ana", 250));
    ASSERT_TRUE(parts->place("ana", wish("single"), "by credit"));
    tell(open + " paid");
    EXPECT_TRUE(now(open).refundWantedAt);
    EXPECT_TRUE(sees());
}

TEST_F(MoneyBackTest, WhatReplacesARefundIsKept) {
    const Id first = bought("k1"), second = bought("k2");
    tell(first + " paid");
    parts->elsewhere->down = true;
    ASSERT_TRUE(parts->refund(first, "ana"));  // wanted, and not done yet
    tell(second + " paid");
    EXPECT_FALSE(now(second).refundWantedAt);
    EXPECT_TRUE(sees());
}

TEST_F(StoreTest, GiftsAreForWhomTheyAreGiven) {
    parts->fill();
    parts->product("single", 100, {"song1"});
    ASSERT_TRUE(parts->credit("ana", 100));
    OrderWish gift = wish("single");
    gift.giftTo = "Nobody";
    EXPECT_EQ(parts->place("ana", gift, "k").error().code, ErrorCode::Unprocessable);
    gift.giftTo = "Ben";
    ASSERT_TRUE(parts->place("ana", gift, "k"));
    EXPECT_TRUE(parts->sees("ana").empty());
    EXPECT_TRUE(parts->sees("ben").contains("song1"));
    EXPECT_EQ(parts->place("ana", gift, "k2").error().code, ErrorCode::Conflict);
}

TEST_F(MoneyBackTest, WhatIsPaidForCannotBePaidForOnceMore) {
    const Id first = bought("k1"), second = bought("k2");
    OrderWish gift = wish("single", "elsewhere");
    gift.giftTo = "Ana";
    const auto others = parts->place("ben", gift, "k");
    ASSERT_TRUE(others) << others.error().text;
    parts->elsewhere->down = true;
    tell(first + " paid");
    parts->elsewhere->down = false;
    EXPECT_EQ(now(second).state(), OrderState::Pending);
    parts->clock->time += 61'000;
    parts->orders->maintain();
    for (int i = 0; i < 1000 && now(second).state() == OrderState::Pending; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_EQ(now(second).state(), OrderState::Expired);
    EXPECT_TRUE(parts->elsewhere->knows(second, "expired"));
    EXPECT_FALSE(parts->elsewhere->knows(others->order.id, "expired")) << "it would tell the giver what Ana has";
    EXPECT_EQ(now(others->order.id).state(), OrderState::Pending);
}

TEST_F(MoneyBackTest, OrdersThatCannotBeClosedHoldBackNoOther) {
    std::vector<Id> open;
    for (int i = 0; i <= 30; ++i) {  // more than are closed at once
        open.push_back(bought("k" + std::to_string(i)));
        parts->clock->time += 1000;
    }
    const Id last = open.back();
    parts->elsewhere->keepsOpen = {open.begin(), open.end() - 1};
    tell(open.front() + " paid");
    const auto maintain = [&] {
        for (int i = 0; i < 3; ++i) {
            parts->clock->time += 61'000;
            parts->orders->maintain();
        }
    };
    const auto isClosed = [&](const Id& order) {
        for (int i = 0; i < 1000 && !parts->elsewhere->knows(order, "expired"); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return parts->elsewhere->knows(order, "expired");
    };
    maintain();
    EXPECT_TRUE(isClosed(last));
    EXPECT_FALSE(parts->elsewhere->knows(open[1], "expired"));
    parts->elsewhere->keeps = false;
    maintain();
    EXPECT_TRUE(isClosed(open[1])) << "it is tried again";
    EXPECT_TRUE(isClosed(open[29]));
}

TEST_F(MoneyBackTest, AGiftTellsNothingOfWhatSomebodyHas) {
    ASSERT_TRUE(parts->credit("ana", 250));
    ASSERT_TRUE(parts->credit("kim", 250));
    ASSERT_TRUE(parts->place("ana", wish("single"), "own"));
    OrderWish gift = wish("single", "elsewhere");
    gift.giftTo = "Ana";
    const auto open = parts->place("ben", gift, "k");
    ASSERT_TRUE(open) << open.error().text;
    EXPECT_EQ(open->order.state(), OrderState::Pending);
    const auto again = parts->place("ben", gift, "k2");
    ASSERT_TRUE(again) << again.error().text;
    tell(open->order.id + " paid");
    EXPECT_EQ(now(open->order.id).state(), OrderState::Fulfilled);
    EXPECT_FALSE(now(open->order.id).refundWantedAt);
    tell(again->order.id + " paid");
    EXPECT_TRUE(now(again->order.id).refundWantedAt) << "that he gave it twice he knows";
    gift.provider = "wallet";
    const auto byCredit = parts->place("kim", gift, "k");
    ASSERT_TRUE(byCredit) << byCredit.error().text;
    EXPECT_EQ(byCredit->order.state(), OrderState::Fulfilled);
    EXPECT_EQ(parts->balance("kim"), 0);
    EXPECT_TRUE(parts->refund(byCredit->order.id, "kim")) << "as any gift that was not used";
    EXPECT_EQ(parts->balance("kim"), 250);
    EXPECT_TRUE(sees());
}

TEST_F(StoreTest, IsSoldWhereItIsSold) {
    parts->fill();
    Product made = parts->product("single", 0, {"song1"});
    made.offer.territories = {"PT"};
    parts->save(made);
    EXPECT_EQ(parts->place("ana", wish("single"), "k").error().code, ErrorCode::NotFound);
}

TEST(ProductJson, APicturesAddressSaysWhichOneItIs) {
    Product product;
    product.id = "single";
    std::vector<ProductTitle> titles(2);
    ProductView view;
    view.titles = &titles;
    EXPECT_TRUE(productJson(product, view, 0).at("artwork_url").is_null());
    titles[1].hasPicture = true;
    titles[1].pictureVersion = "0a1b2c3d";
    EXPECT_EQ(productJson(product, view, 0).at("artwork_url").as_string(),
              "/api/v1/store/products/single/artwork?v=0a1b2c3d");
}

TEST(SalesReport, FieldsAreTextForSpreadsheetsToo) {
    EXPECT_EQ(csvField("Low Water"), "Low Water");
    EXPECT_EQ(csvField("a,b"), "\"a,b\"");
    EXPECT_EQ(csvField("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(csvField("=1+1"), "'=1+1");
    EXPECT_EQ(csvField("-5,\n"), "\"'-5,\n\"");
}

TEST_F(StoreTest, RandomHistoriesKeepTheBooksRightAndTheLibrariesReplay) {
    test::fillForHistories(*parts);
    std::size_t orders = 0;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        test::Histories histories(*parts, seed);
        for (int i = 0; i < 60; ++i) {
            histories.step();
        }
        orders += histories.orders();
        ASSERT_EQ(parts->problems(), "") << "seed " << seed;
    }
    EXPECT_GT(orders, 50u);
    for (const char* person : {"ana", "ben", "kim"}) {
        const auto replayed = parts->database->writeValue<Replayed>(
            [&](core::db::Session& session) { return replayEvents(session, person); });
        ASSERT_TRUE(replayed);
        EXPECT_EQ(replayed->differences, std::vector<std::string>()) << person;
    }
}

}  // namespace
}  // namespace marea::server::store
