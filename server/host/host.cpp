#include "server/host/host.h"

#include <thread>

#include "server/announce/networkannouncer.h"
#include "server/apps/audit/auditlog.h"
#include "server/apps/catalog/catalog.h"
#include "server/apps/downloads/downloads.h"
#include "server/apps/events/events.h"
#include "server/apps/files/files.h"
#include "server/apps/household/household.h"
#include "server/apps/identity/apppasswords.h"
#include "server/apps/identity/viewerrights.h"
#include "server/apps/library/playback.h"
#include "server/apps/licence/licences.h"
#include "server/apps/metadata/lookup.h"
#include "server/apps/oauth/oauth.h"
#include "server/apps/oidc/oidc.h"
#include "server/apps/prepared/prepared.h"
#include "server/apps/profiles/profiles.h"
#include "server/apps/scrobbling/scrobbling.h"
#include "server/apps/store/store.h"
#include "server/apps/store/storelicences.h"
#include "server/apps/subsonic/subsonic.h"
#include "server/apps/sync/sync.h"
#include "server/apps/uploads/uploads.h"
#include "server/apps/webdav/webdav.h"
#include "server/farm/downloadjobs.h"
#include "server/farm/preparedholds.h"
#include "server/farm/preparedjobs.h"
#include "server/farm/preparedstore.h"
#include "server/farm/spritestore.h"
#include "server/host/catalogdownloads.h"
#include "server/host/catalogprepared.h"
#include "server/host/farmparts.h"
#include "server/host/hardware.h"
#include "server/host/health.h"
#include "server/host/localsocket.h"
#include "server/host/process.h"
#include "server/host/sharing.h"
#include "server/outbound/client.h"
#include "server/stream/streamservice.h"
#include "server/stream/waveforms.h"
#include "server/transcode/workerpool.h"

namespace marea::server {

using core::Result;

namespace {

constexpr std::size_t kPoolThreads = 8, kPoolQueue = 2048;
constexpr std::chrono::seconds kMaintainEvery{3};
constexpr std::chrono::milliseconds kWorkerPatience{3000}, kWorkerPause{10};
constexpr core::TimeMs kAuditSweepEvery = 3'600'000;

std::vector<RequestRule> rulesOf(const Config& config) {
    auto rules = config.defaultRules ? defaultRules() : std::vector<RequestRule>();
    rules.insert(rules.end(), config.rules.begin(), config.rules.end());
    return rules;
}

}  // namespace

Host::Host(Config config, std::shared_ptr<core::Logger> logger, std::shared_ptr<const core::Clock> clock)
    : config_(std::move(config)),
      current_(config_),
      logger_(std::move(logger)),
      clock_(std::move(clock)),
      startedAt_(clock_->now()),
      auditDays_(config_.auditDays) {}

Host::~Host() {
    stop(0);
}

Result<std::unique_ptr<Host>> Host::create(Config config, std::shared_ptr<core::Logger> logger,
                                           std::shared_ptr<const core::Clock> clock) {
    if (config.dataFolder.empty()) {
        config.dataFolder = defaultDataFolder();
    }
    std::unique_ptr<Host> host(new Host(std::move(config), std::move(logger), std::move(clock)));
    if (auto opened = host->open(); !opened) {
        return core::unexpected<core::Error>(opened.error());
    }
    return host;
}

Result<void> Host::open() {
    auto data = HostData::open(config_, logger_);
    if (!data) {
        return core::unexpected<core::Error>(data.error());
    }
    data_ = std::move(*data);
    pool_ = std::make_unique<WorkPool>(kPoolThreads, kPoolQueue);
    auto opened =
        openOutbound().and_then([this] { return openIdentity(); }).and_then([this] { return openServices(); });
    if (!opened) {
        return opened;
    }
    openWorkers();
    if (opened = openParts(); !opened) {
        return opened;
    }
    openFarm();
    openDownloads();
    openPrepared();
    return addRoutes();
}

GatewayOptions Host::gatewayOptions(const TlsFiles& tls) const {
    GatewayOptions options;
    options.host = config_.listenHost;
    options.port = config_.listenPort;
    options.certificateFile = tls.certificateFile();
    options.keyFile = tls.keyFile();
    options.threads = config_.threads;
    options.maxConnections = config_.maxConnections;
    options.trustedProxies = config_.trustedProxies;
    options.policies = policies_;
    options.rates = config_.rates;
    options.rules = rulesOf(config_);
    options.corsOrigins = config_.corsOrigins;
    options.strictTransport = config_.publicUrl.starts_with("https://");
    options.auditor = audit_.get();
    return options;
}

Result<void> Host::listen() {
    auto tls = TlsFiles::prepare(config_, logger_);
    if (!tls) {
        return core::unexpected<core::Error>(tls.error());
    }
    tls_ = std::move(*tls);
    identity_->setTlsPin(tls_->pin());
    gateway_ = std::make_unique<Gateway>(gatewayOptions(*tls_), router_, authenticator_, *pool_, logger_);
    return gateway_->start();
}

Result<void> Host::start() {
    const bool listens = config_.serves() || config_.listenGiven;
    if (auto listening = listens ? listen() : Result<void>(); !listening) {
        return listening;
    }
    upkeep_ = std::make_unique<Upkeep>(kMaintainEvery, [this] { maintain(); });
    upkeep_->start();
    auto scanning = config_.serves() ? startScans() : Result<void>();
    if (!config_.embedded) {
        waitForWorkers();
    }
    farm_->runner().start();
    if (events_) {
        events_->start(farm_->queue());
    }
    openSocket();
    const std::lock_guard lock(configMutex_);
    announce(current_);
    return scanning;
}

// So that whoever was told "ready" finds it so. Workers that do not come up are no reason to stay away: /readyz says
// it.
void Host::waitForWorkers() const {
    for (auto left = kWorkerPatience; !health_->readiness().workers && left.count() > 0; left -= kWorkerPause) {
        std::this_thread::sleep_for(kWorkerPause);
    }
}

Result<void> Host::startScans() {
    std::vector<LibraryFolder> folders;
    for (const LibraryConfig& library : config_.libraries) {
        folders.push_back({library.name, library.path});
    }
    if (auto configured = catalog_->configureLibraries(folders); !configured) {
        return configured;
    }
    beginScans();
    return {};
}

// A thread has the priority of the one that starts it, and no way back: embedded, what scans gets its own from one that
// is made for it.
void Host::beginScans() {
    if (!config_.embedded) {
        return catalog_->start();
    }
    scanning_ = std::make_unique<Upkeep>(config_.ease, [this] {
        letOthersGoFirst();
        catalog_->start();
    });
    scanning_->startOnce();
}

void Host::waitForScans() {
    catalog_->waitUntilIdle();
}

void Host::stop(int seconds) {
    if (stopped_.exchange(true)) {
        return;
    }
    {
        const std::lock_guard lock(configMutex_);
        announcer_.reset();  // nobody shall come any more
    }
    scanning_.reset();
    socket_.reset();
    stopSharing(0);
    if (upkeep_) {
        upkeep_->askToEnd();
    }
    if (gateway_) {
        gateway_->drain(seconds);
    }
    upkeep_.reset();
    if (events_) {
        events_->stop();
    }
    if (metadata_) {
        metadata_->stop();
    }
    if (farm_) {  // while the database is there, and before workers answer what is left with "cancelled"
        farm_->runner().stop();
    }
    if (catalog_) {
        catalog_->stop();
    }
    if (hardware_) {
        hardware_->stop();
    }
    if (workers_) {
        workers_->stop();
    }
    if (outbound_) {
        outbound_->stop();
    }
    // What was queued on the pool still refers to the parts: it runs to its end before they go.
    pool_.reset();
    if (playback_) {
        playback_->stop();
    }
    if (store_) {
        store_->writeDeliveries();
    }
}

// Without it commands cannot ask this server, and nothing else is missing.
void Host::openSocket() {
    if (!config_.serves()) {
        return;
    }
    auto opened = LocalSocket::open(
        config_.dataFolder,
        [this](Method method, const std::string& target, std::string body) {
            return callAsOwner(method, target, std::move(body));
        },
        logger_);
    if (opened) {
        socket_ = std::move(*opened);
    } else {
        logger_->warning("control.not_opened", {{"detail", opened.error().detail}});
    }
}

void Host::maintain() {
    if (auto done = identity_->maintain(); !done) {
        logger_->error("identity.maintenance_failed", {{"detail", done.error().detail}});
    }
    if (auto done = viewers_->refresh(); !done) {
        logger_->error("rights.not_refreshed", {{"detail", done.error().detail}});
    }
    health_->checkDatabase();
    if (gateway_ && tls_->renew(*gateway_)) {
        identity_->setTlsPin(tls_->pin());
    }
    if (config_.serves()) {
        maintainServices();
    } else if (auto held = preparedHolds_->refresh(); !held) {  // what the server was asked to have made ahead
        logger_->error("prepared.not_held", {{"detail", held.error().detail}});
    }
}

Result<ConfigChange> Host::reload() {
    const std::lock_guard lock(configMutex_);
    if (!readConfig_) {
        return core::fail(core::ErrorCode::Unprocessable, "This server was started without a configuration to read.");
    }
    auto next = readConfig_();
    if (!next) {
        logger_->error("config.not_reloaded", {{"error", next.error().text}});
        return core::fail(core::ErrorCode::Unprocessable, next.error().text);
    }
    ConfigChange change = changeOf(current_, *next);
    take(change.config);
    current_ = change.config;
    const auto listed = [](const std::vector<std::string>& names) {
        return core::json::serialize(core::json::array(names.begin(), names.end()));
    };
    logger_->info("config.reloaded", {{"taken", listed(change.taken)}, {"needs_restart", listed(change.needsRestart)}});
    return change;
}

void Host::take(const Config& config) {
    auditDays_ = config.auditDays;
    if (config.announce != current_.announce) {
        announce(config);
    }
    if (gateway_) {
        gateway_->change({config.rates, rulesOf(config), config.corsOrigins, config.trustedProxies});
    }
    if (playback_) {
        const LimitsConfig& most = config.limits;
        playback_->service().setLimits({most.sessions, most.sessionsPerUser, most.transcodes, most.transcodesPerUser});
    }
    if (auto* logger = dynamic_cast<core::AdjustableLogger*>(logger_.get())) {
        logger->setMinimum(config.logLevel);
    }
}

void Host::maintainServices() {
    sweepAudit();
    if (auto done = oauth_->maintain(); !done) {
        logger_->error("oauth.maintenance_failed", {{"detail", done.error().detail}});
    }
    scrobbling_->maintain();
    store_->maintain();
    metadata_->maintain();
    uploads_->maintain();
    downloads_->maintain();
    if (farm_->takeLaddersChanged()) {
        prepared_->reconsider();
    }
    prepared_->maintain(preparedChanged_.exchange(false));
    farm_->queueMissing();
}

void Host::sweepAudit() {
    const core::TimeMs now = clock_->now();
    if (now - auditSweptAt_ < kAuditSweepEvery) {
        return;
    }
    auditSweptAt_ = now;
    storeLicences_->maintain();
    if (auto done = audit_->forget(now - core::TimeMs{auditDays_.load()} * 24 * 3600 * 1000); !done) {
        logger_->error("audit.not_swept", {{"detail", done.error().detail}});
    }
}

}  // namespace marea::server
