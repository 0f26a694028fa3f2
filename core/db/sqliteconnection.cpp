#include "core/db/sqliteconnection.h"

#include <sqlite3.h>

#include <utility>

#include "core/db/sqliteerror.h"

namespace marea::core::db {

namespace {

constexpr std::size_t kMaxCachedStatements = 256;
constexpr int kBusyTimeoutMs = 10'000;  // only another process can make us wait

// WAL with synchronous=NORMAL: a committed transaction survives the death of the process at any point, since the log is
// in the kernel's hands. A power cut may lose the last transactions, never the consistency of the file.
constexpr const char* kCommonSettings =
    "PRAGMA foreign_keys=ON;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=268435456;"
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA cell_size_check=ON;";
constexpr const char* kWriterSettings =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA journal_size_limit=67108864;"
    "PRAGMA cache_size=-16384;";
constexpr const char* kReaderSettings = "PRAGMA cache_size=-8192; PRAGMA query_only=ON;";

class StatementRow final : public Row {
public:
    explicit StatementRow(sqlite3_stmt* statement) : statement_(statement) {}
    bool isNull(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    double real(int column) const override { return sqlite3_column_double(statement_, column); }
    std::string_view text(int column) const override {
        const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return data ? std::string_view(data, bytes(column)) : std::string_view();
    }
    std::span<const std::uint8_t> blob(int column) const override {
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
        return data ? std::span(data, bytes(column)) : std::span<const std::uint8_t>();
    }

private:
    std::size_t bytes(int column) const { return static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)); }
    sqlite3_stmt* statement_;
};

// Bound without a copy: the values outlive the statement's run.
struct Binder {
    sqlite3_stmt* statement;
    int index;
    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, index, number); }
    int operator()(double number) const { return sqlite3_bind_double(statement, index, number); }
    int operator()(std::string_view text) const {
        const char* data = text.empty() ? "" : text.data();
        return sqlite3_bind_text64(statement, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(std::span<const std::uint8_t> bytes) const {
        return bytes.empty() ? sqlite3_bind_zeroblob(statement, index, 0)
                             : sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
    }
};

bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n;") == std::string_view::npos;
}

}  // namespace

class SqliteConnection::Borrowed {
public:
    Borrowed(SqliteConnection& owner, std::string_view sql, sqlite3_stmt* statement)
        : owner_(owner), sql_(sql), statement_(statement) {}
    ~Borrowed() { owner_.giveBack(sql_, statement_); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;

    Result<void> bind(std::span<const Value> values) {
        if (sqlite3_bind_parameter_count(statement_) != static_cast<int>(values.size())) {
            return fail(ErrorCode::Internal, "The database refused a statement.",
                        "wrong number of values for: " + std::string(sql_));
        }
        int index = 0;
        for (const Value& value : values) {
            const int code = std::visit(Binder{statement_, ++index}, value);
            if (code != SQLITE_OK) {
                return unexpected<Error>(sqliteError(code, owner_.handle_, sql_));
            }
        }
        return {};
    }

    Result<void> rows(const std::function<bool(const Row&)>& visit) {
        const StatementRow row(statement_);
        int code = sqlite3_step(statement_);
        while (code == SQLITE_ROW && visit(row)) {
            code = sqlite3_step(statement_);
        }
        if (code != SQLITE_ROW && code != SQLITE_DONE) {
            return unexpected<Error>(sqliteError(code, owner_.handle_, sql_));
        }
        return {};
    }

private:
    SqliteConnection& owner_;
    std::string_view sql_;
    sqlite3_stmt* statement_;
};

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path, ConnectionRole role) {
    // Nobody asks how much memory SQLite uses, and counting it takes a lock for every allocation. Refused when
    // something else in the program has used SQLite before: then it counts.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)uncounted;
    sqlite3* handle = nullptr;
    // Readers too open for writing, since a reader of a WAL database takes part in its shared memory; query_only keeps
    // them from changing data.
    const int code = sqlite3_open_v2(path.c_str(), &handle,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle, role));
    if (code != SQLITE_OK) {
        return unexpected<Error>(sqliteError(code, handle, "open " + path));
    }
    if (auto done = connection->configure(); !done) {
        return unexpected<Error>(done.error());
    }
    return connection;
}

SqliteConnection::~SqliteConnection() {
    forgetStatements();
    sqlite3_close_v2(handle_);
}

Result<void> SqliteConnection::configure() {
    sqlite3_busy_timeout(handle_, kBusyTimeoutMs);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    // A plan is made of the words of a statement alone. Otherwise each value bound to a column that some partial index
    // speaks of (kind = ?) has the statement prepared anew, which costs more than most of them take to run.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    if (auto done = script(role_ == ConnectionRole::Writer ? kWriterSettings : kReaderSettings); !done) {
        return done;
    }
    return script(kCommonSettings);
}

Result<sqlite3_stmt*> SqliteConnection::take(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end() && !found->second.empty()) {
        sqlite3_stmt* statement = found->second.back();
        found->second.pop_back();
        --cached_;
        return statement;
    }
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, &tail);
    if (code != SQLITE_OK) {
        return unexpected<Error>(sqliteError(code, handle_, sql));
    }
    const auto used = static_cast<std::size_t>(tail - sql.data());
    if (!statement || !isBlank(sql.substr(used))) {
        sqlite3_finalize(statement);
        return fail(ErrorCode::Internal, "The database refused a statement.",
                    "not exactly one statement: " + std::string(sql));
    }
    return statement;
}

void SqliteConnection::giveBack(std::string_view sql, sqlite3_stmt* statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (cached_ >= kMaxCachedStatements) {
        forgetStatements();
    }
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        found = statements_.emplace(std::string(sql), std::vector<sqlite3_stmt*>()).first;
    }
    found->second.push_back(statement);
    ++cached_;
}

void SqliteConnection::forgetStatements() {
    for (auto& [sql, idle] : statements_) {
        for (sqlite3_stmt* statement : idle) {
            sqlite3_finalize(statement);
        }
    }
    statements_.clear();
    cached_ = 0;
}

Result<void> SqliteConnection::each(std::string_view sql, std::span<const Value> values,
                                    const std::function<bool(const Row&)>& visit) {
    // A full disk or an interrupt ends SQLite's transaction by itself; what came after would commit on its own.
    if (inTransaction_ && sqlite3_get_autocommit(handle_) != 0) {
        return fail(ErrorCode::Cancelled, "The change was undone.", "the transaction was rolled back by SQLite");
    }
    auto statement = take(sql);
    if (!statement) {
        return unexpected<Error>(statement.error());
    }
    Borrowed borrowed(*this, sql, *statement);
    if (auto bound = borrowed.bind(values); !bound) {
        return bound;
    }
    return borrowed.rows(visit);
}

Result<void> SqliteConnection::run(std::string_view sql, std::span<const Value> values) {
    const std::int64_t before = sqlite3_total_changes64(handle_);
    auto done = each(sql, values, [](const Row&) { return true; });
    // sqlite3_changes() keeps its value over statements that change nothing (DDL), so ask only when something changed.
    changes_ = sqlite3_total_changes64(handle_) == before ? 0 : sqlite3_changes64(handle_);
    return done;
}

Result<void> SqliteConnection::transaction(const std::function<Result<void>(Session&)>& work) {
    // IMMEDIATE: the lock is taken before anything is read, so that no read has to be upgraded and refused later.
    if (auto begun = run(role_ == ConnectionRole::Writer ? "BEGIN IMMEDIATE" : "BEGIN"); !begun) {
        return begun;
    }
    struct Guard {
        SqliteConnection& connection;
        ~Guard() { connection.rollback(); }
    };
    inTransaction_ = true;
    const Guard guard{*this};
    if (auto done = work(*this); !done) {
        return done;
    }
    return run("COMMIT");
}

void SqliteConnection::rollback() {
    inTransaction_ = false;
    if (sqlite3_get_autocommit(handle_) == 0) {
        sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Result<void> SqliteConnection::script(std::string_view sql) {
    const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return unexpected<Error>(sqliteError(code, handle_, sql));
    }
    return {};
}

Result<std::int64_t> SqliteConnection::pragma(const char* name) {
    auto value = first("PRAGMA " + std::string(name), {}, [](const Row& row) { return row.integer(0); });
    if (!value) {
        return unexpected<Error>(value.error());
    }
    return value->value_or(0);
}

void SqliteConnection::interrupt() {
    sqlite3_interrupt(handle_);
}

}  // namespace marea::core::db
