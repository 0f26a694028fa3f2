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
    const std::uint64_t before = age();
    return remember(key, source_.open(who, title, file), before);
}

Result<StreamTitlePtr> OpenTitles::openSidecar(const Principal& who, const core::Id& title, const core::Id& sidecar) {
    const std::string key = keyOf(who, title, "x" + sidecar);
    if (auto found = known(key)) {
        return found;
    }
    const std::uint64_t before = age();
    return remember(key, source_.openSidecar(who, title, sidecar), before);
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

void OpenTitles::forget() {
    const std::lock_guard lock(mutex_);
    entries_.clear();
    ++age_;
}

void OpenTitles::beginChange() {
    const std::lock_guard lock(mutex_);
    entries_.clear();
    ++changing_;
}

void OpenTitles::endChange() {
    const std::lock_guard lock(mutex_);
    --changing_;
    ++age_;  // entries there are none
}

std::uint64_t OpenTitles::age() {
    const std::lock_guard lock(mutex_);
    return age_;
}

Result<StreamTitlePtr> OpenTitles::remember(const std::string& key, Result<StreamTitle> opened, std::uint64_t age) {
    if (!opened) {
        return core::unexpected<core::Error>(opened.error());
    }
    auto title = std::make_shared<const StreamTitle>(std::move(*opened));
    const std::lock_guard lock(mutex_);
    if (age != age_ || changing_ > 0) {
        return title;  // what it was looked up from may have changed meanwhile
    }
    entries_.push_front({key, title, Clock::now() + lifetime_});
    if (entries_.size() > most_) {
        entries_.pop_back();
    }
    return title;
}

}  // namespace marea::server
