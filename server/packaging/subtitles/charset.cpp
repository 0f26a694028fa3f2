#include "server/packaging/subtitles/charset.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "server/packaging/subtitles/textlines.h"

namespace marea::server {
namespace {

std::uint8_t byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}

std::optional<UnicodeForm> byMark(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xEF\xBB\xBF"sv))
        return UnicodeForm{"UTF-8", 3};
    if (bytes.starts_with("\xFF\xFE\0\0"sv))
        return UnicodeForm{"UTF-32LE", 4};
    if (bytes.starts_with("\xFF\xFE"sv))
        return UnicodeForm{"UTF-16LE", 2};
    if (bytes.starts_with("\xFE\xFF"sv))
        return UnicodeForm{"UTF-16BE", 2};
    return std::nullopt;
}

// Digits and line ends are in every subtitle: half of each of them is zero.
std::optional<UnicodeForm> byZeros(std::string_view bytes) {
    std::size_t zeros[2] = {};
    const std::size_t count = std::min<std::size_t>(bytes.size(), 64 << 10) / 2;
    for (std::size_t at = 0; at < count * 2; ++at)
        zeros[at % 2] += bytes[at] == '\0';
    const std::size_t enough = std::max<std::size_t>(count / 20, 4);
    if (zeros[1] >= enough && zeros[0] * 10 < zeros[1])
        return UnicodeForm{"UTF-16LE", 0};
    if (zeros[0] >= enough && zeros[1] * 10 < zeros[0])
        return UnicodeForm{"UTF-16BE", 0};
    return std::nullopt;
}

// The length of a well-formed sequence of two bytes and more; 0 for anything else.
std::size_t sequenceLength(std::string_view bytes, std::size_t at) {
    const std::uint8_t first = byteAt(bytes, at);
    const std::size_t length = first >= 0xC2 && first < 0xE0   ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i >= bytes.size() || (byteAt(bytes, at + i) & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

// A cut or damaged character or two do not make a text another charset's.
bool isMostlyUtf8(std::string_view bytes) {
    constexpr std::size_t kEach = 20;
    std::size_t good = 0, bad = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = byteAt(bytes, at) < 0x80 ? 1 : sequenceLength(bytes, at);
        good += length > 1;
        bad += length == 0;
        at += std::max<std::size_t>(length, 1);
    }
    return bad * kEach <= good;
}

}  // namespace

std::optional<UnicodeForm> unicodeForm(std::string_view bytes) {
    if (const auto marked = byMark(bytes))
        return marked;
    if (const auto wide = byZeros(bytes))
        return wide;
    return isMostlyUtf8(bytes) ? std::optional(UnicodeForm{"UTF-8", 0}) : std::nullopt;
}

std::span<const char* const> legacyCharsets() {
    static constexpr std::array names{"WINDOWS-1252", "WINDOWS-1251", "WINDOWS-1250", "GB18030",      "SHIFT_JIS",
                                      "BIG5",         "EUC-KR",       "WINDOWS-1256", "WINDOWS-1255", "WINDOWS-1253",
                                      "WINDOWS-1254", "TIS-620",      "KOI8-R",       "WINDOWS-1257", "WINDOWS-1258",
                                      "ISO-8859-2",   "EUC-JP",       "IBM866",       "ISO-8859-5"};
    return names;
}

std::string charsetSample(std::string_view bytes, std::size_t most) {
    constexpr std::size_t kMostLine = 4096;
    const auto tells = [](char c) { return static_cast<std::uint8_t>(c) >= 0x80; };
    std::string sample;
    TextLines lines(bytes);
    std::string_view line;
    while (sample.size() < most && lines.next(line)) {
        if (std::any_of(line.begin(), line.end(), tells))
            (sample += line.substr(0, kMostLine)) += '\n';
    }
    return sample;
}

}  // namespace marea::server
