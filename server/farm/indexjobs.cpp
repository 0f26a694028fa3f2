#include "server/farm/indexjobs.h"

#include "server/farm/measuring.h"
#include "server/farm/runningticket.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr int kReadAttempts = 3;

NewJob jobFor(const IndexedFilm& film) {
    NewJob job;
    job.kind = IndexJobs::kKind;
    job.key = film.fingerprint;
    job.maxAttempts = kReadAttempts;
    job.payload = {{"file", film.file}, {"name", film.name}};
    return job;
}

core::Id fileOf(const Job& job) {
    const auto* file = job.payload.if_contains("file");
    return file && file->is_string() ? core::Id(file->get_string()) : core::Id();
}

Result<core::json::value> kept(StreamService& streams, const std::string& fingerprint,
                               const Result<MediaIndex>& index) {
    if (!index) {
        return unexpected<core::Error>(index.error());
    }
    streams.keepIndex(fingerprint, *index);
    std::size_t keyframes = 0;
    for (const TrackIndex& track : index->tracks) {
        keyframes += track.keyframes.size();
    }
    return core::json::value(core::json::object{{"keyframes", keyframes}});
}

}  // namespace

IndexJobs::IndexJobs(JobQueue& queue, IndexedFilms& films, StreamService& streams, SegmentMaker& maker,
                     std::shared_ptr<core::Logger> logger)
    : queue_(queue), films_(films), streams_(streams), maker_(maker), logger_(std::move(logger)) {}

Result<std::int64_t> IndexJobs::queuePage(const std::vector<IndexedFilm>& page) {
    std::vector<NewJob> wanted;
    for (const IndexedFilm& film : page) {
        if (film.takesLong && seen_.insert(film.fingerprint).second && !streams_.hasIndex(film.fingerprint)) {
            wanted.push_back(jobFor(film));
        }
    }
    return wanted.empty() ? Result<std::int64_t>(0) : queue_.addNew(wanted);
}

Result<std::int64_t> IndexJobs::queueMissing() {
    const auto added = queuePages([this](std::int64_t after, std::int64_t limit) { return films_.films(after, limit); },
                                  [this](const auto& page) { return queuePage(page); });
    if (!added) {
        seen_.clear();  // once more, next time
        return added;
    }
    if (*added > 0) {
        logger_->info("farm.indexes_queued", {{"jobs", *added}});
    }
    return added;
}

FarmRunner::Handler IndexJobs::handler() {
    return [this](const Job& job, std::shared_ptr<JobContext> context, FarmRunner::Done done) {
        if (streams_.hasIndex(job.key)) {  // by somebody who watched it meanwhile
            return done(core::json::value(core::json::object()));
        }
        auto source = films_.open(fileOf(job));
        if (!source || source->fingerprint != job.key) {
            return done(source ? core::fail(ErrorCode::NotFound, "The file has changed since.")
                               : unexpected<core::Error>(source.error()));
        }
        const auto ticket = std::make_shared<RunningTicket<SegmentMaker>>(maker_);  // until the answer has come
        context->onCancel([weak = std::weak_ptr(ticket)] {
            if (const auto running = weak.lock()) {
                running->callOff();
            }
        });
        ticket->hold(maker_.index(std::move(*source), IndexDepth::Whole, SegmentMaker::Urgency::Batch,
                                  [this, ticket, context, fingerprint = job.key, done = std::move(done)](
                                      const Result<MediaIndex>& index) { done(kept(streams_, fingerprint, index)); }));
        if (context->cancelled()) {  // before there was a ticket
            ticket->callOff();
        }
    };
}

}  // namespace marea::server
