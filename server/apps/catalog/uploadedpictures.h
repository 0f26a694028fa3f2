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

// Pictures that owners gave to items, and those that were fetched for them, in a folder of their own below the data
// folder. One item has one of each at most; names are made here. Thread-safe, as long as one item's are not changed by
// two at once.
class UploadedPictures {
public:
    explicit UploadedPictures(std::string folder) : folder_(std::move(folder)) {}

    enum class Origin { Owner, Provider };
    struct Kept {
        std::string name, version;  // of eight hexadecimal digits that follow from the picture
    };
    // As the worker made it: what was sent is not kept.
    core::Result<Kept> keep(const core::Id& item, const core::Image& image, Origin origin = Origin::Owner);
    core::Result<core::FileHandle> open(const std::string& name) const;
    // Of that origin; "": all of the item's.
    void removeOthers(const core::Id& item, std::string_view name, Origin origin = Origin::Owner);

    // The bytes as a file without a name, for the worker.
    core::Result<core::FileHandle> unnamed(std::string_view bytes) const;

private:
    core::Result<void> makeFolder() const;
    std::string folder_;
};

}  // namespace marea::server
