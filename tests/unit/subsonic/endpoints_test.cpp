#include <gtest/gtest.h>

#include <set>

#include "server/apps/subsonic/call.h"
#include "server/apps/subsonic/subsonic.h"

namespace marea::server::subsonic {
namespace {

TEST(SubsonicEndpointsTest, EachHasOneNameAndOneHandler) {
    std::set<std::string> names;
    for (const Endpoint& one : endpoints()) {
        EXPECT_TRUE(names.insert(one.name).second) << one.name;
        EXPECT_NE(one.handler == nullptr, one.bytes == nullptr) << one.name;
        EXPECT_EQ(endpoint(one.name), &one);
    }
    EXPECT_EQ(endpoint("ping.view"), nullptr);
    EXPECT_EQ(endpoint(""), nullptr);
}

// Reviewed: it says which parts of the protocol there are, and the protocol wants it so.
TEST(SubsonicEndpointsTest, OneAnswersWithoutALogIn) {
    std::set<std::string_view> open;
    for (const std::string_view name : Subsonic::methods()) {
        if (Subsonic::isOpen(name)) {
            open.insert(name);
        }
    }
    EXPECT_EQ(open, (std::set<std::string_view>{"getOpenSubsonicExtensions"}));
}

TEST(SubsonicNowPlayingTest, IsTheLastThingOfEachDevice) {
    NowPlaying playing;
    playing.put({"ana", "phone", "a", "Ana", "App", 100, 200});
    playing.put({"ana", "phone", "b", "Ana", "App", 150, 250});
    playing.put({"bob", "desk", "c", "Bob", "App", 160, 500});
    ASSERT_EQ(playing.list("", 160).size(), 2U);
    EXPECT_EQ(playing.list("", 160).front().mediaId, "c");
    ASSERT_EQ(playing.list("ana", 160).size(), 1U);
    EXPECT_EQ(playing.list("ana", 160).front().mediaId, "b");
    playing.stopped("phone", "a");
    EXPECT_EQ(playing.list("ana", 160).size(), 1U);
    EXPECT_TRUE(playing.list("ana", 251).empty());
    playing.stopped("desk", "c");
    EXPECT_TRUE(playing.list("", 251).empty());
}

TEST(SubsonicPageMarksTest, KnowWherePagesEnded) {
    PageMarks marks(2);
    EXPECT_FALSE(marks.find("songs", 10));
    marks.put("songs", 10, {"b", 2});
    marks.put("songs", 10, {"c", 3});
    marks.put("albums", 10, {"d", 4});
    EXPECT_EQ(marks.find("songs", 10)->sortKey, "c");
    EXPECT_EQ(marks.find("albums", 10)->num, 4);
    marks.put("songs", 20, {"e", 5});
    EXPECT_FALSE(marks.find("songs", 10)) << "the oldest is forgotten";
    EXPECT_TRUE(marks.find("songs", 20));
}

}  // namespace
}  // namespace marea::server::subsonic
