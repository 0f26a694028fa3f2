#include "server/farm/preparedjobs.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "server/farm/preparedtasks.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr int kAttempts = 5;
constexpr std::size_t kAtOnce = 2;  // asked of workers together

std::string textOf(const core::json::object& payload, std::string_view name) {
    const auto* value = payload.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t numberOf(const core::json::object& payload, std::string_view name) {
    const auto* value = payload.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

core::unexpected<core::Error> notWished() {
    return core::fail(ErrorCode::NotFound, "This film is no longer to be made ahead like that.");
}

// One job under way: a turn's tasks, a few of them at once.
class PreparedMaking : public std::enable_shared_from_this<PreparedMaking> {
public:
    PreparedMaking(PreparedJobs::Parts parts, const Job& job, std::shared_ptr<JobContext> context,
                   FarmRunner::Done done)
        : parts_(std::move(parts)),
          id_(textOf(job.payload, "prepared")),
          number_(numberOf(job.payload, "number")),
          context_(std::move(context)),
          done_(std::move(done)) {}

    void start() {
        context_->onCancel([self = weak_from_this()] {
            if (const auto making = self.lock()) {
                making->callOff();
            }
        });
        auto opened = open();
        if (!opened) {
            return fail(opened.error());
        }
        parts_.streams.index(title_, [self = shared_from_this()](Result<TitleStore::IndexPtr> index) {
            auto listed = index ? self->list(**index) : Result<void>(unexpected<core::Error>(index.error()));
            listed ? self->next() : self->fail(listed.error());
        });
    }

private:
    Result<void> open() {
        auto row = parts_.store.find(id_);
        if (!row) {
            return unexpected<core::Error>(row.error());
        }
        if (!*row || (*row)->build != parts_.build) {
            return notWished();
        }
        row_ = std::move(**row);
        if (auto held = parts_.holds.refresh(); !held) {  // before a piece is found to be there
            return held;
        }
        auto title = parts_.titles.open(row_.userId, row_.mediaId, row_.fileId);
        if (!title) {
            return unexpected<core::Error>(title.error());
        }
        if ((*title)->fingerprint != row_.content.fingerprint) {
            return core::fail(ErrorCode::NotFound, "The file has changed since.");
        }
        title_ = std::move(*title);
        return {};
    }

    Result<void> list(const MediaIndex& index) {
        std::vector<std::vector<StreamService::Piece>> renditions;
        for (const HeldRendition& rendition : row_.content.renditions) {
            auto pieces = parts_.streams.piecesOf(title_, index, rendition);
            if (!pieces) {
                return unexpected<core::Error>(pieces.error());
            }
            renditions.push_back(std::move(*pieces));
        }
        tasks_ = preparedTasks(renditions);
        return {};
    }

    // Asks for tasks until enough are under way; ends the turn when all of its own are there.
    void next() {
        while (true) {
            std::optional<std::size_t> chosen;
            {
                const std::lock_guard lock(mutex_);
                if (isOver_ || underWay_ >= kAtOnce) {
                    return;
                }
                if (next_ < tasks_.size() && asked_ < parts_.turn) {
                    chosen = next_++;
                    ++underWay_;
                } else if (underWay_ > 0) {
                    return;
                } else {
                    isOver_ = true;  // nobody else comes here again
                }
            }
            if (!chosen) {
                return endTurn();
            }
            context_->progress(progress());
            if (!ask(*chosen)) {
                const std::lock_guard lock(mutex_);
                --underWay_;
            }
        }
    }

    double progress() {
        const std::lock_guard lock(mutex_);
        const std::size_t there = next_ - std::min(underWay_, next_);
        return static_cast<double>(there) / static_cast<double>(tasks_.size() + 1);
    }

    // Whether something of it has to be made.
    bool ask(std::size_t number) {
        if (context_->cancelled()) {
            fail({ErrorCode::Cancelled, "", "Called off."});
            return false;
        }
        PreparedTask task = missingOf(tasks_[number]);
        if (task.keys.empty()) {
            return false;
        }
        auto source = title_->source();
        if (!source) {
            fail(source.error());
            return false;
        }
        {
            const std::lock_guard lock(mutex_);
            ++asked_;
        }
        const auto ticket = begin(std::move(*source), std::move(task));
        bool isLate = false;  // whoever called the others off did not know of it
        {
            const std::lock_guard lock(mutex_);
            tickets_.push_back(ticket);
            isLate = isOver_;
        }
        if (isLate || context_->cancelled()) {
            callOff();
        }
        return true;
    }

    // Playback may have made some of it.
    PreparedTask missingOf(const PreparedTask& task) const {
        PreparedTask missing = task;
        missing.keys.clear();
        missing.spec.tracks.clear();
        for (std::size_t i = 0; i < task.keys.size(); ++i) {
            if (!parts_.streams.contains(task.keys[i])) {
                missing.keys.push_back(task.keys[i]);
                if (task.isLadder) {
                    missing.spec.tracks.push_back(task.spec.tracks[i]);
                }
            }
        }
        if (!task.isLadder) {
            missing.spec.tracks = task.spec.tracks;  // of one piece, perhaps several
        }
        return missing;
    }

    SegmentMaker::Ticket begin(SegmentSource source, PreparedTask task) {
        constexpr auto urgency = SegmentMaker::Urgency::Batch;
        const auto self = shared_from_this();
        if (!task.isLadder) {
            return parts_.maker.segment(std::move(source), task.spec, urgency,
                                        [self, keys = task.keys](Result<std::string> bytes) {
                                            std::vector<std::string> all;
                                            if (bytes) {
                                                all.push_back(std::move(*bytes));
                                            }
                                            self->take(keys, bytes ? Result<std::vector<std::string>>(std::move(all))
                                                                   : unexpected<core::Error>(bytes.error()));
                                        });
        }
        return parts_.maker.ladder(std::move(source), task.spec, urgency,
                                   [self, keys = task.keys](Result<std::vector<std::string>> segments) {
                                       self->take(keys, std::move(segments));
                                   });
    }

    void take(const std::vector<CacheKey>& keys, Result<std::vector<std::string>> segments) {
        if (!segments || segments->size() != keys.size()) {
            return fail(segments ? core::Error{ErrorCode::Internal, "another number of rungs", ""} : segments.error());
        }
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (auto kept = parts_.streams.keep(keys[i], std::move((*segments)[i])); !kept) {
                return fail(kept.error());
            }
        }
        {
            const std::lock_guard lock(mutex_);
            --underWay_;
        }
        next();
    }

    void endTurn() {
        auto ended = next_ < tasks_.size() ? goOnLater() : finish();
        done_(ended ? Result<core::json::value>(core::json::object{{"made", asked_}})
                    : unexpected<core::Error>(ended.error()));
    }

    Result<void> goOnLater() {
        auto job = PreparedJobs::queue(parts_.queue, row_, number_ + 1);
        return job ? parts_.store.setJob(id_, *job, progress(), parts_.clock->now())
                   : Result<void>(unexpected<core::Error>(job.error()));
    }

    // A cache that lost something meanwhile (a wipe, a full disk) has it made in another turn.
    Result<void> finish() {
        const auto stored = parts_.streams.stored(row_.content);
        if (stored.missing > 0) {
            return core::fail(ErrorCode::Io, "Parts of the film were lost while others were made.",
                              std::to_string(stored.missing) + " pieces");
        }
        return parts_.store.finished(id_, stored.bytes, parts_.clock->now());
    }

    void fail(const core::Error& error) {
        {
            const std::lock_guard lock(mutex_);
            if (std::exchange(isOver_, true)) {
                return;
            }
        }
        callOff();
        done_(unexpected<core::Error>(error));
    }

    void callOff() {
        std::vector<SegmentMaker::Ticket> tickets;
        {
            const std::lock_guard lock(mutex_);
            tickets.swap(tickets_);
        }
        for (const auto ticket : tickets) {
            parts_.maker.cancel(ticket);
        }
    }

    const PreparedJobs::Parts parts_;
    const core::Id id_;
    const std::int64_t number_;
    const std::shared_ptr<JobContext> context_;
    const FarmRunner::Done done_;
    PreparedRow row_;
    StreamTitlePtr title_;
    std::vector<PreparedTask> tasks_;

    std::mutex mutex_;  // guards all below
    std::size_t next_ = 0, underWay_ = 0, asked_ = 0;
    bool isOver_ = false;  // the turn ended, or failed
    std::vector<SegmentMaker::Ticket> tickets_;
};

}  // namespace

Result<core::Id> PreparedJobs::queue(JobQueue& queue, const PreparedRow& row, std::int64_t number) {
    NewJob job;
    job.kind = kKind;
    job.key = row.id + "/" + std::to_string(number);
    job.userId = row.userId;
    job.maxAttempts = kAttempts;
    job.payload = {{"prepared", row.id}, {"name", row.name}, {"number", number}};
    auto added = queue.add(job);
    if (!added) {
        job.userId.reset();
        added = queue.add(job);
    }
    return added;
}

FarmRunner::Handler PreparedJobs::handler() {
    return [parts = parts_](const Job& job, std::shared_ptr<JobContext> context, FarmRunner::Done done) {
        std::make_shared<PreparedMaking>(parts, job, std::move(context), std::move(done))->start();
    };
}

}  // namespace marea::server
