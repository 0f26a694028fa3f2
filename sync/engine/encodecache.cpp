#include "sync/engine/encodecache.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <vector>

#include "core/base/id.h"
#include "core/io/diskfile.h"
#include "sync/engine/checksum.h"
#include "sync/engine/filestream.h"

namespace marea::sync {

namespace fs = std::filesystem;

namespace {

constexpr const char* kPart = ".part";
constexpr std::chrono::milliseconds kLook{100};  // for whether it was cancelled, or goes on
constexpr std::chrono::hours kAbandoned{24};     // a part that nobody has written to for so long

// What somebody is making is left alone.
bool isUnderWay(const fs::path& path, fs::file_time_type written) {
    return path.extension() == kPart && fs::file_time_type::clock::now() - written < kAbandoned;
}

struct Kept {
    fs::file_time_type used;
    std::int64_t size = 0;
    fs::path path;
};

std::vector<Kept> keptIn(const std::string& folder) {
    std::vector<Kept> all;
    std::error_code error;
    for (fs::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
        std::error_code problem;
        Kept one{file->last_write_time(problem), 0, file->path()};
        one.size = problem ? 0 : static_cast<std::int64_t>(file->file_size(problem));
        if (!problem && !isUnderWay(one.path, one.used)) {
            all.push_back(std::move(one));
        }
    }
    return all;
}

core::unexpected<core::Error> cannotKeep(std::string why) {
    return core::fail(core::ErrorCode::Io, "The encoded file cannot be kept.", std::move(why));
}

// Its name comes once it is on the disk: else a power cut could leave a whole name for half a file.
core::Result<void> keep(const std::string& part, const std::string& path) {
    const bool done = core::flushPath(part) && core::replaceFile(part, path) &&
                      core::flushFolder(fs::path(path).parent_path().string());
    return done ? core::Result<void>() : cannotKeep(core::systemError(errno, "cannot keep " + path).detail);
}

// An empty one is what a power cut left, before that was done.
bool isKept(const std::string& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    return !error && size > 0;
}

}  // namespace

std::string EncodeCache::pathOf(const LibraryItem& item, const Encoding& encoding) const {
    const std::string name = item.fingerprint + '\n' + encoding.name;
    Checksum checksum;
    checksum.add({reinterpret_cast<const std::uint8_t*>(name.data()), name.size()});
    return folder_ + "/" + checksum.hex() + "." + encoding.extension;
}

// One that is paused leaves it to those that are not.
bool EncodeCache::begin(const std::string& path, SyncControl& control) {
    std::unique_lock lock(mutex_);
    while (inHand_.count(path) > 0 || control.isPaused()) {
        changed_.wait_for(lock, kLook);
        if (control.isCancelled()) {
            return false;
        }
    }
    inHand_.insert(path);
    return true;
}

void EncodeCache::end(const std::string& path) {
    const std::lock_guard lock(mutex_);
    inHand_.erase(path);
    changed_.notify_all();
}

core::Result<void> EncodeCache::make(const LibraryItem& item, const Encoding& encoding, DeviceEncoder& encoder,
                                     SyncControl& control, const std::string& path) {
    const std::string part = path + "." + core::newId().substr(19) + kPart;  // another program may make the same
    std::error_code error;
    fs::create_directories(folder_, error);
    auto done = encoder.encode(item, encoding, part, control);
    done = done ? keep(part, path) : done;
    if (!done) {
        fs::remove(part, error);
        return done;
    }
    trim();
    return done;
}

core::Result<std::unique_ptr<ByteStream>> EncodeCache::opened(const LibraryItem& item, const Encoding& encoding,
                                                              DeviceEncoder& encoder, SyncControl& control,
                                                              const std::string& path) {
    const auto made = isKept(path) ? core::Result<void>() : make(item, encoding, encoder, control, path);
    if (!made) {
        return core::unexpected<core::Error>(made.error());
    }
    std::error_code error;
    fs::last_write_time(path, fs::file_time_type::clock::now(), error);
    return openLocalFile(path);
}

core::Result<std::unique_ptr<ByteStream>> EncodeCache::get(const LibraryItem& item, const Encoding& encoding,
                                                           DeviceEncoder& encoder, SyncControl& control) {
    const std::string path = pathOf(item, encoding);
    if (!begin(path, control)) {
        return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
    }
    auto file = opened(item, encoding, encoder, control, path);
    end(path);
    return file;
}

bool EncodeCache::isInHand(const std::filesystem::path& file) {
    const std::lock_guard lock(mutex_);
    return std::any_of(inHand_.begin(), inHand_.end(), [&](const std::string& path) { return file == path; });
}

// What somebody is about to open stays: it may be the longest unused, or have been made this moment.
void EncodeCache::trim() {
    std::vector<Kept> all = keptIn(folder_);
    std::sort(all.begin(), all.end(), [](const Kept& a, const Kept& b) { return a.used < b.used; });
    std::int64_t total = 0;
    for (const Kept& one : all) {
        total += one.size;
    }
    for (const Kept& one : all) {
        std::error_code error;
        if (total > maxBytes_ && !isInHand(one.path) && fs::remove(one.path, error)) {
            total -= one.size;
        }
    }
}

core::Result<std::unique_ptr<ByteStream>> openLocalFile(const std::string& path) {
    const fs::path file(path);
    auto folder = core::openFolder(file.parent_path().empty() ? "." : file.parent_path().string());
    if (!folder) {
        return core::unexpected<core::Error>(folder.error());
    }
    auto opened = core::openBeneath(*folder, file.filename().string());
    return opened ? FileStream::of(std::move(*opened)) : core::unexpected<core::Error>(opened.error());
}

}  // namespace marea::sync
