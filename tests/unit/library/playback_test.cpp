#include <gmock/gmock.h>

#include "doubles.h"
#include "server/apps/library/librarytitles.h"
#include "server/apps/library/picturesidecars.h"
#include "server/video/besidestreams.h"
#include "server/video/capabilities.h"

namespace marea::server {
namespace {

using testing::HasSubstr;

TEST_F(LibraryTest, PlaybackAnswersWithAUrlOfTheTitle) {
    const Response response = playback().start(request(R"({"capabilities":{"preset":"chromium"}})", {{"id", film}}));
    ASSERT_EQ(response.status, 201);
    const auto body = json(response);
    EXPECT_EQ(body.at("mode"), "direct");
    EXPECT_EQ(body.at("protocol"), "progressive");
    EXPECT_EQ(body.at("mime_type"), "video/mp4; codecs=\"avc1.640028, mp4a.40.2\"");
    EXPECT_EQ(body.at("position"), 0.0);
    EXPECT_EQ(body.at("video").at("mode"), "direct");
    EXPECT_EQ(body.at("expires_at").as_int64(), clock->time + PlaybackOptions{}.tokenLifetime);
    const std::string url(body.at("url").as_string());
    EXPECT_THAT(url, testing::StartsWith("/stream/token-login-1-"));
    EXPECT_THAT(url, testing::EndsWith("/" + film + "/direct/" + film + "-file.mp4"));
}

// A film whose container and sound a browser does not take, and its index.
void makeFilmToConvert(ItemDetail& item, FakeMaker& maker) {
    core::MediaInfo& info = item.files[0].info;
    info.container = "matroska";
    info.streams[0].width = 1920;
    info.streams[0].height = 1080;
    info.streams[0].frameRate = 24;
    info.streams[0].bitDepth = 8;
    info.streams[1].codec = "dts";
    info.streams[1].channels = 6;
    info.streams[1].sampleRate = 48'000;
    core::StreamInfo text;
    text.index = 2;
    text.kind = core::StreamKind::Subtitle;
    text.codec = "subrip";
    text.language = "es";
    info.streams.push_back(text);
    MediaIndex& index = maker.answerIndex;
    index.duration = 1000 * kTicksPerSecond;
    index.tracks.resize(2);
    index.tracks[0].kind = core::StreamKind::Video;
    index.tracks[0].codec = "h264";
    index.tracks[0].codecString = "avc1.640028";
    index.tracks[0].frameRate = {24, 1};
    for (int i = 0; i < 500; ++i) {
        index.tracks[0].keyframes.push_back({i * 2 * kTicksPerSecond, 100'000});
    }
    index.tracks[1].stream = 1;
    index.tracks[1].kind = core::StreamKind::Audio;
    index.tracks[1].codec = "dts";
    index.tracks[0].end = index.tracks[1].end = index.duration;
}

TEST_F(LibraryTest, APlanNamesTheThumbnailsThatWereMade) {
    auto& picture = media.known[film].files[0].info.streams[0];
    picture.width = 1920;
    picture.height = 1080;
    const auto sprites = [this] {
        const Response plan = playback().plan(request(R"({"capabilities":{"preset":"mpv"}})", {{"id", film}}));
        return json(plan).at("sprites_url");
    };
    EXPECT_TRUE(sprites().is_null());
    thumbnails = true;
    EXPECT_THAT(std::string(sprites().as_string()), HasSubstr(film + "/m/" + film + "-file/sprites/sprites.vtt"));
    EXPECT_EQ(number("SELECT count(*) FROM playback_sessions"), 0);
    media.known[film].files[0].info.streams.erase(media.known[film].files[0].info.streams.begin());
    EXPECT_TRUE(sprites().is_null()) << "nothing to see";
}

TEST_F(LibraryTest, WhatHasToBeConvertedComesInSegments) {
    makeFilmToConvert(media.known[film], maker);
    const Request asked = request(R"({"capabilities":{"preset":"chromium"},"start":100})", {{"id", film}});
    Response response;
    PlaybackHandlers handlers = playback();
    handlers.start(asked, std::make_shared<Reply>([&](Response made) { response = std::move(made); }));
    ASSERT_EQ(maker.indexDone.size(), 1u);  // nothing waits for it
    maker.indexDone[0](maker.answerIndex);
    ASSERT_EQ(response.status, 201);
    const auto body = json(response);
    EXPECT_EQ(body.at("mode"), "transcode");
    EXPECT_EQ(body.at("protocol"), "hls");
    EXPECT_EQ(body.at("mime_type"), "application/vnd.apple.mpegurl");
    EXPECT_EQ(body.at("video").at("mode"), "remux");
    EXPECT_EQ(body.at("audio").at("mode"), "transcode");
    EXPECT_THAT(std::string(body.at("audio").at("reasons").as_array().back().as_string()), HasSubstr("no DTS decoder"));
    const std::string base = "/" + film + "/", url(body.at("url").as_string());
    EXPECT_THAT(url, HasSubstr(base + "hls/" + film + "-file/v0-copy.a1-aac-"));
    EXPECT_THAT(url, testing::EndsWith("/master.m3u8"));
    const auto& subtitle = body.at("subtitles").as_array().at(0);
    EXPECT_EQ(subtitle.at("format"), "webvtt");
    EXPECT_EQ(subtitle.at("mode"), "direct");
    EXPECT_THAT(std::string(subtitle.at("url").as_string()),
                testing::EndsWith(base + "m/" + film + "-file/s2/subtitles.vtt"));
    EXPECT_THAT(std::string(body.at("sprites_url").as_string()), testing::EndsWith("/sprites/sprites.vtt"));
    EXPECT_EQ(text("SELECT mode FROM playback_sessions"), "transcode");
    EXPECT_THAT(text("SELECT path FROM playback_sessions"), testing::StartsWith("hls/"));
    for (const auto& ahead : maker.asked) {  // where it starts, before the player asked
        EXPECT_TRUE(ahead.spec.number == SegmentSpec::kInit || ahead.spec.to > 100 * kTicksPerSecond);
    }
    EXPECT_EQ(maker.count(), 4u);  // heads and first segments; what comes behind them waits until they are there
}

// The film as a recording that has to be read through for its keyframes, with sound that a browser takes.
void makeLongRecording(ItemDetail& item, FakeMaker& maker, const std::filesystem::path& file) {
    makeFilmToConvert(item, maker);
    item.files[0].info.container = "mpegts";
    item.files[0].info.streams[1].codec = maker.answerIndex.tracks[1].codec = "aac";
    item.files[0].info.streams[1].channels = 2;
    maker.answerIndex.tracks[1].codecString = "mp4a.40.2";
    std::filesystem::resize_file(file, static_cast<std::uintmax_t>(kQuicklyRead) + 1);
}

TEST_F(LibraryTest, ALongRecordingBeginsBeforeItIsReadThrough) {
    makeLongRecording(media.known[film], maker, media.files[film + "-file"].second);
    MediaIndex ends = maker.answerIndex;
    ends.isWhole = false;
    ends.tracks[0].keyframes.clear();
    PlaybackHandlers handlers = playback();
    Response response;
    const auto start = [&] {
        handlers.start(request(R"({"capabilities":{"preset":"chromium"}})", {{"id", film}}),
                       std::make_shared<Reply>([&](Response made) { response = std::move(made); }));
    };
    start();
    EXPECT_EQ(maker.lastDepth, IndexDepth::Soonest);
    maker.answerIndexOf(0, ends);
    ASSERT_EQ(response.status, 201);
    const auto body = json(response);
    EXPECT_EQ(body.at("mode"), "transcode");
    EXPECT_EQ(body.at("video").at("reasons").as_array().back(), "The file has not been read through yet");
    EXPECT_EQ(body.at("audio").at("mode"), "remux");
    EXPECT_THAT(std::string(body.at("url").as_string()), HasSubstr("/v0-h264-"));
    EXPECT_THAT(std::string(body.at("url").as_string()), HasSubstr(".a1-copy"));

    service->setLimits({100, 100, 0, 0});  // nothing may be encoded
    response = Response();
    start();
    EXPECT_EQ(maker.lastDepth, IndexDepth::Whole);
    maker.answerIndexOf(1, maker.answerIndex);
    ASSERT_EQ(response.status, 201);
    EXPECT_THAT(std::string(json(response).at("url").as_string()), HasSubstr("/v0-copy.a1-copy"));
}

TEST_F(LibraryTest, APictureThatTakesLongToEncodeIsReadThroughFirst) {
    makeLongRecording(media.known[film], maker, media.files[film + "-file"].second);
    media.known[film].files[0].info.streams[0].width = 3840;
    media.known[film].files[0].info.streams[0].height = 2160;
    PlaybackHandlers handlers = playback();
    handlers.start(request(R"({"capabilities":{"preset":"chromium"}})", {{"id", film}}),
                   std::make_shared<Reply>([](const Response&) {}));
    ASSERT_EQ(maker.indexes, 1);
    EXPECT_EQ(maker.lastDepth, IndexDepth::Whole);
}

TEST_F(LibraryTest, AnIndexThatCannotBeMadeIsSaid) {
    makeFilmToConvert(media.known[film], maker);
    Response response;
    PlaybackHandlers handlers = playback();
    handlers.start(request(R"({"capabilities":{"preset":"chromium"}})", {{"id", film}}),
                   std::make_shared<Reply>([&](Response made) { response = std::move(made); }));
    maker.indexDone.at(0)(core::fail(core::ErrorCode::Corrupt, "The file is cut off."));
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(json(response).at("detail"), "The file is cut off.");
    EXPECT_EQ(number("SELECT count(*) FROM playback_sessions"), 0);
}

TEST_F(LibraryTest, APlayerOfWholeFilesGetsTheDecisionAs422) {
    makeFilmToConvert(media.known[film], maker);
    const Response response = playback().start(
        request(R"({"capabilities":{"preset":"chromium","protocols":["progressive"]}})", {{"id", film}}));
    ASSERT_EQ(response.status, 422);
    EXPECT_EQ(response.headers.find("content-type"), "application/problem+json");
    const auto body = json(response);
    EXPECT_EQ(body.at("mode"), "transcode");
    EXPECT_EQ(body.at("video").at("mode"), "remux");
    EXPECT_EQ(body.at("audio").at("mode"), "transcode");
    EXPECT_EQ(number("SELECT count(*) FROM playback_sessions"), 0);
}

TEST_F(LibraryTest, AProfileIsAskedForByName) {
    auto tv = std::make_shared<StreamProfile>(*builtInProfiles().front());
    tv->name = "tv";
    tv->video.maxHeight = 720;
    tv->video.rungs = {{720, 3'000'000}};
    makeFilmToConvert(media.known[film], maker);
    const auto answer = [&](const char* body) {
        Response response;
        PlaybackHandlers handlers(*service, media, &streams, [&](std::string_view name) {
            return name == "tv" ? StreamProfilePtr(tv) : name == "default" ? builtInProfiles().front() : nullptr;
        });
        const std::size_t before = maker.indexDone.size();
        handlers.start(request(body, {{"id", film}}),
                       std::make_shared<Reply>([&](Response made) { response = std::move(made); }));
        if (maker.indexDone.size() > before) {
            maker.indexDone.back()(maker.answerIndex);
        }
        return response;
    };
    const auto url = [](const Response& response) { return std::string(json(response).at("url").as_string()); };
    EXPECT_THAT(url(answer(R"({"capabilities":{"preset":"chromium"}})")), HasSubstr("/v0-copy.a1-aac-"));
    EXPECT_THAT(url(answer(R"({"capabilities":{"preset":"chromium"},"profile":"tv"})")),
                HasSubstr("/v0-h264-720-b3000.a1-aac-"));
    const Response unknown = answer(R"({"capabilities":{"preset":"chromium"},"profile":"radio"})");
    EXPECT_EQ(unknown.status, 422);
    EXPECT_EQ(json(unknown).at("detail"), "There is no profile \"radio\" on this server.");
    EXPECT_EQ(answer(R"({"capabilities":{"preset":"chromium"},"profile":7})").status, 400);
}

TEST_F(LibraryTest, SessionsAreCappedPerUserAndOverall) {
    PlaybackOptions options;
    options.maxSessions = 4;
    options.maxSessionsPerUser = 3;
    options.maxTranscodes = 2;
    options.maxTranscodesPerUser = 1;
    PlaybackService small(*database, tokens, clock, core::makeNullLogger(), options);
    const auto begin = [&](const char* user, const char* mode) {
        PlaybackSession session;
        session.userId = user;
        session.loginId = "login-1";
        session.mediaId = film;
        session.kind = "movie";
        session.mode = mode;
        const auto begun = small.begin(session);
        return begun ? "" : core::name(begun.error().code);
    };
    const std::string busy = core::name(core::ErrorCode::Busy), full = core::name(core::ErrorCode::Unavailable);
    EXPECT_EQ(begin("ana", "transcode"), std::string());
    EXPECT_EQ(begin("ana", "transcode"), busy) << "the user's own";
    EXPECT_EQ(begin("ana", "direct"), std::string());
    EXPECT_EQ(begin("ana", "remux"), std::string());
    EXPECT_EQ(begin("ana", "direct"), busy);
    EXPECT_EQ(begin("ben", "transcode"), std::string());
    EXPECT_EQ(begin("cem", "direct"), full);
    clock->time += options.idleEnd / 2;
    small.streamed("login-1", film);  // all of that device
    clock->time += options.idleEnd * 3 / 4;
    small.endIdle();
    EXPECT_EQ(small.openCount(), 4u) << "who fetches is alive";
    clock->time += options.idleEnd;
    small.endIdle();
    EXPECT_EQ(small.openCount(), 0u);
    EXPECT_EQ(begin("ana", "transcode"), std::string()) << "the dead have freed their places";
}

TEST_F(LibraryTest, StreamsAreOfTheirOwnTitleAndUser) {
    LibraryTitles titles(*service, media);
    const Principal tv{"", "login-1", "", ""};
    const auto opened = titles.open(tv, film, film + "-file");
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->user, "ana");
    EXPECT_EQ(opened->info.container, "mp4");
    EXPECT_TRUE(opened->handle);
    addFilm("other", 10);
    EXPECT_EQ(titles.open(tv, "other", film + "-file").error().code, core::ErrorCode::NotFound);
    EXPECT_EQ(titles.open(tv, "nothing", film + "-file").error().code, core::ErrorCode::NotFound);
    EXPECT_FALSE(titles.open({"", "gone", "", ""}, film, film + "-file"));
    put("sub", film, "film.srt", "1");
    EXPECT_TRUE(titles.openSidecar(tv, film, "sub"));
    EXPECT_EQ(titles.openSidecar(tv, "other", "sub").error().code, core::ErrorCode::NotFound);
}

TEST_F(LibraryTest, PlaybackRefusesWhatItCannotDo) {
    const auto status = [&](const char* body, const core::Id& id) {
        return playback().start(request(body, {{"id", id}})).status;
    };
    EXPECT_EQ(status(R"({"capabilities":{"preset":"mpv"}})", "nothing"), 404);
    EXPECT_EQ(status(R"({"capabilities":{"preset":"mpv"},"file":"other"})", film), 404);
    EXPECT_EQ(status(R"({"capabilities":{"preset":"mpv"},"audio":7})", film), 422);
    EXPECT_EQ(status(R"({"capabilities":{"preset":"mpv"},"audio":0})", film), 422);  // a video stream
    EXPECT_EQ(status(R"({"capabilities":{"preset":"mpv"},"subtitle":"x"})", film), 422);
    EXPECT_EQ(status(R"({"capabilities":{"preset":"mpv"},"subtitle":null,"audio":1,"start":5})", film), 201);
    for (const char* body :
         {"", "[]", "{}", R"({"capabilities":{"preset":"x"}})", R"({"capabilities":{"preset":"mpv"},"x":1})",
          R"({"capabilities":{"preset":"mpv"},"start":-1})", R"({"capabilities":{"preset":"mpv"},"audio":"1"})"}) {
        EXPECT_EQ(status(body, film), 400) << body;
    }
    media.known[film].files[0].status = "broken";
    media.known[film].files[0].problem = "The file is cut off.";
    const Response broken = playback().start(request(R"({"capabilities":{"preset":"mpv"}})", {{"id", film}}));
    EXPECT_EQ(broken.status, 422);
    EXPECT_EQ(json(broken).at("detail"), "The file is cut off.");
    media.known[film].files.clear();
    EXPECT_EQ(status(R"({"capabilities":{"preset":"mpv"}})", film), 422);
}

TEST_F(LibraryTest, SubtitlesOfTheFileAndBesideItAreListed) {
    ItemDetail& item = media.known[film];
    core::StreamInfo pgs;
    pgs.kind = core::StreamKind::Subtitle;
    pgs.codec = "hdmv_pgs_subtitle";
    pgs.index = 2;
    pgs.language = "es";
    item.files[0].info.streams.push_back(pgs);
    item.sidecars.push_back({"side-1", SidecarKind::Subtitle, "en", true, false, false, "vtt", "film.en.vtt"});
    item.sidecars.push_back({"side-2", SidecarKind::Lyrics, "", false, false, false, "lrc", "film.lrc"});
    const auto list =
        json(playback().start(request(R"({"capabilities":{"preset":"chromium"}})", {{"id", film}}))).at("subtitles");
    ASSERT_EQ(list.as_array().size(), 2u);
    EXPECT_EQ(list.at(0).at("mode"), "burn");
    EXPECT_EQ(list.at(0).at("stream_index"), 2);
    EXPECT_TRUE(list.at(0).at("url").is_null());
    EXPECT_EQ(list.at(1).at("mode"), "direct");
    EXPECT_EQ(list.at(1).at("format"), "webvtt");
    EXPECT_THAT(std::string(list.at(1).at("url").as_string()), testing::EndsWith(film + "/sidecar/side-1.vtt"));
}

TEST_F(LibraryTest, PicturesBesideAFilmAreDrawnByThePlayerOrIntoTheFilm) {
    auto& item = media.known[film];
    item.sidecars.push_back({"side-1", SidecarKind::Subtitle, "de", false, false, false, "sup", "film.sup"});
    item.sidecars.push_back(
        {"side-2", SidecarKind::Subtitle, "", false, false, false, "idx", "film.idx", {"en", "", "es"}});
    addPictureSidecars(item);
    const auto listFor = [&](const char* preset) {
        const auto body = std::string(R"({"capabilities":{"preset":")") + preset + R"("}})";
        return json(playback().start(request(body, {{"id", film}}))).at("subtitles").as_array();
    };
    const auto drawn = listFor("mpv"), burnt = listFor("chromium");
    ASSERT_EQ(drawn.size(), 4u) << "one for each language";
    EXPECT_EQ(drawn[0].at("mode"), "direct");
    EXPECT_THAT(std::string(drawn[0].at("url").as_string()), testing::EndsWith("/sidecar/side-1.sup"));
    EXPECT_EQ(drawn[1].at("mode"), "burn") << "two files do not come by one address";
    const char* ids[] = {"side-1", "side-2", "side-2.1", "side-2.2"};
    const core::json::value languages[] = {"de", "en", nullptr, "es"};
    for (std::size_t i = 0; i < burnt.size(); ++i) {
        EXPECT_EQ(burnt[i].at("id"), ids[i]);
        EXPECT_EQ(burnt[i].at("language"), languages[i]);
        EXPECT_EQ(burnt[i].at("mode"), "burn") << "not as text, which they are not";
        EXPECT_TRUE(burnt[i].at("url").is_null());
        EXPECT_EQ(burnt[i].at("embedded"), false);
    }
}

TEST_F(LibraryTest, ALanguageBesideAFilmIsChosenByItsName) {
    auto& item = media.known[film];
    item.sidecars.push_back({"side-2", SidecarKind::Subtitle, "", false, false, false, "idx", "f.idx", {"en", "es"}});
    addPictureSidecars(item);
    PlaybackRequest wanted;
    wanted.client = *capabilityPreset("chromium");
    wanted.subtitleFile = "side-2.1";
    EXPECT_EQ(streamChoice(item, item.files[0], wanted).subtitle, besideStream("side-2", 1));
    const auto plan = planPlayback(item, wanted);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->decision.video->mode, DeliveryMode::Transcode);
    EXPECT_THAT(plan->decision.video->reasons, testing::Contains(testing::HasSubstr("VobSub")));
    wanted.subtitleFile = "side-2.2";
    EXPECT_FALSE(planPlayback(item, wanted));
}

TEST_F(LibraryTest, ChangesOfTheLibraryAppendOneEventEach) {
    const auto put = [&](const char* body) { return library().change(request(body, {{"media_id", film}})); };
    const auto first = json(put(R"({"rating":8,"favourite":true})"));
    EXPECT_EQ(first.at("rating"), 8);
    EXPECT_EQ(first.at("favourite"), true);
    put(R"({"rating":8})");  // no change, no event
    put(R"({"watched":true})");
    const auto last = json(put(R"({"rating":null,"position":70.5})"));
    EXPECT_TRUE(last.at("rating").is_null());
    EXPECT_EQ(last.at("position"), 70.5);
    EXPECT_EQ(last.at("watched"), true);
    EXPECT_EQ(text("SELECT group_concat(type || seq) FROM (SELECT type, seq FROM events ORDER BY seq)"),
              "RATED1,FAVOURITED2,WATCHED3,RATED4");
    EXPECT_EQ(text("SELECT data FROM events WHERE seq = 1"), R"({"rating":8})");
    for (const char* body :
         {"{}", R"({"rating":0})", R"({"rating":11})", R"({"rating":5.5})", R"({"watched":1})", R"({"liked":true})"}) {
        EXPECT_EQ(put(body).status, 400) << body;
    }
    EXPECT_EQ(library().change(request(R"({"rating":1})", {{"media_id", "unknown"}})).status, 404);
}

TEST_F(LibraryTest, SequenceNumbersAreTheUsersOwn) {
    library().change(request(R"({"rating":1})", {{"media_id", film}}, "ana"));
    library().change(request(R"({"rating":2})", {{"media_id", film}}, "ben"));
    EXPECT_EQ(number("SELECT max(seq) FROM events"), 1);
}

TEST_F(LibraryTest, ShelvesArePagedNewestFirst) {
    std::vector<core::Id> ids;
    for (int i = 0; i < 5; ++i) {
        ids.push_back(core::newId(clock->time));
        addFilm(ids.back(), 1000);
        clock->time += 1000;
        library().change(request(R"({"favourite":true,"position":60})", {{"media_id", ids.back()}}));
    }
    for (const char* state : {"favourite", "in_progress"}) {
        std::vector<std::string> seen;
        std::string cursor;
        do {
            Request asked = request();
            asked.query = {{"state", state}, {"limit", "2"}, {"cursor", cursor}};
            const auto page = json(library().list(asked));
            for (const auto& item : page.at("items").as_array()) {
                seen.emplace_back(item.at("id").as_string());
            }
            cursor = page.at("next_cursor").is_null() ? "" : std::string(page.at("next_cursor").as_string());
        } while (!cursor.empty());
        EXPECT_THAT(seen, testing::ElementsAre(ids[4], ids[3], ids[2], ids[1], ids[0])) << state;
    }
    Request other = request({}, {}, "ben");
    other.query = {{"state", "favourite"}};
    EXPECT_TRUE(json(library().list(other)).at("items").as_array().empty());
}

TEST_F(LibraryTest, ShelfQueriesAreStrict) {
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"state", "all"}, {"limit", "0"}, {"limit", "201"}, {"limit", "2x"}, {"cursor", "x"}, {"cursor", "5.x"}}) {
        Request asked = request();
        asked.query = {{name, value}};
        EXPECT_EQ(library().list(asked).status, 400) << name << "=" << value;
    }
}

TEST_F(LibraryTest, AFileIsOnlySentForItsOwnTitle) {
    Request asked = request({}, {{"title", film}, {"file", film + "-file.mp4"}});
    asked.principal->userId.clear();  // stream tokens name the log-in only
    const Response sent = files().direct(asked);
    ASSERT_EQ(sent.status, 200);
    EXPECT_EQ(std::get<FileBody>(sent.body).size, 10u);
    EXPECT_EQ(sent.headers.find("etag"), "\"e-10\"");
    EXPECT_EQ(sent.headers.find("content-type"), "video/mp4");
    EXPECT_EQ(files().direct(request({}, {{"title", "another"}, {"file", film + "-file.mp4"}})).status, 404);
    EXPECT_EQ(files().direct(request({}, {{"title", film}, {"file", "unknown.mp4"}})).status, 404);
    asked.principal->sessionId = "signed-out";
    EXPECT_EQ(files().direct(asked).status, 401);
}

TEST_F(LibraryTest, DownloadSendsTheFirstFileThatIsThere) {
    EXPECT_EQ(files().download(request({}, {{"id", film}})).status, 200);
    EXPECT_EQ(files().download(request({}, {{"id", "unknown"}})).status, 404);
    media.known[film].files[0].status = "missing";
    EXPECT_EQ(files().download(request({}, {{"id", film}})).status, 404);
}

TEST_F(LibraryTest, SidecarsAreTextInUtf8) {
    put("side-1", film, "film.en.SRT",
        std::string("\xFF\xFE"
                    "a\0\xE9\0",
                    6));
    put("side-2", film, "film.vtt", "WEBVTT\n");
    const Response srt = files().sidecar(request({}, {{"title", film}, {"sidecar", "side-1.srt"}}));
    EXPECT_EQ(srt.status, 200);
    EXPECT_EQ(srt.headers.find("content-type"), "text/plain; charset=utf-8");
    EXPECT_EQ(std::get<std::string>(srt.body), "a\xC3\xA9");
    const Response vtt = files().sidecar(request({}, {{"title", film}, {"sidecar", "side-2.vtt"}}));
    EXPECT_EQ(vtt.headers.find("content-type"), "text/vtt; charset=utf-8");
    EXPECT_EQ(files().sidecar(request({}, {{"title", "another"}, {"sidecar", "side-2.vtt"}})).status, 404);
}

}  // namespace
}  // namespace marea::server
