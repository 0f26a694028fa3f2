#include "server/web/documentpolicies.h"

#include <algorithm>
#include <set>

#include "core/base/jsonfields.h"
#include "server/gateway/target.h"
#include "server/gateway/text.h"
#include "server/web/jsonschema.h"
#include "server/web/pairvalues.h"
#include "server/web/schemawords.h"

namespace marea::server {

namespace json = core::json;
using core::Result;
using Document = std::shared_ptr<const json::object>;

namespace {

constexpr std::string_view kJson = "application/json", kForm = "application/x-www-form-urlencoded";

const json::object* objectAt(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value ? value->if_object() : nullptr;
}

bool isTrue(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_bool() && value->get_bool();
}

std::string textAt(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string().data(), value->get_string().size()) : "";
}

// A schema with what is needed to say what it wants.
class Rule {
public:
    static Result<Rule> make(const Document& document, const json::value& schema) {
        auto compiled = JsonSchema::compile(schema, *document);
        return compiled ? Result<Rule>(Rule(document, schema, std::move(*compiled)))
                        : core::unexpected<core::Error>(compiled.error());
    }
    std::optional<core::Error> wrong(const json::value& value, RequestPart part) const {
        if (schema_.accepts(value)) {
            return std::nullopt;
        }
        return core::Error{
            core::ErrorCode::Invalid, {}, explain(*document_, described_, value, schema_.whereWrong(value), part)};
    }
    std::optional<core::Error> wrongPairs(const QueryPairs& pairs, RequestPart part) const {
        static const json::object kNone;
        const json::object* object = resolved(*document_, described_);
        const json::object* properties = object ? objectAt(*object, "properties") : nullptr;
        auto values = valuesOfPairs(pairs, properties ? *properties : kNone, *document_);
        return values ? wrong(json::value(std::move(*values)), part) : std::optional(values.error());
    }

private:
    Rule(Document document, json::value schema, JsonSchema compiled)
        : document_(std::move(document)), described_(std::move(schema)), schema_(std::move(compiled)) {}

    Document document_;
    json::value described_;
    JsonSchema schema_;
};

struct Rules {
    std::optional<Rule> query, jsonBody, form;
    bool queryNeeded = false, bodyNeeded = false;
};

std::optional<core::Error> invalid(const char* text) {
    return core::Error{core::ErrorCode::Invalid, {}, text};
}

class DocumentCheck final : public RequestCheck {
public:
    explicit DocumentCheck(Rules rules) : rules_(std::move(rules)) {}

    std::optional<core::Error> query(const Request& request) const override {
        const bool nothing = request.query.empty() && !rules_.queryNeeded;
        return nothing || !rules_.query ? std::nullopt : rules_.query->wrongPairs(request.query, RequestPart::InQuery);
    }

    std::optional<core::Error> body(const Request& request) const override {
        if (!rules_.jsonBody && !rules_.form) {
            return std::nullopt;
        }
        if (request.body.empty()) {
            return rules_.bodyNeeded ? invalid("The request needs a body.") : std::nullopt;
        }
        const bool form = rules_.form && (!rules_.jsonBody || isForm(request));
        return form ? formBody(request) : jsonBody(request);
    }

private:
    static bool isForm(const Request& request) {
        const std::string_view type = request.headers.find("Content-Type").value_or("");
        return sameText(trimmed(type.substr(0, type.find(';'))), kForm);
    }
    std::optional<core::Error> formBody(const Request& request) const {
        const auto pairs = decodeQuery(request.body);
        return pairs ? rules_.form->wrongPairs(*pairs, RequestPart::InBody) : invalid("The form is malformed.");
    }
    std::optional<core::Error> jsonBody(const Request& request) const {
        const auto value = core::parseJson(request.body);
        return value ? rules_.jsonBody->wrong(*value, RequestPart::InBody) : std::optional(value.error());
    }

    Rules rules_;
};

// The parameters of a query as an object's schema.
Result<void> readQuery(const Document& document, const json::object& operation, Rules& rules) {
    json::object properties;
    json::array required;
    const json::value* list = operation.if_contains("parameters");
    for (const json::value& entry : list && list->is_array() ? list->get_array() : json::array()) {
        const json::object* parameter = resolved(*document, entry);
        if (!parameter) {
            return core::fail(core::ErrorCode::Internal, "A parameter is not described.");
        }
        if (textAt(*parameter, "in") != "query") {
            continue;
        }
        const json::value* schema = parameter->if_contains("schema");
        properties[textAt(*parameter, "name")] = schema ? *schema : json::object();
        if (isTrue(*parameter, "required")) {
            required.emplace_back(json::string(textAt(*parameter, "name")));
        }
    }
    rules.queryNeeded = !required.empty();
    const json::object schema{{"type", "object"},
                              {"properties", std::move(properties)},
                              {"required", std::move(required)},
                              {"additionalProperties", false}};
    auto rule = Rule::make(document, schema);
    if (!rule) {
        return core::unexpected<core::Error>(rule.error());
    }
    rules.query = std::move(*rule);
    return {};
}

Result<void> readBody(const Document& document, const json::object& operation, Rules& rules) {
    const json::value* described = operation.if_contains("requestBody");
    const json::object* body = described ? resolved(*document, *described) : nullptr;
    const json::object* content = body ? objectAt(*body, "content") : nullptr;
    if (!content) {
        return {};
    }
    rules.bodyNeeded = isTrue(*body, "required");
    for (const auto& [type, where] : {std::pair{kJson, &Rules::jsonBody}, std::pair{kForm, &Rules::form}}) {
        const json::object* media = objectAt(*content, type);
        const json::value* schema = media ? media->if_contains("schema") : nullptr;
        if (!schema) {
            continue;
        }
        auto rule = Rule::make(document, *schema);
        if (!rule) {
            return core::unexpected<core::Error>(rule.error());
        }
        rules.*where = std::move(*rule);
    }
    return {};
}

// "/a/{id}/b" and "/a/{media}/b" are the same path.
std::string withoutNames(std::string_view path) {
    std::string text;
    for (std::size_t i = 0; i < path.size(); ++i) {
        text.push_back(path[i]);
        if (path[i] == '{') {
            i = std::min(path.find('}', i), path.size()) - 1;
        }
    }
    return text;
}

// As the document calls a method: those that OpenAPI 3.1 does not know stand as extensions, "x-propfind".
std::string fieldOf(Method method) {
    std::string text(methodText(method));
    std::transform(text.begin(), text.end(), text.begin(), lowered);
    return method > Method::Options ? "x-" + text : text;
}

const json::object* operationOf(const json::object& paths, const Route& route) {
    const std::string wanted = withoutNames(route.pattern);
    for (const auto& path : paths) {
        if (path.value().is_object() && withoutNames({path.key().data(), path.key().size()}) == wanted) {
            return objectAt(path.value().get_object(), fieldOf(route.method));
        }
    }
    return nullptr;
}

RateClass rateOf(const json::object& operation) {
    const std::string rate = textAt(operation, "x-rate");
    return rate == "search" ? RateClass::Search : rate == "playback" ? RateClass::Playback : RateClass::Usual;
}

Result<std::shared_ptr<const RequestCheck>> checkOf(const Document& document, const Route& route,
                                                    const json::object& operation) {
    Rules rules;
    if (textAt(operation, "x-checked-by") == "handler") {
        return std::shared_ptr<const RequestCheck>();
    }
    Result<void> read;
    if (route.access != Access::Stream) {
        read = readQuery(document, operation, rules);
    }
    if (read) {
        read = readBody(document, operation, rules);
    }
    if (!read) {
        read.error().detail = route.pattern + ": " + read.error().text + " " + read.error().detail;
        return core::unexpected<core::Error>(read.error());
    }
    return std::make_shared<const DocumentCheck>(std::move(rules));
}

// The names of the fields that the description of answers marks with "x-words".
class Words {
public:
    explicit Words(const json::object& document) : document_(document) {}
    void look(const json::value& value) {
        if (value.is_array()) {
            for (const json::value& one : value.get_array()) {
                look(one);
            }
        } else if (value.is_object()) {
            lookInto(value);
        }
    }
    std::vector<std::string> names() const { return {names_.begin(), names_.end()}; }

private:
    void lookInto(const json::value& value) {
        const json::object& object = value.get_object();
        if (const std::string reference = textAt(object, "$ref"); !reference.empty()) {
            const json::object* there = seen_.insert(reference).second ? resolved(document_, value) : nullptr;
            return there ? members(*there) : void();
        }
        members(object);
    }
    void members(const json::object& object) {
        for (const auto& member : object) {
            if (member.value().is_object() && isTrue(member.value().get_object(), "x-words")) {
                names_.emplace(member.key().data(), member.key().size());
            }
            look(member.value());
        }
    }

    const json::object& document_;
    std::set<std::string> seen_, names_;
};

std::vector<std::string> wordsOf(const json::object& document, const json::object& operation) {
    Words words(document);
    if (const json::value* answers = operation.if_contains("responses")) {
        words.look(*answers);
    }
    return words.names();
}

}  // namespace

Result<RoutePolicies> documentPolicies(std::string_view text, const Router& router) {
    boost::system::error_code error;
    const json::value parsed = json::parse(json::string_view(text.data(), text.size()), error);
    const json::object* paths = !error && parsed.is_object() ? objectAt(parsed.get_object(), "paths") : nullptr;
    if (!paths) {
        return core::fail(core::ErrorCode::Internal, "The description of the API cannot be read.", error.message());
    }
    // What rules keep of it: the schemas that others refer to.
    const json::object* components = objectAt(parsed.get_object(), "components");
    const auto kept = std::make_shared<const json::object>(
        json::object{{"components", components ? json::value(*components) : json::value(json::object())}});
    RoutePolicies policies;
    for (const Route& route : router.routes()) {
        const json::object* operation = operationOf(*paths, route);
        auto check = operation ? checkOf(kept, route, *operation) : std::shared_ptr<const RequestCheck>();
        if (!check) {
            return core::unexpected<core::Error>(check.error());
        }
        RoutePolicy policy{std::move(*check)};
        if (operation) {
            policy.rate = rateOf(*operation);
            policy.audit = textAt(*operation, "x-audit");
            policy.auditField = textAt(*operation, "x-audit-field");
            policy.words = wordsOf(*kept, *operation);
        }
        policies.push_back(std::move(policy));
    }
    return policies;
}

}  // namespace marea::server
