#include "server/packaging/moviefile.h"

#include <gtest/gtest.h>

#include "server/packaging/mp4boxes.h"
#include "server/packaging/timegrid.h"

namespace marea::server {
namespace {

constexpr std::uint32_t kScale = 48'000, kFrame = 1024;
constexpr std::int64_t kShift = std::int64_t{10} * kScale;

// What a worker writes of AAC at 48 kHz, in short.
std::string soundInit() {
    std::string out;
    BoxWriter box(out);
    box.begin("moov");
    box.begin("trak");
    box.beginFull("tkhd", 0, 3);
    box.bytes(std::string(80, '\0'));
    box.end();
    box.begin("mdia");
    box.beginFull("mdhd", 0, 0);
    box.u64(0);
    box.u32(kScale);
    box.u64(0);
    box.end();
    box.begin("minf");
    box.beginFull("smhd", 0, 0);
    box.u32(0);
    box.end();
    box.begin("stbl");
    box.beginFull("stsd", 0, 0);
    box.u32(1);
    box.begin("mp4a");
    box.end();
    box.end();
    box.end();
    box.end();
    box.end();
    box.end();
    box.end();
    return out;
}

// Frames of one byte each, the first of them at `at` of the title.
std::string soundSegment(std::int64_t at, std::uint32_t frames, std::uint32_t length = kFrame) {
    std::string out;
    BoxWriter box(out);
    box.begin("styp");
    box.end();
    const std::size_t start = box.position();
    box.begin("moof");
    box.begin("traf");
    box.beginFull("tfhd", 0, 0x20020);
    box.u32(1);
    box.u32(0x02000000);
    box.end();
    box.beginFull("tfdt", 1, 0);
    box.u64(static_cast<std::uint64_t>(at + kShift));
    box.end();
    box.beginFull("trun", 0, 0x301);
    box.u32(frames);
    const std::size_t offsetAt = box.position();
    box.u32(0);
    for (std::uint32_t i = 0; i < frames; ++i) {
        box.u32(length);
        box.u32(1);
    }
    box.end();
    box.end();
    box.end();
    box.patch32(offsetAt, static_cast<std::uint32_t>(box.position() - start + 8));
    box.begin("mdat");
    box.bytes(std::string(frames, 'x'));
    box.end();
    return out;
}

MovieTrack sound(const std::vector<std::string>& segments) {
    MovieTrack track;
    track.kind = core::StreamKind::Audio;
    track.init = soundInit();
    for (const std::string& segment : segments) {
        auto chunk = readChunk(segment);
        EXPECT_TRUE(chunk) << chunk.error().detail;
        track.chunks.push_back(std::move(*chunk));
    }
    return track;
}

// The body of the first box on a way of types.
std::string bodyAt(const std::string& bytes, std::initializer_list<const char*> way) {
    std::size_t from = 0, to = bytes.size();
    for (const char* type : way) {
        bool found = false;
        for (const Box& box : boxesIn(bytes, from, to)) {
            if (box.type == type) {
                from = box.body;
                to = box.end;
                found = true;
                break;
            }
        }
        if (!found) {
            return "no " + std::string(type);
        }
    }
    return bytes.substr(from, to - from);
}

std::uint64_t numberAt(const std::string& bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i) {
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    }
    return value;
}

TEST(MovieFile, ReadsSegmentsAndNothingElse) {
    const std::string segment = soundSegment(0, 3);
    const auto chunk = readChunk(segment);
    ASSERT_TRUE(chunk);
    EXPECT_EQ(chunk->samples.size(), 3U);
    EXPECT_EQ(chunk->samples[2].at, kShift + 2 * kFrame);
    EXPECT_EQ(segment.substr(chunk->offset, chunk->size), "xxx");
    for (std::size_t length = 0; length < segment.size(); ++length) {
        EXPECT_FALSE(readChunk(std::string_view(segment).substr(0, length))) << length;
    }
    std::string wrong = segment;
    wrong[wrong.find("trun") + 11] = 9;  // more samples than it has
    EXPECT_FALSE(readChunk(wrong));
    EXPECT_FALSE(readChunk(soundInit()));
}

TEST(MovieFile, PlacesEveryChunkBehindTheHead) {
    Movie movie;
    movie.tracks.push_back(sound({soundSegment(0, 3), soundSegment(3 * kFrame, 5)}));
    movie.tracks.push_back(sound({soundSegment(0, 4), soundSegment(4 * kFrame, 4)}));
    movie.texts.push_back({{{1000, 2000, "", "", "a &amp; <i>b</i>"}}, "en", "", false, false});
    const auto layout = layOut(movie);
    ASSERT_TRUE(layout) << layout.error().text;
    std::string file = layout->head;
    for (const auto& piece : layout->pieces) {
        file += std::string(movie.tracks[piece.track].chunks[piece.chunk].size, static_cast<char>('0' + piece.track));
    }
    EXPECT_EQ(file.size(), layout->size);
    // By time, and each where its track says.
    EXPECT_TRUE(file.ends_with("0001111000001111"));
    const std::string places = bodyAt(file, {"moov", "trak", "mdia", "minf", "stbl", "stco"});
    EXPECT_EQ(file.substr(numberAt(places, 8, 4), 4), "0001");
    EXPECT_EQ(file.substr(numberAt(places, 12, 4), 6), "000001");
    EXPECT_NE(layout->head.find(std::string("\0\5a & b", 7)), std::string::npos) << "text without its tags";
}

TEST(MovieFile, WhatLiesBeforeTheBeginningIsLeftOut) {
    Movie movie;
    movie.tracks.push_back(sound({soundSegment(-2 * std::int64_t{kFrame}, 10)}));
    movie.tracks.front().end = toTicks(0.15);
    const auto layout = layOut(movie);
    ASSERT_TRUE(layout);
    const std::string edits = bodyAt(layout->head, {"moov", "trak", "edts", "elst"});
    EXPECT_EQ(numberAt(edits, 4, 4), 1U);
    EXPECT_EQ(numberAt(edits, 8, 8), 7200U) << "0.15 s at 48 kHz";
    EXPECT_EQ(numberAt(edits, 16, 8), 2U * kFrame);
    EXPECT_NE(layout->head.find(" 00000000 00000800 000003E0 0000000000001C20 "), std::string::npos) << "iTunSMPB";
}

TEST(MovieFile, WhatBeginsLateBeginsLate) {
    Movie movie;
    movie.tracks.push_back(sound({soundSegment(kScale / 2, 10)}));
    const auto layout = layOut(movie);
    ASSERT_TRUE(layout);
    const std::string edits = bodyAt(layout->head, {"moov", "trak", "edts", "elst"});
    EXPECT_EQ(numberAt(edits, 4, 4), 2U);
    EXPECT_EQ(numberAt(edits, 8, 8), kScale / 2);
    EXPECT_EQ(numberAt(edits, 16, 8), ~std::uint64_t{0}) << "an empty edit";
    EXPECT_EQ(numberAt(edits, 28, 8), 10U * kFrame);
    EXPECT_EQ(numberAt(edits, 36, 8), 0U);
}

TEST(MovieFile, GapsBetweenSegmentsAreKept) {
    Movie movie;
    movie.tracks.push_back(sound({soundSegment(0, 2), soundSegment(4 * kFrame, 2)}));
    const auto layout = layOut(movie);
    ASSERT_TRUE(layout);
    const std::string times = bodyAt(layout->head, {"moov", "trak", "mdia", "minf", "stbl", "stts"});
    EXPECT_EQ(numberAt(times, 4, 4), 3U);
    EXPECT_EQ(numberAt(times, 16, 4), 1U);
    EXPECT_EQ(numberAt(times, 20, 4), 3U * kFrame);
}

TEST(MovieFile, NothingIsNoFile) {
    EXPECT_FALSE(layOut({}));
    Movie movie;
    movie.tracks.push_back(sound({}));
    EXPECT_FALSE(layOut(movie));
    movie.tracks.front().init = "no boxes";
    EXPECT_FALSE(layOut(movie));
}

}  // namespace
}  // namespace marea::server
