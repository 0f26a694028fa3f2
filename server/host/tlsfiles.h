#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/base/log.h"
#include "core/base/result.h"
#include "server/host/certificatewatch.h"
#include "server/host/config.h"

namespace marea::server {

class Gateway;

// The certificate that a server shows: the one it is told of, or one of its own; taken anew when its files change.
class TlsFiles {
public:
    // Makes the server's own where that is wished.
    static core::Result<TlsFiles> prepare(const Config& config, std::shared_ptr<core::Logger> logger);

    const std::string& certificateFile() const { return certificateFile_; }  // "": no TLS
    const std::string& keyFile() const { return keyFile_; }
    // Of the certificate's key, as curl --pinnedpubkey takes it; "": no TLS.
    std::string pin() const;
    bool renew(Gateway& gateway);  // whether there is another one now

private:
    TlsFiles(std::string certificateFile, std::string keyFile, std::shared_ptr<core::Logger> logger);

    std::string certificateFile_, keyFile_;
    std::shared_ptr<core::Logger> logger_;
    std::optional<CertificateWatch> watch_;
};

}  // namespace marea::server
