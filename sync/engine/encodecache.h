#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sync/engine/bytestream.h"
#include "sync/engine/deviceencoder.h"

namespace marea::sync {

// What was encoded for devices, kept in a folder of this computer by the source's content and the encoding's name, so
// that nothing is encoded twice: not for a second device, and not after a run that was cut off. Bounded: the longest
// unused goes first. Several devices may use it at once, each from one thread.
class EncodeCache {
public:
    EncodeCache(std::string folder, std::int64_t maxBytes) : folder_(std::move(folder)), maxBytes_(maxBytes) {}

    // The encoded file, made by `encoder` where it is not there yet.
    core::Result<std::unique_ptr<ByteStream>> get(const LibraryItem& item, const Encoding& encoding,
                                                  DeviceEncoder& encoder, SyncControl& control);

private:
    std::string pathOf(const LibraryItem& item, const Encoding& encoding) const;
    void trim(const std::string& keep);

    std::string folder_;
    std::int64_t maxBytes_;
};

// A file of this computer. NotFound when it is not there.
core::Result<std::unique_ptr<ByteStream>> openLocalFile(const std::string& path);

}  // namespace marea::sync
