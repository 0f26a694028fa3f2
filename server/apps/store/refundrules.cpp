#include "server/apps/store/refundrules.h"

#include <algorithm>

namespace marea::server::store {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr TimeMs kDay = TimeMs{24} * 3600 * 1000;

}  // namespace

Result<void> mayRefund(const Order& order, const Entitlement& entitlement, bool owner, const RefundRule& rule,
                       TimeMs now) {
    const OrderState state = order.state();
    if (state != OrderState::Paid && state != OrderState::Fulfilled) {
        return fail(ErrorCode::Conflict,
                    state == OrderState::Refunded ? "This was refunded already." : "Nothing was paid for this.");
    }
    if (order.disputedAt) {
        return fail(ErrorCode::Conflict, "This payment is disputed: who gets the money is decided elsewhere.");
    }
    if (owner) {
        return {};
    }
    if (entitlement.usedAt) {
        return fail(ErrorCode::Unprocessable,
                    "This was used already: it was downloaded, played to its end, or more than a quarter of it was "
                    "sent to be played. Ask the owner of the server.");
    }
    const TimeMs from = std::max(order.paidAt.value_or(order.createdAt), order.startsAt);
    return now < from + rule.days * kDay
               ? Result<void>()
               : fail(ErrorCode::Unprocessable, "This is too long ago: ask the owner of the server.");
}

}  // namespace marea::server::store
