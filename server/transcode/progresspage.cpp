#include "server/transcode/progresspage.h"

#include <sys/mman.h>
#include <unistd.h>
#include <cerrno>
#include <new>

namespace marea::server {
namespace {
constexpr std::size_t pageSize = 4096;
}

core::Result<std::unique_ptr<ProgressPage>> ProgressPage::create() {
    const int descriptor = createSharedMemory(pageSize);
    if (descriptor < 0)
        return core::unexpected(core::systemError(errno, "shared memory for a media worker"));
    std::unique_ptr<ProgressPage> page = map(descriptor);
    if (!page)
        return core::unexpected(core::systemError(errno, "mapping memory for a media worker"));
    return page;
}

std::unique_ptr<ProgressPage> ProgressPage::attach(int descriptor) {
    return map(descriptor);
}

std::unique_ptr<ProgressPage> ProgressPage::map(int descriptor) {
    void* memory = ::mmap(nullptr, pageSize, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) {
        const int error = errno;
        ::close(descriptor);
        errno = error;
        return nullptr;
    }
    return std::unique_ptr<ProgressPage>(new ProgressPage(descriptor, static_cast<Cell*>(memory)));
}

ProgressPage::~ProgressPage() {
    ::munmap(cells_, pageSize);
    ::close(descriptor_);
}

}  // namespace marea::server
