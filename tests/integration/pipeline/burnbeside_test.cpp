// Subtitles that are pictures, in files of their own, drawn into the film as those inside are.
#include <fcntl.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iomanip>
#include <sstream>

#include "tests/integration/pipeline/burnfixture.h"
#include "tests/integration/pipeline/transcodejudge.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;

namespace {

constexpr int kBeside = 10'016;             // a number that no stream of a film has
constexpr double alike = 34, without = 31;  // dB, as in burn_test.cpp
constexpr const char* kAsOurs = "scale=in_color_matrix=smpte170m:out_color_matrix=bt709";

// From 0.4 to 2.6 and from 2.8 to 7.6 s.
const std::vector<PgsBox> boxes{{0.4, 2.6, 100, 250, 440, 60, 235}, {2.8, 7.6, 60, 40, 300, 80, 40}};

std::string bytesOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

// Where each subtitle begins in an MPEG program stream: the packs whose private packet tells a time.
std::vector<std::size_t> subtitlePlaces(const std::string& bytes) {
    std::vector<std::size_t> places;
    std::size_t pack = std::string::npos;
    for (std::size_t at = 0; at + 14 < bytes.size();) {
        const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[at + i]); };
        if (bytes.compare(at, 3, std::string("\0\0\1", 3)) != 0)
            break;
        if (byte(3) == 0xBA) {
            pack = at;
            at += 14 + (byte(13) & 7);
            continue;
        }
        if (byte(3) == 0xBD && (byte(7) & 0x80) && pack != std::string::npos)
            places.push_back(pack);
        at += 6 + static_cast<std::size_t>(byte(4) << 8 | byte(5));
    }
    return places;
}

std::string stamp(double seconds) {
    const int ms = static_cast<int>(seconds * 1000 + 0.5);
    std::ostringstream out;
    out << std::setfill('0') << "00:00:" << std::setw(2) << ms / 1000 << ":" << std::setw(3) << ms % 1000;
    return out.str();
}

}  // namespace

class BurnBeside : public testing::Test {
protected:
    void SetUp() override {
        film_ = folder_ / "film.mp4";
        if (!makeMedia(film_, {"-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=8.2", "-c:v", "libx264", "-crf", "8",
                               "-g", "75", "-pix_fmt", "yuv420p"}))
            GTEST_SKIP() << "no ffmpeg command, or no libx264";
        writeFile(folder_ / "film.sup", pgsFile(640, 360, boxes));
    }

    // A .sub as DVDs have it, and its .idx, in which the subtitles are the second language.
    bool makeVobSub() {
        if (!makeMedia(folder_ / "film.sub",
                       {"-fix_sub_duration", "-i", folder_ / "film.sup", "-c:s", "dvdsub", "-f", "vob"}))
            return false;
        const auto places = subtitlePlaces(bytesOf(folder_ / "film.sub"));
        if (places.size() < boxes.size())
            return false;
        std::ostringstream index;
        // The palette is that of ffmpeg's encoder.
        index << "# VobSub index file, v7 (do not modify this line!)\r\nsize: 640x360\r\n"
              << "palette: 000000, 0000ff, 00ff00, ff0000, ffff00, ff00ff, 00ffff, ffffff, 808000, 8080ff, 800080, "
                 "80ff80, 008080, ff8080, 555555, aaaaaa\r\nlangidx: 0\r\n\r\n"
              << "id: es, index: 1\r\n\r\nid: en, index: 0\r\n";
        for (std::size_t i = 0; i < boxes.size(); ++i)
            index << "timestamp: " << stamp(boxes[i].from) << ", filepos: " << std::hex << std::setfill('0')
                  << std::setw(9) << places[i] << std::dec << "\r\n";
        writeFile(folder_ / "film.idx", index.str());
        return true;
    }

    std::unique_ptr<PicturesBeside> beside(const std::vector<std::string>& names, int track) {
        std::vector<core::FileHandle> files;
        for (const std::string& name : names)
            files.emplace_back(::open((folder_ / name).c_str(), O_RDONLY | O_CLOEXEC));
        auto opened = PicturesBeside::open(std::make_shared<const std::vector<core::FileHandle>>(std::move(files)),
                                           kBeside, track);
        return opened ? std::move(*opened) : nullptr;
    }

    std::string ours(PicturesBeside* pictures, std::optional<int> stream) {
        Film film(film_);
        film.setBeside(pictures);
        const VideoEncoding encoding = burning(stream);
        const std::string out = folder_ / "ours.mp4";
        writeFile(out, wholeVideo(film, encoding, unitGrid(encoding.frameRate, film.duration())));
        return out;
    }

    // Beside ffmpeg's drawing of the same file, in the middle of what is shown, and to the picture at its ends.
    void check(PicturesBeside& pictures, const std::string& file, const std::string& stream) {
        const std::string inside = folder_ / "inside.mkv", reference = folder_ / "reference.mkv";
        ASSERT_TRUE(
            makeMedia(inside, {"-copyts", "-i", film_, "-i", file, "-map", "0:v", "-map", stream, "-c", "copy"}));
        ASSERT_TRUE(makeMedia(reference, {"-i", inside, "-filter_complex", "[0:v][0:s]overlay", "-an", "-sn", "-c:v",
                                          "ffv1", "-pix_fmt", "yuv420p"}));
        const auto part = [&](const std::string& from, const std::string& select) {
            const std::string path = folder_ / "part.mkv";
            EXPECT_TRUE(makeMedia(path, {"-i", from, "-vf", "setpts=PTS-STARTPTS," + select, "-c:v", "ffv1"}));
            return worstPsnr(path, reference, select + "," + kAsOurs);
        };
        const std::string drawn = ours(&pictures, kBeside);
        expectTimes(drawn);
        for (const char* when : {"between(t,1.2,2.2)", "between(t,4,7)"})
            EXPECT_GT(part(drawn, "select='" + std::string(when) + "'"), alike) << when;
        const std::string plain = ours(&pictures, std::nullopt);
        EXPECT_LT(part(plain, "select='between(t,4,7)'"), without);
    }

    void expectTimes(const std::string& path) {
        const auto at = [&](int number, int x, int y) {
            return greyPicture(path, number).at(static_cast<std::size_t>(y) * 640 + static_cast<std::size_t>(x));
        };
        const std::vector<std::pair<int, bool>> first{{9, false}, {10, true}, {64, true}, {65, false}};
        for (const auto& [number, isOn] : first)
            EXPECT_EQ(at(number, 300, 300) > 245, isOn) << number;
        const std::vector<std::pair<int, bool>> second{{69, false}, {70, true}, {189, true}, {190, false}};
        for (const auto& [number, isOn] : second)
            EXPECT_EQ(at(number, 120, 100) < 50, isOn) << number;
    }

    // Each segment by a transcoder of its own, from the last to the first.
    void expectTheSameAlone(PicturesBeside& pictures) {
        Film film(film_);
        film.setBeside(&pictures);
        const VideoEncoding encoding = burning(kBeside);
        const auto cuts = unitGrid(encoding.frameRate, film.duration());
        const auto warm = film.video();
        std::vector<std::string> inOrder;
        for (std::size_t i = 0; i < cuts.size(); ++i)
            inOrder.push_back(videoSegment(*warm, encoding, cuts[i], static_cast<int>(i)));
        for (std::size_t i = cuts.size(); i-- > 0;)
            EXPECT_TRUE(videoSegment(*film.video(), encoding, cuts[i], static_cast<int>(i)) == inOrder[i]) << i;
    }

    Folder folder_;
    std::string film_;
};

TEST_F(BurnBeside, BluRay) {
    const auto pictures = beside({"film.sup"}, 0);
    ASSERT_TRUE(pictures);
    check(*pictures, folder_ / "film.sup", "1:s:0");
    expectTheSameAlone(*pictures);
}

TEST_F(BurnBeside, DvdInItsSecondLanguage) {
    if (!makeVobSub())
        GTEST_SKIP() << "ffmpeg makes no DVD subtitles";
    const auto pictures = beside({"film.idx", "film.sub"}, 1);
    ASSERT_TRUE(pictures);
    check(*pictures, folder_ / "film.idx", "1:s:0");  // ffmpeg passes over empty ones
    expectTheSameAlone(*pictures);
}

TEST_F(BurnBeside, WhatIsNotThereIsRefusedInWords) {
    ASSERT_TRUE(makeVobSub());
    const auto refusal = [&](const std::vector<std::string>& names, int track) {
        const auto pictures = beside(names, track);
        if (!pictures)
            return std::string();
        const auto feed = pictures->feed();
        return feed ? std::string() : feed.error().text;
    };
    EXPECT_EQ(refusal({"film.idx", "film.sub"}, 0), "There are no subtitles in this file") << "a language without any";
    EXPECT_EQ(refusal({"film.idx", "film.sub"}, 2), "There are no such subtitles in this file");
    EXPECT_EQ(refusal({"film.mp4"}, 0), "There are no subtitles in this file");
    EXPECT_FALSE(beside({}, 0));
    EXPECT_FALSE(beside({"missing.sup"}, 0));
}

TEST_F(BurnBeside, DamageHidesWhatComesAfterItAndNothingElse) {
    const std::string whole = bytesOf(folder_ / "film.sup");
    writeFile(folder_ / "cut.sup", whole.substr(0, whole.size() * 2 / 3));
    const auto pictures = beside({"cut.sup"}, 0);
    ASSERT_TRUE(pictures);
    const std::string drawn = ours(pictures.get(), kBeside);
    const auto grey = greyPicture(drawn, 30);
    EXPECT_GT(grey.at(300 * 640 + 300), 245);
}

TEST_F(BurnBeside, AnotherFileUnderTheSameNumberTakesThePlaceOfTheFirst) {
    writeFile(folder_ / "late.sup", pgsFile(640, 360, {{5, 7, 100, 250, 440, 60, 235}}));
    const auto first = beside({"film.sup"}, 0), second = beside({"late.sup"}, 0), again = beside({"film.sup"}, 0);
    ASSERT_TRUE(first && second && again);
    EXPECT_TRUE(first->isSame(*again));
    EXPECT_FALSE(first->isSame(*second));
    Film film(film_);
    const auto transcoder = film.video();
    const VideoEncoding encoding = burning(kBeside);
    const Cut cut = unitGrid(encoding.frameRate, film.duration()).front();
    const auto made = [&](PicturesBeside* pictures) {
        transcoder->setBeside(pictures);
        return videoSegment(*transcoder, encoding, cut, 0);
    };
    const std::string with = made(first.get());
    EXPECT_TRUE(made(second.get()) != with);
    EXPECT_TRUE(made(again.get()) == with);
}
