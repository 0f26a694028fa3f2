#include <gmock/gmock.h>

#include "doubles.h"
#include "server/apps/library/listening.h"
#include "server/apps/library/soundfiles.h"

namespace marea::server {
namespace {

using core::TimeMs;

ItemDetail song(const std::string& codec, std::int64_t bitrate) {
    ItemFile file;
    file.id = "01900000-0000-7000-8000-00000000000f";
    file.extension = codec;
    file.status = "ok";
    file.info.container = codec == "opus" ? "ogg" : codec;
    file.info.duration = 200;
    file.info.bitrate = bitrate;
    core::StreamInfo sound;
    sound.kind = core::StreamKind::Audio;
    sound.codec = codec;
    sound.channels = 2;
    sound.sampleRate = 44100;
    sound.bitrate = bitrate;
    file.info.streams = {sound};
    ItemDetail item;
    item.id = "song";
    item.kind = "track";
    item.duration = 200;
    item.files = {file};
    return item;
}

std::string delivered(const ItemDetail& item, SoundWish wish) {
    std::size_t file = 0;
    const auto delivery = soundDelivery(item, wish, file);
    return delivery ? delivery->path.substr(delivery->path.find('/') + 38) : "none";
}

TEST(SoundDeliveryTest, AFileIsLeftAsItIsWhereItFits) {
    const ItemDetail flac = song("flac", 900'000), mp3 = song("mp3", 192'000);
    EXPECT_EQ(delivered(flac, {}), "flac") << "direct/<file>.flac";
    EXPECT_EQ(delivered(flac, {.asIs = true, .maxBitrate = 128'000, .from = 5}), "flac");
    EXPECT_EQ(delivered(flac, {.codec = "flac"}), "flac");
    EXPECT_EQ(delivered(mp3, {.codec = "mp3"}), "mp3");
    EXPECT_EQ(delivered(mp3, {.codec = "mp3", .maxBitrate = 192'000}), "mp3");
    EXPECT_EQ(delivered(mp3, {.maxBitrate = 320'000}), "mp3");
}

TEST(SoundDeliveryTest, ElseItIsMade) {
    using testing::EndsWith;
    using testing::HasSubstr;
    const ItemDetail flac = song("flac", 900'000), mp3 = song("mp3", 192'000);
    EXPECT_THAT(delivered(flac, {.maxBitrate = 128'000}), EndsWith("/audio.mp3")) << "what everybody plays";
    EXPECT_THAT(delivered(flac, {.maxBitrate = 128'000}), HasSubstr("128"));
    EXPECT_THAT(delivered(flac, {.codec = "opus", .maxBitrate = 96'000}), EndsWith("/audio.opus"));
    EXPECT_THAT(delivered(mp3, {.codec = "mp3", .from = 30}), EndsWith("/audio.mp3")) << "begins elsewhere";
    EXPECT_THAT(delivered(mp3, {.codec = "flac", .maxBitrate = 96'000}), EndsWith("/audio.mp3"))
        << "FLAC keeps to no bitrate";
    EXPECT_THAT(delivered(mp3, {.maxBitrate = 8'000}), EndsWith("/audio.mp3")) << "the least there is";
    ItemDetail film = song("mp3", 1);
    film.kind = "movie";
    EXPECT_EQ(delivered(film, {}), "none");
    ItemDetail broken = song("mp3", 1);
    broken.files.front().status = "broken";
    EXPECT_EQ(delivered(broken, {}), "none");
}

TEST(ListeningTest, TheSameTimeSaidTwiceIsOne) {
    Listened listened;
    listened.duration = 200;
    listened.at = 1'000'000;
    EXPECT_TRUE(isAnotherTime(std::nullopt, listened));
    EXPECT_FALSE(isAnotherTime(TimeMs{1'000'000}, listened));
    EXPECT_FALSE(isAnotherTime(TimeMs{901'000}, listened));
    EXPECT_FALSE(isAnotherTime(TimeMs{1'099'000}, listened));
    EXPECT_TRUE(isAnotherTime(TimeMs{900'000}, listened));
    listened.duration = 0;
    EXPECT_FALSE(isAnotherTime(TimeMs{1'000'000}, listened));
    EXPECT_TRUE(isAnotherTime(TimeMs{1'000'001}, listened));
}

class SoundsTest : public LibraryTest {
protected:
    void SetUp() override { media.known["song"] = song("mp3", 192'000); }
    Listened heard() const { return {{"ana", "login-1"}, "song", 200, clock->time}; }
    core::Id stream(const char* path = "direct/x.mp3", const char* login = "login-1") {
        PlaybackSession session;
        session.userId = "ana";
        session.loginId = login;
        session.mediaId = "song";
        session.kind = "track";
        session.path = path;
        session.duration = 200;
        return service->begin(std::move(session))->id;
    }
};

TEST_F(SoundsTest, OneTimeIsOnePlayOfTheSessionThatItCameThrough) {
    const core::Id first = stream();
    clock->time += 100'000;
    EXPECT_TRUE(*service->listened(heard()));
    EXPECT_EQ(text("SELECT session_id FROM events WHERE type = 'PLAYED'"), first);
    EXPECT_EQ(number("SELECT play_count FROM user_library WHERE user_id = 'ana' AND media_id = 'song'"), 1);
    clock->time += 10'000;
    EXPECT_FALSE(*service->listened(heard())) << "said again, as after an answer that was lost";
    ASSERT_TRUE(service->end(first, "ana", std::nullopt)) << "and when the session ends";
    EXPECT_EQ(number("SELECT count(*) FROM events"), 1);
    clock->time += 200'000;
    EXPECT_TRUE(*service->listened(heard())) << "again, from what the player kept";
    EXPECT_EQ(number("SELECT play_count FROM user_library WHERE user_id = 'ana' AND media_id = 'song'"), 2);
    EXPECT_EQ(number("SELECT count(*) FROM user_library WHERE user_id <> 'ana'"), 0);
}

TEST_F(SoundsTest, AskingForMoreGoesOnWithTheSameSession) {
    stream();
    EXPECT_TRUE(service->goOn("login-1", "song", "direct/x.mp3"));
    EXPECT_FALSE(service->goOn("login-1", "song", "m/x/y/audio.mp3")) << "a conversion counts by itself";
    EXPECT_FALSE(service->goOn("login-2", "song", "direct/x.mp3"));
    clock->time += 61'000;
    service->endIdle();
    EXPECT_FALSE(service->goOn("login-1", "song", "direct/x.mp3"));
    EXPECT_EQ(number("SELECT count(*) FROM events"), 0) << "what was only fetched was not played";
}

}  // namespace
}  // namespace marea::server
