#include "core/library/spelling.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "core/library/text.h"

namespace marea::core::library {

namespace {

constexpr std::size_t kLongest = 40;  // letters
constexpr std::size_t kLeastLetters = 3;
constexpr std::size_t kChoices = 3;   // for one word
constexpr std::size_t kCombined = 8;  // kept while words are put together
constexpr std::size_t kCorrections = 4;

std::u32string lettersOf(std::string_view text) {
    std::u32string letters;
    for (std::size_t at = 0; at < text.size() && letters.size() < kLongest;) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t letter = size == 1 ? lead : lead & (0xFFU >> (size + 1));
        for (std::size_t i = 1; i < size && at + i < text.size(); ++i) {
            letter = (letter << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
        }
        letters.push_back(letter);
        at += size;
    }
    return letters;
}

std::uint64_t maskOf(std::u32string_view letters) {
    std::uint64_t mask = 0;
    for (const char32_t letter : letters) {
        mask |= std::uint64_t{1} << (letter % 64);
    }
    return mask;
}

bool isNumber(std::string_view text) {
    return std::all_of(text.begin(), text.end(), isDigit);
}

// A change takes one letter away and brings one: more than two differences for each cannot be.
bool canBeNear(std::uint64_t typed, std::uint64_t known, int most, bool begun) {
    const int gone = std::popcount(typed & ~known), added = std::popcount(known & ~typed);
    return begun ? gone <= most : gone + added <= 2 * most;
}

struct Combination {
    std::string text;
    int distance = 0;
};

struct Choice {
    std::string word;
    int distance = 0;
};

std::vector<Choice> choicesOf(const std::string& word, bool begun, bool sure, const Spelling& spelling) {
    std::vector<Choice> choices;
    if (!sure) {
        for (auto& suggestion : spelling.suggest(word, begun, kChoices)) {
            choices.push_back({std::move(suggestion.word), suggestion.distance});
        }
    }
    if (choices.empty() || spelling.knowsBeginning(word)) {
        choices.insert(choices.begin(), Choice{word, 0});
    }
    return choices;
}

}  // namespace

int editDistance(std::u32string_view typed, std::u32string_view known, int most, bool begun) {
    const std::size_t rows = std::min(typed.size(), kLongest), columns = std::min(known.size(), kLongest);
    if (rows > columns + static_cast<std::size_t>(most) ||
        (!begun && columns > rows + static_cast<std::size_t>(most))) {
        return most + 1;
    }
    int before[kLongest + 1], last[kLongest + 1], now[kLongest + 1];
    for (std::size_t j = 0; j <= columns; ++j) {
        last[j] = static_cast<int>(j);
    }
    std::copy_n(last, columns + 1, before);
    for (std::size_t i = 1; i <= rows; ++i) {
        now[0] = static_cast<int>(i);
        int least = now[0];
        for (std::size_t j = 1; j <= columns; ++j) {
            const int change = last[j - 1] + (typed[i - 1] == known[j - 1] ? 0 : 1);
            now[j] = std::min({change, last[j] + 1, now[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && typed[i - 1] == known[j - 2] && typed[i - 2] == known[j - 1];
            now[j] = swapped ? std::min(now[j], before[j - 2] + 1) : now[j];
            least = std::min(least, now[j]);
        }
        if (least > most) {
            return most + 1;
        }
        std::copy_n(last, columns + 1, before);
        std::copy_n(now, columns + 1, last);
    }
    const int distance = begun ? *std::min_element(last, last + columns + 1) : last[columns];
    return std::min(distance, most + 1);
}

int allowedEdits(std::size_t letters) {
    return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

Spelling::Spelling(const std::vector<Word>& words) {
    std::int64_t least = 1;
    if (words.size() > kMostWords) {
        std::vector<std::int64_t> counts;
        counts.reserve(words.size());
        for (const Word& word : words) {
            counts.push_back(word.count);
        }
        std::nth_element(counts.begin(), counts.begin() + kMostWords, counts.end(), std::greater<>());
        least = counts[kMostWords] + 1;
    }
    for (const Word& word : words) {
        const std::u32string letters = lettersOf(word.text);
        if (word.count < least || letters.size() < kLeastLetters || letters.size() >= kLongest ||
            word.text.size() > 160 || isNumber(word.text)) {
            continue;
        }
        Entry entry;
        entry.letters = maskOf(letters);
        entry.at = static_cast<std::uint32_t>(pool_.size());
        entry.count = static_cast<std::uint32_t>(std::min<std::int64_t>(word.count, UINT32_MAX));
        entry.bytes = static_cast<std::uint8_t>(word.text.size());
        entry.length = static_cast<std::uint8_t>(letters.size());
        pool_ += word.text;
        entries_.push_back(entry);
    }
}

bool Spelling::knowsBeginning(std::string_view word) const {
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), word,
                                        [this](const Entry& entry, std::string_view w) { return text(entry) < w; });
    return found != entries_.end() && text(*found).starts_with(word);
}

bool Spelling::knows(std::string_view word) const {
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), word,
                                        [this](const Entry& entry, std::string_view w) { return text(entry) < w; });
    return found != entries_.end() && text(*found) == word;
}

std::vector<Spelling::Suggestion> Spelling::suggest(std::string_view word, bool begun, std::size_t most) const {
    const std::u32string typed = lettersOf(word);
    const int edits = isNumber(word) ? 0 : allowedEdits(typed.size());
    if (edits == 0) {
        return {};
    }
    struct Found {
        int distance = 0;
        bool isLonger = false;
        const Entry* entry = nullptr;
        // The nearest, whole words before begun ones, the most frequent.
        auto rank() const { return std::tuple(distance, isLonger, UINT32_MAX - entry->count, entry->at); }
    };
    std::vector<Found> found;
    const std::uint64_t mask = maskOf(typed);
    const std::size_t shortest = typed.size() - static_cast<std::size_t>(edits);
    const std::size_t longest = begun ? kLongest : typed.size() + static_cast<std::size_t>(edits);
    for (const Entry& entry : entries_) {
        if (entry.length < shortest || entry.length > longest || !canBeNear(mask, entry.letters, edits, begun) ||
            text(entry) == word) {
            continue;
        }
        const std::u32string known = lettersOf(text(entry));
        int distance = editDistance(typed, known, edits);
        const bool isLonger = distance > edits;
        distance = isLonger && begun ? editDistance(typed, known, edits, true) : distance;
        if (distance <= edits) {
            found.push_back({distance, isLonger, &entry});
        }
    }
    const std::size_t count = std::min(most, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(),
                      [](const Found& a, const Found& b) { return a.rank() < b.rank(); });
    std::vector<Suggestion> suggestions;
    for (std::size_t i = 0; i < count; ++i) {
        suggestions.push_back({std::string(text(*found[i].entry)), found[i].distance});
    }
    return suggestions;
}

std::vector<std::string> corrections(const SearchQuery& query, const Spelling& spelling, bool foundSome) {
    const auto& words = query.words;
    // Words that occur, and still nothing has them all: any of them may be the wrong one.
    const bool anyWrong = !foundSome && std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return spelling.knowsBeginning(word);
    });
    std::vector<Combination> combined = {{}};
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool begun = i + 1 == words.size() && !foundSome;
        std::vector<Combination> longer;
        for (const Choice& choice : choicesOf(words[i], begun, spelling.knows(words[i]) && !anyWrong, spelling)) {
            for (const Combination& before : combined) {
                longer.push_back(
                    {before.text + (before.text.empty() ? "" : " ") + choice.word, before.distance + choice.distance});
            }
        }
        std::stable_sort(longer.begin(), longer.end(),
                         [](const Combination& a, const Combination& b) { return a.distance < b.distance; });
        longer.resize(std::min(longer.size(), kCombined));
        combined = std::move(longer);
    }
    std::vector<std::string> texts;
    for (Combination& combination : combined) {
        if (combination.distance > 0 && texts.size() < kCorrections) {
            texts.push_back(std::move(combination.text));
        }
    }
    return texts;
}

}  // namespace marea::core::library
