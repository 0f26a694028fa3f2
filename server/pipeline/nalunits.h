#pragma once

#include <cstdint>
#include <string>

struct AVCodecParameters;

namespace marea::server {

// True for H.264 and HEVC whose parameter sets stand between start codes (ITU-T H.264 Annex B, H.265 Annex B) and not
// in an MP4 configuration record: their packets are the same.
bool hasStartCodes(const AVCodecParameters* parameters);

// Appends a packet with start codes as MP4 wants it: each unit behind its length in four bytes.
void appendWithLengths(std::string& out, const std::uint8_t* data, std::size_t size);

// The type of the first unit in a packet of H.264 or HEVC that is a part of its picture; -1: none was found.
int firstSliceType(const AVCodecParameters* parameters, const std::uint8_t* data, std::size_t size);

}  // namespace marea::server
