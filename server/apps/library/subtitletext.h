#pragma once

#include <string>
#include <string_view>

namespace marea::server {

// A text file as UTF-8: UTF-16 of either order is converted when it starts with a byte order mark, a UTF-8 mark is
// taken off, everything else comes back as it is. (Charsets of 8 bits and conversion between subtitle formats are the
// media engine's.) Pure; lone surrogates become U+FFFD.
std::string textAsUtf8(std::string_view bytes);

// The Content-Type of a subtitle or lyrics file by its format; empty when it is not text.
std::string textMimeType(std::string_view format);

}  // namespace marea::server
