#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/searchquery.h"

namespace marea::core::library {

// How many letters one has to add, leave out, change or swap with their neighbour to make one word of the other
// (optimal string alignment, by code points); more than `most`: most + 1. `begun`: of the beginning of `known` that
// fits best.
int editDistance(std::u32string_view typed, std::u32string_view known, int most, bool begun = false);

// 0 for a word of less than four letters, 1 up to seven, 2 for longer ones.
int allowedEdits(std::size_t letters);

// Folded words that occur, and what a mistyped one may have been meant as. A question costs one pass over short
// descriptions of the words, about a millisecond for 300,000. Never changes, so that threads may share it.
class Spelling {
public:
    struct Word {
        std::string text;
        std::int64_t count = 0;  // how often it occurs
    };
    static constexpr std::size_t kMostWords = 400'000;

    // In ascending order of their bytes. Numbers, words of less than three letters, and what goes beyond kMostWords
    // (the rarest first) are left out.
    explicit Spelling(const std::vector<Word>& words);

    std::size_t size() const { return entries_.size(); }
    bool knows(std::string_view word) const;
    bool knowsBeginning(std::string_view word) const;

    struct Suggestion {
        std::string word;
        int distance = 0;
    };
    // Not the word itself; the nearest first, of equally near ones the most frequent. `begun`: it may be the beginning
    // of a longer one.
    std::vector<Suggestion> suggest(std::string_view word, bool begun, std::size_t most) const;

private:
    struct Entry {
        std::uint64_t letters = 0;  // one bit for each letter in it, by its number modulo 64
        std::uint32_t at = 0;       // in pool_
        std::uint32_t count = 0;
        std::uint8_t bytes = 0, length = 0;  // length in letters
    };
    std::string_view text(const Entry& entry) const { return std::string_view(pool_).substr(entry.at, entry.bytes); }

    std::string pool_;
    std::vector<Entry> entries_;
};

// What the query may have been meant as, best first, at most four texts. Words that occur stay as they are; where all
// do and yet nothing has them together (`foundSome`), any may be wrong. The last word may be a beginning.
std::vector<std::string> corrections(const SearchQuery& query, const Spelling& spelling, bool foundSome);

}  // namespace marea::core::library
