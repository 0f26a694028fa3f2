#include "server/host/health.h"

#include "server/apps/identity/identitystore.h"
#include "server/transcode/workerpool.h"

namespace marea::server {

Health::Health(core::db::Database& database, const WorkerPool& workers, std::shared_ptr<const core::Clock> clock,
               std::shared_ptr<core::Logger> logger)
    : database_(database), workers_(workers), clock_(std::move(clock)), logger_(std::move(logger)) {}

// A write that changes something, so that a full disk and a folder gone read-only show.
void Health::checkDatabase() {
    auto written = database_.write([&](core::db::Session& session) {
        return identitystore::setSetting(session, "checked_at", std::to_string(clock_->now()));
    });
    const bool writable = written.has_value();
    if (databaseWritable_.exchange(writable) != writable) {
        logger_->write(writable ? core::LogLevel::Info : core::LogLevel::Error, "database.writable",
                       {{"ok", writable}, {"detail", writable ? "" : written.error().detail}});
    }
}

Readiness Health::readiness() const {
    Readiness readiness{databaseWritable_, true};
    readiness.workers = workers_.status().ready > 0;
    return readiness;
}

}  // namespace marea::server
