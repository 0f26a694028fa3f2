#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/logring.h"
#include "core/db/database.h"
#include "server/apps/identity/identity.h"
#include "server/gateway/router.h"
#include "server/gateway/server.h"
#include "server/gateway/workpool.h"
#include "server/host/config.h"
#include "server/host/configreload.h"
#include "server/host/hostdata.h"
#include "server/host/metrics.h"
#include "server/host/storage.h"
#include "server/host/tlsfiles.h"
#include "server/host/upkeep.h"

namespace marea::server {

class AppPasswords;
class AuditLog;
class Catalog;
class CatalogDownloads;
class CatalogPrepared;
class DownloadFiles;
class DownloadJobs;
class Downloads;
class Events;
class FarmParts;
class FilesPages;
class Hardware;
class Health;
class Household;
class Licences;
class LocalSocket;
class MetadataLookup;
class NetworkAnnouncer;
class OAuth;
class Oidc;
class OutboundClient;
class Playback;
class Prepared;
class PreparedHolds;
class PreparedJobs;
class PreparedStore;
class Profiles;
class Scrobbling;
class SpriteStore;
class Store;
class StoreLicences;
class StreamService;
class Subsonic;
class Sync;
class Uploads;
class ViewerRights;
class Waveforms;
class WebDav;
class WorkerPool;

// A whole server in one object: everything is built and connected here, and nowhere else: services in hostservices.cpp,
// what makes media in hostmedia.cpp, what calls other hosts in hostoutbound.cpp, what is sold in hoststore.cpp, what
// the network is told in hostannounce.cpp, life in host.cpp. For marea-server's main and for programs that embed a
// server. create() opens the data folder; start() listens and scans; stop(), once, ends it. With the role "transcode"
// alone it is a helper: it takes background jobs beside the server of that data folder, and answers nobody but those
// who look after it.
class Host {
public:
    // Takes the data folder's lock; Conflict when another process has it. A helper joins instead: Conflict when the
    // folder is of another version of Marea.
    static core::Result<std::unique_ptr<Host>> create(Config config, std::shared_ptr<core::Logger> logger,
                                                      std::shared_ptr<const core::Clock> clock);
    ~Host();  // stops first
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    // Where it is shared: the port, its certificate's pin, and the address that it listens at ("::": IPv4 too).
    struct Shared {
        std::uint16_t port = 0;
        std::string pin;
        std::string host = {};
    };

    core::Result<void> start();
    // Scanning without listening, for the command line.
    core::Result<void> startScans();
    void waitForScans();
    // What owners may read of the log, and where the configuration is read anew. Before start().
    void showLog(std::shared_ptr<const core::LogRing> log) { log_ = std::move(log); }
    void readConfigBy(std::function<core::Result<Config>()> read) { readConfig_ = std::move(read); }
    // Takes of the configuration what can be taken now. With an error nothing changes. Blocks; any thread.
    core::Result<ConfigChange> reload();
    // Lets answers under way finish for at most `seconds`; blocks.
    void stop(int seconds);

    // Of the certificate's key, as curl --pinnedpubkey takes it; "": no TLS.
    std::string tlsPin() const { return tls_ ? tls_->pin() : std::string(); }
    std::string url() const { return gateway_ ? gateway_->url() : std::string(); }  // "": it does not listen
    // Listens at a second address too, with TLS and a certificate of the data folder's own, and answers alike there.
    // Conflict while it is shared already. These three from one thread at a time, between start() and stop().
    core::Result<Shared> share(const std::string& host, std::uint16_t port);
    void stopSharing(int seconds);  // as stop() does of that address: nothing of it stays open
    std::optional<Shared> shared() const;
    Identity& identity() { return *identity_; }
    const Router& router() const { return *router_; }
    core::db::Database& database() { return *data_.database; }
    // A request as an owner of the server would make it, by somebody at its machine; blocks.
    Response callAsOwner(Method method, const std::string& target, std::string body = {});

private:
    struct Sharing;
    Host(Config config, std::shared_ptr<core::Logger> logger, std::shared_ptr<const core::Clock> clock);
    core::Result<void> open();
    core::Result<void> openIdentity();
    core::Result<void> openServices();
    core::Result<void> openParts();
    void openSubsonic();
    void openFolders();
    core::Result<void> openOutbound();
    core::Result<void> openScrobbling();
    void openOidc();
    void openMetadata();
    void openStore();
    void openWorkers();
    core::Result<void> openStreams();
    void openFarm();
    void openDownloads();
    void openPrepared();
    core::Result<void> addRoutes();
    void addServiceRoutes();
    void addAdminRoutes();
    void cut(const core::Id& user, const core::Id& session, const core::Id& title = {});
    core::Result<StorageReport> storage();
    GatewayOptions gatewayOptions(const TlsFiles& tls) const;
    void take(const Config& config);  // with the mutex
    core::Result<void> listen();
    void announce(const Config& config);  // with the mutex
    void openSocket();
    void beginScans();
    void waitForWorkers() const;
    void maintain();
    void maintainServices();
    void sweepAudit();
    Metrics metrics() const;

    Config config_;   // as it was started
    Config current_;  // as it runs by now, with the mutex
    std::mutex configMutex_;
    std::function<core::Result<Config>()> readConfig_;
    std::shared_ptr<core::Logger> logger_;
    std::shared_ptr<const core::LogRing> log_;
    std::shared_ptr<const core::Clock> clock_;
    // Built from top to bottom, gone from bottom to top.
    HostData data_;
    std::unique_ptr<WorkPool> pool_;
    std::unique_ptr<OutboundClient> outbound_;  // null in a helper
    std::unique_ptr<Identity> identity_;
    std::unique_ptr<ViewerRights> viewers_;
    std::unique_ptr<AuditLog> audit_;  // null in a helper, as are those below
    std::unique_ptr<Household> household_;
    std::unique_ptr<OAuth> oauth_;
    std::unique_ptr<Oidc> oidc_;
    std::unique_ptr<AppPasswords> appPasswords_;
    std::unique_ptr<Events> events_;
    std::shared_ptr<Authenticator> authenticator_;
    std::unique_ptr<WorkerPool> workers_;  // of the processor
    std::unique_ptr<Hardware> hardware_;
    std::unique_ptr<Health> health_;
    std::unique_ptr<SpriteStore> spriteStore_;
    std::unique_ptr<PreparedStore> preparedStore_;
    std::unique_ptr<StreamService> streams_;
    std::unique_ptr<Waveforms> waveforms_;
    std::unique_ptr<PreparedHolds> preparedHolds_;
    std::unique_ptr<Licences> licences_;
    std::unique_ptr<Catalog> catalog_;          // in a helper for its files alone
    std::unique_ptr<MetadataLookup> metadata_;  // null in a helper
    std::unique_ptr<Profiles> profiles_;        // null in a helper, as are playback, uploads and downloads
    std::unique_ptr<Scrobbling> scrobbling_;
    std::unique_ptr<Playback> playback_;
    std::unique_ptr<Sync> sync_;
    std::unique_ptr<Subsonic> subsonic_;
    std::unique_ptr<WebDav> webDav_;
    std::unique_ptr<FilesPages> filesPages_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<StoreLicences> storeLicences_;
    std::unique_ptr<Uploads> uploads_;
    std::unique_ptr<FarmParts> farm_;
    std::unique_ptr<CatalogDownloads> downloadTitles_;
    std::unique_ptr<DownloadFiles> downloadFiles_;
    std::unique_ptr<DownloadJobs> downloadJobs_;
    std::unique_ptr<Downloads> downloads_;
    std::unique_ptr<CatalogPrepared> preparedTitles_;
    std::unique_ptr<PreparedJobs> preparedJobs_;
    std::unique_ptr<Prepared> prepared_;
    std::shared_ptr<Router> router_;
    RoutePolicies policies_;            // of its routes
    std::optional<TlsFiles> tls_;       // set when it listens
    std::unique_ptr<Gateway> gateway_;  // null in a helper that does not listen
    std::mutex sharingMutex_;           // of what others than share() and stopSharing() do with it
    std::unique_ptr<Sharing> sharing_;  // null while it is not shared
    std::unique_ptr<Upkeep> upkeep_;
    std::unique_ptr<Upkeep> scanning_;             // begins it, once
    std::unique_ptr<LocalSocket> socket_;          // null in a helper
    std::unique_ptr<NetworkAnnouncer> announcer_;  // with the mutex; null: the network is not told of it

    core::TimeMs startedAt_ = 0, auditSweptAt_ = 0;
    std::atomic<unsigned> auditDays_;
    std::atomic<bool> preparedChanged_ = true;
    std::atomic<bool> stopped_ = false;
};

}  // namespace marea::server
