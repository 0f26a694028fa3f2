#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/pipeline/libav.h"

namespace marea::server {

struct FontFile {
    std::string name;
    std::string_view bytes;  // whoever has the font keeps them
};

// Opens the fonts that drawn subtitles fall back on, and keeps them: a locked-down worker cannot.
void loadFonts();

// DejaVu Sans, which has Latin, Greek and Cyrillic; empty where it is not installed.
const std::vector<FontFile>& fallbackFonts();
constexpr const char* kFallbackFamily = "DejaVu Sans";

// Those that came with the film (Matroska's attachments). The bytes are the context's.
std::vector<FontFile> attachedFonts(const AVFormatContext& context);

}  // namespace marea::server
