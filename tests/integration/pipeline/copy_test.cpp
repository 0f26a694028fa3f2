// Copied segments, judged by other programs: joined they are the source, and each is the same bytes whatever else was
// asked for.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "server/pipeline/mediaindex.h"
#include "server/pipeline/mediareader.h"
#include "tests/integration/pipeline/cutfile.h"
#include "tests/integration/pipeline/judge.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;
using core::StreamKind;

namespace {

const std::vector<std::string> picture{"-f", "lavfi", "-i", "testsrc2=s=160x90:r=24000/1001:d=11"};
const std::vector<std::string> sound{"-f", "lavfi", "-i", "aevalsrc='0.2*sin(900*t)|0.1*sin(70*t*t)':d=11:s=44100"};

// How a source is made: pictures and sound into `name`, or `from` put into another container.
struct Recipe {
    const char* name;
    const char* from;
    std::vector<std::string> arguments;
    double unit = 0.0011;  // s, of the coarsest container on the way
};

const std::vector<std::string> openGroups{
    "-c:v", "libx264", "-x264-params", "keyint=40:bframes=3:b-pyramid=normal:open-gop=1:scenecut=0", "-c:a", "aac"};

const Recipe recipes[] = {
    {"h264.mkv", "", openGroups},
    {"h264.mp4", "h264.mkv", {"-c", "copy"}},
    {"h264.mov", "h264.mkv", {"-c", "copy"}},
    {"h264.ts", "h264.mkv", {"-c", "copy"}},
    {"h264.flv", "h264.mkv", {"-c", "copy"}},
    {"fragmented.mp4", "h264.mkv", {"-c", "copy", "-movflags", "frag_keyframe+empty_moov"}},
    {"nocues.mkv", "h264.mkv", {"-c", "copy", "-live", "1"}},
    {"hevc.mkv",
     "",
     {"-c:v", "libx265", "-x265-params", "keyint=40:bframes=4:open-gop=1:log-level=none", "-c:a", "eac3"}},
    {"hevc.mp4", "hevc.mkv", {"-c", "copy", "-tag:v", "hvc1"}},
    {"hevc.ts", "hevc.mkv", {"-c", "copy"}},
    {"vp9.webm", "", {"-c:v", "libvpx-vp9", "-g", "40", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"}},
    {"av1.mkv", "", {"-c:v", "libsvtav1", "-preset", "12", "-g", "40", "-c:a", "flac"}},
    {"mp3.mkv", "", {"-c:v", "libx264", "-g", "50", "-c:a", "libmp3lame"}},
    {"mp3.ts", "mp3.mkv", {"-c", "copy"}},
    {"ac3.ts", "", {"-c:v", "libx264", "-g", "50", "-c:a", "ac3"}},
    {"sound.aac", "", {"-vn", "-c:a", "aac"}},
    {"sound.m4a", "", {"-vn", "-c:a", "aac"}},
    {"sound.flac", "", {"-vn", "-c:a", "flac"}},
    {"sound.opus", "", {"-vn", "-c:a", "libopus"}},
    {"sound.mp3", "", {"-vn", "-c:a", "libmp3lame", "-q:a", "4"}},
};

// Made once for all cases.
class Sources {
public:
    // Empty when it cannot be made here.
    std::string path(const std::string& name) {
        const std::string path = folder_.at(name);
        if (std::filesystem::exists(path))
            return path;
        const auto* recipe =
            std::find_if(std::begin(recipes), std::end(recipes), [&](const Recipe& r) { return r.name == name; });
        std::vector<std::string> arguments;
        if (*recipe->from) {
            arguments = {"-i", this->path(recipe->from)};
        } else {
            arguments = picture;
            arguments.insert(arguments.end(), sound.begin(), sound.end());
        }
        arguments.insert(arguments.end(), recipe->arguments.begin(), recipe->arguments.end());
        return make(path, arguments) ? path : std::string();
    }
    const ScratchFolder& folder() const { return folder_; }

private:
    ScratchFolder folder_;
};

Sources& sources() {
    static Sources all;
    return all;
}

std::string joined(OpenSession& session, const std::vector<SegmentSpec>& specs) {
    std::string all;
    for (const SegmentSpec& spec : specs) {
        const auto made = session->segment(spec);
        EXPECT_TRUE(made) << "segment " << spec.number << ": " << (made ? "" : made.error().detail);
        all += made.value_or("");
    }
    return all;
}

// Trimming of an edit list is not in a segment: the frames at both ends may differ.
bool sameWithin(const std::vector<std::string>& made, const std::vector<std::string>& source) {
    constexpr std::size_t edge = 2;
    if (source.size() < 4 * edge || made.size() < source.size())
        return false;
    const auto middle = std::search(made.begin(), made.end(), source.begin() + edge, source.end() - edge);
    return middle != made.end() && made.size() - source.size() <= edge;
}

class Copies : public testing::TestWithParam<Recipe> {
protected:
    void SetUp() override {
        if (!haveJudges())
            GTEST_SKIP() << "no ffmpeg and ffprobe commands";
        path_ = sources().path(GetParam().name);
        if (path_.empty())
            GTEST_SKIP() << "ffmpeg cannot make " << GetParam().name;
        const auto info = infoOf(path_);
        ASSERT_TRUE(info) << info.error().text;
        info_ = *info;
        OpenSession session(path_);
        ASSERT_TRUE(session) << session.session.error().text;
        const auto index = session->index();
        ASSERT_TRUE(index) << index.error().text;
        index_ = *index;
    }
    std::vector<std::vector<TrackSpec>> renditions() const {
        std::vector<std::vector<TrackSpec>> all;
        for (const TrackIndex& track : index_.tracks)
            all.push_back({copyOf(track.stream)});
        return all;
    }
    // x264 was told to leave them open, and makes no picture but the first that nothing reaches over; x265 says which
    // ones that are.
    bool hasOpenGroups(int stream) const {
        const std::string_view name = GetParam().name;
        bool leading = false;
        double key = -1;
        int keys = 0;
        for (const JudgedPacket& packet : packetsOf(path_, std::to_string(stream))) {
            keys += packet.key;
            key = packet.key ? packet.pts : key;
            leading = leading || (keys > 1 && packet.pts < key);
        }
        const bool byX264 = name.starts_with("h264") || name == "fragmented.mp4" || name == "nocues.mkv";
        return byX264 || (name.starts_with("hevc") && leading);
    }
    void compare(const std::vector<JudgedPacket>& made, const std::vector<JudgedPacket>& source) const {
        ASSERT_EQ(made.size(), source.size());
        const double shift = made.front().pts - source.front().pts;
        for (std::size_t i = 0; i < made.size(); ++i) {
            ASSERT_NEAR(made[i].pts - source[i].pts, shift, GetParam().unit) << "packet " << i;
            ASSERT_LE(made[i].dts, made[i].pts + 1e-6) << "packet " << i;
            ASSERT_EQ(made[i].key, source[i].key) << "packet " << i;
            if (i > 0) {
                ASSERT_GT(made[i].dts, made[i - 1].dts) << "packet " << i;
            }
        }
    }

    std::string path_;
    core::MediaInfo info_;
    MediaIndex index_;
};

}  // namespace

// Pictures that are refreshed bit by bit have one keyframe, at the start.
TEST(Seeking, DoesNotReadAllThatComesBehindForAKeyframe) {
    const ScratchFolder folder;
    const std::string path = folder.at("refreshed.ts");
    if (!make(path, {"-f", "lavfi", "-i", "testsrc2=s=160x90:r=24:d=240", "-c:v", "libx264", "-preset", "ultrafast",
                     "-x264-params", "keyint=infinite:scenecut=0"}))
        GTEST_SKIP() << "no ffmpeg command, or no libx264";
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    auto source = MediaSource::open(descriptor, "refreshed.ts");
    ASSERT_TRUE(source);
    int packets = 0;
    source->setUnwanted([&] {
        ++packets;
        return false;
    });
    const auto reader = MediaReader::open(*source);
    ASSERT_TRUE(reader) << reader.error().text;
    packets = 0;
    ASSERT_TRUE((*reader)->seek((*reader)->tracks().front(), 120 * kTicksPerSecond));
    EXPECT_LT(packets, 240 * 24) << "more than the file has";
    const auto first = (*reader)->next();
    ASSERT_TRUE(first && *first);
    EXPECT_TRUE((*first)->flags & AV_PKT_FLAG_KEY) << "it is at the start";
    ::close(descriptor);
}

// What begins soon is cut by the same ends as later, and reads little for them.
TEST(TransportStreams, TellTheirEndsWithoutBeingReadThrough) {
    const ScratchFolder folder;
    const std::string path = folder.at("long.ts");
    if (!make(path, {"-f", "lavfi", "-i", "testsrc2=s=160x90:r=24:d=240", "-f", "lavfi", "-i",
                     "aevalsrc='0.2*sin(900*t)':d=240:s=44100", "-c:v", "libx264", "-preset", "ultrafast", "-g", "48",
                     "-bf", "2", "-c:a", "aac"}))
        GTEST_SKIP() << "no ffmpeg command, or no libx264";
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    auto source = MediaSource::open(descriptor, "long.ts");
    ASSERT_TRUE(source);
    int packets = 0;
    source->setUnwanted([&] {
        ++packets;
        return false;
    });
    const auto reader = MediaReader::open(*source);
    ASSERT_TRUE(reader) << reader.error().text;
    const auto ends = indexMedia(**reader, IndexDepth::Soonest, 0);
    ASSERT_TRUE(ends) << ends.error().text;
    EXPECT_LT(packets, 1500) << "of about sixteen thousand";
    EXPECT_FALSE(ends->isWhole);
    const auto whole = indexMedia(**reader, IndexDepth::Whole, 0);
    ASSERT_TRUE(whole) << whole.error().text;
    EXPECT_TRUE(whole->isWhole);
    EXPECT_GT(packets, 10'000);
    EXPECT_EQ(ends->duration, whole->duration);
    ASSERT_EQ(ends->tracks.size(), whole->tracks.size());
    for (std::size_t i = 0; i < ends->tracks.size(); ++i) {
        EXPECT_EQ(ends->tracks[i].start, whole->tracks[i].start);
        EXPECT_EQ(ends->tracks[i].end, whole->tracks[i].end);
        EXPECT_EQ(ends->tracks[i].codecString, whole->tracks[i].codecString);
        EXPECT_TRUE(ends->tracks[i].keyframes.empty());
    }
    const auto small = indexMedia(**reader, IndexDepth::Soonest, source->size());
    ASSERT_TRUE(small) << small.error().text;
    EXPECT_TRUE(small->isWhole) << "that does not take long";
    ::close(descriptor);
}

// Two recordings in one file, as when a receiver was started again: the last packets say when the second one ends.
TEST(TransportStreams, WhoseClockWasSetAnewAreReadThrough) {
    const ScratchFolder folder;
    const auto recording = [&](const std::string& name, const std::string& seconds) {
        return make(folder.at(name), {"-f", "lavfi", "-i", "testsrc2=s=160x90:r=24:d=" + seconds, "-f", "lavfi", "-i",
                                      "aevalsrc='0.2*sin(900*t)':s=44100:d=" + seconds, "-c:v", "libx264", "-preset",
                                      "ultrafast", "-g", "48", "-c:a", "aac"});
    };
    if (!recording("first.ts", "120") || !recording("second.ts", "20"))
        GTEST_SKIP() << "no ffmpeg command, or no libx264";
    const std::string path = folder.at("both.ts");
    {
        std::ofstream both(path, std::ios::binary);
        for (const char* part : {"first.ts", "second.ts"})
            both << std::ifstream(folder.at(part), std::ios::binary).rdbuf();
    }
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    auto source = MediaSource::open(descriptor, "both.ts");
    ASSERT_TRUE(source);
    const auto reader = MediaReader::open(*source);
    ASSERT_TRUE(reader) << reader.error().text;
    const auto index = indexMedia(**reader, IndexDepth::Soonest, 0);
    ASSERT_TRUE(index) << index.error().text;
    EXPECT_TRUE(index->isWhole);
    EXPECT_NEAR(static_cast<double>(index->duration) / kTicksPerSecond, 120, 1)
        << "all of the first one can be reached";
    ::close(descriptor);
}

TEST(MuxedCopies, EndWhereTheirPlaylistEnds) {
    const ScratchFolder folder;
    const std::string path = folder.at("tail.ts");
    if (!haveJudges() ||
        !make(path, {"-f", "lavfi", "-i", "testsrc2=s=160x90:r=24:d=5", "-f", "lavfi", "-i",
                     "aevalsrc='0.2*sin(900*t)':d=60:s=44100", "-c:v", "libx264", "-g", "24", "-c:a", "aac"}))
        GTEST_SKIP() << "no ffmpeg command, or not these encoders";
    const auto info = infoOf(path);
    ASSERT_TRUE(info) << info.error().text;
    OpenSession session(path);
    ASSERT_TRUE(session);
    const auto index = session->index();
    ASSERT_TRUE(index) << index.error().text;
    const auto specs = specsOf({copyOf(0), copyOf(1)}, *info, *index, SegmentFormat::MpegTs);
    ASSERT_FALSE(specs.empty());
    EXPECT_NEAR(toSeconds(specs.back().to), 35, 0.2) << "half a minute behind the pictures";
    const auto sound = packetsOf(folder.write("joined.ts", joined(session, specs)), "a:0");
    ASSERT_FALSE(sound.empty());
    EXPECT_NEAR(sound.back().pts - sound.front().pts, 35, 0.7);
}

TEST_P(Copies, JoinedAreTheSource) {
    std::vector<double> offsets;
    for (const TrackIndex& track : index_.tracks) {
        SCOPED_TRACE(track.codec);
        ASSERT_NE(track.codecString, "");
        OpenSession session(path_);
        const auto specs = specsOf({copyOf(track.stream)}, info_, index_);
        ASSERT_GT(specs.size(), 4U);
        const std::string file = sources().folder().write("joined.mp4", joined(session, specs));
        const auto made = packetsOf(file, "0"), source = packetsOf(path_, std::to_string(track.stream));
        compare(made, source);
        if (HasFatalFailure())
            return;
        offsets.push_back(made.front().pts - source.front().pts);
        const auto frames = framesOf(file, "0"), original = framesOf(path_, std::to_string(track.stream));
        if (track.kind == StreamKind::Video)
            EXPECT_EQ(frames, original);
        else
            EXPECT_TRUE(sameWithin(frames, original)) << frames.size() << " frames of " << original.size();
    }
    if (offsets.size() == 2) {
        EXPECT_NEAR(offsets[0], offsets[1], GetParam().unit) << "sound and pictures moved against each other";
    }
}

TEST_P(Copies, AreTheSameBytesInWhateverOrder) {
    for (const auto& tracks : renditions()) {
        auto specs = specsOf(tracks, info_, index_);
        std::vector<std::string> inOrder;
        OpenSession first(path_);
        for (const SegmentSpec& spec : specs)
            inOrder.push_back(first->segment(spec).value_or("?"));
        OpenSession second(path_);
        ASSERT_TRUE(second->index());
        for (std::size_t i = specs.size(); i-- > 0;) {
            EXPECT_EQ(second->segment(specs[i]).value_or("!"), inOrder[i]) << "in reverse, " << specs[i].number;
        }
        for (std::size_t i = 0; i < specs.size(); i += 2) {
            OpenSession alone(path_);
            EXPECT_EQ(alone->segment(specs[i]).value_or("!"), inOrder[i]) << "alone, " << specs[i].number;
        }
    }
}

TEST_P(Copies, MuxedIntoTransportStreamsAreTheSource) {
    std::vector<TrackSpec> tracks;
    for (const TrackIndex& track : index_.tracks) {
        if (track.codec == "vp9" || track.codec == "av1" || track.codec == "flac")
            GTEST_SKIP() << "MPEG-TS has no place for " << track.codec;
        tracks.push_back(copyOf(track.stream));
    }
    if (tracks.size() < 2)
        GTEST_SKIP() << "one track only";
    const auto specs = specsOf(tracks, info_, index_, SegmentFormat::MpegTs);
    ASSERT_GT(specs.size(), 3U);
    OpenSession session(path_);
    const std::string all = joined(session, specs);
    const std::string file = sources().folder().write("joined.ts", all);
    double shift = 0;
    for (const TrackIndex& track : index_.tracks) {
        const std::string map = track.kind == StreamKind::Video ? "v:0" : "a:0";
        const auto made = packetsOf(file, map), source = packetsOf(path_, std::to_string(track.stream));
        ASSERT_EQ(made.size(), source.size()) << map;
        const double moved = made.front().pts - source.front().pts;
        if (track.kind == StreamKind::Video)
            shift = moved;
        EXPECT_NEAR(moved, shift, GetParam().unit);
        EXPECT_TRUE(sameWithin(framesOf(file, map), framesOf(path_, std::to_string(track.stream)))) << map;
    }
    OpenSession again(path_);
    EXPECT_EQ(again->segment(specs.back()).value_or("!"),
              all.substr(all.size() - again->segment(specs.back())->size()));
}

TEST_P(Copies, PicturesAloneAreTheKeyframes) {
    for (const TrackIndex& track : index_.tracks) {
        if (track.kind != StreamKind::Video)
            continue;
        const auto pictures = pictureGrid(copyOf(track.stream), info_, index_);
        ASSERT_GT(pictures.size(), 4U);
        OpenSession session(path_);
        std::string all = session->segment({{copyOf(track.stream)}, SegmentFormat::Mp4}).value_or("");
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            const SegmentSpec spec{
                {copyOf(track.stream)}, SegmentFormat::Picture, static_cast<int>(i), pictures[i].from, pictures[i].to};
            const auto made = session->segment(spec);
            ASSERT_TRUE(made) << "picture " << i << ": " << made.error().detail;
            all += *made;
        }
        const std::string file = sources().folder().write("pictures.mp4", all);
        const auto packets = packetsOf(file, "0");
        ASSERT_EQ(packets.size(), pictures.size());
        EXPECT_EQ(framesOf(file, "0").size(), pictures.size()) << "each decodes alone";
        for (std::size_t i = 0; i < packets.size(); ++i) {
            EXPECT_TRUE(packets[i].key);
            EXPECT_NEAR(packets[i].pts - packets[0].pts, toSeconds(pictures[i].from - pictures[0].from), 0.0011);
        }
    }
}

TEST_P(Copies, TheIndexTellsWhatIsThere) {
    for (const TrackIndex& track : index_.tracks) {
        EXPECT_NEAR(toSeconds(track.end), 11, 0.2) << track.codec;
        EXPECT_GE(track.start, 0);
        if (track.kind != StreamKind::Video)
            continue;
        EXPECT_EQ(track.frameRate, (Rational{24'000, 1001}));
        EXPECT_EQ(track.openGroups, hasOpenGroups(track.stream));
        std::vector<double> keys;
        for (const JudgedPacket& packet : packetsOf(path_, std::to_string(track.stream))) {
            if (packet.key)
                keys.push_back(packet.pts);
        }
        ASSERT_EQ(track.keyframes.size(), keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            EXPECT_NEAR(toSeconds(track.keyframes[i].at - track.keyframes[0].at), keys[i] - keys[0], GetParam().unit);
        }
        EXPECT_TRUE(std::all_of(track.keyframes.begin(), track.keyframes.end(),
                                [](const Keyframe& key) { return key.bytes > 0; }));
    }
}

INSTANTIATE_TEST_SUITE_P(Sources, Copies, testing::ValuesIn(recipes), [](const auto& instance) {
    std::string name = instance.param.name;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
});
