#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace marea::core {

struct FileSeal;

// An open file, closed with its last owner. Move-only; `duplicate()` makes a second one. -1: none.
//
// One with a seal is encrypted on the disk (core/io/clearfile.h): what the descriptor reads is of use to nobody, and
// whoever wants what is in the file asks ClearReader. Status and duplicates speak of the file as it is in the clear.
class FileHandle {
public:
    FileHandle() = default;
    explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
    FileHandle(FileHandle&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), seal_(std::move(other.seal_)) {}
    FileHandle& operator=(FileHandle&& other) noexcept;
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;
    ~FileHandle();

    int get() const { return descriptor_; }
    int release() { return std::exchange(descriptor_, -1); }
    explicit operator bool() const { return descriptor_ >= 0; }
    Result<FileHandle> duplicate() const;

    const std::shared_ptr<const FileSeal>& seal() const { return seal_; }  // null: as it lies on the disk
    void setSeal(std::shared_ptr<const FileSeal> seal) { seal_ = std::move(seal); }

private:
    int descriptor_ = -1;
    std::shared_ptr<const FileSeal> seal_;
};

struct FileStatus {
    std::int64_t size = 0;
    TimeMs modified = 0;
    std::uint64_t device = 0, inode = 0;
    bool isFolder = false, isFile = false;
};

Result<FileStatus> status(const FileHandle& file);

// Opens `relative` (UTF-8 bytes, '/' between names) for reading beneath the open folder `root`. Nothing outside the
// root is reachable: no absolute path, no "..", no symlink that leaves it. Linux: openat2 with RESOLVE_BENEATH and
// RESOLVE_NO_MAGICLINKS; elsewhere the same check by hand.
Result<FileHandle> openBeneath(const FileHandle& root, std::string_view relative);
Result<FileHandle> openFolder(const std::string& path);

}  // namespace marea::core
