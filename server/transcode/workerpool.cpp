#include "server/transcode/workerpool.h"

#include <algorithm>

#include "server/transcode/patience.h"
#include "server/transcode/poolloop.h"
#include "server/transcode/requestcheck.h"

namespace marea::server {
namespace {

WorkerPoolOptions bounded(WorkerPoolOptions options) {
    options.count = std::clamp(options.count, 1, 64);
    options.maxPipelined = std::clamp<std::size_t>(options.maxPipelined, 1, maxDescriptorsPerMessage);
    return options;
}

// A name is a hint and need not be whole; a frame must fit.
std::string hint(std::string name) {
    constexpr std::size_t most = 1024;
    if (name.size() > most)
        name.erase(0, name.size() - most);  // the extension is at the end
    return core::cleanText(name, most);
}

Level levelOf(SegmentMaker::Urgency urgency) {
    switch (urgency) {
        case SegmentMaker::Urgency::Requested:
            return Level::Requested;
        case SegmentMaker::Urgency::Next:
            return Level::Next;
        case SegmentMaker::Urgency::Prefetch:
            return Level::Prefetch;
        case SegmentMaker::Urgency::Batch:
            break;
    }
    return Level::Batch;
}

template <class T>
JobPtr smallJob(core::FileHandle file, Level level, std::chrono::milliseconds timeout, Job::Done<T> done) {
    auto job = std::make_unique<Job>();
    job->file = std::move(file);
    job->done = std::move(done);
    job->level = level;
    job->timeout = timeout;
    return job;
}

// 0 where nothing is known: whoever reads it says what is wrong.
std::int64_t sizeOf(const core::FileHandle& file) {
    const auto status = core::status(file);
    return status ? status->size : 0;
}

std::optional<BesideFiles> besideOf(const SegmentSource& source) {
    if (!source.beside)
        return std::nullopt;
    return BesideFiles{source.beside->stream, source.beside->track,
                       static_cast<std::int32_t>(source.beside->files.size())};
}

// `allowed`: an error is told to the caller instead.
template <class Loop, class T>
SegmentMaker::Ticket submitLong(Loop& loop, SegmentSource source, Request request, SegmentMaker::Urgency urgency,
                                Job::Done<T> done, core::Result<void> allowed = {}) {
    constexpr int patience = 4;  // others go before it
    const bool isLow = loop.options().batchApart && urgency == SegmentMaker::Urgency::Batch;
    const auto timeout = patienceFor(loop.options(), request, sizeOf(source.file)) * (isLow ? patience : 1);
    JobPtr job = smallJob<T>(std::move(source.file), levelOf(urgency), timeout, std::move(done));
    job->request = std::move(request);
    job->fingerprint = std::move(source.fingerprint);
    if (source.beside)
        job->beside = std::move(source.beside->files);
    job->alone = true;
    const JobId id = jobOf(job->request);
    loop.submit(std::move(job), std::move(allowed));
    return id;
}

}  // namespace

WorkerPool::WorkerPool(WorkerPoolOptions options, core::Executor executor, std::shared_ptr<core::Logger> logger)
    : loop_(std::make_unique<Loop>(bounded(std::move(options)), std::move(executor), std::move(logger))) {}

WorkerPool::~WorkerPool() = default;

void WorkerPool::probe(core::FileHandle file, std::string name, Done<core::MediaInfo> done) {
    JobPtr job = smallJob<core::MediaInfo>(std::move(file), Level::Scan, loop_->options().jobTimeout, std::move(done));
    job->request = ProbeRequest{loop_->nextId(), hint(std::move(name))};
    loop_->submit(std::move(job));
}

void WorkerPool::probeNow(core::FileHandle file, std::string name, Done<core::MediaInfo> done) {
    JobPtr job =
        smallJob<core::MediaInfo>(std::move(file), Level::Interactive, loop_->options().jobTimeout, std::move(done));
    job->request = ProbeRequest{loop_->nextId(), hint(std::move(name))};
    loop_->submit(std::move(job));
}

void WorkerPool::image(core::FileHandle file, std::string name, int maxEdge, Done<core::Image> done) {
    JobPtr job =
        smallJob<core::Image>(std::move(file), Level::Interactive, loop_->options().jobTimeout, std::move(done));
    job->request = ImageRequest{loop_->nextId(), hint(std::move(name)), std::clamp(maxEdge, 1, 8192)};
    loop_->submit(std::move(job));
}

SegmentMaker::Ticket WorkerPool::index(SegmentSource source, IndexDepth depth, Urgency urgency, Done<MediaIndex> done) {
    IndexRequest request{loop_->nextId(), hint(source.name), depth};
    return submitLong(*loop_, std::move(source), std::move(request), urgency, std::move(done));
}

SegmentMaker::Ticket WorkerPool::segment(SegmentSource source, SegmentSpec spec, Urgency urgency,
                                         Done<std::string> done) {
    auto allowed = checkRequest(spec, besideOf(source));
    SegmentRequest request{loop_->nextId(), hint(source.name), std::move(spec), besideOf(source)};
    return submitLong(*loop_, std::move(source), std::move(request), urgency, std::move(done), std::move(allowed));
}

SegmentMaker::Ticket WorkerPool::ladder(SegmentSource source, SegmentSpec spec, Urgency urgency,
                                        Done<std::vector<std::string>> done) {
    auto allowed = checkLadder(spec, besideOf(source));
    LadderRequest request{loop_->nextId(), hint(source.name), std::move(spec), besideOf(source)};
    return submitLong(*loop_, std::move(source), std::move(request), urgency, std::move(done), std::move(allowed));
}

SegmentMaker::Ticket WorkerPool::subtitles(SegmentSource source, SubtitleWish wish, Urgency urgency,
                                           Done<std::string> done) {
    auto allowed = checkRequest(wish);
    if (wish.stream < 0)
        source.fingerprint.clear();  // not kept open
    SubtitleRequest request{loop_->nextId(), hint(source.name), std::move(wish)};
    return submitLong(*loop_, std::move(source), std::move(request), urgency, std::move(done), std::move(allowed));
}

SegmentMaker::Ticket WorkerPool::sprites(SegmentSource source, SpriteWish wish, Urgency urgency,
                                         Done<core::Image> done) {
    auto allowed = checkRequest(wish);
    SpriteRequest request{loop_->nextId(), hint(source.name), std::move(wish)};
    return submitLong(*loop_, std::move(source), std::move(request), urgency, std::move(done), std::move(allowed));
}

SegmentMaker::Ticket WorkerPool::loudness(SegmentSource source, core::LoudnessWish wish, Urgency urgency,
                                          Done<core::LoudnessPart> done) {
    auto allowed = checkRequest(wish);
    LoudnessRequest request{loop_->nextId(), hint(source.name), wish};
    return submitLong(*loop_, std::move(source), std::move(request), urgency, std::move(done), std::move(allowed));
}

SegmentMaker::Ticket WorkerPool::qualities(SegmentSource source, SegmentSpec spec, Urgency urgency,
                                           Done<std::vector<double>> done) {
    auto allowed = checkTrials(spec);
    QualityRequest request{loop_->nextId(), hint(source.name), std::move(spec)};
    return submitLong(*loop_, std::move(source), std::move(request), urgency, std::move(done), std::move(allowed));
}

void WorkerPool::cancel(Ticket ticket) {
    loop_->cancel(ticket, true);
}

void WorkerPool::withdraw(Ticket ticket) {
    loop_->cancel(ticket, false);
}

std::size_t WorkerPool::parallelism() const {
    return static_cast<std::size_t>(loop_->options().count) * loop_->options().maxPipelined;
}

WorkerPoolStatus WorkerPool::status() const {
    return loop_->status();
}

void WorkerPool::stop() {
    loop_->stop();
}

}  // namespace marea::server
