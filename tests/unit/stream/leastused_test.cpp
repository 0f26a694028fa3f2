#include "server/stream/leastused.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

using Names = std::vector<std::string>;

TEST(LeastUsedTest, WhatWasNotUsedForLongestMakesWay) {
    LeastUsed files(100);
    files.used("a", 40);
    files.used("b", 40);
    files.used("a", 40);
    EXPECT_EQ(files.makeRoom(20), Names());
    EXPECT_EQ(files.makeRoom(30), Names{"b"});
    EXPECT_EQ(files.bytes(), 40);
    files.found("c", 10);  // from an earlier start: older than anything used since
    EXPECT_EQ(files.makeRoom(60), Names{"c"});
    EXPECT_EQ(files.makeRoom(1000), Names{"a"});
    EXPECT_EQ(files.bytes(), 0);
}

TEST(LeastUsedTest, SizesChangeAndAreForgotten) {
    LeastUsed files(100);
    files.used("a", 40);
    files.used("a", 60);
    files.found("a", 5);  // known better
    EXPECT_EQ(files.bytes(), 60);
    files.drop("a");
    files.drop("a");
    EXPECT_EQ(files.bytes(), 0);
    EXPECT_EQ(files.files(), 0);
}

TEST(LeastUsedTest, WhatIsHeldNeverGoesAndCountsByItself) {
    LeastUsed files(100);
    files.used("a", 40);
    files.hold("a");
    files.hold("b");  // not there yet
    files.used("b", 500);
    files.found("b", 500);
    EXPECT_EQ(files.bytes(), 0);
    EXPECT_EQ(files.heldBytes(), 540);
    EXPECT_EQ(files.heldFiles(), 2);
    EXPECT_EQ(files.makeRoom(1000), Names());
    files.drop("b");
    EXPECT_EQ(files.heldBytes(), 40);
    files.hold("a");
    files.letGo("a");
    EXPECT_EQ(files.heldBytes(), 40) << "somebody else holds it";
    files.used("c", 30);
    files.letGo("a");
    files.letGo("a");
    EXPECT_FALSE(files.holds("a"));
    EXPECT_EQ(files.heldFiles(), 0);
    EXPECT_EQ(files.bytes(), 70);
    EXPECT_EQ(files.makeRoom(50), Names{"a"}) << "nobody wants it any more";
}

TEST(LeastUsedTest, ExceptionsStay) {
    LeastUsed files(100);
    files.used("a", 50);
    files.used("b", 50);
    EXPECT_EQ(files.makeRoom(10, [](const std::string& name) { return name == "a"; }), Names{"b"});
}

}  // namespace
}  // namespace marea::server
