#pragma once

#include <array>
#include <string>
#include <vector>

namespace marea::server::test {

using Triple = std::array<double, 3>;

// Dolby Vision profile 5, made from nothing: what an encoder of it does, written apart from what reads it.
struct DolbyFilm {
    static constexpr int kColumns = 4, kRows = 2, kTile = 80;
    // Of BT.2020 in PQ, row by row.
    static const std::vector<Triple>& colours();

    // One second of these tiles; false when there is no ffmpeg command, or no such encoder. Without `withMetadata` the
    // pictures come without their RPUs.
    static bool make(const std::string& path, bool withMetadata = true);
};

// The same film with Dolby Vision's name, as `profile` and with what its base layer is to others.
bool nameDolbyVision(const std::string& from, const std::string& to, int profile, int compatibility);

// SMPTE ST 2084; 1 is 10,000 cd/m².
double lightOf(double pq);
double pqOf(double light);
// Between linear BT.2020 and LMS of Hunt, Pointer and Estévez, from the primaries' definitions.
std::array<Triple, 3> lmsOfBt2020();
std::array<Triple, 3> inverse(const std::array<Triple, 3>& m);
Triple times(const std::array<Triple, 3>& m, const Triple& v);

}  // namespace marea::server::test
