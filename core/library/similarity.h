#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace marea::core::library {

// What titles are compared by. Texts are folded; lists are sorted and without repetitions (traitList).
struct Traits {
    std::vector<std::string> genres, people, collections;
    std::string artist;  // id
    int year = 0;        // 0: not known
    std::int64_t popularity = 0;
};

std::vector<std::string> traitList(std::vector<std::string> values);

// How much somebody who likes `a` may like `b`: 0 when they share nothing, more for people, a series of films or an
// artist in common than for genres, a little for the same time and for what many play.
double similarity(const Traits& a, const Traits& b);

}  // namespace marea::core::library
