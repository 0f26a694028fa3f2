// Devices that fail, rest and come back, with makers that the test answers for.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/transcode/hardwareboard.h"
#include "server/transcode/hardwareprobe.h"
#include "server/transcode/hardwaresegments.h"
#include "tests/unit/stream/doubles.h"

using namespace marea;
using namespace marea::server;
using namespace std::chrono_literals;
using core::ErrorCode;
using testing::HasSubstr;
using Urgency = SegmentMaker::Urgency;

namespace {

HardwareDevice nvenc() {
    return {HardwareKind::Nvenc, "0", {}, {{"h264", 8, {}, 500}}};
}

VideoEncoding film() {
    return {"h264", 1280, 720, {25, 1}, 5'000'000, false, {}};
}

SegmentSpec specOf(int number, std::variant<CopyEncoding, VideoEncoding, AudioEncoding> encoding = film()) {
    SegmentSpec spec;
    spec.tracks = {{0, std::move(encoding)}};
    spec.number = number;
    spec.from = number * kTicksPerSecond;
    spec.to = spec.from + kTicksPerSecond;
    return spec;
}

core::Error broken(ErrorCode code) {
    return {code, "the driver said no", "It cannot be done"};
}

class Devices : public testing::Test {
protected:
    std::shared_ptr<HardwareBoard> board(std::vector<HardwareDevice> devices, HardwareWish wish = {}) {
        return std::make_shared<HardwareBoard>(std::move(devices), wish, nullptr, [this] { return now_; });
    }
    SegmentSource source() const { return {core::FileHandle(::open("/dev/null", O_RDONLY)), "film", "f1"}; }
    SegmentMaker::Ticket ask(SegmentSpec spec) {
        return segments_.segment(source(), std::move(spec), Urgency::Requested,
                                 [this](core::Result<std::string> result) { answers_.push_back(std::move(result)); });
    }
    HardwareBoard::Status status() const { return board_->status().front(); }

    HardwareBoard::Clock::time_point now_ = HardwareBoard::Clock::time_point(1h);
    std::shared_ptr<HardwareBoard> board_ = board({nvenc()});
    FakeMaker processor_, device_;
    HardwareSegments segments_{processor_, {&device_}, board_};
    std::vector<core::Result<std::string>> answers_;
};

}  // namespace

TEST_F(Devices, EncodePicturesAndNothingElse) {
    ask(specOf(3));
    ask(specOf(SegmentSpec::kInit));
    ask(specOf(3, CopyEncoding{}));
    ask(specOf(3, AudioEncoding{}));
    EXPECT_EQ(device_.count(), 1U);
    EXPECT_EQ(processor_.count(), 3U) << "heads too: there is one for all segments";
    device_.answer(0, std::string("bytes"));
    ASSERT_EQ(answers_.size(), 1U);
    EXPECT_EQ(*answers_[0], "bytes");
    EXPECT_EQ(status().made, 1U);
    EXPECT_EQ(status().state.sessions, 0);
}

TEST_F(Devices, WhatOneDoesNotBringAboutTheProcessorMakesAndItRests) {
    ask(specOf(1));
    device_.answer(0, core::unexpected(broken(ErrorCode::Unavailable)));
    ASSERT_EQ(processor_.count(), 1U) << "at once";
    EXPECT_EQ(processor_.asked[0].spec.number, 1);
    EXPECT_TRUE(answers_.empty()) << "who asked knows nothing of it";
    EXPECT_THAT(status().state.badBecause, HasSubstr("said no"));
    processor_.answer(0, std::string("bytes"));
    ASSERT_EQ(answers_.size(), 1U);
    EXPECT_EQ(*answers_[0], "bytes");
    ask(specOf(2));
    EXPECT_EQ(device_.count(), 1U) << "it rests";
    now_ += 59s;
    ask(specOf(3));
    EXPECT_EQ(device_.count(), 1U);
    now_ += 2s;
    ask(specOf(4));
    EXPECT_EQ(device_.count(), 2U) << "it is asked again";
    EXPECT_EQ(status().failures, 1U);
}

TEST_F(Devices, RestLongerEachTimeUntilTheyWork) {
    auto fail = [this] {
        const HardwareChoice choice = board_->take(film());
        ASSERT_TRUE(choice.device) << choice.reason;
        board_->failed(*choice.device, "again");
    };
    fail();
    EXPECT_EQ(status().restsFor, 60);
    now_ += 60s;
    fail();
    EXPECT_EQ(status().restsFor, 120);
    for (int i = 0; i < 10; ++i) {
        now_ += 1h;
        fail();
    }
    EXPECT_EQ(status().restsFor, 3600);
    now_ += 1h;
    board_->succeeded(*board_->take(film()).device);
    fail();
    EXPECT_EQ(status().restsFor, 60);
}

TEST_F(Devices, AreNotToBlameForAFileThatNobodyCanDecode) {
    ask(specOf(1));
    device_.answer(0, core::unexpected(broken(ErrorCode::Corrupt)));
    EXPECT_TRUE(status().state.badBecause.empty()) << "not known yet";
    processor_.answer(0, core::unexpected(broken(ErrorCode::Corrupt)));
    ASSERT_EQ(answers_.size(), 1U);
    EXPECT_EQ(answers_[0].error().code, ErrorCode::Corrupt);
    EXPECT_TRUE(status().state.badBecause.empty());
    EXPECT_EQ(status().state.sessions, 0);
}

TEST_F(Devices, AreToBlameForWhatTheProcessorCouldDo) {
    ask(specOf(1));
    device_.answer(0, core::unexpected(broken(ErrorCode::Corrupt)));
    processor_.answer(0, std::string("bytes"));
    EXPECT_FALSE(status().state.badBecause.empty());
    EXPECT_EQ(status().state.sessions, 0);
}

TEST_F(Devices, DoAsManyAtOnceAsTheyMay) {
    for (int i = 0; i < 5; ++i)
        ask(specOf(i));
    EXPECT_EQ(device_.count(), 3U);
    EXPECT_EQ(processor_.count(), 2U);
    device_.answer(1, std::string("bytes"));
    ask(specOf(6));
    EXPECT_EQ(device_.count(), 4U);
}

TEST_F(Devices, WhoIsBusyIsNotBad) {
    ask(specOf(1));
    device_.answer(0, core::fail(ErrorCode::Busy, "later"));
    EXPECT_EQ(processor_.count(), 1U);
    EXPECT_TRUE(status().state.badBecause.empty());
}

TEST_F(Devices, CallingOffReachesWhoeverIsAtIt) {
    const auto first = ask(specOf(1));
    segments_.cancel(first);
    ASSERT_EQ(answers_.size(), 1U);
    EXPECT_EQ(answers_[0].error().code, ErrorCode::Cancelled);
    EXPECT_EQ(processor_.count(), 0U);
    EXPECT_EQ(status().state.sessions, 0);
    const auto second = ask(specOf(2));
    device_.answer(1, core::unexpected(broken(ErrorCode::Unavailable)));
    segments_.cancel(second);
    ASSERT_EQ(answers_.size(), 2U);
    EXPECT_EQ(answers_[1].error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(processor_.asked[0].cancelled);
    segments_.cancel(second);  // answered: nothing happens
}

TEST_F(Devices, WhatIsCalledOffWhileOneFailsIsNotMade) {
    device_.cancels = false;
    const auto ticket = ask(specOf(1));
    segments_.cancel(ticket);
    device_.answer(0, core::unexpected(broken(ErrorCode::Corrupt)));
    ASSERT_EQ(answers_.size(), 1U);
    EXPECT_EQ(processor_.count(), 0U);
    EXPECT_EQ(status().state.sessions, 0);
}

TEST(HardwareCandidates, AreTheDevicesOfTheMachine) {
    Folder dev;
    EXPECT_TRUE(hardwareCandidates({}, dev.path).empty());
    std::filesystem::create_directory(dev.path / "dri");
    for (const char* file : {"dri/renderD128", "dri/card0", "dri/renderD129", "nvidia0", "nvidiactl", "nvidia-uvm"})
        std::ofstream(dev.path / file) << "";
    const auto all = hardwareCandidates({}, dev.path);
    std::vector<std::string> words;
    for (const HardwareDevice& device : all)
        words.push_back(describe(device));
    const std::string dri = dev.path.string() + "/dri/renderD";
    EXPECT_THAT(words, testing::ElementsAre("nvenc (0)", "vaapi (" + dri + "128)", "vaapi (" + dri + "129)",
                                            "qsv (" + dri + "128)", "qsv (" + dri + "129)"));
    EXPECT_TRUE(hardwareCandidates({true, {}}, dev.path).empty());
    EXPECT_EQ(hardwareCandidates({false, HardwareKind::Vaapi}, dev.path).size(), 2U);
    EXPECT_EQ(hardwareCandidates({false, HardwareKind::Vaapi}, "/nowhere").size(), 1U) << "to say what is wrong";
}
