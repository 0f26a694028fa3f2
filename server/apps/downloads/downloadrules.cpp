#include "server/apps/downloads/downloadrules.h"

#include <cstdio>

#include "server/video/decision.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;

namespace {

constexpr std::size_t kLongestTitle = 180;  // bytes; file systems take 255

// Names that open nothing and hide nothing on any system.
std::string plainName(const std::string& text) {
    std::string name;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool bad =
            byte < 0x20 || byte == 0x7F || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
        name.push_back(bad ? '_' : c);
    }
    if (name.size() > kLongestTitle) {
        std::size_t end = kLongestTitle;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) {
            --end;
        }
        name.resize(end);
    }
    const std::size_t first = name.find_first_not_of(". "), last = name.find_last_not_of(". ");
    return first == std::string::npos ? "Download" : name.substr(first, last - first + 1);
}

}  // namespace

Result<void> checkDownload(const DownloadWish& wish, const core::MediaInfo& file) {
    if (file.encrypted) {
        return core::fail(ErrorCode::Unprocessable, "The file is protected and cannot be converted.");
    }
    if (isFilm(wish.format) && !defaultVideo(file)) {
        return core::fail(ErrorCode::Unprocessable,
                          "There is no picture in this title: choose m4a, mp3, opus or flac.");
    }
    if (isMusic(wish.format) && !defaultAudio(file)) {
        return core::fail(ErrorCode::Unprocessable, "There is no sound in this title.");
    }
    return {};
}

std::string downloadName(const Item& item, std::string_view extension) {
    std::string title = item.title;
    if (item.kind == "track" && !item.artist.empty()) {
        title = item.artist + " - " + item.title;
    } else if (item.kind == "movie" && item.year) {
        title += " (" + std::to_string(*item.year) + ")";
    } else if (item.kind == "episode" && item.season && item.episode) {
        char place[40];
        std::snprintf(place, sizeof place, " S%02dE%02d ", *item.season, *item.episode);
        title = item.series + place + item.title;
    }
    return plainName(title) + "." + std::string(extension);
}

std::string contentDisposition(std::string_view name) {
    std::string ascii, encoded;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.' || byte == '_';
        char hex[4];
        std::snprintf(hex, sizeof hex, "%%%02X", byte);
        encoded += plain ? std::string(1, c) : hex;
        ascii.push_back(plain || c == ' ' || c == '(' || c == ')' ? c : '_');
    }
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
}

}  // namespace marea::server
