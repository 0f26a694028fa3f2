#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace marea::core::library {

struct SearchQuery {
    std::string match;               // an FTS5 expression: every word as a quoted prefix, all of them required
    std::string titleMatch;          // likewise: titles that begin with these very words
    std::vector<std::string> words;  // the same, folded
    std::string text;                // the words joined by single spaces
};

// What a person typed, as a query. Nothing in it is FTS5 syntax any more. nullopt when there is no word in it.
// At most 12 words of at most 40 bytes are used.
std::optional<SearchQuery> searchQuery(std::string_view typed);

// How well a candidate that matches `query` fits it: higher is better. The three texts are folded (searchText).
// A field-weighted count of whole and begun words, dampened by the length of the title, with a premium for a title that
// is or begins with the query. Rarity plays no part: every candidate has every word.
double relevance(const SearchQuery& query, std::string_view title, std::string_view people, std::string_view more);

// Whether each word, or something that it begins, is in a folded text.
bool hasAllWords(const SearchQuery& query, std::string_view text);
// Who of `names` was meant: the first with most of those words that are not in `known`, a folded text. nullptr: nobody.
const std::string* meantName(const SearchQuery& query, std::string_view known, const std::vector<std::string>& names);

}  // namespace marea::core::library
