#include "server/farm/preparedstore.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;

namespace {

std::string rowsWhere(std::string_view rest) {
    return "SELECT id, media_id, file_id, user_id, name, wish, fingerprint, build, most_bytes, bytes, progress, "
           "present, job_id, problem, created_at, updated_at FROM prepared_titles " +
           std::string(rest);
}

PreparedRow read(const Row& row) {
    PreparedRow title;
    title.id = row.string(0);
    title.mediaId = row.string(1);
    title.fileId = row.string(2);
    title.userId = row.string(3);
    title.name = row.string(4);
    title.wish = row.string(5);
    title.content.fingerprint = row.string(6);
    title.build = row.string(7);
    title.mostBytes = row.integer(8);
    title.bytes = row.optionalInteger(9);
    title.progress = row.real(10);
    title.present = row.boolean(11);
    title.jobId = row.string(12);
    title.problem = row.string(13);
    title.createdAt = row.integer(14);
    title.updatedAt = row.integer(15);
    return title;
}

const char* word(SegmentFormat format) {
    return format == SegmentFormat::MpegTs ? "ts" : "mp4";
}

HeldRendition readRendition(const Row& row) {
    return {row.string(0), row.text(1) == "ts" ? SegmentFormat::MpegTs : SegmentFormat::Mp4,
            static_cast<int>(row.integer(2))};
}

Result<void> addRenditions(Session& session, std::vector<PreparedRow>& titles) {
    for (PreparedRow& title : titles) {
        auto found = session.all(
            "SELECT name, format, segments FROM prepared_renditions WHERE prepared_id=?1 ORDER BY name, format",
            {std::string_view(title.id)}, readRendition);
        if (!found) {
            return unexpected<core::Error>(found.error());
        }
        title.content.renditions = std::move(*found);
    }
    return {};
}

Result<void> checkRoom(Session& session, const PreparedRow& row, std::int64_t most) {
    auto others =
        session.first("SELECT coalesce(sum(coalesce(bytes, most_bytes)), 0) FROM prepared_titles WHERE file_id<>?1",
                      {std::string_view(row.fileId)}, [](const Row& sum) { return sum.integer(0); });
    if (!others) {
        return unexpected<core::Error>(others.error());
    }
    return others->value_or(0) + row.mostBytes <= most
               ? Result<void>()
               : core::fail(ErrorCode::TooLarge,
                            "The server keeps no more than a certain amount of films made ahead, and this one does "
                            "not fit. Remove another one first, or raise stream.prepared_size.",
                            std::to_string(others->value_or(0)) + " + " + std::to_string(row.mostBytes) + " bytes");
}

Result<void> insert(Session& session, const PreparedRow& row) {
    auto done = session.run(
        "INSERT INTO prepared_titles (id, media_id, file_id, user_id, name, wish, fingerprint, build, most_bytes, "
        "job_id, problem, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        {std::string_view(row.id), std::string_view(row.mediaId), std::string_view(row.fileId),
         std::string_view(row.userId), std::string_view(row.name), std::string_view(row.wish),
         std::string_view(row.content.fingerprint), std::string_view(row.build), row.mostBytes,
         core::db::textOrNull(row.jobId), core::db::textOrNull(row.problem), row.createdAt, row.updatedAt});
    for (auto it = row.content.renditions.begin(); done && it != row.content.renditions.end(); ++it) {
        done =
            session.run("INSERT INTO prepared_renditions (prepared_id, name, format, segments) VALUES (?1, ?2, ?3, ?4)",
                        {std::string_view(row.id), std::string_view(it->name), std::string_view(word(it->format)),
                         std::int64_t{it->segments}});
    }
    return done;
}

}  // namespace

Result<void> PreparedStore::put(const PreparedRow& row, std::int64_t most) {
    return database_.write([&](Session& session) -> Result<void> {
        auto done = checkRoom(session, row, most);
        done =
            done ? session.run("DELETE FROM prepared_titles WHERE file_id=?1", {std::string_view(row.fileId)}) : done;
        return done ? insert(session, row) : done;
    });
}

Result<std::vector<PreparedRow>> PreparedStore::rows(const std::string& sql, Session::Values values) {
    return database_.readValue<std::vector<PreparedRow>>([&](Session& session) -> Result<std::vector<PreparedRow>> {
        auto found = session.all(sql, values, read);
        auto done = found ? addRenditions(session, *found) : Result<void>(unexpected<core::Error>(found.error()));
        return done ? Result<std::vector<PreparedRow>>(std::move(*found)) : unexpected<core::Error>(done.error());
    });
}

Result<std::optional<PreparedRow>> PreparedStore::first(const std::string& sql, Session::Values values) {
    auto found = rows(sql, values);
    if (!found) {
        return unexpected<core::Error>(found.error());
    }
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
}

Result<std::vector<PreparedRow>> PreparedStore::all() {
    static const std::string sql = rowsWhere("ORDER BY id DESC");
    return rows(sql, {});
}

Result<std::vector<PreparedRow>> PreparedStore::ofTitle(const core::Id& media) {
    static const std::string sql = rowsWhere("WHERE media_id=?1 ORDER BY id DESC");
    return rows(sql, {std::string_view(media)});
}

Result<std::optional<PreparedRow>> PreparedStore::find(const core::Id& id) {
    static const std::string sql = rowsWhere("WHERE id=?1");
    return first(sql, {std::string_view(id)});
}

Result<std::optional<PreparedRow>> PreparedStore::ofFile(const core::Id& file) {
    static const std::string sql = rowsWhere("WHERE file_id=?1");
    return first(sql, {std::string_view(file)});
}

Result<bool> PreparedStore::remove(const core::Id& id) {
    return database_.writeValue<bool>([&](Session& session) -> Result<bool> {
        auto done = session.run("DELETE FROM prepared_titles WHERE id=?1", {std::string_view(id)});
        return done ? Result<bool>(session.changes() > 0) : unexpected<core::Error>(done.error());
    });
}

Result<void> PreparedStore::change(std::string_view sql, Session::Values values) {
    return database_.write([&](Session& session) { return session.run(sql, values); });
}

Result<void> PreparedStore::setJob(const core::Id& id, const core::Id& job, double progress, core::TimeMs now) {
    return change("UPDATE prepared_titles SET job_id=?2, progress=?3, updated_at=?4 WHERE id=?1",
                  {std::string_view(id), std::string_view(job), progress, now});
}

Result<void> PreparedStore::finished(const core::Id& id, std::int64_t bytes, core::TimeMs now) {
    return change("UPDATE prepared_titles SET bytes=?2, progress=1, updated_at=?3 WHERE id=?1",
                  {std::string_view(id), bytes, now});
}

Result<void> PreparedStore::unfinished(const core::Id& id, core::TimeMs now) {
    return change("UPDATE prepared_titles SET bytes=NULL, progress=0, updated_at=?2 WHERE id=?1",
                  {std::string_view(id), now});
}

Result<void> PreparedStore::setPresent(const core::Id& id, bool present, core::TimeMs now) {
    return change("UPDATE prepared_titles SET present=?2, updated_at=?3 WHERE id=?1",
                  {std::string_view(id), std::int64_t{present}, now});
}

}  // namespace marea::server
