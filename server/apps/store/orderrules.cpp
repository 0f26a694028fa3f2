#include "server/apps/store/orderrules.h"

namespace marea::server::store {

std::string_view name(OrderState state) {
    switch (state) {
        case OrderState::Created:
            return "created";
        case OrderState::Pending:
            return "pending";
        case OrderState::Paid:
            return "paid";
        case OrderState::Fulfilled:
            return "fulfilled";
        case OrderState::Failed:
            return "failed";
        case OrderState::Expired:
            return "expired";
        case OrderState::Refunded:
            break;
    }
    return "refunded";
}

std::string_view name(OrderFact fact) {
    switch (fact) {
        case OrderFact::Started:
            return "started";
        case OrderFact::Paid:
            return "paid";
        case OrderFact::Failed:
            return "failed";
        case OrderFact::Expired:
            return "expired";
        case OrderFact::Refunded:
            return "refunded";
        case OrderFact::Delivered:
            return "delivered";
        case OrderFact::Lost:
            break;
    }
    return "dispute_lost";
}

OrderState OrderFacts::state() const {
    if (charged()) {
        return reversed() ? OrderState::Refunded : has(OrderFact::Delivered) ? OrderState::Fulfilled : OrderState::Paid;
    }
    return has(OrderFact::Expired)   ? OrderState::Expired
           : has(OrderFact::Failed)  ? OrderState::Failed
           : has(OrderFact::Started) ? OrderState::Pending
                                     : OrderState::Created;
}

OrderStep stepOf(OrderFacts before, OrderFact fact) {
    OrderStep step;
    step.after = before.with(fact);
    step.news = step.after != before;
    step.charge = step.after.charged() && !before.charged();
    const auto refunded = [](OrderFacts facts) { return facts.charged() && facts.has(OrderFact::Refunded); };
    step.refund = refunded(step.after) && !refunded(before);
    step.reverse = step.after.reversed() && !before.reversed();
    return step;
}

}  // namespace marea::server::store
