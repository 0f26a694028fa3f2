#include "server/farm/spritejobs.h"

#include "server/farm/runningticket.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr std::int64_t kPage = 500;
constexpr int kAttempts = 3;

NewJob jobFor(const SpriteFilm& film) {
    NewJob job;
    job.kind = SpriteJobs::kKind;
    job.key = film.fingerprint;
    job.maxAttempts = kAttempts;
    job.payload = {{"file", film.file},
                   {"name", film.name},
                   {"interval", film.plan.every},
                   {"tiles", film.plan.tiles},
                   {"tile_height", film.plan.tileHeight}};
    return job;
}

std::int64_t numberOf(const core::json::object& payload, std::string_view name) {
    const auto* value = payload.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

SpritePlan planOf(const core::json::object& payload) {
    SpritePlan plan;
    plan.every = numberOf(payload, "interval");
    plan.tiles = static_cast<int>(numberOf(payload, "tiles"));
    plan.tileHeight = static_cast<int>(numberOf(payload, "tile_height"));
    return plan;
}

// One job under way: sheet after sheet, each asked of the maker when the one before it is on the disk.
class SpriteMaking : public std::enable_shared_from_this<SpriteMaking> {
public:
    SpriteMaking(SpriteStore& store, SpriteFilms& films, SegmentMaker& maker, const Job& job,
                 std::shared_ptr<JobContext> context, FarmRunner::Done done)
        : store_(store),
          films_(films),
          maker_(maker),
          key_(job.key),
          context_(std::move(context)),
          done_(std::move(done)) {
        if (const auto* file = job.payload.if_contains("file"); file && file->is_string()) {
            file_ = core::Id(file->get_string());
        }
        plan_ = planOf(job.payload);
    }

    void start() {
        if (file_.empty() || plan_.sheets() <= 0) {
            return done_(core::fail(ErrorCode::Invalid, "There is nothing to make thumbnails of."));
        }
        if (auto begun = store_.begin(key_, plan_); !begun) {
            return done_(unexpected<core::Error>(begun.error()));
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
        const auto sheets = static_cast<std::size_t>(plan_.sheets());
        while (sheet_ < sheets && store_.contains(key_, sheet_)) {
            ++sheet_;
        }
        context_->progress(static_cast<double>(sheet_) / static_cast<double>(sheets));
        if (context_->cancelled()) {
            return done_(core::fail(ErrorCode::Cancelled, "Called off."));
        }
        if (sheet_ < sheets) {
            return ask();
        }
        auto ended = store_.end(key_);
        done_(ended ? Result<core::json::value>(core::json::object{{"sheets", sheets}})
                    : unexpected<core::Error>(ended.error()));
    }

    void ask() {
        auto source = films_.open(file_);
        if (!source) {
            return done_(unexpected<core::Error>(source.error()));
        }
        if (source->fingerprint != key_) {
            return done_(core::fail(ErrorCode::NotFound, "The file has changed since."));
        }
        ticket_.hold(maker_.sprites(
            std::move(*source), spriteSheet(plan_, static_cast<int>(sheet_)), SegmentMaker::Urgency::Batch,
            [self = shared_from_this()](Result<core::Image> image) { self->take(std::move(image)); }));
    }

    void take(Result<core::Image> image) {
        if (!image) {
            return done_(unexpected<core::Error>(image.error()));
        }
        const std::string_view bytes(reinterpret_cast<const char*>(image->bytes.data()), image->bytes.size());
        if (auto kept = store_.keep(key_, sheet_, bytes); !kept) {
            return done_(unexpected<core::Error>(kept.error()));
        }
        ++sheet_;
        next();
    }

    SpriteStore& store_;
    SpriteFilms& films_;
    SegmentMaker& maker_;
    const std::string key_;
    const std::shared_ptr<JobContext> context_;
    const FarmRunner::Done done_;
    core::Id file_;
    SpritePlan plan_;
    std::size_t sheet_ = 0;
    RunningTicket<SegmentMaker> ticket_{maker_};
};

}  // namespace

SpriteJobs::SpriteJobs(JobQueue& queue, SpriteStore& store, SpriteFilms& films, SegmentMaker& maker,
                       std::shared_ptr<core::Logger> logger)
    : queue_(queue), store_(store), films_(films), maker_(maker), logger_(std::move(logger)) {}

Result<std::int64_t> SpriteJobs::queuePage(const std::vector<SpriteFilm>& page) {
    std::vector<NewJob> wanted;
    for (const SpriteFilm& film : page) {
        if (film.playable && seen_.insert(film.fingerprint).second && film.plan.tiles > 0 &&
            !store_.complete(film.fingerprint, film.plan)) {
            wanted.push_back(jobFor(film));
        }
    }
    return wanted.empty() ? Result<std::int64_t>(0) : queue_.addNew(wanted);
}

Result<std::int64_t> SpriteJobs::queueMissing() {
    std::set<std::string> all;
    std::int64_t added = 0, last = 0;
    while (true) {
        auto page = films_.films(last, kPage);
        auto queued = page ? queuePage(*page) : Result<std::int64_t>(unexpected<core::Error>(page.error()));
        if (!queued) {
            seen_.clear();  // once more, next time
            return queued;
        }
        added += *queued;
        for (const SpriteFilm& film : *page) {
            all.insert(film.fingerprint);
            last = film.num;
        }
        if (static_cast<std::int64_t>(page->size()) < kPage) {
            break;
        }
    }
    const std::size_t gone = std::exchange(swept_, true) ? 0 : store_.sweep(all);
    if (added > 0 || gone > 0) {
        logger_->info("farm.sprites_queued", {{"jobs", added}, {"swept", gone}});
    }
    return added;
}

FarmRunner::Handler SpriteJobs::handler() {
    return [this](const Job& job, std::shared_ptr<JobContext> context, FarmRunner::Done done) {
        std::make_shared<SpriteMaking>(store_, films_, maker_, job, std::move(context), std::move(done))->start();
    };
}

}  // namespace marea::server
