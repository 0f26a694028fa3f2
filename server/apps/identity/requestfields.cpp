#include "server/apps/identity/requestfields.h"

#include <algorithm>

namespace marea::server {

namespace {

tl::unexpected<core::Error> invalid(std::string text) {
    return core::fail(core::ErrorCode::Invalid, std::move(text));
}

bool hasType(const Request& request, std::string_view type) {
    const auto given = request.headers.find("content-type");
    if (!given) {
        return false;
    }
    const std::string_view media = given->substr(0, given->find(';'));
    return std::equal(type.begin(), type.end(), media.begin(), std::min(media.end(), media.begin() + type.size()),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

int hexValue(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

// application/x-www-form-urlencoded (WHATWG URL section 5.1); nullopt for a broken escape.
std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
            continue;
        }
        if (i + 2 >= text.size() || hexValue(text[i + 1]) < 0 || hexValue(text[i + 2]) < 0) {
            return std::nullopt;
        }
        out.push_back(static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2])));
        i += 2;
    }
    return out;
}

}  // namespace

core::Result<RequestFields> RequestFields::json(const Request& request, std::initializer_list<Field> fields) {
    boost::system::error_code error;
    core::json::parse_options options;
    options.max_depth = 4;
    const auto value = core::json::parse(request.body, error, {}, options);
    if (error || !value.is_object()) {
        return invalid("The request needs a JSON object.");
    }
    RequestFields result;
    for (const auto& member : value.get_object()) {
        if (!member.value().is_string()) {
            return invalid("\"" + std::string(member.key()) + "\" must be a text.");
        }
        const auto& text = member.value().get_string();
        result.values_.emplace_back(std::string(member.key()), std::string(text.data(), text.size()));
    }
    auto checked = result.check(fields);
    return checked ? core::Result<RequestFields>(std::move(result)) : core::unexpected<core::Error>(checked.error());
}

core::Result<RequestFields> RequestFields::form(const Request& request, std::initializer_list<Field> fields) {
    if (!hasType(request, "application/x-www-form-urlencoded")) {
        return invalid("The request needs a form (application/x-www-form-urlencoded).");
    }
    RequestFields result;
    std::string_view rest = request.body;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        auto name = decoded(pair.substr(0, equals));
        auto value = decoded(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
        if (!name || !value) {
            return invalid("The form is malformed.");
        }
        // RFC 6749 section 3.2: unknown parameters are ignored, repeated ones refused.
        const bool known =
            std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return field.name == *name; });
        if (known) {
            result.values_.emplace_back(std::move(*name), std::move(*value));
        }
    }
    auto checked = result.check(fields);
    return checked ? core::Result<RequestFields>(std::move(result)) : core::unexpected<core::Error>(checked.error());
}

core::Result<void> RequestFields::check(std::initializer_list<Field> fields) const {
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const auto& name = values_[i].first;
        if (std::none_of(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; })) {
            return invalid("There is no field \"" + name.substr(0, 64) + "\".");
        }
        if (std::any_of(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const auto& other) { return other.first == name; })) {
            return invalid("\"" + name + "\" is given twice.");
        }
    }
    for (const Field& field : fields) {
        if (field.required && (*this)[field.name].empty()) {
            return invalid("\"" + std::string(field.name) + "\" is missing.");
        }
    }
    return {};
}

std::string_view RequestFields::operator[](std::string_view name) const {
    for (const auto& [key, value] : values_) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

}  // namespace marea::server
