#include "server/apps/events/eventhub.h"

#include <algorithm>
#include <set>

namespace marea::server {

namespace json = core::json;
using core::Id;

namespace {

constexpr int kMostMessages = 200;  // that a listener may say in a window
constexpr auto kWindow = std::chrono::seconds(10);
// Codes of our own begin at 4000 (RFC 6455 section 7.4.2).
constexpr int kSignedOut = 4401, kTooSlow = 4408, kTooMany = 4429, kWrongMessage = 1008, kFailed = 1011;

}  // namespace

struct EventHub::Listener {
    Principal who;
    std::optional<std::int64_t> since;
    std::shared_ptr<WebSocketPeer> peer;
    Feed feed;
    bool sending = false, reading = false, gone = false;
    bool controllable = false;
    json::object state;
    std::optional<std::vector<std::string>> commands;
    int messages = 0;  // of this window
    std::chrono::steady_clock::time_point window;

    void send(std::string text) {
        sending = true;
        peer->send(std::move(text));
    }
    void close(int code, const char* reason) {
        gone = true;
        peer->close(code, reason);
    }
};

EventHub::EventHub(std::shared_ptr<EventLog> log, core::Executor executor, std::shared_ptr<core::Logger> logger)
    : log_(std::move(log)), executor_(std::move(executor)), logger_(std::move(logger)) {}

WebSocketCallbacks EventHub::open(const Principal& who, std::optional<std::int64_t> since,
                                  std::shared_ptr<WebSocketPeer> peer) {
    const auto listener = std::make_shared<Listener>();
    listener->who = who;
    listener->since = since;
    listener->peer = std::move(peer);
    {
        const std::lock_guard lock(mutex_);
        const auto theirs = std::count_if(listeners_.begin(), listeners_.end(),
                                          [&](const ListenerPtr& one) { return one->who.userId == who.userId; });
        if (theirs >= static_cast<std::ptrdiff_t>(kMostPerUser)) {
            listener->close(kTooMany, "too many devices listen");
            return {};
        }
        listeners_.push_back(listener);
    }
    const std::weak_ptr<EventHub> weak = weak_from_this();
    executor_([weak, listener] {
        if (const auto hub = weak.lock()) {
            hub->begin(listener);
        }
    });
    const auto call = [weak, listener](auto what) {
        return [weak, listener, what](auto&&... given) {
            if (const auto hub = weak.lock()) {
                (hub.get()->*what)(listener, given...);
            }
        };
    };
    return {call(&EventHub::received), call(&EventHub::closed), call(&EventHub::drained)};
}

void EventHub::begin(const ListenerPtr& listener) {
    const auto top = log_->top(listener->who.userId);
    const std::lock_guard lock(mutex_);
    if (listener->gone) {
        return;
    }
    if (!top) {
        logger_->error("events.log_not_read", {{"detail", top.error().detail}});
        listener->close(kFailed, "the server cannot read its events");
        return;
    }
    const FeedStart start = feedStart(listener->since, *top, kMostReplayed);
    listener->feed.start(start.sent, *top);
    listener->send(json::serialize(json::object{
        {"type", "hello"}, {"seq", start.sent}, {"reset", start.reset}, {"device_id", listener->who.sessionId}}));
}

// One batch at a time, the next when it has gone out.
void EventHub::read(const ListenerPtr& listener) {
    std::int64_t from = 0;
    {
        const std::lock_guard lock(mutex_);
        from = listener->feed.sent();
    }
    auto entries = log_->after(listener->who.userId, from, kBatch);
    const std::lock_guard lock(mutex_);
    listener->reading = false;
    if (listener->gone) {
        return;
    }
    if (!entries) {
        logger_->error("events.log_not_read", {{"detail", entries.error().detail}});
        listener->close(kFailed, "the server cannot read its events");
        return;
    }
    for (EventLog::Entry& entry : *entries) {
        listener->feed.advance(entry.seq);
        listener->send(std::move(entry.text));
    }
    pump(listener);
}

void EventHub::pump(const ListenerPtr& listener) {
    if (listener->gone || listener->sending || !listener->feed.started()) {
        return;
    }
    for (std::string& text : listener->feed.takeNews()) {
        listener->send(std::move(text));
    }
    if (!listener->sending && !listener->reading && listener->feed.behind()) {
        listener->reading = true;
        executor_([weak = weak_from_this(), listener] {
            if (const auto hub = weak.lock()) {
                hub->read(listener);
            }
        });
    }
}

void EventHub::drained(const ListenerPtr& listener) {
    const std::lock_guard lock(mutex_);
    listener->sending = false;
    pump(listener);
}

void EventHub::closed(const ListenerPtr& listener) {
    bool wasPlayer = false, another = false;
    {
        const std::lock_guard lock(mutex_);
        listener->gone = true;
        std::erase(listeners_, listener);
        wasPlayer = listener->controllable;
        another = std::any_of(listeners_.begin(), listeners_.end(), [&](const ListenerPtr& one) {
            return one->who.sessionId == listener->who.sessionId && one->controllable;
        });
    }
    if (wasPlayer && !another) {
        const Id& device = listener->who.sessionId;
        if (onGone_) {
            onGone_(device);
        }
        tell(listener->who.userId, "player:" + device,
             json::object{{"type", "player"}, {"device_id", device}, {"controllable", false}, {"state", nullptr}});
    }
}

void EventHub::received(const ListenerPtr& listener, const std::string& text) {
    auto message = parsePlayerMessage(text);
    {
        const std::lock_guard lock(mutex_);
        const auto now = std::chrono::steady_clock::now();
        if (now - listener->window > kWindow) {
            listener->window = now;
            listener->messages = 0;
        }
        if (listener->gone) {
            return;
        }
        if (++listener->messages > kMostMessages) {
            listener->close(kTooMany, "too many messages");
            return;
        }
        if (!message) {
            listener->close(kWrongMessage, "not a message of this protocol");
            return;
        }
    }
    if (message->kind == PlayerMessage::Kind::Player) {
        playerSaid(listener, std::move(*message));
    } else if (onResult_) {
        onResult_(listener->who.sessionId, *message);
    }
}

void EventHub::playerSaid(const ListenerPtr& listener, PlayerMessage message) {
    json::object state = message.state.value_or(json::object{});
    {
        const std::lock_guard lock(mutex_);
        listener->controllable = message.controllable;
        listener->state = state;
        listener->commands = message.commands;
    }
    const Id& device = listener->who.sessionId;
    json::object news{
        {"type", "player"}, {"device_id", device}, {"controllable", message.controllable}, {"state", std::move(state)}};
    if (message.commands) {
        news["commands"] = json::array(message.commands->begin(), message.commands->end());
    }
    offerIf([&](const Listener& one) { return one.who.userId == listener->who.userId && one.who.sessionId != device; },
            "player:" + device, news);
}

// With the mutex.
void EventHub::offer(const ListenerPtr& listener, const std::string& key, const std::string& text) {
    if (listener->gone) {
        return;
    }
    if (!listener->feed.news(key, text)) {
        listener->close(kTooSlow, "too slow");
        return;
    }
    pump(listener);
}

void EventHub::offerIf(const std::function<bool(const Listener&)>& wanted, const std::string& key,
                       const json::object& news) {
    const std::string text = json::serialize(news);
    const std::lock_guard lock(mutex_);
    for (const ListenerPtr& listener : listeners_) {
        if (wanted(*listener)) {
            offer(listener, key, text);
        }
    }
}

void EventHub::tell(const Id& user, const std::string& key, const json::object& news) {
    offerIf([&](const Listener& one) { return one.who.userId == user; }, key, news);
}

void EventHub::tellOwners(const std::string& key, const json::object& news) {
    offerIf([](const Listener& one) { return one.who.isOwner(); }, key, news);
}

void EventHub::tellAll(const std::string& key, const json::object& news) {
    offerIf([](const Listener&) { return true; }, key, news);
}

// A device may listen more than once (two windows): the player that came last gets it.
bool EventHub::command(const Id& user, const Id& device, const std::string& key, const json::object& message) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(listeners_.rbegin(), listeners_.rend(), [&](const ListenerPtr& one) {
        return one->who.userId == user && one->who.sessionId == device && one->controllable && !one->gone;
    });
    if (found == listeners_.rend()) {
        return false;
    }
    offer(*found, key, json::serialize(message));
    return !(*found)->gone;
}

void EventHub::signedOut(const Id& device) {
    closeUnless([&](const Id& one) { return one != device; });
}

void EventHub::closeUnless(const std::function<bool(const Id& device)>& signedIn) {
    const std::lock_guard lock(mutex_);
    for (const ListenerPtr& listener : listeners_) {
        if (!listener->gone && !signedIn(listener->who.sessionId)) {
            listener->close(kSignedOut, "signed out");
        }
    }
}

// One look at a time; what is written while it looks is seen by the next.
void EventHub::logGrew() {
    if (!anybody() || looking_.exchange(true)) {
        return;
    }
    executor_([weak = weak_from_this()] {
        if (const auto hub = weak.lock()) {
            hub->look();
        }
    });
}

void EventHub::look() {
    looking_ = false;
    for (const Id& user : users()) {
        const auto top = log_->top(user);
        if (!top) {
            logger_->error("events.log_not_read", {{"detail", top.error().detail}});
            continue;
        }
        const std::lock_guard lock(mutex_);
        for (const ListenerPtr& listener : listeners_) {
            if (listener->who.userId == user) {
                listener->feed.grew(*top);
                pump(listener);
            }
        }
    }
}

bool EventHub::anybody() const {
    const std::lock_guard lock(mutex_);
    return !listeners_.empty();
}

std::vector<Id> EventHub::users() const {
    const std::lock_guard lock(mutex_);
    std::set<Id> users;
    for (const ListenerPtr& listener : listeners_) {
        users.insert(listener->who.userId);
    }
    return {users.begin(), users.end()};
}

std::vector<Id> EventHub::listening(const Id& user) const {
    const std::lock_guard lock(mutex_);
    std::set<Id> devices;
    for (const ListenerPtr& listener : listeners_) {
        if (listener->who.userId == user) {
            devices.insert(listener->who.sessionId);
        }
    }
    return {devices.begin(), devices.end()};
}

std::vector<EventHub::Player> EventHub::players(const Id& user) const {
    const std::lock_guard lock(mutex_);
    std::map<Id, Player> latest;
    for (const ListenerPtr& listener : listeners_) {
        if (listener->who.userId == user && listener->controllable) {
            const Id& device = listener->who.sessionId;
            latest[device] = {device, listener->state, listener->commands};
        }
    }
    std::vector<Player> players;
    for (auto& [device, player] : latest) {
        players.push_back(std::move(player));
    }
    return players;
}

}  // namespace marea::server
