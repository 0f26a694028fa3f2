#pragma once

#include <string>
#include <string_view>

namespace marea::core {

// The BCP 47 tag for a language as files name it: ISO 639-2 in both its forms ("ger", "deu" → "de"), an English name
// ("German" → "de"), or a tag already, put in its usual case ("PT-br" → "pt-BR"). A three-letter code without a
// two-letter one stays. Empty for "und", "zxx", "mis", "mul" and for text that is no tag at all.
std::string languageTag(std::string_view name);

// True when `name` is a code or an English name that languageTag knows from its table, for telling a language suffix
// in a file's name from other words.
bool isKnownLanguage(std::string_view name);

// The English name of a tag, with what stands behind its language: "de" → "German", "pt-BR" → "Portuguese (BR)". A
// tag that is not known comes back as it is.
std::string languageName(std::string_view tag);

// The ISO 639-2/T code of a tag's language: "de-AT" → "deu". A code of three letters stays; empty for what has none.
std::string languageCode(std::string_view tag);

}  // namespace marea::core
