// Workers of a device. There is none on most machines that tests run on: the processor stands in for one, through the
// same door.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "server/packaging/timegrid.h"
#include "server/transcode/hardwareprobe.h"
#include "tests/integration/worker/workerfixture.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;
using testing::HasSubstr;
using Urgency = SegmentMaker::Urgency;

namespace {

const HardwareDevice standIn{HardwareKind::Software, {}, {}, {}};

HardwareDevice tried(HardwareDevice device, const std::string& program = workerPath()) {
    return probeHardware(program, {std::move(device)}).front();
}

WorkerPoolOptions onDevice(HardwareKind kind) {
    WorkerPoolOptions options;
    options.programPath = workerPath();
    options.arguments = {"--device", name(kind), ""};
    options.count = 1;
    options.tries = 1;
    return options;
}

WorkerPoolOptions onProcessor() {
    WorkerPoolOptions options;
    options.programPath = workerPath();
    options.arguments = {"--beside-devices"};
    options.count = 1;
    return options;
}

SegmentSpec specOf(int number) {
    SegmentSpec spec;
    spec.tracks = {{0, VideoEncoding{"h264", 320, 180, {25, 1}, 2'000'000, false, {}}}};
    spec.number = number;
    spec.from = number == SegmentSpec::kInit ? 0 : number * kTicksPerSecond;
    spec.to = number == SegmentSpec::kInit ? 0 : spec.from + kTicksPerSecond;
    return spec;
}

std::string made(WorkerPool& pool, const std::string& film, int number) {
    Waiter<std::string> waiter;
    pool.segment({openFile(film), fileName(film), "film"}, specOf(number), Urgency::Requested, waiter.done());
    auto bytes = waiter.wait();
    EXPECT_TRUE(bytes) << bytes.error().text << " " << bytes.error().detail;
    return bytes ? *bytes : std::string();
}

}  // namespace

TEST(Hardware, ATryEncodesInALockedWorkerAndSaysWhatCameOut) {
    const HardwareDevice found = tried(standIn);
    EXPECT_EQ(found.problem, "");
    ASSERT_EQ(found.encoders.size(), 1U);
    EXPECT_EQ(found.encoders[0].codec, "h264");
    EXPECT_EQ(found.encoders[0].problem, "");
    EXPECT_GT(found.encoders[0].speed, 1);
    EXPECT_TRUE(found.works());
    EXPECT_THAT(describeProbe(found), HasSubstr("pictures a second"));
}

TEST(Hardware, ADeviceThatIsNotThereIsAProblemInWords) {
    const HardwareDevice vaapi = tried({HardwareKind::Vaapi, "/dev/dri/renderD999", {}, {}});
    EXPECT_FALSE(vaapi.works());
    EXPECT_THAT(vaapi.problem, HasSubstr("vaapi"));
    const HardwareDevice gone = tried(standIn, "/bin/false");
    EXPECT_THAT(gone.problem, HasSubstr("ended the worker"));
    const HardwareDevice hung = probeHardware("/bin/cat", {standIn}, std::chrono::milliseconds(1)).front();
    EXPECT_FALSE(hung.works());
}

TEST(Hardware, ItsSandboxLetsNothingOutEither) {
    EXPECT_EQ(run({workerPath(), "--self-check-device"}), 0);
}

TEST(Hardware, AWorkerWhoseDeviceDoesNotOpenIsAnErrorOfTheDevice) {
    WorkerPoolOptions options = onDevice(HardwareKind::Vaapi);
    options.arguments.back() = "/dev/dri/renderD999";
    PoolUnderTest test(options);
    Waiter<std::string> waiter;
    test.pool.segment({fileWith("x"), "x", ""}, specOf(0), Urgency::Requested, waiter.done());
    const auto answer = waiter.wait();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, core::ErrorCode::Unavailable);
}

// One head, made by the processor, and segments of both in turn: every picture is the one that it would be without.
TEST(Hardware, SegmentsOfADeviceAndOfTheProcessorPlayAsOne) {
    const TemporaryFolder folder;
    const std::string film = makeFilm(folder, 6);
    if (film.empty())
        GTEST_SKIP() << "no ffmpeg command, or not these encoders";
    PoolUnderTest device(onDevice(HardwareKind::Software)), processor(onProcessor());
    const std::string head = made(processor.pool, film, SegmentSpec::kInit);
    std::string mixed = head, plain = head;
    int different = 0;
    for (int number = 0; number < 6; ++number) {
        const std::string own = made(processor.pool, film, number);
        const std::string others = made(device.pool, film, number);
        plain += own;
        mixed += number % 2 ? others : own;
        different += own != others;
    }
    EXPECT_EQ(different, 6) << "else this shows nothing";
    const std::string a = folder.write("plain.mp4", plain), b = folder.write("mixed.mp4", mixed);
    const std::string judged = folder.path() + "/psnr.txt";
    ASSERT_EQ(run({"/usr/bin/ffmpeg", "-v", "error", "-xerror", "-i", b, "-i", a, "-lavfi", "psnr=stats_file=" + judged,
                   "-f", "null", "-"}),
              0);
    std::ifstream lines(judged);
    int pictures = 0;
    for (std::string line; std::getline(lines, line); ++pictures) {
        const auto at = line.find("psnr_avg:");
        ASSERT_NE(at, std::string::npos);
        const double value = line.compare(at + 9, 3, "inf") == 0 ? 99 : std::stod(line.substr(at + 9));
        EXPECT_GT(value, 28) << line;
    }
    EXPECT_EQ(pictures, 150);
}

TEST(Hardware, LaddersBesideADeviceAreWhatTheirSegmentsAreAlone) {
    const TemporaryFolder folder;
    const std::string film = makeFilm(folder, 3);
    if (film.empty())
        GTEST_SKIP() << "no ffmpeg command, or not these encoders";
    PoolUnderTest processor(onProcessor()), without(1);
    Waiter<std::vector<std::string>> waiter;
    processor.pool.ladder({openFile(film), fileName(film), "film"}, specOf(1), Urgency::Requested, waiter.done());
    const auto rungs = waiter.wait();
    ASSERT_TRUE(rungs) << rungs.error().text;
    ASSERT_EQ(rungs->size(), 1U);
    EXPECT_EQ(rungs->front(), made(processor.pool, film, 1));
    EXPECT_GT(rungs->front().size(), made(without.pool, film, 1).size()) << "else the sets are not there";
}
