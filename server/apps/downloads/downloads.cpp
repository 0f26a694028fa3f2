#include "server/apps/downloads/downloads.h"

#include <algorithm>
#include <cctype>

#include "server/apps/downloads/downloadrules.h"
#include "server/farm/downloadjobs.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr core::TimeMs kSweepEvery = 60'000;
constexpr core::TimeMs kTouchEvery = 3600 * 1000;  // a player takes a file in thousands of parts

constexpr int kMostTitles = 1000;

core::unexpected<core::Error> notFound() {
    return core::fail(ErrorCode::NotFound, "There is no such download.");
}

// The request's own name for itself becomes one for each title.
Downloads::Order orderOf(const Item& title, const Downloads::Order& whole) {
    Downloads::Order order = whole;
    order.media = title.id;
    if (!order.idempotencyKey.empty()) {
        order.idempotencyKey += " " + title.id;
    }
    return order;
}

// Says something about that title, or about how much its user may have: others may be had all the same.
bool isOfOneTitle(const core::Error& error) {
    return error.code == ErrorCode::Unprocessable || error.code == ErrorCode::NotFound ||
           error.code == ErrorCode::Forbidden || error.code == ErrorCode::Busy;
}

Result<const ItemFile*> fileOf(const ItemDetail& item, const core::Id& wanted) {
    for (const ItemFile& file : item.files) {
        if (wanted.empty() ? file.status == "ok" : file.id == wanted) {
            return file.status == "ok"
                       ? Result<const ItemFile*>(&file)
                       : core::fail(ErrorCode::Unprocessable,
                                    file.problem.empty() ? "The file is not there at the moment." : file.problem);
        }
    }
    if (!wanted.empty()) {
        return core::fail(ErrorCode::NotFound, "There is no such file.");
    }
    return core::fail(ErrorCode::Unprocessable, "There is no file of this item: download what it consists of.");
}

}  // namespace

Downloads::Downloads(core::db::Database& database, DownloadTitles& titles, DownloadFiles& files, JobQueue& jobs,
                     std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger, WorkPool& pool,
                     DownloadOptions options)
    : store_(database),
      titles_(titles),
      files_(files),
      jobs_(jobs),
      clock_(std::move(clock)),
      logger_(std::move(logger)),
      pool_(pool),
      options_(std::move(options)) {}

Result<DownloadRow> Downloads::rowOf(const core::Id& userId, const ItemDetail& item, const ItemFile& file,
                                     const OpenedFile& opened, const Order& order) const {
    DownloadRow row;
    row.id = core::newId(clock_->now());
    row.userId = userId;
    row.mediaId = item.id;
    row.fileId = file.id;
    row.quality = order.quality;
    row.format = order.format;
    row.idempotencyKey = order.idempotencyKey;
    row.createdAt = row.updatedAt = clock_->now();
    if (order.wish.format == DownloadFormat::Original) {
        row.name = opened.name;
        row.mimeType = opened.mimeType;
        return row;
    }
    if (auto possible = checkDownload(order.wish, file.info); !possible) {
        return unexpected<core::Error>(possible.error());
    }
    row.name = downloadName(item, extensionOf(order.wish.format));
    row.mimeType = mimeTypeOf(order.wish.format, order.wish.format == DownloadFormat::Mp4);
    row.key = downloadKey({userId, item.id, file.id, opened.etag, row.name, order.wish}, options_.build);
    return row;
}

Result<core::Id> Downloads::queue(const DownloadRow& row, const std::string& fingerprint, const DownloadWish& wish) {
    const DownloadOrder order{row.userId, row.mediaId, row.fileId, fingerprint, row.name, wish};
    return jobs_.add(DownloadJobs::job(order, row.key));
}

// It was asked for before. What failed, was called off or has gone meanwhile is made anew.
Result<Downloads::Ordered> Downloads::again(DownloadRow row, const std::string& fingerprint, const DownloadWish& wish) {
    auto state = stateOf(row);
    if (!state) {
        return unexpected<core::Error>(state.error());
    }
    const bool useless = state->state == "failed" || state->state == "cancelled" || state->state == "expired";
    Result<void> done;
    if (useless) {
        auto job = queue(row, fingerprint, wish);
        done = job ? store_.setJob(row.userId, row.id, *job, clock_->now())
                   : Result<void>(unexpected<core::Error>(job.error()));
    } else {
        done = store_.touch(row.userId, row.id, clock_->now());
    }
    auto found = done ? find(row.userId, row.id) : Result<State>(unexpected<core::Error>(done.error()));
    return found ? Result<Ordered>(Ordered{std::move(*found), false}) : unexpected<core::Error>(found.error());
}

Result<Downloads::Ordered> Downloads::order(const core::Id& userId, const Order& order) {
    auto item = titles_.item(userId, order.media);
    auto clear = !item             ? Result<void>(unexpected<core::Error>(item.error()))
                 : order.encrypted ? Result<void>()
                                   : titles_.inTheClear(order.media);
    auto file = clear ? fileOf(*item, order.file) : Result<const ItemFile*>(unexpected<core::Error>(clear.error()));
    auto opened =
        file ? titles_.openFile(userId, (*file)->id) : Result<OpenedFile>(unexpected<core::Error>(file.error()));
    auto row = opened ? rowOf(userId, *item, **file, *opened, order)
                      : Result<DownloadRow>(unexpected<core::Error>(opened.error()));
    if (!row) {
        return unexpected<core::Error>(row.error());
    }
    auto before = order.idempotencyKey.empty() ? Result<std::optional<DownloadRow>>(std::nullopt)
                                               : store_.byIdempotencyKey(userId, order.idempotencyKey);
    if (before && *before && ((*before)->mediaId != row->mediaId || (*before)->key != row->key)) {
        return core::fail(ErrorCode::Conflict, "This Idempotency-Key was used for another download.");
    }
    if (before && !*before) {
        before = store_.same(userId, row->mediaId, row->fileId, row->key);
    }
    if (!before) {
        return unexpected<core::Error>(before.error());
    }
    if (*before) {
        return again(std::move(**before), opened->etag, order.wish);
    }
    if (!row->key.empty() && !files_.size(row->key)) {
        auto job = queue(*row, opened->etag, order.wish);
        if (!job) {
            return unexpected<core::Error>(job.error());
        }
        row->jobId = std::move(*job);
    }
    auto added = store_.add(*row, options_.perUser);
    auto state = added ? stateOf(std::move(*row)) : Result<State>(unexpected<core::Error>(added.error()));
    return state ? Result<Ordered>(Ordered{std::move(*state), true}) : unexpected<core::Error>(state.error());
}

Result<std::optional<Downloads::OrderedAll>> Downloads::orderAll(const core::Id& userId, const Order& order) {
    auto titles = titles_.titlesOf(userId, order.media, kMostTitles + 1);
    if (!titles) {
        return unexpected<core::Error>(titles.error());
    }
    if (titles->empty()) {
        return std::nullopt;
    }
    if (titles->size() > kMostTitles) {
        return core::fail(ErrorCode::Unprocessable, "These are too many titles at once: download it in parts.");
    }
    if (!order.file.empty()) {
        return core::fail(ErrorCode::Invalid, "“file_id” is of one title, and this has several.");
    }
    OrderedAll all;
    std::optional<core::Error> first;
    for (const Item& title : *titles) {
        auto made = this->order(userId, orderOf(title, order));
        if (made) {
            all.isNew = all.isNew || made->isNew;
            all.states.push_back(std::move(made->state));
        } else if (isOfOneTitle(made.error())) {
            all.refused.push_back({title.id, title.title, made.error().text});
            first = first ? first : made.error();
        } else {
            return unexpected<core::Error>(made.error());
        }
    }
    return all.states.empty() ? Result<std::optional<OrderedAll>>(unexpected<core::Error>(*first)) : std::move(all);
}

Result<Downloads::State> Downloads::stateOf(DownloadRow row) {
    State state;
    // Who cannot know asks for the file in the clear, and gets none.
    if (const auto seal = titles_.sealOf(row.mediaId); seal && *seal) {
        state.keyName = (*seal)->keyName;
    }
    state.expiresAt = row.updatedAt + options_.keep;
    state.row = std::move(row);
    const auto is = [&](const char* word, double progress) {
        state.state = word;
        state.progress = progress;
        return state;
    };
    if (state.row.key.empty()) {
        return is("ready", 1);
    }
    if ((state.size = files_.size(state.row.key))) {
        return is("ready", 1);
    }
    auto job = state.row.jobId.empty() ? Result<std::optional<Job>>(std::nullopt) : jobs_.job(state.row.jobId);
    if (!job) {
        return unexpected<core::Error>(job.error());
    }
    if (!*job || (*job)->state == JobState::Done) {
        return is("expired", 0);
    }
    state.error = (*job)->error;
    switch ((*job)->state) {
        case JobState::Leased:
            return is("making", (*job)->progress);
        case JobState::Failed:
            return is("failed", 0);
        case JobState::Cancelled:
            return is("cancelled", 0);
        default:
            return is("queued", 0);
    }
}

// Perhaps the title was taken from them since they asked for it.
Result<DownloadRow> Downloads::visibleRow(const core::Id& userId, const core::Id& id) {
    auto row = store_.find(userId, id);
    const auto hidden = row && *row ? titles_.hides(userId, (*row)->mediaId) : Result<bool>(true);
    if (!row || !hidden) {
        return unexpected<core::Error>(row ? hidden.error() : row.error());
    }
    return *hidden ? Result<DownloadRow>(notFound()) : std::move(**row);
}

Result<Downloads::State> Downloads::find(const core::Id& userId, const core::Id& id) {
    auto row = visibleRow(userId, id);
    return row ? stateOf(std::move(*row)) : unexpected<core::Error>(row.error());
}

Result<std::vector<Downloads::State>> Downloads::ofUser(const core::Id& userId, const core::Id& before,
                                                        std::int64_t limit) {
    auto rows = store_.ofUser(userId, before, limit);
    if (!rows) {
        return unexpected<core::Error>(rows.error());
    }
    std::vector<State> states;
    for (DownloadRow& row : *rows) {
        const auto hidden = titles_.hides(userId, row.mediaId);
        if (!hidden) {
            return unexpected<core::Error>(hidden.error());
        }
        auto state = stateOf(std::move(row));
        if (state && *hidden) {
            state->hidden = true;
        }
        if (!state) {
            return unexpected<core::Error>(state.error());
        }
        states.push_back(std::move(*state));
    }
    return states;
}

Result<void> Downloads::remove(const core::Id& userId, const core::Id& id) {
    auto removed = store_.remove(userId, id);
    if (!removed || !removed->found) {
        return removed ? Result<void>(notFound()) : unexpected<core::Error>(removed.error());
    }
    if (!removed->idleJob.empty()) {
        // Conflict: it has ended already.
        auto cancelled = jobs_.cancel(removed->idleJob);
        if (!cancelled && cancelled.error().code != ErrorCode::Conflict &&
            cancelled.error().code != ErrorCode::NotFound) {
            return cancelled;
        }
        sweptAt_ = 0;  // its file goes soon
    }
    return {};
}

Result<OpenedFile> Downloads::openMade(const DownloadRow& row) {
    auto entry = files_.open(row.key);
    if (!entry) {
        auto state = stateOf(row);
        const bool waits = state && (state->state == "queued" || state->state == "making");
        return waits ? core::fail(ErrorCode::Conflict, "The download is not ready yet.")
                     : core::fail(ErrorCode::NotFound, "The file is not there. Ask for the download again.");
    }
    OpenedFile opened;
    opened.status.size = entry->size;
    opened.status.modified = entry->modified;
    opened.status.isFile = true;
    opened.file = std::move(entry->file);
    // The same order may be made anew when its file has gone, and need not be the same to the byte.
    opened.etag = "\"" + row.key + "-" + std::to_string(entry->modified) + "-" + std::to_string(entry->size) + "\"";
    opened.itemId = row.mediaId;
    return opened;
}

Result<OpenedFile> Downloads::open(const core::Id& userId, const DownloadRow& row) {
    auto opened = row.key.empty() ? titles_.openFile(userId, row.fileId) : openMade(row);
    if (opened && clock_->now() - row.updatedAt > kTouchEvery) {
        if (auto touched = store_.touch(userId, row.id, clock_->now()); !touched) {
            logger_->warning("downloads.not_touched", {{"detail", touched.error().detail}});
        }
    }
    return opened;
}

// Whether it is protected is asked anew: perhaps it is since it was made.
Result<Response> Downloads::file(const core::Id& userId, const core::Id& id, bool encrypted) {
    const auto row = visibleRow(userId, id);
    const auto clear = row ? titles_.inTheClear(row->mediaId) : Result<void>(unexpected<core::Error>(row.error()));
    const bool isProtected = row && !clear && clear.error().code == ErrorCode::Forbidden;
    if (!clear && !(isProtected && encrypted)) {
        return unexpected<core::Error>(clear.error());
    }
    const auto seal = isProtected ? titles_.sealOf(row->mediaId) : Result<std::optional<DownloadSeal>>();
    auto opened = seal ? open(userId, *row) : Result<OpenedFile>(unexpected<core::Error>(seal.error()));
    if (!opened) {
        return unexpected<core::Error>(opened.error());
    }
    if (isProtected) {
        return *seal ? sealedResponse(std::move(*opened), **seal, id)
                     : Result<Response>(unexpected<core::Error>(clear.error()));
    }
    const auto size = static_cast<std::uint64_t>(opened->status.size);
    return Response::file(std::move(opened->file), size, row->mimeType, opened->etag, opened->status.modified);
}

void Downloads::maintain() {
    const core::TimeMs now = clock_->now();
    if (now - sweptAt_ < kSweepEvery) {
        return;
    }
    sweptAt_ = now;
    const auto there = files_.keys();
    auto removed = store_.removeUntouchedSince(now - options_.keep);
    auto wanted = removed ? store_.keys() : Result<std::set<std::string>>(unexpected<core::Error>(removed.error()));
    auto making = wanted ? jobs_.unfinishedKeys(DownloadJobs::kKind)
                         : Result<std::set<std::string>>(unexpected<core::Error>(wanted.error()));
    if (!making) {
        logger_->error("downloads.not_swept", {{"detail", making.error().detail}});
        return;
    }
    // Only what was there before the question: what has come since may belong to a newer answer.
    for (const std::string& key : files_.keys()) {
        if (!there.contains(key)) {
            wanted->insert(key);
            making->insert(key);
        }
    }
    wanted->insert(making->begin(), making->end());
    if (const std::size_t gone = files_.sweep(*wanted, *making); gone > 0 || *removed > 0) {
        logger_->info("downloads.swept", {{"files", gone}, {"downloads", *removed}});
    }
}

}  // namespace marea::server
