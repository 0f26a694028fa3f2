#include "server/apps/catalog/uploadedpictures.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

namespace marea::server {

namespace {

namespace fs = std::filesystem;
using core::Result;

Result<void> failed(const char* what) {
    return core::unexpected<core::Error>(core::systemError(errno, what));
}

bool writeAll(int descriptor, const void* data, std::size_t size) {
    const auto* bytes = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t wrote = ::write(descriptor, bytes, size);
        if (wrote < 0 && errno != EINTR) {
            return false;
        }
        bytes += wrote > 0 ? wrote : 0;
        size -= wrote > 0 ? static_cast<std::size_t>(wrote) : 0;
    }
    return true;
}

std::string versionOf(const core::Image& image) {
    std::array<unsigned char, 16> digest{};
    crypto_generichash(digest.data(), digest.size(), image.bytes.data(), image.bytes.size(), nullptr, 0);
    std::array<char, 9> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), 4);
    return hex.data();
}

// A file of ours and nothing else: an id, a version, an ending.
bool isName(std::string_view name) {
    return name.size() > 36 && core::isId(name.substr(0, 36)) && name.find('/') == std::string_view::npos;
}

const char* markOf(UploadedPictures::Origin origin) {
    return origin == UploadedPictures::Origin::Owner ? "-" : "+";
}

// With a name that is gone at once, or stays until it is renamed.
std::pair<core::FileHandle, std::string> temporary(const std::string& folder) {
    std::string path = folder + "/.new-XXXXXX";
    core::FileHandle file(::mkostemp(path.data(), O_CLOEXEC));
    return {std::move(file), std::move(path)};
}

}  // namespace

Result<void> UploadedPictures::makeFolder() const {
    return ::mkdir(folder_.c_str(), 0700) == 0 || errno == EEXIST ? Result<void>()
                                                                  : failed("make the pictures' folder");
}

Result<core::FileHandle> UploadedPictures::unnamed(std::string_view bytes) const {
    if (auto made = makeFolder(); !made) {
        return core::unexpected<core::Error>(made.error());
    }
    auto [file, path] = temporary(folder_);
    const bool written =
        file && writeAll(file.get(), bytes.data(), bytes.size()) && ::lseek(file.get(), 0, SEEK_SET) == 0;
    const int reason = errno;
    if (file) {
        ::unlink(path.c_str());
    }
    errno = reason;
    return written ? Result<core::FileHandle>(std::move(file))
                   : core::unexpected<core::Error>(failed("write a picture").error());
}

Result<UploadedPictures::Kept> UploadedPictures::keep(const core::Id& item, const core::Image& image, Origin origin) {
    Kept kept;
    kept.version = versionOf(image);
    kept.name = item + markOf(origin) + kept.version + (image.mimeType == "image/png" ? ".png" : ".jpg");
    auto [file, path] = temporary(folder_);
    const bool done = file && writeAll(file.get(), image.bytes.data(), image.bytes.size()) &&
                      ::fsync(file.get()) == 0 && ::rename(path.c_str(), (folder_ + "/" + kept.name).c_str()) == 0;
    if (!done) {
        const auto error = failed("keep a picture");
        ::unlink(path.c_str());
        return core::unexpected<core::Error>(error.error());
    }
    return kept;
}

Result<core::FileHandle> UploadedPictures::open(const std::string& name) const {
    core::FileHandle file(isName(name) ? ::open((folder_ + "/" + name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
                                       : -1);
    return file ? Result<core::FileHandle>(std::move(file))
                : core::fail(core::ErrorCode::NotFound, "There is no picture.");
}

void UploadedPictures::removeOthers(const core::Id& item, std::string_view name, Origin origin) {
    std::error_code error;
    for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
        const std::string other = it->path().filename().string();
        if (other.starts_with(item + markOf(origin)) && other != name) {
            std::error_code gone;
            fs::remove(it->path(), gone);
        }
    }
}

}  // namespace marea::server
