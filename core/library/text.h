#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marea::core::library {

// Lower case without diacritics ("Amélie" → "amelie", "Ñ" → "n", "Straße" → "strasse"), by Unicode compatibility
// decomposition. Invalid UTF-8 becomes U+FFFD.
std::string fold(std::string_view text);

// Folded words separated by single spaces: apostrophes vanish ("don't" → "dont"), other punctuation separates.
// What is indexed for the search and what a query is made of.
std::string searchText(std::string_view text);

std::vector<std::string> words(std::string_view searchText);

// The title without a leading article in English, Spanish, French, German or Italian, where something is
// left: "The Wire" → "Wire", "Los olvidados" → "olvidados". Without "die", which starts English titles more often.
std::string sortTitle(std::string_view title);

// A key whose order by bytes is the natural order: folded, numbers padded, so that "Part 9" < "Part 10". Ñ is a letter
// of its own, between N and O.
std::string sortKey(std::string_view sortTitle);

// Under which letter of a list a key stands: "A" to "Z", "Ñ", "#" for what comes before letters, and letters of other
// scripts as they are.
std::string initialOf(std::string_view sortKey);

// Natural order without case or diacritics; falls back to the order of bytes, so that it is total.
bool naturalLess(std::string_view a, std::string_view b);

std::string trimmed(std::string_view text);
bool isDigit(char c);
bool startsWithNoCase(std::string_view text, std::string_view lowerPrefix);  // ASCII

// Parts of a relative path.
std::string_view fileName(std::string_view path);
std::string_view folderOf(std::string_view path);  // "" at the top
std::string_view stem(std::string_view fileName);  // without the last extension
std::string extension(std::string_view fileName);  // lower case, without the dot; "" when there is none
std::vector<std::string_view> pathParts(std::string_view path);

}  // namespace marea::core::library
