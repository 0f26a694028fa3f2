#include "server/stream/viewers.h"

#include <vector>

namespace marea::server {

namespace {

constexpr int kAhead = 2;

std::string titleKey(const core::Id& login, const core::Id& title) {
    return login + "/" + title + "/";
}

std::string trackKey(const Viewers::Place& place) {
    return titleKey(place.login, place.title) + place.rendition.substr(0, 1);
}

}  // namespace

bool Viewers::goesOn(const Place& place) const {
    const std::lock_guard lock(mutex_);
    const auto found = viewers_.find(trackKey(place));
    return found != viewers_.end() && found->second.rendition == place.rendition && found->second.number &&
           (*found->second.number == place.number || *found->second.number + 1 == place.number);
}

bool Viewers::isStillAt(const Place& place) const {
    const std::lock_guard lock(mutex_);
    const auto found = viewers_.find(trackKey(place));
    return found != viewers_.end() && found->second.rendition == place.rendition &&
           found->second.number == place.number;
}

void Viewers::asked(const Place& place, const Ahead& ahead, Clock::time_point now) {
    move(place, place.number, {place.number + 1, place.number + kAhead}, now, &ahead);
}

void Viewers::begins(const Place& place, Clock::time_point now) {
    move(place, place.number, {place.number, place.number + kAhead}, now, nullptr);
}

void Viewers::expected(const Place& place, const Ahead& ahead, Clock::time_point now) {
    move(place, std::nullopt, {place.number, place.number}, now, &ahead);
}

// What was being made ahead and is not in `wanted`.
std::vector<Makings::Interest> Viewers::takeOthers(Viewer& viewer, const Place& place, Range wanted) {
    std::vector<Makings::Interest> gone;
    for (auto it = viewer.ahead.begin(); it != viewer.ahead.end();) {
        const bool stays = viewer.rendition == place.rendition && it->first >= wanted.first && it->first <= wanted.last;
        if (!stays) {
            gone.push_back(std::move(it->second));
        }
        it = stays ? std::next(it) : viewer.ahead.erase(it);
    }
    return gone;
}

// With `ahead`, what is missing of `wanted` is begun.
void Viewers::move(const Place& place, std::optional<int> at, Range wanted, Clock::time_point now, const Ahead* ahead) {
    std::vector<Makings::Interest> gone;  // let go without the lock
    std::vector<int> missing;
    const std::string key = trackKey(place);
    {
        const std::lock_guard lock(mutex_);
        Viewer& viewer = viewers_[key];
        gone = takeOthers(viewer, place, wanted);
        viewer.at = now;
        viewer.rendition = place.rendition;
        viewer.number = at;
        for (int next = wanted.first; ahead && next <= wanted.last && next < place.count; ++next) {
            if (viewer.ahead.try_emplace(next).second) {
                missing.push_back(next);
            }
        }
    }
    for (const int next : missing) {
        auto interest = (*ahead)(next, next == wanted.first ? Makings::Urgency::Next : Makings::Urgency::Prefetch);
        const std::lock_guard lock(mutex_);
        const auto viewer = viewers_.find(key);
        if (viewer != viewers_.end() && viewer->second.rendition == place.rendition) {
            if (const auto slot = viewer->second.ahead.find(next); slot != viewer->second.ahead.end() && interest) {
                std::swap(slot->second, interest);
            } else if (slot != viewer->second.ahead.end()) {
                viewer->second.ahead.erase(slot);  // there already, or too much is under way: tried again next time
            }
        }
        gone.push_back(std::move(interest));  // the viewer went elsewhere meanwhile
    }
}

void Viewers::leave(const core::Id& login, const core::Id& title) {
    std::vector<Viewer> gone;
    const std::string prefix = titleKey(login, title);
    const std::lock_guard lock(mutex_);
    for (auto it = viewers_.lower_bound(prefix); it != viewers_.end() && it->first.starts_with(prefix);) {
        gone.push_back(std::move(it->second));
        it = viewers_.erase(it);
    }
}

void Viewers::forget(Clock::time_point since) {
    std::vector<Viewer> gone;
    const std::lock_guard lock(mutex_);
    for (auto it = viewers_.begin(); it != viewers_.end();) {
        if (it->second.at < since) {
            gone.push_back(std::move(it->second));
            it = viewers_.erase(it);
        } else {
            ++it;
        }
    }
}

std::size_t Viewers::size() const {
    const std::lock_guard lock(mutex_);
    return viewers_.size();
}

}  // namespace marea::server
