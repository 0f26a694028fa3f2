#pragma once

#include "server/host/config.h"

namespace marea::server {

// Settings of what the server does with others: [outbound], [scrobbling]. Invalid with words.
core::Result<void> setFilled(std::string& member, const std::string& value);
core::Result<void> setAddress(std::string& member, const std::string& value);  // of a web service
core::Result<void> setOutboundAllow(Config& config, const std::vector<std::string>& networks);
core::Result<void> setScrobblingServices(Config& config, const std::vector<std::string>& addresses);

}  // namespace marea::server
