#include "server/apps/store/orders.h"

#include "server/apps/identity/errorof.h"
#include "server/apps/identity/passwords.h"
#include "server/apps/licence/readytowrap.h"
#include "server/apps/store/disputestore.h"
#include "server/apps/store/entitlementstore.h"
#include "server/apps/store/orderjson.h"

namespace marea::server::store {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::db::Session;

namespace {

std::string contextOf(const Id& order, const char* what) {
    return "marea store order " + order + " " + what;
}

bool isNews(const Order& before, const Order& after) {
    return before.facts != after.facts || before.refunded != after.refunded || before.disputedAt != after.disputedAt;
}

Result<std::string> currencyOf(const Product& product, const OrderWish& wish) {
    if (!wish.currency.empty()) {
        return wish.currency;
    }
    return product.offer.prices.size() == 1
               ? Result<std::string>(product.offer.prices.begin()->first)
               : fail(ErrorCode::Unprocessable, "Say in which currency: this is sold in several, or in none.");
}

}  // namespace

Orders::Orders(Parts parts, Providers providers, OrderOptions options)
    : parts_(std::move(parts)), providers_(std::move(providers)), options_(std::move(options)) {}

PaymentProvider* Orders::provider(std::string_view name) const {
    for (const auto& one : providers_) {
        if (one->name() == name) {
            return one.get();
        }
    }
    return nullptr;
}

std::vector<std::string> Orders::providerNames() const {
    std::vector<std::string> names;
    for (const auto& one : providers_) {
        names.emplace_back(one->name());
    }
    return names;
}

void Orders::changed() {
    parts_.accessChanged();
}

void Orders::failed(const char* what, const core::Error& error) const {
    parts_.logger->error(what, {{"detail", error.detail.empty() ? error.text : error.detail}});
}

Result<Id> Orders::recipientOf(Session& session, const Shopper& buyer, const OrderWish& wish) {
    if (wish.giftTo.empty()) {
        return buyer.viewer.userId;
    }
    const auto person = entitlementstore::personNamed(session, usernameKey(wish.giftTo));
    if (!person) {
        return errorOf(person);
    }
    if (!*person || **person == buyer.viewer.userId) {
        return fail(ErrorCode::Unprocessable, "There is nobody else of that name.");
    }
    return **person;
}

// Of others is told only what the giver knows: what they have is their own affair. A gift that they have already is
// paid and delivered as any other, and stays so.
Result<void> Orders::mayHave(Session& session, const Shopper& buyer, const OrderWish& wish, const Id& recipient) {
    const bool gift = !wish.giftTo.empty();
    const auto had = gift ? entitlementstore::givenBy(session, buyer.viewer.userId, recipient, wish.product)
                          : entitlementstore::holds(session, recipient, wish.product);
    if (!had) {
        return errorOf(had);
    }
    return *had ? Result<void>(
                      fail(ErrorCode::Conflict, gift ? "You gave them this already." : "You have this already."))
                : Result<void>();
}

Result<Order> Orders::newOrder(Session& session, const Shopper& buyer, const OrderWish& wish, const std::string& key) {
    const TimeMs now = parts_.clock->now();
    const auto product = productstore::seen(session, buyer, wish.product);
    const auto currency = product ? currencyOf(*product, wish) : errorOf(product);
    const auto offered = currency ? quote(product->offer, *currency, now) : errorOf(currency);
    const auto price = offered ? chargeOf(*offered, wish.amount) : errorOf(offered);
    const auto recipient = price ? recipientOf(session, buyer, wish) : errorOf(price);
    const auto may = recipient ? mayHave(session, buyer, wish, *recipient) : Result<void>(errorOf(recipient));
    if (!may) {
        return errorOf(may);
    }
    Order order;
    order.id = core::newId(now);
    order.buyer = buyer.viewer.userId;
    order.recipient = *recipient;
    order.product = product->id;
    order.title = product->title;
    order.items = product->items;
    order.provider = price->minor == 0 ? "wallet" : wish.provider;
    order.price = *price;
    order.createdAt = order.updatedAt = now;
    order.startsAt = offered->preorder ? *product->offer.releaseAt : now;
    order.expiresAt = now + options_.payWithin;
    order.idempotencyKey = key;
    order.request = wishText(wish);
    return order;
}

Result<Orders::Placed> Orders::write(const Shopper& buyer, const OrderWish& wish, const std::string& key) {
    return parts_.database.writeValue<Placed>([&](Session& session) -> Result<Placed> {
        auto before = orderstore::byKey(session, buyer.viewer.userId, key);
        if (!before) {
            return errorOf(before);
        }
        if (*before) {
            return (*before)->request == wishText(wish)
                       ? Result<Placed>(Placed{std::move(**before), {}, false})
                       : fail(ErrorCode::Conflict, "This Idempotency-Key was used for another order.");
        }
        auto order = newOrder(session, buyer, wish, key);
        PaymentProvider* payer = order ? provider(order->provider) : nullptr;
        if (!order || !payer) {
            return order ? Result<Placed>(fail(ErrorCode::Unprocessable, "This server is not paid like that."))
                         : errorOf(order);
        }
        const auto facts = orderstore::add(session, *order).and_then([&] { return payer->atOnce(session, *order); });
        if (!facts) {
            return errorOf(facts);
        }
        for (const OrderFact fact : *facts) {
            order = order ? learn(session, std::move(*order), fact, parts_.clock->now()) : order;
        }
        if (order && order->facts.charged()) {
            order = giveBackSecond(session, std::move(*order), parts_.clock->now());
        }
        return order ? Result<Placed>(Placed{std::move(*order), {}, true}) : errorOf(order);
    });
}

void Orders::place(const Shopper& buyer, const OrderWish& wish, const std::string& key, PlacedDone done) {
    auto placed = write(buyer, wish, key);
    if (!placed) {
        done(errorOf(placed));
        return;
    }
    const Order& order = placed->order;
    if (placed->isNew) {
        parts_.logger->info("store.ordered", {{"order", order.id}, {"user", order.buyer}, {"product", order.product}});
    }
    if (order.facts.charged() && placed->isNew) {
        changed();
        closeNeedless();
    }
    if (order.facts.charged() || order.facts.over()) {
        done(std::move(placed));
        return;
    }
    beginElsewhere(order, placed->isNew, std::move(done));
}

void Orders::beginElsewhere(const Order& order, bool isNew, PlacedDone done) {
    if (auto known = placeOf(order.id); known || known.error().code != ErrorCode::NotFound) {
        done(known ? Result<Placed>(Placed{order, known->checkout, isNew}) : errorOf(known));
        return;
    }
    provider(order.provider)
        ->begin(order, [this, id = order.id, isNew, done = std::move(done)](Result<PaymentPlace> place) {
            parts_.pool.executor()([this, id, isNew, done, place = std::move(place)] {
                if (!place) {
                    failed("store.payment_not_begun", place.error());
                }
                done(place ? begun(id, *place, isNew) : errorOf(place));
            });
        });
}

Result<SealedPlace> Orders::sealed(Session& session, const Id& order, const PaymentPlace& place) {
    const auto ready = readyToWrap(session, parts_.master);
    auto reference = ready ? parts_.master.wrap(place.reference, contextOf(order, "reference")) : errorOf(ready);
    auto checkout = reference ? parts_.master.wrap(place.checkout, contextOf(order, "checkout")) : errorOf(reference);
    return checkout ? Result<SealedPlace>(SealedPlace{reference->master, reference->bytes, checkout->bytes})
                    : errorOf(checkout);
}

// NotFound: there is none yet.
Result<PaymentPlace> Orders::placeOf(const Id& order) {
    const auto found = parts_.database.readValue<std::optional<SealedPlace>>(
        [&](Session& session) { return orderstore::place(session, order); });
    if (!found || !*found) {
        return found ? Result<PaymentPlace>(fail(ErrorCode::NotFound, "There is no such payment.")) : errorOf(found);
    }
    const SealedPlace& place = **found;
    auto reference = parts_.master.unwrap({place.master, place.reference}, contextOf(order, "reference"));
    auto checkout = parts_.master.unwrap({place.master, place.checkout}, contextOf(order, "checkout"));
    return reference && checkout ? Result<PaymentPlace>(PaymentPlace{std::move(*reference), std::move(*checkout)})
                                 : errorOf(reference ? checkout : reference);
}

Result<std::string> Orders::checkoutOf(const Order& order) {
    if (order.state() != OrderState::Pending) {
        return std::string();
    }
    const auto place = placeOf(order.id);
    return place                                       ? Result<std::string>(place->checkout)
           : place.error().code == ErrorCode::NotFound ? Result<std::string>(std::string())
                                                       : errorOf(place);
}

Result<Orders::Placed> Orders::begun(const Id& id, const PaymentPlace& place, bool isNew) {
    return parts_.database.writeValue<Placed>([&](Session& session) -> Result<Placed> {
        auto order = orderstore::find(session, id);
        if (!order || !*order) {
            return order ? Result<Placed>(fail(ErrorCode::NotFound, "There is no such order.")) : errorOf(order);
        }
        const auto kept = sealed(session, id, place).and_then([&](const SealedPlace& secret) {
            return orderstore::setPlace(session, id, secret);
        });
        auto started =
            kept ? learn(session, std::move(**order), OrderFact::Started, parts_.clock->now()) : errorOf(kept);
        return started ? Result<Placed>(Placed{std::move(*started), place.checkout, isNew}) : errorOf(started);
    });
}

// Whether anything was new. What was paid has to be the price: else it is for the owner to look at.
Result<bool> Orders::take(Session& session, const Id& id, const PaymentNews& news) {
    auto found = orderstore::find(session, id);
    if (!found || !*found) {
        return found ? Result<bool>(false) : errorOf(found);
    }
    Order order = std::move(**found);
    if (news.paid && *news.paid != order.price) {
        parts_.logger->error("store.payment_differs", {{"order", id}, {"paid", moneyText(*news.paid)}});
        return false;
    }
    const Order before = order;
    const TimeMs now = parts_.clock->now();
    auto after = learnPayment(session, std::move(order), news.payment, now);
    for (const OrderFact fact : news.facts) {
        after = after ? learn(session, std::move(*after), fact, now) : after;
    }
    if (after && !before.facts.charged() && after->facts.charged()) {
        after = giveBackSecond(session, std::move(*after), now);
    }
    const bool inPart = news.refunded && news.refunded->currency == before.price.currency;
    after = after && inPart ? learnRefunded(session, std::move(*after), news.refunded->minor, now) : after;
    return after ? Result<bool>(isNews(before, *after)) : errorOf(after);
}

// Of a payment that is not known yet it waits.
Result<bool> Orders::takeDispute(Session& session, std::string_view provider, const Dispute& dispute) {
    const TimeMs now = parts_.clock->now();
    const auto id = disputestore::tell(session, provider, dispute, now).and_then([&] {
        return disputestore::orderOf(session, provider, disputestore::digestOf(dispute.payment));
    });
    if (!id || !*id) {
        parts_.logger->warning("store.dispute_of_unknown", {{"provider", provider}, {"dispute", dispute.id}});
        return id ? Result<bool>(false) : errorOf(id);
    }
    auto order = orderstore::find(session, **id);
    if (!order || !*order) {
        return order ? Result<bool>(false) : errorOf(order);
    }
    parts_.logger->warning("store.disputed",
                           {{"order", **id}, {"dispute", dispute.id}, {"state", std::string(name(dispute.state))}});
    const Order before = **order;
    const auto after = settleDisputes(session, std::move(**order), now);
    return after ? Result<bool>(isNews(before, *after)) : errorOf(after);
}

// What a provider says of others' orders is nothing.
Result<bool> Orders::takeFrom(Session& session, std::string_view provider, const Id& id, const PaymentNews& news) {
    const auto order = orderstore::find(session, id);
    if (!order || !*order || (*order)->provider != provider) {
        return order ? Result<bool>(false) : errorOf(order);
    }
    return take(session, id, news);
}

Result<bool> Orders::takeNews(const Id& order, const PaymentNews& news) {
    auto taken = parts_.database.writeValue<bool>([&](Session& session) { return take(session, order, news); });
    if (taken && *taken) {
        changed();
        closeNeedless();
    }
    return taken;
}

Result<void> Orders::told(std::string_view name, const Request& request) {
    PaymentProvider* payer = provider(name);
    if (!payer) {
        return fail(ErrorCode::NotFound, "There is no such provider.");
    }
    const TimeMs now = parts_.clock->now();
    const auto message = payer->read(request, now);
    if (!message) {
        return errorOf(message);
    }
    auto taken = parts_.database.writeValue<bool>([&](Session& session) -> Result<bool> {
        const auto before = orderstore::toldBefore(session, name, message->eventId, message->type, message->order, now);
        if (!before) {
            return errorOf(before);
        }
        return *before                  ? Result<bool>(false)
               : message->dispute       ? takeDispute(session, name, *message->dispute)
               : message->order.empty() ? Result<bool>(false)
                                        : takeFrom(session, name, message->order, message->news);
    });
    if (taken && *taken) {
        parts_.logger->info("store.told", {{"order", message->order}, {"type", message->type}});
        changed();
        closeNeedless();
    }
    return taken ? Result<void>() : errorOf(taken);
}

}  // namespace marea::server::store
