#include "core/library/resume.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace marea::core::library {
namespace {

struct Row {
    const char* kind;
    double duration, position, credits;
    double resumeAt;
    bool finished;
};

TEST(Resume, FollowsTheTable) {
    const Row rows[] = {
        {"movie", 7200, 0, 0, 0, false},
        {"movie", 7200, 29, 0, 0, false},   // under 30 s
        {"movie", 7200, 143, 0, 0, false},  // under 2 %
        {"movie", 7200, 145, 0, 145, false},
        {"movie", 600, 29.9, 0, 0, false},
        {"movie", 600, 30, 0, 30, false},
        {"movie", 7200, 6624, 0, 6624, false},  // 92 % exactly
        {"movie", 7200, 6625, 0, 0, true},
        {"movie", 7200, 7200, 0, 0, true},
        {"movie", 7200, 6000, 5990, 0, true},  // in the end credits
        {"movie", 7200, 5989, 5990, 5989, false},
        {"movie", 0, 500, 0, 500, false},  // duration unknown
        {"movie", 2.7, 1, 0, 0, false},    // a short clip
        {"movie", 2.7, 2.6, 0, 0, true},
        {"episode", 1500, 700, 0, 700, false},
        {"audiobook", 36000, 20000, 0, 20000, false},
        {"track", 240, 120, 0, 0, false},  // music starts anew
        {"track", 240, 235, 0, 0, true},
        {"track", 1199, 600, 0, 0, false},
        {"track", 1200, 600, 0, 600, false},  // but a long mix goes on
        {"track", 0, 600, 0, 0, false},
    };
    for (const Row& row : rows) {
        const Resume resume = resumeAfter({row.kind, row.duration, row.position, 0, row.credits});
        EXPECT_DOUBLE_EQ(resume.position, row.resumeAt) << row.kind << " " << row.duration << " " << row.position;
        EXPECT_EQ(resume.finished, row.finished) << row.kind << " " << row.duration << " " << row.position;
    }
}

// Where one is, how much later in seconds, and whether it plays on from there.
struct Word {
    double position, later;
    bool playing = true;
};

double playedFrom(double start, std::initializer_list<Word> words) {
    Stretch stretch(start, 1'000'000);
    TimeMs at = 1'000'000;
    for (const Word& word : words) {
        at += static_cast<TimeMs>(word.later * 1000);
        stretch.moved(word.position, at, word.playing);
    }
    return stretch.from();
}

TEST(Stretch, IsWhatWasPlayedWithoutAJump) {
    EXPECT_EQ(playedFrom(0, {{5, 5}, {10, 5}}), 0);
    EXPECT_EQ(playedFrom(600, {{605, 5}, {1200, 600}}), 600) << "a player that says little";
    EXPECT_EQ(playedFrom(0, {{20, 5}, {40, 5}}), 0) << "four times as fast";
    EXPECT_EQ(playedFrom(600, {{605, 5}, {6700, 1}}), 6700) << "a jump";
    EXPECT_EQ(playedFrom(600, {{660, 60}, {690, 0}, {695, 5}}), 600) << "a key that skips half a minute";
    EXPECT_EQ(playedFrom(600, {{605, 5, false}, {6700, 3600}}), 6700) << "a pause is no time for playing";
    EXPECT_EQ(playedFrom(600, {{700, 100}, {300, 0}, {305, 5}}), 300) << "back";
    EXPECT_EQ(playedFrom(600, {{6700, 1}, {6705, 5}, {6715, 10}}), 6700);
}

// Seconds that were played, of what a player says from 0 on.
double secondsPlayed(std::initializer_list<Word> words) {
    Stretch stretch(0, 1'000'000);
    TimeMs at = 1'000'000;
    for (const Word& word : words) {
        at += static_cast<TimeMs>(word.later * 1000);
        stretch.moved(word.position, at, word.playing);
    }
    return stretch.played();
}

TEST(Stretch, KnowsHowMuchWasPlayedInAll) {
    EXPECT_EQ(secondsPlayed({{5, 5}, {10, 5}}), 10);
    EXPECT_EQ(secondsPlayed({{30, 30}, {130, 1}, {140, 10}}), 41) << "a jump is as long as it took";
    EXPECT_EQ(secondsPlayed({{110, 30}}), 30) << "also one between two words";
    EXPECT_EQ(secondsPlayed({{10, 10, false}, {60, 50}, {70, 10}}), 20) << "a pause is no time for playing";
    EXPECT_EQ(secondsPlayed({{100, 100}, {20, 5}, {30, 10}}), 110) << "back, and once more";
    EXPECT_EQ(Stretch(50, 0, 40).played(), 40);
}

TEST(Stretch, NothingIsPlayedInSilence) {
    Stretch stretch(600, 1'000'000);
    stretch.silentUntil(9'000'000);
    stretch.moved(6700, 9'000'000, true);
    EXPECT_EQ(stretch.from(), 6700) << "a jump";
    EXPECT_EQ(stretch.played(), 0);
    stretch.silentUntil(2'000'000);  // it is told of since
    stretch.moved(6710, 9'010'000, true);
    EXPECT_EQ(stretch.played(), 10);
}

TEST(Stretch, ASliderThatIsDraggedJumps) {
    Stretch stretch(0, 0);
    stretch.moved(600, 600'000, true);
    for (int position = 600; position < 7190; position += 9) {
        stretch.moved(position, 600'000 + position / 10, true);
        EXPECT_FALSE(resumeAfter({"movie", 7200, static_cast<double>(position), stretch.from()}).finished) << position;
    }
}

TEST(Resume, WhoJumpsIntoTheCreditsHasNotSeenTheFilm) {
    const auto resume = [](double position, double playedFrom, double credits = 0) {
        return resumeAfter({"movie", 7200, position, playedFrom, credits});
    };
    EXPECT_TRUE(resume(6700, 6000).finished);
    EXPECT_FALSE(resume(6700, 6690).finished);
    EXPECT_EQ(resume(6700, 6690).position, 6700);
    EXPECT_TRUE(resume(6300, 6000, 6100).finished);
    EXPECT_FALSE(resume(6300, 6200, 6100).finished);
    EXPECT_FALSE(resume(6700, 6200, 6100).finished) << "however long one reads them";
    EXPECT_TRUE(resume(7191, 6700).finished) << "the end is the end";
    EXPECT_EQ(resume(7191, 6700).position, 0);
    EXPECT_TRUE(resumeAfter({"movie", 100, 98, 98}).finished);
    EXPECT_FALSE(resumeAfter({"movie", 100, 97, 97}).finished);
}

TEST(Resume, CreditsAreALastChapterOfThatNameInTheSecondHalf) {
    EXPECT_EQ(creditsStart({}, 100), 0);
    EXPECT_EQ(creditsStart({{0, 90, "Story"}, {90, 100, "End Credits"}}, 100), 90);
    EXPECT_EQ(creditsStart({{0, 90, "Story"}, {90, 100, "CRÉDITOS"}}, 100), 90);
    EXPECT_EQ(creditsStart({{0, 90, "Story"}, {90, 100, "Créditos finales"}}, 100), 90);
    EXPECT_EQ(creditsStart({{0, 10, "Opening Credits"}}, 100), 0);
    EXPECT_EQ(creditsStart({{0, 90, "Credits"}, {90, 100, "Epilogue"}}, 100), 0);
}

}  // namespace
}  // namespace marea::core::library
