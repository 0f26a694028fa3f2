#include "server/web/schemawords.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "server/web/jsonschema.h"

namespace marea::server {

namespace json = core::json;

namespace {

constexpr std::size_t kMaxName = 64, kMaxChoices = 16;

std::string quoted(std::string_view text) {
    return "“" + core::cleanText(text, kMaxName, false) + "”";
}

// RFC 6901 section 3.
std::string pointer(const std::vector<std::string>& way) {
    std::string text;
    for (const std::string& part : way) {
        text.push_back('/');
        for (const char c : std::string_view(part).substr(0, kMaxName)) {
            text.append(c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c));
        }
    }
    return text;
}

// How fields are called in sentences.
class Names {
public:
    Names(std::vector<std::string> way, RequestPart part) : way_(std::move(way)), part_(part) {}

    std::string whole() const {
        if (way_.empty()) {
            return part_ == RequestPart::InBody ? "The body" : "The query";
        }
        const std::string text = pointer(way_);
        return "“" + core::cleanText(part_ == RequestPart::InBody ? text : text.substr(1), 4 * kMaxName, false) + "”";
    }
    std::string field(std::string_view name) const {
        auto way = way_;
        way.emplace_back(name);
        return Names(std::move(way), part_).whole();
    }

private:
    std::vector<std::string> way_;
    RequestPart part_;
};

std::string number(const json::object& schema, const char* key) {
    const json::value* value = schema.if_contains(key);
    return value && value->is_number() ? json::serialize(*value) : "";
}

std::string bounds(const json::object& schema, const char* low, const char* high, const std::string& what) {
    const std::string least = number(schema, low), most = number(schema, high);
    if (!least.empty() && !most.empty()) {
        return " of " + least + " to " + most + what;
    }
    return !most.empty() ? " of at most " + most + what : !least.empty() ? " of at least " + least + what : "";
}

std::string range(const json::object& schema) {
    const std::string least = number(schema, "minimum"), most = number(schema, "maximum");
    if (!least.empty() && !most.empty()) {
        return " from " + least + " to " + most;
    }
    return !most.empty() ? " up to " + most : !least.empty() ? " from " + least + " on" : "";
}

std::string choices(const json::array& values) {
    std::string text = values.size() == 1 ? "" : "one of ";
    for (std::size_t i = 0; i < std::min(values.size(), kMaxChoices); ++i) {
        const json::value& one = values[i];
        text += (i == 0 ? "" : ", ") +
                (one.is_string() ? quoted({one.get_string().data(), one.get_string().size()}) : json::serialize(one));
    }
    return text + (values.size() > kMaxChoices ? ", …" : "");
}

std::string ofType(const json::object& schema, std::string_view type) {
    if (type == "string") {
        const json::value* pattern = schema.if_contains("pattern");
        const std::string fits =
            pattern && pattern->is_string() ? " that matches " + std::string(pattern->get_string().c_str()) : "";
        return "a text" + bounds(schema, "minLength", "maxLength", " characters") + fits;
    }
    if (type == "integer" || type == "number") {
        const std::string step = number(schema, "multipleOf");
        return (type == "integer" ? "a whole number" : "a number") + range(schema) +
               (step.empty() ? "" : ", a multiple of " + step);
    }
    if (type == "array") {
        return "a list" + bounds(schema, "minItems", "maxItems", " entries") +
               (schema.contains("uniqueItems") ? ", each once" : "");
    }
    if (type == "object") {
        return "an object" + bounds(schema, "minProperties", "maxProperties", " fields");
    }
    return type == "boolean" ? "true or false" : std::string(type);
}

std::string joined(std::string text, const std::string& more) {
    return text.empty() ? more : text == more ? text : text + ", or " + more;
}

const json::array* listOf(const json::object& schema, const char* key) {
    const json::value* value = schema.if_contains(key);
    return value ? value->if_array() : nullptr;
}

// Where `part` of a value that `schema` describes is described; null: nowhere.
const json::value* below(const json::object& document, const json::value& schema, const std::string& part, int depth) {
    const json::object* object = resolved(document, schema);
    if (!object || depth == 0) {
        return nullptr;
    }
    const json::value* properties = object->if_contains("properties");
    if (const json::value* found =
            properties && properties->is_object() ? properties->get_object().if_contains(part) : nullptr) {
        return found;
    }
    const bool place =
        !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (const json::value* items = object->if_contains("items"); items && place) {
        return items;
    }
    for (const char* key : {"anyOf", "oneOf", "allOf"}) {
        const json::array* parts = listOf(*object, key);
        for (std::size_t i = 0; parts && i < parts->size(); ++i) {
            if (const json::value* found = below(document, (*parts)[i], part, depth - 1)) {
                return found;
            }
        }
    }
    return nullptr;
}

const json::value* below(const json::value& value, const std::string& part) {
    if (value.is_object()) {
        return value.get_object().if_contains(part);
    }
    if (!value.is_array() || part.empty() || part.size() > 9 || part.find_first_not_of("0123456789") != part.npos) {
        return nullptr;
    }
    return value.get_array().if_contains(std::stoul(part));
}

// Of an object: the first field that is missing, or that should not be there.
std::string aboutFields(const json::object& schema, const json::object& value, const Names& names) {
    const json::array* required = listOf(schema, "required");
    for (std::size_t i = 0; required && i < required->size(); ++i) {
        const std::string name = (*required)[i].is_string() ? (*required)[i].get_string().c_str() : "";
        if (!value.contains(name)) {
            return names.field(name) + " is missing.";
        }
    }
    const json::value* closed = schema.if_contains("additionalProperties");
    const json::value* properties = schema.if_contains("properties");
    if (closed && closed->is_bool() && !closed->get_bool()) {
        for (const auto& member : value) {
            if (!properties || !properties->is_object() || !properties->get_object().contains(member.key())) {
                return "There is no field " + names.field({member.key().data(), member.key().size()}) + ".";
            }
        }
    }
    return {};
}

constexpr int kMaxDepth = 4;

}  // namespace

std::string expectation(const json::object& document, const json::value& schema) {
    const json::object* object = resolved(document, schema);
    if (!object) {
        return "as documented";
    }
    if (const json::array* values = listOf(*object, "enum")) {
        return choices(*values);
    }
    std::string text;
    for (const char* key : {"anyOf", "oneOf"}) {
        const json::array* parts = listOf(*object, key);
        for (std::size_t i = 0; parts && i < parts->size(); ++i) {
            const json::object* part = resolved(document, (*parts)[i]);
            const bool again = part && (part->contains("anyOf") || part->contains("oneOf"));
            text = joined(std::move(text), again ? "as documented" : expectation(document, (*parts)[i]));
        }
    }
    const json::value* type = object->if_contains("type");
    if (type && type->is_string()) {
        return ofType(*object, type->get_string().c_str());
    }
    for (const json::value& one : type && type->is_array() ? type->get_array() : json::array()) {
        text = joined(std::move(text), ofType(*object, one.is_string() ? one.get_string().c_str() : ""));
    }
    return text.empty() ? "as documented" : text;
}

std::string explain(const json::object& document, const json::value& schema, const json::value& value,
                    const std::vector<std::string>& way, RequestPart part) {
    const json::value *described = &schema, *at = &value;
    std::vector<std::string> gone;
    for (const std::string& step : way) {
        const json::value* next = below(document, *described, step, kMaxDepth);
        const json::value* inside = below(*at, step);
        if (!next || !inside) {
            break;
        }
        gone.push_back(step);
        described = next;
        at = inside;
    }
    const Names names(std::move(gone), part);
    const json::object* object = resolved(document, *described);
    if (object && at->is_object()) {
        if (std::string text = aboutFields(*object, at->get_object(), names); !text.empty()) {
            return text;
        }
    }
    return names.whole() + " must be " + expectation(document, *described) + ".";
}

}  // namespace marea::server
