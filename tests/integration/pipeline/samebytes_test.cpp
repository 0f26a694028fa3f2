#include <gtest/gtest.h>
#include <malloc.h>
#include <array>
#include <thread>

#include "tests/integration/pipeline/transcodefixture.h"

using namespace marea::server;
using namespace marea::server::test;

// What nobody wrote must not count: while these tests run, fresh and freed memory has a pattern, and another one in
// each round. Encoders, decoders and filters that read past what they were given come out with other bytes.
// Fresh memory has the pattern's complement. That of the first one is -1 everywhere: motion that points back into the
// picture, which libx264 followed on processors with AVX-512 (server/pipeline/x264assembly.h).

namespace {

class Poison {
public:
    explicit Poison(int pattern) { set(pattern); }
    ~Poison() { set(0); }
    Poison(const Poison&) = delete;
    Poison& operator=(const Poison&) = delete;

private:
    static void set([[maybe_unused]] int pattern) {
#ifdef M_PERTURB
        ::mallopt(M_PERTURB, pattern);
#endif
    }
};

constexpr std::array patterns{0x100, 0x55, 0xFE};

struct Source {
    const char* name;
    const char* container;
    std::vector<const char*> options;  // of ffmpeg
    const char* filter = "null";
    int width = 162, height = 92;  // no whole blocks
};

const std::vector<Source>& sources() {
    static const std::vector<Source> all = {
        {"reordered", "mp4", {"-c:v", "libx264", "-bf", "3", "-g", "130"}},
        {"open groups", "mkv", {"-c:v", "libx264", "-bf", "3", "-g", "33", "-x264-params", "open-gop=1:scenecut=0"}},
        {"deep", "mkv", {"-c:v", "libx264", "-pix_fmt", "yuv420p10le", "-g", "48"}},
        {"odd", "mkv", {"-c:v", "ffv1", "-g", "25"}, "crop=161:91,format=yuv444p", 160, 90},
        {"interlaced",
         "ts",
         {"-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-b:v", "1M", "-g", "12", "-bf", "2"},
         "setfield=tff"},
        {"hevc", "mkv", {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=60"}},
        {"irregular",
         "mkv",
         {"-c:v", "libx264", "-g", "40", "-fps_mode", "vfr"},
         "select='not(mod(n*n,7))+lt(mod(n,90),20)'"},
        {"smaller", "mp4", {"-c:v", "libx264", "-g", "70"}, "null", 98, 54},
    };
    return all;
}

// Many details that move, so that rates are at their limits and motion reaches over the edges.
bool make(const Source& source, const std::string& path) {
    std::vector<std::string> arguments{
        "-f", "lavfi", "-i",
        "testsrc2=s=162x92:r=25:d=9,noise=alls=12:allf=t:all_seed=1,scroll=h=0.011:v=0.007," +
            std::string(source.filter)};
    arguments.insert(arguments.end(), source.options.begin(), source.options.end());
    return makeMedia(path, arguments);
}

VideoEncoding encodingOf(const Source& source, const char* codec) {
    VideoEncoding encoding;
    encoding.codec = codec;
    encoding.width = source.width;
    encoding.height = source.height;
    encoding.frameRate = {25, 1};
    encoding.bitrate = 250'000;
    return encoding;
}

AudioEncoding soundOf(const char* codec) {
    AudioEncoding encoding;
    encoding.codec = codec;
    encoding.bitrate = encoding.codec == "flac" ? 0 : 96'000;
    return encoding;
}

using Segments = std::vector<std::string>;

// How a film's picture is made.
struct Pictures {
    VideoEncoding encoding;
    static std::unique_ptr<VideoTranscoder> open(Film& film) { return film.video(); }
    std::string made(VideoTranscoder& by, const Cut& cut, int number) const {
        return videoSegment(by, encoding, cut, number);
    }
};

// How its sound is.
struct Sound {
    AudioEncoding encoding;
    static std::unique_ptr<AudioTranscoder> open(Film& film) { return film.audio(); }
    std::string made(AudioTranscoder& by, const Cut& cut, int number) const {
        return audioSegment(by, encoding, cut, number);
    }
};

template <class Way>
Segments alone(Film& film, const Way& way, const std::vector<Cut>& cuts) {
    Segments made;
    for (std::size_t i = 0; i < cuts.size(); ++i)
        made.push_back(way.made(*Way::open(film), cuts[i], static_cast<int>(i)));
    return made;
}

template <class Transcoder, class Way>
Segments inTurn(Transcoder& by, const Way& way, const std::vector<Cut>& cuts, bool reverse) {
    Segments made(cuts.size());
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        const std::size_t at = reverse ? cuts.size() - 1 - i : i;
        made[at] = way.made(by, cuts[at], static_cast<int>(at));
    }
    return made;
}

// Each by a session of its own, in a thread of its own.
template <class Way>
Segments atOnce(const std::string& path, const Way& way, const std::vector<Cut>& cuts) {
    Segments made(cuts.size());
    std::vector<std::thread> makers;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        makers.emplace_back([&, i] {
            Film film(path);
            made[i] = way.made(*Way::open(film), cuts[i], static_cast<int>(i));
        });
    }
    for (std::thread& maker : makers)
        maker.join();
    return made;
}

void expectSame(const Segments& made, const Segments& expected, const std::string& how) {
    ASSERT_EQ(made.size(), expected.size());
    for (std::size_t i = 0; i < made.size(); ++i)
        EXPECT_TRUE(made[i] == expected[i]) << how << ", segment " << i;
}

// `other` is different work in between.
template <class Way>
void expectTheSameAlways(const std::string& path, const Way& way, const Way& other, const std::vector<Cut>& cuts) {
    Film film(path);
    const Segments expected = alone(film, way, cuts);
    const auto warm = Way::open(film);
    for (const int pattern : patterns) {
        const Poison poison(pattern);
        const auto with = [&](const char* how) { return std::string(how) + " with " + std::to_string(pattern); };
        expectSame(alone(film, way, cuts), expected, with("alone"));
        expectSame(inTurn(*warm, way, cuts, false), expected, with("in turn"));
        other.made(*warm, cuts.back(), 0);
        expectSame(inTurn(*warm, way, cuts, true), expected, with("in reverse"));
        expectSame(atOnce(path, way, cuts), expected, with("at once"));
    }
}

struct PictureCase {
    std::string codec;
    Source source;
};

// What comes out of decoders and filters is the same for all encoders: all kinds of sources for one, some for others.
std::vector<PictureCase> pictureCases() {
    std::vector<PictureCase> all;
    for (const Source& source : sources())
        all.push_back({"h264", source});
    for (const char* codec : {"hevc", "vp9", "av1"}) {
        for (const std::size_t number : {0U, 4U})
            all.push_back({codec, sources()[number]});
    }
    return all;
}

std::string nameOf(const PictureCase& one) {
    std::string name = one.codec + "Of" + one.source.name;
    std::erase(name, ' ');
    return name;
}

void PrintTo(const PictureCase& one, std::ostream* out) {
    *out << nameOf(one);
}

class SamePictures : public testing::TestWithParam<PictureCase> {
protected:
    Folder folder_;
};

class SameSound : public testing::TestWithParam<const char*> {
protected:
    Folder folder_;
};

}  // namespace

TEST_P(SamePictures, WhateverWasBefore) {
    const auto& [codec, source] = GetParam();
    const std::string path = folder_ / (std::string("a.") + source.container);
    if (!make(source, path))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    Pictures pictures{encodingOf(source, codec.c_str())};
    Pictures others = pictures;
    others.encoding.width = 176;
    others.encoding.height = 144;
    others.encoding.bitrate *= 2;
    Film film(path);
    if (!film.video()->format(pictures.encoding))
        GTEST_SKIP() << "not in this build of FFmpeg";
    expectTheSameAlways(path, pictures, others, unitGrid(pictures.encoding.frameRate, film.duration()));
}

INSTANTIATE_TEST_SUITE_P(Codecs, SamePictures, testing::ValuesIn(pictureCases()),
                         [](const auto& test) { return nameOf(test.param); });

TEST_P(SameSound, WhateverWasBefore) {
    const std::string path = folder_ / "a.mka";
    if (!makeMedia(path, {"-f", "lavfi", "-i",
                          "aevalsrc='0.2*sin(2*PI*(220+20*t)*t)+0.05*(random(0)-0.5)|0.1*sin(2*PI*900*t)':s=44100:d=9",
                          "-c:a", "aac"}))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    const Sound sound{soundOf(GetParam())};
    Sound other = sound;
    other.encoding.channels = 1;
    other.encoding.gain = -3;
    Film film(path);
    if (!film.audio()->format(sound.encoding))
        GTEST_SKIP() << "not in this build of FFmpeg";
    const auto units = audioFrameRate(sound.encoding.codec, sound.encoding.sampleRate);
    expectTheSameAlways(path, sound, other, unitGrid(units, film.duration()));
}

INSTANTIATE_TEST_SUITE_P(Codecs, SameSound, testing::Values("aac", "opus", "flac", "mp3"),
                         [](const auto& test) { return std::string(test.param); });
