#include "server/apps/store/books.h"

#include <algorithm>

#include "server/apps/identity/errorof.h"
#include "server/apps/identity/secrets.h"
#include "server/apps/library/libraryevents.h"
#include "server/apps/store/disputestore.h"
#include "server/apps/store/entitlementstore.h"
#include "server/apps/store/ledgerstore.h"
#include "server/apps/store/orderstore.h"
#include "server/apps/store/voucherstore.h"

namespace marea::server::store {

using core::ErrorCode;
using core::Result;
using core::db::Session;

namespace {

// What happened, in the library of whom it is for. Who is gone has none.
Result<void> tellLibrary(Session& session, const Order& order, EventKind kind, TimeMs now) {
    const auto there = entitlementstore::isPerson(session, order.recipient);
    if (!there || !*there) {
        return there ? Result<void>() : errorOf(there);
    }
    for (const Id& media : order.items) {
        LibraryEvent event;
        event.userId = order.recipient;
        event.kind = kind;
        event.mediaId = media;
        event.at = now;
        event.actorId = order.isGift() ? order.buyer : Id();
        event.data = {{"order_id", order.id}, {"product_id", order.product}};
        if (auto recorded = record(session, std::move(event)); !recorded) {
            return errorOf(recorded);
        }
    }
    return {};
}

Result<void> countSold(Session& session, const Order& order, std::int64_t by) {
    return session.run("UPDATE products SET sold = sold + ?2 WHERE id = ?1", {order.product, by});
}

Result<void> refundPart(Session& session, const Order& order, std::int64_t minor, TimeMs now) {
    const std::string subject = order.id + "/" + std::to_string(order.refunded);
    return ledgerstore::record(
        session, {"refund_part", subject, order.price.currency, refundPostings(order.provider, order.buyer, minor)},
        now);
}

Result<void> charge(Session& session, const Order& order, TimeMs now) {
    return ledgerstore::record(session,
                               {"charge", order.id, order.price.currency,
                                chargePostings(order.provider, order.buyer, order.price.minor)},
                               now)
        .and_then([&] { return entitlementstore::grant(session, order, now); })
        .and_then([&] { return tellLibrary(session, order, EventKind::Purchased, now); })
        .and_then([&] { return countSold(session, order, 1); })
        .and_then([&] {  // a part of it was heard of first
            return order.refunded > 0 ? refundPart(session, order, order.refunded, now) : Result<void>();
        });
}

// What is left of it after the parts.
Result<void> refundRest(Session& session, const Order& order, TimeMs now) {
    return ledgerstore::record(session,
                               {"refund", order.id, order.price.currency,
                                refundPostings(order.provider, order.buyer, order.price.minor - order.refunded)},
                               now);
}

Result<void> reverse(Session& session, const Order& order, TimeMs now) {
    return entitlementstore::revoke(session, order.id, now)
        .and_then([&] { return tellLibrary(session, order, EventKind::PurchaseRevoked, now); })
        .and_then([&] { return countSold(session, order, -1); });
}

// The order with what follows from the fact; its receipt has the next number.
Result<void> bringUpToDate(Session& session, Order& order, const OrderStep& step, TimeMs now) {
    order.facts = step.after;
    order.updatedAt = now;
    if (step.after.has(OrderFact::Refunded) || step.after.has(OrderFact::Lost)) {
        order.refundWantedAt.reset();
    }
    if (!step.charge) {
        return {};
    }
    const auto receipt = orderstore::nextReceipt(session);
    order.paidAt = now;
    order.receipt = receipt ? std::optional(*receipt) : std::nullopt;
    return receipt ? Result<void>() : errorOf(receipt);
}

}  // namespace

Result<Order> learn(Session& session, Order order, OrderFact fact, TimeMs now) {
    const OrderStep step = stepOf(order.facts, fact);
    if (!step.news) {
        return order;
    }
    auto done =
        bringUpToDate(session, order, step, now).and_then([&] { return orderstore::note(session, order, fact); });
    done = done && step.charge ? charge(session, order, now) : done;
    done = done && step.refund ? refundRest(session, order, now) : done;
    done = done && step.reverse ? reverse(session, order, now) : done;
    auto settled = done && step.charge ? settleDisputes(session, std::move(order), now)
                   : done              ? Result<Order>(std::move(order))
                                       : errorOf(done);
    if (!settled) {
        return settled;
    }
    order = std::move(*settled);
    if (order.facts.state() == OrderState::Paid && order.startsAt <= now) {
        return learn(session, std::move(order), OrderFact::Delivered, now);
    }
    auto refreshed = entitlementstore::refresh(session, order.recipient, now);
    return refreshed ? Result<Order>(std::move(order)) : errorOf(refreshed);
}

Result<Order> learnRefunded(Session& session, Order order, std::int64_t total, TimeMs now) {
    if (total <= order.refunded || order.price.minor == 0 || order.facts.has(OrderFact::Refunded)) {
        return order;
    }
    if (total >= order.price.minor) {
        return learn(session, std::move(order), OrderFact::Refunded, now);
    }
    const std::int64_t more = total - order.refunded;
    order.refunded = total;
    order.updatedAt = now;
    auto done = orderstore::noteMoney(session, order, "partly_refunded");
    done = done && order.facts.charged() ? refundPart(session, order, more, now) : done;
    return done ? Result<Order>(std::move(order)) : errorOf(done);
}

Result<Order> learnPayment(Session& session, Order order, std::string_view payment, TimeMs now) {
    if (payment.empty() || !order.payment.empty()) {
        return order;
    }
    order.payment = disputestore::digestOf(payment);
    auto done = orderstore::setPayment(session, order);
    return done ? settleDisputes(session, std::move(order), now) : errorOf(done);
}

namespace {

std::string_view eventOf(DisputeState state) {
    constexpr std::string_view events[] = {"disputed", "dispute_won", "dispute_lost"};
    return events[static_cast<std::size_t>(state)];
}

Result<void> book(Session& session, Order& order, const disputestore::Kept& kept, TimeMs now) {
    const Dispute& dispute = kept.dispute;
    Result<void> done;
    for (const DisputeState state : missingIn(kept.booked, dispute.state)) {
        order.updatedAt = now;
        done = done ? ledgerstore::record(
                          session,
                          {std::string(ledgerKind(state)), order.provider + "/" + dispute.id, dispute.amount.currency,
                           disputePostings(state, order.provider, dispute.amount.minor)},
                          now)
                    : done;
        done = done ? disputestore::setBooked(session, order.provider, dispute.id, state) : done;
        // The first that is lost is a fact, which is an event by itself.
        const bool asFact = state == DisputeState::Lost && !order.facts.has(OrderFact::Lost);
        done = done && !asFact ? orderstore::noteMoney(session, order, eventOf(state)) : done;
    }
    return done;
}

}  // namespace

Result<Order> settleDisputes(Session& session, Order order, TimeMs now) {
    const auto all = !order.facts.charged() || order.payment.empty()
                         ? Result<std::vector<disputestore::Kept>>()
                         : disputestore::ofPayment(session, order.provider, order.payment);
    if (!all || all->empty()) {
        return all ? Result<Order>(std::move(order)) : errorOf(all);
    }
    const auto any = [&](DisputeState state) {
        return std::any_of(all->begin(), all->end(), [&](const auto& one) { return one.dispute.state == state; });
    };
    const bool news = std::any_of(all->begin(), all->end(),
                                  [](const auto& one) { return !missingIn(one.booked, one.dispute.state).empty(); });
    order.disputedAt = any(DisputeState::Open) ? std::optional(order.disputedAt.value_or(now)) : std::nullopt;
    Result<void> done;
    for (const disputestore::Kept& kept : *all) {
        done = done ? book(session, order, kept, now) : done;
    }
    if (!done) {
        return errorOf(done);
    }
    if (any(DisputeState::Lost)) {
        return learn(session, std::move(order), OrderFact::Lost, now);
    }
    auto refreshed = news ? entitlementstore::refresh(session, order.recipient, now) : Result<void>();
    return refreshed ? Result<Order>(std::move(order)) : errorOf(refreshed);
}

Result<Redeemed> redeem(Session& session, std::string_view typedCode, const Id& user, TimeMs now) {
    const auto voucher = voucherstore::withCode(session, sha256(normalisedCode(typedCode)), now);
    if (!voucher) {
        return errorOf(voucher);
    }
    const auto& found = *voucher;
    if (found && found->redeemedBy == user) {
        return Redeemed{found->worth, true};
    }
    if (!found || !found->redeemedBy.empty() || !found->holds) {
        return core::fail(ErrorCode::NotFound, "There is no such voucher, or it was used already.");
    }
    auto done = voucherstore::setRedeemed(session, found->id, user, now).and_then([&] {
        return ledgerstore::record(
            session, {"voucher", found->id, found->worth.currency, voucherPostings(user, found->worth.minor)}, now);
    });
    return done ? Result<Redeemed>(Redeemed{found->worth, false}) : errorOf(done);
}

}  // namespace marea::server::store
