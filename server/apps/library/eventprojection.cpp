#include "server/apps/library/eventprojection.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::db::Value;

bool flag(const json::object& data, const char* key) {
    const json::value* value = data.if_contains(key);
    return value && value->is_bool() && value->get_bool();
}

Statement::Field whole(const json::object& data, const char* key) {
    const json::value* value = data.if_contains(key);
    return value && value->is_int64() ? Statement::Field(value->get_int64()) : Statement::Field(nullptr);
}

std::vector<Statement> played(const LibraryEvent& event) {
    return {
        {"INSERT INTO user_library(user_id, media_id, play_count, last_played_at) VALUES (?1, ?2, ?3, ?4) "
         "ON CONFLICT(user_id, media_id) DO UPDATE SET play_count = play_count + excluded.play_count, "
         "last_played_at = excluded.last_played_at",
         {event.userId, event.mediaId, std::int64_t{flag(event.data, "counted")}, event.at}}};
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
        case EventKind::HistoryUndone:
            break;
    }
    return {};
}

std::vector<Statement> forgetting(const LibraryEvent& undone) {
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
