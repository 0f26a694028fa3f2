// What a Host counts, from all of its parts.
#include "marea_version.h"
#include "server/farm/spritestore.h"
#include "server/host/farmparts.h"
#include "server/host/hardware.h"
#include "server/host/health.h"
#include "server/host/host.h"
#include "server/outbound/client.h"
#include "server/stream/streamservice.h"
#include "server/transcode/workerpool.h"

namespace marea::server {

Metrics Host::metrics() const {
    Metrics metrics;
    metrics.roles = config_.roles;
    metrics.gateway = gateway_->stats();
    metrics.readiness = health_->readiness();
    metrics.uptimeSeconds = static_cast<double>(clock_->now() - startedAt_) / 1000;
    metrics.version = MAREA_VERSION;
    metrics.commit = MAREA_COMMIT;
    const WorkerPoolStatus status = workers_->status();
    metrics.workersReady = status.ready;
    metrics.workerStarts = status.starts;
    metrics.workerDeaths = status.deaths;
    metrics.workerJobsAnswered = status.answered;
    metrics.workerJobsQueued = status.queued;
    const FarmStatus farm = farm_->runner().status();
    metrics.farmQueued = farm.counts.queued;
    metrics.farmRunning = farm.counts.leased;
    metrics.farmFailed = farm.counts.failed;
    metrics.farmRunningHere = farm.running;
    metrics.farmDone = farm.done;
    metrics.farmFailedTries = farm.failedTries;
    metrics.streams = streams_->status();
    metrics.sprites = spriteStore_->status();
    metrics.devices = hardware_->status();
    metrics.outbound = outbound_ ? outbound_->status() : OutboundStatus();
    return metrics;
}

}  // namespace marea::server
