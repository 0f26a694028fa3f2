#include "core/library/similarity.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace marea::core::library {

namespace {

std::size_t shared(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::size_t count = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        if (*x == *y) {
            ++count;
            ++x;
            ++y;
        } else {
            *x < *y ? ++x : ++y;
        }
    }
    return count;
}

// 1 when they are of the same year, 0 from twenty years on.
double nearInTime(int a, int b) {
    return a > 0 && b > 0 ? std::max(0.0, 1.0 - std::abs(a - b) / 20.0) : 0.0;
}

}  // namespace

std::vector<std::string> traitList(std::vector<std::string> values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

double similarity(const Traits& a, const Traits& b) {
    constexpr double kGenres = 4, kPerson = 2.5, kMostPeople = 3, kArtist = 3, kCollection = 6, kTime = 1,
                     kPopular = 0.1;
    const auto genres = static_cast<double>(shared(a.genres, b.genres));
    const double together = static_cast<double>(a.genres.size() + b.genres.size()) - genres;
    double score = genres > 0 ? kGenres * genres / together : 0;
    score += kPerson * std::min(kMostPeople, static_cast<double>(shared(a.people, b.people)));
    score += !a.artist.empty() && a.artist == b.artist ? kArtist : 0;
    score += shared(a.collections, b.collections) > 0 ? kCollection : 0;
    if (score <= 0) {
        return 0;
    }
    score += kTime * nearInTime(a.year, b.year);
    return score + kPopular * std::log2(1.0 + static_cast<double>(std::max<std::int64_t>(0, b.popularity)));
}

}  // namespace marea::core::library
