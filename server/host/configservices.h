#pragma once

#include "server/host/config.h"

namespace marea::server {

// Settings of what the server does with others: [outbound], [scrobbling], [oidc], [metadata], [store], [drm]. Invalid
// with words.
core::Result<void> setFilled(std::string& member, const std::string& value);
core::Result<void> setAddress(std::string& member, const std::string& value);  // of a web service
core::Result<void> setOutboundAllow(Config& config, const std::vector<std::string>& networks);
core::Result<void> setScrobblingServices(Config& config, const std::vector<std::string>& addresses);
core::Result<void> setIssuer(Config& config, const std::string& value);
core::Result<void> setOidcUsers(Config& config, const std::string& value);
core::Result<void> setOidcDomains(Config& config, const std::vector<std::string>& domains);
core::Result<void> setOidcClaims(Config& config, const std::vector<std::string>& claims);
core::Result<void> setOidcScopes(Config& config, const std::vector<std::string>& scopes);
core::Result<void> setProviders(Config& config, const std::vector<std::string>& names);
core::Result<void> setStoreRegion(Config& config, const std::string& value);
core::Result<void> setStripeSecrets(Config& config, const std::vector<std::string>& secrets);
core::Result<void> setLicenceAddress(std::string& member, const std::string& value);  // may have a query
core::Result<void> setWidevineProvider(Config& config, const std::string& value);
core::Result<void> setDrmTokenHeader(Config& config, const std::string& value);
// What holds between them.
core::Result<void> checkServices(const Config& config);

}  // namespace marea::server
