#include "app/devices/folderfarm.h"

#include <condition_variable>
#include <mutex>
#include <QCoreApplication>

#include "core/library/text.h"
#include "sync/plan/itemformat.h"

namespace marea::app {

using core::Error;
using core::ErrorCode;

namespace {

constexpr std::size_t kLooksAtOnce = 64;  // each is an open file

// So many at once and no more.
class Looks {
public:
    void begin() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return underWay_ < kLooksAtOnce; });
        ++underWay_;
    }
    void end() {
        const std::lock_guard lock(mutex_);
        --underWay_;
        changed_.notify_all();
    }
    void waitForAll() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return underWay_ == 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t underWay_ = 0;
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

void lookInto(std::vector<sync::LibraryItem>& items, const sync::FolderSource& source, FolderFarm& farm,
              const std::function<bool()>& isWanted) {
    Looks looks;
    for (sync::LibraryItem& item : items) {
        if (isWanted && !isWanted())
            break;
        auto file = farm.known().fill(item) ? core::Result<core::FileHandle>() : source.file(item);
        if (!file || !*file)
            continue;
        looks.begin();
        farm.prober().probe(std::move(*file), nameOf(item),
                            [&item, &looks, &known = farm.known()](const core::Result<core::MediaInfo>& info) {
                                if (info) {
                                    sync::describe(item, *info);
                                    known.keep(item);
                                }
                                looks.end();
                            });
    }
    looks.waitForAll();
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
    return made ? made : core::unexpected<Error>(forTheEngine(made.error(), control));
}

}  // namespace marea::app
