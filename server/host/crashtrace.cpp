#include <execinfo.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <vector>

#include "marea_version.h"
#include "server/host/process.h"

namespace marea::server {

namespace {

constexpr std::size_t kKept = 20;
constexpr int kMaxFrames = 64;
constexpr char kHead[] = "marea-server " MAREA_VERSION " " MAREA_COMMIT "\nsignal ";

// All a handler may use is made ahead: it must not allocate (signal-safety(7)).
char crashFile[4096];
alignas(16) char handlerStack[64 * 1024];

void writeText(int fd, const char* text) {
    (void)!::write(fd, text, std::strlen(text));
}

void writeNumber(int fd, int number) {
    char digits[12];
    std::size_t i = sizeof digits;
    do {
        digits[--i] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number > 0);
    (void)!::write(fd, digits + i, sizeof digits - i);
}

void onCrash(int signal) {
    const int fd = ::open(crashFile, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        writeText(fd, kHead);
        writeNumber(fd, signal);
        writeText(fd, "\n");
        void* frames[kMaxFrames];
        backtrace_symbols_fd(frames, backtrace(frames, kMaxFrames), fd);
        ::close(fd);
    }
    std::signal(signal, SIG_DFL);
    ::raise(signal);
}

void removeOldTraces(const std::string& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> traces;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".txt") {
            traces.push_back(entry.path());
        }
    }
    std::sort(traces.begin(), traces.end());
    for (std::size_t i = 0; i + kKept < traces.size(); ++i) {
        std::filesystem::remove(traces[i], error);
    }
}

void install() {
    void* frame[1];
    backtrace(frame, 1);  // loads libgcc now, since it allocates the first time
    const stack_t stack{.ss_sp = handlerStack, .ss_flags = 0, .ss_size = sizeof handlerStack};
    sigaltstack(&stack, nullptr);
    struct sigaction action {};
    action.sa_handler = onCrash;
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
        sigaction(signal, &action, nullptr);
    }
}

}  // namespace

core::Result<void> keepCrashTraces(const std::string& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return core::unexpected<core::Error>(core::systemError(errno, "make " + folder));
    }
    removeOldTraces(folder);
    const auto written = std::snprintf(crashFile, sizeof crashFile, "%s/%lld-%d.txt", folder.c_str(),
                                       static_cast<long long>(std::time(nullptr)), static_cast<int>(::getpid()));
    if (written < 0 || static_cast<std::size_t>(written) >= sizeof crashFile) {
        return core::fail(core::ErrorCode::Invalid, "The data folder's name is too long.");
    }
    install();
    return {};
}

}  // namespace marea::server
