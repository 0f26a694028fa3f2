#include "server/transcode/protocol.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <limits>
#include <random>

using namespace marea;
using namespace marea::server;

namespace {

core::MediaInfo fullInfo() {
    core::MediaInfo info;
    info.container = "matroska";
    info.duration = 5400.25;
    info.bitrate = 1'234'567;
    core::StreamInfo video;
    video.codec = "hevc";
    video.kind = core::StreamKind::Video;
    video.hdr = core::HdrKind::DolbyVision;
    video.dolbyVisionProfile = 8;
    video.width = 3840;
    video.height = 2160;
    video.frameRate = 23.976;
    core::StreamInfo audio;
    audio.index = 1;
    audio.kind = core::StreamKind::Audio;
    audio.atmos = true;
    audio.language = "es";
    info.streams = {video, audio};
    info.chapters = {{0, 60, "Pr\xC3\xB3logo"}, {60, 5400, ""}};
    info.tags.genres = {"Drama", "Comedy"};
    info.tags.replayGainTrack = -6.5;
    info.hasCover = true;
    return info;
}

std::pair<const std::uint8_t*, std::size_t> body(const Bytes& frame) {
    return {frame.data() + 4, frame.size() - 4};
}

SegmentSpec fullSpec() {
    SegmentSpec spec;
    VideoEncoding video{"h264", 1920, 1080, {30'000, 1001}, 8'000'000, true, 4};
    AudioEncoding audio{"aac", 6, 48'000, 384'000, -3.5};
    spec.tracks = {{0, video}, {2, audio}};
    spec.format = SegmentFormat::MpegTs;
    spec.number = 7;
    spec.from = -90;
    spec.to = 360'000;
    return spec;
}

MediaIndex fullIndex() {
    TrackIndex video{0, core::StreamKind::Video, "h264", "avc1.640028", 0, 540'000, {24, 1}, {}, 5'000'000};
    for (int i = 0; i < 30'000; ++i)  // more than a list of anything else may have
        video.keyframes.push_back({i * Ticks{3600}, 1000 + i});
    video.openGroups = true;
    TrackIndex audio{1, core::StreamKind::Audio, "aac", "mp4a.40.2", -1024, 540'000, {}, {}, 128'000};
    return {540'000, {video, audio}};
}

// Through the wire and back; the bytes of a second time must be the first's.
template <class Message>
Message roundTrip(const Message& message) {
    Bytes frame, again;
    encode(frame, message);
    auto back = [&] {
        if constexpr (std::is_same_v<Message, Request>)
            return decodeRequest(frame.data() + 4, frame.size() - 4);
        else
            return decodeReply(frame.data() + 4, frame.size() - 4);
    }();
    if (!back) {
        ADD_FAILURE() << back.error().detail;
        return {};
    }
    encode(again, *back);
    EXPECT_EQ(again, frame);
    return *back;
}

Bytes probeFrame() {
    Bytes frame;
    encode(frame, Reply(ProbeReply{7, fullInfo()}));
    return frame;
}

TEST(Protocol, WhatOpensAFileComesBehindItsRequest) {
    const Request request = ProbeRequest{5, "film.mkv"};
    const FileSecret secret{std::string(64, '\xff'), std::string("\0secret", 7)};
    Bytes frame;
    encode(frame, request, &secret);
    std::optional<FileSecret> got;
    const auto decoded = decodeRequest(frame.data() + 4, frame.size() - 4, &got);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(jobOf(*decoded), 5u);
    ASSERT_TRUE(got);
    EXPECT_EQ(got->header, secret.header);
    EXPECT_EQ(got->secret, secret.secret);
    EXPECT_FALSE(decodeRequest(frame.data() + 4, frame.size() - 4));  // nobody asked for it
    EXPECT_FALSE(decodeRequest(frame.data() + 4, frame.size() - 5, &got));
    frame.push_back(0);
    EXPECT_FALSE(decodeRequest(frame.data() + 4, frame.size() - 4, &got));
    frame.clear();
    encode(frame, request);
    got.reset();
    EXPECT_TRUE(decodeRequest(frame.data() + 4, frame.size() - 4, &got));
    EXPECT_FALSE(got);
}

}  // namespace

TEST(Protocol, BringsAMediaInfoBackWhole) {
    const Bytes frame = probeFrame();
    const auto [data, size] = body(frame);
    const auto reply = decodeReply(data, size);
    ASSERT_TRUE(reply);
    const auto& probed = std::get<ProbeReply>(*reply);
    EXPECT_EQ(probed.job, 7u);
    EXPECT_EQ(probed.info.duration, 5400.25);
    ASSERT_EQ(probed.info.streams.size(), 2u);
    EXPECT_EQ(probed.info.streams[0].hdr, core::HdrKind::DolbyVision);
    EXPECT_EQ(probed.info.streams[0].frameRate, 23.976);
    EXPECT_TRUE(probed.info.streams[1].atmos);
    EXPECT_EQ(probed.info.chapters[0].title, "Pr\xC3\xB3logo");
    EXPECT_EQ(probed.info.tags.genres.size(), 2u);
    EXPECT_EQ(probed.info.tags.replayGainTrack, -6.5);
    EXPECT_FALSE(probed.info.tags.replayGainAlbum);
    Bytes again;
    encode(again, *reply);
    EXPECT_EQ(again, frame);
}

TEST(Protocol, BringsRequestsBack) {
    Bytes frame;
    encode(frame, Request(ImageRequest{9, "cover.png", 320}));
    const auto [data, size] = body(frame);
    const auto request = decodeRequest(data, size);
    ASSERT_TRUE(request);
    EXPECT_EQ(std::get<ImageRequest>(*request).maxEdge, 320);
    EXPECT_EQ(jobOf(*request), 9u);
}

TEST(Protocol, BringsSegmentRequestsBack) {
    const auto back = std::get<SegmentRequest>(roundTrip(Request(SegmentRequest{3, "film.mkv", fullSpec()})));
    EXPECT_EQ(back.name, "film.mkv");
    EXPECT_EQ(back.spec.tracks, fullSpec().tracks);
    EXPECT_EQ(back.spec.format, SegmentFormat::MpegTs);
    EXPECT_EQ(back.spec.number, 7);
    EXPECT_EQ(back.spec.from, -90);
    EXPECT_EQ(back.spec.to, 360'000);
    SegmentSpec copy;
    copy.tracks = {{5, CopyEncoding{}}};
    const auto init = std::get<SegmentRequest>(roundTrip(Request(SegmentRequest{3, "", copy})));
    EXPECT_EQ(init.spec.tracks, copy.tracks);
    EXPECT_EQ(init.spec.number, SegmentSpec::kInit);
}

TEST(Protocol, TellsHowManyFilesComeWithARequest) {
    const Request with = roundTrip(Request(SegmentRequest{3, "film.mkv", fullSpec(), BesideFiles{10'400, 2, 2}}));
    ASSERT_TRUE(besideOf(with));
    EXPECT_EQ(besideOf(with)->stream, 10'400);
    EXPECT_EQ(besideOf(with)->track, 2);
    EXPECT_EQ(besideOf(with)->files, 2);
    EXPECT_FALSE(besideOf(Request(SegmentRequest{3, "film.mkv", fullSpec()})));
    EXPECT_FALSE(besideOf(Request(ProbeRequest{3, "film.mkv"})));
    for (const std::int32_t files : {-1, 0, 3, 1 << 20}) {
        Bytes frame;
        encode(frame, Request(SegmentRequest{3, "film.mkv", fullSpec(), BesideFiles{10'400, 0, files}}));
        const auto [data, size] = body(frame);
        EXPECT_FALSE(decodeRequest(data, size)) << files;
    }
}

TEST(Protocol, BringsLaddersThereAndBack) {
    SegmentSpec spec = fullSpec();
    spec.format = SegmentFormat::Mp4;
    spec.tracks = {spec.tracks[0], spec.tracks[0]};
    const auto request = std::get<LadderRequest>(roundTrip(Request(LadderRequest{3, "film.mkv", spec})));
    EXPECT_EQ(request.spec.tracks, spec.tracks);
    EXPECT_EQ(request.spec.to, spec.to);
    const std::vector<std::string> segments{std::string("\0\xFF not text", 11), "", std::string(2 << 20, '\x80')};
    EXPECT_TRUE(std::get<LadderReply>(roundTrip(Reply(LadderReply{4, segments}))).segments == segments);
}

TEST(Protocol, BringsTheOtherMediaRequestsBack) {
    EXPECT_EQ(std::get<IndexRequest>(roundTrip(Request(IndexRequest{4, "a"}))).job, 4u);
    const IndexRequest soon{4, "a", IndexDepth::Soonest};
    EXPECT_EQ(std::get<IndexRequest>(roundTrip(Request(soon))).depth, IndexDepth::Soonest);
    const auto text = std::get<SubtitleRequest>(roundTrip(Request(SubtitleRequest{5, "b", {2, "ru"}})));
    EXPECT_EQ(text.wish.stream, 2);
    EXPECT_EQ(text.wish.language, "ru");
    const auto sprites = std::get<SpriteRequest>(roundTrip(Request(SpriteRequest{6, "c", {{0, 90'000}, 160, 3}})));
    EXPECT_EQ(sprites.wish.at, (std::vector<Ticks>{0, 90'000}));
    EXPECT_EQ(sprites.wish.tileWidth, 160);
    EXPECT_EQ(sprites.wish.columns, 3);
}

TEST(Protocol, BringsLoudnessThereAndBack) {
    const core::LoudnessWish wish{2, 6000, 600, false};
    EXPECT_EQ(std::get<LoudnessRequest>(roundTrip(Request(LoudnessRequest{9, "d", wish}))).wish, wish);
    const core::LoudnessPart part{std::vector<double>(6000, 0.25), 0.9, 1.1, true, "AQADtE"};
    const auto back = std::get<LoudnessReply>(roundTrip(Reply(LoudnessReply{9, part}))).part;
    EXPECT_EQ(back.energies, part.energies);
    EXPECT_EQ(back.peak, 0.9);
    EXPECT_EQ(back.stereoPeak, 1.1);
    EXPECT_TRUE(back.isLast);
    EXPECT_EQ(back.fingerprint, "AQADtE");
}

TEST(Protocol, BringsQualitiesThereAndBack) {
    SegmentSpec spec;
    spec.tracks = {{0, VideoEncoding{}}, {0, VideoEncoding{}}};
    EXPECT_EQ(std::get<QualityRequest>(roundTrip(Request(QualityRequest{9, "d", spec}))).spec.tracks, spec.tracks);
    const auto back = std::get<QualityReply>(roundTrip(Reply(QualityReply{9, {0.98, 0.5}})));
    EXPECT_EQ(back.qualities, (std::vector<double>{0.98, 0.5}));
}

TEST(Protocol, BringsAnIndexBackWhole) {
    const MediaIndex sent = fullIndex();
    const auto back = std::get<IndexReply>(roundTrip(Reply(IndexReply{8, sent}))).index;
    EXPECT_EQ(back.duration, sent.duration);
    ASSERT_EQ(back.tracks.size(), 2u);
    EXPECT_EQ(back.tracks[0].codecString, "avc1.640028");
    EXPECT_EQ(back.tracks[0].frameRate, (Rational{24, 1}));
    ASSERT_EQ(back.tracks[0].keyframes.size(), 30'000u);
    EXPECT_EQ(back.tracks[0].keyframes[29'999].at, 29'999 * Ticks{3600});
    EXPECT_EQ(back.tracks[1].start, -1024);
    EXPECT_TRUE(back.isWhole);
    MediaIndex ends = sent;
    ends.isWhole = false;
    EXPECT_FALSE(std::get<IndexReply>(roundTrip(Reply(IndexReply{8, ends}))).index.isWhole);
}

TEST(Protocol, BringsAnyBytesBackButTextOnlyAsUtf8) {
    std::string bytes(3 << 20, '\xFF');  // over the limit of other strings
    EXPECT_EQ(std::get<SegmentReply>(roundTrip(Reply(SegmentReply{9, bytes}))).bytes, bytes);
    EXPECT_EQ(std::get<SubtitleReply>(roundTrip(Reply(SubtitleReply{9, "WEBVTT\n"}))).text, "WEBVTT\n");
    Bytes frame;
    encode(frame, Reply(SubtitleReply{9, "\xFF"}));
    EXPECT_FALSE(decodeReply(frame.data() + 4, frame.size() - 4));
}

TEST(Protocol, RefusesAnEncodingOfNoKnownKind) {
    SegmentSpec spec;
    spec.tracks = {{0x5A5A5A5A, CopyEncoding{}}};
    Bytes frame;
    encode(frame, Request(SegmentRequest{1, "", spec}));
    const Bytes mark(4, 0x5A);
    const auto at = std::search(frame.begin(), frame.end(), mark.begin(), mark.end());
    ASSERT_NE(at, frame.end());
    EXPECT_TRUE(decodeRequest(frame.data() + 4, frame.size() - 4));
    at[4] = 3;
    EXPECT_FALSE(decodeRequest(frame.data() + 4, frame.size() - 4));
    at[4] = 255;
    EXPECT_FALSE(decodeRequest(frame.data() + 4, frame.size() - 4));
}

TEST(Protocol, RefusesEveryCutAndEveryExtraByte) {
    const Bytes frame = probeFrame();
    const auto [data, size] = body(frame);
    for (std::size_t cut = 0; cut < size; ++cut) {
        const Bytes part(data, data + cut);  // its own block, so that ASan sees a read past it
        EXPECT_FALSE(decodeReply(part.data(), part.size())) << cut;
    }
    Bytes longer(data, data + size);
    longer.push_back(0);
    EXPECT_FALSE(decodeReply(longer.data(), longer.size()));
}

TEST(Protocol, RefusesWhatNoWorkerMeans) {
    core::MediaInfo info;
    info.duration = std::numeric_limits<double>::infinity();
    Bytes frame;
    encode(frame, Reply(ProbeReply{1, info}));
    EXPECT_FALSE(decodeReply(frame.data() + 4, frame.size() - 4)) << "infinite";

    info.duration = 0;
    info.container = "\xFF";
    frame.clear();
    encode(frame, Reply(ProbeReply{1, info}));
    EXPECT_FALSE(decodeReply(frame.data() + 4, frame.size() - 4)) << "not UTF-8";

    frame.clear();
    encode(frame, Reply(FailureReply{1, static_cast<core::ErrorCode>(200), "", ""}));
    EXPECT_FALSE(decodeReply(frame.data() + 4, frame.size() - 4)) << "no such code";

    const Bytes huge{1, 1, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF};
    EXPECT_FALSE(decodeReply(huge.data(), huge.size())) << "a string of 4 GB";
    EXPECT_FALSE(decodeReply(nullptr, 0));
}

// A short fuzz in every test run; the long one is in tests/fuzz.
TEST(Protocol, SurvivesRandomDamageToARequest) {
    Bytes frame;
    encode(frame, Request(SegmentRequest{7, "film.mkv", fullSpec()}));
    std::mt19937 random(2);
    for (int round = 0; round < 20'000; ++round) {
        Bytes damaged(frame.begin() + 4, frame.end());
        damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
        if (const auto request = decodeRequest(damaged.data(), damaged.size())) {
            Bytes again;
            encode(again, *request);
            EXPECT_EQ(Bytes(again.begin() + 4, again.end()), damaged);
        }
    }
}

TEST(Protocol, SurvivesRandomDamage) {
    const Bytes frame = probeFrame();
    std::mt19937 random(1);
    for (int round = 0; round < 20'000; ++round) {
        Bytes damaged(frame.begin() + 4, frame.end());
        for (int i = 0; i < 1 + static_cast<int>(random() % 4); ++i)
            damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
        if (const auto reply = decodeReply(damaged.data(), damaged.size())) {
            Bytes again;
            encode(again, *reply);
        }
        (void)decodeRequest(damaged.data(), damaged.size());
    }
}

TEST(Frames, ComeOutWholeHoweverTheyCameIn) {
    Bytes stream;
    for (JobId job = 1; job <= 20; ++job)
        encode(stream, Request(ProbeRequest{job, std::string(job * 7, 'x')}));
    for (const std::size_t step : {std::size_t{1}, std::size_t{3}, std::size_t{64}, stream.size()}) {
        FrameBuffer buffer(maxRequestFrame);
        JobId expected = 1;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            buffer.feed(stream.data() + at, std::min(step, stream.size() - at));
            for (auto frame = buffer.next(); frame && *frame; frame = buffer.next()) {
                const auto request = decodeRequest((*frame)->data, (*frame)->size);
                ASSERT_TRUE(request);
                EXPECT_EQ(jobOf(*request), expected++);
            }
        }
        EXPECT_EQ(expected, 21u);
    }
}

TEST(Frames, RefuseALengthOverTheLimit) {
    FrameBuffer buffer(100);
    const std::uint8_t bytes[] = {101, 0, 0, 0};
    buffer.feed(bytes, sizeof bytes);
    EXPECT_FALSE(buffer.next());
}

TEST(Frames, ComeOutWholeWhenLarge) {
    const std::string bytes(5 << 20, 'v');
    Bytes stream;
    for (JobId job = 1; job <= 3; ++job) {
        encode(stream, Reply(SegmentReply{job, bytes}));
        encode(stream, Reply(FailureReply{job, core::ErrorCode::Corrupt, "t", "d"}));
    }
    FrameBuffer buffer(maxReplyFrame);
    std::size_t found = 0;
    for (std::size_t at = 0; at < stream.size(); at += 65'536) {
        buffer.feed(stream.data() + at, std::min<std::size_t>(65'536, stream.size() - at));
        for (auto frame = buffer.next(); frame && *frame; frame = buffer.next()) {
            const auto reply = decodeReply((*frame)->data, (*frame)->size);
            ASSERT_TRUE(reply);
            EXPECT_EQ(jobOf(*reply), found++ / 2 + 1);
        }
    }
    EXPECT_EQ(found, 6u);
}
