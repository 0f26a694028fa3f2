#pragma once

#include <string>

#include "server/apps/store/order.h"

namespace marea::server::store {

struct ReceiptWords {
    std::string shop, buyer, recipient;  // names
    bool spanish = false;
};

// A receipt as a page to print. Pure; whatever is in it is text there.
std::string receiptPage(const Order& order, const ReceiptWords& words);

}  // namespace marea::server::store
