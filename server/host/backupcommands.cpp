// marea-server backup and restore: the database in one file. The keys of protected titles are in it as everything else,
// but the master key that opens them is not: who finds the backup has no key. Where originals lie encrypted it is
// needed to get at them at all, so that there is no backup without somebody having thought of it, and none is put back
// without.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/db/sqlite.h"
#include "core/db/sqlitebackup.h"
#include "core/db/sqlitemigrate.h"
#include "server/apps/licence/masterkeyfile.h"
#include "server/apps/licence/sealkeystore.h"
#include "server/host/command.h"
#include "sync/records/sqliterecords.h"

namespace marea::server {

namespace fs = std::filesystem;
namespace db = core::db;
using core::Result;

namespace {

Result<void> syncToDisk(const std::string& path) {
    const core::FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return file && ::fsync(file.get()) == 0 ? Result<void>()
                                            : core::unexpected<core::Error>(core::systemError(errno, "sync " + path));
}

// With its log in it: one file, and that on the disk.
Result<void> makeOneFile(const std::string& path) {
    {
        auto connection = db::SqliteConnection::open(path, db::ConnectionRole::Writer);
        if (!connection) {
            return core::unexpected<core::Error>(connection.error());
        }
        const auto mode =
            (*connection)->first("PRAGMA journal_mode=DELETE", {}, [](const db::Row& row) { return row.string(0); });
        if (!mode || *mode != "delete") {
            return core::fail(core::ErrorCode::Io, "The database cannot be written.",
                              mode ? "its log stays beside it" : mode.error().detail);
        }
    }
    return syncToDisk(path);
}

// Under a new name, too, and it keeps its own until another takes that: at no moment is there none. One that cannot be
// opened any more is moved with its log, so that SQLite still finds them as a pair.
Result<std::string> moveAside(const std::string& database) {
    const std::string aside = database + ".before-restore-" + std::to_string(core::SystemClock().now()) + ".db";
    if (makeOneFile(database) && ::link(database.c_str(), aside.c_str()) == 0) {
        return aside;
    }
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

Result<bool> hasSealed(db::Database& database) {
    return database.readValue<bool>([](db::Session& session) -> Result<bool> {
        const auto found = session.first("SELECT 1 FROM seal_keys LIMIT 1", {}, [](const db::Row&) { return true; });
        return found ? Result<bool>(found->has_value()) : core::unexpected<core::Error>(found.error());
    });
}

Result<std::string> bytesOf(const std::string& file) {
    std::ifstream source(file, std::ios::binary);
    std::ostringstream text;
    return source && (text << source.rdbuf())
               ? Result<std::string>(text.str())
               : core::fail(core::ErrorCode::NotFound, "The master key cannot be read.", file);
}

Result<void> writeKey(const std::string& bytes, const std::string& to) {
    const core::FileHandle target(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!target && errno == EEXIST) {
        return core::fail(core::ErrorCode::Conflict, "There is already a file of that name.", to);
    }
    if (!target || ::write(target.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
        ::fsync(target.get()) != 0) {
        const auto error = core::systemError(errno, "write " + to);
        if (target) {
            ::unlink(to.c_str());  // half a key would be taken for another one
        }
        return core::unexpected<core::Error>(error);
    }
    return {};
}

// Whether it was put there; the same one may be there already.
Result<bool> putKey(const CommandContext& context, const std::string& master) {
    const auto file = context.arguments.value("--master-key");
    if (!file) {
        return false;
    }
    std::error_code error;
    const auto bytes = bytesOf(fs::absolute(*file).string());
    if (!bytes || fs::exists(master, error)) {
        const auto there = bytes ? bytesOf(master) : bytes;
        return !there             ? Result<bool>(core::unexpected<core::Error>(there.error()))
               : *there == *bytes ? Result<bool>(false)
                                  : core::fail(core::ErrorCode::Conflict, "There is another master key here.", master);
    }
    fs::create_directories(fs::path(master).parent_path(), error);
    fs::permissions(fs::path(master).parent_path(), fs::perms::owner_all, error);
    const auto written = writeKey(*bytes, master);
    return written ? Result<bool>(true) : core::unexpected<core::Error>(written.error());
}

// Whether it was written there; that of a try before which did not come to its end may be there already.
Result<bool> copyKey(const std::string& master, const std::string& to) {
    const auto bytes = bytesOf(master);
    if (!bytes) {
        return core::unexpected<core::Error>(bytes.error());
    }
    std::error_code error;
    if (fs::is_regular_file(to, error) && !fs::equivalent(to, master, error) && bytesOf(to).value_or("") == *bytes) {
        return false;
    }
    const auto written = writeKey(*bytes, to);
    return written ? Result<bool>(true) : core::unexpected<core::Error>(written.error());
}

// What backup has to do about the master key, before anything is written. Whether there is a new file with it.
Result<bool> saveKey(const CommandContext& context, db::Database& database, const std::string& master) {
    const auto sealed = hasSealed(database);
    if (!sealed) {
        return core::unexpected<core::Error>(sealed.error());
    }
    if (const auto file = context.arguments.value("--master-key")) {
        return copyKey(master, fs::absolute(*file).string());
    }
    if (*sealed && !context.arguments.has("--without-master-key")) {
        return core::fail(core::ErrorCode::Unprocessable,
                          "Originals lie encrypted here, and nobody opens them without the master key. Save it too "
                          "(--master-key FILE), or say that it is kept in another place (--without-master-key).");
    }
    return false;
}

// Whether the originals of a backup can be opened with the master key that is here. Brings the copy's schema up to
// date first.
Result<void> checkSealed(const CommandContext& context, const std::string& copy) {
    auto opened = db::openSqlite(copy, {.readers = 1}, context.logger);
    const auto sealed = opened ? hasSealed(**opened) : core::unexpected<core::Error>(opened.error());
    if (!sealed || !*sealed) {
        return sealed ? Result<void>() : core::unexpected<core::Error>(sealed.error());
    }
    MasterKeyFile master(context.config.dataFolder + "/keys");
    auto checked = SealKeyStore(**opened, master, std::make_shared<core::SystemClock>()).check();
    return checked ? Result<void>()
                   : core::fail(core::ErrorCode::Unprocessable,
                                "Originals lie encrypted, and the master key that opens them is not here. Give it "
                                "(--master-key FILE). Nothing was changed.",
                                checked.error().detail);
}

// The keys of what was sealed after the backup was made: the files lie sealed whatever is put back. Of a database that
// cannot be read any more there are none.
Result<void> keepSealKeys(const CommandContext& context, const std::string& database, const std::string& copy) {
    std::error_code error;
    if (!fs::exists(database, error)) {
        return {};
    }
    auto connection = db::SqliteConnection::open(copy, db::ConnectionRole::Writer);
    if (!connection) {
        return core::unexpected<core::Error>(connection.error());
    }
    const auto attached = (*connection)->run("ATTACH ?1 AS before", {std::string_view(database)});
    const auto readable = attached ? (*connection)->run("SELECT count(*) FROM before.seal_keys") : attached;
    if (!readable) {
        context.logger->warning("restore.seal_keys_not_read", {{"detail", readable.error().detail}});
        return {};
    }
    return (*connection)->transaction([](db::Session& session) {
        return session.run(
            "INSERT OR IGNORE INTO main.seal_keys(key_id, item_id, master, wrapped, created_at) "
            "SELECT key_id, item_id, master, wrapped, created_at FROM before.seal_keys");
    });
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
    checked = checked ? checkSealed(context, incoming) : checked;
    checked = checked ? keepSealKeys(context, database, incoming) : checked;
    checked = checked ? makeOneFile(incoming) : checked;
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
    const auto kept = aside ? syncToDisk(context.config.dataFolder) : Result<void>();
    return kept ? aside : core::unexpected<core::Error>(kept.error());
}

}  // namespace

int runBackup(CommandContext& context) {
    const std::string file = fs::absolute(context.arguments.words[0]).string();
    auto data = openData(context);
    const std::string master = context.config.dataFolder + "/keys/" + MasterKeyFile::kName;
    const auto key = data ? saveKey(context, *data->database, master) : core::unexpected<core::Error>(data.error());
    const auto done = key ? data->database->backup(file) : core::unexpected<core::Error>(key.error());
    if (!done) {
        if (key && *key) {
            ::unlink(fs::absolute(*context.arguments.value("--master-key")).c_str());  // the same words work next time
        }
        return failed(context, done.error());
    }
    std::error_code error;
    const auto size = fs::file_size(file, error);
    const bool saveToo = fs::exists(master, error) && !context.arguments.value("--master-key");
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
                                                  "Helpers (--roles transcode) or marea-server originals use the data "
                                                  "folder. End them first."}
                                    : away.error());
    }
    const std::string master = context.config.dataFolder + "/keys/" + MasterKeyFile::kName;
    const auto put = putKey(context, master);
    auto aside = put ? restore(context, fs::absolute(context.arguments.words[0]).string())
                     : core::unexpected<core::Error>(put.error());
    if (!aside) {
        if (put && *put) {
            ::unlink(master.c_str());
        }
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
