#include "server/apps/subsonic/parameters.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "server/gateway/target.h"

namespace marea::server::subsonic {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

std::string quoted(std::string_view name) {
    return "\"" + std::string(name) + "\"";
}

}  // namespace

Result<Parameters> Parameters::withForm(Pairs query, std::string_view form) {
    auto pairs = decodeQuery(form, kMost - std::min(kMost, query.size()));
    if (!pairs) {
        return fail(ErrorCode::Invalid, "The form is malformed.");
    }
    query.insert(query.end(), std::make_move_iterator(pairs->begin()), std::make_move_iterator(pairs->end()));
    return Parameters(std::move(query));
}

bool Parameters::has(std::string_view name) const {
    return std::any_of(pairs_.begin(), pairs_.end(), [&](const auto& pair) { return pair.first == name; });
}

std::string_view Parameters::text(std::string_view name) const {
    for (const auto& [key, value] : pairs_) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

std::vector<std::string> Parameters::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : pairs_) {
        if (key == name) {
            values.push_back(value);
        }
    }
    return values;
}

Result<std::string> Parameters::required(std::string_view name) const {
    const std::string_view value = text(name);
    return value.empty() ? fail(ErrorCode::Invalid, "The parameter " + quoted(name) + " is missing.")
                         : Result<std::string>(std::string(value));
}

Result<std::int64_t> Parameters::integer(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                         std::int64_t most) const {
    const std::string_view value = text(name);
    if (value.empty()) {
        return otherwise;
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size() || number < least) {
        return fail(ErrorCode::Invalid, "The parameter " + quoted(name) + " is no number that fits.");
    }
    return std::min(number, most);
}

Result<std::int64_t> Parameters::requiredInteger(std::string_view name, std::int64_t least, std::int64_t most) const {
    return required(name).and_then([&](const std::string&) { return integer(name, 0, least, most); });
}

std::optional<bool> Parameters::flag(std::string_view name) const {
    const std::string_view value = text(name);
    return value == "true" || value == "1"    ? std::optional(true)
           : value == "false" || value == "0" ? std::optional(false)
                                              : std::nullopt;
}

Result<core::Id> Parameters::id(std::string_view name) const {
    auto value = required(name);
    if (value && !core::isId(*value)) {
        return fail(ErrorCode::NotFound, "There is nothing with this id.");
    }
    return value;
}

Result<std::vector<core::Id>> Parameters::ids(std::string_view name, std::size_t most) const {
    std::vector<core::Id> values = all(name);
    if (values.size() > most) {
        return fail(ErrorCode::TooLarge, "These are too many at once.");
    }
    const bool fine = std::all_of(values.begin(), values.end(), [](const auto& value) { return core::isId(value); });
    return fine ? Result<std::vector<core::Id>>(std::move(values))
                : fail(ErrorCode::NotFound, "There is nothing with this id.");
}

}  // namespace marea::server::subsonic
