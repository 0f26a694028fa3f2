#include "server/protection/manifests.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

constexpr Key128 id{0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};
constexpr ProtectionKind whole{ProtectionScheme::Aes128, false}, cenc{ProtectionScheme::Cenc, true},
    cbcs{ProtectionScheme::Cbcs, false};

TEST(Manifests, HlsSaysHowPlayersGetAtTheKey) {
    EXPECT_EQ(hlsKey({whole, id}), "#EXT-X-KEY:METHOD=AES-128,URI=\"../../../key\"\n");
    EXPECT_EQ(hlsKey({cbcs, id}), "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"../../../key\"\n");
    EXPECT_EQ(hlsKey({cenc, id}),
              "#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI=\"../../../clearkey\",KEYID=0x00112233445566778899aabbccddeeff,"
              "KEYFORMAT=\"org.w3.clearkey\",KEYFORMATVERSIONS=\"1\"\n");
    EXPECT_EQ(hlsSessionKey({whole, id}), "#EXT-X-SESSION-KEY:METHOD=AES-128,URI=\"../../../key\"\n");
    EXPECT_EQ(hlsSessionKey({cbcs, id}), "");
}

TEST(Manifests, DashNamesTheSchemeTheKeyAndTheSystem) {
    const std::string text = dashProtection({cenc, id});
    EXPECT_NE(text.find("schemeIdUri=\"urn:mpeg:dash:mp4protection:2011\" value=\"cenc\" "
                        "cenc:default_KID=\"00112233-4455-6677-8899-aabbccddeeff\"/>"),
              text.npos);
    EXPECT_NE(text.find("urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e"), text.npos);
    EXPECT_NE(text.find("<cenc:pssh>AAAANHBzc2gBAAAAEHfv7MCyTQKs4zweUuL7SwAAAAEAESIzRFVmd4iZqrvM3e7/AAAAAA=="),
              text.npos);
}

TEST(Schemes, NamesAreReadAsTheyAreWritten) {
    int kinds = 0;
    for (const char* text :
         {"aes-128", "clearkey-cenc", "clearkey-cbcs", "identity-cenc", "identity-cbcs", "drm-cenc", "drm-cbcs"}) {
        const auto kind = protectionKind(text);
        ASSERT_TRUE(kind) << text;
        EXPECT_EQ(name(*kind), text);
        ++kinds;
    }
    EXPECT_EQ(kinds, 7);
    for (const char* text : {"", "cenc", "AES-128", "clearkey-aes-128", "clearkey-", "identity-cenc ", "drm-aes-128"})
        EXPECT_FALSE(protectionKind(text)) << text;
    EXPECT_FALSE(protectionScheme("clearkey-cenc"));
    EXPECT_TRUE(protects(ProtectionScheme::Aes128, "vp9"));
    EXPECT_FALSE(protects(ProtectionScheme::Cbcs, "vp9"));
    EXPECT_TRUE(protects(ProtectionScheme::Cenc, "hevc"));
}

}  // namespace
}  // namespace marea::server
