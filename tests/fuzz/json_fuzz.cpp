// Bodies of requests: JSON of bounded depth, and fields that are read strictly.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/base/jsonfields.h"

using namespace marea::core;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

void readFields(const json::value& value) {
    JsonFields fields(value, "body");
    if (const auto text = fields.text("text", 16))
        demand(text->size() <= 16);
    if (const auto number = fields.integer("integer", -5, 5))
        demand(*number >= -5 && *number <= 5);
    if (const auto number = fields.number("number", 0, 1))
        demand(*number >= 0 && *number <= 1);
    static_cast<void>(fields.boolean("boolean"));
    if (const auto* list = fields.array("array", 3)) {
        demand(list->size() <= 3);
        for (const json::value& one : *list)
            readFields(one);
    }
    if (const auto texts = fields.texts("texts", 2, 4))
        demand(texts->size() <= 2);
    fields.require("text");
    if (fields.finish())
        demand(fields.has("text"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto value = parseJson(text)) {
        readFields(*value);
        demand(parseJson(json::serialize(*value)).has_value());
    }
    return 0;
}
