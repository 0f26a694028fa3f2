#include "app/cli/synccommand.h"

#include <unistd.h>

#include <cstdio>

#include "app/cli/cloudcommand.h"
#include "app/cli/stopsignals.h"
#include "app/cli/syncarguments.h"
#include "app/cli/syncoutput.h"
#include "app/devices/devicesession.h"
#include "sync/devices/massstorage/massstoragetarget.h"
#include "sync/devices/massstorage/volumes.h"
#include "sync/devices/massstorage/volumesystem.h"
#include "sync/devices/mtp/mtptarget.h"

namespace marea::app {

namespace {

constexpr core::TimeMs kBetweenLines = 500;

// libmtp writes remarks to stdout, which is kept for the answer: whatever else goes there is sent to stderr.
FILE* answer() {
    static FILE* const kept = [] {
        FILE* out = ::fdopen(::dup(STDOUT_FILENO), "w");
        ::dup2(STDERR_FILENO, STDOUT_FILENO);
        return out;
    }();
    return kept;
}

void print(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), answer());
    std::fflush(answer());
}

int failed(const core::Error& error, bool json, int code = 1) {
    const std::string text = errorText(error, json);
    FILE* const out = json ? answer() : stderr;
    std::fwrite(text.data(), 1, text.size(), out);
    std::fflush(out);
    return code;
}

int list(bool json) {
    std::vector<ListedDevice> devices;
    for (const sync::Volume& volume : sync::volumesFrom(sync::readMounts())) {
        const auto target = sync::MassStorageTarget::open(volume.path);
        const auto room = target ? (*target)->freeBytes() : core::Result<std::int64_t>(0);
        devices.push_back({volume.path, volume.name, "mass_storage", volume.fileSystem,
                           sync::profileFor(sync::builtInProfiles(), volume.name).id, room.value_or(0),
                           target ? "" : target.error().text});
    }
    for (const sync::MtpDevice& device : sync::MtpTarget::devices()) {
        devices.push_back({"mtp:" + device.serial, device.model, "mtp", "MTP",
                           sync::profileFor(sync::builtInProfiles(), device.model).id, device.freeBytes,
                           device.problem});
    }
    print(devicesText(devices, json));
    return 0;
}

// Progress as lines, a few a second.
sync::ProgressSink printed(bool json) {
    return [json, last = core::TimeMs{0}](const sync::Progress& now) mutable {
        const core::TimeMs time = core::SystemClock().now();
        if (time - last >= kBetweenLines || now.filesDone == now.filesTotal) {
            last = time;
            print(progressText(now, json));
        }
    };
}

// One call of the command: what it works with, and the plan that comes of it.
class Session {
public:
    Session(const SyncArguments& arguments, const FolderFarms& farms)
        : arguments_(arguments),
          farms_(farms),
          cache_(encodingsFolder(arguments.state)),
          encodings_(cache_ + "/encoded", kMostEncoded) {}

    core::Result<void> open() {
        const auto profiles = profilesWith(arguments_.profiles);
        auto session = profiles ? DeviceSession::open({arguments_.device, foldersOf(*profiles), arguments_.storage},
                                                      DeviceFiles(arguments_.state), std::make_shared<Pulse>())
                                : core::unexpected<core::Error>(profiles.error());
        auto profile = session ? profileOf(*profiles, arguments_.profile, (*session)->model())
                               : core::unexpected<core::Error>(session.error());
        auto library =
            profile ? readFolder(arguments_.from, farmFor(*profile)) : core::unexpected<core::Error>(profile.error());
        if (!library) {
            return core::unexpected<core::Error>(library.error());
        }
        session_ = std::move(*session);
        wish_ = {std::move(*library), arguments_.rules, std::move(*profile), arguments_.takeOver};
        auto done = session_->read(control_);
        plan_ = done ? session_->plan(wish_) : sync::Plan();
        return done;
    }

    const sync::Plan& madePlan() const { return plan_; }

    core::Result<sync::SyncReport> run() {
        return session_->run(plan_, wish_, &encodings_, control_, printed(arguments_.json));
    }

private:
    // For a device that takes no encodings, files are what their names say.
    FolderFarmPtr farmFor(const sync::DeviceProfile& profile) const {
        const bool encodes = profile.audioEncoding || profile.videoEncoding;
        return encodes && farms_ ? farms_(cache_ + "/making") : nullptr;
    }

    sync::SyncControl control_;
    const StopSignals signals_{[this] { control_.cancel(); }};  // before the farm's threads
    const SyncArguments& arguments_;
    const FolderFarms& farms_;
    const std::string cache_;
    sync::EncodeCache encodings_;
    DeviceSession::Ptr session_;
    DeviceSession::Wish wish_;
    sync::Plan plan_;
};

int planOrRun(const SyncArguments& arguments, const FolderFarms& farms) {
    Session session(arguments, farms);
    if (auto opened = session.open(); !opened) {
        return failed(opened.error(), arguments.json);
    }
    if (arguments.what == SyncArguments::What::Plan) {
        print(planText(session.madePlan(), arguments.device, arguments.json));
        return 0;
    }
    const auto report = session.run();
    if (!report) {
        return failed(report.error(), arguments.json);
    }
    print(reportText(*report, arguments.json));
    return report->problems.empty() ? 0 : 1;
}

int import(const SyncArguments& arguments) {
    sync::SyncControl control;
    const StopSignals signals([&control] { control.cancel(); });
    const auto report = importFrom({arguments.device, {}, arguments.storage}, arguments.into, std::make_shared<Pulse>(),
                                   control, printed(arguments.json));
    if (!report) {
        return failed(report.error(), arguments.json);
    }
    print(importText(*report, arguments.json));
    return report->problems.empty() ? 0 : 1;
}

}  // namespace

int runSync(const std::vector<std::string>& arguments, const FolderFarms& farms) {
    if (isCloud(arguments)) {
        return runCloud(arguments);
    }
    const auto asked = syncArguments(arguments);
    if (!asked) {
        failed({asked.error().code, "", asked.error().text + "\n\n" + syncHelp()}, false);
        return 2;
    }
    switch (asked->what) {
        case SyncArguments::What::Help:
            print(syncHelp());
            return 0;
        case SyncArguments::What::List:
            return list(asked->json);
        case SyncArguments::What::Import:
            return import(*asked);
        default:
            return planOrRun(*asked, farms);
    }
}

}  // namespace marea::app
