#include "sync/plan/importplan.h"

#include <gtest/gtest.h>

using namespace marea::sync;

TEST(ImportPlan, TakesPicturesAndVideosOfCameras) {
    for (const char* path : {"DCIM/Camera/IMG_1.jpg", "dcim/100APPLE/A.HEIC", "Card/DCIM/1/clip.MOV", "DCIM/a.dng"}) {
        EXPECT_TRUE(isTaken(path)) << path;
    }
    for (const char* path : {"Music/cover.jpg", "DCIM/.thumbnails/1.jpg", "DCIM/Camera/.hidden.jpg", "DCIM/notes.txt",
                             "DCIM/IMG", "mydcim/x.jpg", "DCIM/../x.jpg"}) {
        EXPECT_FALSE(isTaken(path)) << path;
    }
}

TEST(ImportPlan, TellsTheDayByNameElseByTime) {
    const auto day = [](const char* name, marea::core::TimeMs time = 0) {
        return dayOf({std::string("DCIM/") + name, 1, time}).value_or("");
    };
    EXPECT_EQ(day("IMG_20240709_123456.jpg"), "2024-07-09");
    EXPECT_EQ(day("2024-07-09 12.00.jpg"), "2024-07-09");
    EXPECT_EQ(day("VID-20231231-WA0001.mp4"), "2023-12-31");
    EXPECT_EQ(day("PXL_2024_02_30.jpg"), "") << "there is no such day";
    EXPECT_EQ(day("IMG_12345678901.jpg"), "") << "a longer number is none";
    EXPECT_EQ(day("IMG_0001.jpg", 1'700'000'000'000), "2023-11-14");
    EXPECT_EQ(day("IMG_0001.jpg"), "");
}

TEST(ImportPlan, LeavesOutWhatIsKnownAndSortsTheRest) {
    const std::vector<ListedFile> listed{{"DCIM/IMG_20240709_2.jpg", 10, 5},
                                         {"DCIM/b/IMG_1.jpg", 20, 0},
                                         {"DCIM/IMG_20230101_1.jpg", 30, 7},
                                         {"Music/a.mp3", 40, 0}};
    const auto steps = importPlan("mtp:1", listed, {importMark("mtp:1", listed[0])});
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[0].to, "2023/2023-01-01/IMG_20230101_1.jpg");
    EXPECT_EQ(steps[1].to, "undated/IMG_1.jpg");
    EXPECT_EQ(importPlan("mtp:2", listed, {importMark("mtp:1", listed[0])}).size(), 3u) << "another device";
}

// FAT has the time of a clock on the wall: what was taken in winter is an hour older or newer in summer.
TEST(ImportPlan, WhatIsKnownStaysKnownInAnotherTimeZone) {
    constexpr marea::core::TimeMs kHour = 3'600'000, kTaken = 1'700'000'001'000;
    const auto isKnown = [](marea::core::TimeMs before, marea::core::TimeMs now) {
        const ListedFile known{"DCIM/a|b.jpg", 10, before}, listed{"DCIM/a|b.jpg", 10, now};
        return importPlan("stick", {listed}, {importMark("stick", known)}).empty();
    };
    EXPECT_TRUE(isKnown(kTaken, kTaken + kHour));
    EXPECT_TRUE(isKnown(kTaken, kTaken - kHour - 1000)) << "the even second";
    EXPECT_TRUE(isKnown(kTaken, kTaken + 5 * kHour + kHour / 2)) << "India";
    EXPECT_FALSE(isKnown(kTaken, kTaken + 60'000)) << "another one of that name";
    EXPECT_FALSE(isKnown(kTaken, kTaken + 48 * kHour));
    EXPECT_TRUE(isKnown(0, 0));
    EXPECT_FALSE(isKnown(0, kTaken));
    EXPECT_EQ(
        importPlan("stick", {{"DCIM/a|b.jpg", 11, kTaken}}, {importMark("stick", {"DCIM/a|b.jpg", 10, kTaken})}).size(),
        1u);
}
