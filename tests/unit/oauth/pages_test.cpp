#include "server/apps/oauth/pages.h"

#include <gtest/gtest.h>

#include "server/apps/oauth/pagestyle.h"

namespace marea::server {
namespace {

constexpr const char* kNasty = "<script>alert('x')</script>\"&";

PageFrame frame(const char* language = "en") {
    return {wordsFor(language), kNasty, kNasty, "/oauth/authorize", {{"request", kNasty}}, kNasty};
}

std::vector<std::string> everyPage(const PageFrame& f) {
    return {signInPage(f, kNasty, kNasty),
            signInPage(f, "", ""),
            consentPage(f, kNasty, "https://app.example/"),
            devicePage(f, kNasty),
            deviceConsentPage(f, kNasty, kNasty),
            messagePage(f, PageMark::Good, kNasty, kNasty)};
}

TEST(Pages, ShowEveryTextAsText) {
    for (const std::string& page : everyPage(frame())) {
        EXPECT_EQ(page.find("<script"), std::string::npos);
        EXPECT_EQ(page.find("alert('"), std::string::npos);
        EXPECT_NE(page.find("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"), std::string::npos);
        EXPECT_EQ(page.find(" style="), std::string::npos) << "the policy would not apply it";
        for (const char* handler : {" onclick", " onload", " onerror", " onfocus", " onsubmit"}) {
            EXPECT_EQ(page.find(handler), std::string::npos);
        }
    }
}

TEST(Pages, SpeakBothLanguages) {
    for (const char* language : {"en", "es"}) {
        const PageFrame f{wordsFor(language), "Casa", "", "/oauth/authorize", {}, ""};
        for (const std::string& page : everyPage(f)) {
            EXPECT_NE(page.find("<html lang=\"" + std::string(language) + "\">"), std::string::npos);
        }
    }
    EXPECT_EQ(wordsFor("").language, "en");
    EXPECT_EQ(wordsFor("es-MX,es;q=0.9,en;q=0.8").language, "es");
    EXPECT_EQ(wordsFor("en-GB, es;q=0.5").language, "en");
    EXPECT_EQ(wordsFor("de, es;q=0.4, en;q=0.3").language, "es");
    EXPECT_EQ(wordsFor("de, es;q=0, en;q=0.3").language, "en");
    EXPECT_EQ(wordsFor("ES").language, "es");
    EXPECT_EQ(wordsFor("est").language, "en") << "Estonian";
    EXPECT_EQ(wordsFor("de;q=x,;;,=,es;q=").language, "en");
}

TEST(Pages, NoWordIsMissing) {
    for (const char* language : {"en", "es"}) {
        const PageWords& words = wordsFor(language);
        const auto* texts = reinterpret_cast<const std::string_view*>(&words);
        static_assert(sizeof(PageWords) % sizeof(std::string_view) == 0);
        for (std::size_t i = 0; i < sizeof(PageWords) / sizeof(std::string_view); ++i) {
            EXPECT_FALSE(texts[i].empty()) << language << " " << i;
        }
    }
    EXPECT_EQ(filledIn("a %1 b", "%1"), "a %1 b");
}

TEST(Pages, SayWhereItGoesOn) {
    const PageFrame f{wordsFor("en"), "Casa", "", "/oauth/authorize", {}, "Ana"};
    EXPECT_NE(consentPage(f, "Player", "https://app.example/").find("at app.example."), std::string::npos);
    EXPECT_NE(consentPage(f, "Player", "http://127.0.0.1:5/").find("on this device"), std::string::npos);
    EXPECT_NE(consentPage(f, "Player", "http://127.0.0.1:5/").find("Signed in as Ana"), std::string::npos);
}

TEST(Pages, TheStyleHasItsHash) {
    EXPECT_TRUE(pageStyleSource().starts_with("'sha256-"));
    EXPECT_EQ(pageStyleSource().size(), std::string("'sha256-'").size() + 44);
    EXPECT_NE(devicePage(frame(), "").find("<style>" + std::string(pageStyle()) + "</style>"), std::string::npos);
}

}  // namespace
}  // namespace marea::server
