#include "server/host/host.h"

#include <future>
#include <thread>

#include "server/apps/audit/auditlog.h"
#include "server/apps/catalog/catalog.h"
#include "server/apps/downloads/downloads.h"
#include "server/apps/events/events.h"
#include "server/apps/household/household.h"
#include "server/apps/identity/apppasswords.h"
#include "server/apps/identity/viewerrights.h"
#include "server/apps/library/playback.h"
#include "server/apps/licence/licences.h"
#include "server/apps/oauth/oauth.h"
#include "server/apps/prepared/prepared.h"
#include "server/apps/profiles/profiles.h"
#include "server/apps/scrobbling/scrobbling.h"
#include "server/apps/subsonic/subsonic.h"
#include "server/apps/uploads/uploads.h"
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
#include "server/outbound/client.h"
#include "server/stream/streamservice.h"
#include "server/transcode/workerpool.h"
#include "server/web/documentpolicies.h"
#include "server/web/openapi.h"

namespace marea::server {

using core::Result;

namespace {

constexpr std::size_t kPoolThreads = 8, kPoolQueue = 2048;
constexpr std::chrono::seconds kMaintainEvery{3};
constexpr std::chrono::milliseconds kWorkerPatience{3000}, kWorkerPause{10};
constexpr core::TimeMs kAuditSweepEvery = 3'600'000;

}  // namespace

Host::Host(Config config, std::shared_ptr<core::Logger> logger, std::shared_ptr<const core::Clock> clock)
    : config_(std::move(config)), logger_(std::move(logger)), clock_(std::move(clock)), startedAt_(clock_->now()) {}

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
    addRoutes();
    return {};
}

Result<GatewayOptions> Host::gatewayOptions() const {
    GatewayOptions options;
    options.host = config_.listenHost;
    options.port = config_.listenPort;
    options.certificateFile = tls_->certificateFile();
    options.keyFile = tls_->keyFile();
    options.threads = config_.threads;
    options.maxConnections = config_.maxConnections;
    options.trustedProxies = config_.trustedProxies;
    auto policies = documentPolicies(openApiDocument(), *router_);
    if (!policies) {
        return core::unexpected<core::Error>(policies.error());
    }
    options.policies = std::move(*policies);
    options.rates = config_.rates;
    options.rules = config_.defaultRules ? defaultRules() : std::vector<RequestRule>();
    options.rules.insert(options.rules.end(), config_.rules.begin(), config_.rules.end());
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
    auto options = gatewayOptions();
    if (!options) {
        return core::unexpected<core::Error>(options.error());
    }
    gateway_ = std::make_unique<Gateway>(std::move(*options), router_, authenticator_, *pool_, logger_);
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
    waitForWorkers();
    farm_->runner().start();
    if (events_) {
        events_->start(farm_->queue());
    }
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
    catalog_->start();
    return {};
}

void Host::waitForScans() {
    catalog_->waitUntilIdle();
}

void Host::stop(int seconds) {
    if (stopped_.exchange(true)) {
        return;
    }
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
}

void Host::maintain() {
    if (auto done = identity_->maintain(); !done) {
        logger_->error("identity.maintenance_failed", {{"detail", done.error().detail}});
    }
    if (auto done = viewers_->refresh(); !done) {
        logger_->error("rights.not_refreshed", {{"detail", done.error().detail}});
    }
    health_->checkDatabase();
    if (gateway_) {
        tls_->renew(*gateway_);
    }
    if (config_.serves()) {
        maintainServices();
    } else if (auto held = preparedHolds_->refresh(); !held) {  // what the server was asked to have made ahead
        logger_->error("prepared.not_held", {{"detail", held.error().detail}});
    }
}

void Host::maintainServices() {
    sweepAudit();
    if (auto done = oauth_->maintain(); !done) {
        logger_->error("oauth.maintenance_failed", {{"detail", done.error().detail}});
    }
    scrobbling_->maintain();
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
    if (auto done = audit_->forget(now - core::TimeMs{config_.auditDays} * 24 * 3600 * 1000); !done) {
        logger_->error("audit.not_swept", {{"detail", done.error().detail}});
    }
}

Response Host::callAsOwner(Method method, const std::string& path, std::string body) {
    Request request;
    request.method = method;
    request.target = request.path = path;
    request.body = std::move(body);
    request.headers.set("Content-Type", "application/json");
    request.requestId = "local";
    request.principal = Principal{identity_->serverId(), identity_->serverId(), "command line", "owner"};
    Router::Match match = router_->match(method, path);
    if (!match.route || !match.route->handler) {
        return Response::problem(core::Error{core::ErrorCode::NotFound, path, "This server cannot do that."});
    }
    request.params = std::move(match.params);
    std::promise<Response> answer;
    match.route->handler(std::move(request), Reply([&](Response response) { answer.set_value(std::move(response)); }));
    return answer.get_future().get();
}

}  // namespace marea::server
