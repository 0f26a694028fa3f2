#include "app/devices/devicefiles.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <QSaveFile>
#include <QStandardPaths>
#include <QSysInfo>
#include <sstream>

#include "core/base/id.h"
#include "core/base/utf8.h"
#include "core/io/diskfile.h"
#include "sync/engine/checksum.h"

namespace marea::app {

namespace fs = std::filesystem;

namespace {

std::string idIn(const std::string& path) {  // "": there is none
    const core::FileHandle file = core::openFile(path, core::FileUse::Read);
    std::array<char, 64> text{};
    const auto size = file ? core::readSome(file.get(), text.data(), text.size()) : 0;
    std::string id(text.data(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(size, 0)));
    id.resize(std::min(id.size(), id.find_first_of(" \r\n")));
    return core::isId(id) ? id : std::string();
}

bool writeTo(const std::string& path, const std::string& id) {
    const core::FileHandle file = core::openFile(path, core::FileUse::New);
    return file && core::writeAll(file.get(), id.data(), id.size()) && core::flushFile(file.get());
}

// Unless another program has put one there meanwhile. It is put over what is none, and where the file system does not
// know how to take a name that is free.
bool keepOnce(const std::string& path, const std::string& id) {
    const std::string part = path + "." + id;
    bool isKept = writeTo(part, id);
    if (isKept && !core::takeFreeName(part, path)) {
        isKept = (errno == EEXIST && !idIn(path).empty()) || core::replaceFile(part, path);
    }
    const int why = errno;
    std::error_code error;
    fs::remove(part, error);
    errno = why;
    return isKept;
}

}  // namespace

DeviceFiles::DeviceFiles(std::string folder) : folder_(std::move(folder)) {
    if (folder_.empty()) {
        folder_ = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString() + "/marea/sync";
    }
}

std::string DeviceFiles::pathOf(const std::string& device, const std::string& ending) const {
    std::error_code error;
    fs::create_directories(folder_, error);
    sync::Checksum checksum;
    checksum.add({reinterpret_cast<const std::uint8_t*>(device.data()), device.size()});
    return folder_ + "/" + checksum.hex().substr(0, 16) + ending;
}

core::Result<std::unique_ptr<sync::JournalFile>> DeviceFiles::journal(const std::string& device) const {
    return sync::JournalFile::open(pathOf(device, ".journal"));
}

std::unique_ptr<sync::LibraryCopyFile> DeviceFiles::copy(const std::string& device) const {
    return std::make_unique<sync::LibraryCopyFile>(pathOf(device, ".library.json"));
}

core::Result<sync::LibraryOwner> DeviceFiles::owner() const {
    std::error_code error;
    fs::create_directories(folder_, error);
    const std::string path = folder_ + "/owner";
    std::string id = idIn(path);
    if (id.empty() && keepOnce(path, core::newId())) {
        id = idIn(path);
    }
    if (id.empty()) {
        return core::fail(core::ErrorCode::Io, "The file " + path + " cannot be written.",
                          std::generic_category().message(errno));
    }
    return sync::LibraryOwner{id, core::cleanText(QSysInfo::machineHostName().toStdString(), sync::kMaxOwnerText)};
}

std::string encodingsFolder(const std::string& own) {
    return own.empty() ? QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation).toStdString() +
                             "/marea/marea/devices"
                       : fs::absolute(own).string() + "/cache";
}

core::Result<std::vector<sync::DeviceProfile>> profilesWith(const std::string& own) {
    std::vector<sync::DeviceProfile> profiles;
    if (!own.empty()) {
        std::ifstream file(own, std::ios::binary);
        std::ostringstream text;
        if (!file || !(text << file.rdbuf())) {
            return core::fail(core::ErrorCode::NotFound, "The file " + own + " cannot be read.");
        }
        auto read = sync::profilesFromJson(text.str());
        if (!read) {
            return read;
        }
        profiles = std::move(*read);
    }
    const auto& builtIn = sync::builtInProfiles();
    profiles.insert(profiles.end(), builtIn.begin(), builtIn.end());
    return profiles;
}

core::Result<std::vector<sync::DeviceProfile>> OwnProfiles::load() const {
    std::error_code error;
    if (!fs::exists(path_, error)) {
        return std::vector<sync::DeviceProfile>();
    }
    auto all = profilesWith(path_);
    if (all) {
        all->resize(all->size() - sync::builtInProfiles().size());
    }
    return all;
}

core::Result<void> OwnProfiles::save(const std::vector<sync::DeviceProfile>& profiles) const {
    std::error_code error;
    if (profiles.empty()) {
        fs::remove(path_, error);
        return {};
    }
    const std::string text = sync::profilesToJson(profiles);
    if (const auto read = sync::profilesFromJson(text); !read) {  // one that cannot be read would take all others away
        return core::unexpected<core::Error>(read.error());
    }
    fs::create_directories(fs::path(path_).parent_path(), error);
    QSaveFile file(QString::fromStdString(path_));
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(text)) >= 0 && file.commit();
    return written ? core::Result<void>()
                   : core::fail(core::ErrorCode::Io, "The file " + path_ + " cannot be written.",
                                file.errorString().toStdString());
}

core::Result<void> OwnProfiles::put(const sync::DeviceProfile& profile) const {
    return load().and_then([&](std::vector<sync::DeviceProfile> all) {
        std::erase_if(all, [&](const sync::DeviceProfile& one) { return one.id == profile.id; });
        all.insert(all.begin(), profile);
        return save(all);
    });
}

core::Result<void> OwnProfiles::remove(const std::string& id) const {
    return load().and_then([&](std::vector<sync::DeviceProfile> all) {
        std::erase_if(all, [&](const sync::DeviceProfile& one) { return one.id == id; });
        return save(all);
    });
}

core::Result<sync::DeviceProfile> profileOf(const std::vector<sync::DeviceProfile>& profiles, const std::string& id,
                                            const std::string& model) {
    if (id.empty()) {
        return sync::profileFor(profiles, model);
    }
    std::string known;
    for (const sync::DeviceProfile& profile : profiles) {
        if (profile.id == id) {
            return profile;
        }
        known += (known.empty() ? "" : ", ") + profile.id;
    }
    return core::fail(core::ErrorCode::Invalid, "There is no profile " + id + "; there are: " + known + ".");
}

}  // namespace marea::app
