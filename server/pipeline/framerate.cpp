#include "server/pipeline/framerate.h"

#include <algorithm>
#include <cmath>

namespace marea::server {
namespace {

constexpr Rational usual[] = {{24'000, 1001}, {24, 1},        {25, 1},         {30'000, 1001}, {30, 1},       {48, 1},
                              {50, 1},        {60'000, 1001}, {60, 1},         {15, 1},        {12, 1},       {10, 1},
                              {100, 1},       {120, 1},       {120'000, 1001}, {12'000, 1001}, {15'000, 1001}};

double value(Rational r) {
    return static_cast<double>(r.num) / r.den;
}

constexpr double sameRate = 2e-4;  // relative; 24 and 24000/1001 are five times as far apart

// 0/1 when none is as near as `doubt`, which is relative.
Rational nearestUsual(double rate, double doubt) {
    Rational best{0, 1};
    for (const Rational candidate : usual) {
        const double off = std::abs(value(candidate) / rate - 1);
        if (off <= doubt && (best.num == 0 || off < std::abs(value(best) / rate - 1)))
            best = candidate;
    }
    return best;
}

}  // namespace

Rational constantRate(const std::vector<std::int64_t>& times, Rational unit) {
    if (times.size() < 3 || unit.num <= 0 || unit.den <= 0)
        return {0, 1};
    const auto count = static_cast<double>(times.size() - 1);
    const auto span = static_cast<double>(times.back() - times.front());
    const double step = span / count;
    // Files made from Matroska keep its whole milliseconds in whatever unit they have.
    const double tolerance = std::max(1.5, 0.0012 / value(unit));
    if (!(step > 0))
        return {0, 1};
    for (std::size_t i = 0; i < times.size(); ++i) {
        const double ideal = static_cast<double>(times.front()) + step * static_cast<double>(i);
        if (std::abs(static_cast<double>(times[i]) - ideal) > tolerance)
            return {0, 1};
    }
    const double rate = 1 / (step * value(unit));
    if (const Rational near = nearestUsual(rate, tolerance / span + sameRate); near.num > 0)
        return near;
    if (!(rate <= 300))
        return {0, 1};
    return {static_cast<std::int32_t>(std::lround(rate * 1000)), 1000};
}

Rational usualRate(Rational rate) {
    if (rate.num <= 0 || rate.den <= 0)
        return {0, 1};
    const Rational near = nearestUsual(value(rate), sameRate);
    return near.num > 0 ? near : rate;
}

}  // namespace marea::server
