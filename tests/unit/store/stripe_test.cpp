#include <gtest/gtest.h>

#include "server/apps/store/receipt.h"
#include "server/apps/store/returnpage.h"
#include "server/apps/store/stripesignature.h"
#include "server/apps/store/stripewords.h"

namespace marea::server::store {
namespace {

using core::ErrorCode;

constexpr const char* kSecret = "whsec_test";
constexpr const char* kBody = R"({"id":"evt_1"})";
const Id kOrder = "01900000-0000-7000-8000-000000000001";

// Made with openssl: printf '%s' '1700000000.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test
TEST(StripeSignature, IsTheOneThatOthersMake) {
    EXPECT_EQ(stripeSignature(kSecret, 1'700'000'000, kBody),
              "c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925");
}

TEST(StripeSignature, IsOfTheSecretTheBodyAndTheTime) {
    const auto check = [](const std::string& header, std::string_view body = kBody,
                          core::TimeMs now = 1'700'000'100'000) {
        return checkStripeSignature(header, body, {"whsec_other", kSecret}, now).has_value();
    };
    const std::string signature = stripeSignature(kSecret, 1'700'000'000, kBody), good = "t=1700000000,v1=" + signature;
    EXPECT_TRUE(check(good));
    EXPECT_TRUE(check("t=1700000000,v0=abc,v1=00,v1=" + signature));
    EXPECT_TRUE(check(good, kBody, 1'700'000'300'000));
    EXPECT_FALSE(check(good, kBody, 1'700'000'300'001));
    EXPECT_FALSE(check(good, kBody, 1'699'999'699'999));
    EXPECT_FALSE(check(good, R"({"id":"evt_2"})"));
    EXPECT_FALSE(check("t=1700000001,v1=" + signature));
    for (const char* wrong : {"", "t=", "t=1700000000", "v1=", "t=1700000000,v1=", "t=x,v1=y", ",,,", "t=-1,v1=00",
                              "t=99999999999999999999,v1=00"}) {
        EXPECT_FALSE(check(wrong)) << wrong;
    }
    EXPECT_FALSE(check("v1=" + signature));
    EXPECT_FALSE(check("t=1700000000,v0=" + signature));
    EXPECT_FALSE(checkStripeSignature(good, kBody, {}, 1'700'000'000'000));
}

std::string event(const std::string& type, const std::string& fields) {
    return R"({"id":"evt_1","type":")" + type + R"(","data":{"object":{"metadata":{"order_id":")" + kOrder + R"("},)" +
           fields + "}}}";
}

std::vector<OrderFact> factsOf(const std::string& type, const std::string& fields) {
    const auto message = stripeEvent(event(type, fields));
    EXPECT_TRUE(message);
    EXPECT_EQ(message->order, kOrder);
    return message->news.facts;
}

TEST(StripeWords, EventsSayWhatBecameOfAnOrder) {
    using F = std::vector<OrderFact>;
    const std::string paid =
        R"("id":"cs_1","payment_status":"paid","status":"complete","amount_total":250,"currency":"eur")";
    EXPECT_EQ(factsOf("checkout.session.completed", paid), F{OrderFact::Paid});
    EXPECT_EQ(stripeEvent(event("checkout.session.completed", paid))->news.paid, (Money{250, "EUR"}));
    EXPECT_EQ(factsOf("checkout.session.completed", R"("id":"cs_1","payment_status":"unpaid","status":"complete")"),
              F());
    EXPECT_EQ(factsOf("checkout.session.async_payment_succeeded", paid), F{OrderFact::Paid});
    EXPECT_EQ(factsOf("checkout.session.async_payment_failed", R"("payment_status":"unpaid")"), F{OrderFact::Failed});
    EXPECT_EQ(factsOf("checkout.session.expired", R"("payment_status":"unpaid","status":"expired")"),
              F{OrderFact::Expired});
    EXPECT_EQ(factsOf("charge.refunded", R"("refunded":true)"), F{OrderFact::Refunded});
    EXPECT_EQ(factsOf("charge.refunded", R"("refunded":false,"amount_refunded":1)"), F());
    const auto part = stripeEvent(
        event("charge.refunded", R"("refunded":false,"amount_refunded":100,"currency":"eur","payment_intent":"pi_1")"));
    EXPECT_EQ(part->news.refunded, (Money{100, "EUR"}));
    EXPECT_EQ(part->news.payment, "pi_1");
    EXPECT_EQ(factsOf("customer.created", R"("payment_status":"paid")"), F());
    for (const char* wrong :
         {"", "[]", "{}", R"({"id":"e","type":"t"})", R"({"id":"e","type":"t","data":{"object":1}})",
          R"({"id":1,"type":"t","data":{"object":{}}})"}) {
        EXPECT_FALSE(stripeEvent(wrong)) << wrong;
    }
    EXPECT_TRUE(
        stripeEvent(R"({"id":"e","type":"t","data":{"object":{"metadata":{"order_id":"' OR 1"}}}})")->order.empty());
}

TEST(StripeWords, DisputesAreOfPayments) {
    const auto read = [](const char* type, const std::string& status, const char* more = "") {
        return stripeEvent(
                   event(type, R"("id":"dp_1","amount":250,"currency":"eur","payment_intent":"pi_1","status":")" +
                                   status + "\"" + more))
            ->dispute;
    };
    const auto open = read("charge.dispute.created", "needs_response");
    ASSERT_TRUE(open);
    EXPECT_EQ(open->id, "dp_1");
    EXPECT_EQ(open->payment, "pi_1");
    EXPECT_EQ(open->amount, (Money{250, "EUR"}));
    EXPECT_EQ(open->state, DisputeState::Open);
    EXPECT_EQ(read("charge.dispute.updated", "under_review")->state, DisputeState::Open);
    EXPECT_EQ(read("charge.dispute.closed", "won")->state, DisputeState::Won);
    EXPECT_EQ(read("charge.dispute.closed", "lost")->state, DisputeState::Lost);
    EXPECT_EQ(read("charge.dispute.funds_reinstated", "won")->state, DisputeState::Won);
    for (const char* inquiry : {"warning_needs_response", "warning_under_review", "warning_closed", "prevented", ""}) {
        EXPECT_FALSE(read("charge.dispute.created", inquiry)) << inquiry;
    }
    EXPECT_FALSE(stripeEvent(event("charge.dispute.created", R"("id":"dp_1","status":"lost")"))->dispute);
    EXPECT_FALSE(read("charge.refunded", "lost"));
}

TEST(StripeWords, SessionsAreAskedForAndRead) {
    Order order;
    order.id = kOrder;
    order.title = "Rain & más";
    order.price = {250, "EUR"};
    order.expiresAt = 1'700'000'000'000;
    const std::string form = sessionForm(order, {"https://s.example/?paid=yes", "https://s.example/"});
    EXPECT_NE(form.find("name%5D=Rain%20%26%20m%C3%A1s"), std::string::npos) << form;
    EXPECT_NE(form.find("%5Bunit_amount%5D=250"), std::string::npos);
    EXPECT_NE(form.find("expires_at=1700000000&"), std::string::npos);
    const auto session = stripeSession(
        R"({"id":"cs_1","url":"https://c","status":"complete","payment_status":"paid","amount_total":250,"currency":"eur",)"
        R"("payment_intent":{"id":"pi_1","latest_charge":{"refunded":true}}})");
    ASSERT_TRUE(session);
    EXPECT_EQ(session->paymentIntent, "pi_1");
    EXPECT_EQ(session->news.facts, (std::vector{OrderFact::Refunded, OrderFact::Paid}));
    EXPECT_FALSE(stripeSession(R"({"id":"cs/../1"})"));
    EXPECT_FALSE(stripeSession("<html>"));
    EXPECT_EQ(stripeRefund(R"({"status":"pending"})")->facts, std::vector<OrderFact>());
    EXPECT_EQ(stripeRefund(R"({"status":"failed"})").error().code, ErrorCode::Unprocessable);
    EXPECT_TRUE(stripeTakes("EUR"));
    EXPECT_FALSE(stripeTakes("ISK"));
}

TEST(StorePages, AreInTheirLanguageAndHoldNoMarkup) {
    Order order;
    order.title = "<script>";
    order.provider = "wallet";
    order.price = {1234, "EUR"};
    order.receipt = 7;
    order.paidAt = 1'700'000'000'000;
    const std::string page = receiptPage(order, {"Shop & Co", "Ana", "", false});
    EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos) << page;
    EXPECT_NE(page.find("12.34 EUR"), std::string::npos);
    EXPECT_NE(page.find("2023-11-14"), std::string::npos);
    EXPECT_EQ(page.find("Gift"), std::string::npos);
    EXPECT_NE(receiptPage(order, {"Shop", "Ana", "Ben", true}).find("Regalo para"), std::string::npos);
    EXPECT_TRUE(likesSpanish("es-ES,en;q=0.5"));
    EXPECT_FALSE(likesSpanish("en,es"));
    EXPECT_NE(returnPage(true, "es").find("Gracias"), std::string::npos);
}

}  // namespace
}  // namespace marea::server::store
