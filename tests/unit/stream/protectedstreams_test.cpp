#include <fcntl.h>
#include <gmock/gmock.h>
#include <openssl/evp.h>

#include <future>

#include "server/protection/wholesegment.h"
#include "server/stream/streamhandlers.h"
#include "tests/unit/stream/doubles.h"

namespace marea::server {
namespace {

using testing::HasSubstr;
using testing::Not;

const ProtectionSchemes all(std::begin(kProtectionSchemes), std::end(kProtectionSchemes));

// A film that is protected as the test says.
class FakeTitles final : public TitleSource {
public:
    core::Result<StreamTitle> open(const Principal&, const core::Id& title, const core::Id& file) override {
        ++opened;
        StreamTitle made;
        made.user = "ana";
        made.title = title;
        made.file = file;
        made.handle = core::FileHandle(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        made.name = "film.mp4";
        made.fingerprint = "\"1\"";
        made.info.container = "mp4";
        made.info.duration = 20;
        core::StreamInfo video, audio;
        video.kind = core::StreamKind::Video;
        video.codec = "h264";
        video.width = 1280;
        video.height = 720;
        video.frameRate = 24;
        video.bitDepth = 8;
        audio.index = 1;
        audio.kind = core::StreamKind::Audio;
        audio.codec = "aac";
        audio.channels = 2;
        audio.sampleRate = 48'000;
        made.info.streams = {video, audio};
        made.protection = protection;
        return made;
    }
    core::Result<StreamTitle> openSidecar(const Principal&, const core::Id&, const core::Id&) override {
        return core::fail(core::ErrorCode::NotFound, "There is no such file.");
    }
    std::optional<ProtectionSchemes> protection = all;
    int opened = 0;
};

// Makes everything at once: bytes that say what they are, and that must not be seen.
class SpeakingMaker final : public FakeMaker {
public:
    Ticket segment(SegmentSource, SegmentSpec spec, Urgency, Done<std::string> done) override {
        done("CLEAR PIECE " + std::to_string(spec.number) + std::string(100, '.'));
        return 1;
    }
};

class ProtectedStreams : public testing::Test {
protected:
    ProtectedStreams() {
        maker.answersIndex = true;
        MediaIndex& index = maker.answerIndex;
        index.duration = 20 * kTicksPerSecond;
        index.tracks.resize(2);
        index.tracks[0].kind = core::StreamKind::Video;
        index.tracks[0].codec = "h264";
        index.tracks[0].codecString = "avc1.64001f";
        index.tracks[0].frameRate = {24, 1};
        for (int second = 0; second < 20; second += 2) {
            index.tracks[0].keyframes.push_back({second * kTicksPerSecond, 500'000});
        }
        index.tracks[1].stream = 1;
        index.tracks[1].kind = core::StreamKind::Audio;
        index.tracks[1].codec = "aac";
        index.tracks[1].codecString = "mp4a.40.2";
        index.tracks[0].end = index.tracks[1].end = index.duration;
        handlers.addRoutes(router);
    }

    Response get(const std::string& rest) {
        const std::string path = "/stream/token/film/" + rest;
        Router::Match match = router.match(Method::Get, path);
        if (!match.route) {
            return Response::empty(404);
        }
        Request request;
        request.path = path;
        request.params = std::move(match.params);
        request.principal = Principal{"ana", "login", "ana", "owner"};
        std::promise<Response> answer;
        match.route->handler(std::move(request),
                             Reply([&](Response response) { answer.set_value(std::move(response)); }));
        return answer.get_future().get();
    }
    static std::string bodyOf(const Response& response) {
        if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) {
            return **shared;
        }
        const auto* own = std::get_if<std::string>(&response.body);
        return own ? *own : std::holds_alternative<FileBody>(response.body) ? "CLEAR: a file of the cache" : "";
    }
    static std::string opened(const std::string& sealed, std::uint64_t number) {
        const Key128 key = FakeKeys().key("film", ProtectionScheme::Aes128)->value, vector = sequenceVector(number);
        EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
        std::string out(sealed.size() + 16, '\0');
        int length = 0, rest = 0;
        auto* to = reinterpret_cast<unsigned char*>(out.data());
        EVP_DecryptInit_ex(context, EVP_aes_128_cbc(), nullptr, key.data(), vector.data());
        EVP_DecryptUpdate(context, to, &length, reinterpret_cast<const unsigned char*>(sealed.data()),
                          static_cast<int>(sealed.size()));
        EVP_DecryptFinal_ex(context, to + length, &rest);
        EVP_CIPHER_CTX_free(context);
        out.resize(static_cast<std::size_t>(length + rest));
        return out;
    }

    Folder folder;
    SpeakingMaker maker;
    FakeTitles titles;
    FakeKeys keys;
    StreamService service{[this] {
                              StreamOptions options;
                              options.folder = folder.path.string();
                              options.build = "test";
                              return options;
                          }(),
                          maker, core::makeNullLogger()};
    WorkPool pool{2, 100};
    StreamHandlers handlers{service,
                            titles,
                            keys,
                            pool,
                            {{OutsideSystem::Widevine, OutsideSystem::PlayReady, OutsideSystem::FairPlay}, "p"}};
    Router router;
};

// Every address there is of picture and sound, in every form.
const std::vector<std::string> addresses = {"hls/file/v0-copy.a1-copy/master.m3u8",
                                            "hls/file/v0-copy.a1-copy/ts.m3u8",
                                            "dash/file/v0-copy.a1-copy/manifest.mpd",
                                            "m/file/v0-copy/media.m3u8",
                                            "m/file/v0-copy/pictures.m3u8",
                                            "m/file/v0-copy/init.mp4",
                                            "m/file/v0-copy/1.m4s",
                                            "m/file/v0-copy/p1.m4s",
                                            "m/file/v0-copy/1.ts",
                                            "m/file/v0-copy+a1-copy/1.ts",
                                            "m/file/v0-copy+a1-copy/media.m3u8",
                                            "m/file/a1-copy/1.m4s",
                                            "m/file/a1-mp3-2-320/audio.mp3",
                                            "m/file/v0-h264-480/1.m4s"};

TEST_F(ProtectedStreams, NothingOfThemIsAtTheClearAddresses) {
    for (const std::string& address : addresses) {
        const Response response = get(address);
        EXPECT_EQ(response.status, 403) << address;
        EXPECT_THAT(bodyOf(response), Not(HasSubstr("CLEAR"))) << address;
    }
    titles.protection.reset();
    handlers.forgetTitles();
    for (const std::string& address : addresses) {
        EXPECT_EQ(get(address).status, 200) << address;  // so they are the right ones
    }
}

TEST_F(ProtectedStreams, NoClearByteLeavesAtTheOtherAddresses) {
    for (const char* kind :
         {"aes-128", "clearkey-cenc", "clearkey-cbcs", "identity-cenc", "identity-cbcs", "drm-cenc", "drm-cbcs"}) {
        for (const std::string& address : addresses) {
            const bool head = std::string_view(kind) == "aes-128" && address.ends_with("init.mp4");  // has no sample
            const std::string body = bodyOf(get("e/" + std::string(kind) + "/" + address));
            EXPECT_EQ(body.find("CLEAR") != body.npos, head) << kind << " " << address;
        }
    }
}

TEST_F(ProtectedStreams, WholeSegmentsComeBackWithTheirNumber) {
    for (const auto& [address, number] : {std::pair("m/file/v0-copy/3.m4s", 3), std::pair("m/file/v0-copy/p2.m4s", 2),
                                          std::pair("m/file/v0-copy+a1-copy/0.ts", 0)}) {
        const Response response = get("e/aes-128/" + std::string(address));
        ASSERT_EQ(response.status, 200) << address;
        EXPECT_THAT(opened(bodyOf(response), static_cast<std::uint64_t>(number)),
                    HasSubstr("CLEAR PIECE " + std::to_string(number)));
        EXPECT_EQ(bodyOf(get("e/aes-128/" + std::string(address))), bodyOf(response));
    }
}

TEST_F(ProtectedStreams, PlaylistsNameTheKeyOnceForAllSegments) {
    const std::string media = bodyOf(get("e/aes-128/m/file/v0-copy/media.m3u8"));
    EXPECT_THAT(media,
                HasSubstr("#EXT-X-MAP:URI=\"init.mp4\"\n#EXT-X-KEY:METHOD=AES-128,URI=\"../../../key\"\n#EXTINF"));
    EXPECT_THAT(bodyOf(get("e/aes-128/m/file/v0-copy+a1-copy/media.m3u8")), HasSubstr("#EXT-X-KEY:METHOD=AES-128"));
    EXPECT_THAT(bodyOf(get("e/clearkey-cbcs/m/file/v0-copy/pictures.m3u8")),
                HasSubstr("#EXT-X-KEY:METHOD=SAMPLE-AES,"));
    EXPECT_THAT(bodyOf(get("e/clearkey-cenc/hls/file/v0-copy.a1-copy/master.m3u8")),
                HasSubstr("#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES-CTR,"));
    const std::string dash = bodyOf(get("e/clearkey-cenc/dash/file/v0-copy.a1-copy/manifest.mpd"));
    EXPECT_THAT(dash, HasSubstr("cenc:default_KID=\"66696c6d-0000-0000-0000-000000000000\""));
    const auto first = dash.find("mp4protection");
    EXPECT_NE(dash.find("mp4protection", first + 1), dash.npos);  // picture and sound
}

TEST_F(ProtectedStreams, SystemsOutsideAreSignalledWhereTheyHaveAProvider) {
    const std::string cenc = bodyOf(get("e/drm-cenc/m/file/v0-copy/media.m3u8"));
    EXPECT_THAT(cenc, HasSubstr("\n#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI=\"data:text/plain;base64,"));
    EXPECT_THAT(cenc, HasSubstr("KEYFORMAT=\"com.microsoft.playready\""));
    EXPECT_THAT(cenc, Not(HasSubstr("skd://")));
    const std::string master = bodyOf(get("e/drm-cbcs/hls/file/v0-copy.a1-copy/master.m3u8"));
    EXPECT_THAT(master, HasSubstr("#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI=\"skd://66696c6d-0000-0000-0000-"
                                  "000000000000\",KEYFORMAT=\"com.apple.streamingkeydelivery\""));
    const std::string dash = bodyOf(get("e/drm-cenc/dash/file/v0-copy.a1-copy/manifest.mpd"));
    EXPECT_THAT(dash, HasSubstr("urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95"));
    EXPECT_THAT(dash, Not(HasSubstr("ClearKey")));

    StreamHandlers without{service, titles, keys, pool},
        apple{service, titles, keys, pool, {{OutsideSystem::FairPlay}, ""}};
    Router none, fairplay;
    without.addRoutes(none);
    apple.addRoutes(fairplay);
    std::swap(router, none);
    EXPECT_EQ(get("e/drm-cenc/m/file/v0-copy/1.m4s").status, 404);
    EXPECT_EQ(get("e/clearkey-cenc/m/file/v0-copy/media.m3u8").status, 200);
    std::swap(router, fairplay);
    EXPECT_EQ(get("e/drm-cenc/m/file/v0-copy/media.m3u8").status, 404);
    EXPECT_EQ(get("e/drm-cbcs/m/file/v0-copy/media.m3u8").status, 200);
    EXPECT_EQ(get("e/drm-cbcs/dash/file/v0-copy.a1-copy/manifest.mpd").status, 404);
}

TEST_F(ProtectedStreams, EachFormIsWhereItBelongs) {
    EXPECT_EQ(get("e/aes-128/dash/file/v0-copy.a1-copy/manifest.mpd").status, 404);
    EXPECT_EQ(get("e/clearkey-cenc/hls/file/v0-copy.a1-copy/ts.m3u8").status, 404);
    EXPECT_EQ(get("e/clearkey-cenc/m/file/v0-copy+a1-copy/media.m3u8").status, 404);
    EXPECT_EQ(get("e/clearkey-cenc/m/file/v0-copy+a1-copy/0.ts").status, 404);
    EXPECT_EQ(get("e/aes-128/m/file/a1-mp3-2-320/audio.mp3").status, 404);
    EXPECT_EQ(get("e/rot13/m/file/v0-copy/1.m4s").status, 404);
    titles.protection = ProtectionSchemes{ProtectionScheme::Cbcs};
    handlers.forgetTitles();
    EXPECT_EQ(get("e/aes-128/m/file/v0-copy/1.m4s").status, 404);
    titles.protection.reset();
    handlers.forgetTitles();
    EXPECT_EQ(get("e/aes-128/m/file/v0-copy/1.m4s").status, 404);  // it is in the clear
}

TEST_F(ProtectedStreams, ThumbnailsAreForWhoeverMayPlay) {
    EXPECT_EQ(get("m/file/sprites/sprites.vtt").status, 200);
    EXPECT_EQ(get("e/aes-128/m/file/sprites/images.m3u8").status, 200);
}

TEST_F(ProtectedStreams, WithoutKeysThereIsNothing) {
    keys.refuses = true;
    for (const std::string& address : addresses) {
        EXPECT_EQ(get("e/aes-128/" + address).status, 503) << address;
    }
}

TEST_F(ProtectedStreams, AChoiceHoldsAtOnce) {
    titles.protection.reset();
    EXPECT_EQ(get("m/file/v0-copy/1.m4s").status, 200);
    titles.protection = all;
    handlers.forgetTitles();
    EXPECT_EQ(get("m/file/v0-copy/1.m4s").status, 403);
    EXPECT_EQ(titles.opened, 2);
}

TEST_F(ProtectedStreams, WhatIsUnderWayIsBounded) {
    Sealer sealer(service, 200);
    const auto title = std::make_shared<const StreamTitle>(*titles.open({}, "film", "file"));
    const Seal seal{{ProtectionScheme::Aes128, false}, *keys.key("film", ProtectionScheme::Aes128)};
    std::vector<core::Result<Sealer::Bytes>> answers;
    const auto ask = [&](int number) {
        sealer.piece({title, "login", "v0-copy", SegmentFormat::Mp4, number}, seal,
                     [&](core::Result<Sealer::Bytes> bytes) { answers.push_back(std::move(bytes)); });
    };
    ask(1);
    ask(2);
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_TRUE(answers[0]);
    EXPECT_EQ(answers[1].error().code, core::ErrorCode::Unavailable);
    answers.clear();  // sent
    ask(2);
    EXPECT_TRUE(answers[0]);
}

}  // namespace
}  // namespace marea::server
