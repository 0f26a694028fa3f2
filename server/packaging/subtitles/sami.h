#pragma once

#include <string_view>

#include "server/packaging/subtitles/cue.h"

namespace marea::server {

// SAMI: text, bold, italic, underline, font colours. Where it holds several languages, the one whose tag begins as
// `language` does, else the first.
Subtitles readSami(std::string_view utf8, std::string_view language);

}  // namespace marea::server
