#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "server/packaging/mp4boxes.h"
#include "server/protection/commonencryption.h"

namespace marea::server {
namespace {

namespace fs = std::filesystem;

constexpr ContentKey key{{0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                         {0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe, 1, 2, 3, 4, 5, 6, 7, 8}};
constexpr char keyText[] = "1032547698badcfe0102030405060708";

std::string output(const std::string& command) {
    std::string text;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    std::array<char, 4096> piece;
    for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        text.append(piece.data(), got);
    return ::pclose(pipe) == 0 ? text : "failed: " + text;
}

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Case {
    const char* name;
    const char* encoder;
    CommonScheme scheme;
};

// Media that ffmpeg made is encrypted, and ffmpeg decrypts it with the key: every frame is the same.
class Decrypt : public ::testing::TestWithParam<Case> {
protected:
    Decrypt() { fs::create_directories(folder); }
    ~Decrypt() override { fs::remove_all(folder); }

    std::string framesOf(const fs::path& path, const std::string& options) {
        return output("ffmpeg -v error -nostdin " + options + " -i " + path.string() + " -f framemd5 -");
    }

    const fs::path folder = fs::temp_directory_path() / ("marea-protection-" + std::to_string(::getpid()));
};

TEST_P(Decrypt, GivesBackEveryFrame) {
    const fs::path clear = folder / "clear.mp4", locked = folder / "locked.mp4";
    const std::string made =
        output("ffmpeg -v error -nostdin -f lavfi -i testsrc2=s=320x180:r=24:d=4 -f lavfi -i sine=440:d=4 " +
               std::string(GetParam().encoder) +
               " -movflags empty_moov+default_base_moof+frag_keyframe -frag_duration 1000000 -y " + clear.string());
    ASSERT_EQ(made, "");
    const std::string bytes = content(clear);
    const auto boxes = boxesIn(bytes, 0, bytes.size());
    std::vector<std::string> segments;
    std::string init, together;
    for (const Box& box : boxes) {
        const std::string one = bytes.substr(box.start, box.end - box.start);
        if (box.type == "ftyp" || box.type == "moov") {
            init += one;
        } else if (box.type == "moof") {
            segments.push_back(one);
        } else if (box.type == "mdat") {
            segments.back() += one;
        }
    }
    ASSERT_GE(segments.size(), 3U);
    const auto protection = CommonEncryption::of(init, GetParam().scheme, key);
    ASSERT_TRUE(protection) << protection.error().detail;
    const std::string lockedInit = protection->init({commonSystem({key.id})});
    std::string all;
    // Each alone: libav 5.1 mixes up the vectors of several fragments in one file.
    for (const std::string& segment : segments) {
        const auto encrypted = protection->segment(segment);
        ASSERT_TRUE(encrypted) << encrypted.error().detail;
        all += segment;
        together += *encrypted;
        std::ofstream(clear, std::ios::binary) << init << segment;
        std::ofstream(locked, std::ios::binary) << lockedInit << *encrypted;
        const std::string frames = framesOf(clear, "");
        EXPECT_GT(frames.size(), 500U);
        EXPECT_EQ(framesOf(locked, std::string("-decryption_key ") + keyText), frames);
        EXPECT_NE(framesOf(locked, ""), frames);
    }
    EXPECT_TRUE(protection->segment(all).value_or("") == together);
}

INSTANTIATE_TEST_SUITE_P(
    Common, Decrypt,
    ::testing::Values(
        Case{"H264Cenc", "-map 0 -c:v libx264 -pix_fmt yuv420p -g 24", CommonScheme::Cenc},
        Case{"H264Cbcs", "-map 0 -c:v libx264 -pix_fmt yuv420p -g 24", CommonScheme::Cbcs},
        Case{"H264ManySlicesCenc", "-map 0 -c:v libx264 -pix_fmt yuv420p -g 24 -slices 12 -crf 5", CommonScheme::Cenc},
        Case{"HevcCbcs",
             "-map 0 -c:v libx265 -x265-params log-level=none:keyint=24:open-gop=0 -tag:v hvc1 -pix_fmt yuv420p",
             CommonScheme::Cbcs},
        Case{"AacCenc", "-map 1 -c:a aac", CommonScheme::Cenc}, Case{"AacCbcs", "-map 1 -c:a aac", CommonScheme::Cbcs},
        Case{"FlacCenc", "-map 1 -c:a flac -strict -2", CommonScheme::Cenc}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace marea::server
