#include "server/stream/segmentcache.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <vector>

#include "core/io/clearfile.h"

namespace marea::server {

using core::Result;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kTemporary = ".new-";
constexpr std::int64_t kComplainEvery = 60;  // seconds

std::int64_t nowSeconds() {
    using namespace std::chrono;
    return duration_cast<seconds>(steady_clock::now().time_since_epoch()).count() + kComplainEvery;
}

core::unexpected<core::Error> failed(const char* what) {
    return core::unexpected<core::Error>(core::systemError(errno, what));
}

Result<void> writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(descriptor, bytes.data(), bytes.size());
        if (wrote < 0 && errno != EINTR) {
            return failed("write a segment");
        }
        bytes.remove_prefix(wrote > 0 ? static_cast<std::size_t>(wrote) : 0);
    }
    return {};
}

bool isKey(std::string_view name) {
    return name.size() == 32 && name.find_first_not_of("0123456789abcdef") == name.npos;
}

class OwnSecret final : public core::SealSecrets {
public:
    explicit OwnSecret(const std::string& secret) : secret_(secret) {}
    Result<std::string> secretOf(const core::SealId&) override { return secret_; }

private:
    const std::string& secret_;
};

// Whether a temporary file is of another process that still runs: a helper beside the server. One of this number is of
// an earlier start.
bool belongsToAnother(std::string_view name) {
    name.remove_prefix(kTemporary.size());
    pid_t process = 0;
    std::from_chars(name.data(), name.data() + name.size(), process);
    return process > 0 && process != ::getpid() && (::kill(process, 0) == 0 || errno == EPERM);
}

}  // namespace

CacheKey cacheKey(std::initializer_list<std::string_view> parts) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, 16);
    for (const std::string_view part : parts) {
        const std::string length = std::to_string(part.size()) + ":";  // so that no two lists run into one text
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(length.data()), length.size());
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    }
    std::array<unsigned char, 16> digest{};
    crypto_generichash_final(&state, digest.data(), digest.size());
    std::array<char, 33> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    return CacheKey(text.data(), 32);
}

SegmentCache::SegmentCache(SegmentCacheOptions options, std::shared_ptr<core::Logger> logger)
    : options_(std::move(options)),
      logger_(std::move(logger)),
      // No other start of the server has had this one: what has another is left over.
      temporaryPrefix_(std::string(kTemporary) + std::to_string(::getpid()) + "-" +
                       std::to_string(std::chrono::system_clock::now().time_since_epoch().count()) + "-"),
      files_(options_.maxBytes) {
    hold(options_.held);  // before anything is counted
    std::error_code ignored;
    fs::create_directories(options_.folder, ignored);
    counter_ = std::thread([this] { count(); });
}

SegmentCache::~SegmentCache() {
    stopping_ = true;
    waitUntilCounted();
}

void SegmentCache::waitUntilCounted() {
    if (counter_.joinable()) {
        counter_.join();
    }
}

std::string SegmentCache::pathOf(const CacheKey& key) const {
    return options_.folder + "/" + key.substr(0, 2) + "/" + key;
}

void SegmentCache::count() {
    const auto wanted = [this](const ListedFile& file) {
        if (file.name.starts_with(kTemporary) && !file.name.starts_with(temporaryPrefix_) &&
            !belongsToAnother(file.name)) {
            ::unlink(file.path.c_str());
        }
        return isKey(file.name);
    };
    if (!options_.stale.empty()) {
        std::error_code ignored;
        fs::remove_all(options_.stale, ignored);
    }
    const auto files = filesByUse(options_.folder, wanted, [this] { return stopping_.load(); });
    const std::lock_guard lock(mutex_);
    for (const ListedFile& file : files) {
        files_.found(file.name, file.size);
    }
    makeRoom(0);
}

// What cannot be opened with the secret is of no use to anybody: it is made anew.
std::optional<SegmentCache::Entry> SegmentCache::opened(const CacheKey& key, std::int64_t& onDisk) {
    auto used = openUsed(pathOf(key));
    if (!used) {
        return std::nullopt;
    }
    onDisk = used->size;
    if (options_.secret.empty()) {
        return Entry{std::move(used->file), used->size, nullptr};
    }
    OwnSecret secret(options_.secret);
    auto sealed = core::openSealed(std::move(used->file), &secret);
    if (!sealed) {
        logger_->warning("segments.unreadable", {{"key", key}, {"detail", sealed.error().detail}});
        ::unlink(pathOf(key).c_str());
        return std::nullopt;
    }
    const auto size = static_cast<std::int64_t>(sealed->seal()->header.clearSize);
    return Entry{std::move(*sealed), size, nullptr};
}

std::optional<SegmentCache::Entry> SegmentCache::find(const CacheKey& key) {
    std::int64_t onDisk = 0;
    std::optional<Entry> entry = opened(key, onDisk);
    const std::lock_guard lock(mutex_);
    if (entry) {
        files_.used(key, onDisk);
    } else {
        if (!contains(key)) {  // not put there since
            files_.drop(key);
        }
        const auto kept = std::find_if(unsaved_.begin(), unsaved_.end(), [&](auto& pair) { return pair.first == key; });
        if (kept != unsaved_.end()) {
            entry = Entry{{}, static_cast<std::int64_t>(kept->second->size()), kept->second};
            unsaved_.splice(unsaved_.begin(), unsaved_, kept);
        }
    }
    ++(entry ? counts_.hits : counts_.misses);
    return entry;
}

std::optional<std::int64_t> SegmentCache::sizeOf(const CacheKey& key) const {
    struct stat status;
    if (::stat(pathOf(key).c_str(), &status) != 0 || status.st_size <= 0) {
        return std::nullopt;
    }
    if (options_.secret.empty()) {
        return status.st_size;
    }
    const auto size = core::clearSizeOfSealed(static_cast<std::uint64_t>(status.st_size));
    return size ? std::optional(static_cast<std::int64_t>(*size)) : std::nullopt;
}

void SegmentCache::keep(const CacheKey& key, std::shared_ptr<const std::string> bytes) {
    const auto size = static_cast<std::int64_t>(bytes->size());
    std::int64_t spokenFor = size;
    {
        const std::lock_guard lock(mutex_);
        if (files_.holds(key)) {
            spokenFor = 0;  // it counts beside the bound
        }
        if (size == 0 || spokenFor > options_.maxBytes) {
            return;
        }
        makeRoom(spokenFor);
        files_.reserve(spokenFor);
    }
    auto done = write(key, *bytes);
    if (!done) {  // a disk shared with others may be full below the bound: what was used least makes way
        const std::lock_guard lock(mutex_);
        makeRoom(std::min(files_.bytes(), options_.maxBytes - files_.bytes() + 4 * size));
    }
    done = done ? done : write(key, *bytes);
    {
        const std::lock_guard lock(mutex_);
        files_.unreserve(spokenFor);
        if (done) {
            files_.used(key, size);
        }
    }
    if (!done) {
        keepInMemory(key, std::move(bytes), done.error());
    }
}

void SegmentCache::hold(const std::vector<CacheKey>& keys) {
    const std::lock_guard lock(mutex_);
    for (const CacheKey& key : keys) {
        files_.hold(key);
    }
}

void SegmentCache::letGo(const std::vector<CacheKey>& keys) {
    const std::lock_guard lock(mutex_);
    for (const CacheKey& key : keys) {
        files_.letGo(key);
    }
    makeRoom(0);
}

Result<void> SegmentCache::write(const CacheKey& key, const std::string& bytes) {
    const std::string path = pathOf(key), folder = path.substr(0, path.rfind('/'));
    if (::mkdir(folder.c_str(), 0700) != 0 && errno == ENOENT) {
        std::error_code ignored;
        fs::create_directories(folder, ignored);  // the whole cache was removed meanwhile
    }
    const std::string temporary = folder + "/" + temporaryPrefix_ + std::to_string(++temporaries_);
    auto done = writeTemporary(temporary, bytes);
    if (done && ::rename(temporary.c_str(), path.c_str()) != 0) {
        done = failed("name a segment");
    }
    if (!done) {
        ::unlink(temporary.c_str());
    }
    return done;
}

Result<void> SegmentCache::writeTemporary(const std::string& temporary, const std::string& bytes) {
    const core::FileHandle file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) {
        return failed("make a segment's file");
    }
    const auto sealed =
        options_.secret.empty() ? Result<std::string>() : core::sealedWhole(bytes, core::SealId{}, options_.secret);
    auto done = sealed ? writeAll(file.get(), options_.secret.empty() ? bytes : *sealed)
                       : core::unexpected<core::Error>(sealed.error());
    if (!done) {
        return done;
    }
    // Before it gets its name, so that no file with a key is ever shorter than it was, whenever the power goes.
    return ::fdatasync(file.get()) == 0 ? Result<void>() : failed("save a segment");
}

void SegmentCache::keepInMemory(const CacheKey& key, std::shared_ptr<const std::string> bytes, const core::Error& why) {
    bool complain = false;
    {
        const std::lock_guard lock(mutex_);
        ++counts_.unsaved;
        unsavedBytes_ += static_cast<std::int64_t>(bytes->size());
        unsaved_.emplace_front(key, std::move(bytes));
        while (unsavedBytes_ > options_.maxUnsaved && !unsaved_.empty()) {
            unsavedBytes_ -= static_cast<std::int64_t>(unsaved_.back().second->size());
            unsaved_.pop_back();
        }
        const std::int64_t now = nowSeconds();
        complain = now - lastComplaint_ >= kComplainEvery;
        lastComplaint_ = complain ? now : lastComplaint_;
    }
    if (complain) {
        logger_->warning("segments.unsaved", {{"folder", options_.folder}, {"detail", why.detail}});
    }
}

void SegmentCache::remove(const CacheKey& key) {
    const std::lock_guard lock(mutex_);
    ::unlink(pathOf(key).c_str());
    files_.drop(key);
}

SegmentCache::Pin SegmentCache::pin(const CacheKey& key) {
    const std::lock_guard lock(mutex_);
    pinned_.insert(key);
    return {this, [key](void* cache) {
                auto* self = static_cast<SegmentCache*>(cache);
                const std::lock_guard held(self->mutex_);
                self->pinned_.erase(self->pinned_.find(key));
            }};
}

void SegmentCache::makeRoom(std::int64_t needed) {
    for (const CacheKey& key : files_.makeRoom(needed, [this](const CacheKey& one) { return pinned_.contains(one); })) {
        ::unlink(pathOf(key).c_str());
        ++counts_.evicted;
    }
}

SegmentCacheStatus SegmentCache::status() const {
    const std::lock_guard lock(mutex_);
    SegmentCacheStatus status = counts_;
    status.bytes = files_.bytes();
    status.files = files_.files();
    status.heldBytes = files_.heldBytes();
    status.heldFiles = files_.heldFiles();
    return status;
}

}  // namespace marea::server
