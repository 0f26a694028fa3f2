#include "server/host/metrics.h"

#include <cstdio>

namespace marea::server {

namespace {

class Page {
public:
    void family(const char* name, const char* type, const char* help) {
        name_ = name;
        text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
        text_.append(name).append(" ").append(type).append("\n");
    }
    void value(double number, const std::string& labels = {}) {
        char digits[40];
        std::snprintf(digits, sizeof digits, "%.17g", number);
        text_.append(name_).append(labels).append(" ").append(digits).append("\n");
    }
    void single(const char* name, const char* type, const char* help, double number) {
        family(name, type, help);
        value(number);
    }
    std::string take() { return std::move(text_); }

private:
    std::string name_, text_;
};

void addGateway(Page& page, const Gateway::Stats& stats) {
    page.family("marea_http_responses_total", "counter", "Answers by class of status.");
    page.value(static_cast<double>(stats.status2xx), "{class=\"2xx\"}");
    page.value(static_cast<double>(stats.status3xx), "{class=\"3xx\"}");
    page.value(static_cast<double>(stats.status4xx), "{class=\"4xx\"}");
    page.value(static_cast<double>(stats.status5xx), "{class=\"5xx\"}");
    page.single("marea_http_requests_total", "counter", "Requests taken.", static_cast<double>(stats.requests));
    page.single("marea_http_rate_refusals_total", "counter", "Requests refused, as there were too many.",
                static_cast<double>(stats.rateRefusals));
    page.single("marea_http_rule_refusals_total", "counter", "Requests refused by a rule.",
                static_cast<double>(stats.ruleRefusals));
    page.single("marea_http_connections_total", "counter", "Connections accepted.",
                static_cast<double>(stats.connections));
    page.single("marea_http_connections_open", "gauge", "Connections open now.",
                static_cast<double>(stats.openConnections));
    page.single("marea_http_sent_bytes_total", "counter", "Bytes sent.", static_cast<double>(stats.bytesSent));
}

void addWorkers(Page& page, const Metrics& metrics) {
    page.single("marea_workers_ready", "gauge", "Worker processes that can take a job.", metrics.workersReady);
    page.single("marea_worker_starts_total", "counter", "Worker processes started.",
                static_cast<double>(metrics.workerStarts));
    page.single("marea_worker_deaths_total", "counter", "Worker processes that died.",
                static_cast<double>(metrics.workerDeaths));
    page.single("marea_worker_jobs_total", "counter", "Jobs answered.",
                static_cast<double>(metrics.workerJobsAnswered));
    page.single("marea_worker_jobs_queued", "gauge", "Jobs that wait.", static_cast<double>(metrics.workerJobsQueued));
}

void addFarm(Page& page, const Metrics& metrics) {
    page.family("marea_farm_jobs", "gauge", "Background jobs by state, whichever process has them.");
    page.value(static_cast<double>(metrics.farmQueued), "{state=\"queued\"}");
    page.value(static_cast<double>(metrics.farmRunning), "{state=\"running\"}");
    page.value(static_cast<double>(metrics.farmFailed), "{state=\"failed\"}");
    page.single("marea_farm_jobs_running_here", "gauge", "Background jobs that this process works on.",
                metrics.farmRunningHere);
    page.single("marea_farm_jobs_done_total", "counter", "Background jobs that this process has done.",
                static_cast<double>(metrics.farmDone));
    page.single("marea_farm_failures_total", "counter", "Attempts of this process at background jobs that failed.",
                static_cast<double>(metrics.farmFailedTries));
}

void addStreams(Page& page, const StreamStatus& streams) {
    const auto number = [](auto value) { return static_cast<double>(value); };
    const MakingsStatus& made = streams.segments;
    page.single("marea_segments_made_total", "counter", "Segments that workers made.", number(made.made));
    page.single("marea_segments_failed_total", "counter", "Segments that could not be made.", number(made.failed));
    page.single("marea_segments_joined_total", "counter", "Requests that waited for a segment already being made.",
                number(made.joined));
    page.single("marea_segments_making", "gauge", "Segments being made or waited for.", number(made.underWay));
    page.single("marea_segment_making_seconds_total", "counter", "From the first wish for a segment to its bytes.",
                made.seconds);
    const SegmentCacheStatus& cache = streams.segmentCache;
    page.single("marea_segment_cache_hits_total", "counter", "Segments found in the cache.", number(cache.hits));
    page.single("marea_segment_cache_misses_total", "counter", "Segments not found in the cache.",
                number(cache.misses));
    page.single("marea_segment_cache_evicted_total", "counter", "Segments that made way for others.",
                number(cache.evicted));
    page.single("marea_segment_cache_unsaved_total", "counter", "Segments that the disk did not take.",
                number(cache.unsaved));
    page.single("marea_segment_cache_bytes", "gauge", "Bytes of segments on the disk.", number(cache.bytes));
    page.single("marea_segment_cache_files", "gauge", "Segments on the disk.", number(cache.files));
    page.single("marea_prepared_bytes", "gauge", "Bytes of films made ahead, besides those of the segments.",
                number(cache.heldBytes));
    page.single("marea_prepared_files", "gauge", "Segments of films made ahead, on the disk.", number(cache.heldFiles));
    page.single("marea_title_parts_made_total", "counter", "Indexes, text tracks and sprites that workers made.",
                number(streams.titles.made));
    page.single("marea_stream_viewers", "gauge", "Tracks that players asked for in the last seconds.",
                number(streams.viewers));
}

void addSprites(Page& page, const SpriteStoreStatus& sprites) {
    page.single("marea_thumbnail_bytes", "gauge", "Bytes of thumbnails made ahead, on the disk.",
                static_cast<double>(sprites.bytes));
    page.single("marea_thumbnail_sheets", "gauge", "Sheets of thumbnails made ahead, on the disk.",
                static_cast<double>(sprites.files));
    page.single("marea_thumbnail_sheets_evicted_total", "counter", "Sheets of thumbnails that made way for others.",
                static_cast<double>(sprites.evicted));
}

void addOutbound(Page& page, const OutboundStatus& outbound) {
    const auto number = [](auto value) { return static_cast<double>(value); };
    page.single("marea_outbound_requests_total", "counter", "Requests sent to other servers, each try.",
                number(outbound.requests));
    page.single("marea_outbound_failures_total", "counter", "Of them, those without an answer or with a 5xx.",
                number(outbound.failures));
    page.single("marea_outbound_refusals_total", "counter", "Requests not sent, as the address is not allowed.",
                number(outbound.refused));
    page.single("marea_outbound_retries_total", "counter", "Requests sent once more.", number(outbound.retries));
    page.single("marea_outbound_kept_total", "counter", "Requests answered from what was kept.", number(outbound.kept));
    page.single("marea_outbound_hosts_resting", "gauge", "Hosts that are not asked for a while after failures.",
                number(outbound.resting));
}

void addDevices(Page& page, const std::vector<Metrics::Device>& devices) {
    if (devices.empty()) {
        return;
    }
    const auto family = [&](const char* name, const char* type, const char* help, auto value) {
        page.family(name, type, help);
        for (const Metrics::Device& device : devices) {
            page.value(static_cast<double>(value(device)), "{device=\"" + device.name + "\"}");
        }
    };
    family("marea_encoder_device_usable", "gauge", "Whether a device encodes, or rests after a failure.",
           [](const auto& device) { return device.usable; });
    family("marea_encoder_device_segments_total", "counter", "Segments that a device encoded.",
           [](const auto& device) { return device.made; });
    family("marea_encoder_device_failures_total", "counter", "Segments that the processor had to make instead.",
           [](const auto& device) { return device.failures; });
}

}  // namespace

std::string prometheusText(const Metrics& metrics) {
    Page page;
    page.family("marea_build_info", "gauge", "What runs.");
    page.value(1, "{version=\"" + metrics.version + "\",commit=\"" + metrics.commit + "\"}");
    page.family("marea_role", "gauge", "What this process does.");
    for (const std::string& role : metrics.roles) {
        page.value(1, "{role=\"" + role + "\"}");
    }
    page.single("marea_uptime_seconds", "gauge", "Seconds since the start.", metrics.uptimeSeconds);
    page.family("marea_ready", "gauge", "Whether a part can do its work.");
    page.value(metrics.readiness.database ? 1 : 0, "{part=\"database\"}");
    page.value(metrics.readiness.workers ? 1 : 0, "{part=\"workers\"}");
    addGateway(page, metrics.gateway);
    addWorkers(page, metrics);
    addDevices(page, metrics.devices);
    addFarm(page, metrics);
    addStreams(page, metrics.streams);
    addSprites(page, metrics.sprites);
    addOutbound(page, metrics.outbound);
    return page.take();
}

}  // namespace marea::server
