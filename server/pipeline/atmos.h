#pragma once

#include <cstddef>
#include <cstdint>

namespace marea::server {

// Dolby Atmos in the two codecs that carry it, for libav older than 6.1, which does not tell. Pure.

// An E-AC-3 syncframe (ETSI TS 102 366 annex E) with Joint Object Coding (ETSI TS 103 420 section 8.3): the
// additional bitstream information ends with the extension type 1 and a complexity index.
bool isJocFrame(const std::uint8_t* data, std::size_t size);
// That index; 0 for other frames.
int jocComplexity(const std::uint8_t* data, std::size_t size);

// A TrueHD access unit with a major sync (format_sync F8726FBA) whose fourth substream is a
// 16-channel presentation.
bool isTrueHdAtmosUnit(const std::uint8_t* data, std::size_t size);

}  // namespace marea::server
