#include "server/apps/files/filestexts.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

TEST(FilesTexts, SizesAreShort) {
    const FilesWords& english = filesWordsFor("en");
    EXPECT_EQ(filesSize(0, english), "0 kB");
    EXPECT_EQ(filesSize(1'234'567, english), "1.2 MB");
    EXPECT_EQ(filesSize(999'600'000, english), "1.0 GB");
    EXPECT_EQ(filesSize(12'345'678'901, english), "12 GB");
    EXPECT_EQ(filesSize(1'234'567, filesWordsFor("es")), "1,2 MB");
    EXPECT_EQ(filesSize(-5, english), "0 kB");
}

TEST(FilesTexts, DurationsFitTheKind) {
    EXPECT_EQ(filesDuration(245, true), "4:05");
    EXPECT_EQ(filesDuration(245, false), "4 min");
    EXPECT_EQ(filesDuration(6720, false), "1 h 52 min");
    EXPECT_EQ(filesDuration(0, true), "");
    EXPECT_EQ(filesDuration(5, false), "1 min");
}

TEST(FilesTexts, BrowsersHaveNames) {
    const FilesWords& english = filesWordsFor("en");
    EXPECT_EQ(browserName("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/120", english), "Browser (Android)");
    EXPECT_EQ(browserName("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", filesWordsFor("es")),
              "Navegador (iPhone)");
    EXPECT_EQ(browserName("<b>\r\n", english), "Browser");
}

TEST(FilesTexts, OriginsAreThoseOfTheHostThatIsAsked) {
    EXPECT_TRUE(isOriginOf("http://192.168.1.20:8470", "192.168.1.20:8470"));
    EXPECT_TRUE(isOriginOf("https://Casa.example", "casa.example"));
    EXPECT_FALSE(isOriginOf("http://192.168.1.20:9000", "192.168.1.20:8470")) << "another program on the same computer";
    EXPECT_FALSE(isOriginOf("http://evil.example", "casa.example"));
    EXPECT_FALSE(isOriginOf("null", "casa.example"));
    EXPECT_FALSE(isOriginOf("http://", ""));
}

TEST(FilesTexts, NumbersFitTheirWords) {
    const FilesWords& spanish = filesWordsFor("es");
    EXPECT_EQ(countText(spanish.track, spanish.tracks, 0), "");
    EXPECT_EQ(countText(spanish.track, spanish.tracks, 1), "1 pista");
    EXPECT_EQ(countText(spanish.track, spanish.tracks, 12), "12 pistas");
    EXPECT_EQ(seasonName(0, spanish), "Especiales");
    EXPECT_EQ(seasonName(2, filesWordsFor("en")), "Season 2");
}

// A name cannot add a field or another name.
TEST(FilesTexts, FilesAreKeptUnderTheirNames) {
    EXPECT_EQ(keptAs("Año 1.mkv"), "attachment; filename*=UTF-8''A%C3%B1o%201.mkv");
    EXPECT_EQ(keptAs("a\";x=\r\nb"), "attachment; filename*=UTF-8''a%22%3Bx%3D%0D%0Ab");
}

TEST(FilesTexts, CookiesAreFoundByTheirWholeName) {
    EXPECT_EQ(cookieNamed("a", "b=1; a=2; aa=3"), "2");
    EXPECT_EQ(cookieNamed("a", "aa=3"), "");
    EXPECT_EQ(cookieNamed("a", "a"), "");
    EXPECT_EQ(cookieNamed("a", "b=1,a=x=y"), "x=y");
    EXPECT_EQ(cookieNamed("a", ""), "");
}

}  // namespace
}  // namespace marea::server
