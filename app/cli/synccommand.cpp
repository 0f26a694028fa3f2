#include "app/cli/synccommand.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <QStandardPaths>

#include "app/cli/stopsignals.h"
#include "app/cli/syncarguments.h"
#include "app/cli/syncoutput.h"
#include "sync/devices/massstorage/massstoragetarget.h"
#include "sync/devices/massstorage/volumes.h"
#include "sync/engine/checksum.h"
#include "sync/engine/foldersource.h"
#include "sync/engine/journalfile.h"

namespace marea::app {

namespace fs = std::filesystem;

namespace {

constexpr core::TimeMs kBetweenLines = 500;

void print(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

int failed(const core::Error& error, bool json, int code = 1) {
    const std::string text = errorText(error, json);
    std::fwrite(text.data(), 1, text.size(), json ? stdout : stderr);
    return code;
}

std::vector<sync::Volume> mountedVolumes() {
    std::ostringstream text;
    text << std::ifstream("/proc/self/mountinfo").rdbuf();
    return sync::volumesFrom(text.str());
}

int list(bool json) {
    std::vector<ListedDevice> devices;
    for (const sync::Volume& volume : mountedVolumes()) {
        const auto target = sync::MassStorageTarget::open(volume.path);
        const auto room = target ? (*target)->freeBytes() : core::Result<std::int64_t>(0);
        devices.push_back({volume.path, volume.name, "mass_storage", volume.fileSystem,
                           sync::profileFor(sync::builtInProfiles(), volume.name).id, room.value_or(0)});
    }
    print(devicesText(devices, json));
    return 0;
}

core::Result<sync::DeviceProfile> profileOf(const SyncArguments& arguments) {
    const auto& profiles = sync::builtInProfiles();
    if (arguments.profile.empty()) {
        return sync::profileFor(profiles, fs::path(arguments.device).lexically_normal().filename().string());
    }
    std::string known;
    for (const sync::DeviceProfile& profile : profiles) {
        if (profile.id == arguments.profile) {
            return profile;
        }
        known += (known.empty() ? "" : ", ") + profile.id;
    }
    return core::fail(core::ErrorCode::Invalid,
                      "There is no profile " + arguments.profile + "; there are: " + known + ".");
}

// One journal a device, named by where it is mounted.
core::Result<std::unique_ptr<sync::JournalFile>> journalOf(const SyncArguments& arguments) {
    std::string folder = arguments.state;
    if (folder.empty()) {
        folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString() + "/marea/sync";
    }
    std::error_code error;
    fs::create_directories(folder, error);
    const std::string place = fs::weakly_canonical(arguments.device, error).string();
    sync::Checksum checksum;
    checksum.add({reinterpret_cast<const std::uint8_t*>(place.data()), place.size()});
    return sync::JournalFile::open(folder + "/" + checksum.hex().substr(0, 16) + ".journal");
}

// One call of the command: what it works with, and the plan that comes of it.
class Session {
public:
    explicit Session(const SyncArguments& arguments) : arguments_(arguments) {}

    core::Result<void> open() {
        auto profile = profileOf(arguments_);
        auto target = sync::MassStorageTarget::open(arguments_.device);
        auto source = sync::FolderSource::open(arguments_.from);
        for (const core::Error* error : {profile ? nullptr : &profile.error(), target ? nullptr : &target.error(),
                                         source ? nullptr : &source.error()}) {
            if (error) {
                return core::unexpected<core::Error>(*error);
            }
        }
        auto journal = journalOf(arguments_);
        if (!journal) {
            return core::unexpected<core::Error>(journal.error());
        }
        profile_ = std::move(*profile);
        target_ = std::move(*target);
        source_ = std::move(*source);
        journal_ = std::move(*journal);
        engine_ = std::make_unique<sync::SyncEngine>(*target_, *journal_, clock_);
        return plan();
    }

    const sync::Plan& madePlan() const { return plan_; }

    core::Result<sync::SyncReport> run() {
        sync::SyncControl control;
        const StopSignals signals([&control] { control.cancel(); });
        core::TimeMs last = 0;
        const auto progress = [&](const sync::Progress& now) {
            const core::TimeMs time = clock_.now();
            if (time - last >= kBetweenLines || now.filesDone == now.filesTotal) {
                last = time;
                print(progressText(now, arguments_.json));
            }
        };
        return engine_->run(plan_, items_, profile_, state_, *source_, {}, control, progress);
    }

private:
    core::Result<void> plan() {
        auto state = engine_->begin();
        auto items = source_->items();
        auto lists = source_->playlists();
        if (!state || !items || !lists) {
            return core::unexpected<core::Error>(!state ? state.error() : !items ? items.error() : lists.error());
        }
        state_ = std::move(*state);
        items_ = std::move(*items);
        lists_ = std::move(*lists);
        plan_ = sync::makePlan({items_,
                                lists_,
                                arguments_.rules,
                                profile_,
                                state_,
                                {.bytesPerSecond = static_cast<double>(profile_.bytesPerSecond)},
                                false});
        return {};
    }

    const SyncArguments& arguments_;
    core::SystemClock clock_;
    sync::DeviceProfile profile_;
    std::unique_ptr<sync::MassStorageTarget> target_;
    std::unique_ptr<sync::FolderSource> source_;
    std::unique_ptr<sync::JournalFile> journal_;
    std::unique_ptr<sync::SyncEngine> engine_;
    sync::DeviceState state_;
    std::vector<sync::LibraryItem> items_;
    std::vector<sync::LibraryPlaylist> lists_;
    sync::Plan plan_;
};

int planOrRun(const SyncArguments& arguments) {
    Session session(arguments);
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

}  // namespace

int runSync(const std::vector<std::string>& arguments) {
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
        default:
            return planOrRun(*asked);
    }
}

}  // namespace marea::app
