#include "server/apps/prepared/prepared.h"

#include <algorithm>
#include <tuple>

#include "core/base/jsonfields.h"
#include "server/video/capabilities.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::Result;
using core::unexpected;

namespace {

constexpr std::int64_t kSpare = std::int64_t{512} << 20;  // of the disk, for everything else
constexpr const char* kUsualPreset = "chromium";
constexpr std::size_t kLongestId = 64;

}  // namespace

Result<PreparedWish> parsePreparedWish(const json::value& body, core::Id& file) {
    core::JsonFields fields(body, "");
    PreparedWish wish;
    const json::value* capabilities = fields.raw("capabilities");
    wish.capabilities = capabilities ? *capabilities : json::value(json::object{{"preset", kUsualPreset}});
    wish.profile = fields.text("profile", kLongestProfileName).value_or(kDefaultProfile);
    file = fields.text("file", kLongestId).value_or("");
    if (auto done = fields.finish(); !done) {
        return unexpected<core::Error>(done.error());
    }
    auto client = parseCapabilities(wish.capabilities);
    if (!client) {
        return unexpected<core::Error>(client.error());
    }
    wish.client = std::move(*client);
    return wish;
}

json::object toJson(const PreparedWish& wish) {
    return {{"capabilities", wish.capabilities}, {"profile", wish.profile}};
}

Result<Prepared::Asked> Prepared::understood(const core::Id& user, const core::Id& media, const core::Id& file,
                                             const PreparedWish& wish) {
    StreamProfilePtr profile = options_.profiles ? options_.profiles(wish.profile) : nullptr;
    if (!profile) {
        return core::fail(ErrorCode::Unprocessable, "There is no profile \"" + wish.profile + "\" on this server.");
    }
    auto chosen = parts_.library.choose(user, media, file, wish.client, profile);
    auto title = chosen ? parts_.library.open(user, media, chosen->file)
                        : Result<StreamTitlePtr>(unexpected<core::Error>(chosen.error()));
    if (!title) {
        return unexpected<core::Error>(title.error());
    }
    return Asked{user, media, wish, std::move(*title), std::move(chosen->choice), Asking::Owner};
}

void Prepared::want(const core::Id& user, const core::Id& media, const core::Id& file, const PreparedWish& wish,
                    Done done) {
    plan(understood(user, media, file, wish), Asking::Owner, std::move(done));
}

void Prepared::plan(Result<Asked> asked, Asking by, Done done) {
    if (!asked) {
        return done(unexpected<core::Error>(asked.error()));
    }
    asked->by = by;
    const StreamTitlePtr title = asked->title;
    parts_.streams.index(
        title, [this, asked = std::move(*asked), done = std::move(done)](const Result<TitleStore::IndexPtr>& index) {
            done(index ? keep(asked, **index) : unexpected<core::Error>(index.error()));
        });
}

PreparedRow Prepared::rowOf(const Asked& asked, const std::vector<PreparedRendition>& renditions) const {
    PreparedRow row;
    row.createdAt = row.updatedAt = parts_.clock->now();
    row.id = core::newId(row.createdAt);
    row.mediaId = asked.media;
    row.fileId = asked.title->file;
    row.userId = asked.user;
    row.name = asked.title->name;
    row.wish = json::serialize(toJson(asked.wish));
    row.build = options_.build;
    row.content.fingerprint = asked.title->fingerprint;
    for (const PreparedRendition& rendition : renditions) {
        row.content.renditions.push_back({rendition.name, rendition.format, rendition.segments});
        row.mostBytes += rendition.bytes;
    }
    std::sort(row.content.renditions.begin(), row.content.renditions.end(), [](const auto& a, const auto& b) {
        return std::tie(a.name, a.format) < std::tie(b.name, b.format);  // as the store lists them
    });
    return row;
}

Result<Prepared::State> Prepared::keep(const Asked& asked, const MediaIndex& index) {
    const auto plan = planPrepared(asked.title->info, index, asked.wish.client, asked.choice);
    if (!plan) {
        return unexpected<core::Error>(plan.error());
    }
    PreparedRow row = rowOf(asked, *plan);
    const std::lock_guard lock(changing_);
    auto before = parts_.store.ofFile(row.fileId);
    if (!before) {
        return unexpected<core::Error>(before.error());
    }
    const bool same =
        *before && (*before)->build == row.build && (*before)->wish == row.wish && (*before)->content == row.content;
    return same ? again(std::move(**before), asked.by) : begin(std::move(row), *before);
}

// It is made ahead already. What has gone meanwhile is made anew, and for its owner what failed or was called off, too.
Result<Prepared::State> Prepared::again(PreparedRow row, Asking by) {
    auto state = stateOf(row);
    if (!state) {
        return state;
    }
    const bool lost = state->state == "ready" && parts_.streams.stored(row.content).missing > 0;
    const bool ended = state->state == "failed" || state->state == "cancelled";
    if (!lost && !(ended && by == Asking::Owner)) {
        return state;
    }
    auto done = parts_.store.unfinished(row.id, parts_.clock->now());
    row.bytes.reset();
    done = done ? queue(row) : done;
    return done ? stateOf(std::move(row)) : unexpected<core::Error>(done.error());
}

Result<Prepared::State> Prepared::begin(PreparedRow row, const std::optional<PreparedRow>& before) {
    auto done = checkDisk(row);
    done = done ? parts_.store.put(row, options_.mostBytes) : done;
    if (!done) {
        return unexpected<core::Error>(done.error());
    }
    if (before) {
        callOff(*before);
    }
    done = parts_.holds.refresh();
    done = done ? queue(row) : done;
    return done ? stateOf(std::move(row)) : unexpected<core::Error>(done.error());
}

Result<void> Prepared::checkDisk(const PreparedRow& row) const {
    const std::int64_t needed = row.mostBytes - parts_.streams.stored(row.content).bytes;
    const std::int64_t free = options_.freeBytes ? options_.freeBytes() : row.mostBytes + kSpare;
    return needed + kSpare <= free
               ? Result<void>()
               : core::fail(ErrorCode::TooLarge, "There is not enough room on the server's disk for this film.",
                            std::to_string(needed) + " of " + std::to_string(free) + " bytes");
}

Result<void> Prepared::queue(PreparedRow& row) {
    auto job = PreparedJobs::queue(parts_.jobs, row);
    if (!job) {
        return unexpected<core::Error>(job.error());
    }
    row.jobId = std::move(*job);
    row.progress = 0;
    return parts_.store.setJob(row.id, row.jobId, 0, parts_.clock->now());
}

Result<Prepared::State> Prepared::stateOf(PreparedRow row) {
    State state;
    const auto is = [&](const char* word, double progress, std::string error = {}) {
        state.state = word;
        state.progress = progress;
        state.error = std::move(error);
        return state;
    };
    state.row = std::move(row);
    if (!state.row.problem.empty()) {
        return is("failed", 0, state.row.problem);
    }
    if (!state.row.present) {
        return is("missing", 0, "The file is not there at the moment.");
    }
    if (state.row.bytes) {
        return is("ready", 1);
    }
    const auto job =
        state.row.jobId.empty() ? Result<std::optional<Job>>(std::nullopt) : parts_.jobs.job(state.row.jobId);
    if (!job) {
        return unexpected<core::Error>(job.error());
    }
    const JobState at = *job ? (*job)->state : JobState::Queued;
    const std::string error = *job ? (*job)->error : "";
    const double progress = std::max(state.row.progress, *job ? (*job)->progress : 0);
    switch (at) {
        case JobState::Leased:
            return is("making", progress, error);
        case JobState::Failed:
            return is("failed", progress, error);
        case JobState::Cancelled:
            return is("cancelled", progress, error);
        default:
            return is("queued", progress, error);
    }
}

Result<std::vector<Prepared::State>> Prepared::statesOf(Result<std::vector<PreparedRow>> rows) {
    if (!rows) {
        return unexpected<core::Error>(rows.error());
    }
    std::vector<State> states;
    for (PreparedRow& row : *rows) {
        auto state = stateOf(std::move(row));
        if (!state) {
            return unexpected<core::Error>(state.error());
        }
        states.push_back(std::move(*state));
    }
    return states;
}

Result<std::vector<Prepared::State>> Prepared::ofTitle(const core::Id& media) {
    return statesOf(parts_.store.ofTitle(media));
}

Result<std::vector<Prepared::State>> Prepared::page(const core::Id& before, std::int64_t limit) {
    auto rows = parts_.store.all();
    if (rows && !before.empty()) {
        std::erase_if(*rows, [&](const PreparedRow& row) { return row.id >= before; });
    }
    if (rows) {
        rows->resize(std::min(rows->size(), static_cast<std::size_t>(limit)));
    }
    return statesOf(std::move(rows));
}

Result<void> Prepared::giveUp(const core::Id& media) {
    const std::lock_guard lock(changing_);
    const auto rows = parts_.store.ofTitle(media);
    if (!rows || rows->empty()) {
        return rows ? core::fail(ErrorCode::NotFound, "Nothing of this title is made ahead.")
                    : Result<void>(unexpected<core::Error>(rows.error()));
    }
    for (const PreparedRow& row : *rows) {
        if (auto done = remove(row); !done) {
            return done;
        }
    }
    return parts_.holds.refresh();
}

Result<void> Prepared::remove(const PreparedRow& row) {
    callOff(row);
    const auto removed = parts_.store.remove(row.id);
    return removed ? Result<void>() : unexpected<core::Error>(removed.error());
}

void Prepared::callOff(const PreparedRow& row) {
    const auto done = row.jobId.empty() ? Result<void>() : parts_.jobs.cancel(row.jobId);
    // Conflict: it has ended already.
    if (!done && done.error().code != ErrorCode::Conflict && done.error().code != ErrorCode::NotFound) {
        parts_.logger->warning("prepared.not_called_off", {{"job", row.jobId}, {"detail", done.error().detail}});
    }
}

}  // namespace marea::server
