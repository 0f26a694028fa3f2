#include "server/apps/events/feed.h"

#include <algorithm>

namespace marea::server {

void Feed::start(std::int64_t sent, std::int64_t top) {
    started_ = true;
    sent_ = sent;
    top_ = std::max(top_, top);
}

void Feed::grew(std::int64_t top) {
    top_ = std::max(top_, top);
}

void Feed::advance(std::int64_t seq) {
    sent_ = std::max(sent_, seq);
}

bool Feed::news(std::string key, std::string text) {
    const auto same = std::find_if(news_.begin(), news_.end(), [&](const auto& entry) { return entry.first == key; });
    if (same != news_.end()) {
        same->second = std::move(text);
        return true;
    }
    if (news_.size() >= kMostNews) {
        return false;
    }
    news_.emplace_back(std::move(key), std::move(text));
    return true;
}

std::vector<std::string> Feed::takeNews() {
    std::vector<std::string> texts;
    texts.reserve(news_.size());
    for (auto& entry : news_) {
        texts.push_back(std::move(entry.second));
    }
    news_.clear();
    return texts;
}

FeedStart feedStart(std::optional<std::int64_t> since, std::int64_t top, std::int64_t mostReplayed) {
    if (!since) {
        return {top, false};
    }
    const bool unknown = *since < 0 || *since > top || top - *since > mostReplayed;
    return unknown ? FeedStart{top, true} : FeedStart{*since, false};
}

}  // namespace marea::server
