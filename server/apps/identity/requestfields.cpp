#include "server/apps/identity/requestfields.h"

#include <algorithm>

#include "server/gateway/target.h"

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
    auto pairs = decodeQuery(request.body);
    if (!pairs) {
        return invalid("The form is malformed.");
    }
    for (auto& [name, value] : *pairs) {
        // RFC 6749 section 3.2: unknown parameters are ignored, repeated ones refused.
        const bool known = std::any_of(fields.begin(), fields.end(),
                                       [&name = name](const Field& field) { return field.name == name; });
        if (known) {
            result.values_.emplace_back(std::move(name), std::move(value));
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
