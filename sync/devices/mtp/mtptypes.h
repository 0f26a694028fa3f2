#pragma once

#include <libmtp.h>

#include <set>
#include <string>

namespace marea::sync::mtp {

// As what a file goes to a device that takes `supported`: the first kind that fits the end of its name, else UNKNOWN.
// Pure.
LIBMTP_filetype_t typeFor(const std::string& name, const std::set<std::uint16_t>& supported);

}  // namespace marea::sync::mtp
