#include "server/apps/catalog/scanjob.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "core/library/filekinds.h"
#include "core/library/text.h"
#include "core/library/vobsubindex.h"
#include "server/apps/catalog/fingerprint.h"
#include "server/apps/catalog/scanplanner.h"
#include "server/apps/catalog/sidecarlanguages.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t kMaxNfoBytes = 1024 * 1024;
constexpr std::size_t kMaxReadyFiles = 4000;
constexpr auto kMaxBatchWait = std::chrono::milliseconds(400);

void takeProbed(UnitFile& file, UnitWork& work, Result<core::MediaInfo> result) {
    if (!result) {
        const ErrorCode code = result.error().code;
        work.abandoned = work.abandoned || code == ErrorCode::Cancelled;
        file.state = code == ErrorCode::Unavailable || code == ErrorCode::Timeout ? "quarantined" : "broken";
        file.problem = result.error().text.empty() ? "This file cannot be read." : result.error().text;
        return;
    }
    if (!core::library::hasVideo(*result) && !core::library::hasAudio(*result)) {
        file.state = "broken";
        file.problem = "There is neither picture nor sound in this file.";
    } else if (result->encrypted) {
        file.state = "broken";
        file.problem = "This file is protected against copying and cannot be played.";
    }
    file.info = std::move(*result);
}

Result<std::string> readAll(const core::FileHandle& file, std::size_t most) {
    std::string text;
    char buffer[16 * 1024];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0) {
            return core::unexpected(core::systemError(errno, "read the file"));
        }
        if (got == 0 || text.size() > most) {
            return text;
        }
        text.append(buffer, static_cast<std::size_t>(got));
    }
}

}  // namespace

// What the reader, the writer and the prober's callbacks share. Callbacks hold it too: one may come after the job.
struct ScanJob::Shared {
    Shared(int mostInFlight, std::size_t batch) : lowInFlight(mostInFlight / 2), batchFiles(batch) {}

    const int lowInFlight;
    const std::size_t batchFiles;
    std::mutex mutex;
    // Of the reader and of the writer. Each is woken for a good piece of work, not for every file.
    std::condition_variable room, work;
    std::vector<std::unique_ptr<UnitWork>> units;
    std::deque<UnitWork*> ready;
    std::size_t readyFiles = 0;
    int inFlight = 0;
    bool allSubmitted = false, stopped = false;
    std::optional<core::Error> error;

    void makeReady(UnitWork* unit) {  // under the mutex
        if (!unit->abandoned) {
            ready.push_back(unit);
            readyFiles += unit->unit.files.size() + 1;
        }
        wake();
    }
    void fileDone(UnitWork* unit) {  // under the mutex
        if (--unit->open == 0) {
            makeReady(unit);
        }
    }
    bool lastOnesIn() const { return stopped || (allSubmitted && inFlight == 0); }
    void wake() {  // under the mutex
        if (inFlight <= lowInFlight || error) {
            room.notify_all();
        }
        if (readyFiles >= batchFiles || lastOnesIn()) {
            work.notify_all();
        }
    }
};

struct ScanJob::Impl {
    Context context;
    ScanLibrary library;
    std::optional<std::set<std::string>> folders;
    const std::atomic<bool>& stop;
    ScanProgress& progress;
    core::FileHandle root;
    bool anyKnown = false;
    std::shared_ptr<Shared> shared =
        std::make_shared<Shared>(context.options.probesInFlight, context.options.batchFiles);
    std::unordered_set<std::int64_t> claimed;  // rows that were found again at another place
    std::unordered_map<core::Id, std::string> libraryPaths;
    ScanSummary summary;

    Result<ScanSummary> run() {
        auto opened = core::openFolder(library.path);
        if (!opened) {
            return core::unexpected(opened.error());
        }
        root = std::move(*opened);
        auto work = planWork(context.database, library.id, root, folders, stop);
        if (!work) {
            return core::unexpected(work.error());
        }
        anyKnown = work->anyKnown;
        summary.files = work->files;
        progress.total = work->toRead;
        shared->units = std::move(work->units);
        if (!shared->units.empty()) {
            std::thread writer([this] { writeLoop(); });
            readAll();
            writer.join();
        }
        if (shared->error) {
            return core::unexpected(*shared->error);
        }
        if (stop) {
            return core::fail(ErrorCode::Cancelled, "The scan was stopped.");
        }
        return summary;
    }

    // The reading side

    void readAll() {
        for (const auto& work : shared->units) {
            readNfos(work->unit);
            readVobSubs(work->unit);
            if (work->toRead.empty()) {
                const std::lock_guard lock(shared->mutex);
                shared->makeReady(work.get());
                continue;
            }
            for (const std::size_t index : work->toRead) {
                if (!waitForRoom()) {
                    return finish(true);
                }
                readFile(work.get(), work->unit.files[index]);
            }
        }
        waitForAll();
    }

    // False when the scan has to end.
    bool waitForRoom() {
        std::unique_lock lock(shared->mutex);
        while (!stop && !shared->error &&
               (shared->inFlight >= context.options.probesInFlight || shared->readyFiles > kMaxReadyFiles)) {
            shared->room.wait_for(lock, std::chrono::milliseconds(100));
        }
        return !stop && !shared->error;
    }

    void waitForAll() {
        std::unique_lock lock(shared->mutex);
        while (shared->inFlight > 0 && !stop && !shared->error) {
            shared->room.wait_for(lock, std::chrono::milliseconds(100));
        }
        const bool left = shared->inFlight > 0;
        lock.unlock();
        finish(left);
    }

    void finish(bool stopped) {
        const std::lock_guard lock(shared->mutex);
        shared->allSubmitted = true;
        shared->stopped = stopped;
        shared->wake();
    }

    void readFile(UnitWork* work, UnitFile& file) {
        const std::string path = work->unit.path.empty() ? file.name : work->unit.path + "/" + file.name;
        auto handle = core::openOriginal(root, path, context.seals);
        if (!handle && handle.error().code == ErrorCode::Unavailable) {
            // Its key is not to be had: nothing is known of it, and nothing of what was known is wrong.
            context.logger.warning("scan.sealed_file_left", {{"file", path}, {"detail", handle.error().detail}});
            return settle(work, file, core::fail(ErrorCode::Cancelled, handle.error().text));
        }
        auto digest =
            handle ? fingerprint(*handle, file.stamp.size) : Result<Fingerprint>(core::unexpected(handle.error()));
        file.contentChanged = true;
        if (!digest) {
            return settle(work, file, core::unexpected(digest.error()));
        }
        file.fingerprint.assign(digest->begin(), digest->end());
        if (file.row && file.row->fingerprint == file.fingerprint) {
            file.contentChanged = false;  // touched, no more
        } else if (auto moved = anyKnown ? findMoved(file) : std::nullopt) {
            replaceRow(work, file, std::move(*moved));
        } else {
            return probe(work, file, std::move(*handle));
        }
        const std::lock_guard lock(shared->mutex);
        ++progress.scanned;
        shared->fileDone(work);
    }

    // The file was known elsewhere; what was known here is gone, then.
    void replaceRow(UnitWork* work, UnitFile& file, FileRow moved) {
        if (file.row) {
            work->unit.gone.push_back(std::move(*file.row));
        }
        claimed.insert(moved.num);
        file.row = std::move(moved);
        file.contentChanged = false;
    }

    void settle(UnitWork* work, UnitFile& file, Result<core::MediaInfo> result) {
        const std::lock_guard lock(shared->mutex);
        ++progress.scanned;
        takeProbed(file, *work, std::move(result));
        shared->fileDone(work);
    }

    void probe(UnitWork* work, UnitFile& file, core::FileHandle handle) {
        {
            const std::lock_guard lock(shared->mutex);
            ++shared->inFlight;
        }
        // `progress` belongs to the scanner and outlives the job, but not a callback after shutdown: it is counted
        // only while the job waits.
        context.prober.probe(std::move(handle), file.name,
                             [state = shared, work, &file, counter = &progress](Result<core::MediaInfo> result) {
                                 const std::lock_guard lock(state->mutex);
                                 --state->inFlight;
                                 if (!state->stopped) {
                                     ++counter->scanned;
                                 }
                                 takeProbed(file, *work, std::move(result));
                                 state->fileDone(work);
                                 state->wake();
                             });
    }

    std::optional<FileRow> findMoved(const UnitFile& file) {
        auto rows = context.database.readValue<std::vector<FileRow>>(
            [&](core::db::Session& session) { return ScanStore(session).filesByFingerprint(file.fingerprint); });
        if (!rows) {
            return std::nullopt;
        }
        const FileRow* best = nullptr;
        for (const FileRow& row : *rows) {
            if (row.stamp.size != file.stamp.size || claimed.contains(row.num) || stillThere(row)) {
                continue;
            }
            const bool sameName = core::library::fileName(row.path) == file.name;
            best = !best || sameName ? &row : best;
            if (sameName) {
                break;
            }
        }
        return best ? std::optional(*best) : std::nullopt;
    }

    // Whether the known place of a row still has that file.
    bool stillThere(const FileRow& row) {
        if (row.state == "missing") {
            return false;
        }
        struct stat status;
        const bool here = row.libraryId == library.id;
        const std::string path = here ? row.path : otherLibrary(row.libraryId) + "/" + row.path;
        const int from = here ? root.get() : AT_FDCWD;
        const std::string sealed = path + std::string(core::kSealedSuffix);
        if (::fstatat(from, path.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
            return static_cast<std::int64_t>(status.st_size) == row.stamp.size;
        }
        if ((errno == ENOENT || errno == ENOTDIR) &&
            ::fstatat(from, sealed.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
            const auto size = core::clearSizeOfSealed(static_cast<std::uint64_t>(status.st_size));
            return size && static_cast<std::int64_t>(*size) == row.stamp.size;
        }
        return errno != ENOENT && errno != ENOTDIR;
    }

    const std::string& otherLibrary(const core::Id& id) {
        auto found = libraryPaths.find(id);
        if (found == libraryPaths.end()) {
            std::string path;
            (void)context.database.read([&](core::db::Session& session) -> Result<void> {
                return session.each("SELECT path FROM libraries WHERE id=?1", {std::string_view(id)},
                                    [&](const core::db::Row& row) {
                                        path = row.string(0);
                                        return false;
                                    });
            });
            found = libraryPaths.emplace(id, std::move(path)).first;
        }
        return found->second;
    }

    Result<std::string> textOf(const ScanUnit& unit, const WalkedFile& other, std::size_t most) {
        auto file = core::openBeneath(root, unit.path.empty() ? other.name : unit.path + "/" + other.name);
        return file ? marea::server::readAll(*file, most) : Result<std::string>(core::unexpected(file.error()));
    }

    void readNfos(ScanUnit& unit) {
        for (const WalkedFile& other : unit.others) {
            if (core::library::extension(other.name) != "nfo") {
                continue;
            }
            const auto text = textOf(unit, other, kMaxNfoBytes);
            auto nfo = text ? core::library::parseNfo(*text) : std::nullopt;
            if (nfo) {
                unit.nfos.emplace(other.name, std::move(*nfo));
            }
        }
    }

    void readVobSubs(ScanUnit& unit) {
        for (const WalkedFile& other : unit.others) {
            if (core::library::extension(other.name) != "idx") {
                continue;
            }
            if (const auto text = textOf(unit, other, core::library::kMostVobSubIndex)) {
                unit.languages.emplace(other.name, languagesText(core::library::vobSubIndex(*text, false)));
            }
        }
    }

    // The writing side

    void writeLoop() {
        for (;;) {
            std::vector<UnitWork*> batch = nextBatch();
            if (batch.empty()) {
                return;
            }
            if (auto done = writeBatch(batch); !done) {
                const std::lock_guard lock(shared->mutex);
                shared->error = done.error();
                shared->wake();
                return;
            }
        }
    }

    // Empty: there is nothing more to write.
    std::vector<UnitWork*> nextBatch() {
        std::unique_lock lock(shared->mutex);
        auto deadline = std::chrono::steady_clock::time_point::max();
        while (!shared->lastOnesIn() && shared->readyFiles < context.options.batchFiles) {
            if (!shared->ready.empty() && deadline == std::chrono::steady_clock::time_point::max()) {
                deadline = std::chrono::steady_clock::now() + kMaxBatchWait;
            }
            if (!shared->ready.empty() && std::chrono::steady_clock::now() >= deadline) {
                break;
            }
            shared->work.wait_for(lock, std::chrono::milliseconds(100));
        }
        std::vector<UnitWork*> batch;
        std::size_t files = 0;
        // Units without reading (renames, losses) go together, so that a whole renamed folder is seen as one change.
        while (!shared->ready.empty() &&
               (files < context.options.batchFiles || (shared->ready.front()->toRead.empty() && files < 5000))) {
            batch.push_back(shared->ready.front());
            files += batch.back()->unit.files.size() + 1;
            shared->ready.pop_front();
        }
        shared->readyFiles -= files;
        shared->room.notify_all();
        return batch;
    }

    Result<void> writeBatch(const std::vector<UnitWork*>& batch) {
        std::vector<ScanUnit> units;
        units.reserve(batch.size());
        for (UnitWork* work : batch) {
            summary.written += static_cast<std::int64_t>(work->toRead.size());
            units.push_back(std::move(work->unit));
        }
        summary.wrote = true;
        const Writing writing(context.writing);
        return context.database.write(
            [&](core::db::Session& session) { return applyUnits(session, units, context.clock.now()); });
    }
};

ScanJob::ScanJob(const Context& context, ScanLibrary library, std::optional<std::set<std::string>> folders,
                 const std::atomic<bool>& stop, ScanProgress& progress)
    : impl_(new Impl{context,
                     std::move(library),
                     std::move(folders),
                     stop,
                     progress,
                     {},
                     false,
                     std::make_shared<Shared>(context.options.probesInFlight, context.options.batchFiles),
                     {},
                     {},
                     {}}) {}

ScanJob::~ScanJob() = default;

Result<ScanSummary> ScanJob::run() {
    return impl_->run();
}

}  // namespace marea::server
