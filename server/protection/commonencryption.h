#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace marea::server {

using Key128 = std::array<std::uint8_t, 16>;

struct ContentKey {
    Key128 id{};  // KID, public
    Key128 value{};
};

// The two schemes of ISO/IEC 23001-7 that players take.
enum class CommonScheme {
    Cenc,  // AES-CTR, whole slices
    Cbcs   // AES-CBC, one block of ten of each slice; Apple's players take only this one
};

// Where a system finds its licence. `data` is the system's own.
struct ProtectionSystem {
    Key128 id{};
    std::string data;
    std::vector<Key128> keyIds;  // not empty: a box of version 1
};
// The `pssh` box. "1077efec-c0b2-4d02-ace3-3c1e52e2fb4b" (W3C's common system, key ids alone) is commonSystem().
std::string protectionBox(const ProtectionSystem& system);
ProtectionSystem commonSystem(const std::vector<Key128>& keyIds);

// The initialisation vector of all samples under a key of `cbcs`: it follows from the key.
Key128 constantVector(const Key128& keyValue);

// Encrypts the segments of one MP4 track as they leave the cache: by editing their boxes, without libav. A segment is
// encrypted alone and always to the same bytes. Initialisation vectors of `cenc` come from the key and the sample
// itself, so that two different samples under one key never share one, whatever their rendition, number or build.
// Slices are protected from their 65th byte on, so that their headers stay readable; parameter sets and messages are
// left clear. Immutable; thread-safe.
class CommonEncryption {
public:
    // `init` is the clear initialisation segment. Unprocessable when it is no track that can be protected: H.264, HEVC,
    // or any audio.
    static core::Result<CommonEncryption> of(std::string_view init, CommonScheme scheme, const ContentKey& key);

    // The initialisation segment with the protection described in it, and a `pssh` for each system.
    std::string init(const std::vector<ProtectionSystem>& systems) const;

    // One or more movie fragments with their data. Corrupt when it is none of the track's.
    core::Result<std::string> segment(std::string_view clear) const;

private:
    struct Track {
        bool slices = false;  // of video
        bool hevc = false;
        std::size_t lengthSize = 4;  // bytes before each unit
    };
    CommonEncryption(std::string init, CommonScheme scheme, const ContentKey& key, Track track);

    std::string init_;
    CommonScheme scheme_;
    ContentKey key_;
    Track track_;
    Key128 constantVector_{};                   // of cbcs
    std::array<std::uint8_t, 32> vectorKey_{};  // makes those of cenc
    friend class FragmentEncryption;
};

}  // namespace marea::server
