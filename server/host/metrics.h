#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/gateway/server.h"
#include "server/outbound/status.h"
#include "server/stream/streamstatus.h"

namespace marea::server {

// Whether the server can do its work now, and what is missing.
struct Readiness {
    bool database = true, workers = true;
    bool ready() const { return database && workers; }
};

struct Metrics {
    Gateway::Stats gateway;
    Readiness readiness;
    int workersReady = 0;
    std::uint64_t workerStarts = 0, workerDeaths = 0, workerJobsAnswered = 0;
    std::uint64_t workerJobsQueued = 0;
    std::int64_t farmQueued = 0, farmRunning = 0, farmFailed = 0;  // jobs in the queue, whoever runs them
    int farmRunningHere = 0;                                       // of these, those of this process
    std::uint64_t farmDone = 0, farmFailedTries = 0;               // of this process
    StreamStatus streams;
    SpriteStoreStatus sprites;
    struct Device {
        std::string name;  // "vaapi (/dev/dri/renderD128)"
        bool usable = false;
        std::uint64_t made = 0, failures = 0;
    };
    std::vector<Device> devices;
    OutboundStatus outbound;
    double uptimeSeconds = 0;
    std::string version, commit;
    std::vector<std::string> roles;
};

// The Prometheus text format, version 0.0.4.
std::string prometheusText(const Metrics& metrics);

}  // namespace marea::server
