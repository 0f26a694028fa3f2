#pragma once

#include "server/apps/store/paymentprovider.h"

namespace marea::server::store {

// Credit that people have with this server, from vouchers and refunds: needs nobody else.
class Wallet final : public PaymentProvider {
public:
    std::string_view name() const override { return "wallet"; }
    bool elsewhere() const override { return false; }
    core::Result<std::vector<OrderFact>> atOnce(core::db::Session& session, const Order& order) override;
    void begin(const Order& order, Placed done) override;
    void ask(const Order& order, const PaymentPlace& place, Told done) override;
    void refund(const Order& order, const PaymentPlace& place, Told done) override;
    void close(const Order& order, const PaymentPlace& place, Told done) override;
    core::Result<PaymentMessage> read(const Request& request, TimeMs now) const override;
};

}  // namespace marea::server::store
