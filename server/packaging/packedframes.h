#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace marea::server {

// Frames whose lengths vary, one behind the other so that they can be told apart: each behind its length in four bytes,
// the highest first. Between the worker and the server alone.
constexpr std::size_t kPackedLength = 4;
void packFrame(std::string& out, std::string_view frame);

// The next one, which `packed` loses; empty at its end, and for what was packed by nobody.
std::string_view takeFrame(std::string_view& packed);

}  // namespace marea::server
