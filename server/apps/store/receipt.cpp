#include "server/apps/store/receipt.h"

#include <array>
#include <ctime>

#include "core/base/markup.h"

namespace marea::server::store {

namespace {

struct Words {
    const char *language, *receipt, *date, *order, *buyer, *forWhom, *item, *price, *paidBy, *refunded, *wallet;
    char point;
};
constexpr Words kEnglish = {"en",   "Receipt", "Date",    "Order",    "Buyer",  "Gift for",
                            "Item", "Price",   "Paid by", "Refunded", "credit", '.'};
constexpr Words kSpanish = {"es",       "Recibo", "Fecha",         "Pedido",      "Comprador", "Regalo para",
                            "Artículo", "Precio", "Forma de pago", "Reembolsado", "crédito",   ','};

// ISO 8601, which both languages read.
std::string dayOf(TimeMs at) {
    const std::time_t seconds = static_cast<std::time_t>(at / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
    return text.data();
}

std::string row(const char* name, const std::string& value) {
    return value.empty() ? std::string()
                         : "<tr><th>" + std::string(name) + "</th><td>" + core::escapedMarkup(value) + "</td></tr>\n";
}

}  // namespace

std::string receiptPage(const Order& order, const ReceiptWords& words) {
    const Words& say = words.spanish ? kSpanish : kEnglish;
    const std::string number = std::to_string(order.receipt.value_or(0));
    std::string rows = row(say.date, dayOf(order.paidAt.value_or(order.createdAt)));
    rows += row(say.order, order.id) + row(say.buyer, words.buyer) + row(say.forWhom, words.recipient);
    rows += row(say.item, order.title) + row(say.price, moneyText(order.price, say.point));
    rows += row(say.paidBy, order.provider == "wallet" ? say.wallet : "Stripe");
    rows += order.facts.reversed() ? row(say.refunded, dayOf(order.updatedAt)) : std::string();
    return "<!DOCTYPE html>\n<html lang=\"" + std::string(say.language) +
           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>" +
           say.receipt + " " + number +
           "</title><style>body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:36rem;padding:0 "
           "1rem}th{text-align:left;padding-right:2rem;vertical-align:top}@media "
           "print{body{margin:0}}</style></head><body><h1>" +
           core::escapedMarkup(words.shop) + "</h1><h2>" + say.receipt + " " + number + "</h2>\n<table>\n" + rows +
           "</table></body></html>\n";
}

}  // namespace marea::server::store
