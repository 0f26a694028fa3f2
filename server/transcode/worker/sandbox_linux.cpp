#include "server/transcode/worker/sandbox.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
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
    return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NPROC, 0) &&
           limit(RLIMIT_NOFILE, limits.descriptors) && limit(RLIMIT_CPU, limits.cpuSeconds) &&
           limit(RLIMIT_AS, addressSpace() + limits.memory);
}

// No rule: no path at all. A second wall behind seccomp; false where the kernel has none.
bool enterLandlock() {
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

int addRules(scmp_filter_ctx filter) {
    int result = 0;
    for (const int call : plainCalls) {
        const int added = ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
        if (added < 0 && added != -EDOM)  // -EDOM: this machine has no such call
            result = added;
    }
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
core::Result<void> enterSeccomp() {
    const std::unique_ptr<void, FilterDelete> filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter)
        return core::unexpected(failed("seccomp_init"));
    int result = ::seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1);  // for the spare threads too
    if (result == 0)
        result = addRules(filter.get());
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

core::Result<std::string> enterSandbox(const SandboxLimits& limits) {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return core::unexpected(failed("no_new_privs"));
    ::prctl(PR_SET_DUMPABLE, 0);
    const bool landlocked = enterLandlock();
    startSpareThreads(limits.spareThreads);  // they inherit the above, get the filter below, and count as memory
    if (!setLimits(limits))
        return core::unexpected(failed("resource limits"));
    std::string inForce = "rlimits";
    if (landlocked)
        inForce += " landlock";
    if (auto entered = enterSeccomp(); !entered)
        return core::unexpected(entered.error());
    return inForce + " seccomp";
}

}  // namespace marea::server
