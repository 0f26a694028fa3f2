#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace marea::server {

// Answers of others, read leniently: what is missing or of another type is not there. Texts are made fit to be shown.
core::Result<core::json::object> answerObject(std::string_view body);  // Corrupt: no JSON object of bounded depth
std::string textAt(const core::json::object& object, std::string_view name, std::size_t most = 500);
std::optional<std::int64_t> numberAt(const core::json::object& object, std::string_view name);
const core::json::object* objectAt(const core::json::object& object, std::string_view name);  // null: there is none
// The objects of a list, a few hundred at most.
std::vector<const core::json::object*> objectsOf(const core::json::value* list);
std::vector<const core::json::object*> objectsAt(const core::json::object& object, std::string_view name);
int yearOf(std::string_view date);  // of "1999-03-31"; 0: none

}  // namespace marea::server
