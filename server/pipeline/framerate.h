#pragma once

#include <cstdint>
#include <vector>

#include "server/packaging/segment.h"

namespace marea::server {

// The constant rate of pictures that are presented (or decoded) at `times`, ascending, in units of `unit` seconds: to
// the unit and to a millisecond, so that rounded stamps count as constant. 0/1 when it varies or there are fewer than
// three.
Rational constantRate(const std::vector<std::int64_t>& times, Rational unit);

// The rate in general use that is the same to one part in five thousand, else the rate itself.
Rational usualRate(Rational rate);

}  // namespace marea::server
