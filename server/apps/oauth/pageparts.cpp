#include "server/apps/oauth/pageparts.h"

#include "core/base/markup.h"

namespace marea::server {

namespace {

constexpr std::string_view kLogo =
    R"svg(<svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true"><defs><linearGradient id="sea" x2="0" y2="1">)svg"
    R"svg(<stop stop-color="#2BB3C0"/><stop offset="1" stop-color="#0B6E86"/></linearGradient></defs>)svg"
    R"svg(<rect width="32" height="32" rx="9" fill="url(#sea)"/><g transform="translate(6 6) scale(.8333)" fill="none" )svg"
    R"svg(stroke="#fff" stroke-width="2" stroke-linecap="round"><path d="M2 12q2.5 2 5 0t5 0 5 0 5 0"/>)svg"
    R"svg(<path d="M2 19q2.5 2 5 0t5 0 5 0 5 0"/><path d="M2 5q2.5 2 5 0t5 0 5 0 5 0"/></g></svg>)svg";

}  // namespace

std::string pageIcon(std::string_view paths, int size) {
    const std::string side = std::to_string(size);
    return "<svg width=\"" + side + "\" height=\"" + side +
           "\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" "
           "stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\">" +
           std::string(paths) + "</svg>";
}

std::string pageTag(std::string_view name, std::string_view text) {
    return "<" + std::string(name) + ">" + core::escapedMarkup(text) + "</" +
           std::string(name.substr(0, name.find(' '))) + ">";
}

std::string pageNote(std::string_view kind, std::string_view paths, std::string_view text) {
    return text.empty() ? std::string()
                        : "<div class=\"" + std::string(kind) + "\" role=\"alert\">" + pageIcon(paths, 20) +
                              pageTag("span", text) + "</div>";
}

std::string pageHeader(std::string_view serverName) {
    return "<header>" + std::string(kLogo) + pageTag("span", serverName) + "</header>";
}

std::string pageDocument(std::string_view language, std::string_view title, std::string_view serverName,
                         std::string_view style, const std::string& body) {
    return "<!DOCTYPE html>\n<html lang=\"" + std::string(language) +
           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta name=\"color-scheme\" content=\"dark light\"><meta name=\"robots\" content=\"noindex\">" +
           pageTag("title", std::string(title) + " · " + std::string(serverName)) + "<style>" + std::string(style) +
           "</style></head><body>" + body + "</body></html>\n";
}

}  // namespace marea::server
