#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "server/apps/events/messages.h"

namespace marea::server {

// Where players are reached.
class PlayerLink {
public:
    virtual ~PlayerLink() = default;
    // False: that device of the user does not listen, or is not to be controlled.
    virtual bool send(const core::Id& user, const core::Id& device, const std::string& call,
                      const core::json::object& message) = 0;
};

// Commands from one device of a user to another, each answered once: with the player's state, with why it did not, or
// when it stayed silent. Thread-safe; callbacks come on whichever thread brought the answer.
class RemoteControl : public std::enable_shared_from_this<RemoteControl> {
public:
    using Done = std::function<void(core::Result<core::json::object> state)>;
    static constexpr core::TimeMs kPatience = 8 * 1000;
    static constexpr std::size_t kMostPerDevice = 16;

    RemoteControl(std::shared_ptr<PlayerLink> link, std::shared_ptr<const core::Clock> clock)
        : link_(std::move(link)), clock_(std::move(clock)) {}

    // `from`: the device that asks. Conflict: the device cannot be controlled now. Busy: it has too much to do already.
    // Unavailable: it did not answer.
    void command(const core::Id& user, const core::Id& from, const core::Id& device, const RemoteCommand& command,
                 Done done);

    void result(const core::Id& device, const PlayerMessage& message);
    void gone(const core::Id& device);  // what it was asked is not answered any more
    void expire();                      // nor what was asked too long ago

private:
    struct Call {
        std::string id;
        core::Id device;
        core::TimeMs until = 0;
        Done done;
    };
    void ask(const core::Id& user, const core::Id& from, const core::Id& device, core::json::object message, Done done);
    void handOver(const core::Id& user, const core::Id& from, const core::Id& device, const core::Id& to, Done done);
    void goOn(const core::Id& user, const core::Id& from, const core::Id& device, const core::Id& to,
              core::json::object state, const Done& done);
    std::vector<Call> takeIf(const std::function<bool(const Call&)>& wanted);

    const std::shared_ptr<PlayerLink> link_;
    const std::shared_ptr<const core::Clock> clock_;
    std::mutex mutex_;
    std::map<std::string, Call> calls_;
};

}  // namespace marea::server
