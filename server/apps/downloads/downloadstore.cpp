#include "server/apps/downloads/downloadstore.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;

namespace {

constexpr std::string_view kColumns =
    "SELECT id, user_id, media_id, file_id, name, mime_type, quality, format, key, job_id, idempotency_key, "
    "created_at, updated_at FROM downloads ";

std::string rowsWhere(std::string_view rest) {
    return std::string(kColumns) + std::string(rest);
}

DownloadRow read(const Row& row) {
    DownloadRow download;
    download.id = row.string(0);
    download.userId = row.string(1);
    download.mediaId = row.string(2);
    download.fileId = row.string(3);
    download.name = row.string(4);
    download.mimeType = row.string(5);
    download.quality = row.string(6);
    download.format = row.string(7);
    download.key = row.string(8);
    download.jobId = row.string(9);
    download.idempotencyKey = row.string(10);
    download.createdAt = row.integer(11);
    download.updatedAt = row.integer(12);
    return download;
}

Result<std::int64_t> count(Session& session, std::string_view sql, Session::Values values) {
    auto found = session.first(sql, values, [](const Row& row) { return row.integer(0); });
    return found ? Result<std::int64_t>(found->value_or(0)) : unexpected<core::Error>(found.error());
}

}  // namespace

Result<void> DownloadStore::add(const DownloadRow& row, std::int64_t most) {
    return database_.write([&](Session& session) -> Result<void> {
        const auto there =
            count(session, "SELECT count(*) FROM downloads WHERE user_id=?1", {std::string_view(row.userId)});
        const auto used = count(session, "SELECT count(*) FROM downloads WHERE user_id=?1 AND idempotency_key=?2",
                                {std::string_view(row.userId), std::string_view(row.idempotencyKey)});
        if (!there || !used) {
            return unexpected<core::Error>(there ? used.error() : there.error());
        }
        if (*used > 0) {
            return core::fail(ErrorCode::Conflict, "This Idempotency-Key has been used.");
        }
        if (*there >= most) {
            return core::fail(ErrorCode::Busy, "You have too many downloads. Remove some first.");
        }
        return session.run(
            "INSERT INTO downloads (id, user_id, media_id, file_id, name, mime_type, quality, format, key, job_id, "
            "idempotency_key, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)",
            {std::string_view(row.id), std::string_view(row.userId), std::string_view(row.mediaId),
             std::string_view(row.fileId), std::string_view(row.name), std::string_view(row.mimeType),
             std::string_view(row.quality), std::string_view(row.format), std::string_view(row.key),
             core::db::textOrNull(row.jobId), core::db::textOrNull(row.idempotencyKey), row.createdAt});
    });
}

Result<std::optional<DownloadRow>> DownloadStore::find(const core::Id& userId, const core::Id& id) {
    static const std::string sql = rowsWhere("WHERE id=?1 AND user_id=?2");
    return database_.readValue<std::optional<DownloadRow>>([&](Session& session) {
        return session.first(sql, {std::string_view(id), std::string_view(userId)}, read);
    });
}

Result<std::optional<DownloadRow>> DownloadStore::byIdempotencyKey(const core::Id& userId, const std::string& key) {
    static const std::string sql = rowsWhere("WHERE user_id=?1 AND idempotency_key=?2");
    return database_.readValue<std::optional<DownloadRow>>([&](Session& session) {
        return session.first(sql, {std::string_view(userId), std::string_view(key)}, read);
    });
}

Result<std::optional<DownloadRow>> DownloadStore::same(const core::Id& userId, const core::Id& mediaId,
                                                       const core::Id& fileId, const std::string& key) {
    static const std::string sql =
        rowsWhere("WHERE user_id=?1 AND media_id=?2 AND file_id=?3 AND key=?4 ORDER BY id DESC LIMIT 1");
    return database_.readValue<std::optional<DownloadRow>>([&](Session& session) {
        return session.first(
            sql, {std::string_view(userId), std::string_view(mediaId), std::string_view(fileId), std::string_view(key)},
            read);
    });
}

Result<std::vector<DownloadRow>> DownloadStore::ofUser(const core::Id& userId, const core::Id& before,
                                                       std::int64_t limit) {
    static const std::string sql = rowsWhere("WHERE user_id=?1 AND id<?2 ORDER BY id DESC LIMIT ?3");
    const std::string_view last = before.empty() ? std::string_view("~") : std::string_view(before);  // after any id
    return database_.readValue<std::vector<DownloadRow>>([&](Session& session) {
        return session.all(sql, {std::string_view(userId), last, limit}, read);
    });
}

Result<void> DownloadStore::touch(const core::Id& userId, const core::Id& id, core::TimeMs now) {
    return database_.write([&](Session& session) {
        return session.run("UPDATE downloads SET updated_at=?3 WHERE id=?1 AND user_id=?2",
                           {std::string_view(id), std::string_view(userId), now});
    });
}

Result<void> DownloadStore::setJob(const core::Id& userId, const core::Id& id, const core::Id& job, core::TimeMs now) {
    return database_.write([&](Session& session) {
        return session.run("UPDATE downloads SET job_id=?3, updated_at=?4 WHERE id=?1 AND user_id=?2",
                           {std::string_view(id), std::string_view(userId), std::string_view(job), now});
    });
}

Result<DownloadStore::Removed> DownloadStore::remove(const core::Id& userId, const core::Id& id) {
    return database_.writeValue<Removed>([&](Session& session) -> Result<Removed> {
        auto job = session.first("SELECT coalesce(job_id, '') FROM downloads WHERE id=?1 AND user_id=?2",
                                 {std::string_view(id), std::string_view(userId)},
                                 [](const Row& row) { return row.string(0); });
        if (!job || !*job) {
            return job ? Result<Removed>(Removed{}) : unexpected<core::Error>(job.error());
        }
        auto done = session.run("DELETE FROM downloads WHERE id=?1 AND user_id=?2",
                                {std::string_view(id), std::string_view(userId)});
        // Only how many, of whomever: whether the work is still wanted.
        const auto others =
            done ? count(session, "SELECT count(*) FROM downloads WHERE job_id=?1", {std::string_view(**job)})
                 : Result<std::int64_t>(unexpected<core::Error>(done.error()));
        if (!others) {
            return unexpected<core::Error>(others.error());
        }
        return Removed{true, *others == 0 ? **job : core::Id()};
    });
}

Result<std::int64_t> DownloadStore::removeUntouchedSince(core::TimeMs before) {
    return database_.writeValue<std::int64_t>([&](Session& session) -> Result<std::int64_t> {
        auto done = session.run("DELETE FROM downloads WHERE updated_at<?1", {before});
        return done ? Result<std::int64_t>(session.changes()) : unexpected<core::Error>(done.error());
    });
}

Result<std::set<std::string>> DownloadStore::keys() {
    return database_.readValue<std::set<std::string>>([&](Session& session) -> Result<std::set<std::string>> {
        std::set<std::string> found;
        auto done = session.each("SELECT DISTINCT key FROM downloads WHERE key<>''", {}, [&](const Row& row) {
            found.insert(row.string(0));
            return true;
        });
        return done ? Result<std::set<std::string>>(std::move(found)) : unexpected<core::Error>(done.error());
    });
}

Result<std::vector<DownloadRow>> DownloadStore::withKey(const std::string& key) {
    static const std::string kOfKey = rowsWhere("WHERE key=?1");
    return database_.readValue<std::vector<DownloadRow>>(
        [&](Session& session) { return session.all(kOfKey, {std::string_view(key)}, read); });
}

}  // namespace marea::server
