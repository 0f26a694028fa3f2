#include "server/stream/leastused.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace marea::server {

namespace fs = std::filesystem;

void LeastUsed::add(Order::const_iterator before, const std::string& name, std::int64_t size) {
    bytes_ += size;
    known_[name] = order_.insert(before, Node{name, size});
}

void LeastUsed::setHeldSize(Held& held, std::int64_t size) {
    heldBytes_ += size - held.size;
    heldFiles_ += (size > 0 ? 1 : 0) - (held.size > 0 ? 1 : 0);
    held.size = size;
}

void LeastUsed::used(const std::string& name, std::int64_t size) {
    if (const auto held = held_.find(name); held != held_.end()) {
        return setHeldSize(held->second, size);
    }
    const auto known = known_.find(name);
    if (known == known_.end()) {
        return add(order_.begin(), name, size);
    }
    bytes_ += size - known->second->size;
    known->second->size = size;
    order_.splice(order_.begin(), order_, known->second);
}

void LeastUsed::found(const std::string& name, std::int64_t size) {
    if (const auto held = held_.find(name); held != held_.end()) {
        setHeldSize(held->second, size);
    } else if (!known_.contains(name)) {
        add(order_.end(), name, size);
    }
}

void LeastUsed::drop(const std::string& name) {
    if (const auto held = held_.find(name); held != held_.end()) {
        setHeldSize(held->second, 0);
    } else if (const auto known = known_.find(name); known != known_.end()) {
        bytes_ -= known->second->size;
        order_.erase(known->second);
        known_.erase(known);
    }
}

void LeastUsed::hold(const std::string& name) {
    if (const auto held = held_.find(name); held != held_.end()) {
        ++held->second.times;
        return;
    }
    const auto known = known_.find(name);
    const std::int64_t size = known == known_.end() ? 0 : known->second->size;
    drop(name);
    Held& held = held_[name];
    held.times = 1;
    setHeldSize(held, size);
}

void LeastUsed::letGo(const std::string& name) {
    const auto held = held_.find(name);
    if (held == held_.end() || --held->second.times > 0) {
        return;
    }
    const std::int64_t size = held->second.size;
    setHeldSize(held->second, 0);
    held_.erase(held);
    if (size > 0) {
        add(order_.end(), name, size);
    }
}

std::vector<std::string> LeastUsed::makeRoom(std::int64_t needed,
                                             const std::function<bool(const std::string&)>& stays) {
    std::vector<std::string> gone;
    for (auto it = order_.end(); bytes_ + needed > maxBytes_ && it != order_.begin();) {
        --it;
        if (stays && stays(it->name)) {
            continue;
        }
        bytes_ -= it->size;
        known_.erase(it->name);
        gone.push_back(std::move(it->name));
        it = order_.erase(it);
    }
    return gone;
}

std::optional<UsedFile> openUsed(const std::string& path) {
    UsedFile used;
    used.file = core::FileHandle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status;
    if (!used.file || ::fstat(used.file.get(), &status) != 0 || status.st_size == 0) {
        return std::nullopt;
    }
    used.size = status.st_size;
    const std::array<timespec, 2> times{timespec{0, UTIME_NOW}, timespec{0, UTIME_OMIT}};
    ::futimens(used.file.get(), times.data());
    return used;
}

std::vector<ListedFile> filesByUse(const std::string& folder, const std::function<bool(const ListedFile&)>& wanted,
                                   const std::function<bool()>& stop) {
    std::vector<ListedFile> files;
    std::error_code error;
    fs::recursive_directory_iterator it(folder, error), end;
    for (; !error && it != end && !(stop && stop()); it.increment(error)) {
        struct stat status;
        if (::lstat(it->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
            continue;
        }
        ListedFile file{it->path().string(), it->path().filename().string(), status.st_size,
                        std::max(status.st_atime, status.st_mtime)};
        if (wanted(file)) {
            files.push_back(std::move(file));
        }
    }
    std::stable_sort(files.begin(), files.end(),
                     [](const ListedFile& a, const ListedFile& b) { return a.used > b.used; });
    return files;
}

}  // namespace marea::server
