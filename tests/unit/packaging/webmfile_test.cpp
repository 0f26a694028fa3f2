#include "server/packaging/webmfile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "server/packaging/ebml.h"
#include "server/packaging/mp4boxes.h"
#include "server/packaging/webmelements.h"

namespace marea::server {
namespace {

constexpr std::int32_t kScale = 48'000, kPicture = 2000, kFrame = 960;  // 24 pictures a second, 20 ms of sound
constexpr std::int64_t kShift = std::int64_t{10} * kScale;

// An initialisation segment, for its unit.
std::string initOf(std::int32_t scale) {
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
    box.u32(static_cast<std::uint32_t>(scale));
    box.u64(0);
    box.end();
    box.begin("minf");
    box.beginFull("smhd", 0, 0);
    box.u32(0);
    box.end();
    box.begin("stbl");
    box.beginFull("stsd", 0, 0);
    box.u32(1);
    for (int open = 0; open < 6; ++open) {
        box.end();
    }
    return out;
}

// As workers write it: a Segment of unknown size, with one track.
std::string headOf(std::string_view codec, std::string_view codecPrivate) {
    std::string entry, list, head;
    EbmlWriter in(entry), tracks(list), out(head);
    in.number(webm::trackNumber, 1);
    in.number(webm::trackUid, 1);
    in.bytes(webm::codecId, codec);
    if (!codecPrivate.empty()) {
        in.bytes(webm::codecPrivate, codecPrivate);
        in.number(webm::codecDelay, 0);
    }
    tracks.bytes(webm::trackEntry, entry);
    out.bytes(webm::ebml, "");
    out.id(webm::segment);
    out.unknownSize();
    out.bytes(webm::info, "");
    out.bytes(webm::tracks, list);
    return head;
}

std::string opusHead(int preSkip) {
    std::string head = "OpusHead";
    head += {'\1', '\2', static_cast<char>(preSkip & 0xFF), static_cast<char>(preSkip >> 8)};
    return head + std::string(7, '\0');
}

// `count` samples from `at` (of the title) on, each of one byte, behind `offset` others in the segment.
MovieChunk chunkOf(std::int64_t at, std::size_t count, std::int32_t length, bool allSync) {
    MovieChunk chunk;
    chunk.offset = 4;
    chunk.size = count;
    for (std::size_t i = 0; i < count; ++i) {
        chunk.samples.push_back({at + kShift + static_cast<std::int64_t>(i) * length, 0,
                                 static_cast<std::uint32_t>(length), 1, allSync || i == 0});
    }
    return chunk;
}

// Four seconds of pictures in two segments, and sound that begins four frames earlier and is heard until 3.99 s.
Movie webmFilm() {
    MovieTrack picture{core::StreamKind::Video, initOf(kScale), headOf("V_VP9", ""), {}, {}, "", "", true};
    picture.chunks = {chunkOf(0, 48, kPicture, false), chunkOf(2 * kScale, 48, kPicture, false)};
    MovieTrack sound{core::StreamKind::Audio, initOf(kScale), headOf("A_OPUS", opusHead(0)), {}, {}, "es", "Voz", true};
    sound.chunks = {chunkOf(-4 * kFrame, 104, kFrame, true), chunkOf(100 * kFrame, 100, kFrame, true)};
    sound.end = Ticks{399} * kTicksPerSecond / 100;
    Movie movie;
    movie.tracks = {picture, sound};
    movie.texts = {{{{500, 1500, "1", "line:0", "<i>High</i> &amp; low"}}, "en", "", false, true}};
    movie.chapters = {{0, 2, "Rising"}, {2, 4, "Falling"}};
    movie.tags.tags.title = "Tide";
    return movie;
}

struct Element {
    std::uint32_t id = 0;
    std::size_t at = 0;  // in the file
    std::string body;
    std::size_t bodyAt = 0;
};

std::uint64_t numberOf(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) {
        value = value << 8 | static_cast<std::uint8_t>(c);
    }
    return value;
}

// The elements in [from, to) of a file.
std::vector<Element> elementsIn(const std::string& file, std::size_t from, std::size_t to) {
    const auto width = [&](std::size_t at) {
        return static_cast<std::size_t>(std::countl_zero(static_cast<std::uint8_t>(file[at]))) + 1;
    };
    std::vector<Element> found;
    while (from < to) {
        Element element;
        element.at = from;
        const std::size_t id = width(from), size = width(from + id);
        element.id = static_cast<std::uint32_t>(numberOf(std::string_view(file).substr(from, id)));
        const std::uint64_t length =
            numberOf(std::string_view(file).substr(from + id, size)) & ~(std::uint64_t{1} << (7 * size));
        element.bodyAt = from + id + size;
        EXPECT_LE(element.bodyAt + length, to);
        if (element.bodyAt + length > to) {
            return found;
        }
        element.body = file.substr(element.bodyAt, length);
        found.push_back(element);
        from = element.bodyAt + length;
    }
    return found;
}

std::vector<Element> elementsIn(const std::string& file, const Element& in) {
    return elementsIn(file, in.bodyAt, in.bodyAt + in.body.size());
}

std::vector<Element> all(const std::string& file, const Element& in, std::uint32_t id) {
    auto found = elementsIn(file, in);
    std::erase_if(found, [&](const Element& element) { return element.id != id; });
    return found;
}

Element one(const std::string& file, const Element& in, std::uint32_t id) {
    const auto found = all(file, in, id);
    EXPECT_EQ(found.size(), 1U) << std::hex << id;
    return found.empty() ? Element{} : found.front();
}

struct File {
    explicit File(const Movie& movie) {
        const auto layout = layOutWebm(movie);
        EXPECT_TRUE(layout);
        if (!layout) {
            return;
        }
        bytes = layout->head;
        std::map<std::size_t, std::string> segments;
        for (const auto& cluster : layout->clusters) {
            const auto made = clusterBytes(movie, cluster, [&](std::size_t track, std::size_t chunk) {
                // Frames are told apart by their place in the segment.
                std::string& all = segments[track * 100 + chunk] = "head";
                for (std::size_t i = 0; i < movie.tracks[track].chunks[chunk].samples.size(); ++i) {
                    all += static_cast<char>(i);
                }
                return core::Result<std::string_view>(all);
            });
            EXPECT_TRUE(made);
            EXPECT_EQ(made->size(), cluster.size);
            bytes += *made;
        }
        EXPECT_EQ(bytes.size(), layout->size);
        const auto top = elementsIn(bytes, 0, bytes.size());
        EXPECT_EQ(top.size(), 2U);
        segment = top.back();
    }
    std::string bytes;
    Element segment;
};

struct Seen {
    int track = 0;
    std::int64_t at = 0;
    std::string frame;
    bool key = false;
    std::uint64_t length = 0, discard = 0;
};

// All blocks of a file, in its order.
std::vector<Seen> blocksOf(const File& file) {
    std::vector<Seen> seen;
    for (const Element& cluster : all(file.bytes, file.segment, webm::cluster)) {
        const auto begin = static_cast<std::int64_t>(numberOf(one(file.bytes, cluster, webm::timestamp).body));
        for (Element element : elementsIn(file.bytes, cluster)) {
            Seen block;
            if (element.id == webm::timestamp) {
                continue;
            }
            if (element.id == webm::blockGroup) {
                for (const Element& part : elementsIn(file.bytes, element)) {
                    block.length = part.id == webm::blockDuration ? numberOf(part.body) : block.length;
                    block.discard = part.id == webm::discardPadding ? numberOf(part.body) : block.discard;
                }
                block.key = all(file.bytes, element, webm::referenceBlock).empty();
                element = one(file.bytes, element, webm::block);
            } else {
                block.key = (element.body[3] & 0x80) != 0;
            }
            block.track = element.body[0] & 0x7F;
            block.at = begin + static_cast<std::int16_t>(numberOf(element.body.substr(1, 2)));
            block.frame = element.body.substr(4);
            seen.push_back(block);
        }
    }
    return seen;
}

std::vector<Seen> ofTrack(const std::vector<Seen>& blocks, int track) {
    std::vector<Seen> found = blocks;
    std::erase_if(found, [&](const Seen& block) { return block.track != track; });
    return found;
}

TEST(WebmFile, TellsInFrontWhereThingsAreAndHowLongItLasts) {
    const File file(webmFilm());
    const auto info = one(file.bytes, file.segment, webm::info);
    EXPECT_EQ(std::bit_cast<double>(numberOf(one(file.bytes, info, webm::duration).body)), 4000.0);
    EXPECT_EQ(one(file.bytes, info, webm::title).body, "Tide");

    std::map<std::uint64_t, std::size_t> places;
    for (const Element& element : elementsIn(file.bytes, file.segment)) {
        places.emplace(element.id, element.at);
    }
    const auto seekHead = one(file.bytes, file.segment, webm::seekHead);
    const auto seeks = all(file.bytes, seekHead, webm::seek);
    EXPECT_EQ(seeks.size(), 5U) << "what it is, tracks, chapters, tags, cues";
    for (const Element& seek : seeks) {
        const std::uint64_t id = numberOf(one(file.bytes, seek, webm::seekId).body);
        EXPECT_EQ(numberOf(one(file.bytes, seek, webm::seekPosition).body) + file.segment.bodyAt, places[id]);
    }
    const auto clusters = all(file.bytes, file.segment, webm::cluster);
    const auto cues = one(file.bytes, file.segment, webm::cues);
    EXPECT_LT(cues.at, clusters.front().at);
    const auto points = all(file.bytes, cues, webm::cuePoint);
    ASSERT_EQ(points.size(), 2U) << "one for each picture that decodes alone";
    for (std::size_t i = 0; i < 2; ++i) {
        const auto where = one(file.bytes, points[i], webm::cueTrackPositions);
        EXPECT_EQ(numberOf(one(file.bytes, points[i], webm::cueTime).body), 2000 * i);
        EXPECT_EQ(numberOf(one(file.bytes, where, webm::cueClusterPosition).body) + file.segment.bodyAt,
                  clusters[i].at);
    }
    const auto edition = one(file.bytes, one(file.bytes, file.segment, webm::chapters), webm::editionEntry);
    EXPECT_EQ(all(file.bytes, edition, webm::chapterAtom).size(), 2U);
}

TEST(WebmFile, HasAllTracksInTheOrderOfTheirTimes) {
    const File file(webmFilm());
    const auto blocks = blocksOf(file);
    EXPECT_TRUE(std::is_sorted(blocks.begin(), blocks.end(), [](const Seen& a, const Seen& b) { return a.at < b.at; }));
    const auto pictures = ofTrack(blocks, 1), sounds = ofTrack(blocks, 2), texts = ofTrack(blocks, 3);
    ASSERT_EQ(pictures.size(), 96U);
    ASSERT_EQ(sounds.size(), 204U);
    ASSERT_EQ(texts.size(), 1U);
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        EXPECT_EQ(pictures[i].at, std::llround(static_cast<double>(i) * 1000 / 24)) << i;
        EXPECT_EQ(pictures[i].frame, std::string(1, static_cast<char>(i % 48)));
        EXPECT_EQ(pictures[i].key, i % 48 == 0);
    }
    EXPECT_EQ(pictures.back().length, 42U) << "nothing comes after it";
    EXPECT_EQ((std::pair(texts[0].at, texts[0].length)), (std::pair(std::int64_t{500}, std::uint64_t{1000})));
    EXPECT_EQ(texts[0].frame, "1\nline:0\n<i>High</i> &amp; low");
}

// What comes before the title and after its end is thrown away, to the sample.
TEST(WebmFile, SoundBeginsAndEndsToTheSample) {
    const File file(webmFilm());
    const auto entries = all(file.bytes, one(file.bytes, file.segment, webm::tracks), webm::trackEntry);
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(numberOf(one(file.bytes, entries[1], webm::codecDelay).body), 80'000'000U);
    const std::string head = one(file.bytes, entries[1], webm::codecPrivate).body;
    EXPECT_EQ(static_cast<std::uint8_t>(head[10]) | static_cast<std::uint8_t>(head[11]) << 8, 4 * 960);
    EXPECT_EQ(one(file.bytes, entries[1], webm::language).body, "spa");
    EXPECT_EQ(one(file.bytes, entries[1], webm::name).body, "Voz");
    EXPECT_EQ(numberOf(one(file.bytes, entries[0], webm::defaultDuration).body), 41'666'667U);
    const auto sounds = ofTrack(blocksOf(file), 2);
    EXPECT_EQ(sounds.front().at, 0) << "what is heard at -80 ms";
    EXPECT_EQ(sounds[4].at, 80) << "and at 0";
    EXPECT_EQ(sounds.back().discard, 10'000'000U);
    EXPECT_EQ(sounds.back().length, 10U);
}

// A source's own pre-skip stays where it is more than what lies before the title.
TEST(WebmFile, ACopysPreSkipStays) {
    Movie movie = webmFilm();
    movie.tracks[1].webmHead = headOf("A_OPUS", opusHead(312));
    movie.tracks[1].chunks = {chunkOf(0, 200, kFrame, true)};
    movie.tracks[1].end = {};
    const File file(movie);
    const auto entries = all(file.bytes, one(file.bytes, file.segment, webm::tracks), webm::trackEntry);
    EXPECT_EQ(numberOf(one(file.bytes, entries[1], webm::codecDelay).body), 6'500'000U);
    const auto sounds = ofTrack(blocksOf(file), 2);
    EXPECT_EQ(sounds.front().at, 7) << "6.5 ms later than it is heard";
    EXPECT_EQ(sounds.back().discard, 0U);
}

TEST(WebmFile, LongStretchesWithoutAKeyAreCutToo) {
    Movie movie = webmFilm();
    movie.tracks[0].chunks = {chunkOf(0, 24 * 60, kPicture, false)};
    const File file(movie);
    const auto clusters = all(file.bytes, file.segment, webm::cluster);
    EXPECT_EQ(clusters.size(), 12U);
    EXPECT_EQ(all(file.bytes, one(file.bytes, file.segment, webm::cues), webm::cuePoint).size(), 1U);
    EXPECT_EQ(ofTrack(blocksOf(file), 1).back().at, 60'000 - 42);
}

TEST(WebmFile, WhatIsNoneIsSaid) {
    for (const std::string& head : {std::string(), std::string("\x1A\x45\xDF\xA3\xFF", 5), headOf("A_OPUS", "short"),
                                    headOf("V_VP9", "").substr(0, 30)}) {
        Movie movie = webmFilm();
        movie.tracks[1].webmHead = head;
        const auto layout = layOutWebm(movie);
        ASSERT_FALSE(layout);
        EXPECT_EQ(layout.error().code, core::ErrorCode::Corrupt);
    }
    Movie empty = webmFilm();
    empty.tracks[0].chunks.clear();
    EXPECT_EQ(layOutWebm(empty).error().code, core::ErrorCode::Unprocessable);
    EXPECT_FALSE(layOutWebm(Movie{}));
    const Movie movie = webmFilm();
    const auto layout = layOutWebm(movie);
    EXPECT_FALSE(clusterBytes(movie, layout->clusters[0],
                              [](std::size_t, std::size_t) { return core::Result<std::string_view>("cut"); }));
}

}  // namespace
}  // namespace marea::server
