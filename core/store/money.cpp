#include "core/store/money.h"

#include <algorithm>
#include <array>

namespace marea::core::store {

namespace {

// ISO 4217, those without two digits of minor units.
constexpr std::array<std::string_view, 16> kNone = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                    "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> kThree = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

template <class List>
bool has(const List& list, std::string_view code) {
    return std::find(list.begin(), list.end(), code) != list.end();
}

}  // namespace

bool isCurrency(std::string_view code) {
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

int minorDigits(std::string_view currency) {
    return has(kNone, currency) ? 0 : has(kThree, currency) ? 3 : 2;
}

std::string amountText(const Money& money, char point) {
    const auto digits = static_cast<std::size_t>(minorDigits(money.currency));
    // As unsigned, so that the least number has its opposite.
    const auto positive =
        money.minor < 0 ? 0 - static_cast<std::uint64_t>(money.minor) : static_cast<std::uint64_t>(money.minor);
    std::string text = std::to_string(positive);
    if (text.size() <= digits) {
        text.insert(0, digits + 1 - text.size(), '0');
    }
    if (digits > 0) {
        text.insert(text.size() - digits, 1, point);
    }
    return money.minor < 0 ? "-" + text : text;
}

std::string moneyText(const Money& money, char point) {
    return amountText(money, point) + " " + money.currency;
}

std::int64_t percentOff(std::int64_t minor, int percent) {
    const std::int64_t kept = 100 - std::clamp(percent, 0, 100);
    return minor / 100 * kept + minor % 100 * kept / 100;
}

}  // namespace marea::core::store
