#include "server/apps/events/remotecontrol.h"

#include <algorithm>

namespace marea::server {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;

namespace {

json::object plain(std::string_view name) {
    return {{"command", name}};
}

// A player's state as what another one is to play.
json::object playMessage(const json::object& state) {
    json::object message = plain("play");
    for (const std::string_view name : {"media_id", "position", "queue", "index"}) {
        if (const auto* value = state.if_contains(name)) {
            message[name] = *value;
        }
    }
    return message;
}

}  // namespace

void RemoteControl::command(const Id& user, const Id& from, const Id& device, const RemoteCommand& command, Done done) {
    if (command.name == "hand_over") {
        handOver(user, from, device, command.to, std::move(done));
    } else {
        ask(user, from, device, command.message, std::move(done));
    }
}

void RemoteControl::ask(const Id& user, const Id& from, const Id& device, json::object message, Done done) {
    const core::TimeMs now = clock_->now();
    const std::string call = core::newId(now);
    {
        std::unique_lock lock(mutex_);
        const auto waiting = std::count_if(calls_.begin(), calls_.end(),
                                           [&](const auto& entry) { return entry.second.device == device; });
        if (waiting >= static_cast<std::ptrdiff_t>(kMostPerDevice)) {
            lock.unlock();
            done(fail(ErrorCode::Busy, "That device has too much to do. Try again in a moment."));
            return;
        }
        calls_.emplace(call, Call{call, device, now + kPatience, std::move(done)});
    }
    message["type"] = "remote";
    message["id"] = call;
    message["from"] = from;
    if (!link_->send(user, device, call, message)) {
        for (const Call& lost : takeIf([&](const Call& one) { return one.id == call; })) {
            lost.done(fail(ErrorCode::Conflict, "That device cannot be controlled at the moment."));
        }
    }
}

// The one that plays holds still and tells where it is; the other goes on from there; then the first stops. When the
// other does not, the first goes on itself.
void RemoteControl::handOver(const Id& user, const Id& from, const Id& device, const Id& to, Done done) {
    if (to == device) {
        done(fail(ErrorCode::Unprocessable, "A device cannot hand over to itself."));
        return;
    }
    const auto shared = std::make_shared<const Done>(std::move(done));
    ask(user, from, device, plain("pause"), [self = shared_from_this(), user, from, device, to, shared](auto state) {
        if (!state) {
            (*shared)(unexpected<Error>(state.error()));
        } else if (!state->contains("media_id")) {
            (*shared)(fail(ErrorCode::Conflict, "That device plays nothing at the moment."));
        } else {
            self->goOn(user, from, device, to, std::move(*state), *shared);
        }
    });
}

void RemoteControl::goOn(const Id& user, const Id& from, const Id& device, const Id& to, json::object state,
                         const Done& done) {
    ask(user, from, to, playMessage(state), [self = shared_from_this(), user, from, device, done](auto playing) {
        const std::string_view next = playing ? "stop" : "resume";
        self->ask(user, from, device, plain(next), [](const auto&) {});
        done(std::move(playing));
    });
}

void RemoteControl::result(const Id& device, const PlayerMessage& message) {
    std::optional<Call> call;
    {
        const std::lock_guard lock(mutex_);
        const auto found = calls_.find(message.call);
        if (found == calls_.end() || found->second.device != device) {
            return;  // too late, or not what it was asked
        }
        call = std::move(found->second);
        calls_.erase(found);
    }
    if (message.error) {
        call->done(fail(ErrorCode::Conflict, "The device said: " + *message.error));
    } else {
        call->done(message.state.value_or(json::object{}));
    }
}

std::vector<RemoteControl::Call> RemoteControl::takeIf(const std::function<bool(const Call&)>& wanted) {
    std::vector<Call> taken;
    const std::lock_guard lock(mutex_);
    for (auto entry = calls_.begin(); entry != calls_.end();) {
        if (wanted(entry->second)) {
            taken.push_back(std::move(entry->second));
            entry = calls_.erase(entry);
        } else {
            ++entry;
        }
    }
    return taken;
}

void RemoteControl::gone(const Id& device) {
    for (const Call& call : takeIf([&](const Call& one) { return one.device == device; })) {
        call.done(fail(ErrorCode::Conflict, "That device is not there any more."));
    }
}

void RemoteControl::expire() {
    const core::TimeMs now = clock_->now();
    for (const Call& call : takeIf([&](const Call& one) { return one.until <= now; })) {
        call.done(fail(ErrorCode::Unavailable, "That device does not answer."));
    }
}

}  // namespace marea::server
