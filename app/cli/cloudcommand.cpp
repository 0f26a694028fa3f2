#include "app/cli/cloudcommand.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>
#include <QSysInfo>

#include "app/cli/cloudhttplink.h"
#include "app/cli/stopsignals.h"
#include "app/cli/syncoutput.h"
#include "core/db/sqlite.h"
#include "core/http/qthttpclient.h"
#include "sync/cloud/cloudsync.h"

namespace marea::app {

namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

constexpr const char* kHelp =
    R"(marea sync --device cloud --server URL [--changes FILE] [--account NAME] [--state FOLDER] [--json]

Keeps a copy of an account's ratings, plays, positions and playlists on this computer in step with its server. An access
token is taken from MAREA_TOKEN ("marea-server token" makes one).

  --server URL       the server that has the account
  --changes FILE     changes that were made here, one JSON object a line; they are kept, with the server or without it
  --account NAME     whose copy, where there are several
  --state FOLDER     where the copy is
)";

void say(const std::string& line, FILE* to = stdout) {
    std::fputs((line + "\n").c_str(), to);
    std::fflush(to);
}

// What the call was asked for.
struct Asked {
    QUrl server;
    std::string changes, account, state;
    bool json = false;
};

Result<Asked> askedFor(const std::vector<std::string>& arguments) {
    QCommandLineParser parser;
    for (const char* name : {"device", "server", "changes", "account", "state"}) {
        parser.addOption({QString::fromLatin1(name), {}, QStringLiteral("value")});
    }
    parser.addOption({QStringLiteral("json"), {}});
    parser.addOption({QStringLiteral("run"), {}});
    QStringList words{QStringLiteral("marea")};
    for (const std::string& argument : arguments) {
        words.append(QString::fromStdString(argument));
    }
    if (!parser.parse(words) || !parser.positionalArguments().isEmpty()) {
        return fail(ErrorCode::Invalid, parser.errorText().toStdString() + "\n\n" + kHelp);
    }
    const auto text = [&](const char* name) { return parser.value(QString::fromLatin1(name)).toStdString(); };
    Asked asked{QUrl(parser.value(QStringLiteral("server"))), text("changes"), text("account"), text("state"),
                parser.isSet(QStringLiteral("json"))};
    const bool isHttp =
        asked.server.scheme() == QLatin1String("http") || asked.server.scheme() == QLatin1String("https");
    if (!isHttp || asked.server.host().isEmpty()) {
        return fail(ErrorCode::Invalid, std::string("Say which --server.\n\n") + kHelp);
    }
    if (asked.state.empty()) {
        asked.state =
            QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString() + "/marea/sync";
    }
    return asked;
}

Result<std::vector<CloudChange>> changesIn(const std::string& path) {
    std::vector<CloudChange> changes;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorCode::NotFound, "The file " + path + " cannot be read.");
    }
    for (std::string line; std::getline(file, line);) {
        auto change = line.empty() ? Result<CloudChange>(CloudChange()) : cloudChangeFrom(line);
        if (!change) {
            return fail(ErrorCode::Invalid,
                        path + ", line " + std::to_string(changes.size() + 1) + ": " + change.error().text);
        }
        changes.push_back(std::move(*change));
    }
    return changes;
}

Result<void> keep(sync::CloudSync& cloud, const CloudChange& change) {
    if (change.key.kind.empty()) {
        return {};  // an empty line
    }
    Result<void> done;
    if (change.remove) {
        done = cloud.remove(change.key);
    }
    if (done && !change.writes.empty()) {
        done = cloud.edit(change.key, change.writes);
    }
    for (const auto& [counter, amount] : change.counts) {
        done = done ? cloud.count(change.key, counter, amount) : done;
    }
    return done;
}

Result<void> keepAll(sync::CloudSync& cloud, const std::string& path) {
    const auto changes = path.empty() ? Result<std::vector<CloudChange>>() : changesIn(path);
    if (!changes) {
        return unexpected<Error>(changes.error());
    }
    Result<void> done;
    for (const CloudChange& change : *changes) {
        done = done ? keep(cloud, change) : done;
    }
    return done;
}

Result<void> tell(sync::CloudSync& cloud, sync::CloudSync::Outcome outcome, bool asJson) {
    std::sort(outcome.changed.begin(), outcome.changed.end());
    outcome.changed.erase(std::unique(outcome.changed.begin(), outcome.changed.end()), outcome.changed.end());
    for (const sync::RecordKey& key : outcome.changed) {
        const auto record = cloud.find(key);
        if (!record) {
            return unexpected<Error>(record.error());
        }
        if (asJson) {
            say(recordLine(key, *record ? &**record : nullptr));
        }
    }
    say(asJson ? core::json::serialize(core::json::object{
                     {"event", "done"}, {"sent", outcome.sent}, {"received", outcome.changed.size()}})
               : "In step: " + std::to_string(outcome.sent) + " sent, " + std::to_string(outcome.changed.size()) +
                     " changed here.");
    return {};
}

Result<void> syncNow(const Asked& asked, const QByteArray& token) {
    std::error_code error;
    std::filesystem::create_directories(asked.state, error);
    auto database = core::db::openSqlite(asked.state + "/cloud.db", {.readers = 1}, core::makeNullLogger());
    if (!database) {
        return unexpected<Error>(database.error());
    }
    core::QtHttpClient http;
    CloudHttpLink link(http, asked.server, token);
    sync::CloudSync::Options options;
    options.account = asked.account;
    options.deviceName = QSysInfo::machineHostName().left(100).toStdString();
    options.deviceName = options.deviceName.empty() ? "Marea" : options.deviceName;
    sync::CloudSync cloud(**database, link, std::make_shared<core::SystemClock>(), std::move(options));
    if (auto kept = keepAll(cloud, asked.changes); !kept) {
        return kept;
    }
    std::atomic<bool> stopped = false;
    const StopSignals signals([&stopped] { stopped = true; });
    auto outcome = cloud.run([&stopped] { return stopped.load(); });
    return outcome ? tell(cloud, std::move(*outcome), asked.json) : unexpected<Error>(outcome.error());
}

}  // namespace

bool isCloud(const std::vector<std::string>& arguments) {
    const auto device = std::find(arguments.begin(), arguments.end(), "--device");
    return (device != arguments.end() && std::next(device) != arguments.end() && *std::next(device) == "cloud") ||
           std::find(arguments.begin(), arguments.end(), "--device=cloud") != arguments.end();
}

int runCloud(const std::vector<std::string>& arguments) {
    const auto isHelp = [](const std::string& word) { return word == "--help" || word == "-h"; };
    if (std::any_of(arguments.begin(), arguments.end(), isHelp)) {
        say(kHelp);
        return 0;
    }
    const auto asked = askedFor(arguments);
    const char* token = std::getenv("MAREA_TOKEN");
    if (!asked || !token || !*token) {
        say(asked ? "MAREA_TOKEN must hold an access token." : asked.error().text, stderr);
        return 2;
    }
    int count = 1;
    char name[] = "marea";
    char* words[] = {name, nullptr};
    const QCoreApplication program(count, words);
    if (auto done = syncNow(*asked, token); !done) {
        const std::string text = errorText(done.error(), asked->json);
        std::fputs(text.c_str(), asked->json ? stdout : stderr);
        return 1;
    }
    return 0;
}

}  // namespace marea::app
