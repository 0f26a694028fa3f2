#include "server/host/tlsfiles.h"

#include <unistd.h>

#include <array>
#include <vector>

#include "server/gateway/selfsigned.h"
#include "server/gateway/server.h"

namespace marea::server {

namespace {

// What clients on the same network may call this server.
std::vector<std::string> ownNames(const std::string& listenHost) {
    std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0 && host[0] != '\0') {
        names.emplace_back(host.data());
        names.push_back(names.back() + ".local");
    }
    if (listenHost != "0.0.0.0" && listenHost != "::") {
        names.push_back(listenHost);
    }
    return names;
}

}  // namespace

TlsFiles::TlsFiles(std::string certificateFile, std::string keyFile, std::shared_ptr<core::Logger> logger)
    : certificateFile_(std::move(certificateFile)), keyFile_(std::move(keyFile)), logger_(std::move(logger)) {
    if (!certificateFile_.empty()) {
        watch_.emplace(certificateFile_, keyFile_);
    }
}

core::Result<TlsFiles> TlsFiles::prepare(const Config& config, std::shared_ptr<core::Logger> logger) {
    if (!config.selfSigned) {
        return TlsFiles(config.certificateFile, config.keyFile, std::move(logger));
    }
    const SelfSigned own{config.dataFolder + "/keys/tls-certificate.pem", config.dataFolder + "/keys/tls.key"};
    if (auto made = ensureSelfSigned(own, ownNames(config.listenHost)); !made) {
        return core::unexpected<core::Error>(made.error());
    }
    return TlsFiles(own.certificateFile, own.keyFile, std::move(logger));
}

std::string TlsFiles::pin() const {
    return watch_ ? certificatePin(certificateFile_).value_or("") : "";
}

// Both files are seldom written at the same instant: what does not fit yet is tried again until it does.
bool TlsFiles::renew(Gateway& gateway) {
    if (!watch_ || !watch_->changed()) {
        return false;
    }
    if (auto loaded = gateway.reloadTls(); !loaded) {
        logger_->warning("tls.not_renewed", {{"error", loaded.error().text}, {"detail", loaded.error().detail}});
        return false;
    }
    watch_->taken();
    logger_->info("tls.renewed", {{"pin", pin()}});
    return true;
}

}  // namespace marea::server
