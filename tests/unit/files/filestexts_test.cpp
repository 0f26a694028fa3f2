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
    EXPECT_EQ(browserName("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/120"), "Browser (Android)");
    EXPECT_EQ(browserName("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"), "Browser (iPhone)");
    EXPECT_EQ(browserName("<b>\r\n"), "Browser");
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
