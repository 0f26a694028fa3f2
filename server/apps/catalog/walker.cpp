#include "server/apps/catalog/walker.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <set>

#include "core/io/clearfile.h"
#include "core/library/filekinds.h"
#include "core/library/sidecars.h"
#include "core/library/text.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::library::FileKind;
using core::library::FileStamp;

struct DirCloser {
    void operator()(DIR* folder) const { ::closedir(folder); }
};
using Dir = std::unique_ptr<DIR, DirCloser>;

FileStamp stampOf(const struct stat& status) {
    FileStamp stamp;
    stamp.size = static_cast<std::int64_t>(status.st_size);
    stamp.mtimeNs = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
    stamp.device = static_cast<std::uint64_t>(status.st_dev);
    stamp.inode = static_cast<std::uint64_t>(status.st_ino);
    return stamp;
}

class Walker {
public:
    Walker(const core::FileHandle& root, const WalkOptions& options) : root_(root), options_(options) {}

    core::Result<std::vector<WalkedFolder>> run() {
        pending_.push_back(options_.start);
        bool first = true;
        while (!pending_.empty()) {
            if (options_.stop && options_.stop->load(std::memory_order_relaxed)) {
                return core::fail(ErrorCode::Cancelled, "The scan was stopped.");
            }
            std::string path = std::move(pending_.back());
            pending_.pop_back();
            auto listed = list(path);
            if (!listed && first) {
                return core::unexpected<core::Error>(listed.error());
            }
            first = false;
        }
        return std::move(folders_);
    }

private:
    core::Result<void> list(const std::string& path) {
        auto opened = path.empty() ? root_.duplicate() : core::openBeneath(root_, path);
        WalkedFolder folder;
        folder.path = path;
        if (!opened) {
            if (opened.error().code != ErrorCode::NotFound) {
                folder.unreadable = true;
                folders_.push_back(std::move(folder));
            }
            return core::unexpected<core::Error>(opened.error());
        }
        const Dir dir = open(*opened);
        if (!dir) {
            const int reason = errno;
            folder.unreadable = true;
            folders_.push_back(std::move(folder));
            return core::unexpected<core::Error>(core::systemError(reason, "list the folder"));
        }
        readEntries(dir.get(), folder);
        joinSealed(folder);
        takeSubtitleFolders(*opened, folder);
        finish(std::move(folder));
        return {};
    }

    // Null with errno when it cannot be listed.
    static Dir open(const core::FileHandle& folder) {
        const int descriptor = ::openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        Dir dir(descriptor < 0 ? nullptr : ::fdopendir(descriptor));
        if (!dir && descriptor >= 0) {
            const int reason = errno;
            ::close(descriptor);
            errno = reason;
        }
        return dir;
    }

    void readEntries(DIR* dir, WalkedFolder& folder) {
        for (;;) {
            errno = 0;
            const struct dirent* entry = ::readdir(dir);
            if (!entry) {
                folder.unreadable = errno != 0;
                return;
            }
            const std::string_view name(entry->d_name);
            if (name == ".nomedia") {
                folder.files.clear();
                folder.sealed.clear();
                folder.subfolders.clear();
                return;
            }
            if (!core::library::ignoredName(name)) {
                take(::dirfd(dir), name, entry->d_type, folder);
            }
        }
    }

    void take(int dir, std::string_view name, unsigned char type, WalkedFolder& folder) {
        if (type == DT_DIR) {
            folder.subfolders.emplace_back(name);
            return;
        }
        const std::string_view original = core::withoutSealedSuffix(name);
        if (!original.empty() && core::library::fileKind(original) != FileKind::Other) {
            takeSealed(dir, std::string(name), std::string(original), folder);
            return;
        }
        const bool media = core::library::fileKind(name) != FileKind::Other;
        if (type != DT_UNKNOWN &&
            ((type != DT_REG && type != DT_LNK) || (!media && !core::library::mayBeSidecar(name)))) {
            return;
        }
        struct stat status;
        std::string terminated(name);
        if (::fstatat(dir, terminated.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return;  // gone in the meantime
        }
        if (S_ISDIR(status.st_mode)) {
            folder.subfolders.push_back(std::move(terminated));
        } else if (S_ISREG(status.st_mode) && (media || core::library::mayBeSidecar(name))) {
            folder.files.push_back({std::move(terminated), stampOf(status), media});
        } else if (S_ISLNK(status.st_mode)) {
            takeLink(std::move(terminated), media, folder);
        }
    }

    // An original that lies encrypted: under its own name, and of its own size. Where both are there, one of them is on
    // its way out, and either will do.
    static void takeSealed(int dir, const std::string& name, std::string original, WalkedFolder& folder) {
        struct stat status;
        if (::fstatat(dir, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode)) {
            return;
        }
        if (const auto size = core::clearSizeOfSealed(static_cast<std::uint64_t>(status.st_size))) {
            FileStamp stamp = stampOf(status);
            stamp.size = static_cast<std::int64_t>(*size);
            folder.sealed.push_back({std::move(original), stamp, true});
        }
    }

    // A link that leaves the root, or leads nowhere, is as good as not there.
    void takeLink(std::string name, bool media, WalkedFolder& folder) {
        auto file = core::openBeneath(root_, folder.path.empty() ? name : folder.path + "/" + name);
        struct stat status;
        if (file && ::fstat(file->get(), &status) == 0 && S_ISREG(status.st_mode)) {
            folder.files.push_back({std::move(name), stampOf(status), media});
        }
    }

    // Subtitles in "Subs/" and "Subs/<film>/" are files of the folder that has the films, so that whatever happens to
    // either is a change of that folder.
    void takeSubtitleFolders(const core::FileHandle& opened, WalkedFolder& folder) {
        const auto isVideo = [](const WalkedFile& f) { return core::library::fileKind(f.name) == FileKind::Video; };
        if (std::none_of(folder.files.begin(), folder.files.end(), isVideo)) {
            return;
        }
        for (const std::string& name : folder.subfolders) {
            if (core::library::isSubtitleFolder(name)) {
                for (const std::string& inner : takeSubtitles(opened, name, folder)) {
                    takeSubtitles(opened, name + "/" + inner, folder);
                }
            }
        }
    }

    // The names of the folders within.
    std::vector<std::string> takeSubtitles(const core::FileHandle& parent, const std::string& name,
                                           WalkedFolder& folder) {
        const auto opened = core::openBeneath(parent, name);
        const Dir dir = opened ? open(*opened) : nullptr;
        WalkedFolder within;
        if (dir) {
            within.path = folder.path.empty() ? name : folder.path + "/" + name;
            readEntries(dir.get(), within);
        }
        for (WalkedFile& file : within.files) {
            if (!file.media) {
                folder.files.push_back({name + "/" + file.name, file.stamp, false});
            }
        }
        return std::move(within.subfolders);
    }

    static void joinSealed(WalkedFolder& folder) {
        std::set<std::string_view> clear;
        for (const WalkedFile& file : folder.files) {
            clear.insert(file.name);
        }
        std::erase_if(folder.sealed, [&](const WalkedFile& file) { return clear.contains(file.name); });
        std::move(folder.sealed.begin(), folder.sealed.end(), std::back_inserter(folder.files));
        folder.sealed.clear();
    }

    void finish(WalkedFolder folder) {
        std::vector<std::pair<std::string_view, FileStamp>> entries;
        entries.reserve(folder.files.size());
        for (const WalkedFile& file : folder.files) {
            entries.emplace_back(file.name, file.stamp);
        }
        folder.signature = core::library::folderSignature(std::move(entries));
        for (const std::string& name : folder.subfolders) {
            std::string path = folder.path.empty() ? name : folder.path + "/" + name;
            if (!options_.descend || options_.descend(path)) {
                pending_.push_back(std::move(path));
            }
        }
        folders_.push_back(std::move(folder));
    }

    const core::FileHandle& root_;
    const WalkOptions& options_;
    std::vector<std::string> pending_;
    std::vector<WalkedFolder> folders_;
};

}  // namespace

core::Result<std::vector<WalkedFolder>> walk(const core::FileHandle& root, const WalkOptions& options) {
    return Walker(root, options).run();
}

core::Result<FileStamp> stampOf(const core::FileHandle& file) {
    struct stat status;
    if (::fstat(file.get(), &status) != 0) {
        return core::unexpected<core::Error>(core::systemError(errno, "ask for the size of the file"));
    }
    FileStamp stamp = stampOf(status);
    stamp.size = file.seal() ? static_cast<std::int64_t>(file.seal()->header.clearSize) : stamp.size;
    return stamp;
}

}  // namespace marea::server
