#include "server/stream/opentitles.h"

namespace marea::server {

using core::Result;

namespace {

std::string keyOf(const Principal& who, const core::Id& title, const core::Id& file) {
    return who.sessionId + "/" + title + "/" + file;
}

}  // namespace

Result<StreamTitlePtr> OpenTitles::open(const Principal& who, const core::Id& title, const core::Id& file) {
    const std::string key = keyOf(who, title, file);
    if (auto found = known(key)) {
        return found;
    }
    return remember(key, source_.open(who, title, file));
}

Result<StreamTitlePtr> OpenTitles::openSidecar(const Principal& who, const core::Id& title, const core::Id& sidecar) {
    const std::string key = keyOf(who, title, "x" + sidecar);
    if (auto found = known(key)) {
        return found;
    }
    return remember(key, source_.openSidecar(who, title, sidecar));
}

StreamTitlePtr OpenTitles::known(const std::string& key) {
    const auto now = Clock::now();
    const std::lock_guard lock(mutex_);
    while (!entries_.empty() && entries_.back().until <= now) {
        entries_.pop_back();
    }
    for (const Entry& entry : entries_) {
        if (entry.key == key && entry.until > now) {
            return entry.title;
        }
    }
    return nullptr;
}

Result<StreamTitlePtr> OpenTitles::remember(const std::string& key, Result<StreamTitle> opened) {
    if (!opened) {
        return core::unexpected<core::Error>(opened.error());
    }
    auto title = std::make_shared<const StreamTitle>(std::move(*opened));
    const std::lock_guard lock(mutex_);
    entries_.push_front({key, title, Clock::now() + lifetime_});
    if (entries_.size() > most_) {
        entries_.pop_back();
    }
    return title;
}

}  // namespace marea::server
