// How a Host's services are made and connected. A new one that answers users is made in openServices(), or, when what
// plays has to be there first, at the end of openParts(); its routes are added in addServiceRoutes(). What makes media
// is in hostmedia.cpp.
#include "marea_version.h"
#include "server/apps/audit/auditlog.h"
#include "server/apps/catalog/catalog.h"
#include "server/apps/downloads/downloads.h"
#include "server/apps/events/events.h"
#include "server/apps/files/files.h"
#include "server/apps/household/household.h"
#include "server/apps/identity/apppasswords.h"
#include "server/apps/identity/viewerrights.h"
#include "server/apps/library/playback.h"
#include "server/apps/library/waveformroute.h"
#include "server/apps/licence/licences.h"
#include "server/apps/metadata/lookup.h"
#include "server/apps/oauth/oauth.h"
#include "server/apps/oidc/oidc.h"
#include "server/apps/prepared/prepared.h"
#include "server/apps/profiles/profiles.h"
#include "server/apps/scrobbling/scrobbling.h"
#include "server/apps/store/store.h"
#include "server/apps/store/storelicences.h"
#include "server/apps/subsonic/call.h"
#include "server/apps/subsonic/subsonic.h"
#include "server/apps/sync/sync.h"
#include "server/apps/uploads/uploads.h"
#include "server/apps/webdav/webdav.h"
#include "server/farm/jobroutes.h"
#include "server/host/farmparts.h"
#include "server/host/health.h"
#include "server/host/host.h"
#include "server/host/hostroutes.h"
#include "server/host/keep.h"
#include "server/host/outsidelicences.h"
#include "server/outbound/client.h"
#include "server/stream/streamservice.h"
#include "server/transcode/workerpool.h"
#include "server/web/documentpolicies.h"
#include "server/web/openapi.h"

namespace marea::server {

using core::Result;

namespace {

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

}  // namespace

Result<void> Host::openIdentity() {
    IdentityOptions options;
    options.dataFolder = config_.dataFolder;
    options.publicUrl = config_.publicUrl;
    options.serverName = config_.name;
    options.version = MAREA_VERSION;
    options.commit = MAREA_COMMIT;
    auto opened = keep(Identity::create(database(), clock_, logger_, std::move(options)), identity_);
    if (!opened) {
        return opened;
    }
    authenticator_ = borrowed(*identity_);
    viewers_ = std::make_unique<ViewerRights>(database());
    return {};
}

Result<void> Host::openServices() {
    if (!config_.serves()) {
        return {};
    }
    audit_ = std::make_unique<AuditLog>(database(), clock_, logger_, pool_->executor());
    household_ = std::make_unique<Household>(database(), *identity_, *viewers_, clock_, logger_);
    identity_->limitDevices(Household::deviceLimit);
    oauth_ = std::make_unique<OAuth>(database(), *identity_, clock_, logger_);
    openOidc();
    events_ = std::make_unique<Events>(Events::Parts{database(), *identity_, *pool_, clock_, logger_});
    const std::string key = config_.dataFolder + "/keys/app-passwords.key";
    if (auto made = keep(AppPasswords::create(database(), clock_, logger_, key), appPasswords_); !made) {
        return made;
    }
    appPasswords_->guestsAre(config_.guest);
    identity_->onSignedOut([this](const core::Id& login) {
        events_->signedOut(login);
        cut({}, login);
        if (auto done = appPasswords_->loginEnded(login); !done) {  // they open nothing, as the log-in is gone
            logger_->warning("identity.app_passwords_not_removed", {{"detail", done.error().detail}});
        }
    });
    identity_->onShutOut([this](const core::Id& user) { cut(user, {}); });
    household_->onTakenAway([this](const core::Id& user) { cut(user, {}); });
    appPasswords_->onRemoved([this](const core::Id& id, const std::vector<Login>& ended) {
        cut({}, id);
        for (const Login& login : ended) {
            identity_->ended(login, "identity.app_password_removed");
        }
    });
    return {};
}

Result<void> Host::openParts() {
    licences_ = std::make_unique<Licences>(database(), config_.dataFolder + "/keys", clock_, logger_);
    CatalogOptions options;
    options.seals = &licences_->seals();
    options.dataFolder = config_.dataFolder;
    options.onChange = [this] {
        preparedChanged_ = true;
        if (farm_) {
            farm_->catalogueChanged();
        }
        if (events_) {
            events_->catalogueChanged();
        }
        if (metadata_) {
            metadata_->catalogueChanged();
        }
        if (store_) {
            store_->catalogueChanged();
        }
    };
    options.writing = [this](bool begins) {
        if (playback_) {
            playback_->filesChanging(begins);
        }
    };
    catalog_ = std::make_unique<Catalog>(database(), *viewers_, *workers_, identity_->streamTokens(), clock_, logger_,
                                         *pool_, options);
    viewers_->onChange([this] { catalog_->visibilityChanged(); });
    if (auto opened = openStreams(); !opened) {
        return opened;
    }
    if (!config_.serves()) {
        return {};
    }
    openMetadata();
    profiles_ = std::make_unique<Profiles>(database(), config_.profiles, clock_, logger_, *pool_);
    if (auto loaded = profiles_->load(); !loaded) {
        return loaded;
    }
    PlaybackOptions playing = playbackOptions(config_.limits);
    playing.streams = [this](const core::Id& user) {
        return household_->streams(user).map([](const auto& most) { return StreamLimits{most.own, most.household}; });
    };
    if (auto opened = openScrobbling(); !opened) {
        return opened;
    }
    playing.told = [this](const PlaybackSession& session, bool ended) {
        events_->session(session, ended);
        if (!ended && session.kind == "track") {
            scrobbling_->plays(session.userId, session.mediaId, session.id);
        }
    };
    playing.stopped = [this](const PlaybackSession& session, const std::string& reason, const std::string& message) {
        events_->sessionStopped(session, reason, message);
    };
    playing.outside = outsideSystems(config_.drm);
    playing.picturesOnSight = config_.embedded && !config_.farmSprites;  // of one household, in which few look
    playing.over = [this](const core::Id& login, const core::Id& media) { cut({}, login, media); };
    playback_ =
        std::make_unique<Playback>(events_->database(), *catalog_, licences_->protection(), licences_->keys(),
                                   identity_->streamTokens(), *streams_, clock_, logger_, *pool_, std::move(playing),
                                   [this](std::string_view name) { return profiles_->find(name); });
    viewers_->onChange([this] { playback_->visibilityChanged(); });
    sync_ = std::make_unique<Sync>(events_->database(), clock_,
                                   [this](const core::Id& user, const core::Id& device, std::uint64_t place) {
                                       events_->synced(user, device, place);
                                   });
    openSubsonic();
    openFolders();
    openStore();
    uploads_ = std::make_unique<Uploads>(database(), *catalog_, clock_, logger_, *pool_);
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
    const auto began = [this](const core::Id& user, const core::Id& media) {
        scrobbling_->plays(user, media, core::newId());
    };
    auto parts = std::unique_ptr<subsonic::Parts>(new subsonic::Parts{events_->database(),
                                                                      *catalog_,
                                                                      playback_->service(),
                                                                      playback_->soundFiles(),
                                                                      clock_,
                                                                      {"marea", MAREA_VERSION},
                                                                      people,
                                                                      began});
    parts->wait = [this](const core::Id& user, const std::string& peer, RateClass rate) {
        return gateway_ ? gateway_->userWait(user, peer, rate) : std::nullopt;
    };
    parts->audit = [this](AuditedRequest request) { audit_->record(std::move(request)); };
    subsonic_ = std::make_unique<Subsonic>(std::move(parts), *appPasswords_, *pool_);
}

// What people look for files with: their file managers and browsers.
void Host::openFolders() {
    WebDav::Parts parts{
        events_->database(), *catalog_, playback_->soundFiles(),
        *appPasswords_,      clock_,    [this](std::string_view token) { return authenticator_->bearer(token); }};
    parts.wait = [this](const core::Id& user, const std::string& peer) {
        return gateway_ ? gateway_->userWait(user, peer, RateClass::Usual) : std::nullopt;
    };
    webDav_ = std::make_unique<WebDav>(std::move(parts), *pool_);
    FilesPages::Parts pages{database(),
                            *catalog_,
                            playback_->soundFiles(),
                            licences_->protection(),
                            *identity_,
                            *appPasswords_,
                            clock_,
                            logger_,
                            config_.guest,
                            [this](AuditedRequest request) { audit_->record(std::move(request)); }};
    pages.wait = [this](const core::Id& user, const std::string& peer, RateClass rate) {
        return gateway_ ? gateway_->userWait(user, peer, rate) : std::nullopt;
    };
    filesPages_ = std::make_unique<FilesPages>(std::move(pages), *pool_);
}

Result<void> Host::addRoutes() {
    router_ = std::make_shared<Router>();
    addHostRoutes(
        *router_, [this] { return health_->readiness(); }, [this] { return metrics(); });
    if (config_.serves()) {
        addServiceRoutes();
    }
    auto policies = documentPolicies(openApiDocument(), *router_);
    if (!policies) {
        return core::unexpected<core::Error>(policies.error());
    }
    policies_ = std::move(*policies);
    return {};
}

void Host::addServiceRoutes() {
    addApiDocumentRoute(*router_);
    identity_->addRoutes(*router_, *pool_);
    household_->addRoutes(*router_, *pool_);
    oauth_->addRoutes(*router_, *pool_);
    oidc_->addRoutes(*router_);
    appPasswords_->addRoutes(*router_, *pool_);
    scrobbling_->addRoutes(*router_);
    events_->addRoutes(*router_);
    catalog_->addRoutes(*router_);
    metadata_->addRoutes(*router_);
    profiles_->addRoutes(*router_);
    playback_->addRoutes(*router_);
    addWaveformRoute(*router_, *pool_, *catalog_, *waveforms_);
    storeLicences_->behind(playback_->licenceGate());
    playback_->gatedBy(*storeLicences_);
    const AccessTokens& tokens = identity_->accessTokens();
    Licences::Outside outside{*outbound_,
                              [this, &tokens](std::string_view type, std::string_view payload) {
                                  return tokens.sign(type, payload, clock_->now());
                              },
                              licenceProviders(config_.drm, tokens.issuer())};
    licences_->addRoutes(
        *router_, *storeLicences_, *pool_, std::move(outside), [this] { playback_->protectionChanged(); },
        storeLicences_.get());
    storeLicences_->addRoutes(*router_);
    sync_->addRoutes(*router_, *pool_);
    subsonic_->addRoutes(*router_);
    webDav_->addRoutes(*router_);
    filesPages_->addRoutes(*router_);
    store_->addRoutes(*router_);
    uploads_->addRoutes(*router_);
    downloads_->addRoutes(*router_);
    prepared_->addRoutes(*router_);
    addJobRoutes(*router_, farm_->queue(), *pool_);
    audit_->addRoutes(*router_, *pool_);
    addAdminRoutes();
}

}  // namespace marea::server
