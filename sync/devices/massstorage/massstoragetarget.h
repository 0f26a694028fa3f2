#pragma once

#include <memory>
#include <optional>

#include "core/io/filehandle.h"
#include "core/io/folderfiles.h"
#include "sync/engine/target.h"

namespace marea::sync {

// A mounted volume, or any folder. Names are those of FAT, whatever it is, as it may be carried to any player. Nothing
// outside the folder is reached: paths are walked name by name, and links are not followed. Folders that become empty
// when a file of ours goes are removed, but for those at the top.
class MassStorageTarget final : public Target {
public:
    static core::Result<std::unique_ptr<MassStorageTarget>> open(const std::string& folder);
    explicit MassStorageTarget(core::FileHandle root) : root_(std::move(root)) {}

    TargetAbilities abilities() const override;
    using Target::list;
    core::Result<std::vector<ListedFile>> list(const Look& look) override;
    core::Result<ListedFile> about(const std::string& path) override;
    core::Result<std::int64_t> freeBytes() override;
    core::Result<std::int64_t> totalBytes() override;
    core::Result<void> write(const std::string& path, ByteStream& content) override;
    core::Result<void> complete(const std::string& path, ByteStream& content) override;
    core::Result<void> read(const std::string& path,
                            const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) override;
    core::Result<void> rename(const std::string& from, const std::string& to) override;
    core::Result<void> remove(const std::string& path) override;
    core::Result<void> flush() override;

private:
    core::Error failure(int errnoValue, const std::string& what) const;
    core::Result<core::FileHandle> folderOf(const std::string& path, bool make) const;
    core::Result<void> writeAll(int file, ByteStream& content, std::int64_t at = 0);
    core::Result<std::optional<std::int64_t>> keep(int file, ByteStream& content);
    void removeEmptyFolders(std::string path);

    core::FileHandle root_;
};

}  // namespace marea::sync
