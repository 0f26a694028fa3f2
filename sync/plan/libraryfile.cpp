#include "sync/plan/libraryfile.h"

#include <algorithm>

#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "sync/plan/libraryparts.h"

namespace marea::sync {

namespace {

namespace json = core::json;

constexpr std::size_t kMaxText = 2000;
constexpr std::int64_t kVersion = 2;

core::Result<std::vector<LibraryOwner>> ownersFrom(const json::array& list) {
    std::vector<LibraryOwner> owners;
    for (const json::value& one : list) {
        core::JsonFields fields(one, "owner");
        const std::string id = fields.text("id", kMaxOwnerText).value_or("");
        owners.push_back({id, core::cleanText(fields.text("name", kMaxOwnerText).value_or(""), kMaxOwnerText)});
        if (auto done = fields.finish(); !done) {
            return core::unexpected<core::Error>(done.error());
        }
    }
    return owners;
}

}  // namespace

bool isPlainPath(std::string_view path) {
    if (path.empty() || path.size() > kMaxText || !core::isUtf8(path) ||
        std::any_of(path.begin(), path.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == 0x7F; })) {
        return false;
    }
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view part = path.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..") {
            return false;
        }
        begin = end + 1;
    }
    return true;
}

core::Result<DeviceFile> deviceFileFrom(const json::value& value) {
    core::JsonFields fields(value, "file");
    DeviceFile file;
    file.item = fields.text("item", kMaxText).value_or("");
    file.path = fields.text("path", kMaxText).value_or("");
    file.wanted = fields.text("wanted", kMaxText).value_or("");
    file.size = fields.integer("size", 0, std::int64_t{1} << 50).value_or(0);
    file.fingerprint = fields.text("fingerprint", 200).value_or("");
    file.encoding = fields.text("encoding", 40).value_or("");
    file.checksum = fields.text("checksum", 64).value_or("");
    file.verified = fields.boolean("verified").value_or(false);
    file.owner = fields.text("owner", kMaxOwnerText).value_or("");
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    if (file.item.empty() || !isPlainPath(file.path)) {
        return core::fail(core::ErrorCode::Invalid, "The device's library file names a path that is not allowed.");
    }
    return file;
}

json::value deviceFileJson(const DeviceFile& file) {
    json::object object{{"item", file.item},
                        {"path", file.path},
                        {"wanted", file.wanted},
                        {"size", file.size},
                        {"fingerprint", file.fingerprint},
                        {"encoding", file.encoding},
                        {"checksum", file.checksum},
                        {"verified", file.verified}};
    if (!file.owner.empty()) {
        object["owner"] = file.owner;
    }
    return object;
}

std::string LibraryFile::ownerName(std::string_view id) const {
    const auto found =
        std::find_if(owners.begin(), owners.end(), [&](const LibraryOwner& one) { return one.id == id; });
    return found == owners.end() ? std::string() : found->name;
}

std::string libraryFileText(const LibraryFile& library) {
    json::array files;
    files.reserve(library.files.size());
    for (const DeviceFile& file : library.files) {
        files.push_back(deviceFileJson(file));
    }
    json::object object{{"version", library.owners.empty() ? 1 : kVersion}, {"device", library.device}};
    if (!library.owners.empty()) {
        json::array owners;
        for (const LibraryOwner& owner : library.owners) {
            owners.push_back(json::object{{"id", owner.id}, {"name", owner.name}});
        }
        object["owners"] = std::move(owners);
    }
    object["files"] = std::move(files);
    return json::serialize(object);
}

core::Result<LibraryFile> libraryFileFrom(std::string_view text, std::size_t mostFiles) {
    if (text.size() > kMaxLibraryFileBytes) {
        return core::fail(core::ErrorCode::Unprocessable, "The device's library file is too large.");
    }
    auto parts = libraryParts(text, mostFiles);
    if (!parts) {
        return core::unexpected<core::Error>(parts.error());
    }
    core::JsonFields fields(parts->frame, "library file");
    const auto version = fields.integer("version", 1, 1'000'000);
    LibraryFile library;
    library.device = fields.text("device", 100).value_or("");
    fields.array("files", 0);
    const json::array* owners = fields.array("owners", kMaxOwners);
    fields.require("version");
    fields.require("files");
    if (version && *version > kVersion) {
        return core::fail(core::ErrorCode::Unprocessable,
                          "A newer Marea has synced this device. Update this one, then sync again.");
    }
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    auto known = ownersFrom(owners ? *owners : json::array());
    if (!known) {
        return core::unexpected<core::Error>(known.error());
    }
    library.owners = std::move(*known);
    if (parts->wrong) {
        return core::unexpected<core::Error>(*parts->wrong);
    }
    library.files = std::move(parts->files);
    return library;
}

}  // namespace marea::sync
