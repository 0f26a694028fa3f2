#include "app/cli/synccommand.h"

#include <unistd.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <sys/ioctl.h>
#endif

#include <clocale>
#include <cstdio>

#include <QCoreApplication>

#include "app/cli/cloudcommand.h"
#include "app/cli/devicework.h"
#include "app/cli/syncarguments.h"
#include "app/cli/syncoutput.h"
#include "app/devices/devicesession.h"
#include "sync/devices/massstorage/massstoragetarget.h"
#include "sync/devices/massstorage/volumesystem.h"
#include "sync/devices/mtp/mtptarget.h"

namespace marea::app {

namespace {

constexpr core::TimeMs kBetweenLines = 500;
constexpr const char* kNewLine = "\r\x1b[K";  // at the begin of a terminal's line, which is empty then
constexpr std::chrono::milliseconds kForAPhone{3'000};

// libmtp writes remarks to stdout, which is kept for the answer: whatever else goes there is sent to stderr.
FILE* answer() {
    static FILE* const kept = [] {
        FILE* out = ::fdopen(::dup(STDOUT_FILENO), "w");
        ::dup2(STDERR_FILENO, STDOUT_FILENO);
        return out;
    }();
    return kept;
}

bool isTerminal() {
    static const bool is = ::isatty(::fileno(answer())) != 0;
    return is;
}

std::size_t columns() {
    constexpr std::size_t kUsual = 80;
#ifdef _WIN32
    CONSOLE_SCREEN_BUFFER_INFO window{};
    return GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &window) && window.dwSize.X > 0
               ? static_cast<std::size_t>(window.dwSize.X)
               : kUsual;
#else
    struct winsize window {};
    return ::ioctl(::fileno(answer()), TIOCGWINSZ, &window) == 0 && window.ws_col > 0 ? window.ws_col : kUsual;
#endif
}

void print(const std::string& text, FILE* out = answer()) {
    if (isTerminal()) {
        std::fputs(kNewLine, answer());  // in the place of what was told last
        std::fflush(answer());
    }
    std::fwrite(text.data(), 1, text.size(), out);
    std::fflush(out);
}

// What a command has to say in the end, and how the program ends.
struct Answer {
    std::string text;
    int code = 0;
    bool isError = false;
};

Answer failed(const core::Error& error, bool json) {
    return {errorText(error, json), 1, !json};
}

int say(const Answer& last) {
    print(last.text, last.isError ? stderr : answer());
    return last.code;
}

// What is going on, for who looks at a terminal.
void tell(const DeviceWork::Hand& hand, const std::string& what) {
    if (isTerminal()) {
        hand.home([what] { print(cutTo(what, columns() - 1)); });
    }
}

// Progress: on a terminal one line that changes, else lines, a few a second.
sync::ProgressSink printed(const DeviceWork::Hand& hand, bool json) {
    return [hand, json, last = core::TimeMs{0}](const sync::Progress& now) mutable {
        const core::TimeMs time = core::SystemClock().now();
        if (time - last < kBetweenLines && time >= last && now.filesDone != now.filesTotal) {
            return;
        }
        last = time;
        hand.home([now, json] {
            const bool changes = isTerminal() && !json;
            print(changes ? progressLine(now, columns()) : progressText(now, json));
        });
    };
}

// A phone that does not answer to an interrupt is left at once; a volume is let finish what it writes.
DeviceWork::Patience patienceFor(const std::string& device) {
    DeviceWork::Patience patience;
    if (isPhone(device)) {
        patience.afterInterrupt = kForAPhone;
    }
    return patience;
}

// The job's answer, said. A device that is abandoned still has a thread and all that works with it: the program ends
// without them.
int answered(DeviceWork& work, bool json, const std::function<Answer(const DeviceWork::Hand&)>& job) {
    const auto given = work.run<Answer>(job);
    const int code = say(given ? *given : failed(given.error(), json));
    if (work.isAbandoned()) {
        ::_exit(code);
    }
    return code;
}

std::vector<ListedDevice> mountedVolumes() {
    std::vector<ListedDevice> devices;
    for (const sync::Volume& volume : sync::mountedVolumes()) {
        const auto target = sync::MassStorageTarget::open(volume.path);
        const auto room = target ? (*target)->freeBytes() : core::Result<std::int64_t>(0);
        const auto usable = target ? sync::mayBeWritten(**target) : core::unexpected<core::Error>(target.error());
        devices.push_back({volume.path, volume.name, "mass_storage", volume.fileSystem,
                           sync::profileFor(sync::builtInProfiles(), volume.name).id, room.value_or(0),
                           usable ? "" : usable.error().text});
    }
    return devices;
}

std::vector<ListedDevice> phones() {
    std::vector<ListedDevice> devices;
    for (const sync::MtpDevice& device : sync::MtpTarget::devices()) {
        const bool isReadOnly = !device.storages.empty() && device.storages.front().isReadOnly;
        devices.push_back({"mtp:" + device.serial, device.model, "mtp", "MTP",
                           sync::profileFor(sync::builtInProfiles(), device.model).id, device.freeBytes,
                           isReadOnly ? sync::kReadOnly : device.problem});
    }
    return devices;
}

int list(bool json) {
    DeviceWork work(patienceFor("mtp"));
    return answered(work, json, [json](const DeviceWork::Hand& hand) {
        hand.pulse->asked();
        std::vector<ListedDevice> devices = mountedVolumes();
        const std::vector<ListedDevice> others = phones();
        hand.pulse->answered();
        devices.insert(devices.end(), others.begin(), others.end());
        return Answer{devicesText(devices, json)};
    });
}

// One call of the command, on the device's thread: what it works with, and the plan that comes of it.
class Session {
public:
    Session(const SyncArguments& arguments, const FolderFarms& farms, const DeviceWork::Hand& hand)
        : hand_(hand),
          arguments_(arguments),
          farms_(farms),
          cache_(encodingsFolder(arguments.state)),
          encodings_(cache_ + "/encoded", kMostEncoded) {}

    core::Result<void> open() {
        if (isOneInTheOther(arguments_.device, arguments_.from)) {
            return core::fail(core::ErrorCode::Invalid,
                              "The library's folder is on the device, or the device is in it: what is put there would "
                              "come again each time.");
        }
        const auto profiles = profilesWith(arguments_.profiles);
        auto session = profiles ? DeviceSession::open({arguments_.device, foldersOf(*profiles), arguments_.storage},
                                                      DeviceFiles(arguments_.state), hand_.pulse)
                                : core::unexpected<core::Error>(profiles.error());
        auto profile = session ? profileOf(*profiles, arguments_.profile, (*session)->model())
                               : core::unexpected<core::Error>(session.error());
        auto library = profile ? readLibrary(*profile) : core::unexpected<core::Error>(profile.error());
        if (!library) {
            return core::unexpected<core::Error>(library.error());
        }
        session_ = std::move(*session);
        wish_ = {std::move(*library), arguments_.rules, std::move(*profile), arguments_.takeOver};
        tell(hand_, "Looking at the device…");
        auto done = session_->read(*hand_.control);
        plan_ = done ? session_->plan(wish_) : sync::Plan();
        return done;
    }

    const sync::Plan& madePlan() const { return plan_; }

    core::Result<sync::SyncReport> run() {
        return session_->run(plan_, wish_, &encodings_, *hand_.control, printed(hand_, arguments_.json));
    }

private:
    core::Result<DeviceLibraryPtr> readLibrary(const sync::DeviceProfile& profile) const {
        tell(hand_, "Reading the library…");
        return readFolder(arguments_.from, farmFor(profile),
                          [control = hand_.control] { return !control->isCancelled(); });
    }

    // For a device that takes no encodings, files are what their names say.
    FolderFarmPtr farmFor(const sync::DeviceProfile& profile) const {
        const bool encodes = profile.audioEncoding || profile.videoEncoding;
        return encodes && farms_ ? farms_(cache_ + "/making") : nullptr;
    }

    const DeviceWork::Hand& hand_;
    const SyncArguments& arguments_;
    const FolderFarms& farms_;
    const std::string cache_;
    sync::EncodeCache encodings_;
    DeviceSession::Ptr session_;
    DeviceSession::Wish wish_;
    sync::Plan plan_;
};

Answer planOrRun(const SyncArguments& arguments, const FolderFarms& farms, const DeviceWork::Hand& hand) {
    Session session(arguments, farms, hand);
    if (auto opened = session.open(); !opened) {
        return failed(opened.error(), arguments.json);
    }
    const PlanForm form{arguments.json, arguments.verbose};
    if (arguments.what == SyncArguments::What::Plan) {
        return {planText(session.madePlan(), arguments.device, form)};
    }
    if (!arguments.json && (arguments.verbose || isTerminal())) {
        hand.home([text = planText(session.madePlan(), arguments.device, form)] { print(text); });
    }
    const auto report = session.run();
    return report ? Answer{reportText(*report, arguments.json), report->problems.empty() ? 0 : 1}
                  : failed(report.error(), arguments.json);
}

int planOrRun(const SyncArguments& arguments, const FolderFarms& farms) {
    DeviceWork work(patienceFor(arguments.device));
    return answered(work, arguments.json,
                    [arguments, farms](const DeviceWork::Hand& hand) { return planOrRun(arguments, farms, hand); });
}

int import(const SyncArguments& arguments) {
    DeviceWork work(patienceFor(arguments.device));
    return answered(work, arguments.json, [arguments](const DeviceWork::Hand& hand) {
        const auto report = importFrom({arguments.device, {}, arguments.storage}, arguments.into, hand.pulse,
                                       *hand.control, printed(hand, arguments.json));
        return report ? Answer{importText(*report, arguments.json), report->problems.empty() ? 0 : 1}
                      : failed(report.error(), arguments.json);
    });
}

int run(const SyncArguments& arguments, const FolderFarms& farms) {
    static_cast<void>(answer());  // before anything of libmtp
    int count = 1;
    char name[] = "marea";
    char* words[] = {name, nullptr};
    const QCoreApplication program(count, words);
    std::setlocale(LC_NUMERIC, "C");  // as it was: numbers are written with a point
    switch (arguments.what) {
        case SyncArguments::What::List:
            return list(arguments.json);
        case SyncArguments::What::Import:
            return import(arguments);
        default:
            return planOrRun(arguments, farms);
    }
}

}  // namespace

int runSync(const std::vector<std::string>& arguments, const FolderFarms& farms) {
#ifdef _WIN32
    SetConsoleOutputCP(CP_UTF8);
#endif
    if (isCloud(arguments)) {
        return runCloud(arguments);
    }
    const auto asked = syncArguments(arguments);
    if (!asked) {
        print(asked.error().text + "\n\"marea sync --help\" tells what there is.\n", stderr);
        return 2;
    }
    if (asked->what == SyncArguments::What::Help) {
        print(syncHelp());
        return 0;
    }
    return run(*asked, farms);
}

}  // namespace marea::app
