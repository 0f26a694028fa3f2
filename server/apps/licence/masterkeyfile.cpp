#include "server/apps/licence/masterkeyfile.h"

#include <sodium.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
                      kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

unexpected<core::Error> unusable(std::string detail) {
    return fail(ErrorCode::Unavailable, "This server cannot use its master key at the moment. Its owner has to look.",
                std::move(detail));
}

}  // namespace

MasterKeyFile::~MasterKeyFile() {
    if (master_) {
        sodium_memzero(master_->key.data(), master_->key.size());
    }
}

Result<void> MasterKeyFile::check() const {
    struct stat status {};
    if (::lstat(path_.c_str(), &status) != 0) {
        return errno == ENOENT ? Result<void>() : unusable(core::systemError(errno, "look at " + path_).detail);
    }
    if (!S_ISREG(status.st_mode) || (status.st_mode & 077) != 0) {
        return unusable(path_ + " can be read by others: chmod 600 it, and think of its keys as known");
    }
    return {};
}

Result<MasterKeyFile::Master> MasterKeyFile::master(bool make) {
    const std::lock_guard lock(mutex_);
    if (master_) {
        return *master_;
    }
    if (auto good = check(); !good) {
        return unexpected<core::Error>(good.error());
    }
    struct stat status {};
    if (!make && ::lstat(path_.c_str(), &status) != 0) {
        return unusable(path_ + " is missing: put it back from where it was saved");
    }
    const auto text = loadOrMakeSecretFile(path_, randomToken);
    if (!text) {
        return unusable(text.error().detail);
    }
    const auto key = fromBase64Url(*text);
    Master master;
    if (!key || key->size() != master.key.size()) {
        return unusable(path_ + " is damaged");
    }
    std::memcpy(master.key.data(), key->data(), master.key.size());
    const Digest id = sha256("marea content master " + *text);
    master.id = base64Url({id.data(), 8});
    master_ = master;
    return master;
}

Result<void> MasterKeyFile::prepare() {
    const auto key = master(true);
    return key ? Result<void>() : unexpected<core::Error>(key.error());
}

Result<WrappedSecret> MasterKeyFile::wrap(std::string_view secret, std::string_view context) {
    const auto key = master(false);
    if (!key) {
        return unexpected<core::Error>(key.error());
    }
    WrappedSecret wrapped{key->id, std::string(kNonce + secret.size() + kTag, '\0')};
    randombytes_buf(wrapped.bytes.data(), kNonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(wrapped.bytes) + kNonce, nullptr, bytes(secret), secret.size(),
                                               bytes(context), context.size(), nullptr, bytes(wrapped.bytes),
                                               key->key.data());
    return wrapped;
}

Result<std::string> MasterKeyFile::unwrap(const WrappedSecret& wrapped, std::string_view context) {
    const auto key = master(false);
    if (!key) {
        return unexpected<core::Error>(key.error());
    }
    if (wrapped.master != key->id) {
        return unusable("this was wrapped under master key " + wrapped.master + ", and " + path_ + " is " + key->id);
    }
    if (wrapped.bytes.size() < kNonce + kTag) {
        return fail(ErrorCode::Corrupt, "A key is damaged.", "short");
    }
    std::string secret(wrapped.bytes.size() - kNonce - kTag, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(secret), nullptr, nullptr, bytes(wrapped.bytes) + kNonce,
                                                   wrapped.bytes.size() - kNonce, bytes(context), context.size(),
                                                   bytes(wrapped.bytes), key->key.data()) != 0) {
        return fail(ErrorCode::Corrupt, "A key is damaged.", "its authentication fails");
    }
    return secret;
}

}  // namespace marea::server
