#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "server/apps/identity/secrets.h"
#include "server/apps/licence/keywrapper.h"

namespace marea::server {

// A master key in a file of the data folder, for its owner's eyes only, made by prepare().
// XChaCha20-Poly1305; the context is authenticated with it. Who loses the file loses what was wrapped under it.
class MasterKeyFile final : public KeyWrapper {
public:
    static constexpr const char* kName = "content-master.key";

    // `folder` is there, and of this user alone.
    explicit MasterKeyFile(std::string folder) : path_(std::move(folder) + "/" + kName) {}
    ~MasterKeyFile() override;
    MasterKeyFile(const MasterKeyFile&) = delete;
    MasterKeyFile& operator=(const MasterKeyFile&) = delete;

    core::Result<void> prepare() override;
    core::Result<WrappedSecret> wrap(std::string_view secret, std::string_view context) override;
    core::Result<std::string> unwrap(const WrappedSecret& wrapped, std::string_view context) override;

    const std::string& path() const { return path_; }
    // Whether the file, where there is one, is to be used: Unavailable, in words, when others can read it.
    core::Result<void> check() const;

private:
    struct Master {
        Digest key{};
        std::string id;
    };
    core::Result<Master> master(bool make);

    const std::string path_;
    std::mutex mutex_;
    std::optional<Master> master_;
};

}  // namespace marea::server
