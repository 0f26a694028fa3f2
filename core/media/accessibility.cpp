#include "core/media/accessibility.h"

#include <algorithm>
#include <string_view>

namespace marea::core {

namespace {

// English, Spanish, Portuguese, French, Italian, German, Dutch; lower case.
constexpr std::string_view phrases[] = {"audio descri",      "audio-descri", "audiodescri",     "descriptive",
                                        "described video",   "visually",     "hörfilm",         "hoerfilm",
                                        "audiobeschreibung", "audiodeskri",  "bildbeschreibung"};

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

bool isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// "AD" by itself, in capitals: "English (AD)".
bool hasShortForm(std::string_view title) {
    for (std::size_t at = title.find("AD"); at != std::string_view::npos; at = title.find("AD", at + 1)) {
        const bool begins = at == 0 || !isLetter(title[at - 1]);
        const bool ends = at + 2 == title.size() || !isLetter(title[at + 2]);
        if (begins && ends) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool describesVideo(const StreamInfo& audio) {
    if (audio.kind != StreamKind::Audio) {
        return false;
    }
    const std::string title = lower(audio.title);
    return hasShortForm(audio.title) || std::any_of(std::begin(phrases), std::end(phrases), [&](std::string_view one) {
               return title.find(one) != std::string::npos;
           });
}

}  // namespace marea::core
