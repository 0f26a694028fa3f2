#include "server/farm/rungjobs.h"

#include "server/farm/measuring.h"
#include "server/farm/runningticket.h"
#include "server/packaging/rungplan.h"

namespace marea::server {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr int kAttempts = 3;

NewJob jobFor(const core::PictureFile& file) {
    NewJob job;
    job.kind = RungJobs::kKind;
    job.key = file.content;
    job.maxAttempts = kAttempts;
    job.payload = {{"name", file.name}};
    return job;
}

// One job under way: sample after sample, each asked for when the one before it has come.
class RungMeasuring : public std::enable_shared_from_this<RungMeasuring> {
public:
    RungMeasuring(LibraryPictures& pictures, QualityMeasurer& measurer, const Job& job,
                  std::shared_ptr<JobContext> context, FarmRunner::Done done)
        : pictures_(pictures),
          measurer_(measurer),
          content_(job.key),
          context_(std::move(context)),
          done_(std::move(done)) {}

    void start() {
        const auto info = pictures_.info(content_);
        if (!info) {
            return done_(unexpected<Error>(info.error()));
        }
        plan_ = rungPlan(*info);
        context_->onCancel([self = weak_from_this()] {
            if (const auto measuring = self.lock()) {
                measuring->ticket_.callOff();
            }
        });
        next();
    }

private:
    void next() {
        if (context_->cancelled()) {
            return done_(core::fail(ErrorCode::Cancelled, "Called off."));
        }
        if (plan_.empty() || qualities_.size() == plan_.samples.size()) {
            return finish({});
        }
        context_->progress(static_cast<double>(qualities_.size()) / static_cast<double>(plan_.samples.size()));
        ask();
    }

    void ask() {
        auto source = pictures_.open(content_);
        if (!source) {
            return done_(unexpected<Error>(source.error()));
        }
        const Cut& sample = plan_.samples[qualities_.size()];
        SegmentSpec spec{plan_.tracks, SegmentFormat::Mp4, 0, sample.from, sample.to};
        ticket_.hold(
            measurer_.qualities(std::move(*source), std::move(spec), SegmentMaker::Urgency::Batch,
                                [self = shared_from_this()](Result<std::vector<double>> got) { self->take(got); }));
    }

    void take(Result<std::vector<double>>& got) {
        if (!got) {
            return isOfTheFile(got.error()) ? finish(got.error().text) : done_(unexpected<Error>(got.error()));
        }
        qualities_.push_back(std::move(*got));
        next();
    }

    void finish(const std::string& problem) {
        const auto rungs = problem.empty() ? rungMeasures(plan_, qualities_) : std::vector<core::RungMeasure>();
        auto kept = pictures_.keep(content_, rungs, problem);
        core::json::object told{{"rungs", rungs.size()}};
        if (!problem.empty()) {
            told["problem"] = problem;
        }
        done_(kept ? Result<core::json::value>(std::move(told)) : unexpected<Error>(kept.error()));
    }

    LibraryPictures& pictures_;
    QualityMeasurer& measurer_;
    const std::string content_;
    const std::shared_ptr<JobContext> context_;
    const FarmRunner::Done done_;
    RungPlan plan_;
    std::vector<std::vector<double>> qualities_;  // of the samples so far
    RunningTicket<QualityMeasurer> ticket_{measurer_};
};

}  // namespace

RungJobs::RungJobs(JobQueue& queue, LibraryPictures& pictures, QualityMeasurer& measurer,
                   std::shared_ptr<core::Logger> logger)
    : queue_(queue), pictures_(pictures), measurer_(measurer), logger_(std::move(logger)) {}

Result<std::int64_t> RungJobs::queuePage(const std::vector<core::PictureFile>& page) {
    std::vector<NewJob> wanted;
    for (const core::PictureFile& file : page) {
        if (!rungPlan(file.info).empty() && seen_.insert(file.content).second) {
            wanted.push_back(jobFor(file));
        }
    }
    return wanted.empty() ? Result<std::int64_t>(0) : queue_.addNew(wanted);
}

Result<std::int64_t> RungJobs::queueMissing() {
    if (auto done = swept_ ? Result<void>() : pictures_.sweep(); !done) {
        return unexpected<Error>(done.error());
    }
    swept_ = true;
    const auto added =
        queuePages([this](std::int64_t after, std::int64_t limit) { return pictures_.unmeasured(after, limit); },
                   [this](const auto& page) { return queuePage(page); });
    if (!added) {
        seen_.clear();  // once more, next time
        return added;
    }
    if (*added > 0) {
        logger_->info("farm.rungs_queued", {{"jobs", *added}});
    }
    return added;
}

FarmRunner::Handler RungJobs::handler() {
    return [this](const Job& job, std::shared_ptr<JobContext> context, FarmRunner::Done done) {
        std::make_shared<RungMeasuring>(pictures_, measurer_, job, std::move(context), std::move(done))->start();
    };
}

}  // namespace marea::server
