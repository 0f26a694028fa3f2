#pragma once

#include <sys/types.h>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/transcode/progresspage.h"

namespace marea::server {

// Descriptors that a worker finds open at its start.
constexpr int workerSocketDescriptor = 3;
constexpr int workerProgressDescriptor = 4;
// The last argument of a worker that others go before.
constexpr const char* lowPriorityOption = "--low-priority";

// A started worker program: its id, the socket to it (non-blocking, close-on-exec) and its progress page. The
// destructor kills it; whoever owns it calls reap() until it says true.
class WorkerProcess {
public:
    // `program` is an absolute path. Started by argument vector, never by a shell, with no environment but a UTF-8
    // locale, no descriptors but the two above and /dev/null at 0 to 2, in a process group of its own (so that Ctrl-C
    // in a terminal reaches only the server, which drains).
    static core::Result<WorkerProcess> start(const std::string& program, const std::vector<std::string>& arguments);

    WorkerProcess(WorkerProcess&& other) noexcept;
    WorkerProcess& operator=(WorkerProcess&&) = delete;
    ~WorkerProcess();

    pid_t id() const { return id_; }
    int socket() const { return socket_; }
    ProgressPage& progress() { return *progress_; }

    void kill();
    // Collects the ended child without waiting; true when it is gone. `status` as by waitpid(2).
    bool reap(int* status = nullptr);

private:
    WorkerProcess(pid_t id, int socket, std::unique_ptr<ProgressPage> progress)
        : id_(id), socket_(socket), progress_(std::move(progress)) {}

    pid_t id_ = -1;
    int socket_ = -1;
    bool reaped_ = false;
    std::unique_ptr<ProgressPage> progress_;
};

// "was killed by signal 9", "ended with code 1": for the log.
std::string describeExit(int status);

}  // namespace marea::server
