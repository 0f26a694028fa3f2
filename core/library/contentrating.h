#pragma once

#include <optional>
#include <string_view>

namespace marea::core::library {

// From which age on a rating lets somebody see a title, in whole years; nullopt when it says nothing that we
// understand, or that there is none ("NR"). Takes the ways in which .nfo files and tags write those of FSK, USK, BBFC,
// MPAA, the American TV guidelines, PEGI and others that count in years: "FSK 12", "DE:12", "Rated PG-13 for …",
// "USA:R / UK:15", "mpaa|PG-13|300|". Of several the strictest counts. Pure.
std::optional<int> ageOfRating(std::string_view rating);

}  // namespace marea::core::library
