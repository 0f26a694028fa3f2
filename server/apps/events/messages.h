#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace marea::server {

// What a listener says: that it is a player which others of the same user may control, and in which state it is; or
// what became of a command.
struct PlayerMessage {
    enum class Kind { Player, Result };
    Kind kind = Kind::Player;
    bool controllable = false;  // of Player
    // Of Player: the commands that it takes; nullopt: it does not say.
    std::optional<std::vector<std::string>> commands;
    std::optional<core::json::object> state;  // checked: see playerState
    std::string call;                         // of Result: which command's
    std::optional<std::string> error;         // of Result: why not, for people
};
core::Result<PlayerMessage> parsePlayerMessage(std::string_view text);

// What a player is doing: media_id, position (seconds), paused, volume (0 to 1), queue (ids, at most 500), index. All
// may be left out; nothing else is let through.
core::Result<core::json::object> playerState(const core::json::value& value);

// What a device is asked to do, checked.
struct RemoteCommand {
    std::string name;            // "play", "pause", …
    core::json::object message;  // as the device gets it: {"command": "seek", "position": 12.5}
    core::Id to;                 // of "hand_over": the device that goes on
};
core::Result<RemoteCommand> parseRemoteCommand(std::string_view body);

}  // namespace marea::server
