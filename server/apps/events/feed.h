#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace marea::server {

// What one listener has still to be told. The events of the user's library have numbers and stay in the log: the
// listener is behind it or not, however far. News of the moment (a position, a job's progress) have none: a later one
// takes the place of an earlier one of the same key, so that a slow listener gets fewer and never older ones. Pure.
class Feed {
public:
    static constexpr std::size_t kMostNews = 256;

    // `sent`: the listener knows the log up to there. `top`: the log's last number.
    void start(std::int64_t sent, std::int64_t top);
    bool started() const { return started_; }
    std::int64_t sent() const { return sent_; }
    bool behind() const { return started_ && sent_ < top_; }

    void grew(std::int64_t top);                   // the log has that number now
    void advance(std::int64_t seq);                // the listener was sent everything up to there
    bool news(std::string key, std::string text);  // false: too many, the listener is not worth waiting for
    std::vector<std::string> takeNews();           // in the order in which their keys came

private:
    bool started_ = false;
    std::int64_t sent_ = 0, top_ = 0;
    std::vector<std::pair<std::string, std::string>> news_;
};

// Where a listener that knows the log up to `since` (nullopt: it begins now) goes on.
struct FeedStart {
    std::int64_t sent = 0;
    bool reset = false;  // what it knows cannot be brought up to date by events: it has to read its lists anew
};
FeedStart feedStart(std::optional<std::int64_t> since, std::int64_t top, std::int64_t mostReplayed);

}  // namespace marea::server
