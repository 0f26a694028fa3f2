#include "server/apps/metadata/answerjson.h"

#include <charconv>

#include "core/base/jsonfields.h"
#include "core/base/utf8.h"

namespace marea::server {

namespace json = core::json;

namespace {

constexpr std::size_t kMostObjects = 300;

}  // namespace

core::Result<json::object> answerObject(std::string_view body) {
    auto value = core::parseJson(body);
    if (!value || !value->is_object()) {
        return core::fail(core::ErrorCode::Corrupt, "The service gives no proper answer.", "no JSON object");
    }
    return std::move(value->get_object());
}

std::string textAt(const json::object& object, std::string_view name, std::size_t most) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? core::cleanText(std::string_view(value->get_string()), most, true)
                                       : std::string();
}

std::optional<std::int64_t> numberAt(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

const json::object* objectAt(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value ? value->if_object() : nullptr;
}

std::vector<const json::object*> objectsOf(const json::value* list) {
    std::vector<const json::object*> objects;
    const json::array* array = list ? list->if_array() : nullptr;
    for (std::size_t i = 0; array && i < array->size() && objects.size() < kMostObjects; ++i) {
        if (const json::object* one = (*array)[i].if_object()) {
            objects.push_back(one);
        }
    }
    return objects;
}

std::vector<const json::object*> objectsAt(const json::object& object, std::string_view name) {
    return objectsOf(object.if_contains(name));
}

int yearOf(std::string_view date) {
    int year = 0;
    const auto [end, error] = std::from_chars(date.data(), date.data() + std::min<std::size_t>(date.size(), 4), year);
    return error == std::errc() && end == date.data() + 4 && year >= 1000 ? year : 0;
}

}  // namespace marea::server
