#include "server/apps/events/messages.h"

#include <algorithm>
#include <array>

#include "core/base/jsonfields.h"

namespace marea::server {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::JsonFields;
using core::Result;
using core::unexpected;

namespace {

constexpr double kLongest = 1'000'000;  // seconds
constexpr std::size_t kMostQueued = 500, kLongestText = 300;

void copyId(JsonFields& fields, std::string_view name, json::object& into) {
    const auto id = fields.text(name, 64);
    if (id && !core::isId(*id)) {
        fields.wrong(name, "must be an id");
    } else if (id) {
        into[name] = *id;
    }
}

void copyNumber(JsonFields& fields, std::string_view name, double most, json::object& into) {
    if (const auto number = fields.number(name, 0, most)) {
        into[name] = *number;
    }
}

void copyQueue(JsonFields& fields, json::object& into) {
    const auto queue = fields.texts("queue", kMostQueued, 64);
    if (queue && !std::all_of(queue->begin(), queue->end(), [](const auto& id) { return core::isId(id); })) {
        fields.wrong("queue", "must be a list of ids");
    } else if (queue) {
        into["queue"] = json::array(queue->begin(), queue->end());
    }
    if (const auto index = fields.integer("index", 0, static_cast<std::int64_t>(kMostQueued) - 1)) {
        into["index"] = *index;
    }
}

void copyPlaying(JsonFields& fields, json::object& into) {
    copyId(fields, "media_id", into);
    copyNumber(fields, "position", kLongest, into);
    copyQueue(fields, into);
}

void copyTrack(JsonFields& fields, json::object& into) {
    const auto track = fields.integer("track", -1, 1000);  // -1: none
    fields.require("track");
    if (track) {
        into["track"] = *track;
    }
}

// The commands, and what each takes.
struct Known {
    std::string_view name;
    void (*fields)(JsonFields&, json::object&);
};
constexpr std::array<Known, 13> kCommands{{
    {"play",
     [](JsonFields& fields, json::object& into) {
         copyPlaying(fields, into);
         fields.require("media_id");
     }},
    {"pause", nullptr},
    {"resume", nullptr},
    {"stop", nullptr},
    {"next", nullptr},
    {"previous", nullptr},
    {"seek",
     [](JsonFields& fields, json::object& into) {
         copyNumber(fields, "position", kLongest, into);
         fields.require("position");
     }},
    {"volume",
     [](JsonFields& fields, json::object& into) {
         copyNumber(fields, "volume", 1, into);
         fields.require("volume");
     }},
    {"audio", copyTrack},
    {"subtitle", copyTrack},
    {"state", nullptr},
    {"message",
     [](JsonFields& fields, json::object& into) {
         const auto text = fields.text("text", kLongestText);
         fields.require("text");
         into["text"] = text.value_or("");
     }},
    {"hand_over", nullptr},
}};

// Of what it says that it takes, what is known here: a newer player may know more.
std::optional<std::vector<std::string>> takenCommands(JsonFields& fields) {
    auto names = fields.texts("commands", 50, 20);
    if (names) {
        std::erase_if(*names, [](const std::string& name) {
            return std::none_of(kCommands.begin(), kCommands.end(), [&](const Known& one) { return one.name == name; });
        });
    }
    return names;
}

}  // namespace

Result<json::object> playerState(const json::value& value) {
    JsonFields fields(value, "state");
    json::object state;
    copyPlaying(fields, state);
    copyNumber(fields, "volume", 1, state);
    copyNumber(fields, "duration", kLongest, state);
    if (const auto paused = fields.boolean("paused")) {
        state["paused"] = *paused;
    }
    auto done = fields.finish();
    return done ? Result<json::object>(std::move(state)) : unexpected<Error>(done.error());
}

Result<PlayerMessage> parsePlayerMessage(std::string_view text) {
    const auto value = core::parseJson(text);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    JsonFields fields(*value, "");
    const auto type = fields.text("type", 20);
    fields.require("type");
    PlayerMessage message;
    message.kind = type == "result" ? PlayerMessage::Kind::Result : PlayerMessage::Kind::Player;
    if (type == "result") {
        message.call = fields.text("id", 64).value_or("");
        fields.require("id");
        message.error = fields.text("error", kLongestText);
    } else if (type == "player") {
        message.controllable = fields.boolean("controllable").value_or(false);
        message.commands = takenCommands(fields);
    } else {
        fields.wrong("type", "must be \"player\" or \"result\"");
    }
    const json::value* raw = fields.raw("state");
    auto state = raw != nullptr ? playerState(*raw) : Result<json::object>(json::object{});
    auto done = state ? fields.finish() : unexpected<Error>(state.error());
    if (!done) {
        return unexpected<Error>(done.error());
    }
    if (raw != nullptr) {
        message.state = std::move(*state);
    }
    return message;
}

Result<RemoteCommand> parseRemoteCommand(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    JsonFields fields(*value, "");
    RemoteCommand command;
    command.name = fields.text("command", 20).value_or("");
    fields.require("command");
    const auto known =
        std::find_if(kCommands.begin(), kCommands.end(), [&](const Known& one) { return one.name == command.name; });
    if (known == kCommands.end()) {
        fields.wrong("command", "is none that players know");
    } else if (known->fields != nullptr) {
        known->fields(fields, command.message);
    }
    if (command.name == "hand_over") {
        command.to = fields.text("to", 64).value_or("");
        fields.require("to");
    }
    command.message["command"] = command.name;
    auto done = fields.finish();
    return done ? Result<RemoteCommand>(std::move(command)) : unexpected<Error>(done.error());
}

}  // namespace marea::server
