// marea-server backup and restore: the database in one file. The keys of protected titles are in it as everything else,
// but the master key that opens them is not: who finds the backup has no key.
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "core/db/sqlite.h"
#include "core/db/sqlitebackup.h"
#include "core/db/sqlitemigrate.h"
#include "server/apps/licence/masterkeyfile.h"
#include "server/host/command.h"
#include "sync/records/sqliterecords.h"

namespace marea::server {

namespace fs = std::filesystem;
namespace db = core::db;
using core::Result;

namespace {

// Moves the database and its log aside under one new name, so that SQLite still finds them as a pair.
Result<std::string> moveAside(const std::string& database) {
    const std::string aside = database + ".before-restore-" + std::to_string(core::SystemClock().now()) + ".db";
    for (const char* suffix : {"-wal", ""}) {
        if (fs::exists(database + suffix) && std::rename((database + suffix).c_str(), (aside + suffix).c_str()) != 0) {
            return core::unexpected<core::Error>(core::systemError(errno, "rename " + database + suffix));
        }
    }
    ::unlink((database + "-shm").c_str());
    return aside;
}

// Whether the file is a whole database of ours that this program can use.
Result<void> check(const std::string& path) {
    auto connection = db::SqliteConnection::open(path, db::ConnectionRole::Writer);
    if (!connection) {
        return core::unexpected<core::Error>(connection.error());
    }
    auto version = db::checkedVersion(**connection, db::latestVersion(db::builtInMigrations()));
    if (!version) {
        return core::unexpected<core::Error>(version.error());
    }
    if (*version == 0) {
        return core::fail(core::ErrorCode::Corrupt, "That file is no backup of Marea.");
    }
    auto answer =
        (*connection)->first("PRAGMA integrity_check(1)", {}, [](const db::Row& row) { return row.string(0); });
    if (!answer || *answer != "ok") {
        return core::fail(core::ErrorCode::Corrupt, "The backup is damaged.",
                          answer ? answer->value_or("") : answer.error().detail);
    }
    return {};
}

Result<std::string> restore(const CommandContext& context, const std::string& file) {
    const std::string database = context.config.dataFolder + "/marea.db", incoming = database + ".restoring";
    std::error_code error;
    fs::copy_file(file, incoming, fs::copy_options::overwrite_existing, error);
    if (error) {
        return core::unexpected<core::Error>(core::systemError(error.value(), "copy " + file));
    }
    fs::permissions(incoming, fs::perms::owner_read | fs::perms::owner_write, error);
    auto checked = check(incoming);
    for (const char* suffix : {"-wal", "-shm"}) {
        ::unlink((incoming + suffix).c_str());
    }
    if (!checked) {
        ::unlink(incoming.c_str());
        return core::unexpected<core::Error>(checked.error());
    }
    auto aside = fs::exists(database) ? moveAside(database) : Result<std::string>("");
    if (aside && std::rename(incoming.c_str(), database.c_str()) != 0) {
        return core::unexpected<core::Error>(core::systemError(errno, "rename " + incoming));
    }
    return aside;
}

}  // namespace

int runBackup(CommandContext& context) {
    const std::string file = fs::absolute(context.arguments.words[0]).string();
    auto data = openData(context);
    auto done = data ? data->database->backup(file) : core::unexpected<core::Error>(data.error());
    if (!done) {
        return failed(context, done.error());
    }
    std::error_code error;
    const auto size = fs::file_size(file, error);
    const std::string master = context.config.dataFolder + "/keys/" + MasterKeyFile::kName;
    const bool saveToo = fs::exists(master, error);
    print(context,
          core::json::object{
              {"file", file}, {"size", size}, {"save_too", saveToo ? core::json::value(master) : core::json::value()}},
          "Saved to " + file + "." +
              (saveToo ? " Protected titles need " + master + " as well: keep a copy of it in another place." : ""));
    return kDone;
}

int runRestore(CommandContext& context) {
    if (auto made = makeDataFolder(context.config.dataFolder); !made) {
        return failed(context, made.error());
    }
    auto lock = DataFolderLock::take(context.config.dataFolder);
    if (!lock) {
        return failed(context, lock.error());
    }
    auto away = HelperLock::keepAway(context.config.dataFolder, thisBuild(), std::chrono::milliseconds(0));
    if (!away || !*away) {
        return failed(context, away ? core::Error{core::ErrorCode::Conflict, "",
                                                  "Helpers (--roles transcode) use the data folder. End them first."}
                                    : away.error());
    }
    auto aside = restore(context, fs::absolute(context.arguments.words[0]).string());
    if (!aside) {
        return failed(context, aside.error());
    }
    auto opened = db::openSqlite(context.config.dataFolder + "/marea.db", {.readers = 1}, context.logger);
    if (!opened) {
        return failed(context, opened.error());
    }
    // What it gave to devices after the backup was made, it must not give again as something else.
    auto renewed = (*opened)->write([](db::Session& session) { return sync::renewReplicas(session); });
    if (!renewed) {
        return failed(context, renewed.error());
    }
    print(context, core::json::object{{"restored", true}, {"previous", *aside}},
          aside->empty() ? "Restored." : "Restored. The database that was there is now " + *aside + ".");
    return kDone;
}

}  // namespace marea::server
