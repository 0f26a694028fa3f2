#include "server/apps/library/eventjson.h"

#include "server/apps/library/history.h"

namespace marea::server {

namespace json = core::json;

namespace {

json::value textOrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

// Lists by how many they have: there may be thousands.
json::object told(const json::object& data) {
    json::object brief;
    for (const auto& field : data) {
        brief[field.key()] = field.value().is_array() ? json::value(field.value().get_array().size()) : field.value();
    }
    return brief;
}

}  // namespace

json::object eventJson(const LibraryEvent& event, bool undone) {
    return {{"seq", event.seq},
            {"at", event.at},
            {"type", name(event.kind)},
            {"version", event.version},
            {"media_id", textOrNull(event.mediaId)},
            {"session_id", textOrNull(event.sessionId)},
            {"device_id", textOrNull(event.loginId)},
            {"undoes", event.undoes ? json::value(*event.undoes) : json::value(nullptr)},
            {"playlist_id", textOrNull(event.playlistId)},
            {"actor_id", textOrNull(event.actorId)},
            {"data", told(event.data)},
            {"undone", undone},
            {"undoable", !undone && isUndoable(event)}};
}

}  // namespace marea::server
