#include "server/apps/store/pricing.h"

#include <algorithm>

namespace marea::server::store {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr std::int64_t kMostChosen = 10'000'000;  // nobody means to pay more than that by hand

// The one that takes off most; of those the one that ends last.
const Sale* bestSale(const std::vector<Sale>& sales, TimeMs now) {
    const Sale* best = nullptr;
    for (const Sale& sale : sales) {
        const bool on = sale.from <= now && now < sale.until;
        if (on &&
            (!best || sale.percent > best->percent || (sale.percent == best->percent && sale.until > best->until))) {
            best = &sale;
        }
    }
    return best;
}

}  // namespace

std::string_view name(Pricing pricing) {
    return pricing == Pricing::Free ? "free" : pricing == Pricing::Choose ? "choose" : "fixed";
}

std::optional<Pricing> pricingNamed(std::string_view text) {
    for (const Pricing pricing : {Pricing::Fixed, Pricing::Free, Pricing::Choose}) {
        if (name(pricing) == text) {
            return pricing;
        }
    }
    return std::nullopt;
}

bool soldIn(const Offer& offer, std::string_view region) {
    const auto& list = offer.territories;
    return list.empty() || std::find(list.begin(), list.end(), region) != list.end();
}

Result<Quote> quote(const Offer& offer, const std::string& currency, TimeMs now) {
    Quote made;
    made.preorder = offer.releaseAt && *offer.releaseAt > now;
    made.list = made.price = Money{0, currency};
    if (offer.pricing == Pricing::Free) {
        return made;
    }
    const auto found = offer.prices.find(currency);
    if (found == offer.prices.end()) {
        return fail(ErrorCode::Unprocessable, "This is not sold in that currency.");
    }
    made.choose = offer.pricing == Pricing::Choose;
    made.list.minor = made.price.minor = found->second;
    if (const Sale* sale = bestSale(offer.sales, now)) {
        made.percentOff = sale->percent;
        made.saleUntil = sale->until;
        made.price.minor = core::store::percentOff(made.list.minor, sale->percent);
    }
    return made;
}

Result<Money> chargeOf(const Quote& quote, std::optional<std::int64_t> chosen) {
    if (!quote.choose) {
        const bool other = chosen && *chosen != quote.price.minor;
        return other ? fail(ErrorCode::Unprocessable, "This has a fixed price.") : Result<Money>(quote.price);
    }
    const std::int64_t paid = chosen.value_or(quote.price.minor);
    if (paid < quote.price.minor) {
        return fail(ErrorCode::Unprocessable, "That is less than the least: " + moneyText(quote.price) + ".");
    }
    if (paid > std::max(kMostChosen, quote.price.minor)) {
        return fail(ErrorCode::Unprocessable, "That is more than anybody means to pay.");
    }
    return Money{paid, quote.price.currency};
}

}  // namespace marea::server::store
