#pragma once

#include <memory>

#include "server/gateway/server.h"
#include "server/host/host.h"
#include "server/host/tlsfiles.h"

namespace marea::server {

// A Host's second address, while it has one.
struct Host::Sharing {
    std::string host;
    TlsFiles tls;
    std::unique_ptr<Gateway> gateway;
};

}  // namespace marea::server
