#include "server/apps/uploads/uploadstore.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;

namespace {

constexpr std::string_view kByUser =
    "SELECT id, user_id, library_id, folder, path, size, state='done', created_at, updated_at FROM uploads "
    "WHERE user_id=?1 ORDER BY id";
constexpr std::string_view kById =
    "SELECT id, user_id, library_id, folder, path, size, state='done', created_at, updated_at FROM uploads "
    "WHERE id=?1 AND user_id=?2";
constexpr std::string_view kByAge =
    "SELECT id, user_id, library_id, folder, path, size, state='done', created_at, updated_at FROM uploads "
    "WHERE state=?1 AND updated_at<?2";

UploadRow read(const core::db::Row& row) {
    UploadRow upload;
    upload.id = row.string(0);
    upload.userId = row.string(1);
    upload.libraryId = row.string(2);
    upload.folder = row.string(3);
    upload.path = row.string(4);
    upload.size = row.integer(5);
    upload.done = row.boolean(6);
    upload.createdAt = row.integer(7);
    upload.updatedAt = row.integer(8);
    return upload;
}

Result<std::int64_t> count(core::db::Session& session, std::string_view sql, core::db::Session::Values values) {
    auto found = session.first(sql, values, [](const core::db::Row& row) { return row.integer(0); });
    return found ? Result<std::int64_t>(found->value_or(0)) : core::unexpected<core::Error>(found.error());
}

}  // namespace

Result<void> UploadStore::add(const UploadRow& row, std::int64_t most) {
    return database_.write([&](core::db::Session& session) -> Result<void> {
        const auto same =
            count(session, "SELECT count(*) FROM uploads WHERE library_id=?1 AND path=?2 AND state='receiving'",
                  {std::string_view(row.libraryId), std::string_view(row.path)});
        const auto open = count(session, "SELECT count(*) FROM uploads WHERE user_id=?1 AND state='receiving'",
                                {std::string_view(row.userId)});
        if (!same || !open) {
            return core::unexpected<core::Error>(same ? open.error() : same.error());
        }
        if (*same > 0) {
            return core::fail(ErrorCode::Conflict, "This file is being uploaded already.");
        }
        if (*open >= most) {
            return core::fail(ErrorCode::Busy, "Too many uploads are unfinished. Finish or remove some first.");
        }
        return session.run(
            "INSERT INTO uploads (id, user_id, library_id, folder, path, size, created_at, updated_at) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
            {std::string_view(row.id), std::string_view(row.userId), std::string_view(row.libraryId),
             std::string_view(row.folder), std::string_view(row.path), row.size, row.createdAt});
    });
}

Result<UploadRow> UploadStore::find(const core::Id& userId, const core::Id& id) {
    return database_.readValue<UploadRow>([&](core::db::Session& session) -> Result<UploadRow> {
        auto found = session.first(kById, {std::string_view(id), std::string_view(userId)}, read);
        if (!found) {
            return core::unexpected<core::Error>(found.error());
        }
        return *found ? Result<UploadRow>(std::move(**found))
                      : core::fail(ErrorCode::NotFound, "There is no such upload.");
    });
}

Result<std::vector<UploadRow>> UploadStore::ofUser(const core::Id& userId) {
    return database_.readValue<std::vector<UploadRow>>(
        [&](core::db::Session& session) { return session.all(kByUser, {std::string_view(userId)}, read); });
}

Result<void> UploadStore::touch(const core::Id& id, core::TimeMs now) {
    return database_.write([&](core::db::Session& session) {
        return session.run("UPDATE uploads SET updated_at=?2 WHERE id=?1", {std::string_view(id), now});
    });
}

Result<void> UploadStore::setDone(const core::Id& id, core::TimeMs now) {
    return database_.write([&](core::db::Session& session) {
        return session.run("UPDATE uploads SET state='done', updated_at=?2 WHERE id=?1", {std::string_view(id), now});
    });
}

Result<void> UploadStore::remove(const core::Id& id) {
    return database_.write([&](core::db::Session& session) {
        return session.run("DELETE FROM uploads WHERE id=?1", {std::string_view(id)});
    });
}

Result<std::vector<UploadRow>> UploadStore::untouchedSince(bool done, core::TimeMs before) {
    return database_.readValue<std::vector<UploadRow>>([&](core::db::Session& session) {
        return session.all(kByAge, {std::string_view(done ? "done" : "receiving"), before}, read);
    });
}

}  // namespace marea::server
