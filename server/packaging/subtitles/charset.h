#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace marea::server {

// Which charset a text file is in. Charsets have iconv's names. Where nothing says it for sure, each legacy charset is
// tried on a sample, and the text that reads most like a language wins: see plausibility().

struct UnicodeForm {
    const char* charset;   // "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"
    std::size_t mark = 0;  // bytes of the byte order mark in front
};
// A byte order mark, well-formed UTF-8 (but for a few bytes), or UTF-16 without a mark.
std::optional<UnicodeForm> unicodeForm(std::string_view bytes);

// What subtitles were written in before Unicode; the likelier first.
std::span<const char* const> legacyCharsets();

// Lines that tell something about the charset, together at most `most` bytes or a little over.
std::string charsetSample(std::string_view bytes, std::size_t most = 32 << 10);

// How much a text looks like one of the languages we know, 1 at best and 0.2 more where it is as told; less for odd
// symbols, mixed scripts and capitals inside of words. `language` (BCP 47; may be empty) is what it is said to be.
double plausibility(std::string_view utf8, std::string_view language);

}  // namespace marea::server
