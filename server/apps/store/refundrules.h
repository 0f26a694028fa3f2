#pragma once

#include "core/base/result.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

struct RefundRule {
    int days = 14;  // from the payment, or from the day that something ordered ahead is there; 0: owners alone
};

// Whether the buyer gets the money back by asking: nothing of it was used, and it is not long ago. Owners give it back
// whenever they like. Conflict: nothing to give back, or it was given. Unprocessable: the rule says no.
core::Result<void> mayRefund(const Order& order, const Entitlement& entitlement, bool owner, const RefundRule& rule,
                             TimeMs now);

}  // namespace marea::server::store
