#include "server/host/outsidelicences.h"

namespace marea::server {

LicenceProviders licenceProviders(const DrmConfig& drm, const std::string& issuer) {
    LicenceProviders providers;
    for (const auto& [system, url] :
         {std::pair(OutsideSystem::Widevine, &drm.widevineUrl), std::pair(OutsideSystem::PlayReady, &drm.playreadyUrl),
          std::pair(OutsideSystem::FairPlay, &drm.fairplayUrl)}) {
        if (!url->empty()) {
            providers.urls.emplace(system, *url);
        }
    }
    providers.tokenHeader = drm.tokenHeader;
    providers.issuer = issuer;
    return providers;
}

OutsideSystems outsideSystems(const DrmConfig& drm) {
    OutsideSystems outside;
    for (const auto& [system, url] : licenceProviders(drm, {}).urls) {
        outside.systems.push_back(system);
    }
    outside.widevineProvider = drm.widevineProvider;
    return outside;
}

}  // namespace marea::server
