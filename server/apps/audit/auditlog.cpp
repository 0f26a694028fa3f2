#include "server/apps/audit/auditlog.h"

#include "core/base/utf8.h"

namespace marea::server {

using core::Result;
using core::db::Session;
using core::db::Value;

namespace {

constexpr std::size_t kLongestText = 200;

std::string bounded(const std::string& text) {
    return core::cleanText(text, kLongestText, false);
}

Result<void> insert(Session& session, core::TimeMs now, const AuditedRequest& request) {
    const std::string subject = bounded(request.subject), username = bounded(request.username);
    return session.run(
        "INSERT INTO audit(at, action, user_id, username, subject, peer, request_id, status) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        {now, std::string_view(request.action), core::db::textOrNull(request.userId), core::db::textOrNull(username),
         core::db::textOrNull(subject), core::db::textOrNull(request.peer), core::db::textOrNull(request.requestId),
         std::int64_t{request.status}});
}

AuditEntry entryOf(const core::db::Row& row) {
    AuditEntry entry;
    entry.seq = row.integer(0);
    entry.at = row.integer(1);
    entry.request = {row.string(2),
                     row.string(3),
                     row.string(4),
                     row.string(5),
                     row.string(6),
                     row.string(7),
                     static_cast<int>(row.integer(8))};
    return entry;
}

}  // namespace

AuditLog::AuditLog(core::db::Database& database, std::shared_ptr<const core::Clock> clock,
                   std::shared_ptr<core::Logger> logger, core::Executor executor)
    : database_(database), clock_(std::move(clock)), logger_(std::move(logger)), executor_(std::move(executor)) {}

Result<void> AuditLog::write(AuditedRequest request) {
    const core::TimeMs now = clock_->now();
    return database_.write([&](Session& session) { return insert(session, now, request); });
}

void AuditLog::record(AuditedRequest request) {
    executor_([this, request = std::move(request)]() mutable {
        const std::string action = request.action;
        if (const auto done = write(std::move(request)); !done) {
            logger_->error("audit.lost", {{"action", action}, {"error", done.error().detail}});
        }
    });
}

Result<std::vector<AuditEntry>> AuditLog::list(const Filter& filter, std::int64_t limit) const {
    const std::string first = filter.action, last = first.ends_with('.') ? first.substr(0, first.size() - 1) + '/' : "";
    return database_.readValue<std::vector<AuditEntry>>([&](Session& session) {
        return session.all(
            "SELECT seq, at, action, user_id, username, subject, peer, request_id, status FROM audit "
            "WHERE (?1=0 OR seq<?1) AND (?2='' OR action=?2 OR (?3<>'' AND action>=?2 AND action<?3)) "
            "AND (?4='' OR user_id=?4) AND (?5 IS NULL OR at>=?5) AND (?6 IS NULL OR at<?6) "
            "ORDER BY seq DESC LIMIT ?7",
            {filter.before, std::string_view(first), std::string_view(last), std::string_view(filter.userId),
             core::db::orNull(filter.since), core::db::orNull(filter.until), limit},
            entryOf);
    });
}

// The trigger looks at the row that says from when on they are kept.
Result<void> AuditLog::forget(core::TimeMs before) {
    return database_.write([&](Session& session) {
        auto done = session.run("UPDATE audit_retention SET kept_from=?1 WHERE kept_from<?1", {before});
        return done ? session.run("DELETE FROM audit WHERE at<(SELECT kept_from FROM audit_retention)") : done;
    });
}

}  // namespace marea::server
