#include "server/host/control.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "server/host/localsocket.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::Result;

namespace {

ErrorCode codeOf(int status) {
    switch (status) {
        case 404:
            return ErrorCode::NotFound;
        case 409:
            return ErrorCode::Conflict;
        default:
            return ErrorCode::Invalid;
    }
}

Result<LocalAnswer> answerOf(const Response& response) {
    const auto* text = std::get_if<std::string>(&response.body);
    return LocalAnswer{response.status, text && !text->empty() ? json::parse(*text) : json::value(nullptr)};
}

}  // namespace

Result<Control> Control::ofRunning(const CommandContext& context) {
    auto asked = askServer(context.config.dataFolder, Method::Get, "/api/v1/server");
    return asked ? Result<Control>(Control(context.config.dataFolder, nullptr))
                 : core::unexpected<core::Error>(asked.error());
}

Result<Control> Control::open(const CommandContext& context) {
    if (auto running = ofRunning(context)) {
        return running;
    }
    auto host = Host::create(context.config, context.logger, std::make_shared<core::SystemClock>());
    return host ? Result<Control>(Control(context.config.dataFolder, std::move(*host)))
                : core::unexpected<core::Error>(host.error());
}

Result<json::value> Control::ask(Method method, const std::string& target, const json::value& body) {
    auto answer = host_ ? answerOf(host_->callAsOwner(method, target, body.is_null() ? "" : json::serialize(body)))
                        : askServer(folder_, method, target, body);
    if (!answer) {
        return core::unexpected<core::Error>(answer.error());
    }
    if (answer->status >= 300) {
        const json::value* detail =
            answer->body.is_object() ? answer->body.get_object().if_contains("detail") : nullptr;
        return core::fail(codeOf(answer->status),
                          detail && detail->is_string() ? std::string(detail->get_string()) : "Failed.",
                          "status " + std::to_string(answer->status));
    }
    return std::move(answer->body);
}

std::string textOf(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return !value || value->is_null() ? ""
           : value->is_string()       ? std::string(value->get_string())
                                      : json::serialize(*value);
}

std::string joinedLines(const json::array& items, std::string (*lineOf)(const json::object&), const char* none) {
    std::string text;
    for (const json::value& item : items) {
        text += (text.empty() ? "" : "\n") + lineOf(item.as_object());
    }
    return text.empty() ? none : text;
}

std::string sizeText(std::int64_t bytes) {
    constexpr std::array units{"B", "kB", "MB", "GB", "TB", "PB"};
    double size = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (size >= 1000 && unit + 1 < units.size()) {
        size /= 1000;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", size, units[unit]);
    return text.data();
}

std::string timeText(core::TimeMs at) {
    const std::time_t seconds = static_cast<std::time_t>(at / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts);
    return text.data();
}

std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '_' || c == '.';
        std::array<char, 4> hex{};
        std::snprintf(hex.data(), hex.size(), "%%%02X", byte);
        out += plain ? std::string(1, c) : std::string(hex.data());
    }
    return out;
}

}  // namespace marea::server
