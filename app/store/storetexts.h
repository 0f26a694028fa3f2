#pragma once

#include <optional>

#include "app/store/storetypes.h"

// Money, products and orders in words, in the application's language and locale.
namespace marea::app::storetexts {

QString money(const StoreMoney& money);  // "9.99 €"
// What somebody typed, in minor units: "9,99" or "9.99" or "9". Nothing for what is no such amount.
std::optional<qint64> minorOf(const QString& text, const QString& currency);
QString typed(const StoreMoney& money);  // as minorOf() reads it: "9.99"

QString kind(const StoreProduct& product);                            // "Ana Ribera · Album · 12 tracks"
QString price(const StoreProduct& product, const QString& currency);  // "9.99 €", "Free", "From 2.00 €", "Not sold"
QString oldPrice(const StoreProduct& product, const QString& currency);  // while there is a sale: what it was
QString note(const StoreProduct& product, const QString& currency);      // the sale and its end, or when it comes
QString day(qint64 at);                                                  // in the locale
QString state(const StoreOrder& order);                                  // "Paid", "Waiting for payment"
// What became of the money and of what was bought, where something did: "3.00 € of it was given back."
QString fate(const StoreOrder& order);
QString withheld(const QString& why);   // of a product that somebody had, in a sentence; empty: nothing is
QString provider(const QString& name);  // "Credit", "Card"

}  // namespace marea::app::storetexts
