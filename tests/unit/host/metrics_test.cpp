#include "server/host/metrics.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace marea::server {
namespace {

TEST(Metrics, ArePrometheusText) {
    Metrics metrics;
    metrics.gateway.requests = 7;
    metrics.readiness.workers = false;
    metrics.farmRunning = 2;
    metrics.farmRunningHere = 1;
    metrics.roles = {"transcode"};
    metrics.version = "1.2.3";
    metrics.devices = {{"vaapi (/dev/dri/renderD128)", false, 9, 2}};
    const std::string text = prometheusText(metrics);
    EXPECT_NE(text.find("\nmarea_encoder_device_usable{device=\"vaapi (/dev/dri/renderD128)\"} 0\n"),
              std::string::npos);
    EXPECT_NE(text.find("\nmarea_encoder_device_failures_total{device=\"vaapi (/dev/dri/renderD128)\"} 2\n"),
              std::string::npos);
    EXPECT_NE(text.find("\nmarea_http_requests_total 7\n"), std::string::npos);
    EXPECT_NE(text.find("\nmarea_ready{part=\"workers\"} 0\n"), std::string::npos);
    EXPECT_NE(text.find("\nmarea_farm_jobs{state=\"running\"} 2\n"), std::string::npos);
    EXPECT_NE(text.find("\nmarea_farm_jobs_running_here 1\n"), std::string::npos);
    EXPECT_NE(text.find("\nmarea_role{role=\"transcode\"} 1\n"), std::string::npos);
    std::istringstream lines(text);
    std::set<std::string> described;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# TYPE ")) {
            described.insert(line.substr(7, line.find(' ', 7) - 7));
        } else if (!line.starts_with("# HELP ")) {
            EXPECT_TRUE(described.contains(line.substr(0, line.find_first_of("{ ")))) << line;
        }
    }
    EXPECT_TRUE(text.ends_with('\n'));
}

}  // namespace
}  // namespace marea::server
