#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace marea::server::store {

enum class OrderState { Created, Pending, Paid, Fulfilled, Failed, Expired, Refunded };
std::string_view name(OrderState state);

// What becomes known of an order, by ourselves or from who takes the money.
enum class OrderFact { Started, Paid, Failed, Expired, Refunded, Delivered, Lost };  // Lost: a dispute
std::string_view name(OrderFact fact);

// What is known of an order. Facts only come, in any order and any number of times; what the order is follows from
// which there are, never from how they came: a late "paid" after "expired" is paid, a refund that was heard of before
// its payment is a refund once the payment is known.
class OrderFacts {
public:
    OrderFacts() = default;
    explicit OrderFacts(std::int64_t bits) : bits_(static_cast<unsigned>(bits) & kAll) {}
    std::int64_t bits() const { return bits_; }
    bool has(OrderFact fact) const { return (bits_ & bit(fact)) != 0; }
    OrderFacts with(OrderFact fact) const { return OrderFacts(bits_ | bit(fact)); }
    bool operator==(const OrderFacts&) const = default;

    OrderState state() const;
    bool charged() const { return has(OrderFact::Paid); }  // money came, whatever became of it
    // Whether nothing of it is theirs any more.
    bool reversed() const { return charged() && (has(OrderFact::Refunded) || has(OrderFact::Lost)); }
    // Whether nothing will come of it unless money still does.
    bool over() const { return has(OrderFact::Failed) || has(OrderFact::Expired); }

private:
    static constexpr unsigned kAll = 0x7F;
    static unsigned bit(OrderFact fact) { return 1U << static_cast<unsigned>(fact); }
    unsigned bits_ = 0;
};

// What is to be done when one more fact is known; nothing for one that was known.
struct OrderStep {
    OrderFacts after;
    bool news = false;     // an event of the order
    bool charge = false;   // into the ledger, and the entitlement is granted
    bool refund = false;   // out of the ledger, what was not given back before; after `charge` where both
    bool reverse = false;  // the entitlement is revoked
};
OrderStep stepOf(OrderFacts before, OrderFact fact);

}  // namespace marea::server::store
