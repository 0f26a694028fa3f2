// What of a Host calls other hosts.
#include <random>

#include "marea_version.h"
#include "server/apps/audit/auditlog.h"
#include "server/apps/catalog/catalog.h"
#include "server/apps/metadata/lookup.h"
#include "server/apps/metadata/musicbrainz.h"
#include "server/apps/metadata/tmdb.h"
#include "server/apps/oidc/oidc.h"
#include "server/apps/scrobbling/scrobbling.h"
#include "server/host/catalogtracks.h"
#include "server/host/host.h"
#include "server/host/keep.h"
#include "server/host/outsidelicences.h"
#include "server/outbound/client.h"
#include "server/outbound/place.h"

namespace marea::server {

using core::Result;

Result<void> Host::openOutbound() {
    if (!config_.serves()) {
        return {};
    }
    OutboundOptions options;
    options.allowed = config_.outbound.allow;
    options.certificates = config_.outbound.certificates;
    const std::string contact = config_.outbound.contact.empty() ? config_.publicUrl : config_.outbound.contact;
    options.agent = "Marea/" + std::string(MAREA_VERSION) + (contact.empty() ? "" : " ( " + contact + " )");
    options.pace.apart = {{"musicbrainz.org", 1100}, {"coverartarchive.org", 1100}, {"api.themoviedb.org", 50}};
    for (const auto& [system, url] : licenceProviders(config_.drm, {}).urls) {  // each is somebody who waits
        const auto place = placeOf(url);
        options.pace.apart[place ? place->host : url] = 0;
    }
    return keep(OutboundClient::create(std::move(options), database(), pool_->executor(), clock_, logger_), outbound_);
}

Result<void> Host::openScrobbling() {
    Scrobbling::Parts parts{database(),
                            *outbound_,
                            *pool_,
                            [this](const core::Id& media) { return scrobbledTrack(*catalog_, media); },
                            clock_,
                            logger_,
                            [] { return static_cast<double>(std::random_device()()) / std::random_device::max(); }};
    ScrobblingOptions options{config_.scrobblingServices, MAREA_VERSION, config_.dataFolder + "/keys/scrobbling.key"};
    return keep(Scrobbling::create(std::move(parts), std::move(options)), scrobbling_);
}

void Host::openOidc() {
    const OidcConfig& wished = config_.oidc;
    OidcOptions options;
    options.issuer = wished.issuer;
    options.clientId = wished.clientId;
    options.clientSecret = wished.clientSecret;
    options.name = wished.name;
    options.redirectUri = config_.publicUrl + "/oauth/external/callback";
    options.createUsers = wished.createUsers;
    options.allowedDomains = wished.allowedDomains;
    options.requiredClaims = wished.requiredClaims;
    options.scopes = wished.scopes;
    options.usernameClaim = wished.usernameClaim;
    oidc_ = std::make_unique<Oidc>(
        Oidc::Parts{database(), *identity_, *oauth_, *outbound_, *pool_, *audit_, clock_, logger_}, std::move(options));
}

void Host::openMetadata() {
    const MetadataConfig& wished = config_.metadata;
    MetadataLookup::Providers providers;
    for (const std::string& name : wished.providers) {
        if (name == "musicbrainz") {
            providers.push_back(std::make_unique<MusicBrainz>(
                *outbound_, MusicBrainz::Options{wished.musicbrainzUrl, wished.coverArtUrl}));
        } else if (name == "tmdb") {
            providers.push_back(std::make_unique<Tmdb>(
                *outbound_, Tmdb::Options{wished.tmdbUrl, wished.tmdbImagesUrl, wished.tmdbKey, wished.language}));
        }
    }
    metadata_ = std::make_unique<MetadataLookup>(
        MetadataLookup::Parts{database(), *catalog_, *outbound_, *pool_, clock_, logger_}, std::move(providers));
}

}  // namespace marea::server
