#pragma once

#include <atomic>
#include <QString>

#include "player/cache/bytesource.h"

namespace marea::player {

// A regular file. Anything else (a pipe, a device, a folder) is refused.
class FileByteSource : public ByteSource {
public:
    static core::Result<std::unique_ptr<ByteSource>> open(const QString& path);
    ~FileByteSource() override;

    core::Result<std::int64_t> size() override;
    core::Result<std::size_t> read(std::int64_t offset, std::span<char> out) override;
    void cancel() override { cancelled_ = true; }

private:
    struct File;
    explicit FileByteSource(std::unique_ptr<File> file);

    std::unique_ptr<File> file_;
    std::atomic<bool> cancelled_ = false;
};

}  // namespace marea::player
