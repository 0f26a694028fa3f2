#pragma once

#include <string>
#include <string_view>

namespace marea::server {

// What pages are made of. Texts are shown as text, whatever is in them; icons are the inside of an SVG of 24 by 24,
// those of the application: Lucide (ISC).
inline constexpr std::string_view kAlertIcon =
    R"(<circle cx="12" cy="12" r="10"/><line x1="12" x2="12" y1="8" y2="12"/><line x1="12" x2="12.01" y1="16" y2="16"/>)";
inline constexpr std::string_view kWarningIcon =
    R"(<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/><path d="M12 9v4"/><path d="M12 17h.01"/>)";

std::string pageIcon(std::string_view paths, int size);
std::string pageTag(std::string_view name, std::string_view text);  // "h1", or with attributes: "span class=\"x\""
std::string pageNote(std::string_view kind, std::string_view paths, std::string_view text);  // "": no text
std::string pageHeader(std::string_view serverName);
// A whole document without scripts; `style` is all of its style.
std::string pageDocument(std::string_view language, std::string_view title, std::string_view serverName,
                         std::string_view style, const std::string& body);

}  // namespace marea::server
