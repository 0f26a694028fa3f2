#include "server/apps/library/smartrules.h"

#include <algorithm>

#include "core/base/jsonfields.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

constexpr int kDeepest = 4;
constexpr std::size_t kMostParts = 50, kLongestText = 300;
constexpr int kMostTitles = 10'000;

core::unexpected<Error> wrong(const std::string& where, const std::string& what) {
    return fail(ErrorCode::Invalid, where + " " + what + ".");
}

// One value of the field's type.
Result<SmartCondition::Value> valueOf(SmartType type, const json::value& value, const std::string& where) {
    switch (type) {
        case SmartType::Flag:
            return value.is_bool() ? Result<SmartCondition::Value>(value.get_bool())
                                   : wrong(where, "must be true or false");
        case SmartType::Number:
        case SmartType::Day:
            if (value.is_int64()) {
                return SmartCondition::Value(value.get_int64());
            }
            return value.is_double() ? Result<SmartCondition::Value>(value.get_double())
                                     : wrong(where, "must be a number");
        case SmartType::Text:
        case SmartType::Choice:
            break;
    }
    const bool fits = value.is_string() && value.get_string().size() <= kLongestText;
    return fits ? Result<SmartCondition::Value>(std::string(value.get_string()))
                : wrong(where, "must be a text of at most 300 bytes");
}

Result<std::vector<SmartCondition::Value>> valuesOf(const SmartField& field, std::string_view op,
                                                    const json::value& value, const std::string& where) {
    std::vector<SmartCondition::Value> values;
    if (op != "between" && op != "in") {
        auto one = valueOf(field.type, value, where);
        if (!one) {
            return unexpected<Error>(one.error());
        }
        values.push_back(std::move(*one));
        return values;
    }
    const bool fits = value.is_array() && !value.get_array().empty() && value.get_array().size() <= kMostParts &&
                      (op != "between" || value.get_array().size() == 2);
    if (!fits) {
        return wrong(where, op == "between" ? "must be a list of two" : "must be a list of 1 to 50");
    }
    for (const json::value& part : value.get_array()) {
        auto one = valueOf(field.type, part, where);
        if (!one) {
            return unexpected<Error>(one.error());
        }
        values.push_back(std::move(*one));
    }
    return values;
}

Result<SmartCondition> conditionOf(const json::value& value, const std::string& where) {
    core::JsonFields fields(value, where);
    fields.require("value");
    const SmartField* field = smartField(fields.text("field", 32).value_or(""));
    const std::string op = fields.text("op", 32).value_or("");
    const json::value* given = fields.raw("value");
    if (!field) {
        return wrong(where + ".field", "is not one that is known");
    }
    const auto& known = smartOperators(field->type);
    const auto named = std::find(known.begin(), known.end(), op);
    if (named == known.end()) {
        return wrong(where + ".op", "is not one that " + std::string(field->name) + " has");
    }
    if (auto done = fields.finish(); !done) {
        return unexpected<Error>(done.error());
    }
    auto values = valuesOf(*field, *named, *given, where + ".value");
    return values ? Result<SmartCondition>(SmartCondition{field->name, *named, std::move(*values)})
                  : unexpected<Error>(values.error());
}

Result<SmartGroup> groupOf(core::JsonFields& fields, const std::string& where, int depth, std::size_t& parts);

Result<void> addPart(SmartGroup& group, const json::value& value, const std::string& where, int depth,
                     std::size_t& parts) {
    if (++parts > kMostParts) {
        return fail(ErrorCode::Invalid, "There are more than 50 rules.");
    }
    if (!value.is_object() || !value.get_object().contains("rules")) {
        auto condition = conditionOf(value, where);
        if (!condition) {
            return unexpected<Error>(condition.error());
        }
        group.parts.emplace_back(std::move(*condition));
        return {};
    }
    core::JsonFields fields(value, where);
    auto inner = groupOf(fields, where, depth + 1, parts);
    auto done = inner ? fields.finish() : unexpected<Error>(inner.error());
    if (done) {
        group.parts.emplace_back(std::move(*inner));
    }
    return done;
}

Result<SmartGroup> groupOf(core::JsonFields& fields, const std::string& where, int depth, std::size_t& parts) {
    if (depth > kDeepest) {
        return wrong(where, "lies too deep");
    }
    const std::string match = fields.text("match", 8).value_or("all");
    if (match != "all" && match != "any") {
        return wrong(where + ".match", "must be all or any");
    }
    const json::array* rules = fields.array("rules", kMostParts);
    if (!rules) {
        return wrong(where + ".rules", "must be a list of at most 50 rules");
    }
    SmartGroup group;
    group.all = match == "all";
    for (std::size_t i = 0; i < rules->size(); ++i) {
        const std::string place = where + ".rules[" + std::to_string(i) + "]";
        if (auto done = addPart(group, (*rules)[i], place, depth, parts); !done) {
            return unexpected<Error>(done.error());
        }
    }
    return group;
}

}  // namespace

Result<SmartRules> parseSmartRules(const json::value& value) {
    core::JsonFields fields(value, "rules");
    SmartRules rules;
    std::size_t parts = 0;
    auto where = groupOf(fields, "rules", 1, parts);
    if (!where) {
        return unexpected<Error>(where.error());
    }
    rules.where = std::move(*where);
    const SmartSort* sort = smartSort(fields.text("sort", 32).value_or("title"));
    const std::string order = fields.text("order", 8).value_or("asc");
    rules.limit = static_cast<int>(fields.integer("limit", 1, kMostTitles).value_or(rules.limit));
    if (!sort) {
        return wrong("rules.sort", "is not one that is known");
    }
    if (order != "asc" && order != "desc") {
        return wrong("rules.order", "must be asc or desc");
    }
    rules.sort = sort->name;
    rules.descending = order == "desc";
    auto done = fields.finish();
    return done ? Result<SmartRules>(std::move(rules)) : unexpected<Error>(done.error());
}

}  // namespace marea::server
