#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace marea::core::library {

// The text beside a DVD's subtitles (.idx of a .sub): what is where in that file, for each language.
struct VobSubIndex {
    struct Entry {
        std::int64_t at = 0;     // milliseconds
        std::int64_t place = 0;  // in the .sub, bytes
        bool operator==(const Entry&) const = default;
    };
    struct Track {
        std::string language;  // BCP 47; empty: not said, or none that we know
        int number = 0;        // of its packets in the .sub: 0 to 31
        std::vector<Entry> entries;
    };
    std::string header;  // its lines "size:" and "palette:", as decoders want them
    std::vector<Track> tracks;
};

constexpr std::size_t kMostVobSubTracks = 32;       // of DVDs
constexpr std::int64_t kMostVobSubIndex = 8 << 20;  // bytes of a file that is worth reading

// Whatever the bytes are; what is no such line is passed over. `withEntries`: else languages alone are looked for.
VobSubIndex vobSubIndex(std::string_view text, bool withEntries = true);

}  // namespace marea::core::library
