#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "core/io/prober.h"

namespace marea::server {

// Pictures that owners gave to items, in a folder of their own below the data folder. One item has one at most; names
// are made here. Thread-safe, as long as one item's are not changed by two at once.
class UploadedPictures {
public:
    explicit UploadedPictures(std::string folder) : folder_(std::move(folder)) {}

    struct Kept {
        std::string name, version;  // of eight hexadecimal digits that follow from the picture
    };
    // As the worker made it: what was sent is not kept.
    core::Result<Kept> keep(const core::Id& item, const core::Image& image);
    core::Result<core::FileHandle> open(const std::string& name) const;
    void removeOthers(const core::Id& item, std::string_view name);  // "": all of the item's

    // The bytes as a file without a name, for the worker.
    core::Result<core::FileHandle> unnamed(std::string_view bytes) const;

private:
    core::Result<void> makeFolder() const;
    std::string folder_;
};

}  // namespace marea::server
