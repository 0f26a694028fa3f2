#include "server/transcode/worker/sandbox.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <memory>

#include "server/transcode/worker/sparethreads.h"

#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif

namespace marea::server {
namespace {

using core::ErrorCode;

core::Error failed(const char* what) {
    core::Error error = core::systemError(errno, what);
    error.code = ErrorCode::Internal;
    return error;
}

// The address space now, by /proc; a generous guess when there is no /proc.
std::int64_t addressSpace() {
    long pages = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
        if (std::fscanf(file, "%ld", &pages) != 1)
            pages = 0;
        std::fclose(file);
    }
    return pages > 0 ? pages * static_cast<std::int64_t>(::sysconf(_SC_PAGESIZE)) : 1LL << 30;
}

// Never above a limit that is there already.
bool limit(int resource, std::int64_t value) {
    rlimit now{};
    if (::getrlimit(static_cast<__rlimit_resource>(resource), &now) < 0)
        return false;
    const auto wanted = static_cast<rlim_t>(value);
    const rlim_t bound = now.rlim_max == RLIM_INFINITY || wanted < now.rlim_max ? wanted : now.rlim_max;
    const rlimit next{bound, bound};
    return ::setrlimit(static_cast<__rlimit_resource>(resource), &next) == 0;
}

bool setLimits(const SandboxLimits& limits) {
    const bool memory =
        limits.device ? limit(RLIMIT_DATA, limits.memory) : limit(RLIMIT_AS, addressSpace() + limits.memory);
    return memory && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NPROC, 0) &&
           limit(RLIMIT_NOFILE, limits.descriptors) && limit(RLIMIT_CPU, limits.cpuSeconds);
}

struct Opened {
    const char* path;
    bool toWrite;
};

// What drivers of VAAPI, QSV and NVIDIA open when they are loaded and when an encoder is opened.
constexpr Opened driverPaths[] = {{"/usr", false},
                                  {"/lib", false},
                                  {"/lib64", false},
                                  {"/sys", false},
                                  {"/etc/ld.so.cache", false},
                                  {"/etc/libva.conf", false},
                                  {"/etc/drirc", false},
                                  {"/proc/driver/nvidia", false},
                                  {"/proc/modules", false},
                                  {"/dev/dri", true},
                                  {"/dev/nvidiactl", true},
                                  {"/dev/nvidia0", true},
                                  {"/dev/nvidia1", true},
                                  {"/dev/nvidia2", true},
                                  {"/dev/nvidia3", true},
                                  {"/dev/nvidia-uvm", true},
                                  {"/dev/nvidia-uvm-tools", true}};

#ifdef LANDLOCK_ACCESS_FS_EXECUTE
void allow(int set, const Opened& opened) {
    const int path = ::open(opened.path, O_PATH | O_CLOEXEC);
    if (path < 0)
        return;  // not here
    struct stat status {};
    const bool folder = ::fstat(path, &status) == 0 && S_ISDIR(status.st_mode);
    landlock_path_beneath_attr rule{};
    rule.parent_fd = path;
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
    if (folder)
        rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    if (opened.toWrite)
        rule.allowed_access |= LANDLOCK_ACCESS_FS_WRITE_FILE;
    ::syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(path);
}
#endif

// No path at all, but for `driverPaths` where `forDevice`. A second wall behind seccomp; false where the kernel has
// none.
bool enterLandlock([[maybe_unused]] bool forDevice) {
#ifdef LANDLOCK_ACCESS_FS_EXECUTE
    landlock_ruleset_attr rules{};
    rules.handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                              LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                              LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                              LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                              LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                              LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
    const auto set = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0));
    if (set < 0)
        return false;
    for (const Opened& opened : driverPaths) {
        if (forDevice)
            allow(set, opened);
    }
    const bool entered = ::syscall(SYS_landlock_restrict_self, set, 0) == 0;
    ::close(set);
    return entered;
#else
    return false;
#endif
}

struct FilterDelete {
    void operator()(void* filter) const { ::seccomp_release(filter); }
};

// Calls that work on descriptors which the process has, on its own memory, and on itself.
constexpr int plainCalls[] = {SCMP_SYS(read),          SCMP_SYS(pread64),        SCMP_SYS(readv),
                              SCMP_SYS(preadv),        SCMP_SYS(write),          SCMP_SYS(writev),
                              SCMP_SYS(recvmsg),       SCMP_SYS(recvfrom),       SCMP_SYS(sendmsg),
                              SCMP_SYS(sendto),        SCMP_SYS(lseek),          SCMP_SYS(_llseek),
                              SCMP_SYS(fstat),         SCMP_SYS(fstat64),        SCMP_SYS(close),
                              SCMP_SYS(poll),          SCMP_SYS(ppoll),          SCMP_SYS(brk),
                              SCMP_SYS(munmap),        SCMP_SYS(mremap),         SCMP_SYS(madvise),
                              SCMP_SYS(futex),         SCMP_SYS(sched_yield),    SCMP_SYS(sched_getaffinity),
                              SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),   SCMP_SYS(gettimeofday),
                              SCMP_SYS(time),          SCMP_SYS(nanosleep),      SCMP_SYS(clock_nanosleep),
                              SCMP_SYS(getrandom),     SCMP_SYS(getpid),         SCMP_SYS(gettid),
                              SCMP_SYS(rt_sigreturn),  SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall),
                              SCMP_SYS(getrusage),     SCMP_SYS(exit),           SCMP_SYS(exit_group)};

// What drivers of graphics processors do besides.
constexpr int deviceCalls[] = {SCMP_SYS(ioctl),
                               SCMP_SYS(fcntl),
                               SCMP_SYS(dup),
                               SCMP_SYS(dup3),
                               SCMP_SYS(eventfd2),
                               SCMP_SYS(epoll_create1),
                               SCMP_SYS(epoll_ctl),
                               SCMP_SYS(epoll_wait),
                               SCMP_SYS(epoll_pwait),
                               SCMP_SYS(kcmp),
                               SCMP_SYS(memfd_create),
                               SCMP_SYS(ftruncate),
                               SCMP_SYS(sched_getparam),
                               SCMP_SYS(sched_getscheduler)};
// Where Landlock says which files.
constexpr int confinedCalls[] = {SCMP_SYS(openat), SCMP_SYS(open), SCMP_SYS(getdents64)};

template <std::size_t N>
int allowCalls(scmp_filter_ctx filter, const int (&calls)[N]) {
    int result = 0;
    for (const int call : calls) {
        const int added = ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
        if (added < 0 && added != -EDOM)  // -EDOM: this machine has no such call
            result = added;
    }
    return result;
}

int addRules(scmp_filter_ctx filter, const SandboxLimits& limits) {
    int result = allowCalls(filter, plainCalls);
    if (result == 0 && limits.device)
        result = allowCalls(filter, deviceCalls);
    if (result == 0 && limits.device && limits.confined)
        result = allowCalls(filter, confinedCalls);
    // Memory, but never to execute.
    const scmp_arg_cmp notExecutable = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect)}) {
        const int added = ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, notExecutable);
        if (added < 0 && added != -EDOM)
            result = added;
    }
    // abort(3) signals itself, nobody else.
    const auto self = static_cast<scmp_datum_t>(::getpid());
    if (const int added = ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, self));
        added < 0)
        result = added;
    return result;
}

// All else fails with EPERM rather than death: libraries try files and features that they can do without.
core::Result<void> enterSeccomp(const SandboxLimits& limits) {
    const std::unique_ptr<void, FilterDelete> filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter)
        return core::unexpected(failed("seccomp_init"));
    int result = ::seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1);  // for the spare threads too
    if (result == 0)
        result = addRules(filter.get(), limits);
    if (result == 0)
        result = ::seccomp_load(filter.get());
    if (result < 0) {
        errno = -result;
        return core::unexpected(failed("seccomp"));
    }
    return {};
}

}  // namespace

void dieWithParent() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

bool confineToDevices() {
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && enterLandlock(true);
}

core::Result<std::string> enterSandbox(const SandboxLimits& limits) {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return core::unexpected(failed("no_new_privs"));
    ::prctl(PR_SET_DUMPABLE, 0);
    const bool landlocked = limits.device ? limits.confined : enterLandlock(false);
    startSpareThreads(limits.spareThreads);  // they inherit the above, get the filter below, and count as memory
    if (!setLimits(limits))
        return core::unexpected(failed("resource limits"));
    std::string inForce = "rlimits";
    if (landlocked)
        inForce += " landlock";
    if (auto entered = enterSeccomp(limits); !entered)
        return core::unexpected(entered.error());
    return inForce + " seccomp";
}

}  // namespace marea::server
