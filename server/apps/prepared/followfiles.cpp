// What becomes of films that are made ahead when their files, the program or the cache change.
#include <limits>

#include "core/base/jsonfields.h"
#include "server/apps/prepared/prepared.h"

namespace marea::server {

using core::Result;
using core::unexpected;

namespace {

constexpr core::TimeMs kLookEvery = 10'000;

std::set<core::Id> filesOf(const std::vector<PreparedRow>& rows) {
    std::set<core::Id> files;
    for (const PreparedRow& row : rows) {
        files.insert(row.fileId);
    }
    return files;
}

// Says nothing about the file, or is about to be seen by the next scan: another try may end better.
bool isPassing(core::ErrorCode code) {
    using core::ErrorCode;
    return code == ErrorCode::Busy || code == ErrorCode::Unavailable || code == ErrorCode::Timeout ||
           code == ErrorCode::Cancelled || code == ErrorCode::Io || code == ErrorCode::NotFound;
}

}  // namespace

void Prepared::maintain(bool catalogueChanged) {
    const core::TimeMs now = parts_.clock->now();
    if (catalogueChanged) {
        lookAtFiles_ = true;
    }
    if (!catalogueChanged && now - lookedAt_ < kLookEvery) {
        return;
    }
    lookedAt_ = now;
    const bool files = lookAtFiles_.exchange(false);
    if (auto done = follow(files); !done) {
        lookAtFiles_ = lookAtFiles_ || files;
        parts_.logger->error("prepared.not_followed", {{"detail", done.error().detail}});
    }
}

Result<void> Prepared::follow(bool files) {
    const std::lock_guard lock(changing_);
    auto rows = parts_.store.all();
    if (!rows || rows->empty()) {
        return rows ? Result<void>() : unexpected<core::Error>(rows.error());
    }
    const auto places = files ? parts_.library.places(filesOf(*rows)) : Result<Places>(Places());
    if (!places) {
        return unexpected<core::Error>(places.error());
    }
    const bool look = lookAtSegments_.exchange(false), ladders = files && reconsider_.exchange(false);
    for (PreparedRow& row : *rows) {
        auto done = files ? followFile(row, *places) : Result<void>();
        done = done && ladders ? followLadder(row) : done;
        done = done ? followJob(std::move(row), look) : done;
        if (!done) {
            return done;
        }
    }
    return parts_.holds.refresh();
}

// Leaves a row that is not present where there is nothing more to do for it.
Result<void> Prepared::followFile(PreparedRow& row, const Places& places) {
    const auto place = places.find(row.fileId);
    if (place == places.end()) {
        row.present = false;
        return remove(row);
    }
    const bool there = place->second.there;
    if (there && (place->second.fingerprint != row.content.fingerprint || row.build != options_.build)) {
        planAnew(row, place->second.fingerprint);
        row.present = false;
        return {};
    }
    if (there == row.present) {
        return {};
    }
    row.present = there;
    auto done = parts_.store.setPresent(row.id, there, parts_.clock->now());
    if (!there) {
        callOff(row);
    } else if (done && row.bytes) {  // it came back; what it had may have gone
        lookAtSegments_ = true;
    }
    return done;
}

// Planned with the ladder of today: where that gives the same renditions, nothing happens. What failed or was called
// off waits for its owner.
Result<void> Prepared::followLadder(const PreparedRow& row) {
    const auto state = row.present ? stateOf(row) : Result<State>(State());
    if (!state) {
        return unexpected<core::Error>(state.error());
    }
    if (state->state == "queued" || state->state == "making" || state->state == "ready") {
        planAnew(row, row.content.fingerprint);
    }
    return {};
}

Result<void> Prepared::followJob(PreparedRow row, bool look) {
    if (!row.present || !row.problem.empty()) {
        return {};
    }
    if (row.bytes) {
        if (!look || parts_.streams.stored(row.content).missing == 0) {
            return {};
        }
        auto done = parts_.store.unfinished(row.id, parts_.clock->now());
        return done ? queue(row) : done;
    }
    const auto job = row.jobId.empty() ? Result<std::optional<Job>>(std::nullopt) : parts_.jobs.job(row.jobId);
    if (!job) {
        return unexpected<core::Error>(job.error());
    }
    // What failed or was called off waits for its owner.
    return !*job || (*job)->state == JobState::Done ? queue(row) : Result<void>();
}

// The same wish for another content, or by another version of the program.
void Prepared::planAnew(const PreparedRow& row, const std::string& fingerprint) {
    {
        const std::lock_guard lock(mutex_);
        if (!planning_.insert(row.id).second) {
            reconsider();  // it may have begun before what there is to know now
            return;
        }
    }
    const auto ended = [this, row, fingerprint](const Result<State>& state) {
        if (!state) {
            planFailed(row, fingerprint, state.error());
        }
        const std::lock_guard lock(mutex_);
        planning_.erase(row.id);
    };
    // Not on this thread, which has the rows locked: an index may be there at once.
    const bool posted = parts_.pool.post([this, row, ended] {
        core::Id file;
        const auto value = core::parseJson(row.wish);
        const auto wish =
            value ? parsePreparedWish(*value, file) : Result<PreparedWish>(unexpected<core::Error>(value.error()));
        plan(wish ? understood(row.userId, row.mediaId, row.fileId, *wish)
                  : Result<Asked>(unexpected<core::Error>(wish.error())),
             Asking::Maintenance, ended);
    });
    if (!posted) {
        ended(core::fail(core::ErrorCode::Unavailable, "The server is busy."));
    }
}

void Prepared::planFailed(PreparedRow row, const std::string& fingerprint, const core::Error& error) {
    parts_.logger->warning("prepared.not_planned",
                           {{"file", row.name}, {"detail", error.detail}, {"text", error.text}});
    if (isPassing(error.code)) {
        lookAtFiles_ = true;
        return;
    }
    const std::lock_guard lock(changing_);
    callOff(row);
    row.createdAt = row.updatedAt = parts_.clock->now();
    row.id = core::newId(row.createdAt);
    row.content = {fingerprint, {}};
    row.build = options_.build;
    row.mostBytes = 0;
    row.bytes.reset();
    row.jobId.clear();
    row.problem = error.text;
    const auto current = parts_.store.ofFile(row.fileId);
    auto done = current && *current ? parts_.store.put(row, std::numeric_limits<std::int64_t>::max()) : Result<void>();
    done = done ? parts_.holds.refresh() : done;
    if (!done) {
        lookAtFiles_ = true;
    }
}

}  // namespace marea::server
