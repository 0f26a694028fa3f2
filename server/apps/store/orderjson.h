#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/apps/store/orders.h"

namespace marea::server::store {

core::Result<OrderWish> parseOrderWish(std::string_view body);
std::string wishText(const OrderWish& wish);  // the same for the same wish
// `events`: its history, as far as it is told; `checkout`: where it is paid.
core::json::object orderJson(const Order& order, const std::vector<OrderEvent>& events, const std::string& checkout);
core::json::object moneyJson(const Money& money);

}  // namespace marea::server::store
