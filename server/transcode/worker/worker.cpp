#include "server/transcode/worker/worker.h"

#include <iconv.h>
#include <pthread.h>
#include <unistd.h>
#include <array>
#include <chrono>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <memory>
#include <new>
#include <string_view>

#include "core/io/clearfile.h"
#include "marea_version.h"
#include "server/pipeline/avlog.h"
#include "server/pipeline/charsets.h"
#include "server/pipeline/gpudevice.h"
#include "server/pipeline/libav.h"
#include "server/pipeline/segmentsession.h"
#include "server/pipeline/subtitlefonts.h"
#include "server/transcode/progresspage.h"
#include "server/transcode/worker/channel.h"
#include "server/transcode/worker/sandbox.h"
#include "server/transcode/workerprocess.h"

namespace marea::server {
namespace {

using core::ErrorCode;

// The pool thinks a file warm for a little less (workerlink.cpp).
constexpr std::chrono::seconds restAfter(60);
constexpr std::clock_t retirementAge = 300 * static_cast<std::clock_t>(CLOCKS_PER_SEC);

// The C library loads its character tables from files when they are first used: use them while files can be opened.
// The descriptors stay open for good, or it would unload them.
void loadCharacterTables() {
    static constexpr std::array names{"UTF-16",      "UTF-16LE",     "UTF-16BE",     "ISO-8859-1",   "ISO-8859-2",
                                      "ISO-8859-15", "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "KOI8-R",
                                      "SHIFT_JIS",   "EUC-JP",       "GB18030",      "BIG5",         "EUC-KR"};
    for (const char* name : names)
        ::iconv_open("UTF-8", name);
}

void prepare() {
    std::setlocale(LC_ALL, "C.UTF-8");
    silenceLog();
    loadCharacterTables();
    loadCharsets();
    loadFonts();
    core::prepareSeals();
    avcodec_find_decoder(AV_CODEC_ID_MJPEG);
    std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::localtime_r(&now, &parts);  // reads the time zone
}

// The threads that encoders get must be as locked in as the first one.
void findThreadLeaks(std::vector<std::string>& leaks) {
    pthread_t thread;
    const auto look = [](void* found) -> void* {
        *static_cast<std::vector<std::string>*>(found) = findSandboxLeaks();
        return nullptr;
    };
    std::vector<std::string> found;
    if (::pthread_create(&thread, nullptr, look, &found) != 0)
        return;
    ::pthread_join(thread, nullptr);
    for (const std::string& leak : found)
        leaks.push_back(leak + ", by a thread");
}

int selfCheck() {
    std::vector<std::string> leaks = findSandboxLeaks();
    findThreadLeaks(leaks);
    for (const std::string& leak : leaks)
        std::fprintf(stdout, "got through: %s\n", leak.c_str());
    std::fprintf(stdout, leaks.empty() ? "closed\n" : "leaks\n");
    std::fflush(stdout);
    return leaks.empty() ? 0 : 1;
}

Reply handleSafely(JobHandler& handler, const Request& request, core::FileHandle& file) {
    try {
        return handler.handle(request, file);
    } catch (const std::bad_alloc&) {
        return FailureReply{jobOf(request), ErrorCode::Corrupt, "The file asks for more memory than it may use",
                            "bad_alloc"};
    }
}

int serve(const std::string& sandbox, JobHandler& handler) {
    const std::unique_ptr<ProgressPage> progress = ProgressPage::attach(workerProgressDescriptor);
    if (!progress)
        return 1;
    handler.setUnwanted([&page = *progress] {
        const JobId unwanted = page.unwanted();
        return unwanted != 0 && unwanted == page.job();
    });
    WorkerChannel channel(workerSocketDescriptor);
    channel.whenIdle(restAfter, [&handler] { handler.rest(); });
    channel.send(ReadyReply{protocolVersion, sandbox});
    while (auto item = channel.next()) {
        const JobId job = jobOf(item->request);
        progress->setJob(job);
        handler.setBeside(std::move(item->beside));
        channel.send(handleSafely(handler, item->request, item->file));
        handler.setBeside({});
        item->file = {};
        progress->setJob(0);
        // Libraries leak a little; the limit on processor time counts a whole life.
        if (std::clock() > retirementAge)
            break;
    }
    channel.flush();
    return 0;
}

// Before there are other threads, which get what the first one has; there is no way back for who has no privileges. Not
// the last of all: beside other busy programs such a worker would get next to nothing, and never be in time.
void lowerPriority() {
    constexpr int steps = 5;
    [[maybe_unused]] const int now = ::nice(steps);
}

SandboxLimits deviceLimits(bool confined) {
    SandboxLimits limits;
    limits.memory = 6LL << 30;
    limits.descriptors = 1024;
    limits.spareThreads = 8;
    limits.device = true;
    limits.confined = confined;
    return limits;
}

int saidOnStderr(const core::Error& error) {
    std::fprintf(stderr, "marea-worker: %s\n", error.detail.c_str());
    return 1;
}

// A worker of a device. Its drivers load what they need when they are first used: that is before lock-down.
int runOnDevice(HardwareDevice known, bool onlyTry, JobHandler& handler) {
    const bool confined = confineToDevices();
    auto device = GpuDevice::open(known.kind, known.path);
    if (device)
        (void)tryEncoders(**device);
    const auto sandbox = enterSandbox(deviceLimits(confined));
    if (!sandbox || (!device && !onlyTry))
        return saidOnStderr(sandbox ? device.error() : sandbox.error());
    if (!onlyTry) {
        handler.setPictureMaking({device->get(), true});
        return serve(*sandbox, handler);
    }
    known.problem = device ? "" : device.error().detail;
    if (device)
        known.encoders = tryEncoders(**device);
    WorkerChannel channel(workerSocketDescriptor);
    channel.send(ReadyReply{protocolVersion, *sandbox});
    channel.send(HardwareReply{std::move(known)});
    return channel.flush() ? 0 : 1;
}

}  // namespace

Reply refusal(JobId job, const core::Error& error) {
    return FailureReply{job, error.code, core::cleanText(error.text), core::cleanText(error.detail)};
}

int runWorker(int count, char** arguments, JobHandler& handler) {
    const std::string_view option = count > 1 ? arguments[1] : "";
    if (option == "--version") {
        std::printf("marea-worker %s (%s)\n", MAREA_VERSION, MAREA_COMMIT);
        return 0;
    }
    dieWithParent();
    if (std::string_view(arguments[count - 1]) == lowPriorityOption)
        lowerPriority();
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    prepare();
    if (option == "--device" || option == "--try-device") {
        const auto kind = hardwareKind(count > 2 ? arguments[2] : "");
        const std::string path = count > 3 ? arguments[3] : "";
        return kind ? runOnDevice({*kind, path, {}, {}}, option == "--try-device", handler) : 2;
    }
    const bool confined = option == "--self-check-device" && confineToDevices();
    const auto sandbox = enterSandbox(option == "--self-check-device" ? deviceLimits(confined) : SandboxLimits{});
    if (!sandbox)
        return saidOnStderr(sandbox.error());
    if (option == "--self-check-device")
        return selfCheck();
    if (option == "--beside-devices")
        handler.setPictureMaking({nullptr, true});
    return option == "--self-check" ? selfCheck() : serve(*sandbox, handler);
}

}  // namespace marea::server
