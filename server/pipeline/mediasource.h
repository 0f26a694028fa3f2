#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/io/clearfile.h"

namespace marea::server {

// The bytes of one regular file, read by position through a few cached windows: parsers read a little here and there,
// mostly at the front and at the end. Does not own the descriptor and does not touch its offset. One thread.
class MediaSource {
public:
    // ErrorCode::Corrupt for an empty file and for what is no regular file.
    // `seal`: it lies encrypted on the disk, and is read as if it did not.
    static core::Result<MediaSource> open(int descriptor, std::string name,
                                          std::shared_ptr<const core::FileSeal> seal = nullptr);

    // One file, however many descriptors are open on it; what is written to it makes it another.
    struct Identity {
        std::uint64_t device = 0, inode = 0;
        std::int64_t size = 0, modifiedSeconds = 0, modifiedNanoseconds = 0;
        bool operator==(const Identity&) const = default;
    };
    const Identity& identity() const { return identity_; }

    std::int64_t size() const { return identity_.size; }
    const std::string& name() const { return name_; }  // without folders; a hint
    std::string extension() const;                     // lower case, without the dot

    // Up to `count` bytes at `offset`; fewer only at the end of the file or after an error of the medium.
    std::size_t read(std::int64_t offset, std::uint8_t* to, std::size_t count);
    // The first bytes of the file.
    std::string_view head(std::size_t count);

    // Asked between the packets of long work, which then ends with ErrorCode::Cancelled. Cheap.
    void setUnwanted(std::function<bool()> unwanted) { unwanted_ = std::move(unwanted); }
    bool isUnwanted() const { return unwanted_ && unwanted_(); }

    // The medium refused to give bytes, or a sealed file is damaged.
    bool failed() const { return failure_.has_value(); }
    core::Error failure() const { return failure_.value_or(core::Error{}); }

private:
    MediaSource(const Identity& identity, std::string name, core::ClearReader reader)
        : reader_(std::make_shared<core::ClearReader>(std::move(reader))),
          identity_(identity),
          name_(std::move(name)) {}

    struct Window {
        std::int64_t start = 0;
        std::vector<std::uint8_t> bytes;
        std::uint64_t used = 0;
        bool holds(std::int64_t at) const {
            return at >= start && at < start + static_cast<std::int64_t>(bytes.size());
        }
    };
    Window* window(std::int64_t offset);
    std::size_t readAt(std::int64_t offset, std::uint8_t* to, std::size_t count);

    std::shared_ptr<core::ClearReader> reader_;
    Identity identity_;
    std::string name_;
    std::function<bool()> unwanted_;
    std::optional<core::Error> failure_;
    std::uint64_t clock_ = 0;
    std::array<Window, 3> windows_;
};

}  // namespace marea::server
