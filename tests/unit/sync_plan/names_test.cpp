#include "sync/plan/names.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <QString>

using namespace marea::sync;

TEST(DeviceNames, ForbiddenCharactersAndEndsAreReplaced) {
    EXPECT_EQ(nameOnDevice("AC/DC: What? \"Live\" <1>|*.mp3", NameKind::Fat), "AC_DC_ What_ _Live_ _1___.mp3");
    EXPECT_EQ(nameOnDevice("Wait...", NameKind::Fat), "Wait");
    EXPECT_EQ(nameOnDevice("Wait. . ", NameKind::Mtp), "Wait");
    EXPECT_EQ(nameOnDevice("...", NameKind::Fat), "_");
    EXPECT_EQ(nameOnDevice("", NameKind::Posix), "_");
    EXPECT_EQ(nameOnDevice("..", NameKind::Posix), "_");
    EXPECT_EQ(nameOnDevice("a\x01\tb", NameKind::Fat), "a__b");
    EXPECT_EQ(nameOnDevice("What?: yes.flac", NameKind::Posix), "What?: yes.flac");
    EXPECT_EQ(nameOnDevice(".hidden", NameKind::Fat), ".hidden");
}

TEST(DeviceNames, NamesOfDevicesGetAMark) {
    EXPECT_EQ(nameOnDevice("con", NameKind::Fat), "_con");
    EXPECT_EQ(nameOnDevice("Aux.mp3", NameKind::Fat), "_Aux.mp3");
    EXPECT_EQ(nameOnDevice("LPT1", NameKind::Fat), "_LPT1");
    EXPECT_EQ(nameOnDevice("LPT0", NameKind::Fat), "LPT0");
    EXPECT_EQ(nameOnDevice("Console", NameKind::Fat), "Console");
    EXPECT_EQ(nameOnDevice("con", NameKind::Posix), "con");
}

TEST(DeviceNames, LongNamesAreCutAtCharactersAndKeepTheirExtension) {
    std::string longName;
    for (int i = 0; i < 100; ++i) {
        longName += "😀é";
    }
    for (const NameKind kind : {NameKind::Fat, NameKind::Mtp, NameKind::Posix}) {
        const std::string name = nameOnDevice(longName + ".flac", kind);
        EXPECT_LE(name.size(), 255u);
        EXPECT_EQ(name.substr(name.size() - 5), ".flac");
        EXPECT_FALSE(QString::fromStdString(name).contains(QChar(0xFFFD)));
    }
    EXPECT_LE(nameOnDevice(std::string(300, 'a') + ".mp3", NameKind::Mtp).size(), 180u);
}

TEST(DeviceNames, ANameThatFitsIsLeftAsItIs) {
    for (const NameKind kind : {NameKind::Fat, NameKind::Mtp, NameKind::Posix}) {
        for (const std::string& wanted :
             {std::string(178, 'a') + "   b", std::string(179, 'a') + "\xC2\xA0" + std::string(90, 'b'),
              "con." + std::string(300, 'c'), std::string(253, 'x') + " . y"}) {
            const std::string once = nameOnDevice(wanted, kind);
            EXPECT_EQ(nameOnDevice(once, kind), once);
        }
    }
}

TEST(DeviceNames, AccentsAreComposed) {
    EXPECT_EQ(nameOnDevice("Caf\x65\xCC\x81.mp3", NameKind::Fat), "Caf\xC3\xA9.mp3");
    EXPECT_EQ(clashKey("CAF\xC3\x89", NameKind::Fat), clashKey("caf\x65\xCC\x81", NameKind::Fat));
    EXPECT_NE(clashKey("A", NameKind::Posix), clashKey("a", NameKind::Posix));
}

TEST(DevicePaths, StayBeneathTheirRootAndWithinLimits) {
    EXPECT_EQ(pathOnDevice("/../a/./b//c.mp3", NameKind::Fat), "a/b/c.mp3");
    EXPECT_EQ(pathOnDevice("..", NameKind::Fat), "_");
    const std::string deep = std::string(120, 'a') + "/" + std::string(120, 'b') + "/" + std::string(120, 'c') + ".mp3";
    const std::string path = pathOnDevice(deep, NameKind::Fat);
    EXPECT_LE(path.size(), kMaxPathUnits);
    EXPECT_EQ(path.substr(path.size() - 4), ".mp3");
    EXPECT_EQ(pathOnDevice(deep, NameKind::Posix), deep);
}

TEST(DevicePaths, ExtensionsAndNumbersStandWhereTheyBelong) {
    EXPECT_EQ(withExtension("a.b/c.flac", "mp3"), "a.b/c.mp3");
    EXPECT_EQ(withExtension("a.b/c", "mp3"), "a.b/c.mp3");
    EXPECT_EQ(withExtension("a/.c", "mp3"), "a/.c.mp3");
    EXPECT_EQ(numberedPath("a.b/c.flac", 2, NameKind::Fat), "a.b/c (2).flac");
    EXPECT_EQ(numberedPath("a.b/c", 12, NameKind::Fat), "a.b/c (12)");
    const std::string longest = std::string(236, 'x') + ".mp3";
    EXPECT_EQ(numberedPath(longest, 2, NameKind::Fat), std::string(232, 'x') + " (2).mp3");
}

// What is deeper than a device is listed would be missing there, and come again with each sync.
TEST(Names, VeryDeepFoldersBecomeFewer) {
    std::string deep, deepAndLong;
    for (int level = 0; level < 100; ++level) {
        deep += "f" + std::to_string(level) + "/";
        deepAndLong += "A folder of the name " + std::to_string(level) + "/";
    }
    for (const NameKind kind : {NameKind::Fat, NameKind::Mtp}) {
        for (const std::string& folders : {deep, deepAndLong}) {
            const std::string path = pathOnDevice(folders + "Song.mp3", kind);
            EXPECT_LE(path.size(), kMaxPathUnits) << path;
            EXPECT_LT(std::count(path.begin(), path.end(), '/'), static_cast<std::ptrdiff_t>(kMaxPathParts));
            EXPECT_EQ(path.substr(path.size() - 9), "/Song.mp3");
            EXPECT_EQ(path.substr(0, 1), folders.substr(0, 1)) << "the outermost stay";
        }
    }
}

TEST(TakenPaths, KnowEachOfThoseThatADeviceTellsApart) {
    struct One {
        std::string path;
        std::int64_t size = 0;
    };
    TakenPaths taken(NameKind::Fat);
    taken.takeListed(std::vector<One>{{"Music/Song.mp3", 3}, {"Music/song.mp3", 5}, {"Music/other.mp3", 7}});
    EXPECT_EQ(taken.sizeOf("Music/Song.mp3"), 3);
    EXPECT_EQ(taken.sizeOf("Music/song.mp3"), 5);
    EXPECT_EQ(taken.sizeOf("Music/SONG.mp3"), std::nullopt) << "it is neither";
    EXPECT_EQ(taken.sizeOf("MUSIC/OTHER.mp3"), 7);
    taken.release("Music/song.mp3");
    EXPECT_FALSE(taken.take("Music/song.mp3")) << "the other one still has the name";
    taken.release("Music/Song.mp3");
    EXPECT_TRUE(taken.take("Music/song.mp3"));
}

TEST(TakenPaths, GivesFreeNamesWithoutRegardToCase) {
    TakenPaths taken(NameKind::Fat);
    EXPECT_TRUE(taken.take("Music/Song.mp3"));
    EXPECT_FALSE(taken.take("music/song.MP3"));
    EXPECT_EQ(taken.takeFree("music/song.mp3"), "music/song (2).mp3");
    EXPECT_EQ(taken.takeFree("Music/Song.mp3"), "Music/Song (3).mp3");
    EXPECT_TRUE(taken.sizeOf("MUSIC/song.mp3"));
    EXPECT_FALSE(taken.sizeOf("Music/other.mp3"));
    taken.release("MUSIC/SONG.MP3");
    EXPECT_EQ(taken.takeFree("Music/Song.mp3"), "Music/Song.mp3");
    TakenPaths exact(NameKind::Posix);
    EXPECT_TRUE(exact.take("a"));
    EXPECT_TRUE(exact.take("A"));
}
