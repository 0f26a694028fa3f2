// What of Orders happens without anybody who waits: refunds, deliveries, questions to providers.
#include <utility>

#include "server/apps/identity/errorof.h"
#include "server/apps/store/entitlementstore.h"
#include "server/apps/store/orders.h"

namespace marea::server::store {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::db::Session;

namespace {

constexpr int kMostAtOnce = 20, kMostPages = 50, kMostReconciled = 500;
constexpr std::size_t kMostAsked = 10'000;
constexpr TimeMs kReconciledFor = TimeMs{30} * 24 * 3600 * 1000;

}  // namespace

// In the same transaction as the look at the rule: nothing can be used between the two.
Result<Order> Orders::refundWanted(const Id& id, const Id& asker, bool owner) {
    return parts_.database.writeValue<Order>([&](Session& session) -> Result<Order> {
        auto order = orderstore::ofAsker(session, id, asker, owner);
        const auto held = order ? entitlementstore::ofOrder(session, id) : errorOf(order);
        if (!held) {
            return errorOf(held);
        }
        const TimeMs now = parts_.clock->now();
        if (auto may = mayRefund(*order, held->value_or(Entitlement{}), owner, options_.refunds, now); !may) {
            return errorOf(may);
        }
        return giveBack(session, std::move(*order), now);
    });
}

// At once, or as soon as it can be had from elsewhere.
Result<Order> Orders::giveBack(Session& session, Order order, TimeMs now) {
    const PaymentProvider* payer = provider(order.provider);
    if (order.price.minor == 0 || (payer && !payer->elsewhere())) {
        return learn(session, std::move(order), OrderFact::Refunded, now);
    }
    order.refundWantedAt = order.refundWantedAt.value_or(now);
    auto done = orderstore::setRefundWanted(session, order.id, order.refundWantedAt).and_then([&] {
        return entitlementstore::refresh(session, order.recipient, now);
    });
    return done ? Result<Order>(std::move(order)) : errorOf(done);
}

// Of one that was just paid: several may have been open at once, and nobody pays twice for what they have. A gift that
// they have from elsewhere stays paid: that it went back would tell the giver of it. What the bank takes back is not
// given back, too.
Result<Order> Orders::giveBackSecond(Session& session, Order order, TimeMs now) {
    if (order.price.minor == 0 || order.facts.reversed() || order.suspended()) {
        return order;
    }
    const auto had = entitlementstore::holdsBesides(session, order);
    if (!had || !*had) {
        return had ? Result<Order>(std::move(order)) : errorOf(had);
    }
    parts_.logger->warning("store.paid_twice", {{"order", order.id}, {"user", order.recipient}});
    return giveBack(session, std::move(order), now);
}

void Orders::refund(const Id& id, const Id& asker, bool owner, OrderDone done) {
    auto order = refundWanted(id, asker, owner);
    if (!order) {
        done(errorOf(order));
        return;
    }
    parts_.logger->info("store.refund", {{"order", id}, {"by", asker}});
    changed();
    if (order->facts.reversed()) {
        done(std::move(order));
        return;
    }
    refundElsewhere(*order, std::move(done));
}

void Orders::refundElsewhere(const Order& order, OrderDone done) {
    PaymentProvider* payer = provider(order.provider);
    const auto place = placeOf(order.id);
    if (!payer || !place) {
        done(place ? Result<Order>(
                         fail(ErrorCode::Unavailable, "The provider of this payment is not set up.", order.provider))
                   : errorOf(place));
        return;
    }
    payer->refund(order, *place, [this, id = order.id, done = std::move(done)](Result<PaymentNews> news) {
        parts_.pool.executor()([this, id, done, news = std::move(news)] { done(refunded(id, news)); });
    });
}

// What the provider cannot do now is tried again; what it refuses is as it was before.
Result<Order> Orders::refunded(const Id& id, const Result<PaymentNews>& news) {
    if (!news) {
        failed("store.not_refunded", news.error());
    }
    auto order = parts_.database.writeValue<Order>([&](Session& session) -> Result<Order> {
        auto taken = news ? take(session, id, *news) : Result<bool>(false);
        const bool refused = !news && news.error().code == ErrorCode::Unprocessable;
        auto cleared = taken && refused ? orderstore::setRefundWanted(session, id, {}) : Result<void>();
        auto found =
            taken && cleared ? orderstore::find(session, id) : errorOf(taken ? cleared : Result<void>(errorOf(taken)));
        if (!found || !*found) {
            return found ? Result<Order>(fail(ErrorCode::NotFound, "There is no such order.")) : errorOf(found);
        }
        auto refreshed = entitlementstore::refresh(session, (*found)->recipient, parts_.clock->now());
        return refreshed ? Result<Order>(std::move(**found)) : errorOf(refreshed);
    });
    changed();
    const bool refused = !news && news.error().code == ErrorCode::Unprocessable;
    return refused ? Result<Order>(errorOf(news)) : order;
}

void Orders::deliver() {
    const TimeMs now = parts_.clock->now();
    auto due = parts_.database.readValue<std::vector<Order>>(
        [&](Session& session) { return orderstore::toDeliver(session, now, kMostAtOnce); });
    if (!due) {
        failed("store.not_read", due.error());
        return;
    }
    for (const Order& order : *due) {
        auto delivered = takeNews(order.id, {{OrderFact::Delivered}, {}, {}});
        if (!delivered) {
            failed("store.not_delivered", delivered.error());
        }
    }
}

bool Orders::isTimeToAsk(const std::string& what) {
    const TimeMs now = parts_.clock->now();
    const std::lock_guard lock(mutex_);
    if (askedAt_.size() >= kMostAsked) {
        askedAt_.clear();
    }
    TimeMs& asked = askedAt_[what];
    if (asked != 0 && now - asked < options_.askAfter) {
        return false;
    }
    asked = now;
    return true;
}

// One that never came to be known elsewhere is given up by its time; of others it is the provider who knows.
void Orders::askAbout(const Order& order) {
    const auto place = placeOf(order.id);
    if (!place) {
        const bool given = place.error().code == ErrorCode::NotFound && order.expiresAt < parts_.clock->now();
        auto done = given ? takeNews(order.id, {{OrderFact::Expired}, {}, {}}) : Result<bool>(false);
        if (!done) {
            failed("store.not_expired", done.error());
        }
        return;
    }
    provider(order.provider)->ask(order, *place, [this, id = order.id](Result<PaymentNews> news) {
        parts_.pool.executor()([this, id, news = std::move(news)] {
            const auto done = news ? takeNews(id, *news) : Result<bool>(errorOf(news));
            if (!done) {
                parts_.logger->warning("store.not_asked", {{"order", id}, {"detail", done.error().detail}});
            }
        });
    });
}

bool Orders::close(const Order& order) {
    PaymentProvider* payer = provider(order.provider);
    const auto place = placeOf(order.id);
    if (!payer || !place || !isTimeToAsk("close " + order.id)) {
        return false;  // one that is known nowhere yet is looked at again
    }
    payer->close(order, *place, [this, id = order.id](Result<PaymentNews> news) {
        parts_.pool.executor()([this, id, news = std::move(news)] {
            const auto done = news ? takeNews(id, *news) : Result<bool>(errorOf(news));
            if (!done) {
                parts_.logger->warning("store.not_closed", {{"order", id}, {"detail", done.error().detail}});
            }
        });
    });
    return true;
}

// What somebody could still pay for, and has got meanwhile: its payment would go back, but it would be seen on a bill.
// Goes on where the last look ended, and round: however many cannot be closed, each other one has its turn.
void Orders::closeNeedless() {
    auto mark = [&] {
        const std::lock_guard lock(mutex_);
        return closedUpTo_;
    }();
    bool fromStart = mark.id.empty();
    for (int page = 0, asked = 0; page < kMostPages && asked < kMostAtOnce; ++page) {
        auto open = parts_.database.readValue<std::vector<Order>>(
            [&](Session& session) { return orderstore::needless(session, mark, kMostAtOnce); });
        if (!open) {
            failed("store.not_read", open.error());
            return;
        }
        for (auto order = open->begin(); order != open->end() && asked < kMostAtOnce; ++order) {
            mark = {order->updatedAt, order->id};
            asked += close(*order) ? 1 : 0;
        }
        if (open->size() == kMostAtOnce || asked == kMostAtOnce) {
            continue;
        }
        mark = {};
        if (std::exchange(fromStart, true)) {
            break;
        }
    }
    const std::lock_guard lock(mutex_);
    closedUpTo_ = mark;
}

void Orders::askUnpaid(const PaymentProvider& payer) {
    const TimeMs before = parts_.clock->now() - options_.askAfter;
    auto open = parts_.database.readValue<std::vector<Order>>(
        [&](Session& session) { return orderstore::unpaid(session, payer.name(), before, kMostAtOnce * 5); });
    for (const Order& order : open ? *open : std::vector<Order>()) {
        if (isTimeToAsk(order.id)) {
            askAbout(order);
        }
    }
}

void Orders::refundAgain() {
    const TimeMs before = parts_.clock->now() - options_.askAfter;
    auto wanted = parts_.database.readValue<std::vector<Order>>(
        [&](Session& session) { return orderstore::refunding(session, before, kMostAtOnce); });
    for (const Order& order : wanted ? *wanted : std::vector<Order>()) {
        if (isTimeToAsk(order.id)) {
            refundElsewhere(order, [](const Result<Order>&) {});
        }
    }
}

void Orders::maintain() {
    deliver();
    for (const auto& payer : providers_) {
        if (payer->elsewhere()) {
            askUnpaid(*payer);
        }
    }
    refundAgain();
    closeNeedless();
}

struct Orders::Reconciling {
    std::vector<Order> orders;
    std::size_t next = 0;
    Reconciled result;
    std::function<void(Reconciled)> done;
};

void Orders::reconcile(std::function<void(Reconciled)> done) {
    auto all = std::make_shared<Reconciling>();
    all->done = std::move(done);
    for (const auto& payer : providers_) {
        auto orders = !payer->elsewhere()
                          ? Result<std::vector<Order>>()
                          : parts_.database.readValue<std::vector<Order>>([&](Session& session) {
                                return orderstore::recent(session, payer->name(), parts_.clock->now() - kReconciledFor,
                                                          kMostReconciled);
                            });
        if (!orders) {
            all->result.problems.push_back("the orders cannot be read: " + orders.error().text);
        } else {
            all->orders.insert(all->orders.end(), orders->begin(), orders->end());
        }
    }
    reconcileNext(all);
}

namespace {

// How what the provider knows differs from the books.
std::string differenceOf(const Order& order, const PaymentNews& news) {
    OrderFacts theirs;
    for (const OrderFact fact : news.facts) {
        theirs = theirs.with(fact);
    }
    if (news.paid && *news.paid != order.price) {
        return "was paid with " + moneyText(*news.paid) + ", and costs " + moneyText(order.price);
    }
    if (order.facts.charged() && !theirs.charged()) {
        return "is paid in the books, and not with the provider";
    }
    if (order.facts.has(OrderFact::Refunded) && !theirs.has(OrderFact::Refunded)) {
        return "is refunded in the books, and not with the provider";
    }
    return {};
}

}  // namespace

void Orders::reconcileNext(const std::shared_ptr<Reconciling>& all) {
    if (all->next == all->orders.size()) {
        all->done(std::move(all->result));
        return;
    }
    const Order& order = all->orders[all->next++];
    const auto place = placeOf(order.id);
    if (!place) {  // never came to be known there
        reconcileNext(all);
        return;
    }
    ++all->result.asked;
    provider(order.provider)->ask(order, *place, [this, all, order](Result<PaymentNews> news) {
        parts_.pool.executor()([this, all, order, news = std::move(news)] {
            const auto taken = news ? takeNews(order.id, *news) : Result<bool>(errorOf(news));
            const std::string differs =
                taken ? differenceOf(order, *news) : "cannot be asked about: " + taken.error().text;
            all->result.changed += taken && *taken ? 1 : 0;
            if (!differs.empty()) {
                all->result.problems.push_back("order " + order.id + " " + differs);
            }
            reconcileNext(all);
        });
    });
}

}  // namespace marea::server::store
