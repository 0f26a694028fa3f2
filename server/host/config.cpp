#include "server/host/config.h"

#include "server/host/configprofiles.h"
#include "server/host/configrules.h"
#include "server/host/configservices.h"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <functional>

namespace marea::server {

namespace {

using core::Result;

tl::unexpected<core::Error> invalid(std::string words) {
    return core::fail(core::ErrorCode::Invalid, words, words);
}

Result<void> setListen(Config& config, const std::string& value) {
    const auto colon = value.rfind(':');
    std::string host = colon == std::string::npos ? "" : value.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    const std::string port = colon == std::string::npos ? "" : value.substr(colon + 1);
    unsigned number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (host.empty() || error != std::errc() || end != port.data() + port.size() || number > 65535) {
        return invalid("listen needs HOST:PORT, as in 127.0.0.1:8470");
    }
    config.listenGiven = true;
    config.listenHost = host;
    config.listenPort = static_cast<std::uint16_t>(number);
    return {};
}

Result<void> setRoles(Config& config, const std::vector<std::string>& roles) {
    constexpr std::array known{"apps", "vs", "as", "transcode"};
    for (const auto& role : roles) {
        if (role == "live") {
            return invalid("the role \"live\" is not there yet");
        }
        if (std::find(known.begin(), known.end(), role) == known.end()) {
            return invalid("there is no role \"" + role + "\"; the roles are apps, vs, as, transcode");
        }
    }
    const auto has = [&](const char* role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); };
    if (has("apps") != has("vs") || has("apps") != has("as")) {
        return invalid(
            "the roles apps, vs and as run in one process so far: name all three of them, or only transcode");
    }
    if (roles.empty()) {
        return invalid("a process needs a role: apps, vs, as, transcode");
    }
    config.roles = roles;
    return {};
}

Result<void> setPublicUrl(Config& config, std::string url) {
    while (url.ends_with('/')) {
        url.pop_back();
    }
    if (!url.starts_with("http://") && !url.starts_with("https://")) {
        return invalid("public_url must start with http:// or https://");
    }
    config.publicUrl = url;
    return {};
}

// An origin as browsers send it: scheme, host, and a port that is not the scheme's usual one; nothing after it.
bool isOrigin(const std::string& text) {
    const auto scheme = text.find("://");
    const bool web = text.starts_with("http://") || text.starts_with("https://");
    return web && text.size() > scheme + 3 && text.find_first_of("/?#*@ \"", scheme + 3) == std::string::npos;
}

Result<void> setCorsOrigins(Config& config, const std::vector<std::string>& origins) {
    for (const std::string& origin : origins) {
        if (!isOrigin(origin)) {
            return invalid("gateway.cors_origins are origins, as in https://player.example: \"" + origin +
                           "\" is none");
        }
    }
    config.corsOrigins = origins;
    return {};
}

Result<void> setLogLevel(Config& config, const std::string& value) {
    constexpr std::array names{"debug", "info", "warning", "error"};
    const auto found = std::find(names.begin(), names.end(), value);
    if (found == names.end()) {
        return invalid("log.level is debug, info, warning or error");
    }
    config.logLevel = static_cast<core::LogLevel>(found - names.begin());
    return {};
}

Result<void> setLogStyle(Config& config, const std::string& value) {
    constexpr std::array names{"auto", "json", "text"};
    const auto found = std::find(names.begin(), names.end(), value);
    if (found == names.end()) {
        return invalid("log.format is auto, json or text");
    }
    config.logStyle = static_cast<LogStyle>(found - names.begin());
    return {};
}

Result<void> setDatabase(Config&, const std::string& value) {
    return value == "sqlite" ? Result<void>() : invalid("database: only the embedded \"sqlite\" is there yet");
}

// "10 GiB", "500MB", "1000000": whole numbers of bytes, with a unit or without.
std::optional<std::int64_t> byteSize(const std::string& value) {
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 9> units{{{"", 1},
                                                                              {"KiB", 1LL << 10},
                                                                              {"MiB", 1LL << 20},
                                                                              {"GiB", 1LL << 30},
                                                                              {"TiB", 1LL << 40},
                                                                              {"kB", 1'000},
                                                                              {"MB", 1'000'000},
                                                                              {"GB", 1'000'000'000},
                                                                              {"TB", 1'000'000'000'000}}};
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    std::string_view unit(end, static_cast<std::size_t>(value.data() + value.size() - end));
    unit.remove_prefix(unit.starts_with(' ') ? 1 : 0);
    const auto* found = std::find_if(units.begin(), units.end(), [&](const auto& one) { return one.first == unit; });
    const bool fits =
        error == std::errc() && found != units.end() && number >= 0 && number <= (1LL << 50) / found->second;
    return fits ? std::optional(number * found->second) : std::nullopt;
}

Result<void> setHardware(Config& config, const std::string& value) {
    const auto wish = hardwareWish(value);
    if (!wish) {
        return invalid("video.hardware is auto, off, nvenc, vaapi, qsv or videotoolbox");
    }
    config.hardware = *wish;
    return {};
}

using SetText = std::function<Result<void>(Config&, const std::string&)>;
using SetNumber = std::function<void(Config&, std::int64_t)>;
using SetList = std::function<Result<void>(Config&, const std::vector<std::string>&)>;
using SetSwitch = std::function<void(Config&, bool)>;
struct Number {
    std::int64_t lowest, highest;
    SetNumber set;
};
struct Setting {
    std::string_view key;
    std::variant<SetText, Number, SetList, SetSwitch> set;
};

std::size_t count(std::int64_t number) {
    return static_cast<std::size_t>(number);
}

SetText text(std::string Config::*member) {
    return [member](Config& config, const std::string& value) -> Result<void> {
        if (value.empty()) {
            return invalid("a text is empty");
        }
        config.*member = value;
        return {};
    };
}

SetText diskSize(const char* key, std::int64_t Config::*member) {
    return [key, member](Config& config, const std::string& value) -> Result<void> {
        const auto size = byteSize(value);
        if (!size) {
            return invalid(std::string(key) + " is a size on the disk, as in \"10 GiB\"");
        }
        config.*member = *size;
        return {};
    };
}

// Requests a second; 0: no limit.
Number perSecond(unsigned RateOptions::*member) {
    return {0, 100'000, [member](Config& config, std::int64_t n) { config.rates.*member = static_cast<unsigned>(n); }};
}

// Every setting there is, by its TOML key.
const std::vector<Setting>& settings() {
    static const std::vector<Setting> all{
        {"name", text(&Config::name)},
        {"data", text(&Config::dataFolder)},
        {"public_url", SetText(setPublicUrl)},
        {"listen", SetText(setListen)},
        {"roles", SetList(setRoles)},
        {"database", SetText(setDatabase)},
        {"tls.certificate", text(&Config::certificateFile)},
        {"tls.key", text(&Config::keyFile)},
        {"tls.self_signed", SetSwitch([](Config& c, bool on) { c.selfSigned = on; })},
        {"gateway.threads", Number{0, 256, [](Config& c, std::int64_t n) { c.threads = static_cast<unsigned>(n); }}},
        {"gateway.max_connections",
         Number{16, 1'000'000, [](Config& c, std::int64_t n) { c.maxConnections = static_cast<std::size_t>(n); }}},
        {"gateway.trusted_proxies", SetList([](Config& c, const std::vector<std::string>& list) -> Result<void> {
             c.trustedProxies = list;
             return {};
         })},
        {"gateway.default_rules", SetSwitch([](Config& c, bool on) { c.defaultRules = on; })},
        {"gateway.cors_origins", SetList(setCorsOrigins)},
        {"worker.count", Number{0, 256, [](Config& c, std::int64_t n) { c.workers = static_cast<unsigned>(n); }}},
        {"worker.program", text(&Config::workerProgram)},
        {"farm.jobs", Number{0, 64, [](Config& c, std::int64_t n) { c.farmJobs = static_cast<unsigned>(n); }}},
        {"farm.lease", Number{2, 3600, [](Config& c, std::int64_t n) { c.farmLease = static_cast<unsigned>(n); }}},
        {"farm.sprites", SetSwitch([](Config& c, bool on) { c.farmSprites = on; })},
        {"farm.sprites_size", diskSize("farm.sprites_size", &Config::spriteBytes)},
        {"farm.loudness", SetSwitch([](Config& c, bool on) { c.farmLoudness = on; })},
        {"farm.ladders", SetSwitch([](Config& c, bool on) { c.farmLadders = on; })},
        {"farm.indexes", SetSwitch([](Config& c, bool on) { c.farmIndexes = on; })},
        {"stream.seal_cache", SetSwitch([](Config& c, bool on) { c.sealCache = on; })},
        {"stream.cache_size", diskSize("stream.cache_size", &Config::streamCacheBytes)},
        {"stream.prepared_size", diskSize("stream.prepared_size", &Config::preparedBytes)},
        {"stream.profiles", text(&Config::profilesFile)},
        {"limits.sessions", Number{1, 100'000, [](Config& c, std::int64_t n) { c.limits.sessions = count(n); }}},
        {"limits.sessions_per_user",
         Number{1, 100'000, [](Config& c, std::int64_t n) { c.limits.sessionsPerUser = count(n); }}},
        {"limits.transcodes", Number{0, 100'000, [](Config& c, std::int64_t n) { c.limits.transcodes = count(n); }}},
        {"limits.transcodes_per_user",
         Number{0, 100'000, [](Config& c, std::int64_t n) { c.limits.transcodesPerUser = count(n); }}},
        {"limits.segments", Number{1, 100'000, [](Config& c, std::int64_t n) { c.limits.segments = count(n); }}},
        {"limits.segments_per_user",
         Number{1, 100'000, [](Config& c, std::int64_t n) { c.limits.segmentsPerUser = count(n); }}},
        {"limits.idle_session",
         Number{10, 86'400, [](Config& c, std::int64_t n) { c.limits.idleSession = static_cast<int>(n); }}},
        {"limits.requests_per_user", perSecond(&RateOptions::perUser)},
        {"limits.requests_per_address", perSecond(&RateOptions::perAddress)},
        {"limits.searches_per_user", perSecond(&RateOptions::searchesPerUser)},
        {"limits.playback_starts_per_user", perSecond(&RateOptions::playbackStartsPerUser)},
        {"audit.keep_days",
         Number{1, 36'500, [](Config& c, std::int64_t n) { c.auditDays = static_cast<unsigned>(n); }}},
        {"video.hardware", SetText(setHardware)},
        {"downloads.size", diskSize("downloads.size", &Config::downloadBytes)},
        {"downloads.keep_days",
         Number{1, 3650, [](Config& c, std::int64_t n) { c.downloadDays = static_cast<unsigned>(n); }}},
        {"outbound.allow", SetList(setOutboundAllow)},
        {"outbound.certificates",
         SetText([](Config& c, const std::string& v) { return setFilled(c.outbound.certificates, v); })},
        {"outbound.contact", SetText([](Config& c, const std::string& v) { return setFilled(c.outbound.contact, v); })},
        {"scrobbling.services", SetList(setScrobblingServices)},
        {"oidc.issuer", SetText([](Config& c, const std::string& v) { return setIssuer(c, v); })},
        {"oidc.client_id", SetText([](Config& c, const std::string& v) { return setFilled(c.oidc.clientId, v); })},
        {"oidc.client_secret",
         SetText([](Config& c, const std::string& v) { return setFilled(c.oidc.clientSecret, v); })},
        {"oidc.name", SetText([](Config& c, const std::string& v) { return setFilled(c.oidc.name, v); })},
        {"oidc.users", SetText(setOidcUsers)},
        {"oidc.allowed_domains", SetList(setOidcDomains)},
        {"oidc.required_claims", SetList(setOidcClaims)},
        {"oidc.username_claim",
         SetText([](Config& c, const std::string& v) { return setFilled(c.oidc.usernameClaim, v); })},
        {"oidc.scopes", SetList(setOidcScopes)},
        {"metadata.providers", SetList(setProviders)},
        {"metadata.musicbrainz_url",
         SetText([](Config& c, const std::string& v) { return setAddress(c.metadata.musicbrainzUrl, v); })},
        {"metadata.cover_art_url",
         SetText([](Config& c, const std::string& v) { return setAddress(c.metadata.coverArtUrl, v); })},
        {"metadata.tmdb_url",
         SetText([](Config& c, const std::string& v) { return setAddress(c.metadata.tmdbUrl, v); })},
        {"metadata.tmdb_images_url",
         SetText([](Config& c, const std::string& v) { return setAddress(c.metadata.tmdbImagesUrl, v); })},
        {"metadata.tmdb_key",
         SetText([](Config& c, const std::string& v) { return setFilled(c.metadata.tmdbKey, v); })},
        {"metadata.language",
         SetText([](Config& c, const std::string& v) { return setFilled(c.metadata.language, v); })},
        {"store.region", SetText(setStoreRegion)},
        {"store.refund_days",
         Number{0, 3650, [](Config& c, std::int64_t n) { c.store.refundDays = static_cast<unsigned>(n); }}},
        {"store.pay_within",
         Number{30, 1440, [](Config& c, std::int64_t n) { c.store.payWithin = static_cast<unsigned>(n); }}},
        {"store.licence_devices",
         Number{1, 1000, [](Config& c, std::int64_t n) { c.store.licenceDevices = static_cast<unsigned>(n); }}},
        {"store.offline_days",
         Number{1, 365, [](Config& c, std::int64_t n) { c.store.offlineDays = static_cast<unsigned>(n); }}},
        {"store.stripe_url", SetText([](Config& c, const std::string& v) { return setAddress(c.store.stripeUrl, v); })},
        {"store.stripe_key", SetText([](Config& c, const std::string& v) { return setFilled(c.store.stripeKey, v); })},
        {"store.stripe_webhook_secrets", SetList(setStripeSecrets)},
        {"drm.widevine_url",
         SetText([](Config& c, const std::string& v) { return setLicenceAddress(c.drm.widevineUrl, v); })},
        {"drm.widevine_provider", SetText([](Config& c, const std::string& v) { return setWidevineProvider(c, v); })},
        {"drm.playready_url",
         SetText([](Config& c, const std::string& v) { return setLicenceAddress(c.drm.playreadyUrl, v); })},
        {"drm.fairplay_url",
         SetText([](Config& c, const std::string& v) { return setLicenceAddress(c.drm.fairplayUrl, v); })},
        {"drm.token_header", SetText(setDrmTokenHeader)},
        {"discovery.announce", SetSwitch([](Config& c, bool on) { c.announce = on; })},
        {"log.level", SetText(setLogLevel)},
        {"log.format", SetText(setLogStyle)},
    };
    return all;
}

const Setting* settingOf(std::string_view key) {
    const auto& all = settings();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Setting& setting) { return setting.key == key; });
    return found == all.end() ? nullptr : &*found;
}

bool isSection(std::string_view key) {
    const std::string prefix = std::string(key) + ".";
    return std::any_of(settings().begin(), settings().end(),
                       [&](const Setting& setting) { return setting.key.starts_with(prefix); });
}

Result<void> setNumber(Config& config, const Number& number, std::string_view key, std::int64_t value) {
    if (value < number.lowest || value > number.highest) {
        return invalid(std::string(key) + " must be from " + std::to_string(number.lowest) + " to " +
                       std::to_string(number.highest));
    }
    number.set(config, value);
    return {};
}

// One value of a TOML document, whatever its kind.
struct TomlSetter {
    Config& config;
    const std::string& key;
    const toml::node& node;

    Result<void> operator()(const SetText& set) const {
        const auto value = node.value_exact<std::string>();
        return value ? set(config, *value) : invalid(key + " must be a text in quotes");
    }
    Result<void> operator()(const Number& number) const {
        const auto value = node.value_exact<std::int64_t>();
        return value ? setNumber(config, number, key, *value) : invalid(key + " must be a whole number");
    }
    Result<void> operator()(const SetSwitch& set) const {
        const auto value = node.value_exact<bool>();
        if (value) {
            set(config, *value);
        }
        return value ? Result<void>() : invalid(key + " must be true or false");
    }
    Result<void> operator()(const SetList& set) const {
        std::vector<std::string> list;
        const toml::array* array = node.as_array();
        for (std::size_t i = 0; array && i < array->size(); ++i) {
            const auto value = (*array)[i].value_exact<std::string>();
            if (!value) {
                return invalid(key + " must be a list of texts");
            }
            list.push_back(*value);
        }
        return array ? set(config, list) : invalid(key + " must be a list of texts");
    }
};

// A configuration file read into a Config; stops at the first mistake and knows its line.
class Reader {
public:
    Reader(Config config, const std::string& file) : config_(std::move(config)), file_(file) {}

    Result<Config> read(const toml::table& table) {
        auto done = section(table, "");
        return done ? Result<Config>(std::move(config_)) : core::unexpected<core::Error>(done.error());
    }

private:
    Result<void> section(const toml::table& table, const std::string& prefix) {
        for (const auto& [name, node] : table) {
            const std::string key = prefix + std::string(name.str());
            auto done = entry(key, node);
            if (!done) {
                return done;
            }
        }
        return {};
    }

    Result<void> entry(const std::string& key, const toml::node& node) {
        if (key == "library") {
            return tables(node, "libraries are written as [[library]] with name and path", &Reader::library);
        }
        if (key == "profile") {
            return tables(node, "profiles are written as [[profile]] with a name", &Reader::profile);
        }
        if (key == "rule") {
            return tables(node, "rules are written as [[rule]] with a name", &Reader::rule);
        }
        if (node.is_table() && isSection(key)) {
            return section(*node.as_table(), key + ".");
        }
        const Setting* setting = settingOf(key);
        return at(node, setting ? std::visit(TomlSetter{config_, key, node}, setting->set)
                                : invalid("unknown key \"" + key + "\""));
    }

    Result<void> tables(const toml::node& node, const char* words, Result<void> (Reader::*take)(const toml::table&)) {
        const toml::array* array = node.as_array();
        if (!array || !array->is_array_of_tables()) {
            return at(node, invalid(words));
        }
        for (const toml::node& element : *array) {
            if (auto done = (this->*take)(*element.as_table()); !done) {
                return done;
            }
        }
        return {};
    }

    Result<void> profile(const toml::table& table) {
        auto profile = profileOfToml(table);
        if (!profile) {
            return at(table, core::unexpected<core::Error>(profile.error()));
        }
        config_.profiles.push_back(std::move(*profile));
        return {};
    }

    Result<void> rule(const toml::table& table) {
        auto rule = ruleOfToml(table);
        if (!rule) {
            return at(table, core::unexpected<core::Error>(rule.error()));
        }
        config_.rules.push_back(std::move(*rule));
        return {};
    }

    Result<void> library(const toml::table& table) {
        for (const auto& [name, value] : table) {
            if ((name != "name" && name != "path") || !value.is_string()) {
                return at(value, invalid("a library has a name and a path, both texts; not \"" +
                                         std::string(name.str()) + "\""));
            }
        }
        const auto name = table["name"].value<std::string>(), path = table["path"].value<std::string>();
        if (!name || !path || name->empty() || !path->starts_with('/')) {
            return at(table, invalid("a library needs a name and an absolute path"));
        }
        config_.libraries.push_back({*name, *path});
        return {};
    }

    // The error with the file and line where it is.
    Result<void> at(const toml::node& node, Result<void> done) const {
        if (!done) {
            done.error().text = file_ + ":" + std::to_string(node.source().begin.line) + ": " + done.error().text;
        }
        return done;
    }

    Config config_;
    const std::string& file_;
};

}  // namespace

Result<Config> parseConfig(std::string_view text, const std::string& file, Config base) {
    try {
        return Reader(std::move(base), file).read(toml::parse(text, file));
    } catch (const toml::parse_error& error) {
        return invalid(file + ":" + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
    }
}

Result<void> applySetting(Config& config, std::string_view key, const std::string& value) {
    const Setting* setting = settingOf(key);
    if (!setting) {
        return invalid("unknown setting \"" + std::string(key) + "\"");
    }
    if (const auto* set = std::get_if<SetText>(&setting->set)) {
        return (*set)(config, value);
    }
    if (const auto* number = std::get_if<Number>(&setting->set)) {
        std::int64_t parsed = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
        return error == std::errc() && end == value.data() + value.size()
                   ? setNumber(config, *number, key, parsed)
                   : invalid(std::string(key) + " must be a whole number");
    }
    if (const auto* set = std::get_if<SetSwitch>(&setting->set)) {
        if (value != "true" && value != "false") {
            return invalid(std::string(key) + " must be true or false");
        }
        (*set)(config, value == "true");
        return {};
    }
    std::vector<std::string> list;
    for (std::size_t start = 0; start <= value.size();) {
        const auto end = std::min(value.find(',', start), value.size());
        list.push_back(value.substr(start, end - start));
        start = end + 1;
    }
    return std::get<SetList>(setting->set)(config, list);
}

Result<void> addLibrary(Config& config, const std::string& assignment) {
    const auto equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == assignment.size()) {
        return invalid("--library needs NAME=DIR, as in Films=/srv/films");
    }
    std::error_code error;
    const auto path = std::filesystem::absolute(assignment.substr(equals + 1), error).lexically_normal();
    std::string text = path.string();
    if (text.size() > 1 && text.back() == '/') {
        text.pop_back();
    }
    config.libraries.push_back({assignment.substr(0, equals), text});
    return {};
}

bool Config::hasRole(std::string_view role) const {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

Result<void> checkConfig(const Config& config) {
    if (config.certificateFile.empty() != config.keyFile.empty()) {
        return invalid("tls needs both certificate and key");
    }
    if (config.selfSigned && !config.certificateFile.empty()) {
        return invalid("tls has a certificate of its own (self_signed) or a given one, not both");
    }
    if (auto done = checkServices(config); !done) {
        return done;
    }
    for (auto one = config.profiles.begin(); one != config.profiles.end(); ++one) {
        if (std::any_of(config.profiles.begin(), one, [&](const auto& other) { return other.name == one->name; })) {
            return invalid("the profile \"" + one->name + "\" is given twice");
        }
    }
    for (std::size_t i = 0; i < config.libraries.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (config.libraries[i].name == config.libraries[j].name ||
                config.libraries[i].path == config.libraries[j].path) {
                return invalid("the library \"" + config.libraries[i].name + "\" is given twice");
            }
        }
    }
    return {};
}

}  // namespace marea::server
