#pragma once

#include <cstdint>
#include <string>

#include "sync/plan/deviceprofile.h"
#include "sync/plan/selection.h"

namespace marea::sync {

// How an item gets to a device. Pure.
struct Form {
    const Encoding* encoding = nullptr;  // of the profile; null: as it is
    std::int64_t bytes = 0;
    std::string reason;  // why it is encoded, or why it cannot come
    bool possible = true;
    bool mayStay = false;  // nothing here makes the encoding, and one that is there is as it should be
};

// `maxFileSize`: of the device; 0: any.
Form formOf(const LibraryItem& item, const DeviceProfile& profile, bool canEncode, std::int64_t maxFileSize);
bool isVideo(const LibraryItem& item);
std::string megabytes(std::int64_t bytes);  // for a person, rounded up

}  // namespace marea::sync
