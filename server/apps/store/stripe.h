#pragma once

#include <memory>

#include "core/base/log.h"
#include "server/apps/store/paymentprovider.h"
#include "server/apps/store/stripewords.h"
#include "server/outbound/outbound.h"

namespace marea::server::store {

struct StripeOptions {
    std::string url, key;              // of the API, without a last slash; a secret key
    std::vector<std::string> secrets;  // of webhooks
    StripeReturn back;                 // where people are sent after paying, or not
};

// Payments by Stripe's Checkout: people pay on its page. What counts is what its signed messages say, and its answers
// when it is asked.
class Stripe final : public PaymentProvider {
public:
    Stripe(StripeOptions options, Outbound& outbound, std::shared_ptr<core::Logger> logger)
        : options_(std::move(options)), outbound_(outbound), logger_(std::move(logger)) {}

    std::string_view name() const override { return "stripe"; }
    bool elsewhere() const override { return true; }
    core::Result<std::vector<OrderFact>> atOnce(core::db::Session& session, const Order& order) override;
    void begin(const Order& order, Placed done) override;
    void ask(const Order& order, const PaymentPlace& place, Told done) override;
    void refund(const Order& order, const PaymentPlace& place, Told done) override;
    void close(const Order& order, const PaymentPlace& place, Told done) override;
    core::Result<PaymentMessage> read(const Request& request, TimeMs now) const override;

private:
    using Answered = std::function<void(core::Result<std::string>)>;  // the body
    void send(Method method, const std::string& path, std::string form, const std::string& key, Answered done);
    void session(const PaymentPlace& place, std::function<void(core::Result<StripeSession>)> done);

    StripeOptions options_;
    Outbound& outbound_;
    std::shared_ptr<core::Logger> logger_;
};

}  // namespace marea::server::store
