#include "server/protection/commonencryption.h"

#include <gtest/gtest.h>

#include <random>

#include "server/packaging/mp4boxes.h"

namespace marea::server {
namespace {

constexpr ContentKey key{{1, 2, 3}, {9, 8, 7}};

void box(BoxWriter& to, const char* type, auto&& inside) {
    to.begin(type);
    inside();
    to.end();
}

// As small as a track can be told: its handler and its sample entry.
std::string initOf(const char* handler, const char* entry, std::size_t fields, std::string_view configuration = {}) {
    std::string out;
    BoxWriter to(out);
    box(to, "moov", [&] {
        box(to, "trak", [&] {
            box(to, "mdia", [&] {
                box(to, "hdlr", [&] {
                    to.u64(0);
                    to.bytes(handler);
                });
                box(to, "minf", [&] {
                    box(to, "stbl", [&] {
                        box(to, "stsd", [&] {
                            to.u64(1);
                            box(to, entry, [&] {
                                to.bytes(std::string(fields, '\0'));
                                to.bytes(configuration);
                            });
                        });
                    });
                });
            });
        });
    });
    return out;
}

std::string avc() {
    std::string out;
    BoxWriter to(out);
    box(to, "avcC", [&] { to.bytes(std::string_view("\x01\x64\x00\x28\xff", 5)); });
    return out;
}

std::string fragmentOf(const std::vector<std::string>& samples, std::uint32_t offsetBy = 0) {
    std::string out;
    BoxWriter to(out);
    std::size_t at = 0;
    box(to, "moof", [&] {
        box(to, "traf", [&] {
            to.beginFull("trun", 0, 0x201);
            to.u32(static_cast<std::uint32_t>(samples.size()));
            at = to.position();
            to.u32(0);
            for (const auto& sample : samples)
                to.u32(static_cast<std::uint32_t>(sample.size()));
            to.end();
        });
    });
    to.patch32(at, static_cast<std::uint32_t>(out.size()) + 8 + offsetBy);
    box(to, "mdat", [&] {
        for (const auto& sample : samples)
            to.bytes(sample);
    });
    return out;
}

TEST(CommonEncryption, TakesWhatItCanProtectAndNothingElse) {
    EXPECT_TRUE(CommonEncryption::of(initOf("vide", "avc1", 78, avc()), CommonScheme::Cenc, key));
    EXPECT_TRUE(CommonEncryption::of(initOf("soun", "mp4a", 28), CommonScheme::Cbcs, key));
    EXPECT_FALSE(CommonEncryption::of(initOf("vide", "vp09", 78), CommonScheme::Cenc, key));
    EXPECT_FALSE(CommonEncryption::of(initOf("text", "wvtt", 8), CommonScheme::Cenc, key));
    EXPECT_FALSE(CommonEncryption::of(initOf("soun", "enca", 28), CommonScheme::Cenc, key));
    EXPECT_FALSE(CommonEncryption::of("", CommonScheme::Cenc, key));
}

TEST(CommonEncryption, TheSameSegmentIsTheSameBytesAndNoTwoSamplesShareAVector) {
    const auto audio = CommonEncryption::of(initOf("soun", "mp4a", 28), CommonScheme::Cenc, key);
    ASSERT_TRUE(audio);
    const std::string clear = fragmentOf({std::string(100, 'a'), std::string(100, 'b'), std::string(100, 'a')});
    const auto once = audio->segment(clear), again = audio->segment(clear);
    ASSERT_TRUE(once && again);
    EXPECT_EQ(*once, *again);
    const std::string ends = once->substr(once->size() - 300);
    EXPECT_NE(ends.substr(0, 100), ends.substr(100, 100));
    EXPECT_EQ(ends.substr(0, 100), ends.substr(200, 100));  // the very same sample: nothing new is told
    std::string stream(100, '\0');                          // had two samples one vector, their difference would show
    for (std::size_t i = 0; i < 100; ++i)
        stream[i] = static_cast<char>(ends[i] ^ ends[100 + i]);
    EXPECT_NE(stream, std::string(100, 'a' ^ 'b'));
}

TEST(CommonEncryption, DamagedFragmentsAreRefused) {
    const auto audio = CommonEncryption::of(initOf("soun", "mp4a", 28), CommonScheme::Cenc, key);
    EXPECT_FALSE(audio->segment(""));
    EXPECT_FALSE(audio->segment(fragmentOf({"sample"}, 1)));  // reaches behind the end
    const std::string whole = fragmentOf({std::string(50, 'a'), std::string(60, 'b')});
    std::mt19937 random(5);
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(audio->segment(whole.substr(0, size))) << size;
    for (int round = 0; round < 20'000; ++round) {  // no crash, whatever is wrong
        std::string broken = whole;
        for (int i = 0; i < 3; ++i)
            broken[random() % 64] = static_cast<char>(random());
        (void)audio->segment(broken);
    }
}

TEST(CommonEncryption, SystemsAreNamedInTheMovie) {
    const auto video = CommonEncryption::of(initOf("vide", "avc1", 78, avc()), CommonScheme::Cbcs, key);
    const std::string init = video->init({commonSystem({key.id}), {{7}, "data", {}}});
    const auto top = boxesIn(init, 0, init.size());
    ASSERT_EQ(top.size(), 1U);
    const auto inMovie = boxesIn(init, top[0].body, top[0].end);
    ASSERT_EQ(inMovie.size(), 3U);
    EXPECT_EQ(inMovie[1].type, "pssh");
    EXPECT_EQ(inMovie[2].type, "pssh");
    EXPECT_NE(init.find("encv"), init.npos);
    EXPECT_NE(init.find("sinf"), init.npos);
    EXPECT_EQ(init.find("avc1") + 4, init.find("\0\0\0\x14schm", 0, 8));  // only named as the original format
}

}  // namespace
}  // namespace marea::server
