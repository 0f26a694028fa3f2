#include "server/gateway/target.h"

#include "server/gateway/text.h"

namespace marea::server {

namespace {

int hexValue(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char low = lowered(c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

// The byte that "%41" at `position` stands for; nullopt when it is cut short or not hexadecimal.
std::optional<char> decodedByte(std::string_view text, std::size_t position) {
    if (position + 2 >= text.size()) {
        return std::nullopt;
    }
    const int high = hexValue(text[position + 1]), low = hexValue(text[position + 2]);
    if (high < 0 || low < 0) {
        return std::nullopt;
    }
    return static_cast<char>(high * 16 + low);
}

std::optional<std::string> decodeQueryPart(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            result.push_back(' ');
        } else if (text[i] == '%') {
            const auto byte = decodedByte(text, i);
            if (!byte) {
                return std::nullopt;
            }
            result.push_back(*byte);
            i += 2;
        } else {
            result.push_back(text[i]);
        }
    }
    if (result.find('\0') != std::string::npos || !isUtf8(result)) {
        return std::nullopt;
    }
    return result;
}

bool segmentsAllowed(std::string_view path) {
    path.remove_prefix(1);
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        if (segment.empty() || segment == "." || segment == "..") {
            return false;
        }
        if (slash == std::string_view::npos) {
            return true;
        }
        path.remove_prefix(slash + 1);
    }
}

// Length of the sequence that `lead` starts and the allowed interval of its second byte (Unicode table 3-7).
struct Utf8Lead {
    std::size_t length;
    unsigned char low, high;
};
Utf8Lead utf8Lead(unsigned char lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {2, 0x80, 0xBF};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return {3, static_cast<unsigned char>(lead == 0xE0 ? 0xA0 : 0x80),
                static_cast<unsigned char>(lead == 0xED ? 0x9F : 0xBF)};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return {4, static_cast<unsigned char>(lead == 0xF0 ? 0x90 : 0x80),
                static_cast<unsigned char>(lead == 0xF4 ? 0x8F : 0xBF)};
    }
    return {0, 0, 0};
}

}  // namespace

bool isUtf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const Utf8Lead form = utf8Lead(lead);
        if (form.length == 0 || text.size() - i < form.length) {
            return false;
        }
        for (std::size_t k = 1; k < form.length; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            if (byte < (k == 1 ? form.low : 0x80) || byte > (k == 1 ? form.high : 0xBF)) {
                return false;
            }
        }
        i += form.length;
    }
    return true;
}

std::optional<TargetParts> splitTarget(std::string_view target) {
    const std::size_t scheme = target.find("://");
    if (!target.empty() && target.front() != '/' && scheme != std::string_view::npos) {
        const std::string_view name = target.substr(0, scheme);
        if (!sameText(name, "http") && !sameText(name, "https")) {
            return std::nullopt;
        }
        const std::size_t path = target.find_first_of("/?", scheme + 3);
        target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    if (target.empty() || target.front() != '/' || target.find('#') != std::string_view::npos) {
        return std::nullopt;
    }
    const std::size_t mark = target.find('?');
    return TargetParts{target.substr(0, mark),
                       mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1)};
}

std::optional<std::string> decodePath(std::string_view encoded) {
    if (encoded.empty() || encoded.front() != '/') {
        return std::nullopt;
    }
    std::string path;
    path.reserve(encoded.size());
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        char byte = encoded[i];
        if (byte == '%') {
            const auto decoded = decodedByte(encoded, i);
            if (!decoded || *decoded == '/') {
                return std::nullopt;
            }
            byte = *decoded;
            i += 2;
        }
        if (isControl(byte) || byte == '\\') {
            return std::nullopt;
        }
        path.push_back(byte);
    }
    const bool isRoot = path == "/";
    if (!isRoot && path.back() == '/') {
        path.pop_back();
    }
    if ((!isRoot && !segmentsAllowed(path)) || !isUtf8(path)) {
        return std::nullopt;
    }
    return path;
}

std::optional<QueryPairs> decodeQuery(std::string_view encoded, std::size_t most) {
    QueryPairs pairs;
    while (!encoded.empty()) {
        const std::size_t end = encoded.find('&');
        const std::string_view part = encoded.substr(0, end);
        encoded = end == std::string_view::npos ? std::string_view{} : encoded.substr(end + 1);
        if (part.empty()) {
            continue;
        }
        const std::size_t equals = part.find('=');
        auto name = decodeQueryPart(part.substr(0, equals));
        auto value = decodeQueryPart(equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1));
        if (!name || !value || pairs.size() >= most) {
            return std::nullopt;
        }
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

}  // namespace marea::server
