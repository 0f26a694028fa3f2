#include "server/apps/catalog/artwork.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <filesystem>

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;
namespace fs = std::filesystem;

constexpr std::array kWidths = {160, 320, 480, 640, 960, 1280, 1920};
constexpr std::size_t kMaxFailed = 20'000;
constexpr std::size_t kMaxWaiting = 64;

bool writeAll(int descriptor, const std::vector<std::uint8_t>& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t wrote = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (wrote < 0 && errno != EINTR) {
            return false;
        }
        done += wrote > 0 ? static_cast<std::size_t>(wrote) : 0;
    }
    return true;
}

core::unexpected<core::Error> noPicture() {
    return core::fail(ErrorCode::NotFound, "There is no picture.");
}

}  // namespace

ArtworkCache::ArtworkCache(std::string folder, std::int64_t maxBytes, core::Prober& prober, WorkPool& pool,
                           std::shared_ptr<core::Logger> logger)
    : folder_(std::move(folder)), maxBytes_(maxBytes), prober_(prober), pool_(pool), logger_(std::move(logger)) {
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
}

int ArtworkCache::roundedWidth(int asked) {
    const auto* found = std::lower_bound(kWidths.begin(), kWidths.end(), asked);
    return found == kWidths.end() ? kWidths.back() : *found;
}

void ArtworkCache::get(const std::string& key, int width, const Open& open, Done done) {
    if (auto picture = stored(key)) {
        return done(std::move(picture));
    }
    {
        const std::lock_guard lock(mutex_);
        if (failed_.contains(key)) {
            done(noPicture());
            return;
        }
        auto& waiting = waiting_[key];
        if (waiting.size() >= kMaxWaiting) {
            done(core::fail(ErrorCode::Busy, "Too many requests for one picture."));
            return;
        }
        waiting.push_back(std::move(done));
        if (waiting.size() > 1) {
            return;
        }
    }
    make(key, width, open);
}

void ArtworkCache::make(const std::string& key, int width, const Open& open) {
    // Between the look at the disk and the lock another request may have finished it.
    if (stored(key)) {
        return finish(key, core::fail(ErrorCode::Conflict, {}));
    }
    auto source = open();
    if (!source) {  // perhaps its disk is away: it may be there the next time
        return finish(key, core::unexpected<core::Error>(source.error()), false);
    }
    prober_.image(std::move(source->first), source->second, width,
                  [self = weak_from_this(), key, pool = &pool_](Result<core::Image> image) {
                      auto shared = std::make_shared<Result<core::Image>>(std::move(image));
                      const auto work = [self, key, shared] {
                          if (const auto cache = self.lock()) {
                              cache->finish(key, std::move(*shared));
                          }
                      };
                      if (self.expired() || !pool->post(work)) {
                          work();
                      }
                  });
}

void ArtworkCache::finish(const std::string& key, Result<core::Image> image, bool wasRead) {
    core::Error error{ErrorCode::NotFound, {}, "There is no picture."};
    if (image) {
        if (auto done = store(key, *image); !done) {
            error = done.error();
            logger_->warning("artwork.unsaved", {{"detail", error.detail}});
        }
    } else if (image.error().code != ErrorCode::Conflict) {
        error = image.error();
    }
    std::vector<Done> waiting;
    {
        const std::lock_guard lock(mutex_);
        waiting = std::move(waiting_[key]);
        waiting_.erase(key);
        // What is broken stays broken until the picture, and so the key, changes.
        const bool forGood = !image && wasRead &&
                             (error.code == ErrorCode::Corrupt || error.code == ErrorCode::NotFound ||
                              error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout);
        if (forGood && failed_.size() < kMaxFailed) {
            failed_.insert(key);
        }
    }
    for (Done& done : waiting) {
        auto picture = stored(key);
        const bool quiet = error.code == ErrorCode::Corrupt || error.code == ErrorCode::Unavailable ||
                           error.code == ErrorCode::Timeout;
        if (picture) {
            done(std::move(picture));
        } else {
            done(quiet ? Result<Picture>(noPicture()) : core::unexpected<core::Error>(error));
        }
    }
}

Result<ArtworkCache::Picture> ArtworkCache::stored(const std::string& key) const {
    const std::string path = folder_ + "/" + key;
    core::FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status;
    if (!file || ::fstat(file.get(), &status) != 0 || status.st_size == 0) {
        return noPicture();
    }
    unsigned char first = 0;
    (void)!::pread(file.get(), &first, 1, 0);
    // The time of use, for the order of going; now and then is enough.
    if (::time(nullptr) - status.st_mtime > 3600) {
        ::futimens(file.get(), nullptr);
    }
    Picture picture;
    picture.size = status.st_size;
    picture.mimeType = first == 0x89 ? "image/png" : "image/jpeg";
    picture.etag = "\"" + key + "\"";
    picture.file = std::move(file);
    return picture;
}

Result<void> ArtworkCache::store(const std::string& key, const core::Image& image) {
    static std::atomic<unsigned> counter{0};
    const std::string temporary = folder_ + "/.new-" + std::to_string(::getpid()) + "-" + std::to_string(++counter);
    core::FileHandle file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file || !writeAll(file.get(), image.bytes) ||
        ::rename(temporary.c_str(), (folder_ + "/" + key).c_str()) != 0) {
        const int reason = errno;
        ::unlink(temporary.c_str());
        return core::unexpected<core::Error>(core::systemError(reason, "keep the picture"));
    }
    const std::lock_guard lock(mutex_);
    bytes_ = bytes_ < 0 ? -1 : bytes_ + static_cast<std::int64_t>(image.bytes.size());
    if (bytes_ < 0 || bytes_ > maxBytes_) {
        shrink();
    }
    return {};
}

void ArtworkCache::shrink() {
    struct Entry {
        fs::file_time_type used;
        std::int64_t size = 0;
        fs::path path;
    };
    std::vector<Entry> entries;
    std::error_code error;
    bytes_ = 0;
    for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
        std::error_code gone;
        Entry entry{it->last_write_time(gone), static_cast<std::int64_t>(it->file_size(gone)), it->path()};
        if (!gone) {
            bytes_ += entry.size;
            entries.push_back(std::move(entry));
        }
    }
    if (bytes_ <= maxBytes_) {
        return;
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
    for (const Entry& entry : entries) {
        if (bytes_ <= maxBytes_ / 10 * 9) {
            break;
        }
        if (fs::remove(entry.path, error)) {
            bytes_ -= entry.size;
        }
    }
}

}  // namespace marea::server
