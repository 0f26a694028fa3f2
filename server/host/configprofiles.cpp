#include "server/host/configprofiles.h"

#include "server/host/config.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

json::value toJson(const toml::node& node);

json::object toJson(const toml::table& table) {
    json::object object;
    for (const auto& [name, value] : table) {
        object[std::string(name.str())] = toJson(value);
    }
    return object;
}

// Dates, which no profile has, become nothing, and are refused like that.
json::value toJson(const toml::node& node) {
    if (const auto* table = node.as_table()) {
        return toJson(*table);
    }
    if (const auto* array = node.as_array()) {
        json::array list;
        for (const toml::node& element : *array) {
            list.push_back(toJson(element));
        }
        return list;
    }
    if (const auto text = node.value_exact<std::string>()) {
        return json::value(*text);
    }
    if (const auto number = node.value_exact<std::int64_t>()) {
        return *number;
    }
    if (const auto number = node.value_exact<double>()) {
        return *number;
    }
    const auto on = node.value_exact<bool>();
    return on ? json::value(*on) : json::value(nullptr);
}

core::unexpected<core::Error> invalid(const std::string& file, const toml::source_position& at, std::string words) {
    words = file + ":" + std::to_string(at.line) + ": " + words;
    return core::fail(core::ErrorCode::Invalid, words, words);
}

}  // namespace

Result<StreamProfile> profileOfToml(const toml::table& table) {
    return parseStreamProfile(toJson(table));
}

Result<std::vector<StreamProfile>> parseProfiles(std::string_view text, const std::string& file) {
    auto config = parseConfig(text, file, Config{});
    if (!config) {
        return core::unexpected<core::Error>(config.error());
    }
    for (const auto& [name, node] : toml::parse(text, file)) {
        if (name != "profile") {
            return invalid(file, node.source().begin, "there are only [[profile]] tables in this file");
        }
    }
    return std::move(config->profiles);
}

}  // namespace marea::server
