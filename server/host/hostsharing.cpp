// A Host on the network besides its own computer.
#include "server/host/host.h"
#include "server/host/sharing.h"

namespace marea::server {

using core::Result;

Result<Host::Shared> Host::share(const std::string& host, std::uint16_t port) {
    if (sharing_) {
        return core::fail(core::ErrorCode::Conflict, "It is shared already.");
    }
    Config config = config_;
    config.selfSigned = true;
    config.listenHost = host;
    auto tls = TlsFiles::prepare(config, logger_);
    if (!tls) {
        return core::unexpected<core::Error>(tls.error());
    }
    GatewayOptions options = gatewayOptions(*tls);
    options.host = host;
    options.port = port;
    auto gateway = std::make_unique<Gateway>(std::move(options), router_, authenticator_, *pool_, logger_);
    if (auto started = gateway->start(); !started) {
        return core::unexpected<core::Error>(started.error());
    }
    identity_->setTlsPin(tls->pin());
    std::unique_ptr<Sharing> sharing(new Sharing{host, std::move(*tls), std::move(gateway)});
    {
        const std::lock_guard lock(sharingMutex_);
        sharing_ = std::move(sharing);
    }
    logger_->info("sharing.started", {{"port", sharing_->gateway->port()}});
    return *shared();
}

std::optional<Host::Shared> Host::shared() const {
    return sharing_ ? std::optional(Shared{sharing_->gateway->port(), sharing_->tls.pin(), sharing_->host})
                    : std::nullopt;
}

void Host::stopSharing(int seconds) {
    std::unique_ptr<Sharing> ending;
    {
        const std::lock_guard lock(sharingMutex_);
        ending = std::move(sharing_);
    }
    if (!ending) {
        return;
    }
    ending->gateway->drain(seconds);
    ending.reset();
    identity_->setTlsPin(tlsPin());
    logger_->info("sharing.stopped");
}

// What is under way to them ends in the middle, whichever way they came.
void Host::cut(const core::Id& user, const core::Id& session, const core::Id& title) {
    const Audience whose = Audience::of(user, session, title);
    if (gateway_) {
        gateway_->cut(whose);
    }
    const std::lock_guard lock(sharingMutex_);
    if (sharing_) {
        sharing_->gateway->cut(whose);
    }
}

}  // namespace marea::server
