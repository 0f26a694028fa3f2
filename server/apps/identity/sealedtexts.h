#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/db/database.h"
#include "server/apps/identity/secrets.h"

namespace marea::server {

// Short texts kept so that whoever has the database alone cannot read them: XChaCha20-Poly1305 under a key of the data
// folder, each bound to the place where it stands. Thread-safe.
class SealedTexts {
public:
    explicit SealedTexts(const Digest& key) : key_(key) {}
    // The key from `path`, made when it is not there.
    static core::Result<SealedTexts> open(const std::string& path);

    core::db::Blob seal(std::string_view text, std::string_view place) const;
    core::Result<std::string> read(std::span<const std::uint8_t> sealed, std::string_view place) const;

private:
    Digest key_;
};

}  // namespace marea::server
