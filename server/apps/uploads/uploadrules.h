#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/id.h"
#include "core/base/result.h"

namespace marea::server {

// What a new upload is to become.
struct UploadWish {
    core::Id libraryId;
    std::string path;       // in the library: "Low Water/01 Tide.flac"
    std::int64_t size = 0;  // bytes, at least 1
};

// From the fields of a creation request of tus 1.0.0 (https://tus.io/protocols/resumable-upload): Upload-Length, and
// Upload-Metadata with "library" and "path", or "relativePath", or "filename". Other keys are left alone.
core::Result<UploadWish> uploadWish(std::string_view uploadLength, std::string_view uploadMetadata);

// A path in a library that a file may be uploaded to, as it is: names without tricks, not hidden, of a kind that a scan
// looks at. Invalid with words otherwise.
core::Result<std::string> uploadPath(std::string_view text);

// A whole number of bytes: "0", "1234"; nothing else.
std::optional<std::int64_t> byteCount(std::string_view text);

// "sha256 <base64>" of an Upload-Checksum field as 32 bytes. Invalid: another algorithm, or no digest.
core::Result<std::string> uploadChecksum(std::string_view field);

}  // namespace marea::server
