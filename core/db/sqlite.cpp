#include "core/db/sqlite.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/base/clock.h"
#include "core/db/sqlitebackup.h"
#include "core/db/sqliteconnection.h"
#include "core/db/sqlitemigrate.h"

namespace marea::core::db {

namespace {

Error closing() {
    return Error{ErrorCode::Cancelled, "the database is closing", "The program is stopping."};
}

// First come, first served: a scan that writes in a loop does not keep a person's click waiting, as a plain mutex may.
class WriteQueue {
public:
    void enter() {
        std::unique_lock lock(mutex_);
        const auto ticket = next_++;
        turn_.wait(lock, [&] { return serving_ == ticket; });
        holder_ = std::this_thread::get_id();
    }
    // Wakes within the lock: once it is free, the database may be gone.
    void leave() {
        const std::lock_guard lock(mutex_);
        holder_ = {};
        ++serving_;
        turn_.notify_all();
    }
    bool isMine() const {
        const std::lock_guard lock(mutex_);
        return holder_ == std::this_thread::get_id();
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable turn_;
    std::uint64_t next_ = 0, serving_ = 0;
    std::thread::id holder_;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::string path, std::unique_ptr<SqliteConnection> writer,
                   std::vector<std::unique_ptr<SqliteConnection>> readers)
        : path_(std::move(path)), writer_(std::move(writer)), readers_(std::move(readers)) {
        for (auto& reader : readers_) {
            idle_.push_back(reader.get());
        }
    }

    // Interrupts what runs and waits for it to end.
    ~SqliteDatabase() override {
        closing_ = true;
        writer_->interrupt();
        for (auto& reader : readers_) {
            reader->interrupt();
        }
        {
            std::unique_lock lock(readMutex_);
            returned_.wait(lock, [&] { return idle_.size() == readers_.size(); });
        }
        queue_.enter();
        (void)writer_->script("PRAGMA analysis_limit=400; PRAGMA optimize");
        queue_.leave();
    }

    Result<void> read(const std::function<Result<void>(Session&)>& work) override {
        if (SqliteConnection* const mine = readerOfThisThread()) {
            return closing_ ? unexpected<Error>(closing()) : work(*mine);
        }
        SqliteConnection* reader = takeReader();
        struct Return {
            SqliteDatabase& database;
            SqliteConnection* reader;
            ~Return() { database.giveBack(reader); }
        };
        const Return guard{*this, reader};
        if (closing_) {
            return unexpected<Error>(closing());
        }
        return reader->transaction(work);
    }

    Result<void> write(const std::function<Result<void>(Session&)>& work) override {
        if (queue_.isMine()) {
            return fail(ErrorCode::Internal, "The database refused a statement.", "a write inside a write");
        }
        queue_.enter();
        struct Leave {
            WriteQueue& queue;
            ~Leave() { queue.leave(); }
        };
        const Leave guard{queue_};
        if (closing_) {
            return unexpected<Error>(closing());
        }
        return writer_->transaction(work);
    }

    Result<void> backup(const std::string& path) override {
        auto source = SqliteConnection::open(path_, ConnectionRole::Reader);
        if (!source) {
            return unexpected<Error>(source.error());
        }
        return copyDatabase(**source, path, [this] { return closing_.load(); });
    }

private:
    struct Taken {
        std::thread::id by;
        SqliteConnection* reader;
    };
    SqliteConnection* takeReader() {
        std::unique_lock lock(readMutex_);
        returned_.wait(lock, [&] { return !idle_.empty(); });
        SqliteConnection* reader = idle_.back();  // the warmest
        idle_.pop_back();
        taken_.push_back({std::this_thread::get_id(), reader});
        return reader;
    }
    // Null: it has none. Who has one never waits for another: all may be taken by those that wait likewise.
    SqliteConnection* readerOfThisThread() {
        const std::lock_guard lock(readMutex_);
        const auto mine = std::find_if(taken_.begin(), taken_.end(),
                                       [](const Taken& one) { return one.by == std::this_thread::get_id(); });
        return mine == taken_.end() ? nullptr : mine->reader;
    }
    void giveBack(SqliteConnection* reader) {
        const std::lock_guard lock(readMutex_);  // woken within the lock, as in WriteQueue
        std::erase_if(taken_, [&](const Taken& one) { return one.reader == reader; });
        idle_.push_back(reader);
        returned_.notify_all();
    }

    std::string path_;
    std::atomic<bool> closing_ = false;
    WriteQueue queue_;
    std::unique_ptr<SqliteConnection> writer_;
    std::mutex readMutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<SqliteConnection>> readers_;
    std::vector<SqliteConnection*> idle_;
    std::vector<Taken> taken_;
};

std::string backupName(const std::string& path, const SqliteOptions& options, int version) {
    const auto slash = path.rfind('/');
    const std::string base = slash == std::string::npos ? path : path.substr(slash + 1);
    const std::string folder = options.backupFolder.empty()
                                   ? (slash == std::string::npos ? "" : path.substr(0, slash + 1))
                                   : options.backupFolder + "/";
    return folder + base + ".before-v" + std::to_string(latestVersion(builtInMigrations())) + "-from-v" +
           std::to_string(version) + "-" + std::to_string(SystemClock().now()) + ".db";
}

Result<void> upgrade(SqliteConnection& writer, const std::string& path, const SqliteOptions& options, Logger& logger) {
    const int latest = latestVersion(builtInMigrations());
    auto version = checkedVersion(writer, latest);
    if (!version) {
        return unexpected<Error>(version.error());
    }
    if (*version == latest) {
        return {};
    }
    if (!options.migrate) {
        return fail(ErrorCode::Conflict, "The database is of an older version of Marea. Start the server once.",
                    "schema " + std::to_string(*version));
    }
    if (*version > 0) {
        const std::string copy = backupName(path, options, *version);
        auto reader = SqliteConnection::open(path, ConnectionRole::Reader);
        auto kept = reader ? copyDatabase(**reader, copy, [] { return false; })
                           : Result<void>(unexpected<Error>(reader.error()));
        if (!kept) {
            return kept;
        }
        logger.info("database.backed_up", {{"file", copy}, {"version", *version}});
    }
    return migrate(writer, builtInMigrations(), logger);
}

Result<void> makeFile(const std::string& path, bool mayMake) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 || mayMake) {
        return makePrivateFile(path);
    }
    return fail(ErrorCode::NotFound, "There is no database yet. Start the server once.", path);
}

}  // namespace

Result<std::unique_ptr<Database>> openSqlite(const std::string& path, SqliteOptions options,
                                             std::shared_ptr<Logger> logger) {
    if (auto made = makeFile(path, options.migrate); !made) {
        return unexpected<Error>(made.error());
    }
    auto writer = SqliteConnection::open(path, ConnectionRole::Writer);
    if (!writer) {
        return unexpected<Error>(writer.error());
    }
    if (auto upgraded = upgrade(**writer, path, options, *logger); !upgraded) {
        return unexpected<Error>(upgraded.error());
    }
    std::vector<std::unique_ptr<SqliteConnection>> readers;
    for (int i = 0; i < std::max(1, options.readers); ++i) {
        auto reader = SqliteConnection::open(path, ConnectionRole::Reader);
        if (!reader) {
            return unexpected<Error>(reader.error());
        }
        readers.push_back(std::move(*reader));
    }
    return std::make_unique<SqliteDatabase>(path, std::move(*writer), std::move(readers));
}

}  // namespace marea::core::db
