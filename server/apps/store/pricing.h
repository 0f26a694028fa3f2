#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/store/money.h"

namespace marea::server::store {

using core::TimeMs;
using core::store::Money;

enum class Pricing { Fixed, Free, Choose };  // Choose: people pay what they like, and a least amount at least
std::string_view name(Pricing pricing);
std::optional<Pricing> pricingNamed(std::string_view name);

struct Sale {
    int percent = 0;  // off
    TimeMs from = 0, until = 0;
    bool operator==(const Sale&) const = default;
};

// What somebody asks for a product. Pure values and decisions.
struct Offer {
    Pricing pricing = Pricing::Fixed;
    std::map<std::string, std::int64_t> prices;  // by currency, in minor units; of Choose the least
    std::vector<Sale> sales;
    std::vector<std::string> territories;  // ISO 3166-1; none: everywhere
    std::optional<TimeMs> releaseAt;
    bool operator==(const Offer&) const = default;
};

// What it costs just now.
struct Quote {
    Money list, price;  // without and with the sale; of Choose the least
    bool choose = false;
    int percentOff = 0;  // of the sale that is best for who pays; 0: none
    TimeMs saleUntil = 0;
    bool preorder = false;
};

// `region` of who buys, empty where it is not known: then what is limited is not sold.
bool soldIn(const Offer& offer, std::string_view region);
// Unprocessable: it is not sold for that.
core::Result<Quote> quote(const Offer& offer, const std::string& currency, TimeMs now);
// What is to be paid, `chosen` where people choose. Unprocessable: too little, or too much to be meant.
core::Result<Money> chargeOf(const Quote& quote, std::optional<std::int64_t> chosen);

}  // namespace marea::server::store
