#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "server/apps/store/pricing.h"

namespace marea::server::store {

// Lists as they are kept in one column: JSON that we wrote ourselves.
inline std::string listText(const std::vector<std::string>& list) {
    return core::json::serialize(core::json::array(list.begin(), list.end()));
}

inline std::vector<std::string> listFrom(std::string_view text) {
    boost::system::error_code error;
    const core::json::value value = core::json::parse(text, error);
    std::vector<std::string> list;
    for (const core::json::value& one : !error && value.is_array() ? value.get_array() : core::json::array()) {
        if (one.is_string()) {
            list.emplace_back(one.get_string());
        }
    }
    return list;
}

inline std::string pricesText(const Offer& offer) {
    core::json::object prices;
    for (const auto& [currency, minor] : offer.prices) {
        prices[currency] = minor;
    }
    return core::json::serialize(prices);
}

inline std::string salesText(const Offer& offer) {
    core::json::array sales;
    for (const Sale& sale : offer.sales) {
        sales.push_back(core::json::object{{"percent", sale.percent}, {"from", sale.from}, {"until", sale.until}});
    }
    return core::json::serialize(sales);
}

inline void readPrices(std::string_view text, Offer& offer) {
    boost::system::error_code error;
    const core::json::value value = core::json::parse(text, error);
    for (const auto& field : !error && value.is_object() ? value.get_object() : core::json::object()) {
        if (field.value().is_int64()) {
            offer.prices[std::string(field.key())] = field.value().get_int64();
        }
    }
}

inline void readSales(std::string_view text, Offer& offer) {
    boost::system::error_code error;
    const core::json::value value = core::json::parse(text, error);
    const auto number = [](const core::json::object& sale, const char* key) {
        const core::json::value* found = sale.if_contains(key);
        return found && found->is_int64() ? found->get_int64() : std::int64_t{0};
    };
    for (const core::json::value& one : !error && value.is_array() ? value.get_array() : core::json::array()) {
        if (one.is_object()) {
            const core::json::object& sale = one.get_object();
            offer.sales.push_back(
                {static_cast<int>(number(sale, "percent")), number(sale, "from"), number(sale, "until")});
        }
    }
}

}  // namespace marea::server::store
