#include <gtest/gtest.h>

#include "app/cli/cloudcommand.h"

namespace marea::app {
namespace {

TEST(CloudChange, IsReadFromALine) {
    const auto change = cloudChangeFrom(
        R"({"kind":"item","id":"x","set":{"rating":7,"note":null,"favourite":true},"count":{"plays":2}})");
    ASSERT_TRUE(change) << change.error().text;
    EXPECT_EQ(change->key, (sync::RecordKey{"item", "x"}));
    EXPECT_EQ(change->writes.size(), 3u);
    EXPECT_EQ(change->counts.front().second, 2);
    EXPECT_FALSE(change->remove);
    EXPECT_TRUE(cloudChangeFrom(R"({"kind":"item","id":"x","remove":true})")->remove);
}

TEST(CloudChange, WhatCannotBeIsRefusedInWords) {
    for (const char* wrong :
         {"", "{}", R"({"kind":"item"})", R"({"kind":"item","id":"x","set":{"life":false}})",
          R"({"kind":"item","id":"x","set":{"rating":1.5}})", R"({"kind":"item","id":"x","set":3})",
          R"({"kind":"item","id":"x","count":{"plays":"many"}})", R"({"kind":"item","id":"x","colour":"red"})",
          R"({"kind":"it\u0001em","id":"x"})", R"({"kind":"item","id":"x\u0001"})",
          R"({"kind":"item","id":"x","set":{"a\u0001":1}})", R"({"kind":"item","id":"x","count":{"a\u0001":1}})"}) {
        const auto change = cloudChangeFrom(wrong);
        ASSERT_FALSE(change) << wrong;
        EXPECT_FALSE(change.error().text.empty());
    }
    const std::string longest(300, 'n'), begin = R"({"kind":"item","id":"x","count":{")";
    EXPECT_TRUE(cloudChangeFrom(begin + longest + "\":1}}"));
    EXPECT_FALSE(cloudChangeFrom(begin + longest + "n\":1}}")) << "it could not be read again";
}

TEST(CloudChange, ARecordIsOneLine) {
    sync::Writer writer;
    writer.replica[0] = 1;
    sync::Record record{{"item", "x"}, {}, {}, {}};
    sync::edit(record, {{"rating", std::int64_t{7}}}, writer, 1000);
    sync::count(record, "plays", 3, writer, 1000);
    EXPECT_EQ(recordLine(record.key, &record),
              R"({"event":"changed","kind":"item","id":"x","there":true,"cells":{"rating":7},"counts":{"plays":3}})");
    EXPECT_EQ(recordLine(record.key, nullptr),
              R"({"event":"changed","kind":"item","id":"x","there":false,"cells":{},"counts":{}})");
}

TEST(CloudChange, TheCloudIsADevice) {
    EXPECT_TRUE(isCloud({"--run", "--device", "cloud"}));
    EXPECT_TRUE(isCloud({"--device=cloud"}));
    EXPECT_FALSE(isCloud({"--device", "/media/cloud"}));
    EXPECT_FALSE(isCloud({"--device"}));
}

}  // namespace
}  // namespace marea::app
