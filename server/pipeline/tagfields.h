#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/media/mediainfo.h"

namespace marea::server {

// The tags of a file as names and values, whatever wrote them: names are folded, so that "ALBUMARTIST",
// "album_artist" and "Album Artist" are one. Pure.
class TagFields {
public:
    void add(std::string_view name, std::string_view value);
    bool empty() const { return fields_.empty(); }

    // Values are cleaned to UTF-8 plain text of bounded length; numbers out of range are left out.
    core::Tags tags() const;

private:
    std::string text(std::initializer_list<std::string_view> names, std::size_t most = 1024,
                     bool multiline = false) const;
    int number(std::initializer_list<std::string_view> names) const;

    std::map<std::string, std::vector<std::string>, std::less<>> fields_;
};

struct PartOf {
    int number = 0, total = 0;
};

PartOf parsePartOf(std::string_view text);               // "3/12", "3", "03"
int parseYear(std::string_view text);                    // "1997", "1997-05-21", "21.05.1997"; 0 when there is none
std::optional<double> parseGain(std::string_view text);  // "-6.20 dB"
std::optional<double> parsePeak(std::string_view text);  // "0.988525"
// "-1337": 1/256 dB to come to -23 LUFS (RFC 7845, section 5.2.1), as a gain to come to ReplayGain's -18 LUFS.
std::optional<double> parseR128Gain(std::string_view text);

}  // namespace marea::server
