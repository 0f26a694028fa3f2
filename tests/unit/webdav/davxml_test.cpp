#include "server/apps/webdav/davxml.h"

#include <gmock/gmock.h>

namespace marea::server::webdav {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Resource file() {
    Resource resource;
    resource.href = "/dav/Films/A%26B.mkv";
    resource.name = "A&B.mkv";
    resource.size = 12;
    resource.type = "video/x-matroska";
    resource.etag = "\"a-b-c\"";
    resource.modified = 784'111'777'000;  // Sun, 06 Nov 1994 08:49:37 GMT
    resource.made = 784'111'777'000;
    return resource;
}

std::string response(const Resource& resource, const Propfind& wish) {
    std::string out;
    appendResponse(out, resource, wish);
    return out;
}

std::string asked(const std::string& inner) {
    return "<?xml version=\"1.0\"?><x:propfind xmlns:x=\"DAV:\">" + inner + "</x:propfind>";
}

TEST(DavDepth, IsHowDeepItGoes) {
    EXPECT_EQ(depthOf("0"), Depth::Itself);
    EXPECT_EQ(depthOf(" 1 "), Depth::Children);
    EXPECT_EQ(depthOf("Infinity"), Depth::Everything);
    EXPECT_EQ(depthOf(std::nullopt), Depth::Everything);  // RFC 4918 section 9.1
    for (const char* wrong : {"", "2", "-1", "1,noroot", "00"}) {
        EXPECT_EQ(depthOf(wrong), std::nullopt) << wrong;
    }
}

TEST(DavQuestion, SaysWhatIsWanted) {
    EXPECT_EQ(parsePropfind("")->kind, Propfind::Kind::All);
    EXPECT_EQ(parsePropfind(asked("<x:allprop/>"))->kind, Propfind::Kind::All);
    EXPECT_EQ(parsePropfind(asked("<x:allprop/><x:include><x:getetag/></x:include>"))->kind, Propfind::Kind::All);
    EXPECT_EQ(parsePropfind(asked("<x:propname/>"))->kind, Propfind::Kind::Names);
    const auto some =
        parsePropfind(asked("<new xmlns=\"y\"/><x:prop><x:getetag><z/></x:getetag><q xmlns=\"urn:q\"/></x:prop>"));
    ASSERT_TRUE(some);
    EXPECT_EQ(some->kind, Propfind::Kind::Some);
    EXPECT_THAT(some->properties, ElementsAre(Property{"DAV:", "getetag"}, Property{"urn:q", "q"}));
}

TEST(DavQuestion, IsRefusedWhenItIsNone) {
    std::string many;
    for (std::size_t i = 0; i <= kMostProperties; ++i) {
        many += "<x:p" + std::to_string(i) + "/>";
    }
    for (const std::string& text :
         {std::string("x"), std::string("<propfind/>"), asked(""), asked("<x:prop/><x:propname/>"), asked("<x:prop>"),
          std::string("<a xmlns=\"DAV:\"><prop/></a>"), asked("<x:prop>" + many + "</x:prop>"),
          asked("<x:prop/>") + "<more/>", std::string("<p:propfind xmlns:q=\"DAV:\"><p:prop/></p:propfind>")}) {
        EXPECT_FALSE(parsePropfind(text)) << text;
    }
}

// No entities of anybody's: neither files nor what grows.
TEST(DavQuestion, HasNoDocumentType) {
    const std::string body = "<propfind xmlns=\"DAV:\"><prop><a>&e;</a></prop></propfind>";
    EXPECT_FALSE(parsePropfind("<!DOCTYPE propfind [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + body));
    EXPECT_FALSE(parsePropfind("<!DOCTYPE propfind [<!ENTITY a \"aa\"><!ENTITY e \"&a;&a;\">]>" + body));
    EXPECT_FALSE(parsePropfind("<!DOCTYPE propfind><propfind xmlns=\"DAV:\"><allprop/></propfind>"));
    EXPECT_FALSE(parsePropfind(body));
}

TEST(DavQuestion, MayBeDeepOrWide) {
    std::string deep, ends;
    for (int i = 0; i < 5000; ++i) {
        deep += "<a>";
        ends += "</a>";
    }
    EXPECT_TRUE(parsePropfind(asked("<x:prop>" + deep + ends + "</x:prop>")));
    EXPECT_FALSE(parsePropfind(asked("<x:prop>" + deep)));
}

TEST(DavAnswer, TellsAll) {
    EXPECT_EQ(response(file(), {}),
              "<D:response><D:href>/dav/Films/A%26B.mkv</D:href><D:propstat><D:prop><D:resourcetype/>"
              "<D:displayname>A&amp;B.mkv</D:displayname><D:getcontentlength>12</D:getcontentlength>"
              "<D:getcontenttype>video/x-matroska</D:getcontenttype><D:getetag>&quot;a-b-c&quot;</D:getetag>"
              "<D:getlastmodified>Sun, 06 Nov 1994 08:49:37 GMT</D:getlastmodified>"
              "<D:creationdate>1994-11-06T08:49:37Z</D:creationdate></D:prop><D:status>HTTP/1.1 200 OK</D:status>"
              "</D:propstat></D:response>\n");
    Resource folder;
    folder.href = "/dav/";
    folder.name = "Marea";
    folder.folder = true;
    EXPECT_THAT(response(folder, {}), HasSubstr("<D:resourcetype><D:collection/></D:resourcetype>"));
    EXPECT_THAT(response(folder, {}), Not(HasSubstr("getcontentlength")));
}

TEST(DavAnswer, TellsNamesAlone) {
    const std::string names = response(file(), {Propfind::Kind::Names, {}});
    EXPECT_THAT(names, HasSubstr("<D:getetag/>"));
    EXPECT_THAT(names, Not(HasSubstr("a-b-c")));
}

TEST(DavAnswer, TellsWhatIsThereAndWhatIsNot) {
    const Propfind wish{Propfind::Kind::Some,
                        {{"DAV:", "getetag"}, {"DAV:", "lockdiscovery"}, {"urn:\"x\"", "own"}, {"", "none"}}};
    EXPECT_EQ(
        response(file(), wish),
        "<D:response><D:href>/dav/Films/A%26B.mkv</D:href><D:propstat><D:prop><D:getetag>&quot;a-b-c&quot;</D:getetag>"
        "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat><D:propstat><D:prop><lockdiscovery xmlns=\"DAV:\"/>"
        "<own xmlns=\"urn:&quot;x&quot;\"/><none xmlns=\"\"/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status>"
        "</D:propstat></D:response>\n");
    EXPECT_THAT(response(file(), {Propfind::Kind::Some, {{"DAV:", "nothing"}}}), Not(HasSubstr("200 OK")));
    EXPECT_THAT(response(file(), {Propfind::Kind::Some, {}}), HasSubstr("<D:prop></D:prop>"));
    EXPECT_THAT(response(file(), {Propfind::Kind::Some, {{"http://www.w3.org/XML/1998/namespace", "lang"}}}),
                HasSubstr("<D:prop><xml:lang/></D:prop>"));
}

}  // namespace
}  // namespace marea::server::webdav
