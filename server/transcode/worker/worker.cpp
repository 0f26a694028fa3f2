#include "server/transcode/worker/worker.h"

#include <iconv.h>
#include <array>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <memory>
#include <new>
#include <string_view>

#include "marea_version.h"
#include "server/pipeline/libav.h"
#include "server/pipeline/picture.h"
#include "server/pipeline/probe.h"
#include "server/transcode/progresspage.h"
#include "server/transcode/worker/channel.h"
#include "server/transcode/worker/sandbox.h"
#include "server/transcode/workerprocess.h"

namespace marea::server {
namespace {

using core::ErrorCode;

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
    av_log_set_callback([](void*, int, const char*, va_list) {});
    loadCharacterTables();
    avcodec_find_decoder(AV_CODEC_ID_MJPEG);
    std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::localtime_r(&now, &parts);  // reads the time zone
}

Reply refusal(JobId job, core::Error error) {
    return FailureReply{job, error.code, core::cleanText(error.text), core::cleanText(error.detail)};
}

Reply answer(const Request& request, MediaSource& source) {
    if (const auto* probe = std::get_if<ProbeRequest>(&request)) {
        auto info = probeMedia(source);
        return info ? Reply(ProbeReply{probe->job, std::move(*info)}) : refusal(probe->job, info.error());
    }
    if (const auto* wanted = std::get_if<ImageRequest>(&request)) {
        auto image = imageOfMedia(source, wanted->maxEdge);
        return image ? Reply(ImageReply{wanted->job, std::move(*image)}) : refusal(wanted->job, image.error());
    }
    return refusal(jobOf(request), core::Error{ErrorCode::Unprocessable, "no segments yet", "Not supported yet"});
}

int selfCheck() {
    const std::vector<std::string> leaks = findSandboxLeaks();
    for (const std::string& leak : leaks)
        std::fprintf(stdout, "got through: %s\n", leak.c_str());
    std::fprintf(stdout, leaks.empty() ? "closed\n" : "leaks\n");
    std::fflush(stdout);
    return leaks.empty() ? 0 : 1;
}

Reply handleSafely(const JobHandler& handler, const Request& request, int descriptor) {
    try {
        return handler(request, descriptor);
    } catch (const std::bad_alloc&) {
        return FailureReply{jobOf(request), ErrorCode::Corrupt, "The file asks for more memory than it may use",
                            "bad_alloc"};
    }
}

int serve(const std::string& sandbox, const JobHandler& handler) {
    const std::unique_ptr<ProgressPage> progress = ProgressPage::attach(workerProgressDescriptor);
    if (!progress)
        return 1;
    WorkerChannel channel(workerSocketDescriptor);
    channel.send(ReadyReply{protocolVersion, sandbox});
    while (auto item = channel.next()) {
        const JobId job = jobOf(item->request);
        progress->setJob(job);
        channel.send(handleSafely(handler, item->request, item->file.get()));
        item->file = {};
        progress->setJob(0);
        // Libraries leak a little; the limit on processor time counts a whole life.
        if (std::clock() > retirementAge)
            break;
    }
    channel.flush();
    return 0;
}

}  // namespace

Reply handleJob(const Request& request, int descriptor) {
    const JobId job = jobOf(request);
    const std::string& name = nameOf(request);
    auto source = MediaSource::open(descriptor, name);
    return source ? answer(request, *source) : refusal(job, source.error());
}

int runWorker(int count, char** arguments, const JobHandler& handler) {
    const std::string_view option = count > 1 ? arguments[1] : "";
    if (option == "--version") {
        std::printf("marea-worker %s (%s)\n", MAREA_VERSION, MAREA_COMMIT);
        return 0;
    }
    dieWithParent();
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    prepare();
    const auto sandbox = enterSandbox({});
    if (!sandbox) {
        std::fprintf(stderr, "marea-worker: %s\n", sandbox.error().detail.c_str());
        return 1;
    }
    return option == "--self-check" ? selfCheck() : serve(*sandbox, handler);
}

}  // namespace marea::server
