#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/log.h"
#include "core/base/logring.h"
#include "core/db/database.h"
#include "server/apps/identity/identity.h"
#include "server/host/arguments.h"
#include "server/host/config.h"
#include "server/host/datafolder.h"
#include "server/host/helperlock.h"

namespace marea::server {

enum ExitCode { kDone = 0, kFailed = 1, kWrongUsage = 2 };

// What a command of the program is given.
struct CommandContext {
    Arguments arguments;
    Config config;  // with the data folder filled in
    std::shared_ptr<core::Logger> logger;
    std::shared_ptr<const core::LogRing> log;          // what it said last; null in commands
    std::function<core::Result<Config>()> readConfig;  // once more, as at the start
    bool json() const { return arguments.has("--json"); }
};

struct Command {
    CommandForm form;
    int (*run)(CommandContext&);
};

int runServe(CommandContext& context);
int runToken(CommandContext& context);
int runUser(CommandContext& context);
int runKeys(CommandContext& context);
int runKeyExport(CommandContext& context);  // keys export
int runLibrary(CommandContext& context);
int runScan(CommandContext& context);
int runJobs(CommandContext& context);
int runSessions(CommandContext& context);
int runStorage(CommandContext& context);
int runLogs(CommandContext& context);
int runReload(CommandContext& context);
int runAudit(CommandContext& context);
int runBackup(CommandContext& context);
int runRestore(CommandContext& context);
int runDoctor(CommandContext& context);
int runReplay(CommandContext& context);
int runLedger(CommandContext& context);
int runOriginals(CommandContext& context);

// The result on stdout: `object` with --json, else `text`.
void print(const CommandContext& context, const core::json::value& object, const std::string& text);
// The error on stderr in words ({"error":…} on stdout with --json); the exit code for it.
int failed(const CommandContext& context, const core::Error& error);
int wrongUsage(const CommandContext& context, const std::string& words);

// The data folder opened without a server: alone when no server runs (then the schema is brought up to date), else
// beside it.
struct OpenedData {
    std::unique_ptr<DataFolderLock> lock;  // null: a server runs
    std::unique_ptr<core::db::Database> database;
    std::unique_ptr<Identity> identity;
};
core::Result<OpenedData> openData(const CommandContext& context);
// Puts a command that was done into the audit log, by its words: they hold names, never secrets.
void recordCommand(const CommandContext& context);

}  // namespace marea::server
