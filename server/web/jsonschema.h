#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace marea::server {

// One JSON Schema (draft 7), compiled. Never changes: any thread may ask it.
class JsonSchema {
public:
    // References of `schema` ("#/components/…") lead into `document`, which is needed no longer afterwards.
    static core::Result<JsonSchema> compile(const core::json::value& schema, const core::json::object& document);

    bool accepts(const core::json::value& value) const;
    // The way to the innermost part of a value not accepted that is wrong: names and places; empty: the value itself.
    std::vector<std::string> whereWrong(const core::json::value& value) const;

private:
    struct Compiled;
    explicit JsonSchema(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
    std::shared_ptr<const Compiled> compiled_;
};

// `value` itself, or what its "$ref" leads to in `document`; null when that leads nowhere.
const core::json::object* resolved(const core::json::object& document, const core::json::value& value);

}  // namespace marea::server
