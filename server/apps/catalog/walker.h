#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "core/library/scanplan.h"

namespace marea::server {

struct WalkedFile {
    std::string name;  // "Subs/name" for subtitles in a folder of their own beside films
    core::library::FileStamp stamp;
    bool media = false;  // else it may be a sidecar
};

struct WalkedFolder {
    std::string path;  // relative to the library, "" for itself
    std::vector<WalkedFile> files;
    std::vector<WalkedFile> sealed;       // while it is read; then among the files
    std::vector<std::string> subfolders;  // names
    core::library::FolderSignature signature{};
    bool unreadable = false;  // nothing is known about it and what is below
};

struct WalkOptions {
    std::string start;                                     // folder to begin at
    std::function<bool(const std::string& path)> descend;  // whether to look below a folder; empty: always
    const std::atomic<bool>* stop = nullptr;
};

// Lists the folders from `start` down with the media files and possible sidecars in them, without reading any file.
// Symlinks to folders are not followed; those to files only when they stay beneath the root. Hidden and ignored names,
// and folders with a ".nomedia" file, are left out. NotFound when `start` is not there; Cancelled on stop.
core::Result<std::vector<WalkedFolder>> walk(const core::FileHandle& root, const WalkOptions& options);

// The stamp of an open file.
core::Result<core::library::FileStamp> stampOf(const core::FileHandle& file);

}  // namespace marea::server
