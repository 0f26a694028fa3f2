#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/gateway/http.h"

namespace marea::server {

inline constexpr std::string_view kEnglishTag = "en", kSpanishTag = "es";

// Which of the server's languages `acceptLanguage` (RFC 9110 section 12.5.4) likes best; of equals the one that it
// names first. English where it likes none of them.
std::string_view preferredLanguage(std::string_view acceptLanguage);

// A text that the code has in English, in `language`.
std::string inLanguage(std::string_view english, std::string_view language);

// Says a problem document (RFC 9457) in `language`: its title and detail, and the fields about languages. Other answers
// stay as they are.
void speak(Response& response, std::string_view language);

// Of JSON that tells what was asked for: the texts of `fields`, wherever they stand.
void speakFields(Response& response, const std::vector<std::string>& fields, std::string_view language);

// resources/i18n/server_es.po
std::string_view spanishCatalogue();

}  // namespace marea::server
