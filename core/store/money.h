#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace marea::core::store {

// An amount in minor units (cents) of an ISO 4217 currency. Never a floating-point number.
struct Money {
    std::int64_t minor = 0;
    std::string currency;
    bool operator==(const Money&) const = default;
};

constexpr std::int64_t kMostMinor = 1'000'000'000'000;  // of one price: sums of a million of them fit

bool isCurrency(std::string_view code);  // the form: "EUR"
// How many digits are minor units: none of yen, three of dinars, two of most.
int minorDigits(std::string_view currency);
// "12.34", with a comma in languages that write one; "-0.05".
std::string amountText(const Money& money, char point = '.');
// As it stands on a receipt: "12.34 EUR".
std::string moneyText(const Money& money, char point = '.');
// What is left after `percent` (0 to 100) off, rounded in favour of who pays.
std::int64_t percentOff(std::int64_t minor, int percent);

}  // namespace marea::core::store
