#include "server/host/filefarm.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

#include "marea_version.h"
#include "server/apps/downloads/downloadrules.h"
#include "server/farm/downloadfiles.h"
#include "server/farm/downloadjobs.h"
#include "server/farm/jobwork.h"
#include "server/gateway/workpool.h"
#include "server/host/datafolder.h"
#include "server/host/helperlock.h"
#include "server/host/process.h"
#include "server/stream/streamservice.h"
#include "server/transcode/workerpool.h"
#include "server/transcode/workerprocess.h"

namespace marea::server {

namespace fs = std::filesystem;
using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr int kErrors = 2;
constexpr int kPictureWidth = 960;  // pixels
constexpr std::chrono::milliseconds kLook{100};
constexpr std::chrono::hours kAbandoned{1};
constexpr std::int64_t kAnyBytes = std::int64_t{1} << 50;     // the disk is what bounds it
constexpr std::int64_t kIndexBytes = std::int64_t{64} << 20;  // of files in the making

}  // namespace

// Not of this file alone, as what uses them is not.
namespace filefarm {

// What another thread will say, once; of more than one answer the first counts.
template <class T>
class Awaited {
public:
    void put(Result<T> result) {
        const std::lock_guard lock(mutex_);
        if (!result_) {
            result_ = std::move(result);
        }
        changed_.notify_all();
    }
    Result<T> take(const std::function<bool()>& isCancelled) {
        std::unique_lock lock(mutex_);
        while (!isCancelled()) {
            if (changed_.wait_for(lock, kLook, [this] { return result_.has_value(); })) {
                return std::move(*result_);
            }
        }
        return core::fail(ErrorCode::Cancelled, "Called off.");
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Result<T>> result_;
};

// The files in the making, as the farm's titles.
class FilesInHand final : public DownloadLibrary {
public:
    explicit FilesInHand(core::Prober& prober) : prober_(prober) {}

    void put(const core::Id& id, Opened opened) {
        const std::lock_guard lock(mutex_);
        files_.insert_or_assign(id, std::move(opened));
    }
    void forget(const core::Id& id) {
        const std::lock_guard lock(mutex_);
        files_.erase(id);
    }

    Result<Opened> open(const DownloadOrder& order) override {
        const std::lock_guard lock(mutex_);
        const auto found = files_.find(order.media);
        return found == files_.end() ? core::fail(ErrorCode::NotFound, "The file is gone.")
                                     : Result<Opened>(found->second);
    }
    void cover(const DownloadOrder& order, std::function<void(std::string, std::string)> done) override {
        const auto opened = open(order);
        if (!opened || !opened->title->info.hasCover) {
            return done({}, {});
        }
        auto file = opened->title->handle.duplicate();
        if (!file) {
            return done({}, {});
        }
        prober_.image(
            std::move(*file), opened->title->name, kPictureWidth, [done = std::move(done)](Result<core::Image> image) {
                image ? done(image->mimeType, std::string(image->bytes.begin(), image->bytes.end())) : done({}, {});
            });
    }
    Result<StreamTitlePtr> openSidecar(const DownloadOrder&, std::size_t) override {
        return core::fail(ErrorCode::NotFound, "The subtitles are gone.");
    }

private:
    core::Prober& prober_;
    std::mutex mutex_;
    std::map<core::Id, Opened> files_;
};

}  // namespace filefarm

using filefarm::Awaited;
using filefarm::FilesInHand;

namespace {

WorkerPoolOptions workersOf(const std::string& program, int cores) {
    WorkerPoolOptions options;
    options.programPath = program;
    options.arguments = {lowPriorityOption};
    options.count = cores + 1;  // long work leaves one free, which looks into the next files
    options.batchApart = false;
    return options;
}

StreamOptions streamsIn(const std::string& folder) {
    StreamOptions options;
    options.folder = folder + "/cache";
    options.build = thisBuild();
    options.segmentBytes = options.titleBytes = kIndexBytes;
    return options;
}

// Those of programs that were killed: nobody holds their lock, and not because it is only just being made.
void removeAbandoned(const std::string& folder) {
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::error_code problem;
        const auto written = it->last_write_time(problem);
        if (!problem && fs::file_time_type::clock::now() - written > kAbandoned &&
            DataFolderLock::take(it->path().string())) {
            fs::remove_all(it->path(), problem);
        }
    }
}

}  // namespace

struct FileFarm::Parts {
    Parts(const std::string& program, int forCores, std::string own, DataFolderLock held)
        : cores(forCores),
          folder(std::move(own)),
          lock(std::move(held)),
          threads(std::make_unique<WorkPool>(static_cast<std::size_t>(cores), 1)),
          workers(workersOf(program, cores), threads->executor(), logger),
          streams(streamsIn(folder), workers, logger),
          files(folder + "/downloads", kAnyBytes),
          inHand(workers),
          jobs(DownloadJobs::Parts{files, inHand, streams, workers}) {}
    // What was given up may still be under way: it ends before what it works with.
    ~Parts() {
        workers.stop();
        threads.reset();
    }

    const std::shared_ptr<core::Logger> logger =
        core::makeLogger(kErrors, core::LogFormat::Text, core::LogLevel::Warning);
    const int cores;
    const std::string folder;
    const DataFolderLock lock;
    std::unique_ptr<WorkPool> threads;
    WorkerPool workers;
    StreamService streams;
    DownloadFiles files;
    FilesInHand inHand;
    DownloadJobs jobs;
};

// One file. What it asked for may outlive it, where it was called off.
class FileFarm::Making {
public:
    Making(Parts& parts, Wish wish, const std::function<bool()>& isCancelled)
        : parts_(parts), wish_(std::move(wish)), isCancelled_(isCancelled) {}

    Result<void> run(const std::string& path) {
        auto wished = downloadWish(wish_.quality, wish_.format, {}, {});
        auto info = wished ? look() : unexpected<core::Error>(wished.error());
        const auto possible = info ? checkDownload(*wished, *info) : unexpected<core::Error>(info.error());
        if (!possible) {
            return unexpected<core::Error>(possible.error());
        }
        const DownloadOrder order{id_, id_, id_, id_, wish_.name, std::move(*wished)};
        const std::string key = downloadKey(order, thisBuild());
        parts_.inHand.put(id_, opened(std::move(*info)));
        auto made = make(DownloadJobs::job(order, key));
        return made ? move(parts_.folder + "/downloads/files/" + key, path) : made;
    }

private:
    Result<core::MediaInfo> look() {
        auto file = wish_.file.duplicate();
        if (!file) {
            return unexpected<core::Error>(file.error());
        }
        auto answer = std::make_shared<Awaited<core::MediaInfo>>();
        parts_.workers.probe(std::move(*file), wish_.name,
                             [answer](Result<core::MediaInfo> info) { answer->put(std::move(info)); });
        return answer->take(isCancelled_);
    }

    DownloadLibrary::Opened opened(core::MediaInfo info) {
        auto title = std::make_shared<StreamTitle>();
        title->user = title->title = title->file = title->fingerprint = id_;
        title->handle = std::move(wish_.file);
        title->name = wish_.name;
        title->info = std::move(info);
        DownloadLibrary::Opened opened{title, {}, title->info.chapters};
        opened.tags.tags = title->info.tags;
        opened.tags.encodedBy = std::string("Marea ") + MAREA_VERSION;
        return opened;
    }

    Result<void> make(const NewJob& wanted) {
        Job job;
        job.kind = wanted.kind;
        job.key = wanted.key;
        job.payload = wanted.payload;
        job.attempts = job.maxAttempts = 1;
        auto answer = std::make_shared<Awaited<core::json::value>>();
        // Called back or dropped: both are an answer.
        std::shared_ptr<void> dropped(
            nullptr, [answer](void*) { answer->put(core::fail(ErrorCode::Internal, "Something went wrong.")); });
        auto work = std::make_shared<JobWork>();
        parts_.jobs.handler()(job, work,
                              [answer, dropped = std::move(dropped), files = &parts_.inHand, id = id_](auto result) {
                                  files->forget(id);
                                  answer->put(std::move(result));
                              });
        auto result = answer->take(isCancelled_);
        if (isCancelled_()) {
            work->cancel();
        }
        return result ? Result<void>() : unexpected<core::Error>(result.error());
    }

    static Result<void> move(const std::string& from, const std::string& to) {
        std::error_code error;
        fs::rename(from, to, error);
        return error ? core::fail(ErrorCode::Io, "The encoded file cannot be kept.", error.message()) : Result<void>();
    }

    Parts& parts_;
    Wish wish_;
    const std::function<bool()>& isCancelled_;
    const core::Id id_ = core::newId();
};

FileFarm::FileFarm(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

FileFarm::~FileFarm() {
    const std::string folder = parts_->folder;
    parts_.reset();
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}

Result<std::unique_ptr<FileFarm>> FileFarm::open(const Options& options) {
    const std::string program =
        options.workerProgram.empty() ? programFolder() + "/marea-worker" : options.workerProgram;
    std::error_code error;
    if (!fs::exists(program, error)) {
        return core::fail(ErrorCode::NotFound, "The media worker is not there.", program);
    }
    const std::string own = options.folder + "/" + core::newId();
    removeAbandoned(options.folder);
    auto made = makeDataFolder(own);
    auto lock = made ? DataFolderLock::take(own) : unexpected<core::Error>(made.error());
    if (!lock) {
        return unexpected<core::Error>(lock.error());
    }
    const int cores = std::max(options.cores, 1);
    return std::unique_ptr<FileFarm>(new FileFarm(std::make_unique<Parts>(program, cores, own, std::move(*lock))));
}

core::Prober& FileFarm::prober() {
    return parts_->workers;
}

// Each asks for two pieces at a time, and while it is put together for none.
std::size_t FileFarm::atOnce() const {
    return static_cast<std::size_t>(parts_->cores) / 2 + 1;
}

Result<void> FileFarm::make(Wish wish, const std::string& path, const std::function<bool()>& isCancelled) {
    return Making(*parts_, std::move(wish), isCancelled).run(path);
}

}  // namespace marea::server
