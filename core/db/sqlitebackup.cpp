#include "core/db/sqlitebackup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "core/base/folderflush.h"
#include "core/db/sqliteerror.h"

namespace marea::core::db {

namespace {

constexpr int kPagesPerStep = 2048;

Result<void> syncPath(const std::string& path, int flags) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
    if (fd < 0) {
        return unexpected<Error>(systemError(errno, "open " + path));
    }
    const int failed = ::fsync(fd) == 0 ? 0 : errno;
    ::close(fd);
    const bool isKept = failed == 0 || ((flags & O_DIRECTORY) != 0 && hasNoFolderFlush(failed));
    return !isKept ? Result<void>(unexpected<Error>(systemError(failed, "sync " + path))) : Result<void>();
}

std::string folderOf(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> copyPages(SqliteConnection& source, sqlite3* target, const std::function<bool()>& stopped) {
    sqlite3_backup* backup = sqlite3_backup_init(target, "main", source.handle(), "main");
    if (!backup) {
        return unexpected<Error>(sqliteError(sqlite3_errcode(target), target, "backup"));
    }
    int code = SQLITE_OK;
    while (code == SQLITE_OK && !stopped()) {
        code = sqlite3_backup_step(backup, kPagesPerStep);
    }
    const int finished = sqlite3_backup_finish(backup);
    if (code == SQLITE_OK) {
        return fail(ErrorCode::Cancelled, "The backup was stopped.");
    }
    if (code != SQLITE_DONE || finished != SQLITE_OK) {
        return unexpected<Error>(sqliteError(code == SQLITE_DONE ? finished : code, target, "backup"));
    }
    return {};
}

Result<void> copyInto(SqliteConnection& source, const std::string& path, const std::function<bool()>& stopped) {
    sqlite3* target = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    Result<void> done;
    if (code != SQLITE_OK) {
        done = unexpected<Error>(sqliteError(code, target, "open " + path));
    } else {
        // An open transaction keeps the snapshot over all steps: writes of others neither show nor restart the copy.
        done = source.transaction([&](Session& session) -> Result<void> {
            if (auto pinned = session.each("SELECT count(*) FROM sqlite_schema", {}, [](const Row&) { return false; });
                !pinned) {
                return pinned;
            }
            return copyPages(source, target, stopped);
        });
    }
    if (done) {
        // One file that stands alone, without -wal and -shm.
        code = sqlite3_exec(target, "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) {
            done = unexpected<Error>(sqliteError(code, target, "backup"));
        }
    }
    sqlite3_close_v2(target);
    return done;
}

}  // namespace

Result<void> makePrivateFile(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return unexpected<Error>(systemError(errno, "open " + path));
    }
    ::close(fd);
    return {};
}

Result<void> copyDatabase(SqliteConnection& source, const std::string& path, const std::function<bool()>& stopped) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0) {
        return fail(ErrorCode::Conflict, "There is already a file of that name.", path);
    }
    const std::string part = path + ".part";
    ::unlink(part.c_str());
    auto done = makePrivateFile(part);
    if (done) {
        done = copyInto(source, part, stopped);
    }
    if (done) {
        done = syncPath(part, O_RDONLY);
    }
    if (done && ::rename(part.c_str(), path.c_str()) != 0) {
        done = unexpected<Error>(systemError(errno, "rename " + part));
    }
    if (!done) {
        ::unlink(part.c_str());
        return done;
    }
    return syncPath(folderOf(path), O_RDONLY | O_DIRECTORY);
}

}  // namespace marea::core::db
