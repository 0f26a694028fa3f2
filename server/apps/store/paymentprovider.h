#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/db/database.h"
#include "server/apps/store/paymentnews.h"
#include "server/gateway/http.h"

namespace marea::server::store {

// Who takes the money. One that is not `elsewhere` does it in the transaction that makes the order.
class PaymentProvider {
public:
    virtual ~PaymentProvider() = default;
    virtual std::string_view name() const = 0;
    virtual bool elsewhere() const = 0;

    // What is known at once. Unprocessable: it cannot be paid so. May not block on anything but the session.
    virtual core::Result<std::vector<OrderFact>> atOnce(core::db::Session& session, const Order& order) = 0;

    // The rest is for those elsewhere. Each answers once, on any thread, where nothing may block. Errors: Unavailable
    // (try again), Unprocessable (it says no).
    using Placed = std::function<void(core::Result<PaymentPlace>)>;
    using Told = std::function<void(core::Result<PaymentNews>)>;
    virtual void begin(const Order& order, Placed done) = 0;  // again for the same order: the same payment
    virtual void ask(const Order& order, const PaymentPlace& place, Told done) = 0;
    virtual void refund(const Order& order, const PaymentPlace& place, Told done) = 0;  // again: once
    // Not to be paid any more. What is known of it then, also where it was paid meanwhile.
    virtual void close(const Order& order, const PaymentPlace& place, Told done) = 0;
    // Unauthorized: not signed by them. Pure; `now` for how old it is.
    virtual core::Result<PaymentMessage> read(const Request& request, TimeMs now) const = 0;
};

}  // namespace marea::server::store
