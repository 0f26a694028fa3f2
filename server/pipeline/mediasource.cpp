#include "server/pipeline/mediasource.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>

namespace marea::server {
namespace {

constexpr std::int64_t windowSize = 64 << 10;

// fstat(3) of newer C libraries takes the road of a path look-up, which the sandbox closes.
int statDescriptor(int descriptor, struct stat* out) {
#if defined(__linux__) && defined(SYS_fstat) && defined(__LP64__)
    return static_cast<int>(::syscall(SYS_fstat, descriptor, out));
#else
    return ::fstat(descriptor, out);
#endif
}

MediaSource::Identity identityOf(const struct stat& status) {
#ifdef __APPLE__
    const timespec& modified = status.st_mtimespec;
#else
    const timespec& modified = status.st_mtim;
#endif
    return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino), status.st_size,
            modified.tv_sec, modified.tv_nsec};
}

}  // namespace

core::Result<MediaSource> MediaSource::open(int descriptor, std::string name,
                                            std::shared_ptr<const core::FileSeal> seal) {
    struct stat status {};
    if (statDescriptor(descriptor, &status) < 0)
        return core::unexpected(core::systemError(errno, "Reading the file"));
    if (!S_ISREG(status.st_mode))
        return core::fail(core::ErrorCode::Corrupt, "Not a regular file");
    Identity identity = identityOf(status);
    if (seal)
        identity.size = static_cast<std::int64_t>(seal->header.clearSize);
    if (identity.size == 0)
        return core::fail(core::ErrorCode::Corrupt, "The file is empty");
    auto reader = core::ClearReader::create(descriptor, std::move(seal));
    if (!reader)
        return core::unexpected(reader.error());
    return MediaSource(identity, std::move(name), std::move(*reader));
}

std::string MediaSource::extension() const {
    const auto dot = name_.rfind('.');
    if (dot == std::string::npos || name_.size() - dot > 9)
        return {};
    std::string out = name_.substr(dot + 1);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::size_t MediaSource::readAt(std::int64_t offset, std::uint8_t* to, std::size_t count) {
    const auto got = reader_->read(static_cast<std::uint64_t>(offset), to, count);
    if (!got)
        failure_ = got.error();
    return got.value_or(0);
}

MediaSource::Window* MediaSource::window(std::int64_t offset) {
    for (Window& w : windows_) {
        if (w.holds(offset)) {
            w.used = ++clock_;
            return &w;
        }
    }
    Window& oldest = *std::min_element(windows_.begin(), windows_.end(),
                                       [](const Window& a, const Window& b) { return a.used < b.used; });
    // The last window reaches back from the end: what stands there (ID3v1, APE) is read backwards.
    const std::int64_t lastStart = std::max<std::int64_t>(size() - windowSize, 0);
    oldest.start = std::min(offset, lastStart);
    oldest.used = ++clock_;
    oldest.bytes.resize(static_cast<std::size_t>(std::min(windowSize, size() - oldest.start)));
    oldest.bytes.resize(readAt(oldest.start, oldest.bytes.data(), oldest.bytes.size()));
    return oldest.holds(offset) ? &oldest : nullptr;
}

std::size_t MediaSource::read(std::int64_t offset, std::uint8_t* to, std::size_t count) {
    if (offset < 0 || offset >= size())
        return 0;
    if (count >= static_cast<std::size_t>(windowSize))
        return readAt(offset, to, count);
    std::size_t done = 0;
    while (done < count) {
        const std::int64_t at = offset + static_cast<std::int64_t>(done);
        const Window* from = at < size() ? window(at) : nullptr;
        if (!from)
            break;
        const auto inside = static_cast<std::size_t>(at - from->start);
        const std::size_t part = std::min(count - done, from->bytes.size() - inside);
        std::memcpy(to + done, from->bytes.data() + inside, part);
        done += part;
    }
    return done;
}

std::string_view MediaSource::head(std::size_t count) {
    const Window* first = window(0);
    if (!first)
        return {};
    return {reinterpret_cast<const char*>(first->bytes.data()), std::min(count, first->bytes.size())};
}

}  // namespace marea::server
