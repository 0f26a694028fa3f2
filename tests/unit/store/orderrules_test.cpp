#include "server/apps/store/orderrules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "server/apps/store/disputerules.h"
#include "server/apps/store/refundrules.h"

namespace marea::server::store {
namespace {

constexpr std::array kFacts = {OrderFact::Started,  OrderFact::Paid,      OrderFact::Failed, OrderFact::Expired,
                               OrderFact::Refunded, OrderFact::Delivered, OrderFact::Lost};

OrderFacts after(const std::vector<OrderFact>& facts) {
    OrderFacts known;
    for (const OrderFact fact : facts) {
        known = stepOf(known, fact).after;
    }
    return known;
}

TEST(OrderRules, StatesFollowTheUsualWays) {
    EXPECT_EQ(after({}).state(), OrderState::Created);
    EXPECT_EQ(after({OrderFact::Started}).state(), OrderState::Pending);
    EXPECT_EQ(after({OrderFact::Started, OrderFact::Paid}).state(), OrderState::Paid);
    EXPECT_EQ(after({OrderFact::Started, OrderFact::Paid, OrderFact::Delivered}).state(), OrderState::Fulfilled);
    EXPECT_EQ(after({OrderFact::Started, OrderFact::Failed}).state(), OrderState::Failed);
    EXPECT_EQ(after({OrderFact::Started, OrderFact::Expired}).state(), OrderState::Expired);
    EXPECT_EQ(after({OrderFact::Paid, OrderFact::Delivered, OrderFact::Refunded}).state(), OrderState::Refunded);
}

TEST(OrderRules, MoneyThatCameLateCameAllTheSame) {
    EXPECT_EQ(after({OrderFact::Started, OrderFact::Expired, OrderFact::Paid}).state(), OrderState::Paid);
    EXPECT_EQ(after({OrderFact::Failed, OrderFact::Paid}).state(), OrderState::Paid);
    EXPECT_EQ(after({OrderFact::Refunded}).state(), OrderState::Created);  // of what? the payment is not known yet
    EXPECT_EQ(after({OrderFact::Refunded, OrderFact::Paid}).state(), OrderState::Refunded);
}

// Whatever comes in whichever order and however often: one charge when it was paid, one reversal when it was paid and
// refunded, the same state at the end.
TEST(OrderRules, TheOrderOfNewsMakesNoDifference) {
    std::mt19937 dice(20);
    for (int round = 0; round < 20'000; ++round) {
        std::vector<OrderFact> facts;
        for (std::size_t i = dice() % 12; i > 0; --i) {
            facts.push_back(kFacts[dice() % kFacts.size()]);
        }
        OrderFacts known;
        int charges = 0, reversals = 0, refunds = 0;
        for (const OrderFact fact : facts) {
            const OrderStep step = stepOf(known, fact);
            EXPECT_EQ(step.news, !known.has(fact));
            charges += step.charge ? 1 : 0;
            reversals += step.reverse ? 1 : 0;
            refunds += step.refund ? 1 : 0;
            EXPECT_LE(reversals, charges);
            known = step.after;
        }
        EXPECT_EQ(charges, known.charged() ? 1 : 0);
        EXPECT_EQ(reversals, known.reversed() ? 1 : 0);
        EXPECT_EQ(refunds, known.charged() && known.has(OrderFact::Refunded) ? 1 : 0);
        std::shuffle(facts.begin(), facts.end(), dice);
        EXPECT_EQ(after(facts), known);
        EXPECT_EQ(OrderFacts(known.bits()), known);
    }
}

TEST(RefundRules, BuyersHaveSomeDaysWhileNothingWasUsedAndOwnersAlways) {
    constexpr TimeMs day = TimeMs{24} * 3600 * 1000;
    Order order;
    order.facts = after({OrderFact::Started, OrderFact::Paid, OrderFact::Delivered});
    order.paidAt = 10 * day;
    order.startsAt = 10 * day;
    const RefundRule rule{14};
    const auto code = [&](const Entitlement& held, bool owner, TimeMs now) {
        const auto may = mayRefund(order, held, owner, rule, now);
        return may ? std::optional<core::ErrorCode>() : std::optional(may.error().code);
    };
    EXPECT_EQ(code({}, false, 24 * day - 1), std::nullopt);
    EXPECT_EQ(code({}, false, 24 * day), core::ErrorCode::Unprocessable);
    EXPECT_EQ(code({}, true, 900 * day), std::nullopt);
    Entitlement used;
    used.usedAt = 11 * day;
    EXPECT_EQ(code(used, false, 12 * day), core::ErrorCode::Unprocessable);
    EXPECT_EQ(code(used, true, 12 * day), std::nullopt);
    order.disputedAt = 11 * day;
    EXPECT_EQ(code({}, true, 12 * day), core::ErrorCode::Conflict);
    order.disputedAt.reset();
    order.startsAt = 30 * day;  // ordered ahead: the days begin when it is there
    EXPECT_EQ(code({}, false, 43 * day), std::nullopt);
    order.facts = order.facts.with(OrderFact::Refunded);
    EXPECT_EQ(code({}, true, 12 * day), core::ErrorCode::Conflict);
    order.facts = OrderFacts();
    EXPECT_EQ(code({}, true, 12 * day), core::ErrorCode::Conflict);
}

// Whatever is heard of a dispute, in whichever order and however often: the books end with what was decided.
TEST(DisputeRules, TheOrderOfNewsMakesNoDifference) {
    std::mt19937 dice(7);
    for (int round = 0; round < 2000; ++round) {
        const DisputeState decided = dice() % 2 ? DisputeState::Won : DisputeState::Lost;
        std::optional<DisputeState> known, booked;
        std::int64_t disputes = 0, sales = 0, elsewhere = 0;
        bool over = false;
        for (std::size_t i = 1 + dice() % 6; i > 0; --i) {
            const DisputeState news = dice() % 2 ? DisputeState::Open : decided;
            over = over || news == decided;
            known = known ? afterNews(*known, news) : news;
            for (const DisputeState state : missingIn(booked, *known)) {
                const Postings postings = disputePostings(state, "elsewhere", 5);
                EXPECT_TRUE(balances(postings));
                for (const Posting& posting : postings) {
                    (posting.account == "disputes" ? disputes
                     : posting.account == "sales"  ? sales
                                                   : elsewhere) += posting.minor;
                }
                booked = state;
            }
        }
        EXPECT_EQ(known, over ? decided : DisputeState::Open);
        EXPECT_EQ(disputes, over ? 0 : -5);
        EXPECT_EQ(sales, over && decided == DisputeState::Lost ? -5 : 0);
        EXPECT_EQ(elsewhere, over && decided == DisputeState::Won ? 0 : 5);
    }
    EXPECT_EQ(disputeState("lost"), DisputeState::Lost);
    EXPECT_FALSE(disputeState(""));
}

}  // namespace
}  // namespace marea::server::store
