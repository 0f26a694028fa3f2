#include "server/apps/library/eventprojection.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Id;
using core::db::Value;

bool flag(const json::object& data, const char* key) {
    const json::value* value = data.if_contains(key);
    return value && value->is_bool() && value->get_bool();
}

Statement::Field whole(const json::object& data, const char* key) {
    const json::value* value = data.if_contains(key);
    return value && value->is_int64() ? Statement::Field(value->get_int64()) : Statement::Field(nullptr);
}

// One playback, or as many as another device had more ("plays").
Statement::Field playsOf(const json::object& data) {
    return data.contains("plays") ? whole(data, "plays") : Statement::Field(std::int64_t{flag(data, "counted")});
}

std::vector<Statement> played(const LibraryEvent& event) {
    return {
        {"INSERT INTO user_library(user_id, media_id, play_count, last_played_at) VALUES (?1, ?2, ?3, ?4) "
         "ON CONFLICT(user_id, media_id) DO UPDATE SET play_count = play_count + excluded.play_count, "
         "last_played_at = excluded.last_played_at",
         {event.userId, event.mediaId, playsOf(event.data), event.at}}};
}

std::vector<Statement> rated(const LibraryEvent& event) {
    return {
        {"INSERT INTO user_library(user_id, media_id, rating, updated_at) VALUES (?1, ?2, ?3, ?4) "
         "ON CONFLICT(user_id, media_id) DO UPDATE SET rating = excluded.rating, updated_at = excluded.updated_at",
         {event.userId, event.mediaId, whole(event.data, "rating"), event.at}}};
}

std::vector<Statement> favourited(const LibraryEvent& event) {
    return {
        {"INSERT INTO user_library(user_id, media_id, favourite, updated_at) VALUES (?1, ?2, ?3, ?4) "
         "ON CONFLICT(user_id, media_id) DO UPDATE SET favourite = excluded.favourite, "
         "updated_at = excluded.updated_at",
         {event.userId, event.mediaId, std::int64_t{flag(event.data, "favourite")}, event.at}}};
}

std::vector<Statement> watched(const LibraryEvent& event) {
    return {
        {"INSERT INTO user_library(user_id, media_id, watched, updated_at) VALUES (?1, ?2, ?3, ?4) "
         "ON CONFLICT(user_id, media_id) DO UPDATE SET watched = excluded.watched, "
         "updated_at = excluded.updated_at",
         {event.userId, event.mediaId, std::int64_t{flag(event.data, "watched")}, event.at}}};
}

Statement::Field textOrNull(const json::object& data, const char* key) {
    const json::value* value = data.if_contains(key);
    return value && value->is_string() ? Statement::Field(std::string(value->get_string())) : Statement::Field(nullptr);
}

std::string text(const json::object& data, const char* key) {
    const auto field = textOrNull(data, key);
    return std::holds_alternative<std::string>(field) ? std::get<std::string>(field) : std::string();
}

Statement changedAt(const LibraryEvent& event) {
    return {"UPDATE playlists SET revision = ?2, updated_at = ?3 WHERE id = ?1",
            {event.playlistId, event.seq, event.at}};
}

// A list in `data`, as the statement takes it.
std::optional<Statement> listed(const LibraryEvent& event, const char* key, Statement statement) {
    const json::value* list = event.data.if_contains(key);
    if (!list || !list->is_array()) {
        return std::nullopt;
    }
    statement.values.insert(statement.values.begin(), {event.playlistId, json::serialize(*list)});
    return statement;
}

// Entries come, move and go by their own ids and ranks: no change depends on where others are. What is done to a
// playlist that is not there (its making was undone) does nothing.
std::vector<Statement> entriesOf(const LibraryEvent& event) {
    const Id& by = event.actorId.empty() ? event.userId : event.actorId;
    std::vector<Statement> statements;
    const auto add = [&](std::optional<Statement> statement) {
        if (statement) {
            statements.push_back(std::move(*statement));
        }
    };
    add(listed(event, "added",
               {"INSERT OR IGNORE INTO playlist_entries(playlist_id, id, media_id, rank, added_by, added_at) "
                "SELECT p.id, json_extract(e.value, '$.id'), json_extract(e.value, '$.media_id'), "
                "json_extract(e.value, '$.rank'), ?3, ?4 FROM json_each(?2) e JOIN playlists p ON p.id = ?1",
                {by, event.at}}));
    add(listed(event, "moved",
               {"UPDATE playlist_entries SET rank = json_extract(m.value, '$.rank') FROM json_each(?2) m "
                "WHERE playlist_entries.playlist_id = ?1 AND playlist_entries.id = json_extract(m.value, '$.id')",
                {}}));
    add(listed(
        event, "removed",
        {"DELETE FROM playlist_entries WHERE playlist_id = ?1 AND id IN (SELECT value FROM json_each(?2))", {}}));
    return statements;
}

std::vector<Statement> playlistCreated(const LibraryEvent& event) {
    std::vector<Statement> statements = entriesOf(event);
    statements.insert(
        statements.begin(),
        {"INSERT INTO playlists(id, owner_id, name, description, visibility, rules, revision, created_at, "
         "updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
         {event.playlistId, event.userId, text(event.data, "name"), text(event.data, "description"),
          text(event.data, "visibility"), textOrNull(event.data, "rules"), event.seq, event.at}});
    return statements;
}

std::vector<Statement> playlistChanged(const LibraryEvent& event) {
    std::vector<Statement> statements = entriesOf(event);
    statements.push_back(
        {"UPDATE playlists SET name = coalesce(?2, name), description = coalesce(?3, description), "
         "visibility = coalesce(?4, visibility), rules = coalesce(?5, rules) WHERE id = ?1",
         {event.playlistId, textOrNull(event.data, "name"), textOrNull(event.data, "description"),
          textOrNull(event.data, "visibility"), textOrNull(event.data, "rules")}});
    statements.push_back(changedAt(event));
    return statements;
}

std::vector<Statement> purchased(const LibraryEvent& event) {
    return {{"INSERT OR IGNORE INTO owned_titles(user_id, media_id, order_id, owned_at) VALUES (?1, ?2, ?3, ?4)",
             {event.userId, event.mediaId, text(event.data, "order_id"), event.at}}};
}

std::vector<Statement> purchaseRevoked(const LibraryEvent& event) {
    return {{"DELETE FROM owned_titles WHERE user_id = ?1 AND media_id = ?2 AND order_id = ?3",
             {event.userId, event.mediaId, text(event.data, "order_id")}}};
}

Value bound(const Statement::Field& field) {
    return std::visit(
        [](const auto& value) -> Value {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>) {
                return std::string_view(value);
            } else {
                return value;
            }
        },
        field);
}

}  // namespace

std::vector<Statement> projection(const LibraryEvent& event) {
    switch (event.kind) {
        case EventKind::Played:
            return played(event);
        case EventKind::Rated:
            return rated(event);
        case EventKind::Favourited:
            return favourited(event);
        case EventKind::Watched:
            return watched(event);
        case EventKind::PlaylistCreated:
            return playlistCreated(event);
        case EventKind::PlaylistChanged:
            return playlistChanged(event);
        case EventKind::PlaylistDeleted:
            return forgetting(event);
        case EventKind::Purchased:
            return purchased(event);
        case EventKind::PurchaseRevoked:
            return purchaseRevoked(event);
        case EventKind::HistoryUndone:
            break;
    }
    return event.playlistId.empty() ? std::vector<Statement>() : std::vector<Statement>{changedAt(event)};
}

std::vector<Statement> forgetting(const LibraryEvent& undone) {
    if (!undone.playlistId.empty()) {  // its entries go with it
        return {{"DELETE FROM playlists WHERE id = ?1 AND owner_id = ?2", {undone.playlistId, undone.userId}}};
    }
    return {{"DELETE FROM user_library WHERE user_id = ?1 AND media_id = ?2", {undone.userId, undone.mediaId}}};
}

core::Result<void> run(core::db::Session& session, const std::vector<Statement>& statements) {
    for (const Statement& statement : statements) {
        std::vector<Value> values;
        for (const Statement::Field& field : statement.values) {
            values.push_back(bound(field));
        }
        if (auto done = session.run(statement.sql, values); !done) {
            return done;
        }
    }
    return {};
}

}  // namespace marea::server
