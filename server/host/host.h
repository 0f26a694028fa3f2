#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/identity/identity.h"
#include "server/gateway/router.h"
#include "server/gateway/server.h"
#include "server/gateway/workpool.h"
#include "server/host/config.h"
#include "server/host/datafolder.h"
#include "server/host/helperlock.h"
#include "server/host/metrics.h"

namespace marea::server {

class AppPasswords;
class AuditLog;
class Catalog;
class CatalogDownloads;
class CatalogFilms;
class CatalogPictures;
class CatalogPrepared;
class CatalogSounds;
class CertificateWatch;
class DownloadFiles;
class DownloadJobs;
class Downloads;
class Events;
class FarmRunner;
class Hardware;
class Household;
class JobQueue;
class Licences;
class LoudnessJobs;
class OAuth;
class Playback;
class Prepared;
class PreparedHolds;
class PreparedJobs;
class PreparedStore;
class Profiles;
class RungJobs;
class SpriteJobs;
class SpriteStore;
class StreamService;
class Subsonic;
class Uploads;
class ViewerRights;
class WorkerPool;

// A whole server in one object: everything is built and connected here, and nowhere else. For marea-server's main and
// for programs that embed a server. create() opens the data folder; start() listens and scans; stop(), once, ends it.
// With the role "transcode" alone it is a helper: it takes background jobs beside the server of that data folder, and
// answers nobody but those who look after it.
class Host {
public:
    // Takes the data folder's lock; Conflict when another process has it. A helper joins instead: Conflict when the
    // folder is of another version of Marea.
    static core::Result<std::unique_ptr<Host>> create(Config config, std::shared_ptr<core::Logger> logger,
                                                      std::shared_ptr<const core::Clock> clock);
    ~Host();  // stops first
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    core::Result<void> start();
    // Scanning without listening, for the command line.
    core::Result<void> startScans();
    void waitForScans();
    // Lets answers under way finish for at most `seconds`; blocks.
    void stop(int seconds);

    // Of the certificate's key, as curl --pinnedpubkey takes it; "": no TLS.
    std::string tlsPin() const;
    std::string url() const { return gateway_ ? gateway_->url() : std::string(); }  // "": it does not listen
    Identity& identity() { return *identity_; }
    const Router& router() const { return *router_; }
    core::db::Database& database() { return *database_; }
    // A request as an owner of the server would make it, answered without a socket; blocks.
    Response callAsOwner(Method method, const std::string& path, std::string body = {});

private:
    Host(Config config, std::shared_ptr<core::Logger> logger, std::shared_ptr<const core::Clock> clock);
    core::Result<void> open();
    core::Result<void> openDatabase();
    core::Result<void> openIdentity();
    void openWorkers();
    core::Result<void> openParts();
    void openFarm();
    void openDownloads();
    core::Result<void> openStreams();
    void openPrepared();
    void openSubsonic();
    void addRoutes();
    core::Result<void> listen();
    core::Result<void> prepareTls();
    void renewTls();
    void sweepAudit();
    void waitForWorkers() const;
    void maintain();
    void maintainOnce();
    void queueSprites();
    void queueLoudness();
    void queueRungs();
    void checkDatabase();
    Readiness readiness() const;
    Metrics metrics() const;

    Config config_;
    std::shared_ptr<core::Logger> logger_;
    std::shared_ptr<const core::Clock> clock_;
    // Built from top to bottom, gone from bottom to top.
    std::optional<DataFolderLock> lock_;
    std::optional<HelperLock> helping_;
    std::unique_ptr<core::db::Database> database_;
    std::unique_ptr<WorkPool> pool_;
    std::unique_ptr<Identity> identity_;
    std::unique_ptr<ViewerRights> viewers_;
    std::unique_ptr<AuditLog> audit_;  // null in a helper, as are those below
    std::unique_ptr<Household> household_;
    std::unique_ptr<OAuth> oauth_;
    std::unique_ptr<AppPasswords> appPasswords_;
    std::unique_ptr<Events> events_;
    std::shared_ptr<Authenticator> authenticator_;
    std::unique_ptr<WorkerPool> workers_;  // of the processor
    std::unique_ptr<Hardware> hardware_;
    std::unique_ptr<SpriteStore> spriteStore_;
    std::unique_ptr<PreparedStore> preparedStore_;
    std::unique_ptr<StreamService> streams_;
    std::unique_ptr<PreparedHolds> preparedHolds_;
    std::unique_ptr<Catalog> catalog_;  // in a helper for its files alone
    std::unique_ptr<Licences> licences_;
    std::unique_ptr<Profiles> profiles_;  // null in a helper, as are playback, uploads and downloads
    std::unique_ptr<Playback> playback_;
    std::unique_ptr<Subsonic> subsonic_;
    std::unique_ptr<Uploads> uploads_;
    std::unique_ptr<JobQueue> jobs_;
    std::unique_ptr<CatalogFilms> films_;
    std::unique_ptr<SpriteJobs> sprites_;  // null: switched off
    std::unique_ptr<CatalogSounds> sounds_;
    std::unique_ptr<LoudnessJobs> loudness_;  // null: switched off
    std::unique_ptr<CatalogPictures> pictures_;
    std::unique_ptr<RungJobs> rungs_;  // null: switched off
    std::unique_ptr<CatalogDownloads> downloadTitles_;
    std::unique_ptr<DownloadFiles> downloadFiles_;
    std::unique_ptr<DownloadJobs> downloadJobs_;
    std::unique_ptr<Downloads> downloads_;
    std::unique_ptr<CatalogPrepared> preparedTitles_;
    std::unique_ptr<PreparedJobs> preparedJobs_;
    std::unique_ptr<Prepared> prepared_;
    std::unique_ptr<FarmRunner> farm_;
    std::shared_ptr<Router> router_;
    std::unique_ptr<CertificateWatch> certificate_;  // null: no TLS
    std::unique_ptr<Gateway> gateway_;               // null in a helper that does not listen

    core::TimeMs startedAt_ = 0, auditSweptAt_ = 0;
    std::atomic<bool> databaseWritable_ = true;
    std::atomic<bool> filmsChanged_ = true, soundsChanged_ = true, preparedChanged_ = true, laddersChanged_ = false,
                      picturesChanged_ = true;
    bool stopped_ = false;
    std::mutex mutex_;
    std::condition_variable stopping_;
    std::thread maintenance_;
};

}  // namespace marea::server
