#include "server/apps/catalog/sidecarlanguages.h"

#include <algorithm>

namespace marea::server {

std::string languagesText(const core::library::VobSubIndex& index) {
    std::string text;
    for (const auto& track : index.tracks) {
        text += (text.empty() ? "" : " ") + (track.language.empty() ? "-" : track.language);
    }
    return text;
}

std::vector<std::string> sidecarLanguages(std::string_view format, const std::string& language, std::string_view kept) {
    if (format != "idx") {
        return {language};
    }
    std::vector<std::string> languages;
    while (!kept.empty() && languages.size() < core::library::kMostVobSubTracks) {
        const std::size_t end = std::min(kept.find(' '), kept.size());
        const std::string_view word = kept.substr(0, end);
        languages.emplace_back(word == "-" ? "" : word);
        kept.remove_prefix(std::min(end + 1, kept.size()));
    }
    // The name of a file in one language is believed more.
    if (languages.size() == 1 && !language.empty()) {
        languages.front() = language;
    }
    return languages;
}

}  // namespace marea::server
