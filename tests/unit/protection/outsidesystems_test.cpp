#include "server/protection/outsidesystems.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "server/protection/keytext.h"
#include "server/protection/manifests.h"

namespace marea::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::string_literals;

Key128 keyOf(std::string_view sixteen) {
    Key128 key{};
    std::copy_n(sixteen.begin(), key.size(), key.begin());
    return key;
}

std::string utf16(std::string_view ascii) {
    std::string out;
    for (const char c : ascii)
        out += {c, '\0'};
    return out;
}

// Two that others have published: of Unified Streaming's packager, and of Shaka Packager's own tests.
const Key128 unified{0xe8, 0x2f, 0x18, 0x4c, 0x3a, 0xaa, 0x57, 0xb4, 0xac, 0xe8, 0x60, 0x6b, 0x5e, 0x3f, 0xeb, 0xad};
const Key128 shaka = keyOf("keyid1~~~~~~~~~~");
const OutsideSystems everyOne{{OutsideSystem::Widevine, OutsideSystem::PlayReady, OutsideSystem::FairPlay}, ""};

TEST(OutsideSystems, WidevineDataIsThatOfOtherPackagers) {
    EXPECT_EQ(base64Text(widevineData({ProtectionScheme::Cenc, unified, ""}, "")), "EhDoLxhMOqpXtKzoYGteP+ut");
    EXPECT_EQ(widevineData({ProtectionScheme::Cbcs, shaka, ""}, ""),
              "\x12\x10keyid1~~~~~~~~~~\x48\xF3\xC6\x89\x9B\x06"s);
    EXPECT_EQ(widevineData({ProtectionScheme::Cenc, shaka, "uspwvtest3"}, "widevine_test"),
              "\x12\x10keyid1~~~~~~~~~~\x1A\x0Dwidevine_test\x22\x0Auspwvtest3"s);
    const std::string longest(300, 'c');
    EXPECT_THAT(widevineData({ProtectionScheme::Cenc, shaka, longest}, ""), HasSubstr("\x22\xAC\x02"s + longest));
}

TEST(OutsideSystems, WidevineBoxIsThatOfShakaPackager) {
    const auto system = protectionSystem(OutsideSystem::Widevine, {ProtectionScheme::Cenc, shaka, ""}, "");
    EXPECT_EQ(protectionBox(*system),
              "\0\0\0\x32pssh\0\0\0\0\xED\xEF\x8B\xA9\x79\xD6\x4A\xCE\xA3\xC8\x27\xDC\xD5\x1D\x21\xED\0\0\0\x12"
              "\x12\x10keyid1~~~~~~~~~~"s);
}

TEST(OutsideSystems, PlayReadyBoxIsThatOfShakaPackager) {
    const auto system = protectionSystem(OutsideSystem::PlayReady, {ProtectionScheme::Cbcs, shaka, "title"}, "nobody");
    EXPECT_EQ(protectionBox(*system),
              "\0\0\x1\xDEpssh\0\0\0\0\x9A\x04\xF0\x79\x98\x40\x42\x86\xAB\x92\xE6\x5B\xE0\x88\x5F\x95\0\0\x1\xBE"
              "\xBE\x1\0\0\x1\0\x1\0\xB4\x1"s +
                  utf16("<WRMHEADER xmlns=\"http://schemas.microsoft.com/DRM/2007/03/PlayReadyHeader\" "
                        "version=\"4.3.0.0\"><DATA><PROTECTINFO><KIDS><KID ALGID=\"AESCBC\" "
                        "VALUE=\"aXllazFkfn5+fn5+fn5+fg==\"></KID></KIDS></PROTECTINFO></DATA></WRMHEADER>"));
}

TEST(OutsideSystems, PlayReadyWritesIdsAsGuids) {
    const Key128 id{0x54, 0x23, 0x2e, 0xdd, 0xbd, 0x59, 0x48, 0x72, 0x86, 0x87, 0x84, 0xa3, 0x5f, 0x4f, 0x0c, 0x95};
    EXPECT_THAT(playReadyObject({ProtectionScheme::Cenc, id, ""}),
                HasSubstr(utf16("ALGID=\"AESCTR\" VALUE=\"3S4jVFm9ckiGh4SjX08MlQ==\"")));
}

TEST(OutsideSystems, EachTakesItsSchemes) {
    EXPECT_THAT(everyOne.of(ProtectionScheme::Cenc), ElementsAre(OutsideSystem::Widevine, OutsideSystem::PlayReady));
    EXPECT_THAT(everyOne.of(ProtectionScheme::Cbcs),
                ElementsAre(OutsideSystem::Widevine, OutsideSystem::PlayReady, OutsideSystem::FairPlay));
    EXPECT_THAT(everyOne.of(ProtectionScheme::Aes128), IsEmpty());
    EXPECT_THAT(OutsideSystems().of(ProtectionScheme::Cbcs), IsEmpty());
    for (const OutsideSystem system : kOutsideSystems)
        EXPECT_EQ(outsideSystem(name(system)), system);
    EXPECT_FALSE(outsideSystem("clearkey"));
    EXPECT_STREQ(keySystem(OutsideSystem::FairPlay), "com.apple.fps");
    EXPECT_EQ(uuidText(systemId(OutsideSystem::FairPlay)), "94ce86fb-07ff-4f43-adb8-93d2fa968ca2");
}

TEST(OutsideSystems, HlsHasALineForEach) {
    const SignalledKey cbcs{{ProtectionScheme::Cbcs, true, true}, unified, "film", everyOne};
    const std::string lines = hlsKey(cbcs);
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
    EXPECT_THAT(lines, HasSubstr("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://e82f184c-3aaa-57b4-ace8-606b5e3febad\","
                                 "KEYFORMAT=\"com.apple.streamingkeydelivery\",KEYFORMATVERSIONS=\"1\"\n"));
    EXPECT_THAT(lines, HasSubstr("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"data:text/plain;base64,AAAAPnBzc2g"));
    EXPECT_THAT(lines, HasSubstr("KEYID=0xe82f184c3aaa57b4ace8606b5e3febad,"
                                 "KEYFORMAT=\"urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\""));
    EXPECT_THAT(lines, HasSubstr("URI=\"data:text/plain;charset=UTF-16;base64,"));
    EXPECT_THAT(hlsSessionKey(cbcs), HasSubstr("#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI=\"skd://"));
    const SignalledKey cenc{{ProtectionScheme::Cenc, true, true}, unified, "film", everyOne};
    EXPECT_THAT(hlsKey(cenc), Not(HasSubstr("skd:")));
    EXPECT_THAT(hlsKey(cenc), HasSubstr("METHOD=SAMPLE-AES-CTR,"));
}

TEST(OutsideSystems, DashAndHeadsHaveTheBoxes) {
    const SignalledKey key{{ProtectionScheme::Cenc, true, true}, unified, "film", everyOne};
    const std::string text = dashProtection(key);
    const std::string box = base64Text(
        protectionBox(*protectionSystem(OutsideSystem::Widevine, {ProtectionScheme::Cenc, unified, "film"}, "")));
    EXPECT_THAT(text, HasSubstr("value=\"cenc\" cenc:default_KID=\"e82f184c-3aaa-57b4-ace8-606b5e3febad\""));
    EXPECT_THAT(text,
                HasSubstr("<cenc:pssh xmlns:cenc=\"urn:mpeg:cenc:2013\">" + box + "</cenc:pssh></ContentProtection>"));
    EXPECT_THAT(text, HasSubstr("<mspr:pro xmlns:mspr=\"urn:microsoft:playready\">"));
    EXPECT_THAT(text, Not(HasSubstr("94ce86fb")));
    EXPECT_EQ(protectionBoxes(key).size(), 2U);
    const SignalledKey clear{{ProtectionScheme::Cenc, true}, unified, "film", everyOne};
    ASSERT_EQ(protectionBoxes(clear).size(), 1U);
    EXPECT_EQ(uuidText(protectionBoxes(clear).front().id), "1077efec-c0b2-4d02-ace3-3c1e52e2fb4b");
}

TEST(KeyText, IsEscaped) {
    EXPECT_EQ(xmlText("a<b> & \"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
}

}  // namespace
}  // namespace marea::server
