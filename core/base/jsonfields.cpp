#include "core/base/jsonfields.h"

#include <algorithm>
#include <cmath>

namespace marea::core {

JsonFields::JsonFields(const json::value& value, std::string where) : where_(std::move(where)) {
    object_ = value.if_object();
    if (!object_) {
        wrong("", "must be an object");
    }
}

bool JsonFields::has(std::string_view name) const {
    return object_ && object_->contains(name);
}

const json::value* JsonFields::raw(std::string_view name) {
    known_.emplace_back(name);
    return object_ ? object_->if_contains(name) : nullptr;
}

void JsonFields::wrong(std::string_view name, std::string_view problem) {
    if (problem_) {
        return;
    }
    std::string text = where_;
    if (!name.empty()) {
        text += (text.empty() ? "" : ".") + std::string(name);
    }
    text += (text.empty() ? "The body " : " ") + std::string(problem) + ".";
    problem_ = Error{ErrorCode::Invalid, {}, std::move(text)};
}

void JsonFields::require(std::string_view name) {
    if (!has(name)) {
        wrong(name, "is missing");
    }
}

std::optional<std::string> JsonFields::text(std::string_view name, std::size_t maxLength) {
    const json::value* value = raw(name);
    if (!value) {
        return std::nullopt;
    }
    const json::string* text = value->if_string();
    if (!text) {
        wrong(name, "must be a string");
        return std::nullopt;
    }
    if (text->size() > maxLength) {
        wrong(name, "is too long");
        return std::nullopt;
    }
    return std::string(text->data(), text->size());
}

std::optional<std::int64_t> JsonFields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
    const json::value* value = raw(name);
    if (!value) {
        return std::nullopt;
    }
    if (const std::int64_t* number = value->if_int64()) {
        if (*number >= least && *number <= most) {
            return *number;
        }
        wrong(name, "is out of bounds");
        return std::nullopt;
    }
    wrong(name, value->is_uint64() ? "is out of bounds" : "must be an integer");
    return std::nullopt;
}

std::optional<double> JsonFields::number(std::string_view name, double least, double most) {
    const json::value* value = raw(name);
    if (!value) {
        return std::nullopt;
    }
    if (!value->is_number()) {
        wrong(name, "must be a number");
        return std::nullopt;
    }
    const double number = value->to_number<double>();
    if (!std::isfinite(number) || number < least || number > most) {
        wrong(name, "is out of bounds");
        return std::nullopt;
    }
    return number;
}

std::optional<bool> JsonFields::boolean(std::string_view name) {
    const json::value* value = raw(name);
    if (!value) {
        return std::nullopt;
    }
    if (!value->is_bool()) {
        wrong(name, "must be true or false");
        return std::nullopt;
    }
    return value->get_bool();
}

const json::array* JsonFields::array(std::string_view name, std::size_t maxLength) {
    const json::value* value = raw(name);
    if (!value) {
        return nullptr;
    }
    const json::array* array = value->if_array();
    if (!array) {
        wrong(name, "must be a list");
        return nullptr;
    }
    if (array->size() > maxLength) {
        wrong(name, "has too many entries");
        return nullptr;
    }
    return array;
}

std::optional<std::vector<std::string>> JsonFields::texts(std::string_view name, std::size_t maxCount,
                                                          std::size_t maxLength) {
    const json::array* list = array(name, maxCount);
    if (!list) {
        return std::nullopt;
    }
    std::vector<std::string> texts;
    for (const json::value& entry : *list) {
        const json::string* text = entry.if_string();
        if (!text || text->size() > maxLength) {
            wrong(name, "must hold short strings");
            return std::nullopt;
        }
        texts.emplace_back(text->data(), text->size());
    }
    return texts;
}

Result<void> JsonFields::finish() const {
    if (problem_) {
        return unexpected<Error>(*problem_);
    }
    for (const auto& field : *object_) {
        if (std::find(known_.begin(), known_.end(), field.key()) == known_.end()) {
            return fail(ErrorCode::Invalid, (where_.empty() ? "The body" : where_) + " has an unknown field: " +
                                                std::string(field.key().substr(0, 40)) + ".");
        }
    }
    return {};
}

namespace {

// What no double holds comes out of the parser as infinity, for which JSON has no word: it could not be written again.
bool allFinite(const json::value& value) {
    if (const double* number = value.if_double()) {
        return std::isfinite(*number);
    }
    if (const json::array* list = value.if_array()) {
        return std::all_of(list->begin(), list->end(), allFinite);
    }
    const json::object* object = value.if_object();
    return !object ||
           std::all_of(object->begin(), object->end(), [](const auto& field) { return allFinite(field.value()); });
}

}  // namespace

Result<json::value> parseJson(std::string_view body, json::storage_ptr memory) {
    json::parse_options options;
    options.max_depth = kMaxJsonDepth;
    boost::system::error_code error;
    json::value value = json::parse(json::string_view(body.data(), body.size()), error, std::move(memory), options);
    if (error) {
        return fail(ErrorCode::Invalid, "The body is not valid JSON.", error.message());
    }
    if (!allFinite(value)) {
        return fail(ErrorCode::Invalid, "The body has a number that is out of range.");
    }
    return value;
}

}  // namespace marea::core
