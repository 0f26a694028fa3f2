#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/apps/files/fileswords.h"

namespace marea::server {

// "740 MB", "1.2 GB", with the language's decimal point.
std::string filesSize(std::int64_t bytes, const FilesWords& words);
// "1 h 52 min", "4:05"; "" for none.
std::string filesDuration(double seconds, bool music);
// What a browser is called in the list of devices, by its User-Agent: "Browser (Android)".
std::string browserName(std::string_view userAgent, const FilesWords& words);
// Whether pages of that Origin (RFC 6454 section 7) came from the host that a Host field names.
bool isOriginOf(std::string_view origin, std::string_view host);
// "Season 2"; 0 is the specials.
std::string seasonName(int season, const FilesWords& words);
// "1 track", "12 tracks"; "" for none.
std::string countText(std::string_view one, std::string_view several, std::int64_t count);
// A Content-Disposition that has a file kept under its name, whatever is in that (RFC 6266, RFC 8187).
std::string keptAs(std::string_view fileName);
// The value of a cookie; "" when it is not there.
std::string cookieNamed(std::string_view name, std::string_view field);
// As it stands in a query.
std::string inQuery(std::string_view text);

}  // namespace marea::server
