#include "server/host/homehost.h"

#include <algorithm>
#include <array>
#include <thread>

#include "server/apps/identity/secrets.h"
#include "server/gateway/languages.h"

namespace marea::server {

using core::Result;

namespace {

constexpr int kStandardError = 2;
constexpr std::int64_t kGigabyte = std::int64_t{1} << 30;
constexpr std::array<std::uint16_t, 6> kPorts{8470, 8471, 8472, 8473, 8474, 0};  // in which order they are tried

// One home's computer, on which people do other things: few threads, small caches, and no work ahead of time.
Config configOf(const HomeHost::Place& place) {
    Config config;
    config.name = place.name;
    config.dataFolder = place.folder;
    config.listenGiven = true;
    config.listenPort = 0;
    config.embedded = true;
    config.ease = place.ease;
    config.guest = HomeHost::kGuest;
    config.threads = 2;
    config.workers = std::clamp(std::thread::hardware_concurrency() / 2, 1U, 4U);
    config.workerProgram = place.workerProgram;
    config.maxConnections = 1000;
    config.farmJobs = 1;
    config.farmSprites = config.farmLoudness = config.farmLadders = config.farmIndexes = false;
    config.streamCacheBytes = config.preparedBytes = config.spriteBytes = config.downloadBytes = 2 * kGigabyte;
    return config;
}

// By IPv6 and IPv4; where the system has no IPv6, by IPv4.
Result<Host::Shared> shareAt(Host& host, std::uint16_t port) {
    auto shared = host.share("::", port);
    return shared ? std::move(shared) : host.share("0.0.0.0", port);
}

std::string textOf(const Response& response) {
    if (const auto* own = std::get_if<std::string>(&response.body)) {
        return *own;
    }
    const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
    return shared && *shared ? **shared : std::string();
}

}  // namespace

Result<std::unique_ptr<HomeHost>> HomeHost::open(const Place& place) {
    std::unique_ptr<HomeHost> home(new HomeHost(place));
    if (auto started = home->start(); !started) {
        return core::unexpected<core::Error>(started.error());
    }
    return home;
}

HomeHost::~HomeHost() = default;

Result<void> HomeHost::start() {
    auto logger = core::makeLogger(kStandardError, core::LogFormat::Text, core::LogLevel::Warning);
    auto host = Host::create(configOf(place_), std::move(logger), std::make_shared<core::SystemClock>());
    if (!host) {
        return core::unexpected<core::Error>(host.error());
    }
    host_ = std::move(*host);
    auto found = findOwner();  // before anybody can ask
    return found ? host_->start() : found;
}

Result<TokenPair> HomeHost::enter() {
    if (auto ended = entered_ ? Result<void>() : endEarlierSignIns(); !ended) {
        return core::unexpected<core::Error>(ended.error());
    }
    entered_ = true;
    auto& identity = host_->identity();
    auto started = host_->database().writeValue<StartedLogin>(
        [&](core::db::Session& session) { return identity.begin(session, owner_, place_.device, kOwnClient); });
    if (!started) {
        return core::unexpected<core::Error>(started.error());
    }
    identity.begun(*started);
    return std::move(started->tokens);
}

// Each run of the program signs in anew; what an earlier one left is of no more use.
Result<void> HomeHost::endEarlierSignIns() {
    auto logins = host_->identity().devices(owner_.id);
    if (!logins) {
        return core::unexpected<core::Error>(logins.error());
    }
    for (const Login& login : *logins) {
        if (login.clientId != kOwnClient || login.deviceName != place_.device) {
            continue;
        }
        if (auto ended = host_->identity().removeDevice(owner_.id, login.id); !ended) {
            return ended;
        }
    }
    return {};
}

HomeHost::Answer HomeHost::ask(Method method, const std::string& target, std::string body) {
    const Response response = host_->callAsOwner(method, target, std::move(body));
    return {response.status, textOf(response)};
}

Result<Host::Shared> HomeHost::share(const std::optional<std::vector<core::Id>>& libraries, std::uint16_t port) {
    if (auto seen = letSee(libraries); !seen) {
        return core::unexpected<core::Error>(seen.error());
    }
    if (const auto already = host_->shared()) {
        return *already;
    }
    Result<Host::Shared> shared = port == 0 ? Result<Host::Shared>(tl::unexpect, core::Error{}) : shareAt(*host_, port);
    for (auto next = kPorts.begin(); !shared && next != kPorts.end(); ++next) {
        shared = shareAt(*host_, *next);
    }
    return shared;
}

core::Id HomeHost::id() const {
    return host_->identity().serverId();
}

void HomeHost::stopSharing() {
    host_->identity().forgetOneTimeCodes();
    host_->stopSharing(0);
}

std::string HomeHost::inLanguage(std::string_view english, std::string_view language) {
    return marea::server::inLanguage(english, language);
}

}  // namespace marea::server
