#include "server/host/configreload.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

using Names = std::vector<std::string>;

TEST(ConfigReload, WhatIsTheSameIsNoChange) {
    Config config;
    config.libraries.push_back({"Films", "/srv/films"});
    const ConfigChange change = changeOf(config, config);
    EXPECT_EQ(change.taken, Names());
    EXPECT_EQ(change.needsRestart, Names());
}

TEST(ConfigReload, WhatCanBeTakenIsAndTheRestStaysAsItIs) {
    Config running, next;
    next.logLevel = core::LogLevel::Debug;
    next.rates.perUser = 7;
    next.rules.push_back({});
    next.rules.back().name = "no";
    next.limits.sessions = 3;
    next.announce = false;
    next.listenPort = 9;
    next.libraries.push_back({"Films", "/srv/films"});
    next.limits.segments = 5;
    const ConfigChange change = changeOf(running, next);
    EXPECT_EQ(change.taken,
              (Names{"log.level", "discovery.announce", "rule", "limits.sessions", "limits.requests_per_user"}));
    EXPECT_EQ(change.needsRestart, (Names{"limits.segments", "listen", "library"}));
    EXPECT_EQ(change.config.logLevel, core::LogLevel::Debug);
    EXPECT_FALSE(change.config.announce);
    EXPECT_EQ(change.config.rates.perUser, 7U);
    EXPECT_EQ(change.config.rules.size(), 1U);
    EXPECT_EQ(change.config.limits.sessions, 3U);
    EXPECT_EQ(change.config.limits.segments, running.limits.segments);
    EXPECT_EQ(change.config.listenPort, running.listenPort);
    EXPECT_TRUE(change.config.libraries.empty());
}

// A key that is added to the file and forgotten here would be reported as unchanged.
TEST(ConfigReload, EverySettingOfTheFileIsKnown) {
    const auto next = parseConfig(R"(
name = "Home"
data = "/srv/marea"
listen = "[::1]:9000"
public_url = "https://music.example/"
roles = ["transcode"]
[tls]
certificate = "/a.pem"
key = "/a.key"
self_signed = true
[gateway]
threads = 3
max_connections = 100
trusted_proxies = ["10.0.0.1"]
default_rules = false
cors_origins = ["https://player.example"]
[worker]
count = 3
program = "/w"
[video]
hardware = "off"
[farm]
jobs = 3
lease = 20
sprites = false
sprites_size = "1 GB"
loudness = false
ladders = false
[downloads]
size = "1 GB"
keep_days = 3
[stream]
cache_size = "1 GB"
prepared_size = "1 GB"
[limits]
sessions = 3
sessions_per_user = 3
transcodes = 3
transcodes_per_user = 3
segments = 3
segments_per_user = 3
idle_session = 33
requests_per_user = 3
requests_per_address = 3
searches_per_user = 3
playback_starts_per_user = 3
[audit]
keep_days = 33
[outbound]
contact = "ana@home.example"
[scrobbling]
services = ["https://listens.example/"]
[oidc]
issuer = "https://id.example/realm/"
client_id = "marea"
[metadata]
providers = ["musicbrainz"]
[discovery]
announce = false
[log]
level = "debug"
format = "json"
[[library]]
name = "Films"
path = "/srv/films"
[[profile]]
name = "tv"
[[rule]]
name = "no"
paths = ["/x"]
)",
                                  "server.toml", Config{});
    ASSERT_TRUE(next) << next.error().text;
    const ConfigChange change = changeOf(Config{}, *next);
    EXPECT_EQ(change.taken.size(), 15U);
    EXPECT_EQ(change.needsRestart.size(), 33U);
}

}  // namespace
}  // namespace marea::server
