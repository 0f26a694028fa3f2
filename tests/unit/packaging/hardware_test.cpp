#include "server/packaging/hardware.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace marea::server {
namespace {

using testing::HasSubstr;

HardwareState device(HardwareKind kind, std::vector<HardwareEncoder> encoders, const std::string& path = {}) {
    return {{kind, path, {}, std::move(encoders)}, 0, {}};
}

const std::vector<HardwareEncoder> h264Only{{"h264", 8, {}, 300}};
const std::vector<HardwareEncoder> modern{
    {"h264", 8, {}, 400}, {"hevc", 8, {}, 300}, {"hevc", 10, {}, 200}, {"av1", 8, "no such profile", 0}};

const HardwareNeed plain{"h264", 8, 1920, 1080}, deep{"hevc", 10, 1920, 1080};
const HardwareWish automatic{}, off{true, {}}, onlyVaapi{false, HardwareKind::Vaapi};

struct Case {
    const char* what;
    std::vector<HardwareState> devices;
    HardwareNeed need;
    HardwareWish wish;
    int chosen;  // -1: the processor
    const char* reason;
};

HardwareState busy(HardwareState state, int sessions) {
    state.sessions = sessions;
    return state;
}

HardwareState bad(HardwareState state) {
    state.badBecause = "the driver hung";
    return state;
}

TEST(HardwareChoice, IsMadeOfWhatIsThereNeededAndWanted) {
    const HardwareState vaapi = device(HardwareKind::Vaapi, modern, "/dev/dri/renderD128");
    const HardwareState old = device(HardwareKind::Vaapi, h264Only, "/dev/dri/renderD129");
    const HardwareState nvenc = device(HardwareKind::Nvenc, modern, "0");
    HardwareState closed = nvenc;
    closed.device.problem = "no libcuda.so.1";
    const Case cases[] = {
        {"nothing", {}, plain, automatic, -1, "no device"},
        {"switched off", {vaapi}, plain, off, -1, "switched off"},
        {"the only one", {vaapi}, plain, automatic, 0, "vaapi (/dev/dri/renderD128)"},
        {"the better kind", {vaapi, nvenc}, plain, automatic, 1, "nvenc"},
        {"as the owner says", {nvenc, vaapi}, plain, onlyVaapi, 1, "vaapi"},
        {"none of that kind", {nvenc}, plain, onlyVaapi, -1, "there is no vaapi"},
        {"one that cannot", {old}, deep, automatic, -1, "does not encode hevc of 10 bits"},
        {"another one that can", {old, vaapi}, deep, automatic, 1, "renderD128"},
        {"one that failed when tried", {vaapi}, {"av1", 8, 1920, 1080}, automatic, -1, "no such profile"},
        {"one that does not open", {closed}, plain, automatic, -1, "libcuda"},
        {"the less busy of a kind", {busy(vaapi, 2), old}, plain, automatic, 1, "renderD129"},
        {"a kind before the less busy", {busy(nvenc, 2), vaapi}, plain, automatic, 0, "nvenc"},
        {"a full one", {busy(nvenc, 3)}, plain, automatic, -1, "as many encodings"},
        {"the next when one is full", {busy(nvenc, 3), vaapi}, plain, automatic, 1, "vaapi"},
        {"one that rests", {bad(vaapi)}, plain, automatic, -1, "the driver hung"},
        {"the next when one rests", {bad(nvenc), vaapi}, plain, automatic, 1, "vaapi"},
        {"too small", {vaapi}, {"h264", 8, 160, 90}, automatic, -1, "too small"},
    };
    for (const Case& one : cases) {
        const HardwareChoice choice = chooseHardware(one.devices, one.need, one.wish);
        EXPECT_EQ(choice.device ? static_cast<int>(*choice.device) : -1, one.chosen) << one.what;
        EXPECT_THAT(choice.reason, HasSubstr(one.reason)) << one.what;
    }
}

TEST(HardwareNeeds, TenBitsWhereHdrMayBeKept) {
    VideoEncoding encoding{"h264", 1280, 720, {25, 1}, 5'000'000, false, {}};
    EXPECT_EQ(hardwareNeed(encoding).bitDepth, 8);
    encoding.codec = "hevc";
    EXPECT_EQ(hardwareNeed(encoding).bitDepth, 10);
    encoding.toneMap = true;
    EXPECT_EQ(hardwareNeed(encoding).bitDepth, 8);
}

TEST(HardwareWishes, AreWords) {
    EXPECT_EQ(hardwareWish("auto"), automatic);
    EXPECT_EQ(hardwareWish("off"), off);
    EXPECT_EQ(hardwareWish("vaapi"), onlyVaapi);
    for (const char* word : {"", "software", "cuda", "VAAPI"})
        EXPECT_FALSE(hardwareWish(word)) << word;
    for (const HardwareKind kind : {HardwareKind::Nvenc, HardwareKind::Vaapi, HardwareKind::Qsv,
                                    HardwareKind::VideoToolbox, HardwareKind::Software})
        EXPECT_EQ(hardwareKind(name(kind)), kind);
}

}  // namespace
}  // namespace marea::server
