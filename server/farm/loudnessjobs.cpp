#include "server/farm/loudnessjobs.h"

#include <algorithm>

#include "server/farm/measuring.h"
#include "server/farm/runningticket.h"

namespace marea::server {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr int kAttempts = 3;
constexpr std::int64_t kPart = 10 * 60 * core::kLoudnessStepsPerSecond;
constexpr std::int64_t kMostSteps = std::int64_t{24 * 3600} * core::kLoudnessStepsPerSecond;  // of a stream

NewJob jobFor(const core::SoundFile& file) {
    NewJob job;
    job.kind = LoudnessJobs::kKind;
    job.key = file.content;
    job.maxAttempts = kAttempts;
    job.payload = {{"name", file.name},
                   {"duration", file.duration},
                   {"streams", core::json::array(file.streams.begin(), file.streams.end())}};
    return job;
}

std::vector<int> streamsOf(const core::json::object& payload) {
    std::vector<int> streams;
    const auto* list = payload.if_contains("streams");
    for (const auto& value : list && list->is_array() ? list->get_array() : core::json::array()) {
        if (value.is_int64()) {
            streams.push_back(static_cast<int>(value.get_int64()));
        }
    }
    return streams;
}

double secondsOf(const core::json::object& payload) {
    const auto* value = payload.if_contains("duration");
    return value && value->is_number() ? std::max(value->to_number<double>(), 1.0) : 1.0;
}

// One job under way: stream after stream, part after part, each asked for when the one before it has come.
class LoudnessMaking : public std::enable_shared_from_this<LoudnessMaking> {
public:
    LoudnessMaking(LibrarySounds& sounds, SoundMeasurer& measurer, const Job& job, std::shared_ptr<JobContext> context,
                   FarmRunner::Done done)
        : sounds_(sounds),
          measurer_(measurer),
          content_(job.key),
          streams_(streamsOf(job.payload)),
          seconds_(secondsOf(job.payload)),
          context_(std::move(context)),
          done_(std::move(done)) {}

    void start() {
        if (streams_.empty()) {
            return done_(core::fail(ErrorCode::Invalid, "There is nothing to measure."));
        }
        context_->onCancel([self = weak_from_this()] {
            if (const auto making = self.lock()) {
                making->ticket_.callOff();
            }
        });
        next();
    }

private:
    void next() {
        const double part = std::min(static_cast<double>(from_) / core::kLoudnessStepsPerSecond / seconds_, 1.0);
        const auto count = static_cast<double>(streams_.size());
        context_->progress((static_cast<double>(measures_.size()) + part) / count);
        if (context_->cancelled()) {
            return done_(core::fail(ErrorCode::Cancelled, "Called off."));
        }
        if (measures_.size() < streams_.size()) {
            return ask();
        }
        auto kept = sounds_.keep(content_, measures_);
        done_(kept ? Result<core::json::value>(summary()) : unexpected<Error>(kept.error()));
    }

    void ask() {
        auto source = sounds_.open(content_);
        if (!source) {
            return done_(unexpected<Error>(source.error()));
        }
        const core::LoudnessWish wish{streams_[measures_.size()], from_, kPart, from_ == 0 && measures_.empty()};
        ticket_.hold(
            measurer_.loudness(std::move(*source), wish, SegmentMaker::Urgency::Batch,
                               [self = shared_from_this()](Result<core::LoudnessPart> part) { self->take(part); }));
    }

    void take(const Result<core::LoudnessPart>& part) {
        if (!part && !isOfTheFile(part.error())) {
            return done_(unexpected<Error>(part.error()));
        }
        if (part) {
            meter_.add(*part);
            from_ += kPart;
        }
        if (!part || part->isLast || from_ >= kMostSteps) {
            measures_.push_back({streams_[measures_.size()], meter_.result(), part ? "" : part.error().text});
            meter_ = core::LoudnessMeter();
            from_ = 0;
        }
        next();
    }

    core::json::value summary() const {
        const core::SoundMeasure& main = measures_.front();
        core::json::object out{{"streams", measures_.size()}};
        if (main.result.loudness) {
            out["loudness"] = *main.result.loudness;
        }
        if (!main.problem.empty()) {
            out["problem"] = main.problem;
        }
        return out;
    }

    LibrarySounds& sounds_;
    SoundMeasurer& measurer_;
    const std::string content_;
    const std::vector<int> streams_;
    const double seconds_;
    const std::shared_ptr<JobContext> context_;
    const FarmRunner::Done done_;
    std::vector<core::SoundMeasure> measures_;
    core::LoudnessMeter meter_;
    std::int64_t from_ = 0;
    RunningTicket<SoundMeasurer> ticket_{measurer_};
};

}  // namespace

LoudnessJobs::LoudnessJobs(JobQueue& queue, LibrarySounds& sounds, SoundMeasurer& measurer,
                           std::shared_ptr<core::Logger> logger)
    : queue_(queue), sounds_(sounds), measurer_(measurer), logger_(std::move(logger)) {}

Result<std::int64_t> LoudnessJobs::queuePage(const std::vector<core::SoundFile>& page) {
    std::vector<NewJob> wanted;
    for (const core::SoundFile& file : page) {
        if (!file.streams.empty() && seen_.insert(file.content).second) {
            wanted.push_back(jobFor(file));
        }
    }
    return wanted.empty() ? Result<std::int64_t>(0) : queue_.addNew(wanted);
}

Result<std::int64_t> LoudnessJobs::queueMissing() {
    if (auto done = swept_ ? Result<void>() : sounds_.sweep(); !done) {
        return unexpected<Error>(done.error());
    }
    swept_ = true;
    if (auto done = sounds_.refresh(); !done) {
        return unexpected<Error>(done.error());
    }
    const auto added =
        queuePages([this](std::int64_t after, std::int64_t limit) { return sounds_.unmeasured(after, limit); },
                   [this](const auto& page) { return queuePage(page); });
    if (!added) {
        seen_.clear();  // once more, next time
        return added;
    }
    if (*added > 0) {
        logger_->info("farm.loudness_queued", {{"jobs", *added}});
    }
    return added;
}

FarmRunner::Handler LoudnessJobs::handler() {
    return [this](const Job& job, std::shared_ptr<JobContext> context, FarmRunner::Done done) {
        std::make_shared<LoudnessMaking>(sounds_, measurer_, job, std::move(context), std::move(done))->start();
    };
}

}  // namespace marea::server
