#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "server/apps/store/orderrules.h"
#include "server/apps/store/pricing.h"

namespace marea::server::store {

using core::Id;

// One order as it is kept. The price was fixed when it was made.
struct Order {
    Id id, buyer, recipient, product;
    std::string title;      // of the product, as it was then
    std::vector<Id> items;  // media, as they were then
    std::string provider;   // "wallet", "stripe"
    Money price;
    OrderFacts facts;
    TimeMs startsAt = 0;  // when what was bought is to be had
    TimeMs createdAt = 0, updatedAt = 0, expiresAt = 0;
    std::optional<TimeMs> paidAt, refundWantedAt;
    std::optional<std::int64_t> receipt;
    std::string idempotencyKey, request;
    std::int64_t refunded = 0;         // of the price, in part; of what went back whole the facts tell
    std::optional<TimeMs> disputedAt;  // since when its payment is
    std::string payment;               // digest of the provider's name for it; empty: not known

    OrderState state() const { return facts.state(); }
    bool suspended() const { return refundWantedAt || disputedAt; }  // nobody has it for now
    bool isGift() const { return buyer != recipient; }
};

struct OrderEvent {
    std::int64_t seq = 0;
    TimeMs at = 0;
    std::string fact, state;
};

// What the provider calls it, and where it is paid. Kept encrypted.
struct PaymentPlace {
    std::string reference, checkout;
};

struct Entitlement {
    TimeMs grantedAt = 0, startsAt = 0;
    std::optional<TimeMs> revokedAt, usedAt;
};

}  // namespace marea::server::store
