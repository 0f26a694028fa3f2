#pragma once

#include <functional>

#include "server/gateway/router.h"
#include "server/host/metrics.h"

namespace marea::server {

// /healthz, /readyz and /metrics. The functions are called on the gateway's threads and must not block.
void addHostRoutes(Router& router, std::function<Readiness()> readiness, std::function<Metrics()> metrics);
void addApiDocumentRoute(Router& router);  // /api/v1/openapi.json

}  // namespace marea::server
