#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/apps/identity/viewer.h"

namespace marea::server {

// A smart playlist: which titles are in it, in what order, and how many of them. Every name in it is one of a list;
// what a person typed is a value, and only ever that.
struct SmartCondition {
    using Value = std::variant<bool, std::int64_t, double, std::string>;
    std::string_view field, op;  // of the list of smartFields()
    std::vector<Value> values;   // as many as the operator takes
};

struct SmartGroup {
    bool all = true;  // else any
    std::vector<std::variant<SmartCondition, SmartGroup>> parts;
};

struct SmartRules {
    SmartGroup where;
    std::string_view sort = "title";  // of the list of smartSorts()
    bool descending = false;
    int limit = 500;
};

enum class SmartType { Text, Number, Flag, Day, Choice };
struct SmartField {
    std::string_view name;
    SmartType type;
    std::string_view sql;  // over media_items i, user_library u and resume_positions r
};
const SmartField* smartField(std::string_view name);                  // null: none of that name
const std::vector<std::string_view>& smartOperators(SmartType type);  // their names
struct SmartSort {
    std::string_view name, sql;
};
const SmartSort* smartSort(std::string_view name);

// {"match": "all"|"any", "rules": [{"field", "op", "value"} | {"match", "rules"}], "sort", "order", "limit"}; Invalid
// with what is wrong and where.
core::Result<SmartRules> parseSmartRules(const core::json::value& value);

// One SQL query of item ids in order. `values` belong to ?2, ?3, …; ?1 is the user who looks.
struct SmartQuery {
    std::string sql;
    std::vector<SmartCondition::Value> values;
};
SmartQuery compileSmartRules(const SmartRules& rules, const Viewer& viewer, std::int64_t now);

}  // namespace marea::server
