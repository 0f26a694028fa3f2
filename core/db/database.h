#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace marea::core::db {

using Blob = std::vector<std::uint8_t>;

// A value bound to ?1, ?2, … of a statement.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, std::span<const std::uint8_t>>;

inline Value orNull(const std::optional<std::string>& text) {
    return text ? Value(std::string_view(*text)) : Value(nullptr);
}
inline Value orNull(const std::optional<std::int64_t>& number) {
    return number ? Value(*number) : Value(nullptr);
}
inline Value textOrNull(std::string_view text) {
    return text.empty() ? Value(nullptr) : Value(text);
}

// One row while it is being visited. Columns count from 0; reading NULL gives 0 or "".
class Row {
public:
    virtual ~Row() = default;
    virtual bool isNull(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;  // valid until the visitor returns
    virtual std::span<const std::uint8_t> blob(int column) const = 0;

    std::string string(int column) const { return std::string(text(column)); }
    bool boolean(int column) const { return integer(column) != 0; }
    std::optional<std::int64_t> optionalInteger(int column) const {
        return isNull(column) ? std::nullopt : std::optional(integer(column));
    }
    std::optional<std::string> optionalString(int column) const {
        return isNull(column) ? std::nullopt : std::optional(string(column));
    }
};

// A connection inside one transaction, lent to the function given to Database::read or write; one thread only.
// Statements are prepared once per connection and kept: pass the same text every time and bind values.
class Session {
public:
    using Values = std::initializer_list<Value>;
    virtual ~Session() = default;

    virtual Result<void> run(std::string_view sql, std::span<const Value> values) = 0;
    // Calls `visit` for each row until it returns false.
    virtual Result<void> each(std::string_view sql, std::span<const Value> values,
                              const std::function<bool(const Row&)>& visit) = 0;
    virtual std::int64_t changes() const = 0;  // rows changed by the last run()

    Result<void> run(std::string_view sql, Values values = {}) {
        return run(sql, std::span<const Value>(values.begin(), values.size()));
    }
    Result<void> each(std::string_view sql, Values values, const std::function<bool(const Row&)>& visit) {
        return each(sql, std::span<const Value>(values.begin(), values.size()), visit);
    }
    // The first row mapped by `map`; nullopt when there is none.
    template <class Map>
    auto first(std::string_view sql, Values values, Map map)
        -> Result<std::optional<std::invoke_result_t<Map, const Row&>>> {
        std::optional<std::invoke_result_t<Map, const Row&>> found;
        auto done = each(sql, values, [&](const Row& row) {
            found.emplace(map(row));
            return false;
        });
        if (!done) {
            return unexpected<Error>(done.error());
        }
        return found;
    }
    template <class Map>
    auto all(std::string_view sql, Values values, Map map)
        -> Result<std::vector<std::invoke_result_t<Map, const Row&>>> {
        std::vector<std::invoke_result_t<Map, const Row&>> rows;
        auto done = each(sql, values, [&](const Row& row) {
            rows.push_back(map(row));
            return true;
        });
        if (!done) {
            return unexpected<Error>(done.error());
        }
        return rows;
    }
};

// The database. Calls block: make them from a worker pool, never from an event loop's thread. Any number of reads run
// at once beside one write (SQLite in WAL mode); writes queue inside, so "database is locked" never reaches a caller.
// A function's own error, or a failed commit, rolls everything back and is returned. A read inside a read of the same
// thread is part of it and sees what that sees; a write inside a write is refused.
class Database {
public:
    virtual ~Database() = default;
    virtual Result<void> read(const std::function<Result<void>(Session&)>& work) = 0;
    virtual Result<void> write(const std::function<Result<void>(Session&)>& work) = 0;
    // A consistent copy of the whole database in one new file, made while others read and write.
    virtual Result<void> backup(const std::string& path) = 0;

    // As read/write, for a function that returns Result<T>.
    template <class T>
    Result<T> readValue(const std::function<Result<T>(Session&)>& work) {
        return value<T>(work, &Database::read);
    }
    template <class T>
    Result<T> writeValue(const std::function<Result<T>(Session&)>& work) {
        return value<T>(work, &Database::write);
    }

private:
    template <class T>
    Result<T> value(const std::function<Result<T>(Session&)>& work,
                    Result<void> (Database::*method)(const std::function<Result<void>(Session&)>&)) {
        std::optional<T> kept;
        auto done = (this->*method)([&](Session& session) -> Result<void> {
            Result<T> result = work(session);
            if (!result) {
                return unexpected<Error>(result.error());
            }
            kept.emplace(std::move(*result));
            return {};
        });
        if (!done) {
            return unexpected<Error>(done.error());
        }
        return std::move(*kept);
    }
};

}  // namespace marea::core::db
