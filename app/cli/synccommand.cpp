#include "app/cli/synccommand.h"

#include <unistd.h>

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
#include "sync/devices/mtp/mtptarget.h"
#include "sync/engine/checksum.h"
#include "sync/engine/foldersource.h"
#include "sync/engine/journalfile.h"

namespace marea::app {

namespace fs = std::filesystem;

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

// An open device, with the names by which its profile and its journal are found.
struct OpenDevice {
    std::unique_ptr<sync::Target> target;
    std::string model, id;
};

core::Result<OpenDevice> openMtp(const std::string& serial, const std::vector<sync::DeviceProfile>& profiles) {
    std::vector<std::string> folders;
    for (const sync::DeviceProfile& profile : profiles) {
        folders.push_back(profile.musicFolder);
        folders.push_back(profile.videoFolder);
    }
    auto target = sync::MtpTarget::open(serial, std::move(folders));
    if (!target) {
        return core::unexpected<core::Error>(target.error());
    }
    const std::string model = (*target)->model(), id = "mtp:" + (*target)->serial();
    return OpenDevice{std::move(*target), model, id};
}

core::Result<OpenDevice> openDevice(const std::string& device, const std::vector<sync::DeviceProfile>& profiles) {
    if (device == "mtp" || device.substr(0, 4) == "mtp:") {
        return openMtp(device.substr(std::min<std::size_t>(4, device.size())), profiles);
    }
    auto target = sync::MassStorageTarget::open(device);
    if (!target) {
        return core::unexpected<core::Error>(target.error());
    }
    std::error_code error;
    const fs::path place = fs::weakly_canonical(device, error);
    return OpenDevice{std::move(*target), place.filename().string(), place.string()};
}

// Those of the user's file first, so that they win.
core::Result<std::vector<sync::DeviceProfile>> profilesFor(const SyncArguments& arguments) {
    std::vector<sync::DeviceProfile> profiles;
    if (!arguments.profiles.empty()) {
        std::ifstream file(arguments.profiles, std::ios::binary);
        std::ostringstream text;
        if (!file || !(text << file.rdbuf())) {
            return core::fail(core::ErrorCode::NotFound, "The file " + arguments.profiles + " cannot be read.");
        }
        auto own = sync::profilesFromJson(text.str());
        if (!own) {
            return own;
        }
        profiles = std::move(*own);
    }
    const auto& builtIn = sync::builtInProfiles();
    profiles.insert(profiles.end(), builtIn.begin(), builtIn.end());
    return profiles;
}

core::Result<sync::DeviceProfile> profileOf(const SyncArguments& arguments,
                                            const std::vector<sync::DeviceProfile>& profiles,
                                            const std::string& model) {
    if (arguments.profile.empty()) {
        return sync::profileFor(profiles, model);
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

// One journal a device.
core::Result<std::unique_ptr<sync::JournalFile>> journalOf(const SyncArguments& arguments, const std::string& device) {
    std::string folder = arguments.state;
    if (folder.empty()) {
        folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString() + "/marea/sync";
    }
    std::error_code error;
    fs::create_directories(folder, error);
    sync::Checksum checksum;
    checksum.add({reinterpret_cast<const std::uint8_t*>(device.data()), device.size()});
    return sync::JournalFile::open(folder + "/" + checksum.hex().substr(0, 16) + ".journal");
}

// One call of the command: what it works with, and the plan that comes of it.
class Session {
public:
    explicit Session(const SyncArguments& arguments) : arguments_(arguments) {}

    core::Result<void> open() {
        auto source = sync::FolderSource::open(arguments_.from);
        const auto profiles = source ? profilesFor(arguments_) : core::unexpected<core::Error>(source.error());
        auto device =
            profiles ? openDevice(arguments_.device, *profiles) : core::unexpected<core::Error>(profiles.error());
        auto profile =
            device ? profileOf(arguments_, *profiles, device->model) : core::unexpected<core::Error>(device.error());
        if (!profile) {
            return core::unexpected<core::Error>(profile.error());
        }
        auto journal = journalOf(arguments_, device->id);
        if (!journal) {
            return core::unexpected<core::Error>(journal.error());
        }
        profile_ = std::move(*profile);
        target_ = std::move(device->target);
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
    std::unique_ptr<sync::Target> target_;
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
