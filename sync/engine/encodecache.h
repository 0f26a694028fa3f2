#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "sync/engine/bytestream.h"
#include "sync/engine/deviceencoder.h"

namespace marea::sync {

// What was encoded for devices, kept in a folder of this computer by the source's content and the encoding's name, so
// that nothing is encoded twice: not for a second device, and not after a run that was cut off. Bounded: the longest
// unused goes first. Several devices may use it at once, from any threads: who wants what another one is making waits,
// and who is paused takes nothing in hand.
class EncodeCache {
public:
    EncodeCache(std::string folder, std::int64_t maxBytes) : folder_(std::move(folder)), maxBytes_(maxBytes) {}

    // The encoded file, made by `encoder` where it is not there yet.
    core::Result<std::unique_ptr<ByteStream>> get(const LibraryItem& item, const Encoding& encoding,
                                                  DeviceEncoder& encoder, SyncControl& control);

private:
    std::string pathOf(const LibraryItem& item, const Encoding& encoding) const;
    void trim();
    bool isInHand(const std::filesystem::path& file);
    core::Result<void> make(const LibraryItem& item, const Encoding& encoding, DeviceEncoder& encoder,
                            SyncControl& control, const std::string& path);
    core::Result<std::unique_ptr<ByteStream>> opened(const LibraryItem& item, const Encoding& encoding,
                                                     DeviceEncoder& encoder, SyncControl& control,
                                                     const std::string& path);
    bool begin(const std::string& path, SyncControl& control);  // false: it was cancelled meanwhile
    void end(const std::string& path);

    std::string folder_;
    std::int64_t maxBytes_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::set<std::string> inHand_;  // paths, from the look for them until they are open
};

// A file of this computer. NotFound when it is not there.
core::Result<std::unique_ptr<ByteStream>> openLocalFile(const std::string& path);

}  // namespace marea::sync
