#include "sync/plan/libraryfile.h"

#include <algorithm>

#include "core/base/jsonfields.h"
#include "core/base/utf8.h"

namespace marea::sync {

namespace {

namespace json = core::json;

constexpr std::size_t kMaxText = 2000;

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
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    if (file.item.empty() || !isPlainPath(file.path)) {
        return core::fail(core::ErrorCode::Invalid, "The device's library file names a path that is not allowed.");
    }
    return file;
}

json::value deviceFileJson(const DeviceFile& file) {
    return json::object{{"item", file.item},
                        {"path", file.path},
                        {"wanted", file.wanted},
                        {"size", file.size},
                        {"fingerprint", file.fingerprint},
                        {"encoding", file.encoding},
                        {"checksum", file.checksum},
                        {"verified", file.verified}};
}

std::string libraryFileText(const LibraryFile& library) {
    json::array files;
    files.reserve(library.files.size());
    for (const DeviceFile& file : library.files) {
        files.push_back(deviceFileJson(file));
    }
    return json::serialize(json::object{{"version", 1}, {"device", library.device}, {"files", std::move(files)}});
}

core::Result<LibraryFile> libraryFileFrom(std::string_view text) {
    if (text.size() > kMaxLibraryFileBytes) {
        return core::fail(core::ErrorCode::TooLarge, "The device's library file is too large.");
    }
    const auto body = core::parseJson(text);
    if (!body) {
        return core::fail(core::ErrorCode::Invalid, "The device's library file is damaged.", body.error().detail);
    }
    core::JsonFields fields(*body, "library file");
    const auto version = fields.integer("version", 1, 1'000'000);
    LibraryFile library;
    library.device = fields.text("device", 100).value_or("");
    const json::array* files = fields.array("files", kMaxLibraryFiles);
    fields.require("version");
    fields.require("files");
    if (version && *version > 1) {
        return core::fail(core::ErrorCode::Unprocessable,
                          "A newer Marea has synced this device. Update this one, then sync again.");
    }
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    for (const json::value& one : *files) {
        auto file = deviceFileFrom(one);
        if (!file) {
            return core::unexpected<core::Error>(file.error());
        }
        library.files.push_back(std::move(*file));
    }
    return library;
}

}  // namespace marea::sync
