#pragma once

#include <string>
#include <string_view>

namespace marea::server {

// Opens the tables of all charsets that texts are converted from, and keeps them: the C library reads them from files
// when they are first used, which a locked-down worker cannot.
void loadCharsets();

// A text file as UTF-8, without a byte order mark. Its charset is found by what it says (charset.h); `language` is a
// hint. What cannot be read becomes U+FFFD.
std::string textToUtf8(std::string_view bytes, std::string_view language);

// The charset that textToUtf8() would take, by iconv's name.
std::string charsetOf(std::string_view bytes, std::string_view language);

// `bytes` from one charset; U+FFFD where they are not of it.
std::string convertToUtf8(std::string_view bytes, const std::string& charset);

}  // namespace marea::server
