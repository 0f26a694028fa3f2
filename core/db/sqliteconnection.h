#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/db/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace marea::core::db {

enum class ConnectionRole { Writer, Reader };

// One SQLite connection with its prepared statements. Used by one thread at a time; only interrupt() may come from
// another.
class SqliteConnection final : public Session {
public:
    using Session::each;
    using Session::run;

    static Result<std::unique_ptr<SqliteConnection>> open(const std::string& path, ConnectionRole role);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    Result<void> run(std::string_view sql, std::span<const Value> values) override;
    Result<void> each(std::string_view sql, std::span<const Value> values,
                      const std::function<bool(const Row&)>& visit) override;
    std::int64_t changes() const override { return changes_; }

    // Runs `work` between BEGIN and COMMIT; its error, an exception or a failed commit rolls back.
    Result<void> transaction(const std::function<Result<void>(Session&)>& work);
    // Several statements without values, outside any rule of run(): for pragmas and migrations.
    Result<void> script(std::string_view sql);
    Result<std::int64_t> pragma(const char* name);

    void interrupt();
    sqlite3* handle() const { return handle_; }

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    class Borrowed;  // a prepared statement taken out of the cache while it runs

    SqliteConnection(sqlite3* handle, ConnectionRole role) : handle_(handle), role_(role) {}
    Result<void> configure();
    Result<sqlite3_stmt*> take(std::string_view sql);
    void giveBack(std::string_view sql, sqlite3_stmt* statement);
    void forgetStatements();
    void rollback();

    sqlite3* handle_;
    ConnectionRole role_;
    bool inTransaction_ = false;
    std::int64_t changes_ = 0;
    std::size_t cached_ = 0;
    std::unordered_map<std::string, std::vector<sqlite3_stmt*>, TextHash, std::equal_to<>> statements_;
};

}  // namespace marea::core::db
