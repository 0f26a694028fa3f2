#include "server/apps/subsonic/credentials.h"

#include <charconv>
#include <optional>

namespace marea::server::subsonic {

using core::ErrorCode;

namespace {

tl::unexpected<Failure> missing(const char* what) {
    return tl::unexpected<Failure>(Failure{code::kMissing, std::string("The parameter \"") + what + "\" is missing."});
}

std::optional<std::string> fromHex(std::string_view text) {
    std::string bytes;
    if (text.size() % 2 != 0) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < text.size(); i += 2) {
        unsigned value = 0;
        const auto [end, error] = std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
        if (error != std::errc{} || end != text.data() + i + 2) {
            return std::nullopt;
        }
        bytes.push_back(static_cast<char>(value));
    }
    return bytes;
}

std::optional<std::string> plainPassword(std::string_view given) {
    return given.starts_with("enc:") ? fromHex(given.substr(4)) : std::optional(std::string(given));
}

}  // namespace

Failure failureOf(const core::Error& error) {
    switch (error.code) {
        case ErrorCode::Invalid:
            return {code::kMissing, error.text};
        case ErrorCode::Unauthorized:
            return {code::kWrongLogin, error.text};
        case ErrorCode::Forbidden:
            return {code::kForbidden, error.text};
        case ErrorCode::NotFound:
            return {code::kNotFound, error.text};
        default:
            return {code::kGeneric, error.text.empty() ? "The server could not do this." : error.text};
    }
}

tl::expected<Credentials, Failure> credentialsIn(const Parameters& parameters) {
    const bool password = parameters.has("p"), token = parameters.has("t") || parameters.has("s");
    const bool key = parameters.has("apiKey");
    if ((key && (password || token || parameters.has("u"))) || (password && token)) {
        return tl::unexpected<Failure>(Failure{code::kConflictingLogins, "Several ways to log in are given at once."});
    }
    if (key) {
        return parameters.text("apiKey").empty() ? tl::expected<Credentials, Failure>(missing("apiKey"))
                                                 : Credentials(KeyLogin{std::string(parameters.text("apiKey"))});
    }
    for (const char* name : {"u", token ? "t" : "p", token ? "s" : "u"}) {
        if (parameters.text(name).empty()) {
            return missing(name);
        }
    }
    std::string user(parameters.text("u"));
    if (token) {
        return TokenLogin{std::move(user), std::string(parameters.text("t")), std::string(parameters.text("s"))};
    }
    auto plain = plainPassword(parameters.text("p"));
    if (!plain) {
        return tl::unexpected<Failure>(Failure{code::kWrongLogin, "The password is not hexadecimal."});
    }
    return PasswordLogin{std::move(user), std::move(*plain)};
}

tl::expected<void, Failure> checkVersion(const Parameters& parameters) {
    const std::string_view version = parameters.text("v");
    int major = 1;
    const auto parsed = std::from_chars(version.data(), version.data() + version.size(), major);
    if (version.empty() || (parsed.ec == std::errc{} && major == 1)) {
        return {};
    }
    if (parsed.ec != std::errc{}) {
        return tl::unexpected<Failure>(Failure{code::kMissing, "The parameter \"v\" is no version."});
    }
    return tl::unexpected<Failure>(
        major < 1 ? Failure{code::kClientTooOld, "The program speaks a protocol that is too old."}
                  : Failure{code::kServerTooOld, "The program speaks a protocol that is newer than the server's."});
}

}  // namespace marea::server::subsonic
