#include "server/apps/files/filestexts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "server/apps/oauth/pages.h"
#include "server/gateway/text.h"

namespace marea::server {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSystems = {{{"Android", "Android"},
                                                                                    {"iPhone", "iPhone"},
                                                                                    {"iPad", "iPad"},
                                                                                    {"Windows", "Windows"},
                                                                                    {"Macintosh", "Mac"},
                                                                                    {"CrOS", "ChromeOS"},
                                                                                    {"Linux", "Linux"}}};

std::string percentEncoded(std::string_view text) {
    constexpr std::string_view kHexDigits = "0123456789ABCDEF", kPlain = "-._~";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           kPlain.find(c) != std::string_view::npos;
        if (plain) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(kHexDigits[byte >> 4]);
        out.push_back(kHexDigits[byte & 15]);
    }
    return out;
}

}  // namespace

std::string filesSize(std::int64_t bytes, const FilesWords& words) {
    constexpr std::array<const char*, 4> kUnits = {"kB", "MB", "GB", "TB"};
    double size = static_cast<double>(std::max<std::int64_t>(bytes, 0)) / 1000;
    std::size_t unit = 0;
    for (; size >= 999.5 && unit + 1 < kUnits.size(); ++unit) {
        size /= 1000;
    }
    std::array<char, 48> text{};
    const bool fraction = size < 9.95 && unit > 0;
    std::snprintf(text.data(), text.size(), "%.*f %s", fraction ? 1 : 0, size, kUnits[unit]);
    std::replace(text.begin(), text.end(), '.', words.decimalPoint);
    return text.data();
}

std::string filesDuration(double seconds, bool music) {
    if (!(seconds > 0) || seconds > 1e7) {
        return {};
    }
    const long whole = std::lround(seconds), minutes = std::max(1L, std::lround(seconds / 60));
    std::array<char, 48> text{};
    if (music) {
        std::snprintf(text.data(), text.size(), "%ld:%02ld", whole / 60, whole % 60);
    } else if (minutes < 60) {
        std::snprintf(text.data(), text.size(), "%ld min", minutes);
    } else {
        std::snprintf(text.data(), text.size(), "%ld h %ld min", minutes / 60, minutes % 60);
    }
    return text.data();
}

std::string browserName(std::string_view userAgent, const FilesWords& words) {
    const std::string browser(words.browser);
    for (const auto& [part, name] : kSystems) {
        if (userAgent.find(part) != std::string_view::npos) {
            return browser + " (" + std::string(name) + ")";
        }
    }
    return browser;
}

bool isOriginOf(std::string_view origin, std::string_view host) {
    const std::size_t scheme = origin.find("://");
    return scheme != origin.npos && !host.empty() && sameText(origin.substr(scheme + 3), host);
}

std::string seasonName(int season, const FilesWords& words) {
    return season == 0 ? std::string(words.specials) : filledIn(words.season, std::to_string(season));
}

std::string countText(std::string_view one, std::string_view several, std::int64_t count) {
    return count > 0 ? filledIn(count == 1 ? one : several, std::to_string(count)) : std::string();
}

std::string keptAs(std::string_view fileName) {
    return "attachment; filename*=UTF-8''" + percentEncoded(fileName);
}

std::string cookieNamed(std::string_view name, std::string_view field) {
    while (!field.empty()) {
        const std::size_t end = std::min(field.find_first_of(";,"), field.size());
        const std::string_view part = trimmed(field.substr(0, end));
        field.remove_prefix(std::min(end + 1, field.size()));
        if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=') {
            return std::string(part.substr(name.size() + 1));
        }
    }
    return {};
}

std::string inQuery(std::string_view text) {
    return percentEncoded(text);
}

}  // namespace marea::server
