#include "server/apps/oauth/browsersessions.h"

#include <gtest/gtest.h>

#include "server/apps/oauth/qrcode.h"

namespace marea::server {
namespace {

constexpr core::TimeMs kNow = 1'700'000'000'000;

TEST(BrowserSessions, LastAWhile) {
    BrowserSessions browsers;
    const core::Id user = core::newId(kNow);
    const std::string cookie = browsers.start(user, "hash", kNow);
    EXPECT_EQ(browsers.find(cookie, kNow + BrowserSessions::kLife - 1)->userId, user);
    EXPECT_FALSE(browsers.find(cookie, kNow + BrowserSessions::kLife));
    EXPECT_FALSE(browsers.find(cookie, kNow - 3'600'000)) << "the clock was put back";
    EXPECT_FALSE(browsers.find("other", kNow));
    EXPECT_FALSE(browsers.find("", kNow));
    browsers.end(cookie);
    EXPECT_FALSE(browsers.find(cookie, kNow));
    EXPECT_NE(browsers.start(user, "hash", kNow), cookie);
}

TEST(BrowserSessions, StayBounded) {
    BrowserSessions browsers;
    std::size_t known = 0;
    std::vector<std::string> cookies;
    for (std::size_t i = 0; i < BrowserSessions::kMost + 50; ++i) {
        cookies.push_back(browsers.start("user", "hash", kNow));
    }
    for (const auto& cookie : cookies) {
        known += browsers.find(cookie, kNow).has_value();
    }
    EXPECT_LE(known, BrowserSessions::kMost);
    EXPECT_TRUE(browsers.find(cookies.back(), kNow));
}

TEST(BrowserSessions, AFormIsOfOneBrowserAndOneServer) {
    const BrowserSessions browsers, others;
    const std::string token = browsers.formToken("cookie");
    EXPECT_TRUE(browsers.isFormToken("cookie", token));
    EXPECT_FALSE(browsers.isFormToken("another", token));
    EXPECT_FALSE(browsers.isFormToken("cookie", ""));
    EXPECT_FALSE(browsers.isFormToken("", browsers.formToken("")));
    EXPECT_FALSE(others.isFormToken("cookie", token));
}

TEST(QrCodes, AreDrawnWithTheirQuietZone) {
    const auto svg = qrCodeSvg("http://192.168.1.20:8470/oauth/device?user_code=WDJB-MJHT");
    ASSERT_TRUE(svg);
    EXPECT_TRUE(svg->starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "));
    EXPECT_NE(svg->find("M4 4h1v1h-1z"), std::string::npos) << "the corner of the first finder";
    EXPECT_EQ(svg->find("M3 "), std::string::npos);
    EXPECT_FALSE(qrCodeSvg(""));
    EXPECT_FALSE(qrCodeSvg(std::string(5000, 'a')));
}

}  // namespace
}  // namespace marea::server
