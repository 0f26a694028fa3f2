// marea-server doctor: looks at everything that a server needs and says what is wrong, in words.
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>

#include "core/db/sqlite.h"
#include "server/apps/licence/licences.h"
#include "server/gateway/selfsigned.h"
#include "server/host/command.h"
#include "server/host/process.h"
#include "server/transcode/hardwareprobe.h"

namespace marea::server {

namespace json = core::json;

namespace {

struct Finding {
    std::string name;
    bool ok;
    std::string words;
};

Finding dataFolder(const CommandContext& context) {
    const std::string& data = context.config.dataFolder;
    auto made = makeDataFolder(data);
    const bool writable = made && ::access(data.c_str(), R_OK | W_OK | X_OK) == 0;
    return {"data folder", writable, data + (writable ? "" : " cannot be written")};
}

Finding privacy(const CommandContext& context) {
    struct stat status {};
    const std::string keys = context.config.dataFolder + "/keys";
    if (::stat(keys.c_str(), &status) != 0) {
        return {"keys", true, "made at the first start"};
    }
    const bool closed = (status.st_mode & 077) == 0;
    return {"keys", closed, closed ? "for their owner only" : keys + " can be read by others: chmod 700 it"};
}

Finding space(const CommandContext& context) {
    struct statvfs status {};
    if (::statvfs(context.config.dataFolder.c_str(), &status) != 0) {
        return {"disk", false, "the free space is not known"};
    }
    const std::uint64_t free = static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
    return {"disk", free > (std::uint64_t{200} << 20), std::to_string(free >> 20) + " MB free"};
}

Finding certificate(const CommandContext& context) {
    const Config& config = context.config;
    const std::string file =
        config.selfSigned ? config.dataFolder + "/keys/tls-certificate.pem" : config.certificateFile;
    if (file.empty()) {
        return {"TLS", true, "off: use it, or a proxy that does"};
    }
    if (config.selfSigned && ::access(file.c_str(), F_OK) != 0) {
        return {"TLS", true, "its certificate is made at the start"};
    }
    const auto pin = certificatePin(file);
    return {"TLS", pin.has_value(), pin ? file + ", " + *pin : pin.error().text};
}

std::string workerProgram(const CommandContext& context) {
    return context.config.workerProgram.empty() ? programFolder() + "/marea-worker" : context.config.workerProgram;
}

Finding worker(const CommandContext& context) {
    const std::string program = workerProgram(context);
    const bool there = ::access(program.c_str(), X_OK) == 0;
    return {"worker", there, program + (there ? "" : " is not there: no file can be read")};
}

// Tried as at the start of a server. Without a device the processor does it, and that is well, but for an owner who
// asked for a kind by name.
std::vector<Finding> hardware(const CommandContext& context) {
    const HardwareWish& wish = context.config.hardware;
    if (wish.off) {
        return {{"encoders on devices", true, "switched off"}};
    }
    const auto devices = probeHardware(workerProgram(context), hardwareCandidates(wish));
    if (devices.empty()) {
        return {{"encoders on devices", true, "no device: the processor encodes"}};
    }
    std::vector<Finding> findings;
    for (const HardwareDevice& device : devices) {
        findings.push_back({"encoders on devices", device.works() || !wish.only, describeProbe(device)});
    }
    return findings;
}

std::string integrityOf(core::db::Database& database) {
    std::string answer = "no answer";
    auto done = database.read([&](core::db::Session& session) {
        return session.each("PRAGMA integrity_check(1)", {}, [&](const core::db::Row& row) {
            answer = row.string(0);
            return false;
        });
    });
    return done ? answer : done.error().text;
}

std::vector<Finding> database(const CommandContext& context) {
    auto data = openData(context);
    if (!data) {
        return {{"database", false, data.error().text}};
    }
    std::vector<Finding> findings{{"server", true, data->lock ? "not running" : "running"}};
    const std::string integrity = integrityOf(*data->database);
    findings.push_back({"database", integrity == "ok", integrity == "ok" ? "whole" : integrity});
    const auto keys = Licences(*data->database, context.config.dataFolder + "/keys",
                               std::make_shared<core::SystemClock>(), core::makeNullLogger())
                          .check();
    findings.push_back({"keys of titles", keys.has_value(),
                        !keys        ? keys.error().detail
                        : *keys == 0 ? "none yet"
                                     : std::to_string(*keys) + ", and the master key opens them"});
    (void)data->database->read([&](core::db::Session& session) {
        return session.each("SELECT name, path FROM libraries ORDER BY name", {}, [&](const core::db::Row& row) {
            const bool readable = ::access(row.string(1).c_str(), R_OK | X_OK) == 0;
            findings.push_back(
                {"library " + row.string(0), readable, row.string(1) + (readable ? "" : " cannot be read")});
            return true;
        });
    });
    return findings;
}

}  // namespace

int runDoctor(CommandContext& context) {
    std::vector<Finding> findings{dataFolder(context), privacy(context), space(context), worker(context)};
    if (findings.back().ok) {
        const auto devices = hardware(context);
        findings.insert(findings.end(), devices.begin(), devices.end());
    }
    if (findings.front().ok) {
        const auto more = database(context);
        findings.insert(findings.end(), more.begin(), more.end());
    }
    findings.push_back(certificate(context));
    json::array checks;
    std::string text;
    bool ok = true;
    for (const Finding& finding : findings) {
        checks.push_back(json::object{{"name", finding.name}, {"ok", finding.ok}, {"detail", finding.words}});
        text += (text.empty() ? "" : "\n") + std::string(finding.ok ? "ok    " : "WRONG ") + finding.name + ": " +
                finding.words;
        ok = ok && finding.ok;
    }
    print(context, json::object{{"ok", ok}, {"checks", std::move(checks)}}, text);
    return ok ? kDone : kFailed;
}

}  // namespace marea::server
