#include "core/library/credits.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace marea::core::library {

namespace {

constexpr std::size_t kMostNames = 40;  // of a role: an album of a hundred guests is told by its tracks

void addName(std::vector<std::string>& names, std::string_view name) {
    const auto first = name.find_first_not_of(' '), last = name.find_last_not_of(' ');
    if (first == std::string_view::npos || names.size() >= kMostNames) {
        return;
    }
    name = name.substr(first, last - first + 1);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.emplace_back(name);
    }
}

// Several values of a tag are one text with semicolons between them.
void addNames(std::vector<std::string>& names, std::string_view text) {
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(';', at), text.size());
        addName(names, text.substr(at, end - at));
        at = end + 1;
    }
}

void addPerformers(std::vector<std::string>& names, const Tags& tags) {
    if (!tags.albumArtist.empty() && tags.artist != tags.albumArtist) {
        addNames(names, tags.artist);
    }
    addNames(names, tags.performer);
    std::erase(names, tags.albumArtist.empty() ? tags.artist : tags.albumArtist);
}

}  // namespace

std::vector<Credit> creditsOf(const std::vector<Tags>& tracks) {
    struct Role {
        const char* name;
        std::string Tags::*tag;
    };
    constexpr std::array roles{Role{"composer", &Tags::composer}, Role{"lyricist", &Tags::lyricist},
                               Role{"conductor", &Tags::conductor}, Role{"producer", &Tags::producer},
                               Role{"label", &Tags::label}};
    std::vector<Credit> credits{{"performer", {}}};
    for (const Tags& tags : tracks) {
        addPerformers(credits.front().names, tags);
    }
    for (const Role& role : roles) {
        Credit& credit = credits.emplace_back(Credit{role.name, {}});
        for (const Tags& tags : tracks) {
            addNames(credit.names, tags.*role.tag);
        }
    }
    std::erase_if(credits, [](const Credit& credit) { return credit.names.empty(); });
    return credits;
}

}  // namespace marea::core::library
