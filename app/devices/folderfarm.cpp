#include "app/devices/folderfarm.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <QCoreApplication>
#include <utility>

#include "core/library/text.h"
#include "sync/plan/itemformat.h"

namespace marea::app {

using core::Error;
using core::ErrorCode;

namespace {

constexpr std::size_t kLooksAtOnce = 64;             // each is an open file
constexpr std::chrono::milliseconds kLookEvery{50};  // for whether it was called off

// What is found in files, so many at once and no more. Shared with the looks that are under way, which may outlive who
// asked.
class Looks {
public:
    using IsWanted = std::function<bool()>;
    struct Found {
        std::size_t place = 0;
        core::MediaInfo info;
    };

    explicit Looks(const IsWanted& isWanted) : isWanted_(isWanted) {}

    // False once nobody wants them any more, as waitForAll().
    bool begin() {
        std::unique_lock lock(mutex_);
        const bool isFree = waitFor(lock, [this] { return underWay_ < kLooksAtOnce; });
        underWay_ += isFree ? 1 : 0;
        return isFree;
    }
    void end(std::size_t place, const core::Result<core::MediaInfo>& info) {
        const std::lock_guard lock(mutex_);
        if (info)
            found_.push_back({place, *info});
        --underWay_;
        changed_.notify_all();
    }
    bool waitForAll() {
        std::unique_lock lock(mutex_);
        return waitFor(lock, [this] { return underWay_ == 0; });
    }
    std::vector<Found> taken() {
        const std::lock_guard lock(mutex_);
        return std::exchange(found_, {});
    }

private:
    template <class F>
    bool waitFor(std::unique_lock<std::mutex>& lock, F isSo) {
        while (!isWanted_ || isWanted_())
            if (changed_.wait_for(lock, kLookEvery, isSo))
                return true;
        return false;
    }

    const IsWanted isWanted_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t underWay_ = 0;
    std::vector<Found> found_;
};

std::string nameOf(const sync::LibraryItem& item) {
    return std::string(core::library::fileName(item.path));
}

// The same bytes count as something else under another kind of name.
std::string keyOf(const sync::LibraryItem& item) {
    return item.fingerprint + ' ' + core::library::extension(core::library::fileName(item.path));
}

// For the engine Unavailable is a device that is gone, Cancelled the wish of a person, Internal the end of all.
Error forTheEngine(Error error, const sync::SyncControl& control) {
    if (control.isCancelled())
        return {ErrorCode::Cancelled, error.detail, "The sync was cancelled."};
    if (error.code == ErrorCode::TooLarge)
        error.text = QT_TRANSLATE_NOOP("Devices", "There is no room on the computer for the file on its way.");
    if (error.text.empty() || error.code == ErrorCode::Cancelled || error.code == ErrorCode::Internal)
        error.text = QT_TRANSLATE_NOOP("Devices", "The file could not be converted.");
    error.code = error.code == ErrorCode::Conflict ? ErrorCode::Conflict : ErrorCode::Unprocessable;
    return error;
}

}  // namespace

bool KnownFiles::fill(sync::LibraryItem& item) const {
    const std::lock_guard lock(mutex_);
    const auto found = found_.find(keyOf(item));
    if (found == found_.end())
        return false;
    item.kind = found->second.kind;
    item.format = found->second.format;
    item.duration = found->second.duration;
    item.tags = found->second.tags;
    return true;
}

void KnownFiles::keep(const sync::LibraryItem& item) {
    const std::lock_guard lock(mutex_);
    found_.insert_or_assign(keyOf(item), Found{item.kind, item.format, item.duration, item.tags});
}

bool lookInto(std::vector<sync::LibraryItem>& items, const sync::FolderSource& source, FolderFarm& farm,
              const std::function<bool()>& isWanted, const sync::FolderSource::Told& told) {
    const auto looks = std::make_shared<Looks>(isWanted);
    const auto settle = [&] {
        for (const auto& [place, info] : looks->taken()) {
            sync::describe(items[place], info);
            farm.known().keep(items[place]);
        }
    };
    bool isAll = true;
    for (std::size_t place = 0; isAll && place < items.size(); ++place) {
        auto file = farm.known().fill(items[place]) ? core::Result<core::FileHandle>() : source.file(items[place]);
        const bool isToBeSeen = file && *file;
        isAll = !isToBeSeen || looks->begin();
        if (isToBeSeen && isAll)
            farm.prober().probe(std::move(*file), nameOf(items[place]),
                                [looks, place](const core::Result<core::MediaInfo>& info) { looks->end(place, info); });
        settle();
        if (told)
            told(place + 1, items.size());
        isAll = isAll && (!isWanted || isWanted());
    }
    isAll = isAll && looks->waitForAll();
    settle();
    return isAll;
}

core::Result<void> FolderEncoder::encode(const sync::LibraryItem& item, const sync::Encoding& encoding,
                                         const std::string& path, sync::SyncControl& control) {
    const auto form = downloadFormOf(encoding);
    if (!form)
        return core::fail(ErrorCode::Unprocessable,
                          QT_TRANSLATE_NOOP("Devices", "Marea does not make this kind of file."));
    auto file = source_->file(item);
    auto made = file ? farm_->make(std::move(*file), nameOf(item), *form, path, control)
                     : core::unexpected<Error>(file.error());
    if (made && !source_->file(item))  // what was made of a mixture would be kept for the file that it was
        made = core::fail(ErrorCode::Conflict, "The file changed while it was copied.");
    return made ? made : core::unexpected<Error>(forTheEngine(made.error(), control));
}

}  // namespace marea::app
