#pragma once

#include "server/apps/licence/licenceproxy.h"
#include "server/host/config.h"

namespace marea::server {

// What [drm] says, for those who signal systems outside and for who asks their providers.
OutsideSystems outsideSystems(const DrmConfig& drm);
// `issuer`: as this server signs.
LicenceProviders licenceProviders(const DrmConfig& drm, const std::string& issuer);

}  // namespace marea::server
