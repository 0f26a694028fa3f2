#include "server/apps/store/deliveries.h"

#include <gtest/gtest.h>

#include "tests/unit/store/storefixture.h"

namespace marea::server::store {
namespace {

using core::ErrorCode;

constexpr TitleParts kQuarter = 0xFFFF, kMore = 0x1FFFF, kNext = kQuarter << 16;

class DeliveriesTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-sent-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        parts = std::make_unique<test::StoreParts>(folder);
        ASSERT_TRUE(parts->database);
        parts->fill();
        parts->product("single", 0, {"song1"});
        parts->product("album1", 0, {"album"});
        start();
    }
    void TearDown() override {
        deliveries.reset();
        viewers.reset();
        parts.reset();
        std::filesystem::remove_all(folder);
    }
    // As when the server starts anew: what was in memory alone is gone.
    void start() {
        viewers = std::make_unique<ViewerRights>(*parts->database);
        deliveries = std::make_unique<Deliveries>(*parts->database, *viewers, parts->clock);
    }
    Id buy(const Id& who, const Id& product) {
        const auto placed = parts->place(who, {product, "EUR", "wallet", "", {}}, core::newId());
        EXPECT_TRUE(placed) << (placed ? "" : placed.error().text);
        return placed ? placed->order.id : "";
    }
    void send(const Id& who, const Id& media, TitleParts what) {
        deliveries->delivered(who, media, what);
        EXPECT_TRUE(deliveries->flush());
    }
    bool isRefunded(const Id& order, const Id& who) {
        const auto done = parts->refund(order, who);
        EXPECT_TRUE(done || done.error().code == ErrorCode::Unprocessable);
        return done.has_value();
    }

    std::string folder;
    std::unique_ptr<test::StoreParts> parts;
    std::unique_ptr<ViewerRights> viewers;
    std::unique_ptr<Deliveries> deliveries;
};

TEST_F(DeliveriesTest, AListenInMayBeGivenBackHoweverOftenItIsHeard) {
    EXPECT_FALSE(deliveries->counts("ana", "song1"));
    const Id order = buy("ana", "single");
    EXPECT_TRUE(deliveries->counts("ana", "song1"));
    EXPECT_FALSE(deliveries->counts("ana", "song2"));
    for (int i = 0; i < 5; ++i) {
        send("ana", "song1", kQuarter);
    }
    EXPECT_TRUE(isRefunded(order, "ana"));
}

TEST_F(DeliveriesTest, MoreOfATitleIsUseOfAllThatWasBoughtWithIt) {
    const Id order = buy("ana", "album1");
    send("ana", "song2", kQuarter);
    send("ana", "song2", kNext);
    EXPECT_FALSE(deliveries->counts("ana", "song3"));  // what is used is no matter any more
    EXPECT_FALSE(isRefunded(order, "ana"));
    EXPECT_TRUE(parts->refund(order, "boss", true));  // owners may
}

TEST_F(DeliveriesTest, WhatWasWrittenIsKnownAfterARestart) {
    const Id order = buy("ana", "single");
    send("ana", "song1", kQuarter);
    start();
    send("ana", "song1", TitleParts{1} << 16);  // one part more
    EXPECT_FALSE(isRefunded(order, "ana"));
}

TEST_F(DeliveriesTest, BuyingAgainDoesNotBeginAnew) {
    send("ana", "song1", kMore);  // before it was bought: nothing to note
    const Id first = buy("ana", "single");
    send("ana", "song1", kQuarter);
    EXPECT_TRUE(isRefunded(first, "ana"));
    const Id second = buy("ana", "single");
    send("ana", "song1", kQuarter);  // the same once more
    EXPECT_TRUE(isRefunded(second, "ana"));
    const Id third = buy("ana", "single");
    send("ana", "song1", kNext);
    EXPECT_FALSE(isRefunded(third, "ana"));
    EXPECT_TRUE(parts->refund(third, "boss", true));
    const Id fourth = buy("ana", "single");
    send("ana", "song1", 1);  // it was had before
    EXPECT_FALSE(isRefunded(fourth, "ana"));
}

TEST_F(DeliveriesTest, OthersUseIsTheirs) {
    const Id order = buy("ana", "single"), other = buy("ben", "single");
    send("ben", "song1", kMore);
    send("kim", "song1", kMore);  // shares nothing
    EXPECT_TRUE(isRefunded(order, "ana"));
    EXPECT_FALSE(isRefunded(other, "ben"));
}

TEST_F(DeliveriesTest, WherePurchasesAreSharedItIsUseForWhoeverBoughtIt) {
    ASSERT_TRUE(
        parts->run("INSERT INTO settings(key, value) VALUES ('household', '{\"share_purchases\": \"members\"}')"));
    const Id order = buy("ana", "single"), own = buy("ben", "single");
    send("ben", "song1", kMore);  // has it, too
    EXPECT_FALSE(isRefunded(own, "ben"));
    send("kim", "song1", kQuarter);
    send("kim", "song1", kNext);
    EXPECT_FALSE(isRefunded(order, "ana"));
}

TEST_F(DeliveriesTest, WhatSaysNothingNewIsNotWritten) {
    buy("ana", "single");
    send("ana", "song1", kQuarter);
    const auto rows = [&](const char* sql) {
        return parts->database
            ->readValue<std::int64_t>([&](core::db::Session& session) -> core::Result<std::int64_t> {
                auto found = session.first(sql, {}, [](const core::db::Row& row) { return row.integer(0); });
                return found ? core::Result<std::int64_t>(found->value_or(-1))
                             : core::unexpected<core::Error>(found.error());
            })
            .value_or(-1);
    };
    EXPECT_EQ(rows("SELECT parts FROM deliveries"), static_cast<std::int64_t>(kQuarter));
    ASSERT_TRUE(
        parts->run("CREATE TRIGGER no_more BEFORE UPDATE ON deliveries BEGIN SELECT raise(ABORT, 'written'); END"));
    deliveries->delivered("ana", "song1", kQuarter);
    deliveries->delivered("ben", "song2", kMore);  // not bought by anybody
    EXPECT_TRUE(deliveries->flush());
    deliveries->delivered("ana", "song1", kNext);
    EXPECT_FALSE(deliveries->flush());  // and what cannot be written is not forgotten
    ASSERT_TRUE(parts->run("DROP TRIGGER no_more"));
    EXPECT_TRUE(deliveries->flush());
    EXPECT_EQ(rows("SELECT count(*) FROM entitlements WHERE used_at IS NOT NULL"), 1);
}

}  // namespace
}  // namespace marea::server::store
