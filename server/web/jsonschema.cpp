#include "server/web/jsonschema.h"

#include <algorithm>
#include <set>

#define VALIJSON_USE_EXCEPTIONS 1  // else it ends the program
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace marea::server {

namespace json = core::json;
using valijson::adapters::BoostJsonAdapter;

namespace {

constexpr std::string_view kComponents = "#/components/", kSchemas = "#/components/schemas/";
constexpr int kMaxReferences = 16;  // one to the next

std::string_view textOf(const json::value& value) {
    return value.is_string() ? std::string_view(value.get_string().data(), value.get_string().size())
                             : std::string_view();
}

// What a reference "#/components/<kind>/<name>" leads to; null: nothing.
const json::value* component(const json::object& document, std::string_view reference) {
    const json::value* components = document.if_contains("components");
    if (!reference.starts_with(kComponents) || !components || !components->is_object()) {
        return nullptr;
    }
    reference.remove_prefix(kComponents.size());
    const auto slash = std::min(reference.find('/'), reference.size());
    const json::value* kind = components->get_object().if_contains(reference.substr(0, slash));
    return slash < reference.size() && kind && kind->is_object()
               ? kind->get_object().if_contains(reference.substr(slash + 1))
               : nullptr;
}

// The names of components that `value` refers to, and those that these refer to.
void collect(const json::object& document, const json::value& value, std::set<std::string>& names) {
    if (value.is_array()) {
        for (const json::value& entry : value.get_array()) {
            collect(document, entry, names);
        }
    }
    if (!value.is_object()) {
        return;
    }
    for (const auto& member : value.get_object()) {
        const std::string_view reference = member.key() == "$ref" ? textOf(member.value()) : std::string_view();
        if (!reference.starts_with(kSchemas)) {
            collect(document, member.value(), names);
            continue;
        }
        const json::value* found = component(document, reference);
        if (found && names.emplace(reference.substr(kSchemas.size())).second) {
            collect(document, *found, names);
        }
    }
}

// The schema with the components that it needs, where its references look for them.
json::value withComponents(const json::value& schema, const json::object& document) {
    std::set<std::string> names;
    collect(document, schema, names);
    json::object schemas;
    for (const std::string& name : names) {
        schemas[name] = *component(document, std::string(kSchemas) + name);
    }
    return json::object{{"allOf", json::array{schema}}, {"components", json::object{{"schemas", std::move(schemas)}}}};
}

// Without "uniqueItems", which looks at each pair of entries: where every mistake is looked for, nothing keeps it from
// a list that is too long.
json::value withoutUnique(json::value value) {
    if (value.is_array()) {
        for (json::value& entry : value.get_array()) {
            entry = withoutUnique(std::move(entry));
        }
    } else if (value.is_object()) {
        value.get_object().erase("uniqueItems");
        for (auto& member : value.get_object()) {
            member.value() = withoutUnique(std::move(member.value()));
        }
    }
    return value;
}

void compileInto(valijson::Schema& schema, const json::value& whole) {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(BoostJsonAdapter(whole), schema);
}

// "[name]" and "[3]", as the library writes the way to a value, without its root.
std::vector<std::string> wayOf(const std::vector<std::string>& context) {
    std::vector<std::string> way;
    for (std::size_t i = 1; i < context.size(); ++i) {
        const std::string& part = context[i];
        const bool marked = part.size() >= 2 && part.front() == '[' && part.back() == ']';
        way.push_back(marked ? part.substr(1, part.size() - 2) : part);
    }
    return way;
}

}  // namespace

struct JsonSchema::Compiled {
    valijson::Schema schema, forPlaces;
};

core::Result<JsonSchema> JsonSchema::compile(const json::value& schema, const json::object& document) {
    try {
        auto compiled = std::make_shared<Compiled>();
        json::value whole = withComponents(schema, document);
        compileInto(compiled->schema, whole);
        compileInto(compiled->forPlaces, withoutUnique(std::move(whole)));
        return JsonSchema(std::move(compiled));
    } catch (const std::exception& error) {
        return core::fail(core::ErrorCode::Internal, "A schema cannot be used.", error.what());
    }
}

// Stops at the first mistake: what costs more than a look at each part (uniqueItems) comes after the bounds.
bool JsonSchema::accepts(const json::value& value) const {
    try {
        return valijson::Validator().validate(compiled_->schema, BoostJsonAdapter(value), nullptr);
    } catch (const std::exception&) {
        return false;
    }
}

std::vector<std::string> JsonSchema::whereWrong(const json::value& value) const {
    std::vector<std::string> deepest;
    try {
        const BoostJsonAdapter adapter(value);
        valijson::ValidationResults results;
        // Where all bounds hold, it is a pair of entries that is wrong, and there are few.
        if (valijson::Validator().validate(compiled_->forPlaces, adapter, &results)) {
            valijson::Validator().validate(compiled_->schema, adapter, &results);
        }
        for (const auto& error : results) {
            if (auto way = wayOf(error.context); way.size() > deepest.size()) {
                deepest = std::move(way);
            }
        }
    } catch (const std::exception&) {
        deepest.clear();
    }
    return deepest;
}

const json::object* resolved(const json::object& document, const json::value& value) {
    const json::value* at = &value;
    for (int i = 0; i < kMaxReferences && at && at->is_object(); ++i) {
        const json::value* reference = at->get_object().if_contains("$ref");
        if (!reference) {
            return &at->get_object();
        }
        at = component(document, textOf(*reference));
    }
    return nullptr;
}

}  // namespace marea::server
