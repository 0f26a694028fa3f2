#pragma once

#include <optional>
#include <string_view>

#include "server/packaging/subtitles/cue.h"

namespace marea::server {

enum class SubtitleFormat { Srt, WebVtt, Ass, Ttml, Sami };

// By the contents, and by the extension (lower case, without the dot) where they do not tell.
std::optional<SubtitleFormat> subtitleFormat(std::string_view utf8, std::string_view extension);

// A text subtitle file of any of these, settled. `language` chooses among several. nullopt when it is none.
std::optional<Subtitles> readSubtitles(std::string_view utf8, std::string_view extension, std::string_view language);

}  // namespace marea::server
