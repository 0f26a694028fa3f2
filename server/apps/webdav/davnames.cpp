#include "server/apps/webdav/davnames.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <QString>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/base/utf8.h"

namespace marea::server::webdav {

namespace {

constexpr std::string_view kTop = "/dav";
constexpr std::size_t kLongestPart = 180, kLongestExtension = 12;  // bytes; most file systems take 255 for a name
constexpr const char* kUntitled = "Untitled";

// What does not stand in an address's part here, or in a name on FAT and Android, beside what reads the same.
constexpr std::array<std::pair<char, std::string_view>, 10> kWide = {{{'/', "／"},
                                                                      {'\\', "＼"},
                                                                      {':', "："},
                                                                      {'*', "＊"},
                                                                      {'?', "？"},
                                                                      {'"', "＂"},
                                                                      {'<', "＜"},
                                                                      {'>', "＞"},
                                                                      {'|', "｜"},
                                                                      {'%', "％"}}};

std::string widened(std::string_view text) {
    std::string wide;
    for (const char c : text) {
        const auto* found = std::find_if(kWide.begin(), kWide.end(), [&](const auto& one) { return one.first == c; });
        found == kWide.end() ? wide.push_back(c) : void(wide.append(found->second));
    }
    return wide;
}

// XML has no way to say U+FFFE and U+FFFF (section 2.2): U+FFFD is there in their place.
std::string fitForXml(std::string text) {
    for (std::size_t at = text.find("\xEF\xBF"); at != std::string::npos; at = text.find("\xEF\xBF", at + 2)) {
        if (at + 2 < text.size() && (text[at + 2] == '\xBE' || text[at + 2] == '\xBF')) {
            text[at + 2] = '\xBD';
        }
    }
    return text;
}

// "03"; more digits where it needs them.
std::string digits(int number, int width) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%0*d", width, std::clamp(number, 0, 99'999));
    return text.data();
}

bool isPlain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Short and plain, or none.
std::string extensionOf(std::string_view text) {
    const bool good = text.size() <= kLongestExtension && std::all_of(text.begin(), text.end(), isPlain);
    return good ? std::string(text) : std::string();
}

std::string yearText(int year) {
    return year > 0 ? " (" + std::to_string(year) + ")" : std::string();
}

std::string episodeText(const FileFacts& file) {
    std::string text = file.series.empty() ? "" : file.series + " - ";
    if (file.season && file.episode) {
        text += "S" + digits(*file.season, 2) + "E" + digits(*file.episode, 2) + " - ";
    }
    return text + file.title;
}

std::string trackText(const FileFacts& file, bool withDisc) {
    std::string text = withDisc && file.disc ? std::to_string(*file.disc) + "-" : "";
    text += file.track ? digits(*file.track, 2) + " " : "";
    return text + file.title;
}

std::string bookText(const FileFacts& file) {
    return (file.part > 0 ? digits(file.part, 2) + " " : "") + file.title;
}

std::string filmText(const FileFacts& file) {
    return file.title + yearText(file.year);
}

std::string besidesText(const FileFacts& file) {
    std::string text = file.version.empty() ? "" : " - " + file.version;
    return text + (file.part > 0 ? " - part " + std::to_string(file.part) : "");
}

std::string folded(const std::string& text) {
    return QString::fromStdString(text).toCaseFolded().toStdString();
}

void appendEncoded(std::string& out, std::string_view part) {
    constexpr std::string_view kHex = "0123456789ABCDEF", kUnreserved = "-._~";
    for (const char c : part) {
        if (isPlain(c) || kUnreserved.find(c) != std::string_view::npos) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(kHex[byte >> 4]);
        out.push_back(kHex[byte & 15]);
    }
}

}  // namespace

std::string safeText(std::string_view text) {
    std::string safe = fitForXml(core::cleanText(widened(text), kLongestPart));
    while (!safe.empty() &&
           (safe.back() == '.' || safe.back() == ' ')) {  // neither ends a name on Windows; "." and ".."
        safe.pop_back();
    }
    return safe.empty() ? kUntitled : safe;
}

Name folderName(std::string_view title) {
    return {safeText(title)};
}

Name seasonName(std::optional<int> season, std::string_view title) {
    if (!season) {
        return folderName(title);
    }
    return {*season == 0 ? std::string("Specials") : "Season " + digits(*season, 2)};
}

Name fileName(const FileFacts& file, bool withDisc) {
    const std::string extension = extensionOf(file.extension);
    if (file.kind == "track") {
        return {safeText(trackText(file, withDisc)), extension};
    }
    if (file.kind == "audiobook") {
        return {safeText(bookText(file)), extension};
    }
    const std::string title = file.kind == "episode" ? episodeText(file) : filmText(file);
    return {safeText(title + besidesText(file)), extension};
}

Name listedName(const FileFacts& file, std::size_t number, std::size_t count) {
    const int width = static_cast<int>(std::max<std::size_t>(std::to_string(count).size(), 2));
    std::string title = file.kind == "track" ? file.title : fileName(file, false).base;
    title = file.kind == "track" && !file.artist.empty() ? file.artist + " - " + title : title;
    return {safeText(digits(static_cast<int>(number), width) + " " + title), extensionOf(file.extension)};
}

void makeUnique(std::vector<Name>& names) {
    std::unordered_set<std::string> taken;
    std::unordered_map<std::string, int> next;  // numbers, so that many of one name cost no more than others
    taken.reserve(names.size());
    for (Name& name : names) {
        const std::string base = name.base, wanted = folded(name.text());
        for (std::string now = wanted; !taken.insert(now).second; now = folded(name.text())) {
            int& number = next.try_emplace(wanted, 2).first->second;
            name.base = base + " (" + std::to_string(number++) + ")";
        }
    }
}

std::string hrefOf(const std::vector<std::string>& parts, bool folder) {
    std::string href(kTop);
    for (const std::string& part : parts) {
        href.push_back('/');
        appendEncoded(href, part);
    }
    return folder ? href + "/" : href;
}

std::vector<std::string> partsOf(std::string_view path) {
    std::vector<std::string> parts;
    path.remove_prefix(std::min(path.size(), kTop.size()));
    while (!path.empty()) {
        path.remove_prefix(path.front() == '/' ? 1 : 0);
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end > 0) {
            parts.emplace_back(path.substr(0, end));
        }
        path.remove_prefix(end);
    }
    return parts;
}

}  // namespace marea::server::webdav
