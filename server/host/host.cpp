#include "server/host/host.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <future>

#include "core/db/sqlite.h"
#include "marea_version.h"
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
#include "server/apps/subsonic/call.h"
#include "server/apps/subsonic/subsonic.h"
#include "server/apps/uploads/uploads.h"
#include "server/farm/downloadjobs.h"
#include "server/farm/farmrunner.h"
#include "server/farm/jobroutes.h"
#include "server/farm/loudnessjobs.h"
#include "server/farm/preparedholds.h"
#include "server/farm/preparedjobs.h"
#include "server/farm/preparedstore.h"
#include "server/farm/rungjobs.h"
#include "server/farm/spritejobs.h"
#include "server/farm/spritestore.h"
#include "server/gateway/selfsigned.h"
#include "server/host/catalogdownloads.h"
#include "server/host/catalogfilms.h"
#include "server/host/catalogpictures.h"
#include "server/host/catalogprepared.h"
#include "server/host/catalogsounds.h"
#include "server/host/certificatewatch.h"
#include "server/host/hardware.h"
#include "server/host/hostroutes.h"
#include "server/host/process.h"
#include "server/stream/streamservice.h"
#include "server/transcode/workerpool.h"
#include "server/web/documentpolicies.h"
#include "server/web/openapi.h"

namespace marea::server {

using core::Result;

namespace {

constexpr std::size_t kPoolThreads = 8, kPoolQueue = 2048;
constexpr int kReaders = 6;
constexpr std::chrono::seconds kMaintainEvery{3};
constexpr std::chrono::milliseconds kWorkerPatience{3000}, kWorkerPause{10};
constexpr std::chrono::milliseconds kFolderPatience{1000};  // commands have a folder for a moment, starts too
constexpr core::TimeMs kAuditSweepEvery = 3'600'000;
constexpr std::chrono::milliseconds kLongestHeartbeat{5000}, kFarmPoll{2000};

// The gateway shares the ownership of what it asks; the Identity itself belongs to the host.
std::shared_ptr<Authenticator> borrowed(Authenticator& authenticator) {
    return {std::shared_ptr<Authenticator>(), &authenticator};
}

PlaybackOptions playbackOptions(const LimitsConfig& limits) {
    PlaybackOptions options;
    options.maxSessions = limits.sessions;
    options.maxSessionsPerUser = limits.sessionsPerUser;
    options.maxTranscodes = limits.transcodes;
    options.maxTranscodesPerUser = limits.transcodesPerUser;
    options.idleEnd = core::TimeMs{limits.idleSession} * 1000;
    return options;
}

// What clients on the same network may call this server.
std::vector<std::string> ownNames(const std::string& listenHost) {
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0 && host[0] != '\0') {
        names.emplace_back(host.data());
        names.push_back(names.back() + ".local");
    }
    if (listenHost != "0.0.0.0" && listenHost != "::") {
        names.push_back(listenHost);
    }
    return names;
}

// On the disk of a folder, for this process.
std::int64_t freeBytes(const std::string& folder) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    return error ? 0 : static_cast<std::int64_t>(space.available);
}

template <class T>
Result<void> kept(Result<std::unique_ptr<T>> made, std::unique_ptr<T>& where) {
    if (!made) {
        return core::unexpected<core::Error>(made.error());
    }
    where = std::move(*made);
    return {};
}

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
    const std::string& data = config_.dataFolder;
    if (auto made = makeDataFolder(data); !made) {
        return made;
    }
    auto opened = openDatabase();
    if (!opened) {
        return opened;
    }
    pool_ = std::make_unique<WorkPool>(kPoolThreads, kPoolQueue);
    if (opened = openIdentity(); !opened) {
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

Result<void> Host::openIdentity() {
    IdentityOptions options;
    options.dataFolder = config_.dataFolder;
    options.publicUrl = config_.publicUrl;
    options.serverName = config_.name;
    options.version = MAREA_VERSION;
    options.commit = MAREA_COMMIT;
    auto opened = kept(Identity::create(*database_, clock_, logger_, std::move(options)), identity_);
    if (!opened) {
        return opened;
    }
    authenticator_ = borrowed(*identity_);
    viewers_ = std::make_unique<ViewerRights>(*database_);
    if (!config_.serves()) {
        return {};
    }
    audit_ = std::make_unique<AuditLog>(*database_, clock_, logger_, pool_->executor());
    household_ = std::make_unique<Household>(*database_, *identity_, *viewers_, clock_, logger_);
    identity_->limitDevices(Household::deviceLimit);
    oauth_ = std::make_unique<OAuth>(*database_, *identity_, clock_, logger_);
    events_ = std::make_unique<Events>(Events::Parts{*database_, *identity_, *pool_, clock_, logger_});
    const std::string key = config_.dataFolder + "/keys/app-passwords.key";
    return kept(AppPasswords::create(*database_, clock_, logger_, key), appPasswords_);
}

// Whom the folder belongs to brings the schema up to date, while no helper is there.
Result<void> Host::openDatabase() {
    const std::string& data = config_.dataFolder;
    bool mayMigrate = false;
    std::optional<HelperLock> away;  // until the database is open
    if (config_.serves()) {
        auto lock = DataFolderLock::take(data, kFolderPatience);
        auto alone = lock ? HelperLock::keepAway(data, thisBuild(), kFolderPatience)
                          : Result<std::optional<HelperLock>>(core::unexpected<core::Error>(lock.error()));
        if (!alone) {
            return core::unexpected<core::Error>(alone.error());
        }
        lock_.emplace(std::move(*lock));
        away = std::move(*alone);
        mayMigrate = away.has_value();
    } else {
        auto joined = HelperLock::join(data, thisBuild(), kFolderPatience);
        if (!joined) {
            return core::unexpected<core::Error>(joined.error());
        }
        helping_.emplace(std::move(*joined));
    }
    return kept(core::db::openSqlite(data + "/marea.db", {.readers = kReaders, .migrate = mayMigrate}, logger_),
                database_);
}

void Host::openWorkers() {
    WorkerPoolOptions options;
    options.programPath = config_.workerProgram.empty() ? programFolder() + "/marea-worker" : config_.workerProgram;
    options.count =
        static_cast<int>(config_.workers ? config_.workers : std::max(1U, std::thread::hardware_concurrency()));
    hardware_ = std::make_unique<Hardware>(config_.hardware, options.programPath, pool_->executor(), logger_);
    options.arguments = hardware_->workerArguments();
    workers_ = std::make_unique<WorkerPool>(std::move(options), pool_->executor(), logger_);
}

Result<void> Host::openStreams() {
    spriteStore_ = std::make_unique<SpriteStore>(config_.dataFolder + "/cache/sprites", config_.spriteBytes);
    preparedStore_ = std::make_unique<PreparedStore>(*database_);
    const auto prepared = preparedStore_->all();
    if (!prepared) {
        return core::unexpected<core::Error>(prepared.error());
    }
    StreamOptions streaming;
    streaming.folder = config_.dataFolder + "/cache";
    streaming.build = thisBuild();
    streaming.segmentBytes = config_.streamCacheBytes;
    streaming.hardware = hardware_->any();
    streaming.held = PreparedHolds::held(*prepared, thisBuild());
    streaming.makings.perUser = config_.limits.segmentsPerUser;
    streaming.makings.overall = config_.limits.segments;
    streaming.spritesMade = [store = spriteStore_.get()](const StreamTitle& title, const SpriteWish& wish) {
        auto sheet = store->find(title.fingerprint, spritePlan(title.info), wish);
        return sheet ? std::optional(SegmentCache::Entry{std::move(sheet->file), sheet->size, nullptr}) : std::nullopt;
    };
    streams_ = std::make_unique<StreamService>(std::move(streaming), hardware_->start(*workers_), logger_);
    preparedHolds_ = std::make_unique<PreparedHolds>(*preparedStore_, *streams_, thisBuild(), *prepared);
    return {};
}

Result<void> Host::openParts() {
    CatalogOptions options;
    options.dataFolder = config_.dataFolder;
    options.onChange = [this] {
        filmsChanged_ = soundsChanged_ = picturesChanged_ = preparedChanged_ = true;
        if (events_) {
            events_->catalogueChanged();
        }
    };
    options.writing = [this](bool begins) {
        if (playback_) {
            playback_->filesChanging(begins);
        }
    };
    catalog_ = std::make_unique<Catalog>(*database_, *viewers_, *workers_, identity_->streamTokens(), clock_, logger_,
                                         *pool_, options);
    viewers_->onChange([this] { catalog_->visibilityChanged(); });
    if (auto opened = openStreams(); !opened) {
        return opened;
    }
    licences_ = std::make_unique<Licences>(*database_, config_.dataFolder + "/keys", clock_, logger_);
    if (!config_.serves()) {
        return {};
    }
    profiles_ = std::make_unique<Profiles>(*database_, config_.profiles, clock_, logger_, *pool_);
    if (auto loaded = profiles_->load(); !loaded) {
        return loaded;
    }
    PlaybackOptions playing = playbackOptions(config_.limits);
    playing.streams = [this](const core::Id& user) {
        return household_->streams(user).map([](const auto& most) { return StreamLimits{most.own, most.household}; });
    };
    playing.told = [this](const PlaybackSession& session, bool ended) { events_->session(session, ended); };
    playback_ =
        std::make_unique<Playback>(events_->database(), *catalog_, licences_->protection(), licences_->keys(),
                                   identity_->streamTokens(), *streams_, clock_, logger_, *pool_, std::move(playing),
                                   [this](std::string_view name) { return profiles_->find(name); });
    viewers_->onChange([this] { playback_->visibilityChanged(); });
    openSubsonic();
    uploads_ = std::make_unique<Uploads>(*database_, *catalog_, clock_, logger_, *pool_);
    return {};
}

void Host::openSubsonic() {
    const auto people = [this]() -> Result<std::vector<subsonic::Person>> {
        auto users = identity_->users();
        if (!users) {
            return core::unexpected<core::Error>(users.error());
        }
        std::vector<subsonic::Person> list;
        for (const User& user : *users) {
            list.push_back({user.username, user.role});
        }
        return list;
    };
    auto parts = std::unique_ptr<subsonic::Parts>(new subsonic::Parts{events_->database(),
                                                                      *catalog_,
                                                                      playback_->service(),
                                                                      playback_->soundFiles(),
                                                                      clock_,
                                                                      {"marea", MAREA_VERSION},
                                                                      people});
    subsonic_ = std::make_unique<Subsonic>(std::move(parts), *appPasswords_, *pool_);
}

void Host::openFarm() {
    jobs_ = std::make_unique<JobQueue>(*database_, clock_);
    FarmRunnerOptions options;
    options.owner = std::string(config_.serves() ? "server" : "transcode") + " process " + std::to_string(::getpid()) +
                    " " + core::newId();
    options.slots =
        static_cast<int>(config_.farmJobs ? config_.farmJobs : std::max(1U, std::thread::hardware_concurrency() / 2));
    options.lease = core::TimeMs{config_.farmLease} * 1000;
    options.heartbeat = std::min(kLongestHeartbeat, std::chrono::milliseconds(options.lease / 4));
    options.poll = std::min(kFarmPoll, options.heartbeat);
    farm_ = std::make_unique<FarmRunner>(*jobs_, pool_->executor(), logger_, std::move(options));
    if (config_.farmSprites) {
        films_ = std::make_unique<CatalogFilms>(*catalog_);
        sprites_ = std::make_unique<SpriteJobs>(*jobs_, *spriteStore_, *films_, *workers_, logger_);
        if (config_.worksForFarm()) {
            farm_->handle(SpriteJobs::kKind, sprites_->handler());
        }
    }
    if (config_.farmLoudness) {
        sounds_ = std::make_unique<CatalogSounds>(*catalog_, *database_, clock_);
        loudness_ = std::make_unique<LoudnessJobs>(*jobs_, *sounds_, *workers_, logger_);
        if (config_.worksForFarm()) {
            farm_->handle(LoudnessJobs::kKind, loudness_->handler());
        }
    }
    if (config_.farmLadders) {
        pictures_ =
            std::make_unique<CatalogPictures>(*catalog_, *database_, clock_, [this] { laddersChanged_ = true; });
        rungs_ = std::make_unique<RungJobs>(*jobs_, *pictures_, *workers_, logger_);
        if (config_.worksForFarm()) {
            farm_->handle(RungJobs::kKind, rungs_->handler());
        }
    }
}

void Host::openDownloads() {
    downloadTitles_ = std::make_unique<CatalogDownloads>(*catalog_, licences_->protection());
    downloadFiles_ = std::make_unique<DownloadFiles>(config_.dataFolder + "/downloads", config_.downloadBytes);
    downloadJobs_ =
        std::make_unique<DownloadJobs>(DownloadJobs::Parts{*downloadFiles_, *downloadTitles_, *streams_, *workers_});
    if (config_.worksForFarm()) {
        farm_->handle(DownloadJobs::kKind, downloadJobs_->handler());
    }
    if (config_.serves()) {
        DownloadOptions options;
        options.build = thisBuild();
        options.keep = core::TimeMs{config_.downloadDays} * 24 * 3600 * 1000;
        downloads_ = std::make_unique<Downloads>(*database_, *downloadTitles_, *downloadFiles_, *jobs_, clock_, logger_,
                                                 *pool_, std::move(options));
    }
}

void Host::openPrepared() {
    preparedTitles_ = std::make_unique<CatalogPrepared>(*catalog_);
    preparedJobs_ = std::make_unique<PreparedJobs>(PreparedJobs::Parts{
        *preparedStore_, *preparedHolds_, *preparedTitles_, *streams_, *workers_, *jobs_, thisBuild(), clock_});
    if (config_.worksForFarm()) {
        farm_->handle(PreparedJobs::kKind, preparedJobs_->handler());
    }
    if (config_.serves()) {
        PreparedOptions options;
        options.build = thisBuild();
        options.mostBytes = config_.preparedBytes;
        options.profiles = [this](std::string_view name) { return profiles_->find(name); };
        options.freeBytes = [folder = config_.dataFolder] { return freeBytes(folder); };
        prepared_ = std::make_unique<Prepared>(Prepared::Parts{*preparedStore_, *preparedHolds_, *preparedTitles_,
                                                               *streams_, *jobs_, *pool_, clock_, logger_},
                                               std::move(options));
    }
}

void Host::addRoutes() {
    router_ = std::make_shared<Router>();
    addHostRoutes(
        *router_, [this] { return readiness(); }, [this] { return metrics(); });
    if (!config_.serves()) {
        return;
    }
    addApiDocumentRoute(*router_);
    identity_->addRoutes(*router_, *pool_);
    household_->addRoutes(*router_, *pool_);
    oauth_->addRoutes(*router_, *pool_);
    appPasswords_->addRoutes(*router_, *pool_);
    events_->addRoutes(*router_);
    catalog_->addRoutes(*router_);
    profiles_->addRoutes(*router_);
    playback_->addRoutes(*router_);
    licences_->addRoutes(*router_, playback_->licenceGate(), *pool_, [this] { playback_->protectionChanged(); });
    subsonic_->addRoutes(*router_);
    uploads_->addRoutes(*router_);
    downloads_->addRoutes(*router_);
    prepared_->addRoutes(*router_);
    addJobRoutes(*router_, *jobs_, *pool_);
    audit_->addRoutes(*router_, *pool_);
}

// The certificate that is told, or one of the server's own.
Result<void> Host::prepareTls() {
    if (config_.selfSigned) {
        const SelfSigned files{config_.dataFolder + "/keys/tls-certificate.pem", config_.dataFolder + "/keys/tls.key"};
        if (auto made = ensureSelfSigned(files, ownNames(config_.listenHost)); !made) {
            return made;
        }
        config_.certificateFile = files.certificateFile;
        config_.keyFile = files.keyFile;
    }
    if (!config_.certificateFile.empty()) {
        certificate_ = std::make_unique<CertificateWatch>(config_.certificateFile, config_.keyFile);
    }
    return {};
}

std::string Host::tlsPin() const {
    return certificate_ ? certificatePin(config_.certificateFile).value_or("") : "";
}

// Both files are seldom written at the same instant: what does not fit yet is tried again until it does.
void Host::renewTls() {
    if (!certificate_ || !certificate_->changed()) {
        return;
    }
    if (auto loaded = gateway_->reloadTls(); !loaded) {
        logger_->warning("tls.not_renewed", {{"error", loaded.error().text}, {"detail", loaded.error().detail}});
        return;
    }
    certificate_->taken();
    logger_->info("tls.renewed", {{"pin", tlsPin()}});
}

void Host::sweepAudit() {
    const core::TimeMs now = clock_->now();
    if (!audit_ || now - auditSweptAt_ < kAuditSweepEvery) {
        return;
    }
    auditSweptAt_ = now;
    if (auto done = audit_->forget(now - core::TimeMs{config_.auditDays} * 24 * 3600 * 1000); !done) {
        logger_->error("audit.not_swept", {{"detail", done.error().detail}});
    }
}

Result<void> Host::listen() {
    if (auto prepared = prepareTls(); !prepared) {
        return prepared;
    }
    GatewayOptions options;
    options.host = config_.listenHost;
    options.port = config_.listenPort;
    options.certificateFile = config_.certificateFile;
    options.keyFile = config_.keyFile;
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
    gateway_ = std::make_unique<Gateway>(std::move(options), router_, authenticator_, *pool_, logger_);
    return gateway_->start();
}

Result<void> Host::start() {
    const bool listens = config_.serves() || config_.listenGiven;
    if (auto listening = listens ? listen() : Result<void>(); !listening) {
        return listening;
    }
    maintenance_ = std::thread([this] { maintain(); });
    auto scanning = config_.serves() ? startScans() : Result<void>();
    waitForWorkers();
    farm_->start();
    if (events_) {
        events_->start(*jobs_);
    }
    return scanning;
}

// So that whoever was told "ready" finds it so. Workers that do not come up are no reason to stay away: /readyz says
// it.
void Host::waitForWorkers() const {
    for (auto left = kWorkerPatience; !readiness().workers && left.count() > 0; left -= kWorkerPause) {
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
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) {
            return;
        }
        stopped_ = true;
    }
    stopping_.notify_all();
    if (gateway_) {
        gateway_->drain(seconds);
    }
    if (maintenance_.joinable()) {
        maintenance_.join();
    }
    if (events_) {
        events_->stop();
    }
    if (farm_) {  // while the database is there, and before workers answer what is left with "cancelled"
        farm_->stop();
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
    // What was queued on the pool still refers to the parts: it runs to its end before they go.
    pool_.reset();
    if (playback_) {
        playback_->stop();
    }
}

void Host::maintain() {
    std::unique_lock lock(mutex_);
    while (!stopping_.wait_for(lock, kMaintainEvery, [this] { return stopped_; })) {
        lock.unlock();
        maintainOnce();
        lock.lock();
    }
}

void Host::maintainOnce() {
    if (auto done = identity_->maintain(); !done) {
        logger_->error("identity.maintenance_failed", {{"detail", done.error().detail}});
    }
    if (auto done = viewers_->refresh(); !done) {
        logger_->error("rights.not_refreshed", {{"detail", done.error().detail}});
    }
    checkDatabase();
    renewTls();
    sweepAudit();
    if (config_.serves()) {
        if (auto done = oauth_->maintain(); !done) {
            logger_->error("oauth.maintenance_failed", {{"detail", done.error().detail}});
        }
        uploads_->maintain();
        downloads_->maintain();
        if (laddersChanged_.exchange(false)) {
            prepared_->reconsider();
        }
        prepared_->maintain(preparedChanged_.exchange(false));
        queueSprites();
        queueLoudness();
        queueRungs();
    } else if (auto held = preparedHolds_->refresh(); !held) {  // what the server was asked to have made ahead
        logger_->error("prepared.not_held", {{"detail", held.error().detail}});
    }
}

void Host::queueSprites() {
    if (!sprites_ || !filmsChanged_.exchange(false)) {
        return;
    }
    if (auto queued = sprites_->queueMissing(); !queued) {
        filmsChanged_ = true;
        logger_->error("farm.sprites_not_queued", {{"detail", queued.error().detail}});
    }
}

void Host::queueLoudness() {
    if (!loudness_ || !soundsChanged_.exchange(false)) {
        return;
    }
    if (auto queued = loudness_->queueMissing(); !queued) {
        soundsChanged_ = true;
        logger_->error("farm.loudness_not_queued", {{"detail", queued.error().detail}});
    }
}

void Host::queueRungs() {
    if (!rungs_ || !picturesChanged_.exchange(false)) {
        return;
    }
    if (auto queued = rungs_->queueMissing(); !queued) {
        picturesChanged_ = true;
        logger_->error("farm.rungs_not_queued", {{"detail", queued.error().detail}});
    }
}

// A write that changes something, so that a full disk and a folder gone read-only show.
void Host::checkDatabase() {
    auto written = database_->write([&](core::db::Session& session) {
        return identitystore::setSetting(session, "checked_at", std::to_string(clock_->now()));
    });
    const bool writable = written.has_value();
    if (databaseWritable_.exchange(writable) != writable) {
        logger_->write(writable ? core::LogLevel::Info : core::LogLevel::Error, "database.writable",
                       {{"ok", writable}, {"detail", writable ? "" : written.error().detail}});
    }
}

Readiness Host::readiness() const {
    Readiness readiness{databaseWritable_, true};
    readiness.workers = workers_->status().ready > 0;
    return readiness;
}

Metrics Host::metrics() const {
    Metrics metrics;
    metrics.roles = config_.roles;
    metrics.gateway = gateway_->stats();
    metrics.readiness = readiness();
    metrics.uptimeSeconds = static_cast<double>(clock_->now() - startedAt_) / 1000;
    metrics.version = MAREA_VERSION;
    metrics.commit = MAREA_COMMIT;
    const WorkerPoolStatus status = workers_->status();
    metrics.workersReady = status.ready;
    metrics.workerStarts = status.starts;
    metrics.workerDeaths = status.deaths;
    metrics.workerJobsAnswered = status.answered;
    metrics.workerJobsQueued = status.queued;
    const FarmStatus farm = farm_->status();
    metrics.farmQueued = farm.counts.queued;
    metrics.farmRunning = farm.counts.leased;
    metrics.farmFailed = farm.counts.failed;
    metrics.farmRunningHere = farm.running;
    metrics.farmDone = farm.done;
    metrics.farmFailedTries = farm.failedTries;
    metrics.streams = streams_->status();
    metrics.sprites = spriteStore_->status();
    metrics.devices = hardware_->status();
    return metrics;
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
