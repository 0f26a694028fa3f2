#include "server/web/pairvalues.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "core/base/utf8.h"
#include "server/web/jsonschema.h"

namespace marea::server {

namespace json = core::json;

namespace {

constexpr std::size_t kMaxName = 64;

bool isType(const json::value& type, std::string_view name) {
    return type.is_string() && std::string_view(type.get_string().data(), type.get_string().size()) == name;
}

// Whether values of this type are among those that a schema takes.
bool takes(const json::object& document, const json::value& schema, std::string_view name, int depth = 4) {
    const json::object* object = resolved(document, schema);
    if (!object || depth == 0) {
        return false;
    }
    const json::value* type = object->if_contains("type");
    if (type && (isType(*type, name) || type->is_array())) {
        bool found = isType(*type, name);
        for (const json::value& one : type->is_array() ? type->get_array() : json::array()) {
            found = found || isType(one, name);
        }
        return found;
    }
    for (const char* key : {"anyOf", "oneOf", "allOf"}) {
        const json::value* parts = object->if_contains(key);
        for (const json::value& part : parts && parts->is_array() ? parts->get_array() : json::array()) {
            if (takes(document, part, name, depth - 1)) {
                return true;
            }
        }
    }
    return false;
}

template <class T>
std::optional<T> numberOf(const std::string& text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

json::value coerced(const std::string& text, const json::value& schema, const json::object& document) {
    const bool number = takes(document, schema, "number");
    if (number || takes(document, schema, "integer")) {
        if (const auto whole = numberOf<std::int64_t>(text)) {
            return *whole;
        }
    }
    if (number) {
        if (const auto real = numberOf<double>(text); real && std::isfinite(*real)) {
            return *real;
        }
    }
    if ((text == "true" || text == "false") && takes(document, schema, "boolean")) {
        return text == "true";
    }
    return json::string(text);
}

}  // namespace

core::Result<json::object> valuesOfPairs(const std::vector<std::pair<std::string, std::string>>& pairs,
                                         const json::object& properties, const json::object& document) {
    json::object values;
    for (const auto& [name, text] : pairs) {
        const json::value* schema = properties.if_contains(name);
        const json::object* object = schema ? resolved(document, *schema) : nullptr;
        if (object && takes(document, *schema, "array")) {
            const json::value* items = object->if_contains("items");
            json::value& list = values[name];
            if (list.is_null()) {
                list = json::array();
            }
            list.get_array().push_back(items ? coerced(text, *items, document) : json::value(json::string(text)));
        } else if (values.contains(name)) {
            return core::fail(core::ErrorCode::Invalid,
                              "“" + core::cleanText(name, kMaxName, false) + "” is given twice.");
        } else {
            values[name] = schema ? coerced(text, *schema, document) : json::value(json::string(text));
        }
    }
    return values;
}

}  // namespace marea::server
