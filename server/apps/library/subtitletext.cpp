#include "server/apps/library/subtitletext.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/utf8.h"

namespace marea::server {

namespace {

// RFC 2781 section 2.2.
std::string fromUtf16(std::string_view bytes, bool bigEndian) {
    std::string text;
    text.reserve(bytes.size());
    const auto unit = [&](std::size_t at) -> std::uint32_t {
        const auto first = static_cast<std::uint8_t>(bytes[at]), second = static_cast<std::uint8_t>(bytes[at + 1]);
        return bigEndian ? first * 256u + second : second * 256u + first;
    };
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const std::uint32_t code = unit(at);
        if (code < 0xD800 || code > 0xDFFF) {
            core::appendUtf8(text, code);
            continue;
        }
        const std::uint32_t low = code < 0xDC00 && at + 3 < bytes.size() ? unit(at + 2) : 0;
        if (low >= 0xDC00 && low <= 0xDFFF) {
            core::appendUtf8(text, 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
            at += 2;
        } else {
            core::appendUtf8(text, 0xFFFD);
        }
    }
    return text;
}

}  // namespace

std::string textAsUtf8(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        return std::string(bytes.substr(3));
    }
    if (bytes.starts_with("\xFF\xFE")) {
        return fromUtf16(bytes.substr(2), false);
    }
    if (bytes.starts_with("\xFE\xFF")) {
        return fromUtf16(bytes.substr(2), true);
    }
    return std::string(bytes);
}

std::string textMimeType(std::string_view format) {
    constexpr std::array<std::string_view, 8> plain = {"srt", "ass", "ssa", "lrc", "txt", "smi", "ttml", "idx"};
    if (format == "vtt") {
        return "text/vtt; charset=utf-8";
    }
    // .sub is text (MicroDVD) or pictures (VobSub): not told apart by its name, so it goes out as it is.
    const bool text = std::find(plain.begin(), plain.end(), format) != plain.end();
    return text ? "text/plain; charset=utf-8" : "";
}

}  // namespace marea::server
