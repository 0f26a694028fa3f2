#include "core/library/trailers.h"

#include <gtest/gtest.h>

namespace marea::core::library {
namespace {

TEST(Trailers, StandBesideTheirFilmOrBelowIt) {
    const auto is = [](const char* trailer, const char* film, bool alone) {
        return isTrailerOfFilm(trailer, film, alone);
    };
    EXPECT_TRUE(is("Tide (2020)/Tide (2020)-trailer.mp4", "Tide (2020)/Tide (2020).mkv", true));
    EXPECT_TRUE(is("Tide (2020)/Tide (2020).Trailer.mp4", "Tide (2020)/Tide (2020) - 2160p.mkv", true));
    EXPECT_TRUE(is("Tide (2020)/trailer.mp4", "Tide (2020)/Tide (2020).mkv", true));
    EXPECT_TRUE(is("Tide (2020)/Trailers/First look.mp4", "Tide (2020)/Tide (2020).mkv", true));
    EXPECT_TRUE(is("Tide (2020)/avances/1.mp4", "Tide (2020)/Tide (2020).mkv", true));
    EXPECT_FALSE(is("Tide (2020)/Extras/First look.mp4", "Tide (2020)/Tide (2020).mkv", true));
    EXPECT_FALSE(is("Tide (2020)/Trailers/more/1.mp4", "Tide (2020)/Tide (2020).mkv", true));
    EXPECT_FALSE(is("Tide (2020)/Tide (2020)-sample.mp4", "Tide (2020)/Tide (2020).mkv", true));
    EXPECT_FALSE(is("Tide (2020)/The trailer.mp4", "Tide (2020)/Tide (2020).mkv", true)) << "it may be called so";
    EXPECT_FALSE(is("Other/trailer.mp4", "Tide (2020)/Tide (2020).mkv", true));
}

TEST(Trailers, AmongSeveralFilmsGoByTheirNames) {
    EXPECT_TRUE(isTrailerOfFilm("Heat (1995)-trailer.mp4", "Heat (1995).mkv", false));
    EXPECT_FALSE(isTrailerOfFilm("Heat (1995)-trailer.mp4", "Heat 2 (2025).mkv", false));
    EXPECT_FALSE(isTrailerOfFilm("Heat 2 (2025)-trailer.mp4", "Heat (1995).mkv", false));
    EXPECT_FALSE(isTrailerOfFilm("trailer.mp4", "Heat (1995).mkv", false));
    EXPECT_FALSE(isTrailerOfFilm("Trailers/Heat.mp4", "Heat (1995).mkv", true)) << "of a whole library";
    EXPECT_FALSE(isTrailerOfFilm("Films/Trailers/Heat.mp4", "Films/Heat (1995).mkv", false));
}

TEST(Trailers, OfSeriesLieInTheirFolder) {
    EXPECT_TRUE(isTrailerOfSeries("Ebb/Trailers/1.mp4", "Ebb"));
    EXPECT_TRUE(isTrailerOfSeries("Ebb/Ebb-trailer.mp4", "Ebb"));
    EXPECT_FALSE(isTrailerOfSeries("Ebb/Season 1/Trailers/1.mp4", "Ebb"));
    EXPECT_FALSE(isTrailerOfSeries("trailer.mp4", ""));
}

}  // namespace
}  // namespace marea::core::library
