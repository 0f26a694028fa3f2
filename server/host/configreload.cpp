#include "server/host/configreload.h"

namespace marea::server {

namespace {

// A setting, how two configurations differ in it, and how it is taken over: null where only a start can.
struct Setting {
    const char* name;
    bool (*same)(const Config& a, const Config& b);
    void (*take)(Config& into, const Config& from);
};

template <auto Member>
constexpr Setting atStart(const char* name) {
    return {name, [](const Config& a, const Config& b) { return a.*Member == b.*Member; }, nullptr};
}
template <auto Member>
constexpr Setting live(const char* name) {
    return {name, [](const Config& a, const Config& b) { return a.*Member == b.*Member; },
            [](Config& into, const Config& from) { into.*Member = from.*Member; }};
}
template <auto Part, auto Member>
constexpr Setting livePart(const char* name) {
    return {name, [](const Config& a, const Config& b) { return (a.*Part).*Member == (b.*Part).*Member; },
            [](Config& into, const Config& from) { (into.*Part).*Member = (from.*Part).*Member; }};
}
template <auto Part, auto Member>
constexpr Setting partAtStart(const char* name) {
    return {name, [](const Config& a, const Config& b) { return (a.*Part).*Member == (b.*Part).*Member; }, nullptr};
}

constexpr auto kLimits = &Config::limits;
constexpr auto kRates = &Config::rates;

constexpr Setting kSettings[] = {
    live<&Config::logLevel>("log.level"),
    live<&Config::auditDays>("audit.keep_days"),
    live<&Config::announce>("discovery.announce"),
    live<&Config::corsOrigins>("gateway.cors_origins"),
    live<&Config::trustedProxies>("gateway.trusted_proxies"),
    live<&Config::defaultRules>("gateway.default_rules"),
    live<&Config::rules>("rule"),
    livePart<kLimits, &LimitsConfig::sessions>("limits.sessions"),
    livePart<kLimits, &LimitsConfig::sessionsPerUser>("limits.sessions_per_user"),
    livePart<kLimits, &LimitsConfig::transcodes>("limits.transcodes"),
    livePart<kLimits, &LimitsConfig::transcodesPerUser>("limits.transcodes_per_user"),
    livePart<kRates, &RateOptions::perUser>("limits.requests_per_user"),
    livePart<kRates, &RateOptions::perAddress>("limits.requests_per_address"),
    livePart<kRates, &RateOptions::searchesPerUser>("limits.searches_per_user"),
    livePart<kRates, &RateOptions::playbackStartsPerUser>("limits.playback_starts_per_user"),
    partAtStart<kLimits, &LimitsConfig::segments>("limits.segments"),
    partAtStart<kLimits, &LimitsConfig::segmentsPerUser>("limits.segments_per_user"),
    partAtStart<kLimits, &LimitsConfig::idleSession>("limits.idle_session"),
    atStart<&Config::name>("name"),
    atStart<&Config::dataFolder>("data"),
    atStart<&Config::publicUrl>("public_url"),
    {"listen",
     [](const Config& a, const Config& b) { return a.listenHost == b.listenHost && a.listenPort == b.listenPort; },
     nullptr},
    atStart<&Config::roles>("roles"),
    atStart<&Config::libraries>("library"),
    atStart<&Config::profiles>("profile"),
    atStart<&Config::certificateFile>("tls.certificate"),
    atStart<&Config::keyFile>("tls.key"),
    atStart<&Config::selfSigned>("tls.self_signed"),
    atStart<&Config::maxConnections>("gateway.max_connections"),
    atStart<&Config::threads>("gateway.threads"),
    atStart<&Config::workers>("worker.count"),
    atStart<&Config::workerProgram>("worker.program"),
    atStart<&Config::streamCacheBytes>("stream.cache_size"),
    atStart<&Config::sealCache>("stream.seal_cache"),
    atStart<&Config::preparedBytes>("stream.prepared_size"),
    atStart<&Config::hardware>("video.hardware"),
    atStart<&Config::farmJobs>("farm.jobs"),
    atStart<&Config::farmLease>("farm.lease"),
    atStart<&Config::farmSprites>("farm.sprites"),
    atStart<&Config::spriteBytes>("farm.sprites_size"),
    atStart<&Config::farmLoudness>("farm.loudness"),
    atStart<&Config::farmLadders>("farm.ladders"),
    atStart<&Config::farmIndexes>("farm.indexes"),
    atStart<&Config::downloadBytes>("downloads.size"),
    atStart<&Config::downloadDays>("downloads.keep_days"),
    atStart<&Config::outbound>("outbound"),
    atStart<&Config::scrobblingServices>("scrobbling.services"),
    atStart<&Config::oidc>("oidc"),
    atStart<&Config::metadata>("metadata"),
    atStart<&Config::store>("store"),
    atStart<&Config::drm>("drm"),
    atStart<&Config::logStyle>("log.format"),
};

}  // namespace

ConfigChange changeOf(const Config& running, const Config& next) {
    ConfigChange change;
    change.config = running;
    for (const Setting& setting : kSettings) {
        if (setting.same(running, next)) {
            continue;
        }
        if (setting.take == nullptr) {
            change.needsRestart.emplace_back(setting.name);
        } else {
            setting.take(change.config, next);
            change.taken.emplace_back(setting.name);
        }
    }
    return change;
}

}  // namespace marea::server
