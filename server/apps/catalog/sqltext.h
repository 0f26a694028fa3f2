#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/database.h"

namespace marea::server {

// SQL text that is put together from parts, and its values: ?1 is the asking user, the others are numbered as they are
// bound. Texts are kept here as long as the statement runs. What is bound has to stand in the text.
class Sql {
public:
    explicit Sql(std::string_view user) { bind(std::string(user)); }
    Sql(const Sql&) = delete;
    Sql& operator=(const Sql&) = delete;

    std::string bind(std::string text) {
        texts_.push_back(std::move(text));
        return add(std::string_view(texts_.back()));
    }
    std::string bind(std::int64_t value) { return add(value); }
    std::string bind(double value) { return add(value); }
    // "?4, ?5, ?6"
    template <class T>
    std::string bindAll(const std::vector<T>& values) {
        std::string list;
        for (const T& value : values) {
            list += (list.empty() ? "" : ", ") + bind(value);
        }
        return list;
    }
    std::span<const core::db::Value> values() const { return values_; }

private:
    std::string add(core::db::Value value) {
        values_.push_back(value);
        return "?" + std::to_string(values_.size());
    }
    std::deque<std::string> texts_;
    std::vector<core::db::Value> values_;
};

}  // namespace marea::server
