// Sessions of playback: what players report, where a title goes on, what counts as seen, and when a session ends.
#include <gmock/gmock.h>

#include "doubles.h"

namespace marea::server {
namespace {

using testing::HasSubstr;

TEST_F(LibraryTest, PositionsAreCollectedAndWrittenTogether) {
    const core::Id session = startPlaying(film);
    for (int second = 100; second < 200; ++second) {
        EXPECT_EQ(report(session, second), 204);
    }
    EXPECT_EQ(number("SELECT count(*) FROM resume_positions"), 0);
    ASSERT_TRUE(service->flush());
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 199);
    EXPECT_EQ(number("SELECT position FROM playback_sessions"), 199);
    EXPECT_EQ(number("SELECT count(*) FROM events"), 0);
}

TEST_F(LibraryTest, StoppingIsWrittenBeforeItIsAnswered) {
    const core::Id session = startPlaying(film);
    report(session, 100);
    EXPECT_EQ(report(session, 300, "stopped"), 204);
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 300);
    EXPECT_EQ(number("SELECT ended_at IS NOT NULL FROM playback_sessions"), 1);
    EXPECT_EQ(text("SELECT group_concat(type) FROM events"), "PLAYED");
    EXPECT_EQ(report(session, 400), 404);
}

TEST_F(LibraryTest, DeleteEndsOnceAndMayBeRepeated) {
    const core::Id session = startPlaying(film);
    report(session, 500);
    const auto end = [&](const char* user) { return playback().end(request({}, {{"id", session}}, user)).status; };
    EXPECT_EQ(end("ben"), 404);
    EXPECT_EQ(end("ana"), 204);
    EXPECT_EQ(end("ana"), 204);
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 500);
    EXPECT_EQ(number("SELECT count(*) FROM events WHERE type = 'PLAYED'"), 1);
    EXPECT_EQ(playback().end(request({}, {{"id", "unknown"}})).status, 404);
}

TEST_F(LibraryTest, ASessionThatNeverPlayedLeavesNoTrace) {
    const core::Id session = startPlaying(film);
    EXPECT_EQ(playback().end(request({}, {{"id", session}})).status, 204);
    EXPECT_EQ(number("SELECT (SELECT count(*) FROM user_library) + (SELECT count(*) FROM resume_positions)"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM events"), 0);
}

TEST_F(LibraryTest, TheNextSessionResumesAlsoWhatIsNotWrittenYet) {
    report(startPlaying(film), 250);
    const auto second = json(playback().start(request(R"({"capabilities":{"preset":"mpv"}})", {{"id", film}})));
    EXPECT_EQ(second.at("position"), 250.0);
    const auto chosen =
        json(playback().start(request(R"({"capabilities":{"preset":"mpv"},"start":10})", {{"id", film}})));
    EXPECT_EQ(chosen.at("position").to_number<double>(), 10.0);
    const auto other = json(playback().start(request(R"({"capabilities":{"preset":"mpv"}})", {{"id", film}}, "ben")));
    EXPECT_EQ(other.at("position"), 0.0);
}

TEST_F(LibraryTest, TheEndMakesItWatchedAndStartsAnew) {
    const core::Id session = startPlaying(film);
    report(session, 950);
    report(session, 990, "stopped");
    EXPECT_EQ(number("SELECT watched FROM user_library"), 1);
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 0);
    EXPECT_EQ(number("SELECT play_count FROM user_library"), 1);
    EXPECT_EQ(text("SELECT group_concat(type) FROM events"), "WATCHED,PLAYED");
    EXPECT_EQ(number("SELECT completed FROM playback_sessions"), 1);
}

TEST_F(LibraryTest, AJumpIntoTheCreditsDoesNotMakeItWatched) {
    const core::Id session = startPlaying(film);
    report(session, 5);
    report(session, 940, "paused");
    clock->time += 600'000;
    report(session, 945);
    report(session, 950, "stopped");
    EXPECT_EQ(number("SELECT coalesce(max(watched), 0) FROM user_library"), 0);
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 950);
    const core::Id second = startPlaying(film);
    report(second, 900);
    clock->time += 30'000;
    report(second, 930, "stopped");
    EXPECT_EQ(number("SELECT watched FROM user_library"), 1) << "it was played into them";
}

TEST_F(LibraryTest, MusicIsCountedAndNotTickedOff) {
    const core::Id song = "0190a000-0000-7000-8000-000000000002";
    addFilm(song, 200, "track");
    const core::Id session = startPlaying(song);
    report(session, 200, "stopped");
    EXPECT_EQ(number("SELECT watched FROM user_library"), 0);
    EXPECT_EQ(number("SELECT play_count FROM user_library"), 1);
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 0);
}

TEST_F(LibraryTest, MusicCountsByWhatWasPlayedAndNotByWhereOneIs) {
    const core::Id song = "0190a000-0000-7000-8000-000000000002";
    addFilm(song, 200, "track");
    const auto plays = [&] { return number("SELECT coalesce(sum(play_count), 0) FROM user_library"); };
    const core::Id jumped = startPlaying(song);
    clock->time += 5'000;
    report(jumped, 5);
    report(jumped, 120);
    clock->time += 10'000;
    report(jumped, 130, "stopped");
    EXPECT_EQ(plays(), 0) << "a jump past its half";
    const core::Id played = startPlaying(song);
    clock->time += 60'000;
    report(played, 60);
    clock->time += 45'000;
    report(played, 105, "stopped");
    EXPECT_EQ(plays(), 1);
}

TEST_F(LibraryTest, MusicThatWasPlayedBeforeARestartCounts) {
    const core::Id song = "0190a000-0000-7000-8000-000000000002";
    addFilm(song, 200, "track");
    const core::Id session = startPlaying(song);
    clock->time += 90'000;
    report(session, 90);
    ASSERT_TRUE(service->flush());
    restart();
    clock->time += 20'000;
    report(session, 110, "stopped");
    EXPECT_EQ(number("SELECT play_count FROM user_library"), 1);
}

TEST_F(LibraryTest, ALongSilenceIsNotPlayed) {
    const core::Id session = startPlaying(film);
    clock->time += 10'000;
    report(session, 310);  // of 1000
    clock->time += 3600'000;
    service->endIdle();
    EXPECT_EQ(report(session, 940), 204);
    clock->time += 10'000;
    report(session, 950, "stopped");
    EXPECT_EQ(number("SELECT coalesce(max(watched), 0) FROM user_library"), 0) << "it may have been a jump";
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 950);
}

TEST_F(LibraryTest, SessionsOutliveTheServer) {
    const core::Id session = startPlaying(film);
    report(session, 400);
    ASSERT_TRUE(service->flush());  // as on drain
    restart();
    clock->time += 30'000;
    EXPECT_EQ(report(session, 420), 204);
    EXPECT_EQ(report(session, 421, "playing", "ben"), 404);
    EXPECT_EQ(report(session, 430, "stopped"), 204);
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 430);
    EXPECT_EQ(number("SELECT count(*) FROM events"), 1);
}

TEST_F(LibraryTest, SilenceEndsASession) {
    const core::Id silent = startPlaying(film);
    report(silent, 120);
    clock->time += 50'000;
    const core::Id heard = startPlaying(film);
    report(heard, 200);
    clock->time += 15'000;
    service->endIdle();
    EXPECT_EQ(service->openCount(), 1u);
    EXPECT_EQ(report(heard, 210), 204);
    EXPECT_EQ(number("SELECT count(*) FROM events WHERE type = 'PLAYED'"), 1);
    EXPECT_EQ(report(silent, 130, "playing", "ben"), 404);
    EXPECT_EQ(report(silent, 120.5, "stopped"), 204) << "where it was: there is nothing to add";
    EXPECT_EQ(service->openCount(), 1u);
    EXPECT_EQ(number("SELECT count(*) FROM events WHERE type = 'PLAYED'"), 1);
}

TEST_F(LibraryTest, AFilmThatWasPausedForLongGoesOn) {
    const core::Id session = startPlaying(film);
    report(session, 300, "paused");
    clock->time += 3600'000;
    service->endIdle();
    ASSERT_EQ(service->openCount(), 0u);
    EXPECT_EQ(number("SELECT play_count FROM user_library"), 0);
    EXPECT_EQ(report(session, 305), 204);
    EXPECT_EQ(service->openCount(), 1u);
    EXPECT_EQ(number("SELECT ended_at IS NULL FROM playback_sessions"), 1);
    EXPECT_EQ(report(session, 600), 204);
    ASSERT_TRUE(service->flush());
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 600);
    EXPECT_EQ(report(session, 990, "stopped"), 204);
    EXPECT_EQ(number("SELECT watched FROM user_library"), 1);
    EXPECT_EQ(number("SELECT play_count FROM user_library"), 1);
    EXPECT_EQ(report(session, 995), 404) << "its player ended it";
}

TEST_F(LibraryTest, WhatStoppedDuringALongSilenceIsKept) {
    const core::Id session = startPlaying(film);
    report(session, 300);
    clock->time += 300'000;  // without a network
    service->endIdle();
    EXPECT_EQ(report(session, 600, "stopped"), 204);
    EXPECT_EQ(number("SELECT position FROM resume_positions"), 600);
    EXPECT_EQ(service->openCount(), 0u);
}

TEST_F(LibraryTest, ASongThatGoesOnAfterALongPauseCountsOnce) {
    const core::Id song = "0190a000-0000-7000-8000-000000000002";
    addFilm(song, 200, "track");
    const core::Id session = startPlaying(song);
    for (const double position : {150, 170}) {
        report(session, position, "paused");
        clock->time += 300'000;
        service->endIdle();
    }
    EXPECT_EQ(report(session, 200, "stopped"), 204);
    EXPECT_EQ(number("SELECT play_count FROM user_library"), 1);
}

TEST_F(LibraryTest, WhatWasTakenAwayDoesNotGoOn) {
    const core::Id session = startPlaying(film);
    report(session, 300);
    clock->time += 300'000;
    service->endThose([](const PlaybackSession&) { return true; });
    EXPECT_EQ(report(session, 310), 404);
}

TEST_F(LibraryTest, WhatGoesOnNeedsAPlaceAsWhatBegins) {
    PlaybackOptions options;
    options.maxSessionsPerUser = 1;
    PlaybackService small(*database, tokens, clock, core::makeNullLogger(), options);
    PlaybackSession wish;
    wish.userId = "ana";
    wish.loginId = "login-1";
    wish.mediaId = film;
    wish.kind = "movie";
    const auto paused = small.begin(wish);
    ASSERT_TRUE(paused);
    clock->time += 2 * options.idleEnd;
    small.endIdle();
    const auto other = small.begin(wish);
    ASSERT_TRUE(other);
    EXPECT_FALSE(small.report(paused->id, "ana", 5));
    ASSERT_TRUE(small.end(other->id, "ana", std::nullopt));
    EXPECT_TRUE(small.report(paused->id, "ana", 5));
}

TEST_F(LibraryTest, UrlsAreRenewedInTheirLastThird) {
    const core::Id session = startPlaying(film);
    const auto put = [&] {
        return playback().report(request(R"({"position":60,"state":"playing"})", {{"id", session}}));
    };
    clock->time += PlaybackOptions{}.tokenLifetime / 2;
    EXPECT_EQ(put().status, 204);
    clock->time += PlaybackOptions{}.tokenLifetime / 4;
    const Response renewed = put();
    ASSERT_EQ(renewed.status, 200);
    EXPECT_EQ(json(renewed).at("expires_at").as_int64(), clock->time + PlaybackOptions{}.tokenLifetime);
    EXPECT_THAT(std::string(json(renewed).at("url").as_string()), HasSubstr("/direct/" + film + "-file.mp4"));
    EXPECT_EQ(put().status, 204);
}

TEST_F(LibraryTest, ReportsAreStrict) {
    const core::Id session = startPlaying(film);
    for (const char* body :
         {"", "{}", R"({"position":1})", R"({"state":"playing"})", R"({"position":-1,"state":"playing"})",
          R"({"position":1,"state":"rewinding"})", R"({"position":1e300,"state":"playing"})",
          R"({"position":1,"state":"playing","x":0})", R"({"position":"1","state":"playing"})"}) {
        EXPECT_EQ(playback().report(request(body, {{"id", session}})).status, 400) << body;
    }
}

}  // namespace
}  // namespace marea::server
