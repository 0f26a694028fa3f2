// The part of a run that is about playlists which the device keeps itself.
#include <algorithm>

#include "sync/engine/syncrun.h"
#include "sync/plan/playlistfiles.h"

namespace marea::sync {

namespace {

using What = JournalEntry::What;

bool isToPut(const Step& step) {
    return step.action == Action::Copy && isDeviceList(step.item, step.encoding);
}

// And not that the device is full or busy, or that its titles did not come.
bool isRefusal(const core::Error& error) {
    return error.code == core::ErrorCode::Io || error.code == core::ErrorCode::Unprocessable;
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0, end = text.find('\n'); end != std::string::npos; at = end + 1, end = text.find('\n', at)) {
        lines.push_back(text.substr(at, end - at));
    }
    return lines;
}

}  // namespace

// Titles that are written anew drop out of lists that are there. Should the run end before those are put right, the
// next one has to see that they are not as they were left.
core::Result<void> SyncRun::forgetLists() {
    for (const Step& step : plan_.steps) {
        const auto old = isToPut(step) ? ours_.find(step.from) : ours_.end();
        if (old == ours_.end()) {
            continue;
        }
        old->second.fingerprint.clear();
        changed_ = true;
        if (auto noted = note(What::Done, "", "", old->second); !noted) {
            return noted;
        }
    }
    return {};
}

core::Result<void> SyncRun::lists() {
    ourKeys_.clear();
    for (const Step& step : plan_.steps) {
        if (!isToPut(step)) {
            continue;
        }
        if (!parts_.control.goOn()) {
            return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
        }
        meter_.begin(step.to);
        if (auto done = putList(step); !done) {
            if (auto rest = problem(step, done.error()); !rest) {
                return rest;
            }
        }
        meter_.ended(0, 0, parts_.clock.now());
        tell();
    }
    return {};
}

// Whether nothing is in the list but titles of ours. If there is, it is somebody else's from now on.
core::Result<bool> SyncRun::isStillOurs(const std::string& list) {
    const auto titles = parts_.target.titlesOf(list);
    if (!titles) {
        return isGone(titles.error()) ? core::Result<bool>(core::unexpected<core::Error>(titles.error())) : true;
    }
    if (ourKeys_.empty()) {
        for (const auto& [path, file] : ours_) {
            ourKeys_.insert(clashKey(path, names_));
        }
    }
    const bool isOurs = std::all_of(titles->begin(), titles->end(), [this](const std::string& title) {
        return ourKeys_.count(clashKey(title, names_)) > 0;
    });
    changed_ |= !isOurs && ours_.erase(list) > 0;
    return isOurs;
}

// It is told once, and tried again when it has changed. One that is not there has a size that no list has: what
// somebody makes there under its name is theirs.
core::Result<void> SyncRun::noteRefused(DeviceFile file) {
    const auto old = ours_.find(file.path);
    file.size = old != ours_.end() ? old->second.size : 1;
    file.verified = false;
    ours_.insert_or_assign(file.path, file);
    changed_ = true;
    return note(What::Done, "", "", file);
}

core::Result<void> SyncRun::putList(const Step& step) {
    const bool isNew = step.to != step.from;
    if (auto free = isFree(step); !free) {
        return free;
    }
    if (!step.from.empty()) {
        const auto still = isStillOurs(step.from);
        if (!still) {
            return core::unexpected<core::Error>(still.error());
        }
        if (!*still) {
            return core::fail(core::ErrorCode::Unprocessable,
                              "Somebody put other titles into it on the device. It stays, and the next sync makes "
                              "another.");
        }
    }
    if (isNew && !step.from.empty()) {
        auto done = parts_.target.remove(step.from);
        if (!done && done.error().code != core::ErrorCode::NotFound) {
            return done;
        }
        ours_.erase(step.from);
        there_.erase(clashKey(step.from, names_));
        changed_ = true;
    }
    DeviceFile file{step.item, step.to, step.wanted, 0, step.fingerprint, step.encoding, "", true};
    if (auto noted = isNew ? note(What::Writing, step.to, "", file) : core::Result<void>(); !noted) {
        return noted;
    }
    const auto put = parts_.target.putList(step.to, linesOf(step.text));
    if (!put) {
        auto discarded = isNew && !isGone(put.error()) ? discard(step.to) : core::Result<void>();
        discarded = discarded && isRefusal(put.error()) ? noteRefused(std::move(file)) : discarded;
        return core::unexpected<core::Error>(discarded ? put.error() : discarded.error());
    }
    file.path = put->path;
    file.size = put->size;
    replace("", file);
    ++report_.written;
    return note(What::Done, "", "", file);
}

}  // namespace marea::sync
