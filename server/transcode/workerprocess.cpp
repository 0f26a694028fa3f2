#include "server/transcode/workerprocess.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <utility>

namespace marea::server {
namespace {

// Out of the way of the numbers that the child gets, close-on-exec. Consumes `descriptor`.
int moveHigh(int descriptor) {
    const int high = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 16);
    const int error = errno;
    ::close(descriptor);
    errno = error;
    return high;
}

struct SocketPair {
    int ours = -1, theirs = -1;
    ~SocketPair() {
        if (ours >= 0)
            ::close(ours);
        if (theirs >= 0)
            ::close(theirs);
    }
};

bool openSockets(SocketPair& pair) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
        return false;
    pair.ours = moveHigh(ends[0]);
    pair.theirs = moveHigh(ends[1]);
    return pair.ours >= 0 && pair.theirs >= 0 && ::fcntl(pair.ours, F_SETFL, O_NONBLOCK) == 0;
}

// Frees what posix_spawn(3) was told.
struct SpawnPlan {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    SpawnPlan() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
};

void planDescriptors(posix_spawn_file_actions_t* actions, int socket, int progress) {
    for (int standard = 0; standard <= 2; ++standard)
        posix_spawn_file_actions_addopen(actions, standard, "/dev/null", standard == 0 ? O_RDONLY : O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(actions, socket, workerSocketDescriptor);
    posix_spawn_file_actions_adddup2(actions, progress, workerProgressDescriptor);
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 34)
    posix_spawn_file_actions_addclosefrom_np(actions, workerProgressDescriptor + 1);
#endif
}

void planAttributes(posix_spawnattr_t* attributes) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    posix_spawnattr_setflags(attributes, flags);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setpgroup(attributes, 0);
}

std::vector<char*> argumentVector(const std::string& program, const std::vector<std::string>& arguments) {
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    return argv;
}

}  // namespace

core::Result<WorkerProcess> WorkerProcess::start(const std::string& program,
                                                 const std::vector<std::string>& arguments) {
    if (program.empty() || program.front() != '/')
        return core::fail(core::ErrorCode::Internal, "The media worker cannot be started", "path is not absolute");
    auto progress = ProgressPage::create();
    if (!progress)
        return core::unexpected(progress.error());
    SocketPair sockets;
    const int page = ::fcntl((*progress)->descriptor(), F_DUPFD_CLOEXEC, 16);
    if (page < 0 || !openSockets(sockets)) {
        const int error = errno;
        if (page >= 0)
            ::close(page);
        return core::unexpected(core::systemError(error, "sockets for a media worker"));
    }
    SpawnPlan plan;
    planDescriptors(&plan.actions, sockets.theirs, page);
    planAttributes(&plan.attributes);
    std::vector<char*> argv = argumentVector(program, arguments);
    char locale[] = "LC_ALL=C.UTF-8";
    char* environment[] = {locale, nullptr};
    pid_t id = -1;
    const int error = ::posix_spawn(&id, program.c_str(), &plan.actions, &plan.attributes, argv.data(), environment);
    ::close(page);
    if (error != 0)
        return core::unexpected(core::systemError(error, "starting " + program));
    return WorkerProcess(id, std::exchange(sockets.ours, -1), std::move(*progress));
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      socket_(std::exchange(other.socket_, -1)),
      reaped_(other.reaped_),
      progress_(std::move(other.progress_)) {}

WorkerProcess::~WorkerProcess() {
    if (socket_ >= 0)
        ::close(socket_);
    kill();
    reap();
}

void WorkerProcess::kill() {
    if (id_ > 0 && !reaped_)
        ::kill(id_, SIGKILL);
}

bool WorkerProcess::reap(int* status) {
    if (id_ <= 0 || reaped_)
        return true;
    int ignored = 0;
    const pid_t got = ::waitpid(id_, status ? status : &ignored, WNOHANG);
    reaped_ = got == id_ || (got < 0 && errno == ECHILD);
    return reaped_;
}

std::string describeExit(int status) {
    if (WIFSIGNALED(status))
        return "was killed by signal " + std::to_string(WTERMSIG(status));
    if (WIFEXITED(status))
        return "ended with code " + std::to_string(WEXITSTATUS(status));
    return "ended";
}

}  // namespace marea::server
