#pragma once

#include <optional>
#include <string>

#include "sync/engine/target.h"
#include "sync/engine/transfer.h"
#include "sync/plan/libraryfile.h"

namespace marea::sync {

// The computer's own copy of a device's library file, for a device whose file was deleted or damaged: without it all
// that is there would be foreign, and would come a second time.
class LibraryCopy {
public:
    virtual ~LibraryCopy() = default;
    virtual bool isThere() const = 0;
    virtual core::Result<LibraryFile> load() = 0;  // NotFound when there is none
    virtual core::Result<void> store(const LibraryFile& library) = 0;
};

// The copy as a file.
class LibraryCopyFile final : public LibraryCopy {
public:
    explicit LibraryCopyFile(std::string path) : path_(std::move(path)) {}
    bool isThere() const override;
    core::Result<LibraryFile> load() override;
    core::Result<void> store(const LibraryFile& library) override;

private:
    std::string path_;
};

// What of `copy` is on the device: path, size and content have to be those that were written there, as another device
// may have come to the same place. An error only when the device is gone, or it was called off.
core::Result<LibraryFile> confirmed(Transfer& transfer, const LibraryFile& copy, const std::vector<ListedFile>& listed,
                                    NameKind names);

}  // namespace marea::sync
