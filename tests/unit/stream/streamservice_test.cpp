#include "server/stream/streamservice.h"

#include <fcntl.h>

#include "tests/unit/stream/doubles.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using Urgency = SegmentMaker::Urgency;

core::MediaInfo filmInfo() {
    core::MediaInfo info;
    info.container = "matroska";
    info.duration = 20;
    core::StreamInfo video, audio, text;
    video.kind = core::StreamKind::Video;
    video.codec = "h264";
    video.width = 1920;
    video.height = 1080;
    video.frameRate = 24;
    video.bitDepth = 8;
    audio.index = 1;
    audio.kind = core::StreamKind::Audio;
    audio.codec = "ac3";
    audio.channels = 6;
    audio.sampleRate = 48'000;
    text.index = 2;
    text.kind = core::StreamKind::Subtitle;
    text.codec = "subrip";
    info.streams = {video, audio, text};
    return info;
}

MediaIndex filmIndex() {
    MediaIndex index;
    index.duration = 20 * kTicksPerSecond;
    TrackIndex video, audio;
    video.kind = core::StreamKind::Video;
    video.codec = "h264";
    video.codecString = "avc1.640028";
    video.end = index.duration;
    video.frameRate = {24, 1};
    for (int second = 0; second < 20; second += 2) {
        video.keyframes.push_back({second * kTicksPerSecond, 500'000});
    }
    audio.stream = 1;
    audio.kind = core::StreamKind::Audio;
    audio.codec = "ac3";
    audio.codecString = "ac-3";
    audio.end = index.duration;
    index.tracks = {video, audio};
    return index;
}

class StreamServiceTest : public testing::Test {
protected:
    StreamServiceTest() : title(titleOf("/dev/null", "matroska")) {
        maker.answersIndex = true;
        maker.answerIndex = filmIndex();
        restart();
    }
    static StreamTitlePtr titleOf(const std::string& path, const char* container) {
        StreamTitle made;
        made.user = "ana";
        made.title = "film";
        made.file = "file";
        made.handle = core::FileHandle(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        made.name = "film.mkv";
        made.fingerprint = "\"1\"";
        made.info = filmInfo();
        made.info.container = container;
        return std::make_shared<const StreamTitle>(std::move(made));
    }
    // The film as a file of that size which has to be read through for its keyframes.
    void beTransportStream(std::int64_t size) {
        const std::string path = folder.path.string() + "/film.ts";
        std::ofstream(path).put('G');
        std::filesystem::resize_file(path, static_cast<std::uintmax_t>(size));
        title = titleOf(path, "mpegts");
    }
    void restart() {
        service.reset();
        StreamOptions options;
        options.folder = folder.path.string();
        options.build = "test";
        options.forgetAfter = std::chrono::seconds(0);
        options.hardware = hardware;
        options.spritesMade = [this](const StreamTitle&, const SpriteWish& wish) {
            const bool there = madeAhead && wish.at == std::vector<Ticks>{0};
            return there ? std::optional(SegmentCache::Entry{{}, 5, madeAhead}) : std::nullopt;
        };
        service = std::make_unique<StreamService>(std::move(options), maker, core::makeNullLogger());
    }
    std::shared_ptr<core::Result<std::string>> ask(const std::string& rendition, int number,
                                                   SegmentFormat format = SegmentFormat::Mp4) {
        auto answer = std::make_shared<core::Result<std::string>>("waiting");
        service->segment({title, "tv", rendition, format, number}, [answer](core::Result<SegmentCache::Entry> entry) {
            *answer = entry ? bytesOf(*entry) : core::unexpected<core::Error>(entry.error());
        });
        return answer;
    }
    ErrorCode errorOf(const std::string& rendition, int number, SegmentFormat format = SegmentFormat::Mp4) {
        const auto answer = ask(rendition, number, format);
        return *answer ? ErrorCode::Internal : answer->error().code;
    }

    Folder folder;
    FakeMaker maker;
    std::shared_ptr<const std::string> madeAhead;
    bool hardware = false;
    StreamTitlePtr title;
    std::unique_ptr<StreamService> service;
};

TEST_F(StreamServiceTest, WhereDevicesEncodeNoTwoPicturesAreSaidToBeTheSameBytes) {
    const auto wish = [&](const char* rendition, int number) {
        return SegmentWish{title, "tv", rendition, SegmentFormat::Mp4, number};
    };
    const CacheKey plain = service->keyOf(wish("v0-h264-480", 1)), copy = service->keyOf(wish("v0-copy", 1));
    EXPECT_EQ(service->etagOf(wish("v0-h264-480", 1)), "\"" + plain + "\"");
    hardware = true;
    restart();
    EXPECT_NE(service->keyOf(wish("v0-h264-480", 1)), plain) << "segments of before do not bring what these need";
    EXPECT_TRUE(service->etagOf(wish("v0-h264-480", 1)).starts_with("W/\""));
    EXPECT_TRUE(service->etagOf(wish("v0-h264-480+a1-copy", 1)).starts_with("W/\""));
    EXPECT_FALSE(service->etagOf(wish("v0-h264-480", SegmentSpec::kInit)).starts_with("W/")) << "there is one head";
    EXPECT_EQ(service->etagOf(wish("v0-copy", 1)), "\"" + copy + "\"");
    EXPECT_FALSE(service->etagOf(wish("a1-aac-2", 1)).starts_with("W/"));
}

TEST_F(StreamServiceTest, ASegmentIsMadeWithTheTimesOfItsGridAndKept) {
    const auto answer = ask("v0-copy", 1);
    ASSERT_GE(maker.count(), 1u);
    EXPECT_EQ(maker.asked[0].urgency, Urgency::Requested);
    EXPECT_EQ(maker.asked[0].spec.number, 1);
    EXPECT_EQ(maker.asked[0].spec.from, 2 * kTicksPerSecond);
    EXPECT_EQ(maker.asked[0].spec.to, 4 * kTicksPerSecond);
    ASSERT_EQ(maker.asked[0].spec.tracks.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<CopyEncoding>(maker.asked[0].spec.tracks[0].encoding));
    maker.answer(0, std::string("one"));
    EXPECT_EQ(*answer, "one");
    const std::size_t before = maker.count();
    EXPECT_EQ(*ask("v0-copy", 1), "one");
    EXPECT_EQ(maker.count(), before);
    EXPECT_EQ(service->status().segments.made, 1u);
}

TEST_F(StreamServiceTest, TheIndexIsMadeOnceAndKeptOverARestart) {
    (void)ask("v0-copy", 0);
    (void)ask("a1-aac-2", 0);
    EXPECT_EQ(maker.indexes, 1);
    restart();
    (void)ask("v0-copy", 0);
    EXPECT_EQ(maker.indexes, 1);
}

TEST_F(StreamServiceTest, ADamagedIndexFileIsMadeAgain) {
    (void)ask("v0-copy", 0);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path / "titles")) {
        if (entry.is_regular_file()) {
            std::ofstream(entry.path()) << "rubbish";
        }
    }
    restart();
    (void)ask("v0-copy", 0);
    EXPECT_EQ(maker.indexes, 2);
}

TEST_F(StreamServiceTest, AnIndexIsCalledOffWhenTheLastWhoWaitForItHaveGone) {
    maker.answersIndex = false;
    const auto first = std::make_shared<ClientWatch>(), second = std::make_shared<ClientWatch>();
    std::vector<ErrorCode> failed;
    const auto wait = [&](const std::shared_ptr<ClientWatch>& client) {
        service->index({title, client}, [&](const core::Result<TitleStore::IndexPtr>& index) {
            failed.push_back(index ? ErrorCode::Internal : index.error().code);
        });
    };
    wait(first);
    wait(second);
    EXPECT_EQ(maker.indexes, 1);
    first->tell();
    EXPECT_EQ(failed, std::vector{ErrorCode::Cancelled});
    EXPECT_EQ(maker.indexesCancelled, 0) << "somebody still waits";
    second->tell();
    EXPECT_EQ(failed.size(), 2u);
    EXPECT_EQ(maker.indexesCancelled, 1);
    EXPECT_EQ(service->status().titles.underWay, 0u);

    const auto gone = std::make_shared<ClientWatch>();
    gone->tell();
    wait(gone);
    EXPECT_EQ(maker.indexesCancelled, 2) << "it was nobody's from the start";
    EXPECT_EQ(failed.size(), 3u);
}

TEST_F(StreamServiceTest, WhoGoesWhileASegmentWaitsForTheIndexGetsNeither) {
    maker.answersIndex = false;
    const auto client = std::make_shared<ClientWatch>();
    service->segment({title, "tv", "v0-copy", SegmentFormat::Mp4, 0, client}, [](const auto&) {});
    client->tell();
    EXPECT_EQ(maker.indexesCancelled, 1);
    EXPECT_EQ(maker.count(), 0u);

    const auto later = std::make_shared<ClientWatch>();
    service->segment({title, "tv", "v0-copy", SegmentFormat::Mp4, 0, later}, [](const auto&) {});
    maker.answerIndexOf(1, maker.answerIndex);
    ASSERT_EQ(maker.count(), 1u);
    later->tell();
    EXPECT_TRUE(maker.asked[0].cancelled) << "what it waits for now";
}

TEST_F(StreamServiceTest, WhatIsEncodedOfALongRecordingNeedsNoWholeIndex) {
    beTransportStream(kQuicklyRead + 1);
    const MediaIndex whole = maker.answerIndex;
    maker.answersIndex = false;
    (void)ask("v0-h264-480", 0);
    EXPECT_EQ(maker.lastDepth, IndexDepth::Soonest) << "so that it begins at once";
    EXPECT_EQ(maker.lastUrgency, Urgency::Requested);
    MediaIndex ends = whole;
    ends.isWhole = false;
    ends.tracks[0].keyframes.clear();
    maker.answerIndexOf(0, ends);
    EXPECT_EQ(maker.count(), 1u) << "the segment is made";
    EXPECT_EQ(maker.indexes, 2);
    EXPECT_EQ(maker.lastDepth, IndexDepth::Whole) << "for the next time";
    EXPECT_EQ(maker.lastUrgency, Urgency::Batch);
    (void)ask("a1-copy", 0);
    (void)ask("v0-h264-480", 1);
    EXPECT_EQ(maker.indexes, 2) << "these, too";

    const auto copy = ask("v0-copy", 0);
    EXPECT_EQ(*copy, "waiting");
    maker.answerIndexOf(1, whole);
    ASSERT_TRUE(std::any_of(maker.asked.begin(), maker.asked.end(), [](const FakeMaker::Asked& one) {
        return std::holds_alternative<CopyEncoding>(one.spec.tracks[0].encoding) && one.spec.tracks[0].stream == 0;
    })) << "where the picture is cut only the whole one tells";

    restart();
    const int before = maker.indexes;
    (void)ask("v0-h264-480", 0);
    (void)ask("v0-copy", 0);
    EXPECT_EQ(maker.indexes, before) << "the whole one is there";
}

TEST_F(StreamServiceTest, AWholeIndexThatNobodyWaitsForAnyMoreIsMadeLater) {
    beTransportStream(kQuicklyRead + 1);
    maker.answersIndex = false;
    const auto client = std::make_shared<ClientWatch>();
    service->index({title, client, IndexDepth::Whole}, [](const auto&) {});
    (void)ask("v0-h264-480", 0);
    MediaIndex ends = maker.answerIndex;
    ends.isWhole = false;
    maker.answerIndexOf(1, ends);
    EXPECT_EQ(maker.indexes, 2) << "the whole one is on its way";
    client->tell();
    EXPECT_EQ(maker.indexesCancelled, 1) << "before all else it is of no use any more";
    EXPECT_EQ(maker.indexes, 3);
    EXPECT_EQ(maker.lastDepth, IndexDepth::Whole);
    EXPECT_EQ(maker.lastUrgency, Urgency::Batch);
}

TEST_F(StreamServiceTest, WhatWasReadThroughMeanwhileIsUsedFromThenOn) {
    beTransportStream(kQuicklyRead + 1);
    maker.answersIndex = false;
    MediaIndex ends = maker.answerIndex;
    ends.isWhole = false;
    std::vector<bool> whole;
    const auto begin = [&] {
        service->index({title, {}, IndexDepth::Soonest}, [&](const core::Result<TitleStore::IndexPtr>& index) {
            whole.push_back(index && (*index)->isWhole);
        });
    };
    begin();
    maker.answerIndexOf(0, ends);
    begin();
    EXPECT_EQ(whole, (std::vector{false, false}));
    maker.answerIndexOf(1, maker.answerIndex);
    begin();
    EXPECT_EQ(whole, (std::vector{false, false, true}));
    EXPECT_EQ(maker.indexes, 2);
}

TEST_F(StreamServiceTest, TheEndsOfALongRecordingAreKeptOverARestart) {
    beTransportStream(kQuicklyRead + 1);
    maker.answersIndex = false;
    (void)ask("v0-h264-480", 0);
    MediaIndex ends = maker.answerIndex;
    ends.isWhole = false;
    maker.answerIndexOf(0, ends);
    restart();
    EXPECT_EQ(maker.indexesCancelled, 1) << "the whole one was for later";
    (void)ask("v0-h264-480", 0);
    EXPECT_EQ(maker.indexes, 3);
    EXPECT_EQ(maker.lastDepth, IndexDepth::Whole) << "and is again";
}

TEST_F(StreamServiceTest, ALongRecordingThatHadToBeReadThroughIsReadOnce) {
    beTransportStream(kQuicklyRead + 1);
    (void)ask("v0-h264-480", 0);
    EXPECT_EQ(maker.lastDepth, IndexDepth::Soonest);
    EXPECT_EQ(maker.indexes, 1);
    restart();
    (void)ask("v0-copy", 0);
    EXPECT_EQ(maker.indexes, 1) << "what came was whole";
}

TEST_F(StreamServiceTest, AShortRecordingIsReadThrough) {
    beTransportStream(kQuicklyRead);
    (void)ask("v0-h264-480", 0);
    EXPECT_EQ(maker.lastDepth, IndexDepth::Whole);
    EXPECT_EQ(maker.indexes, 1);
}

TEST_F(StreamServiceTest, WhatIsNotThereIsNotFound) {
    for (const char* rendition : {"", "v9-copy", "v0", "v0-h264-2160", "a0-copy", "v0-copy-", "../v0-copy"}) {
        EXPECT_EQ(errorOf(rendition, 0), ErrorCode::NotFound) << rendition;
    }
    EXPECT_EQ(errorOf("v0-copy", 1000), ErrorCode::NotFound);
    EXPECT_EQ(errorOf("v0-copy", -2), ErrorCode::NotFound);
    EXPECT_EQ(errorOf("v0-copy+a1-aac-2", 0), ErrorCode::NotFound);  // MP4 has one track
    EXPECT_EQ(errorOf("v0-copy", SegmentSpec::kInit, SegmentFormat::MpegTs), ErrorCode::NotFound);
    EXPECT_EQ(maker.count(), 0u);
    (void)ask("v0-copy+a1-aac-2", 0, SegmentFormat::MpegTs);
    EXPECT_EQ(maker.asked.at(0).spec.tracks.size(), 2u);
}

TEST_F(StreamServiceTest, TheNextSegmentsAreMadeAheadAndCalledOffAfterAJump) {
    (void)ask("v0-copy", 0);
    ASSERT_EQ(maker.count(), 1u) << "nothing is made beside what somebody begins with";
    maker.answer(0, std::string("zero"));
    ASSERT_EQ(maker.count(), 3u);
    EXPECT_EQ(maker.asked[1].spec.number, 1);
    EXPECT_EQ(maker.asked[1].urgency, Urgency::Next);
    EXPECT_EQ(maker.asked[2].spec.number, 2);
    EXPECT_EQ(maker.asked[2].urgency, Urgency::Prefetch);
    (void)ask("v0-copy", 4);
    EXPECT_TRUE(maker.asked[1].cancelled);
    EXPECT_TRUE(maker.asked[2].cancelled);
    ASSERT_EQ(maker.count(), 4u);
    EXPECT_EQ(maker.asked[3].spec.number, 4);
    EXPECT_EQ(maker.asked[3].urgency, Urgency::Requested);
    (void)ask("v0-copy", 2);
    ASSERT_EQ(maker.count(), 5u);
    EXPECT_FALSE(maker.asked[3].cancelled);  // somebody waits for it
}

TEST_F(StreamServiceTest, WhoGoesOnHasTheNextSegmentsMadeBesideThisOne) {
    (void)ask("v0-copy", 0);
    maker.answer(0, std::string("zero"));
    (void)ask("v0-copy", 1);
    ASSERT_EQ(maker.count(), 5u);
    EXPECT_EQ(maker.asked[3].spec.number, 1) << "begun as the next one, now with more urgency";
    EXPECT_EQ(maker.asked[4].spec.number, 3);
    EXPECT_EQ(maker.asked[4].urgency, Urgency::Prefetch);
}

TEST_F(StreamServiceTest, WhoLeavesBeforeTheFirstSegmentIsThereGetsNoMore) {
    (void)ask("v0-copy", 0);
    service->leave("tv", "film");
    maker.answer(0, std::string("zero"));
    (void)ask("v0-copy", 2);
    maker.answer(1, core::fail(ErrorCode::Timeout, "It takes too long."));
    (void)ask("v0-copy", 4);
    (void)ask("v0-copy", 1);
    maker.answer(2, std::string("four"));  // the viewer is elsewhere
    EXPECT_EQ(maker.count(), 4u);
}

TEST_F(StreamServiceTest, AChangeOfRenditionAndALeaveCallOffToo) {
    (void)ask("v0-h264-1080", 0);
    maker.answer(0, std::string("zero"));
    (void)ask("a1-aac-2", 0);
    maker.answer(3, std::string("sound"));
    (void)ask("v0-h264-720", 1);
    EXPECT_TRUE(maker.asked[1].cancelled);
    EXPECT_TRUE(maker.asked[2].cancelled);
    EXPECT_FALSE(maker.asked[4].cancelled);  // the sound goes on
    EXPECT_EQ(service->status().viewers, 2u);
    service->leave("tv", "film");
    EXPECT_TRUE(maker.asked[4].cancelled);
    EXPECT_EQ(service->status().viewers, 0u);
}

TEST_F(StreamServiceTest, WhoAsksNoMoreIsForgotten) {
    (void)ask("v0-copy", 0);
    maker.answer(0, std::string("zero"));
    (void)ask("v0-copy", 1);
    service->forgetIdle();
    EXPECT_EQ(service->status().viewers, 0u);
    EXPECT_TRUE(maker.asked[2].cancelled);
    EXPECT_FALSE(maker.asked[3].cancelled) << "somebody waits for it";
}

TEST_F(StreamServiceTest, APreparedStartIsAtItsPlace) {
    service->prepare(title, "tv", filmIndex(), {"v0-copy", "a1-aac-2"}, SegmentFormat::Mp4, 10 * kTicksPerSecond);
    std::vector<int> numbers;
    for (const auto& asked : maker.asked) {
        numbers.push_back(asked.spec.number);
        EXPECT_TRUE(asked.spec.number == SegmentSpec::kInit || asked.spec.to > 10 * kTicksPerSecond);
    }
    EXPECT_EQ(std::count(numbers.begin(), numbers.end(), int{SegmentSpec::kInit}), 2);
    EXPECT_EQ(numbers.size(), 4u) << "the first segment of each, and nothing beside them yet";
    (void)ask("v0-copy", 3);
    ASSERT_EQ(maker.count(), 5u);
    EXPECT_FALSE(maker.asked[0].cancelled);
    EXPECT_EQ(maker.asked[4].spec.number, 3);
    EXPECT_EQ(maker.asked[4].urgency, Urgency::Requested) << "the same making, with more urgency";
}

TEST_F(StreamServiceTest, PiecesOfAFinerGridAreMadeOnceForAllWhoBeginThere) {
    const auto cut = [&](std::size_t asked) {
        return Cut{maker.asked.at(asked).spec.from, maker.asked.at(asked).spec.to};
    };
    constexpr Ticks s = kTicksPerSecond;
    service->prepare(title, "tv", filmIndex(), {"v0-h264-720@3"}, SegmentFormat::Mp4, 9 * s);
    ASSERT_EQ(maker.asked.size(), 2u);  // the first one, and the head
    EXPECT_EQ(cut(0), (Cut{9 * s, 10 * s}));
    EXPECT_EQ(maker.asked[0].spec.number, 4);
    // Whole segments are those of everybody, whatever their number in the finer grid.
    (void)ask("v0-h264-720@3", 11);
    EXPECT_EQ(cut(2), (Cut{12 * s, 16 * s}));
    const std::size_t before = maker.asked.size();
    (void)ask("v0-h264-720", 5);
    (void)ask("v0-h264-720@4", 9);  // a piece of [12, 16)
    for (std::size_t i = before; i < maker.asked.size(); ++i) {
        EXPECT_NE(cut(i), (Cut{12 * s, 16 * s}));
    }
}

TEST_F(StreamServiceTest, AnotherFileOrBuildHasOtherKeys) {
    const SegmentWish wish{title, "tv", "v0-copy", SegmentFormat::Mp4, 0};
    SegmentWish other = wish;
    other.number = 1;
    EXPECT_NE(service->keyOf(wish), service->keyOf(other));
    other = wish;
    other.format = SegmentFormat::MpegTs;
    EXPECT_NE(service->keyOf(wish), service->keyOf(other));
    other = wish;
    other.login = "phone";
    EXPECT_EQ(service->keyOf(wish), service->keyOf(other));
}

TEST_F(StreamServiceTest, ThumbnailsMadeAheadAreNotMadeAgain) {
    std::string got;
    const auto take = [&](core::Result<SegmentCache::Entry> entry) { got = entry ? *bytesOf(*entry) : "none"; };
    service->sprites(title, {{0}, 320, 5}, take);
    EXPECT_EQ(got, "");  // the maker was asked
    madeAhead = std::make_shared<const std::string>("ahead");
    service->sprites(title, {{0}, 160, 5}, take);
    EXPECT_EQ(got, "ahead");
    service->sprites(title, {{1}, 320, 5}, take);
    EXPECT_EQ(got, "ahead");
}

TEST_F(StreamServiceTest, ThumbnailsAreThereOnceTheirLastSheetIs) {
    StreamTitle film;
    film.info = filmInfo();
    film.info.duration = 1000;
    film.info.streams[0].width = 1920;
    film.info.streams[0].height = 1080;
    Ticks madeTo = 0;
    StreamOptions options;
    options.folder = (folder.path / "other").string();
    options.build = "test";
    options.spritesMade = [&](const StreamTitle&, const SpriteWish& wish) {
        return wish.at.back() < madeTo ? std::optional(SegmentCache::Entry{}) : std::nullopt;
    };
    const StreamService other(std::move(options), maker, core::makeNullLogger());
    EXPECT_FALSE(other.hasSprites(film));
    madeTo = toTicks(900);
    EXPECT_FALSE(other.hasSprites(film));
    madeTo = toTicks(1000);
    EXPECT_TRUE(other.hasSprites(film));
    film.info.streams.erase(film.info.streams.begin());
    EXPECT_FALSE(other.hasSprites(film)) << "no picture";
    EXPECT_FALSE(service->hasSprites(*title)) << "nothing was made ahead";
}

}  // namespace
}  // namespace marea::server
