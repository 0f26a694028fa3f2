#pragma once

#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "sync/plan/libraryfile.h"

namespace marea::test {

// A library file read the plain way: first all of it as a tree. What sync::libraryFileFrom() makes of one has to be the
// same.
inline core::Result<sync::LibraryFile> libraryFromTree(std::string_view text) {
    const auto body = core::parseJson(text);
    if (!body) {
        return core::fail(core::ErrorCode::Invalid, "The device's library file is damaged.");
    }
    core::JsonFields fields(*body, "library file");
    const auto version = fields.integer("version", 1, 1'000'000);
    sync::LibraryFile library;
    library.device = fields.text("device", 100).value_or("");
    const core::json::array* files = fields.array("files", sync::kMaxLibraryFiles);
    const core::json::array* owners = fields.array("owners", sync::kMaxOwners);
    fields.require("version");
    fields.require("files");
    if (version && *version > 2) {
        return core::fail(core::ErrorCode::Unprocessable,
                          "A newer Marea has synced this device. Update this one, then sync again.");
    }
    if (auto done = fields.finish(); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    for (const core::json::value& one : owners ? *owners : core::json::array()) {
        core::JsonFields owner(one, "owner");
        const std::string id = owner.text("id", sync::kMaxOwnerText).value_or("");
        const std::string name = owner.text("name", sync::kMaxOwnerText).value_or("");
        library.owners.push_back({id, core::cleanText(name, sync::kMaxOwnerText)});
        if (auto done = owner.finish(); !done) {
            return core::unexpected<core::Error>(done.error());
        }
    }
    for (const core::json::value& one : *files) {
        auto file = sync::deviceFileFrom(one);
        if (!file) {
            return core::unexpected<core::Error>(file.error());
        }
        library.files.push_back(std::move(*file));
    }
    return library;
}

}  // namespace marea::test
