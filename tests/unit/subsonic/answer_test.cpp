#include "server/apps/subsonic/answer.h"

#include <gtest/gtest.h>

#include "core/base/json.h"

namespace marea::server::subsonic {
namespace {

const ServerName kServer{"marea", "1.2"};
constexpr const char* kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><subsonic-response status=\"ok\" version=\"1.16.1\" type=\"marea\" "
    "serverVersion=\"1.2\" openSubsonic=\"true\" xmlns=\"http://subsonic.org/restapi\"";

std::string json(const Element& answer) {
    return write(answer, *answerFormat("json", "")).body;
}

// Attributes come in any order with the namespace among them.
std::string xml(const Element& answer) {
    return write(answer, *answerFormat("", "")).body;
}

Element withGenre() {
    Element genre;
    genre.set("songCount", 3).content("Rock & <Roll>");
    std::vector<Element> list;
    list.push_back(std::move(genre));
    Element answer = good(kServer);
    answer.one("genres", std::move(Element().many("genre", std::move(list))));
    return answer;
}

TEST(SubsonicAnswerTest, IsXmlAndJsonAlike) {
    EXPECT_EQ(
        json(good(kServer)),
        R"({"subsonic-response":{"status":"ok","version":"1.16.1","type":"marea","serverVersion":"1.2","openSubsonic":true}})");
    const std::string plain = xml(good(kServer));
    EXPECT_NE(plain.find("<subsonic-response xmlns=\"http://subsonic.org/restapi\" status=\"ok\""), plain.npos)
        << plain << kHead;
    const auto parsed = core::json::parse(json(withGenre()));
    const auto& genre = parsed.at("subsonic-response").at("genres").at("genre").at(0);
    EXPECT_EQ(genre.at("value").as_string(), "Rock & <Roll>");
    EXPECT_EQ(genre.at("songCount").as_int64(), 3);
    EXPECT_NE(xml(withGenre()).find("<genres><genre songCount=\"3\">Rock &amp; &lt;Roll&gt;</genre></genres>"),
              std::string::npos);
}

TEST(SubsonicAnswerTest, ListsStayArraysAndWhatIsNotKnownIsLeftOut) {
    Element answer;
    answer.many("song", {}).set("year", std::optional<int>()).set("track", std::optional<int>(2)).setText("album", "");
    answer.set("isDir", false).set("gain", 1.5);
    std::vector<Element> versions;
    versions.push_back(Element::of(std::int64_t{1}));
    answer.many("versions", std::move(versions)).one("biography", Element::of(std::string("none")));
    const auto parsed = core::json::parse(json(answer)).at("subsonic-response");
    EXPECT_TRUE(parsed.at("song").as_array().empty());
    EXPECT_FALSE(parsed.as_object().contains("year"));
    EXPECT_FALSE(parsed.as_object().contains("album"));
    EXPECT_EQ(parsed.at("track").as_int64(), 2);
    EXPECT_EQ(parsed.at("isDir").as_bool(), false);
    EXPECT_EQ(parsed.at("gain").as_double(), 1.5);
    EXPECT_EQ(parsed.at("versions").at(0).as_int64(), 1);
    EXPECT_EQ(parsed.at("biography").as_string(), "none");
    const std::string text = xml(answer);
    EXPECT_EQ(text.find("song"), text.npos);
    EXPECT_NE(text.find("isDir=\"false\" gain=\"1.5\""), text.npos) << text;
    EXPECT_NE(text.find("<versions>1</versions><biography>none</biography>"), text.npos) << text;
}

TEST(SubsonicAnswerTest, TextsOfAnyKindAreWellFormed) {
    Element answer;
    answer.set("title", std::string("a\"b'c\nd\x01\x1F"
                                    "e\xEF\xBF\xBE"
                                    "f\xF0\x9F\x8E\xB5"));
    EXPECT_NE(xml(answer).find("title=\"a&quot;b'c&#10;def\xF0\x9F\x8E\xB5\""), std::string::npos) << xml(answer);
    EXPECT_EQ(core::json::parse(json(answer)).at("subsonic-response").at("title").as_string(),
              "a\"b'c\nd\x01\x1F"
              "e\xEF\xBF\xBE"
              "f\xF0\x9F\x8E\xB5");
}

TEST(SubsonicAnswerTest, FailuresHaveACodeAndAText) {
    const auto parsed = core::json::parse(json(failed(kServer, 40, "no"))).at("subsonic-response");
    EXPECT_EQ(parsed.at("status").as_string(), "failed");
    EXPECT_EQ(parsed.at("error").at("code").as_int64(), 40);
    EXPECT_EQ(parsed.at("error").at("message").as_string(), "no");
    EXPECT_NE(xml(failed(kServer, 40, "no")).find("<error code=\"40\" message=\"no\"/>"), std::string::npos);
}

TEST(SubsonicAnswerTest, JsonpTakesNamesOfFunctionsAlone) {
    const Written written = write(good(kServer), *answerFormat("jsonp", "jQuery_1.cb$"));
    EXPECT_EQ(written.contentType, "application/javascript; charset=utf-8");
    EXPECT_TRUE(written.body.starts_with("jQuery_1.cb$({\"subsonic-response\":")) << written.body;
    EXPECT_TRUE(written.body.ends_with("});"));
    for (const char* wrong : {"", "alert(1)//", "a b", "1a", "a;b", "<script>"}) {
        EXPECT_FALSE(answerFormat("jsonp", wrong)) << wrong;
    }
    EXPECT_FALSE(answerFormat("jsonp", std::string(101, 'a')));
    EXPECT_FALSE(answerFormat("yaml", ""));
}

}  // namespace
}  // namespace marea::server::subsonic
