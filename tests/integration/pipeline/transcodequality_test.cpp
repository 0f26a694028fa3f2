// How encodings look, and what a title needs of the ladder because of that.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>

#include "core/media/rungmeasure.h"
#include "server/packaging/rungplan.h"
#include "server/pipeline/libav.h"
#include "server/pipeline/probe.h"
#include "server/pipeline/rungquality.h"
#include "tests/integration/pipeline/transcodefixture.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;

namespace {

Plane planeOf(int width, int height, int (*value)(int x, int y)) {
    Plane plane{width, height, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            plane.samples.push_back(static_cast<std::uint8_t>(value(x, y)));
    }
    return plane;
}

std::vector<VideoEncoding> encodingsOf(const RungPlan& plan) {
    std::vector<VideoEncoding> list;
    for (const TrackSpec& track : plan.tracks)
        list.push_back(std::get<VideoEncoding>(track.encoding));
    return list;
}

// Of a film that has bits enough for any ladder.
RungPlan planOf(Film& film, int samples) {
    auto info = probeMedia(film.source()).value();
    info.duration = 20;
    for (core::StreamInfo& stream : info.streams)
        stream.bitrate = 80'000'000;
    RungPlan plan = rungPlan(info);
    plan.samples.resize(static_cast<std::size_t>(samples));
    return plan;
}

std::vector<core::RungMeasure> measured(const std::string& path, int samples = 2) {
    Film film(path);
    const RungPlan plan = planOf(film, samples);
    const auto transcoder = film.video();
    std::vector<std::vector<double>> qualities;
    for (const Cut& sample : plan.samples) {
        auto got = rungQualities(*transcoder, encodingsOf(plan), sample.from, sample.to, ssimMeasures());
        EXPECT_TRUE(got) << got.error().text;
        qualities.push_back(got.value_or(std::vector<double>()));
    }
    return rungMeasures(plan, qualities);
}

bool makeFilm(const std::string& path, const std::string& picture) {
    return makeMedia(path, {"-f", "lavfi", "-i", picture, "-c:v", "libx264", "-preset", "ultrafast", "-qp", "12", "-g",
                            "24", "-pix_fmt", "yuv420p"});
}

}  // namespace

TEST(Similarity, IsOneForTheSameAndLessForLess) {
    const Plane steps = planeOf(64, 64, [](int x, int y) { return (x * 7 + y * 13) % 256; });
    const Plane near = planeOf(64, 64, [](int x, int y) { return std::min((x * 7 + y * 13) % 256 + x % 3, 255); });
    const Plane flat = planeOf(64, 64, [](int, int) { return 128; });
    EXPECT_DOUBLE_EQ(similarity(steps, steps), 1);
    EXPECT_LT(similarity(steps, near), 1);
    EXPECT_GT(similarity(steps, near), similarity(steps, flat));
    EXPECT_EQ(similarity(steps, planeOf(32, 64, [](int, int) { return 0; })), 0) << "another size";
    EXPECT_EQ(similarity(planeOf(4, 4, [](int, int) { return 0; }), planeOf(4, 4, [](int, int) { return 0; })), 0);
}

TEST(Similarity, IsWhatFfmpegSays) {
    const Folder folder;
    const std::string one = folder / "a.gray", other = folder / "b.gray";
    const std::vector<std::string> raw{"-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo"};
    const auto make = [&](const std::string& path, const std::string& picture) {
        std::vector<std::string> arguments{"-f", "lavfi", "-i", picture};
        arguments.insert(arguments.end(), raw.begin(), raw.end());
        return makeMedia(path, arguments);
    };
    if (!make(one, "testsrc2=s=320x176") || !make(other, "testsrc2=s=320x176,gblur=1.5,noise=alls=12:all_seed=7"))
        GTEST_SKIP() << "no ffmpeg command";
    const auto read = [](const std::string& path) {
        std::ifstream in(path, std::ios::binary);
        return Plane{320, 176, {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}};
    };
    const std::vector<std::string> input{"-f", "rawvideo", "-pix_fmt", "gray", "-s", "320x176", "-i"};
    std::vector<std::string> command{"ffmpeg", "-nostdin"};
    for (const std::string& path : {one, other}) {
        command.insert(command.end(), input.begin(), input.end());
        command.push_back(path);
    }
    command.insert(command.end(), {"-lavfi", "ssim", "-f", "null", "-"});
    const std::string said = run(command).err;
    std::smatch found;
    ASSERT_TRUE(std::regex_search(said, found, std::regex("SSIM Y:([0-9.]+)"))) << said;
    EXPECT_NEAR(similarity(read(one), read(other)), std::stod(found[1]), 1e-4);
}

namespace {

// Counts what it is asked; says `told`, or that it cannot be opened.
PictureMeasures fakeMeasures(std::optional<double> told, int& opened) {
    class Fake final : public PictureMeasure {
    public:
        explicit Fake(double told) : told_(told) {}
        core::Result<void> compare(const Plane&, const Plane&) override { return {}; }
        core::Result<double> quality() override { return told_; }

    private:
        const double told_;
    };
    return [told, &opened](int, int) -> core::Result<std::unique_ptr<PictureMeasure>> {
        ++opened;
        if (!told)
            return core::fail(core::ErrorCode::Unprocessable, "not here");
        return std::make_unique<Fake>(*told);
    };
}

double qualityBy(const PictureMeasures& measures, const std::vector<std::pair<Plane, Plane>>& pictures) {
    const auto measure = measures(pictures.front().first.width, pictures.front().first.height);
    EXPECT_TRUE(measure) << measure.error().detail;
    for (const auto& [original, made] : pictures)
        EXPECT_TRUE(measure && (*measure)->compare(original, made));
    const auto quality = measure ? (*measure)->quality() : core::Result<double>(-1);
    EXPECT_TRUE(quality) << quality.error().detail;
    return quality.value_or(-1);
}

std::vector<std::pair<Plane, Plane>> somePictures() {
    const Plane steps = planeOf(178, 100, [](int x, int y) { return (x * 7 + y * 13) % 256; });
    const Plane near = planeOf(178, 100, [](int x, int y) { return std::min((x * 7 + y * 13) % 256 + x % 9, 255); });
    const Plane far = planeOf(178, 100, [](int x, int y) { return (x * 7 + y * 13) % 256 / 2; });
    return {{steps, near}, {steps, steps}, {steps, far}};
}

}  // namespace

TEST(PictureMeasures, TheFirstThatWorksIsTaken) {
    int first = 0, second = 0, third = 0;
    const auto chosen = firstOf({fakeMeasures({}, first), fakeMeasures(0.5, second), fakeMeasures(0.25, third)});
    EXPECT_EQ(qualityBy(chosen, somePictures()), 0.5);
    EXPECT_EQ((std::array{first, second, third}), (std::array{1, 2, 0}));
    EXPECT_EQ(qualityBy(firstOf({fakeMeasures({}, first), fakeMeasures(0.25, third)}), somePictures()), 0.25);
}

// The way to a measuring filter and back, by one that every libav has.
TEST(PictureMeasures, FiltersAreUnderstood) {
    const auto byFilter = filterMeasures({"ssim", "SSIM Y:", [](double number) { return number; }});
    EXPECT_NEAR(qualityBy(byFilter, somePictures()), qualityBy(ssimMeasures(), somePictures()), 1e-4);
    EXPECT_FALSE(filterMeasures({"no such filter", "", {}})(64, 64));
    const auto wordless = filterMeasures({"ssim", "VMAF score: ", [](double number) { return number; }})(64, 64);
    ASSERT_TRUE(wordless);
    EXPECT_FALSE((*wordless)->quality()) << "other words";
}

TEST(PictureMeasures, VmafIsTakenWhereItIs) {
    EXPECT_DOUBLE_EQ(qualityOfVmaf(100), 1);
    EXPECT_DOUBLE_EQ(qualityOfVmaf(98), 1 - core::kUnseenQuality);
    const auto pictures = somePictures();
    const double best = qualityBy(bestMeasures(), pictures);
    if (!avfilter_get_by_name("libvmaf")) {
        EXPECT_FALSE(vmafMeasures()(64, 64));
        EXPECT_EQ(best, qualityBy(ssimMeasures(), pictures));
        return;
    }
    EXPECT_EQ(best, qualityBy(vmafMeasures(), pictures));
    EXPECT_GT(qualityBy(bestMeasures(), {pictures[1], pictures[1]}), best);
}

// Where the measure sees no difference, the least rung and bitrate are enough.
TEST(RungQuality, IsWhatTheMeasureSays) {
    const Folder folder;
    const std::string path = folder / "film.mp4";
    if (!makeFilm(path, "testsrc2=s=854x480:r=24:d=12"))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    Film film(path);
    const RungPlan plan = planOf(film, 1);
    int opened = 0;
    const auto got = rungQualities(*film.video(), encodingsOf(plan), plan.samples[0].from, plan.samples[0].to,
                                   fakeMeasures(0.5, opened));
    ASSERT_TRUE(got) << got.error().text;
    EXPECT_EQ(*got, std::vector<double>(plan.tracks.size(), 0.5));
    EXPECT_EQ(opened, static_cast<int>(plan.tracks.size()));
}

TEST(RungQuality, OfASimpleFilmNeedsFewBitsAndOfANoisyOneAll) {
    const Folder folder;
    const std::string slides = folder / "slides.mp4", noise = folder / "noise.mp4";
    if (!makeFilm(slides, "smptehdbars=s=1280x720:r=24:d=12") ||
        !makeFilm(noise, "testsrc2=s=1280x720:r=24:d=12,noise=alls=70:allf=t:all_seed=3"))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    const auto easy = measured(slides), hard = measured(noise);
    ASSERT_EQ(easy.size(), 2U);
    ASSERT_EQ(hard.size(), 2U);
    EXPECT_EQ(easy[0].height, 720);
    EXPECT_EQ(easy[0].bitrate, 310'000);
    EXPECT_GT(easy[0].quality, 0.98);
    EXPECT_EQ(hard[0].bitrate, 0);
    EXPECT_EQ(hard[1].bitrate, 0);
    EXPECT_GT(hard[0].quality, hard[1].quality + 0.01) << "the larger one looks better";
}

// A film that was only blown up: its smaller sizes have all of it.
TEST(RungQuality, OfAFilmWithoutDetailIsThatOfASmallerSize) {
    const Folder folder;
    const std::string soft = folder / "soft.mp4";
    if (!makeFilm(soft, "testsrc2=s=426x240:r=24:d=12,gblur=1,scale=1280:720:flags=bicubic"))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    const auto measures = measured(soft);
    ASSERT_EQ(measures.size(), 2U);
    const auto rungs = rungsOfUse({{720, 5'000'000}, {480, 2'500'000}}, measures);
    ASSERT_EQ(rungs.size(), 1U) << measures[0].quality << " " << measures[1].quality;
    EXPECT_EQ(rungs[0].height, 480);
}

TEST(RungQuality, IsTheSameWhateverCameBefore) {
    const Folder folder;
    const std::string path = folder / "film.mp4";
    if (!makeFilm(path, "testsrc2=s=854x480:r=24:d=12"))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    Film film(path);
    const RungPlan plan = planOf(film, 2);
    const auto encodings = encodingsOf(plan);
    const auto transcoder = film.video();
    const auto first = rungQualities(*transcoder, encodings, plan.samples[0].from, plan.samples[0].to, ssimMeasures());
    ASSERT_TRUE(rungQualities(*transcoder, encodings, plan.samples[1].from, plan.samples[1].to, ssimMeasures()));
    const auto again = rungQualities(*transcoder, encodings, plan.samples[0].from, plan.samples[0].to, ssimMeasures());
    const auto anew = rungQualities(*film.video(), encodings, plan.samples[0].from, plan.samples[0].to, ssimMeasures());
    ASSERT_TRUE(first && again && anew);
    EXPECT_EQ(*first, *again);
    EXPECT_EQ(*first, *anew);
}

TEST(RungQuality, OfRealFilmsIsMeasured) {
    const char* media = std::getenv("MAREA_TEST_MEDIA");
    if (!media)
        GTEST_SKIP() << "no MAREA_TEST_MEDIA";
    const auto measures = measured(std::string(media) + "/video/bbb-1080p24-h264-aac51-30s.mp4");
    ASSERT_EQ(measures.size(), 3U);
    EXPECT_GT(measures[0].quality, measures[2].quality);
    for (const core::RungMeasure& measure : measures) {
        EXPECT_GT(measure.quality, 0.7);
        EXPECT_LE(measure.quality, 1);
        RecordProperty("height" + std::to_string(measure.height),
                       std::to_string(measure.bitrate) + " " + std::to_string(measure.quality));
    }
}
