#include "server/host/process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <csignal>
#include <filesystem>

namespace marea::server {

namespace {

sigset_t endSignals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        sigaddset(&set, signal);
    }
    return set;
}

void setLimit(decltype(RLIMIT_CORE) which, bool toMost) {
    rlimit limit{};
    if (getrlimit(which, &limit) == 0) {
        limit.rlim_cur = toMost ? limit.rlim_max : 0;
        setrlimit(which, &limit);
    }
}

}  // namespace

void prepareProcess() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    umask(077);
    setLimit(RLIMIT_CORE, false);
    setLimit(RLIMIT_NOFILE, true);
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0);  // also keeps other processes of the same user from reading our memory
#endif
}

void blockEndSignals() {
    const sigset_t set = endSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

int waitForEnd() {
    const sigset_t set = endSignals();
    int signal = 0;
    while (sigwait(&set, &signal) != 0) {
    }
    return signal;
}

void letOthersGoFirst() {
#ifdef __linux__
    constexpr int steps = 15;  // the least of the ordinary disk classes, too (ioprio_set(2))
    [[maybe_unused]] const int done = setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), steps);
#endif
}

bool hasTerminal() {
    const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0) {
        return false;
    }
    ::close(terminal);
    return true;
}

std::string programFolder() {
    std::error_code error;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::string() : path.parent_path().string();
}

}  // namespace marea::server
