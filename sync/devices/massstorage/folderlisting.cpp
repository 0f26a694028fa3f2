#include "sync/devices/massstorage/folderlisting.h"

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace marea::sync {

namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxEntries = 2'000'000;
constexpr std::size_t kManyFolders = 8;  // that wait: there is work for more than one
constexpr unsigned kMostThreads = 4;

// It went while the device was listed.
bool hasVanished(int errnoValue) {
    return errnoValue == ENOENT || errnoValue == ENOTDIR || errnoValue == ELOOP;
}

// It is somebody else's, or the file system's own. Whatever else cannot be read may be ours, and would count as
// missing.
bool isShut(int errnoValue) {
    return errnoValue == EACCES || errnoValue == EPERM;
}

}  // namespace

core::Result<std::vector<ListedFile>> FolderListing::run(core::FileHandle root) {
    Folder top{"", "", std::make_shared<core::FileHandle>(std::move(root))};
    waiting_.push_back(&top);
    work(true);
    join();
    if (error_) {
        return core::unexpected<core::Error>(*error_);
    }
    std::vector<ListedFile> files;
    files.reserve(seen_);
    const auto gather = [&files](const auto& self, Folder& folder) -> void {
        std::move(folder.files.begin(), folder.files.end(), std::back_inserter(files));
        for (const auto& inner : folder.inside) {
            self(self, *inner);
        }
    };
    gather(gather, top);
    return files;
}

bool FolderListing::isOver() const {
    return error_ || (waiting_.empty() && underWay_ == 0);
}

void FolderListing::work(bool isCaller) {
    std::unique_lock lock(mutex_);
    while (!isOver()) {
        if (waiting_.empty()) {
            changed_.wait(lock);
        } else {
            Folder* const folder = waiting_.back();
            waiting_.pop_back();
            ++underWay_;
            lock.unlock();
            list(*folder);
            lock.lock();
            --underWay_;
            for (auto inner = folder->inside.rbegin(); inner != folder->inside.rend(); ++inner) {
                waiting_.push_back(inner->get());
            }
            changed_.notify_all();
        }
        if (isCaller) {
            getHelp();
            lock.unlock();
            tell();
            lock.lock();
        }
    }
}

void FolderListing::getHelp() {
    if (!helpers_.empty() || waiting_.size() < kManyFolders) {
        return;
    }
    const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 2U, kMostThreads);
    for (unsigned i = 1; i < threads; ++i) {
        helpers_.emplace_back([this] { work(false); });
    }
}

void FolderListing::join() {
    for (std::thread& helper : helpers_) {
        helper.join();
    }
    helpers_.clear();
}

void FolderListing::tell() {
    while (!hasFailed_ && told_ < seen_) {
        ++told_;
        if (const auto goOn = look_(); !goOn) {
            fail(goOn.error());
        }
    }
}

void FolderListing::fail(core::Error error) {
    const std::lock_guard lock(mutex_);
    hasFailed_ = true;
    if (!error_) {
        error_ = std::move(error);
    }
    changed_.notify_all();
}

void FolderListing::list(Folder& folder) {
    const Handle handle = open(folder);
    if (!handle) {
        return;
    }
    const auto entries = core::entriesOf(handle->get(), kMaxEntries);
    if (!entries) {
        return fail(failure_(errno, "cannot list a folder"));
    }
    for (const core::FolderEntry& entry : *entries) {
        if (hasFailed_) {
            return;
        }
        add(folder, handle, entry);
        if (++seen_ > kMaxEntries) {
            return fail({core::ErrorCode::Unprocessable, "There are too many files on the device.", {}});
        }
    }
}

// One may be allowed to open it, and not to go in.
FolderListing::Handle FolderListing::open(Folder& folder) {
    if (folder.name.empty()) {
        return folder.around;
    }
    const Handle around = std::move(folder.around);
    auto handle = std::make_shared<core::FileHandle>(core::folderIn(around->get(), folder.name));
    if (*handle && core::mayEnter(handle->get())) {
        return handle;
    }
    cannotSee(folder, folder.path.substr(0, folder.path.size() - 1), errno);
    return nullptr;
}

void FolderListing::add(Folder& folder, const Handle& handle, const core::FolderEntry& entry) {
    std::string path = folder.path + entry.name;
    if (entry.error != 0) {
        cannotSee(folder, path, entry.error);
    } else if (!entry.isFolder) {
        folder.files.push_back({std::move(path), listedBytes(entry.size), entry.modified});
    } else if (folder.depth < kMaxDepth) {
        folder.inside.push_back(std::make_unique<Folder>(Folder{path + "/", entry.name, handle, folder.depth + 1}));
    }
}

void FolderListing::cannotSee(Folder& folder, const std::string& path, int errnoValue) {
    if (isShut(errnoValue)) {
        folder.files.push_back({path, 0, 0, true});
    } else if (!hasVanished(errnoValue)) {
        fail(failure_(errnoValue, "cannot list " + path));
    }
}

}  // namespace marea::sync
