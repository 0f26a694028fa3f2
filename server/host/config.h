#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/log.h"
#include "core/base/result.h"
#include "server/gateway/ratelimits.h"
#include "server/gateway/requestrules.h"
#include "server/packaging/hardware.h"
#include "server/video/streamprofile.h"

namespace marea::server {

struct LibraryConfig {
    std::string name, path;  // an absolute folder
    bool operator==(const LibraryConfig&) const = default;
};

// Past these a request is answered at once with 429 (a user's own) or 503 (the server's), and Retry-After.
struct LimitsConfig {
    std::size_t sessions = 1000, sessionsPerUser = 100;    // that play at once
    std::size_t transcodes = 128, transcodesPerUser = 32;  // of them, those that are newly encoded; 0: none at all
    std::size_t segments = 256, segmentsPerUser = 24;      // that are waited for
    int idleSession = 60;                                  // seconds; a session not heard of for longer ends
    bool operator==(const LimitsConfig&) const = default;
};

// Whom the server calls, and how.
struct OutboundConfig {
    std::vector<AddressRange> allow;  // networks besides the public ones, also without TLS
    std::string certificates;         // a PEM file of authorities besides the system's; empty: none
    std::string contact;              // for those who are called; empty: the project's
    bool operator==(const OutboundConfig&) const = default;
};

// Signing in with an account elsewhere (OpenID Connect). Without an issuer there is none.
struct OidcConfig {
    std::string issuer, clientId, clientSecret;
    std::string name;                         // on the button; empty: the issuer's host
    bool createUsers = false;                 // else only people who have linked their accounts sign in
    std::vector<std::string> allowedDomains;  // of addresses of mail that the issuer has verified; empty: any
    std::vector<std::string> requiredClaims;  // "groups=family"
    std::string usernameClaim = "preferred_username";
    std::vector<std::string> scopes{"openid", "profile", "email"};
    bool operator==(const OidcConfig&) const = default;
};

// Where facts and pictures of titles are looked up.
struct MetadataConfig {
    std::vector<std::string> providers;  // "musicbrainz", "tmdb"; empty: nowhere
    std::string musicbrainzUrl = "https://musicbrainz.org/ws/2", coverArtUrl = "https://coverartarchive.org";
    std::string tmdbUrl = "https://api.themoviedb.org/3", tmdbImagesUrl = "https://image.tmdb.org/t/p/w780", tmdbKey;
    std::string language = "en";
    bool operator==(const MetadataConfig&) const = default;
};

enum class LogStyle { Automatic, Json, Text };  // Automatic: text on a terminal, JSON elsewhere

// What is sold, and who takes the money besides this server's own credit.
struct StoreConfig {
    std::string region;           // ISO 3166-1 of where it is; empty: what is limited to places is sold nowhere
    unsigned refundDays = 14;     // for which buyers get their money back by asking; 0: owners alone give it
    unsigned payWithin = 60;      // minutes, after which an order that nobody paid is given up
    unsigned licenceDevices = 5;  // of somebody's that have the keys of a title, where the product does not say
    unsigned offlineDays = 30;    // for which licences to keep hold, until they are renewed
    std::string stripeUrl = "https://api.stripe.com", stripeKey;  // without a key there is no Stripe
    std::vector<std::string> stripeWebhookSecrets;                // each is good, so that they can be changed
    bool operator==(const StoreConfig&) const = default;
};

// Whose licences for systems besides Clear Key there are: of each, where its provider is asked. Without any, titles go
// out as if there were no such systems.
struct DrmConfig {
    std::string widevineUrl, playreadyUrl, fairplayUrl;
    std::string widevineProvider;               // as Widevine knows the owner
    std::string tokenHeader = "Authorization";  // that a provider looks for the entitlement in
    bool operator==(const DrmConfig&) const = default;
};

// What a server is started with: the defaults, then the TOML file, then the command line.
struct Config {
    std::string name = "Marea";
    std::string dataFolder;                // empty: the XDG data folder
    std::string publicUrl;                 // without a last slash; empty: as clients call the server
    bool listenGiven = false;              // else a process that only helps does not listen at all
    std::string listenHost = "127.0.0.1";  // an address, without brackets
    std::uint16_t listenPort = 8470;       // 0: a free one
    std::vector<std::string> roles{"apps", "vs", "as", "transcode"};
    std::vector<LibraryConfig> libraries;
    std::vector<StreamProfile> profiles;
    std::string profilesFile;  // more of them; empty: none
    std::string certificateFile, keyFile;
    bool selfSigned = false;  // TLS with a certificate of its own, in the data folder
    std::vector<std::string> trustedProxies;
    std::vector<std::string> corsOrigins;  // of pages elsewhere that may call the API
    RateOptions rates{.perUser = 200, .perAddress = 500, .searchesPerUser = 20, .playbackStartsPerUser = 10};
    std::vector<RequestRule> rules;  // of requests that are refused, after those that every server has
    bool defaultRules = true;
    unsigned auditDays = 365;  // that the audit log goes back
    std::size_t maxConnections = 20'000;
    unsigned threads = 0;                                    // of the gateway; 0: one per core
    unsigned workers = 0;                                    // worker processes; 0: one per core
    std::string workerProgram;                               // empty: marea-worker beside this program
    std::int64_t streamCacheBytes = std::int64_t{10} << 30;  // made segments kept on the disk
    bool sealCache = false;                                  // encrypted there
    std::int64_t preparedBytes = std::int64_t{50} << 30;     // of films made ahead, besides
    HardwareWish hardware;                                   // encoders on graphics processors
    unsigned farmJobs = 0;    // background jobs at once; 0: half as many as there are cores
    unsigned farmLease = 60;  // seconds that a job stays with a process that gives no sign of life
    std::int64_t downloadBytes = std::int64_t{20} << 30;  // files made for downloads, on the disk
    unsigned downloadDays = 7;                            // kept, after they were last asked for or taken
    LimitsConfig limits;
    bool farmSprites = true;                            // thumbnails of films are made ahead
    std::int64_t spriteBytes = std::int64_t{10} << 30;  // of these, on the disk
    bool farmLoudness = true;                           // sounds are measured ahead
    bool farmLadders = true;                            // what pictures need in the ladder is measured ahead
    bool farmIndexes = true;                            // large films without an index are read through ahead
    OutboundConfig outbound;
    std::vector<std::string> scrobblingServices;  // addresses that people may have their listens told to
    OidcConfig oidc;
    MetadataConfig metadata;
    StoreConfig store;
    DrmConfig drm;
    bool announce = true;  // the network is told of it, where it listens for others
    core::LogLevel logLevel = core::LogLevel::Info;
    LogStyle logStyle = LogStyle::Automatic;
    // Within a program that people use: reading and scanning let everything else on the computer go first, and a start
    // does not wait for the workers. Not to be set by file or flag.
    bool embedded = false;
    std::chrono::milliseconds ease{
        0};             // scans and workers begin so long after the start, when nobody needs them before
    std::string guest;  // whose codes open the pages for files without a name; empty: everybody has a name

    bool hasRole(std::string_view role) const;
    // Whether it answers users; else it only takes background jobs beside a server that does.
    bool serves() const { return hasRole("apps"); }
    bool worksForFarm() const { return hasRole("transcode"); }
};

// `text` read as TOML over `base`. The error's text is "<file>:<line>: <words>"; an unknown key, a wrong type and a
// value out of range are errors.
core::Result<Config> parseConfig(std::string_view text, const std::string& file, Config base);

// A file of [[profile]] tables alone. Errors as those of parseConfig.
core::Result<std::vector<StreamProfile>> parseProfiles(std::string_view text, const std::string& file);

// One setting by its TOML key ("listen", "log.level"), as from a flag. Invalid with words.
core::Result<void> applySetting(Config& config, std::string_view key, const std::string& value);
// "NAME=DIR"; a relative folder counts from the working directory.
core::Result<void> addLibrary(Config& config, const std::string& assignment);
// What holds between settings: both halves of TLS, no library and no profile twice.
core::Result<void> checkConfig(const Config& config);

}  // namespace marea::server
