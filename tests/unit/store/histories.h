#pragma once

#include <random>

#include "tests/unit/store/storefixture.h"

namespace marea::server::store::test {

constexpr unsigned kProducts = 24;

// Whatever people, owners and providers do, in any order: orders with keys that are used again, payments that come
// twice, late or never, refunds by anybody and in part, payments that are disputed, days that pass. What it does next
// depends on its dice alone.
class Histories {
public:
    Histories(StoreParts& parts, unsigned seed) : parts_(parts), dice_(seed), run_(std::to_string(seed)) {}

    void step() {
        switch (dice_() % 10) {
            case 0:
                (void)parts_.credit(person(), 1 + dice_() % 2000);
                break;
            case 1:
            case 2:
            case 3:
                order();
                break;
            case 4:
            case 5:
            case 6:
                news();
                break;
            case 7:
                giveBack();
                break;
            case 8:
                parts_.orders->maintain();
                break;
            default:
                parts_.clock->time += static_cast<core::TimeMs>(dice_() % (40 * 60'000));
                parts_.elsewhere->down = dice_() % 4 == 0;
        }
    }
    std::size_t orders() const { return known_.size(); }

private:
    std::string person() { return std::vector<std::string>{"ana", "ben", "kim"}[dice_() % 3]; }
    std::string one() { return known_[dice_() % known_.size()]; }

    void order() {
        const Id buyer = person(), key = run_ + "-" + std::to_string(dice_() % 50);
        OrderWish wish;
        wish.product = "p" + std::to_string(dice_() % kProducts);
        wish.provider = dice_() % 2 ? "wallet" : "elsewhere";
        wish.giftTo = dice_() % 4 == 0 ? person() : "";
        wish.currency = "EUR";
        for (int tries = 1 + static_cast<int>(dice_() % 2); tries > 0; --tries) {
            const auto placed = parts_.place(buyer, wish, key);
            if (placed && placed->isNew) {
                known_.push_back(placed->order.id);
            }
        }
    }
    // What really happened elsewhere is told of once or twice, or not at all.
    void news() {
        if (known_.empty()) {
            return;
        }
        if (dice_() % 3 == 0) {
            return moneyBack(one());
        }
        const Id order = one();
        const std::string word = std::vector<std::string>{"paid", "paid", "failed", "expired", "refunded"}[dice_() % 5];
        parts_.elsewhere->write(order, word);
        const std::string event = "e" + run_ + "-" + std::to_string(dice_() % 5000) + " " + order + " " + word;
        for (auto times = dice_() % 3; times > 0; --times) {
            (void)parts_.tell(event);
        }
    }
    // In part, or disputed: each dispute ends as it has to, and is heard of in any order.
    void moneyBack(const Id& order) {
        std::string about = "part " + std::to_string(1 + dice_() % 1500);
        if (dice_() % 2) {
            const auto which = dice_() % 2;
            const char* const ends = (order.back() + static_cast<char>(which)) % 2 ? "won" : "lost";
            about = "dispute " + order + "-" + std::to_string(which) + " " + (dice_() % 2 ? "open" : ends) + " " +
                    std::to_string(40 + 10 * which);
        }
        const std::string event = "m" + run_ + "-" + std::to_string(dice_() % 5000) + " " + order + " " + about;
        for (auto times = 1 + dice_() % 2; times > 0; --times) {
            (void)parts_.tell(event);
        }
    }
    void giveBack() {
        if (!known_.empty()) {
            (void)parts_.refund(one(), person(), dice_() % 2 == 0);
        }
    }

    StoreParts& parts_;
    std::mt19937 dice_;
    const std::string run_;
    std::vector<Id> known_;
};

inline void fillForHistories(StoreParts& parts) {
    parts.fill();
    for (unsigned i = 0; i < kProducts; ++i) {
        Product made = parts.product("p" + std::to_string(i), i % 6 == 5 ? 0 : 50 * (i + 1),
                                     i % 4 == 0 ? std::vector<Id>{"song1", "song2"} : std::vector<Id>{"song3"});
        if (i % 6 == 3) {  // ordered ahead
            made.offer.releaseAt = parts.clock->time + 20LL * 3600 * 1000;
            parts.save(made);
        }
    }
}

}  // namespace marea::server::store::test
