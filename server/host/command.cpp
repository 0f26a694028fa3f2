#include "server/host/command.h"

#include <cstdio>

#include "core/db/sqlite.h"
#include "marea_version.h"
#include "server/apps/audit/auditlog.h"

namespace marea::server {

namespace {

void writeLine(std::FILE* to, const std::string& line) {
    std::fwrite(line.data(), 1, line.size(), to);
    std::fputc('\n', to);
    std::fflush(to);
}

}  // namespace

void print(const CommandContext& context, const core::json::value& object, const std::string& text) {
    const std::string line = context.json() ? core::json::serialize(object) : text;
    if (!line.empty()) {
        writeLine(stdout, line);
    }
}

int failed(const CommandContext& context, const core::Error& error) {
    if (context.json()) {
        writeLine(stdout,
                  core::json::serialize(core::json::object{{"error", core::name(error.code)}, {"text", error.text}}));
    }
    writeLine(stderr,
              "marea-server: " + error.text +
                  (error.detail.empty() || error.detail == error.text ? "" : " (" + core::redact(error.detail) + ")"));
    return kFailed;
}

int wrongUsage(const CommandContext& context, const std::string& words) {
    const std::string command = context.arguments.command.empty() ? "" : " " + context.arguments.command;
    writeLine(stderr, "marea-server: " + words + "\nSee marea-server" + command + " --help.");
    return kWrongUsage;
}

core::Result<OpenedData> openData(const CommandContext& context) {
    const std::string& data = context.config.dataFolder;
    OpenedData opened;
    if (auto made = makeDataFolder(data); !made) {
        return core::unexpected<core::Error>(made.error());
    }
    if (auto lock = DataFolderLock::take(data)) {
        opened.lock = std::make_unique<DataFolderLock>(std::move(*lock));
    } else if (lock.error().code != core::ErrorCode::Conflict) {
        return core::unexpected<core::Error>(lock.error());
    }
    auto away = opened.lock ? HelperLock::keepAway(data, thisBuild(), std::chrono::milliseconds(0))
                            : core::Result<std::optional<HelperLock>>(std::nullopt);
    if (!away) {
        return core::unexpected<core::Error>(away.error());
    }
    auto database =
        core::db::openSqlite(data + "/marea.db", {.readers = 1, .migrate = away->has_value()}, context.logger);
    if (!database) {
        return core::unexpected<core::Error>(database.error());
    }
    opened.database = std::move(*database);
    IdentityOptions options;
    options.dataFolder = data;
    auto identity = Identity::create(*opened.database, std::make_shared<core::SystemClock>(), context.logger, options);
    if (!identity) {
        return core::unexpected<core::Error>(identity.error());
    }
    opened.identity = std::move(*identity);
    return opened;
}

void recordCommand(const CommandContext& context) {
    auto data = openData(context);
    AuditedRequest done;
    done.action = "command." + context.arguments.command;
    done.subject = context.arguments.command;
    for (const std::string& word : context.arguments.words) {
        done.subject += ' ' + word;
    }
    const auto written = data ? AuditLog(*data->database, std::make_shared<core::SystemClock>(), context.logger, {})
                                    .write(std::move(done))
                              : core::Result<void>(core::unexpected<core::Error>(data.error()));
    if (!written) {
        context.logger->error("audit.lost",
                              {{"action", "command." + context.arguments.command}, {"error", written.error().detail}});
    }
}

}  // namespace marea::server
