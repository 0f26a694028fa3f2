// marea-server originals: the files of protected titles, encrypted on the disk or in the clear again.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/io/flushnames.h"
#include "server/apps/licence/licences.h"
#include "server/apps/licence/sealing.h"
#include "server/host/command.h"

namespace marea::server {

namespace json = core::json;
using core::Result;

namespace {

// A commit survives the death of the process, but not yet a power cut (core/db/sqliteconnection.cpp): what it wrote is
// put on the disk here, and the names of the files: the log and the master key may have been made just now. A log that
// is not there has been moved into the database, which is synced then.
Result<void> syncKeys(const std::string& dataFolder) {
    for (const char* name : {"/marea.db-wal", "/marea.db"}) {
        const core::FileHandle file(::open((dataFolder + name).c_str(), O_RDONLY | O_CLOEXEC));
        if (!file && errno == ENOENT) {
            continue;
        }
        if (!file || ::fsync(file.get()) != 0) {
            return core::unexpected<core::Error>(core::systemError(errno, "sync " + dataFolder + name));
        }
    }
    for (const char* name : {"/keys", ""}) {
        auto done = core::flushNames(dataFolder + name);
        if (!done && done.error().code != core::ErrorCode::NotFound) {
            return done;
        }
    }
    return {};
}

// It may take days: a server starts meanwhile, as it does beside helpers, and nobody puts another database in the
// place of this one.
Result<HelperLock> makeWay(const std::string& dataFolder, OpenedData& data) {
    auto beside = HelperLock::join(dataFolder, thisBuild(), std::chrono::milliseconds(1000));
    if (beside) {
        data.lock.reset();
    }
    return beside;
}

json::object jsonOf(const Sealing::Report& report) {
    json::array left;
    for (const Sealing::Report::Left& one : report.left) {
        left.push_back(json::object{{"path", one.path}, {"error", core::name(one.why.code)}, {"text", one.why.text}});
    }
    return {{"files", report.files}, {"changed", report.changed}, {"bytes", report.bytes}, {"left", std::move(left)}};
}

std::string textOf(const Sealing::Report& report, const std::string& verb) {
    const std::string state = verb == "unseal" ? "in the clear" : verb == "seal" ? "sealed" : "sealed and whole";
    std::string text = std::to_string(report.files) + " files " + state;
    text += verb == "verify" ? "." : ", " + std::to_string(report.changed) + " of them now.";
    for (const Sealing::Report::Left& one : report.left) {
        text += "\nNot " + one.path + ": " + one.why.text + (one.why.detail.empty() ? "" : " (" + one.why.detail + ")");
    }
    return text;
}

}  // namespace

int runOriginals(CommandContext& context) {
    const std::string& verb = context.arguments.words[0];
    const std::string& library = context.arguments.words[1];
    if (verb != "seal" && verb != "unseal" && verb != "verify") {
        return wrongUsage(context, "originals needs: seal LIBRARY, unseal LIBRARY or verify LIBRARY");
    }
    const std::string& folder = context.config.dataFolder;
    auto data = openData(context);
    if (!data) {
        return failed(context, data.error());
    }
    const auto beside = makeWay(folder, *data);
    if (!beside) {
        return failed(context, beside.error());
    }
    Licences licences(*data->database, folder + "/keys", std::make_shared<core::SystemClock>(), context.logger);
    Sealing sealing(*data->database, licences.seals(), licences.protection());
    const auto report = verb == "seal"     ? sealing.seal(library, [&folder] { return syncKeys(folder); })
                        : verb == "unseal" ? sealing.unseal(library)
                                           : sealing.verify(library);
    if (!report) {
        return failed(context, report.error());
    }
    print(context, jsonOf(*report), textOf(*report, verb));
    return report->left.empty() ? kDone : kFailed;
}

}  // namespace marea::server
