#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace marea::sync {

// A file that Marea put on a device.
struct DeviceFile {
    std::string item;         // id of the item in the library
    std::string path;         // relative, '/' between names
    std::string wanted;       // the path that was wished for; it differs where names are limited or taken
    std::int64_t size = 0;    // bytes on the device
    std::string fingerprint;  // of the content in the library from which it was made
    std::string encoding;     // "" for a copy; else the Encoding's name
    std::string checksum;     // SHA-256 in hex of what is on the device
    bool verified = true;     // read back and found right
    std::string owner = {};   // id of the library that put it there; "": it was put there before that was noted
    bool operator==(const DeviceFile&) const = default;
};

// One of the libraries that put files on a device: that of a computer.
struct LibraryOwner {
    std::string id, name;
    bool operator==(const LibraryOwner&) const = default;
};

// Marea's own file on a device, from which it knows what is its own there. Everything else is foreign and stays as it
// is.
//   {"version":2,"device":ID,"owners":[{"id","name"}…],"files":[{"item","path","wanted","size","fingerprint","encoding",
//    "checksum","verified","owner"}…]}
// Version 1 has no owners.
struct LibraryFile {
    std::string device;  // id of the device, made at its first sync
    std::vector<DeviceFile> files;
    std::vector<LibraryOwner> owners = {};
    std::string ownerName(std::string_view id) const;  // "": not known
};

inline constexpr std::size_t kMaxOwners = 100, kMaxOwnerText = 100;
inline constexpr std::size_t kMaxLibraryFileBytes = 128 * 1024 * 1024;  // a quarter of a million files and more
inline constexpr std::size_t kMaxLibraryFiles = 1'000'000;              // each has 100 bytes without its texts

std::string libraryFileText(const LibraryFile& library);
// How long that is at most, roughly: without files, and of each file whose texts have `texts` bytes together.
inline constexpr std::int64_t kLibraryFrameBytes = 512, kLibraryOwnerBytes = 512;
inline std::int64_t libraryEntryBytes(std::size_t texts) {
    return static_cast<std::int64_t>(texts) + 256;
}
// Invalid for what is malformed, and for paths that are not plain and relative: it may have been edited by anybody. So
// it may not take memory without limit either: Unprocessable for more files, or more bytes.
core::Result<LibraryFile> libraryFileFrom(std::string_view text, std::size_t mostFiles = kMaxLibraryFiles);

core::json::value deviceFileJson(const DeviceFile& file);
core::Result<DeviceFile> deviceFileFrom(const core::json::value& value);

// "a/b": no empty, "." or ".." part, no backslash, not absolute, no control character, UTF-8.
bool isPlainPath(std::string_view path);

}  // namespace marea::sync
