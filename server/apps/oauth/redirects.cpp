#include "server/apps/oauth/redirects.h"

#include <algorithm>
#include <charconv>

namespace marea::server {

namespace {

constexpr std::size_t kMaxUri = 512;
constexpr std::string_view kHttps = "https://", kIpv6Loopback = "http://[::1]";
constexpr std::string_view kLoopbacks[] = {"http://127.0.0.1", kIpv6Loopback};

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// What RFC 3986 lets stand in a URI; no fragment.
bool isPlainUri(std::string_view uri) {
    return !uri.empty() && uri.size() <= kMaxUri && std::all_of(uri.begin(), uri.end(), [](char c) {
        return c > 0x20 && c < 0x7F && std::string_view("\"#<>\\^`{|}").find(c) == std::string_view::npos;
    });
}

bool isPort(std::string_view text) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port > 0 && port < 65536 && text[0] != '0';
}

bool isPathOrQuery(std::string_view rest) {
    return rest.empty() || rest[0] == '/' || rest[0] == '?';
}

struct Loopback {
    std::string_view origin;  // without the port
    std::string_view rest;
};
std::optional<Loopback> loopbackOf(std::string_view uri) {
    for (const std::string_view origin : kLoopbacks) {
        if (!uri.starts_with(origin)) {
            continue;
        }
        std::string_view rest = uri.substr(origin.size());
        if (rest.starts_with(':')) {
            const std::string_view port = rest.substr(1, rest.find_first_of("/?") - 1);
            if (!isPort(port)) {
                return std::nullopt;
            }
            rest.remove_prefix(port.size() + 1);
        }
        return isPathOrQuery(rest) ? std::optional(Loopback{origin, rest}) : std::nullopt;
    }
    return std::nullopt;
}

// "music.example:8443" of "https://music.example:8443/path".
std::string_view httpsAuthority(std::string_view uri) {
    const std::string_view rest = uri.substr(kHttps.size());
    return rest.substr(0, rest.find_first_of("/?"));
}

bool isHttps(std::string_view uri) {
    if (!uri.starts_with(kHttps)) {
        return false;
    }
    const std::string_view authority = httpsAuthority(uri);
    const std::string_view host = authority.substr(0, authority.find(':'));
    const bool port = host.size() == authority.size() || isPort(authority.substr(host.size() + 1));
    return port && !host.empty() && host[0] != '.' && host[0] != '-' &&
           std::all_of(host.begin(), host.end(),
                       [](char c) { return isLower(c) || isDigit(c) || c == '.' || c == '-'; });
}

// RFC 8252 section 7.1: a domain name in reverse order, which nobody else can claim in good faith.
bool isOwnScheme(std::string_view uri) {
    const std::string_view scheme = uri.substr(0, uri.find(':'));
    return scheme.size() < uri.size() && isLower(scheme[0]) && scheme.find('.') != std::string_view::npos &&
           std::all_of(scheme.begin(), scheme.end(),
                       [](char c) { return isLower(c) || isDigit(c) || c == '.' || c == '-' || c == '+'; });
}

bool isUnreserved(char c) {
    return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
}

void appendEncoded(std::string& out, std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : text) {
        if (isUnreserved(c)) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.append({'%', digits[byte >> 4], digits[byte & 15]});
        }
    }
}

}  // namespace

std::optional<std::string> redirectProblem(std::string_view uri) {
    if (!isPlainUri(uri)) {
        return "A redirect address is a URI of at most 512 characters, without a fragment.";
    }
    if (isHttps(uri) || loopbackOf(uri) || isOwnScheme(uri)) {
        return std::nullopt;
    }
    return "A redirect address begins with https:// and a host, with http://127.0.0.1 or http://[::1], or with a "
           "scheme of "
           "the program's own that has a dot, such as com.example.app:/";
}

bool redirectMatches(std::string_view registered, std::string_view given) {
    if (redirectProblem(given)) {
        return false;
    }
    const auto known = loopbackOf(registered), asked = loopbackOf(given);
    if (known && asked) {
        return known->origin == asked->origin && known->rest == asked->rest;
    }
    return registered == given;
}

std::string encodedQuery(const Parameters& parameters) {
    std::string query;
    for (const auto& [name, value] : parameters) {
        if (!query.empty()) {
            query.push_back('&');
        }
        appendEncoded(query, name);
        query.push_back('=');
        appendEncoded(query, value);
    }
    return query;
}

std::string withParameters(std::string_view uri, const Parameters& parameters) {
    const bool hasQuery = uri.find('?') != std::string_view::npos;
    return std::string(uri) + (hasQuery ? "&" : "?") + encodedQuery(parameters);
}

std::string formActionSource(std::string_view uri) {
    if (uri.starts_with(kHttps)) {
        return std::string(kHttps) + std::string(httpsAuthority(uri));
    }
    if (const auto loopback = loopbackOf(uri)) {
        // CSP has no way to write an IPv6 address; the scheme is the closest that it has.
        return loopback->origin == kIpv6Loopback ? "http:"
                                                 : std::string(uri.substr(0, uri.size() - loopback->rest.size()));
    }
    return std::string(uri.substr(0, uri.find(':') + 1));
}

std::string redirectHost(std::string_view uri) {
    return uri.starts_with(kHttps) ? std::string(httpsAuthority(uri)) : std::string();
}

}  // namespace marea::server
