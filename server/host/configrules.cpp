#include "server/host/configrules.h"

#include <algorithm>
#include <array>

namespace marea::server {

using core::Result;

namespace {

constexpr std::int64_t kMostBytes = std::int64_t{1} << 40, kMostRate = 100'000;

core::unexpected<core::Error> wrongRule(const std::string& words) {
    return core::fail(core::ErrorCode::Invalid, words, words);
}

Result<void> wrong(const std::string& key, const char* what) {
    return wrongRule("a rule's \"" + key + "\" must be " + what);
}

Result<std::vector<std::string>> textsOf(const toml::node& node, const std::string& key) {
    std::vector<std::string> texts;
    const toml::array* list = node.as_array();
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const auto text = (*list)[i].value_exact<std::string>();
        if (!text || text->empty()) {
            return wrongRule("a rule's \"" + key + "\" must be a list of texts");
        }
        texts.push_back(*text);
    }
    return list && !list->empty() ? Result<std::vector<std::string>>(std::move(texts))
                                  : wrongRule("a rule's \"" + key + "\" must be a list of texts");
}

Result<void> setMethods(RequestRule& rule, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        const auto method = methodNamed(name);
        if (!method) {
            return wrong("methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, one of WebDAV's or OTHER");
        }
        rule.methods.push_back(*method);
    }
    return {};
}

Result<void> setFrom(RequestRule& rule, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        const auto range = addressRange(text);
        if (!range) {
            return wrong("from", "addresses or networks, as in 192.0.2.0/24");
        }
        rule.from.push_back(*range);
    }
    return {};
}

Result<void> setList(RequestRule& rule, const std::string& key, const toml::node& node) {
    auto texts = textsOf(node, key);
    if (!texts) {
        return core::unexpected<core::Error>(texts.error());
    }
    if (key == "methods") {
        return setMethods(rule, *texts);
    }
    if (key == "paths" || key == "raw") {
        (key == "paths" ? rule.paths : rule.raw) = std::move(*texts);
        return {};
    }
    if (!rule.from.empty()) {
        return wrongRule("a rule has \"from\" or \"not_from\", not both");
    }
    rule.notFrom = key == "not_from";
    return setFrom(rule, *texts);
}

Result<void> setNumber(RequestRule& rule, const std::string& key, const toml::node& node) {
    const auto number = node.value_exact<std::int64_t>();
    const auto [least, most] = key == "status" ? std::pair<std::int64_t, std::int64_t>{400, 599}
                               : key == "rate" ? std::pair<std::int64_t, std::int64_t>{1, kMostRate}
                                               : std::pair<std::int64_t, std::int64_t>{1, kMostBytes};
    if (!number || *number < least || *number > most) {
        return wrong(key, key == "status" ? "a status from 400 to 599" : "a whole number from 1 on");
    }
    if (key == "status") {
        rule.status = static_cast<int>(*number);
    } else if (key == "rate") {
        rule.rate = static_cast<unsigned>(*number);
    } else if (key == "body_over") {
        rule.bodyOver = static_cast<std::uint64_t>(*number);
    } else {
        rule.headerOver = static_cast<std::size_t>(*number);
    }
    return {};
}

Result<void> setText(RequestRule& rule, const std::string& key, const toml::node& node) {
    const auto text = node.value_exact<std::string>();
    if (!text || text->empty()) {
        return wrong(key, "a text");
    }
    (key == "name" ? rule.name : key == "header" ? rule.header : rule.headerHas) = *text;
    return {};
}

Result<void> set(RequestRule& rule, const std::string& key, const toml::node& node) {
    const auto isOneOf = [&](std::initializer_list<const char*> keys) {
        return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    if (isOneOf({"name", "header", "header_has"})) {
        return setText(rule, key, node);
    }
    if (isOneOf({"paths", "raw", "methods", "from", "not_from"})) {
        return setList(rule, key, node);
    }
    return isOneOf({"header_over", "body_over", "rate", "status"}) ? setNumber(rule, key, node)
                                                                   : wrongRule("a rule has no \"" + key + "\"");
}

}  // namespace

Result<RequestRule> ruleOfToml(const toml::table& table) {
    RequestRule rule;
    for (const auto& [key, node] : table) {
        if (auto done = set(rule, std::string(key.str()), node); !done) {
            return core::unexpected<core::Error>(done.error());
        }
    }
    const bool looks = !rule.paths.empty() || !rule.raw.empty() || !rule.methods.empty() || !rule.header.empty() ||
                       rule.headerOver > 0 || rule.bodyOver > 0 || !rule.from.empty();
    if (rule.name.empty() || !looks) {
        return wrongRule(
            "a rule needs a name, and something that it looks at: paths, raw, methods, header, header_over, "
            "body_over, from or not_from");
    }
    if (!rule.headerHas.empty() && rule.header.empty()) {
        return wrongRule("a rule's \"header_has\" needs a \"header\"");
    }
    if (rule.rate > 0 && !table.contains("status")) {
        rule.status = 429;
    }
    return rule;
}

}  // namespace marea::server
