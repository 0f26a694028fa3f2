#include "player/engine/mpvplaces.h"

#include <gtest/gtest.h>

using namespace marea::player;

namespace {

std::string places(LibrarySystem system) {
    return mpvPlaces(system, QStringLiteral("/Programs/Marea.app/Contents/MacOS"))
        .join(QLatin1Char('\n'))
        .toStdString();
}

}  // namespace

TEST(MpvPlacesTest, LinuxHasItWhereItsLoaderLooks) {
    EXPECT_EQ(places(LibrarySystem::Linux), "mpv");
}

TEST(MpvPlacesTest, MacsHaveItInTheBundleOrFromHomebrewOrMacPorts) {
    EXPECT_EQ(places(LibrarySystem::MacOs),
              "/Programs/Marea.app/Contents/MacOS/../Frameworks/libmpv.2.dylib\n"
              "/opt/homebrew/lib/libmpv.2.dylib\n"
              "/usr/local/lib/libmpv.2.dylib\n"
              "/opt/local/lib/libmpv.2.dylib\n"
              "mpv");
}

TEST(MpvPlacesTest, WindowsHasItBesideTheProgramAndNowhereElse) {
    EXPECT_EQ(places(LibrarySystem::Windows),
              "/Programs/Marea.app/Contents/MacOS/libmpv-2.dll\n"
              "/Programs/Marea.app/Contents/MacOS/mpv-2.dll");
}
