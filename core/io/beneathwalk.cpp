#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <deque>
#include <vector>

#include "core/io/beneath.h"

namespace marea::core {

namespace {

constexpr int kMaxLinks = 40;  // as the kernel's own limit
constexpr std::size_t kMaxNames = 2048;

// The names still to be walked, first one in front. False when `path` is absolute or too long.
bool prepend(std::deque<std::string>& names, std::string_view path) {
    if (path.empty() || path.front() == '/') {
        return false;
    }
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view name = path.substr(0, slash);
        if (!name.empty() && name != ".") {
            parts.emplace_back(name);
        }
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    }
    names.insert(names.begin(), parts.begin(), parts.end());
    return names.size() <= kMaxNames;
}

// The open folders from the root down to where the walk is. ".." goes back to one that was opened before, so that a
// folder moved meanwhile cannot lead out.
class Walk {
public:
    explicit Walk(const FileHandle& root) : root_(root) {}

    Result<FileHandle> run(const std::string& relative) {
        if (!prepend(names_, relative)) {
            return unexpected<Error>(openError(EXDEV));
        }
        while (!names_.empty()) {
            const std::string name = names_.front();
            names_.pop_front();
            const int error = step(name);
            if (error != 0) {
                return unexpected<Error>(openError(error));
            }
        }
        return file_ ? std::move(file_) : here();
    }

private:
    int at() const { return folders_.empty() ? root_.get() : folders_.back().get(); }

    Result<FileHandle> here() {
        const int descriptor = ::openat(at(), ".", O_RDONLY | O_CLOEXEC);
        return descriptor < 0 ? Result<FileHandle>(unexpected<Error>(openError(errno))) : FileHandle(descriptor);
    }

    // 0, or the errno to fail with.
    int step(const std::string& name) {
        if (name == "..") {
            if (folders_.empty()) {
                return EXDEV;
            }
            folders_.pop_back();
            return 0;
        }
        FileHandle opened(::openat(at(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
        if (opened) {
            return enter(std::move(opened));
        }
        // O_NOFOLLOW on a link: ELOOP on Linux and macOS, EMLINK on FreeBSD.
        return errno == ELOOP || errno == EMLINK ? follow(name) : errno;
    }

    int enter(FileHandle opened) {
        struct stat info {};
        if (::fstat(opened.get(), &info) != 0) {
            return errno;
        }
        if (S_ISDIR(info.st_mode)) {
            folders_.push_back(std::move(opened));
            return 0;
        }
        if (!names_.empty()) {
            return ENOTDIR;
        }
        file_ = std::move(opened);
        return 0;
    }

    int follow(const std::string& name) {
        std::array<char, 4096> target{};
        const ssize_t length = ::readlinkat(at(), name.c_str(), target.data(), target.size());
        if (length < 0) {
            return errno;
        }
        if (++links_ > kMaxLinks || static_cast<std::size_t>(length) == target.size()) {
            return ELOOP;
        }
        return prepend(names_, {target.data(), static_cast<std::size_t>(length)}) ? 0 : EXDEV;
    }

    const FileHandle& root_;
    std::deque<std::string> names_;
    std::vector<FileHandle> folders_;
    FileHandle file_;
    int links_ = 0;
};

}  // namespace

Result<FileHandle> walkBeneath(const FileHandle& root, const std::string& relative) {
    return Walk(root).run(relative);
}

}  // namespace marea::core
