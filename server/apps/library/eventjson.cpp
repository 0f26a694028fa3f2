#include "server/apps/library/eventjson.h"

#include "server/apps/library/history.h"

namespace marea::server {

namespace json = core::json;

namespace {

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
            {"media_id", core::jsonOrNull(event.mediaId)},
            {"session_id", core::jsonOrNull(event.sessionId)},
            {"device_id", core::jsonOrNull(event.loginId)},
            {"undoes", event.undoes ? json::value(*event.undoes) : json::value(nullptr)},
            {"playlist_id", core::jsonOrNull(event.playlistId)},
            {"actor_id", core::jsonOrNull(event.actorId)},
            {"data", told(event.data)},
            {"undone", undone},
            {"undoable", !undone && isUndoable(event)}};
}

}  // namespace marea::server
