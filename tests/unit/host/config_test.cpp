#include "server/host/config.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

core::Result<Config> parsed(const char* text) {
    return parseConfig(text, "server.toml", Config{});
}

TEST(Config, ProfilesAreCheckedWithTheirLine) {
    const auto words = [](const char* text) {
        const auto config = parsed(text);
        return config ? std::string("taken") : config.error().text;
    };
    EXPECT_EQ(words("name = \"a\"\n[[profile]]\nname = \"A B\"").substr(0, 17), "server.toml:2: na");
    EXPECT_NE(words("[[profile]]\nname = \"a\"\nvideo = {rungs = []}").find("video.rungs must have one"),
              std::string::npos);
    EXPECT_NE(words("profile = 1").find("[[profile]]"), std::string::npos);
    EXPECT_NE(words("[[profile]]\nname = \"a\"\ndescription = 1979-05-27").find("must be a string"), std::string::npos);
    Config twice;
    twice.profiles.resize(2);
    twice.profiles[0].name = twice.profiles[1].name = "den";
    EXPECT_FALSE(checkConfig(twice));

    const auto file = parseProfiles("[[profile]]\nname = \"a\"\n[[profile]]\nname = \"b\"", "p.toml");
    ASSERT_TRUE(file) << file.error().text;
    EXPECT_EQ(file->size(), 2U);
    EXPECT_FALSE(parseProfiles("listen = \"127.0.0.1:1\"", "p.toml"));
    EXPECT_FALSE(parseProfiles("[[profile]]", "p.toml"));
}

TEST(Config, EverySettingIsRead) {
    const auto config = parsed(R"(
name = "Home"
data = "/srv/marea"
listen = "[::1]:9000"
public_url = "https://music.example/"
roles = ["apps", "vs", "as", "transcode"]
database = "sqlite"
[tls]
certificate = "/etc/c.pem"
key = "/etc/k.pem"
[gateway]
threads = 3
max_connections = 500
trusted_proxies = ["10.0.0.1"]
[worker]
count = 4
program = "/opt/worker"
[farm]
jobs = 3
lease = 20
sprites = false
loudness = false
[video]
hardware = "vaapi"
[discovery]
announce = false
[log]
level = "debug"
format = "json"
[limits]
sessions = 10
sessions_per_user = 5
transcodes = 4
transcodes_per_user = 2
segments = 30
segments_per_user = 6
idle_session = 90
[[library]]
name = "Films"
path = "/srv/films"
[[library]]
name = "Music"
path = "/srv/music"
[[profile]]
name = "den"
video = { rungs = [{ height = 720, bitrate = 3_000_000 }], hdr = "tone_map" }
audio = { languages = ["de", "en"] }
)");
    ASSERT_TRUE(config) << config.error().text;
    EXPECT_EQ(config->limits, (LimitsConfig{10, 5, 4, 2, 30, 6, 90}));
    ASSERT_EQ(config->profiles.size(), 1U);
    EXPECT_EQ(config->profiles[0].video.rungs, (std::vector<Rung>{{720, 3'000'000}}));
    EXPECT_EQ(config->profiles[0].video.hdr, HdrPolicy::ToneMap);
    EXPECT_EQ(config->profiles[0].audio.languages.order, (std::vector<std::string>{"de", "en"}));
    EXPECT_EQ(config->name, "Home");
    EXPECT_EQ(config->dataFolder, "/srv/marea");
    EXPECT_EQ(config->listenHost, "::1");
    EXPECT_EQ(config->listenPort, 9000);
    EXPECT_EQ(config->publicUrl, "https://music.example");
    EXPECT_EQ(config->roles.size(), 4U);
    EXPECT_EQ(config->keyFile, "/etc/k.pem");
    EXPECT_EQ(config->threads, 3U);
    EXPECT_EQ(config->maxConnections, 500U);
    EXPECT_EQ(config->trustedProxies, std::vector<std::string>{"10.0.0.1"});
    EXPECT_EQ(config->workers, 4U);
    EXPECT_EQ(config->workerProgram, "/opt/worker");
    EXPECT_EQ(config->farmJobs, 3U);
    EXPECT_EQ(config->farmLease, 20U);
    EXPECT_FALSE(config->farmSprites);
    EXPECT_FALSE(config->farmLoudness);
    EXPECT_EQ(config->hardware, (HardwareWish{false, HardwareKind::Vaapi}));
    EXPECT_FALSE(config->announce);
    EXPECT_TRUE(Config{}.announce);
    EXPECT_EQ(config->logLevel, core::LogLevel::Debug);
    EXPECT_EQ(config->logStyle, LogStyle::Json);
    ASSERT_EQ(config->libraries.size(), 2U);
    EXPECT_EQ(config->libraries[1].path, "/srv/music");
    EXPECT_TRUE(checkConfig(*config));
}

struct Mistake {
    const char* text;
    const char* where;
    const char* word;
};

TEST(Config, MistakesNameTheirLine) {
    const Mistake mistakes[] = {
        {"name = \"x\"\nlissen = \"y\"", "server.toml:2: ", "lissen"},
        {"\n[gateway]\ntreads = 1", "server.toml:3: ", "gateway.treads"},
        {"[no_such]\na = 1", "server.toml:1: ", "no_such"},
        {"listen = 8470", "server.toml:1: ", "text"},
        {"listen = \"8470\"", "server.toml:1: ", "HOST:PORT"},
        {"listen = \"a:99999\"", "server.toml:1: ", "HOST:PORT"},
        {"listen = \"a:80x\"", "server.toml:1: ", "HOST:PORT"},
        {"roles = \"apps\"", "server.toml:1: ", "list"},
        {"roles = [\"apps\", 1]", "server.toml:1: ", "list"},
        {"roles = [\"cook\"]", "server.toml:1: ", "cook"},
        {"roles = [\"apps\"]", "server.toml:1: ", "all three"},
        {"roles = [\"vs\", \"transcode\"]", "server.toml:1: ", "all three"},
        {"roles = []", "server.toml:1: ", "needs a role"},
        {"[farm]\nlease = 1", "server.toml:2: ", "from 2"},
        {"roles = [\"live\"]", "server.toml:1: ", "not there yet"},
        {"[farm]\nsprites = \"no\"", "server.toml:2: ", "true or false"},
        {"[discovery]\nannounce = \"auto\"", "server.toml:2: ", "true or false"},
        {"[discovery]\nname = \"x\"", "server.toml:2: ", "discovery.name"},
        {"[gateway]\nmax_connections = 1", "server.toml:2: ", "from 16"},
        {"[gateway]\nthreads = 1.5", "server.toml:2: ", "whole number"},
        {"[gateway]\nthreads = true", "server.toml:2: ", "whole number"},
        {"[log]\nlevel = \"loud\"", "server.toml:2: ", "debug"},
        {"public_url = \"ftp://x\"", "server.toml:1: ", "http"},
        {"database = \"postgresql://x\"", "server.toml:1: ", "sqlite"},
        {"data = \"\"", "server.toml:1: ", "empty"},
        {"a = 1\nb = = 2", "server.toml:2: ", ""},
        {"\n\nlibrary = 1", "server.toml:3: ", "[[library]]"},
        {"[[library]]\nname = \"x\"", "server.toml:1: ", "path"},
        {"[[library]]\nname = \"x\"\npath = \"films\"", "server.toml:1: ", "absolute"},
        {"[[library]]\nname = \"x\"\npath = \"/f\"\nkind = \"y\"", "server.toml:4: ", "kind"},
    };
    for (const Mistake& mistake : mistakes) {
        const auto config = parsed(mistake.text);
        ASSERT_FALSE(config) << mistake.text;
        EXPECT_TRUE(config.error().text.starts_with(mistake.where)) << mistake.text << " → " << config.error().text;
        EXPECT_NE(config.error().text.find(mistake.word), std::string::npos) << config.error().text;
    }
}

TEST(Config, FlagsWinOverTheFile) {
    Config config = *parsed("listen = \"0.0.0.0:1\"\n[worker]\ncount = 9");
    ASSERT_TRUE(applySetting(config, "listen", "127.0.0.1:0"));
    ASSERT_TRUE(applySetting(config, "worker.count", "2"));
    ASSERT_TRUE(applySetting(config, "roles", "transcode,as,vs,apps"));
    EXPECT_EQ(config.listenHost, "127.0.0.1");
    EXPECT_EQ(config.listenPort, 0);
    EXPECT_EQ(config.workers, 2U);
    EXPECT_EQ(config.roles, (std::vector<std::string>{"transcode", "as", "vs", "apps"}));
    EXPECT_FALSE(applySetting(config, "roles", "apps"));
    ASSERT_TRUE(applySetting(config, "farm.sprites", "false"));
    EXPECT_FALSE(config.farmSprites);
    EXPECT_FALSE(applySetting(config, "farm.sprites", "no"));
    EXPECT_TRUE(config.farmIndexes);
    ASSERT_TRUE(applySetting(config, "farm.indexes", "false"));
    EXPECT_FALSE(config.farmIndexes);
    EXPECT_FALSE(applySetting(config, "worker.count", "2x"));
    EXPECT_FALSE(applySetting(config, "worker.count", "-1"));
    EXPECT_FALSE(applySetting(config, "nothing", "x"));
    EXPECT_FALSE(applySetting(config, "roles", ""));
}

TEST(Config, RolesSayWhatAProcessDoes) {
    Config config;
    EXPECT_TRUE(config.serves());
    EXPECT_TRUE(config.worksForFarm());
    EXPECT_FALSE(config.listenGiven);
    ASSERT_TRUE(applySetting(config, "roles", "apps,vs,as"));
    EXPECT_TRUE(config.serves());
    EXPECT_FALSE(config.worksForFarm());
    ASSERT_TRUE(applySetting(config, "roles", "transcode"));
    EXPECT_FALSE(config.serves());
    EXPECT_TRUE(config.worksForFarm());
    ASSERT_TRUE(applySetting(config, "listen", "127.0.0.1:0"));
    EXPECT_TRUE(config.listenGiven);
}

TEST(Config, LibrariesFromFlags) {
    Config config;
    ASSERT_TRUE(addLibrary(config, "Films=/srv/films/"));
    ASSERT_TRUE(addLibrary(config, "Odd=/srv/a=b"));
    EXPECT_EQ(config.libraries[0].path, "/srv/films");
    EXPECT_EQ(config.libraries[1].path, "/srv/a=b");
    EXPECT_TRUE(checkConfig(config));
    for (const char* wrong : {"", "=", "Films", "=/srv", "Films="}) {
        EXPECT_FALSE(addLibrary(config, wrong)) << wrong;
    }
    ASSERT_TRUE(addLibrary(config, "Again=/srv/films"));
    EXPECT_FALSE(checkConfig(config));
}

TEST(Config, TlsNeedsBothHalves) {
    Config config;
    config.certificateFile = "/c.pem";
    EXPECT_FALSE(checkConfig(config));
}

TEST(Config, TlsIsGivenOrItsOwn) {
    auto config = parsed("[tls]\nself_signed = true");
    ASSERT_TRUE(config) << config.error().text;
    EXPECT_TRUE(config->selfSigned);
    EXPECT_TRUE(checkConfig(*config));
    config->certificateFile = "/c.pem";
    config->keyFile = "/k.pem";
    EXPECT_FALSE(checkConfig(*config));
}

TEST(Config, RatesAndTheAuditLogAreRead) {
    const auto config = parsed(
        "[limits]\nrequests_per_user = 7\nrequests_per_address = 0\nsearches_per_user = 3\n"
        "playback_starts_per_user = 2\n[audit]\nkeep_days = 30");
    ASSERT_TRUE(config) << config.error().text;
    EXPECT_EQ(config->rates, (RateOptions{7, 0, 3, 2}));
    EXPECT_EQ(config->auditDays, 30U);
    EXPECT_FALSE(parsed("[limits]\nrequests_per_user = -1"));
    EXPECT_FALSE(parsed("[audit]\nkeep_days = 0"));
}

TEST(Config, OriginsAreThoseThatBrowsersSend) {
    const auto config = parsed("[gateway]\ncors_origins = [\"https://player.example\", \"http://[::1]:8080\"]");
    ASSERT_TRUE(config) << config.error().text;
    EXPECT_EQ(config->corsOrigins.size(), 2U);
    for (const char* wrong : {"*", "https://", "https://a/", "https://*.example", "player.example", "https://a b"}) {
        EXPECT_FALSE(parsed(("[gateway]\ncors_origins = [\"" + std::string(wrong) + "\"]").c_str())) << wrong;
    }
}

TEST(Config, RulesOfRequestsAreRead) {
    const auto config = parsed(R"(
[gateway]
default_rules = false
[[rule]]
name = "admin from home"
paths = ["/api/v1/admin/*", "/metrics"]
not_from = ["192.168.0.0/16", "::1"]
[[rule]]
name = "slow"
methods = ["POST", "OTHER"]
header = "User-Agent"
header_has = "bot"
raw = ["%2e"]
header_over = 100
body_over = 1_000
rate = 2
)");
    ASSERT_TRUE(config) << config.error().text;
    EXPECT_FALSE(config->defaultRules);
    ASSERT_EQ(config->rules.size(), 2U);
    RequestRule home;
    home.name = "admin from home";
    home.paths = {"/api/v1/admin/*", "/metrics"};
    home.from = {*addressRange("192.168.0.0/16"), *addressRange("::1")};
    home.notFrom = true;
    EXPECT_EQ(config->rules[0], home);
    RequestRule slow;
    slow.name = "slow";
    slow.methods = {Method::Post, Method::Other};
    slow.header = "User-Agent";
    slow.headerHas = "bot";
    slow.raw = {"%2e"};
    slow.headerOver = 100;
    slow.bodyOver = 1000;
    slow.rate = 2;
    slow.status = 429;
    EXPECT_EQ(config->rules[1], slow);
}

TEST(Config, RulesThatSayNothingAreRefused) {
    for (const char* wrong :
         {"name = \"a\"", "paths = [\"/a\"]", "name = \"a\"\npaths = []", "name = \"a\"\npaths = \"/a\"",
          "name = \"a\"\nmethods = [\"get\"]", "name = \"a\"\nfrom = [\"home\"]", "name = \"a\"\nbody_over = 0",
          "name = \"a\"\npaths = [\"/a\"]\nstatus = 200", "name = \"a\"\npaths = [\"/a\"]\nregex = \"x\"",
          "name = \"a\"\npaths = [\"/a\"]\nheader_has = \"x\"",
          "name = \"a\"\nfrom = [\"::1\"]\nnot_from = [\"::1\"]"}) {
        const auto config = parsed(("[[rule]]\n" + std::string(wrong)).c_str());
        ASSERT_FALSE(config) << wrong;
        EXPECT_EQ(config.error().text.substr(0, 14), "server.toml:1:") << wrong;
    }
    EXPECT_FALSE(parsed("rule = 1"));
}

TEST(Config, WhatTheServerCallsIsRead) {
    const auto config = parsed(
        "public_url = \"https://home.example\"\n[outbound]\nallow = [\"192.168.1.0/24\", \"::1\"]\n"
        "certificates = \"/etc/ca.pem\"\ncontact = \"ana@home.example\"\n[scrobbling]\n"
        "services = [\"https://listens.example/api/\"]\n[oidc]\nissuer = \"https://id.example/realm/\"\n"
        "client_id = \"marea\"\nclient_secret = \"s\"\nname = \"Family\"\nusers = \"create\"\n"
        "allowed_domains = [\"home.example\"]\nrequired_claims = [\"groups=family\"]\n"
        "username_claim = \"nickname\"\nscopes = [\"openid\", \"email\"]\n");
    ASSERT_TRUE(config) << config.error().text;
    EXPECT_EQ(config->outbound.allow, (std::vector{*addressRange("192.168.1.0/24"), *addressRange("::1")}));
    EXPECT_EQ(config->outbound.certificates, "/etc/ca.pem");
    EXPECT_EQ(config->outbound.contact, "ana@home.example");
    EXPECT_EQ(config->scrobblingServices, std::vector<std::string>{"https://listens.example/api"});
    EXPECT_EQ(config->oidc.issuer, "https://id.example/realm/") << "compared to the letter";
    EXPECT_EQ(config->oidc.clientId, "marea");
    EXPECT_TRUE(config->oidc.createUsers);
    EXPECT_EQ(config->oidc.requiredClaims, std::vector<std::string>{"groups=family"});
    EXPECT_TRUE(checkConfig(*config));
}

TEST(Config, NobodyIsCalledByDefault) {
    const Config config;
    EXPECT_TRUE(config.outbound.allow.empty());
    EXPECT_TRUE(config.scrobblingServices.empty());
    EXPECT_TRUE(config.oidc.issuer.empty());
}

TEST(Config, WhatCannotBeCalledIsRefused) {
    for (const char* wrong :
         {"outbound.allow = [\"home\"]", "outbound.allow = \"::1\"", "scrobbling.services = [\"listens.example\"]",
          "scrobbling.services = [\"ftp://listens.example\"]",
          "scrobbling.services = [\"https://a:b@listens.example\"]",
          "scrobbling.services = [\"https://listens.example/?x\"]", "oidc.issuer = \"id.example\"",
          "oidc.users = \"all\"", "oidc.required_claims = [\"family\"]", "oidc.scopes = [\"email\"]",
          "oidc.allowed_domains = [\"ana@home.example\"]", "oidc.client_secret = \"\""}) {
        EXPECT_FALSE(parsed(wrong)) << wrong;
    }
    const auto half = parsed("oidc.issuer = \"https://id.example\"");
    ASSERT_TRUE(half) << half.error().text;
    EXPECT_FALSE(checkConfig(*half));
    const auto homeless = parsed("oidc.issuer = \"https://id.example\"\noidc.client_id = \"marea\"");
    ASSERT_TRUE(homeless);
    EXPECT_FALSE(checkConfig(*homeless)) << "without an address to come back to";
}

TEST(Config, ProvidersOfMetadataAreRead) {
    const auto config = parsed(
        "[outbound]\ncontact = \"ana@home.example\"\n[metadata]\nproviders = [\"musicbrainz\", \"tmdb\"]\n"
        "tmdb_key = \"k\"\ntmdb_url = \"https://films.example/3/\"\nlanguage = \"es\"\n");
    ASSERT_TRUE(config) << config.error().text;
    EXPECT_TRUE(checkConfig(*config));
    EXPECT_EQ(config->metadata.providers.size(), 2u);
    EXPECT_EQ(config->metadata.tmdbUrl, "https://films.example/3");
    EXPECT_EQ(config->metadata.language, "es");
    EXPECT_TRUE(Config().metadata.providers.empty());
    EXPECT_FALSE(parsed("metadata.providers = [\"imdb\"]"));
    EXPECT_FALSE(checkConfig(*parsed("metadata.providers = [\"musicbrainz\"]"))) << "without a contact";
    EXPECT_FALSE(checkConfig(*parsed("metadata.providers = [\"tmdb\"]"))) << "without a key";
}

TEST(Config, ProvidersOfLicencesAreRead) {
    const auto config = parsed(
        "[drm]\nwidevine_url = \"https://licences.example/widevine?customer=1\"\nwidevine_provider = \"ana\"\n"
        "fairplay_url = \"https://licences.example/fairplay/\"\ntoken_header = \"X-Entitlement\"\n");
    ASSERT_TRUE(config) << config.error().text;
    EXPECT_TRUE(checkConfig(*config));
    EXPECT_EQ(config->drm.widevineUrl, "https://licences.example/widevine?customer=1");
    EXPECT_EQ(config->drm.fairplayUrl, "https://licences.example/fairplay/");
    EXPECT_EQ(config->drm.tokenHeader, "X-Entitlement");
    EXPECT_EQ(Config().drm, DrmConfig()) << "none by default";
    EXPECT_TRUE(DrmConfig().playreadyUrl.empty());
    for (const char* wrong :
         {"drm.widevine_url = \"licences.example\"", "drm.playready_url = \"https://a:b@c.example\"",
          "drm.fairplay_url = \"https://c.example/#x\"", "drm.widevine_provider = \"a b\"",
          "drm.token_header = \"X: y\"", "drm.token_header = \"\""}) {
        EXPECT_FALSE(parsed(wrong)) << wrong;
    }
    EXPECT_FALSE(checkConfig(*parsed("drm.widevine_provider = \"ana\""))) << "without an address";
}

}  // namespace
}  // namespace marea::server
