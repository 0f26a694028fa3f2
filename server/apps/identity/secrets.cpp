#include "server/apps/identity/secrets.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "core/io/filehandle.h"

namespace marea::server {

namespace {

constexpr std::size_t kMaxSecretFile = 64 * 1024;

core::Error ioError(const std::string& what) {
    return core::systemError(errno, what);
}

core::Result<std::string> readAll(int fd, const std::string& path) {
    std::string text;
    char part[4096];
    for (ssize_t n = 0; (n = ::read(fd, part, sizeof part)) != 0;) {
        if (n < 0) {
            return core::unexpected<core::Error>(ioError("read " + path));
        }
        text.append(part, static_cast<std::size_t>(n));
        if (text.size() > kMaxSecretFile) {
            return core::fail(core::ErrorCode::Corrupt, "A key file is damaged.", path);
        }
    }
    return text;
}

core::Result<void> writeAll(int fd, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        const ssize_t n = ::write(fd, text.data(), text.size());
        if (n < 0) {
            return core::unexpected<core::Error>(ioError("write " + path));
        }
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(fd) != 0) {
        return core::unexpected<core::Error>(ioError("sync " + path));
    }
    return {};
}

core::Result<void> writeSecretFile(const std::string& path, const std::string& text) {
    const std::string part = path + ".part";
    ::unlink(part.c_str());
    const core::FileHandle file(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) {
        return core::unexpected<core::Error>(ioError("create " + part));
    }
    if (auto written = writeAll(file.get(), text, part); !written) {
        return written;
    }
    if (::rename(part.c_str(), path.c_str()) != 0) {
        return core::unexpected<core::Error>(ioError("rename " + part));
    }
    return {};
}

}  // namespace

std::string base64Url(std::span<const std::uint8_t> bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();  // libsodium ends it with NUL
    return text;
}

std::optional<std::vector<std::uint8_t>> fromBase64Url(std::string_view text) {
    std::vector<std::uint8_t> bytes(text.size() * 3 / 4 + 1);
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != text.data() + text.size()) {
        return std::nullopt;
    }
    bytes.resize(length);
    // One form alone, so that no token has a second spelling: the library lets some bytes pass that are no letters.
    return base64Url(bytes) == text ? std::optional(std::move(bytes)) : std::nullopt;
}

std::string randomToken() {
    Digest bytes;
    randombytes_buf(bytes.data(), bytes.size());
    return base64Url(bytes);
}

std::string randomCode() {
    constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    static_assert(alphabet.size() == 32);
    std::string code;
    for (int i = 0; i < 12; ++i) {
        if (i == 4 || i == 8) {
            code.push_back('-');
        }
        code.push_back(alphabet[randombytes_uniform(32)]);
    }
    return code;
}

std::string normalisedCode(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c >= 'a' && c <= 'z') {
            code.push_back(static_cast<char>(c - 'a' + 'A'));
        } else if (c != '-' && c != ' ') {
            code.push_back(c);
        }
    }
    return code;
}

Digest sha256(std::string_view text) {
    Digest digest;
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return digest;
}

bool equalInConstantTime(const Digest& a, const Digest& b) {
    return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

core::Result<std::string> readSecretFile(const std::string& path) {
    const core::FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file) {
        return errno == ENOENT ? core::fail(core::ErrorCode::NotFound, "A key file is missing.", path)
                               : core::unexpected<core::Error>(ioError("open " + path));
    }
    ::fchmod(file.get(), 0600);
    return readAll(file.get(), path);
}

core::Result<std::string> loadOrMakeSecretFile(const std::string& path, const std::function<std::string()>& make) {
    auto known = readSecretFile(path);
    if (known || known.error().code != core::ErrorCode::NotFound) {
        return known;
    }
    std::string text = make();
    if (auto written = writeSecretFile(path, text); !written) {
        return core::unexpected<core::Error>(written.error());
    }
    return text;
}

}  // namespace marea::server
