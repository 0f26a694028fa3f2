#include "core/base/jsonfields.h"

#include <gtest/gtest.h>

namespace marea::core {
namespace {

TEST(JsonFields, ReadsWhatIsThereAndLeavesOutWhatIsNot) {
    const auto value = *parseJson(R"({"name":"x","count":3,"part":0.5,"on":true,"list":["a","b"]})");
    JsonFields fields(value, "thing");
    EXPECT_EQ(fields.text("name", 10), "x");
    EXPECT_EQ(fields.integer("count", 0, 5), 3);
    EXPECT_EQ(fields.number("part", 0, 1), 0.5);
    EXPECT_EQ(fields.boolean("on"), true);
    EXPECT_EQ(fields.texts("list", 2, 1)->size(), 2u);
    EXPECT_EQ(fields.text("absent", 10), std::nullopt);
    EXPECT_TRUE(fields.finish());
}

TEST(JsonFields, SaysTheFirstThingThatIsWrong) {
    const auto value = *parseJson(R"({"name":7,"count":"x"})");
    JsonFields fields(value, "thing");
    fields.text("name", 10);
    fields.integer("count", 0, 5);
    fields.require("more");
    EXPECT_EQ(fields.finish().error().text, "thing.name must be a string.");
}

TEST(JsonFields, NumbersThatNoDoubleHoldsAreRefused) {
    for (const char* text : {"2e333333", R"({"a":[1,{"b":-1e400}]})"})
        EXPECT_FALSE(parseJson(text)) << text;
    EXPECT_TRUE(parseJson(R"({"a":[1,{"b":-1e300}]})"));
}

TEST(JsonFields, RefusesFieldsThatNobodyAskedFor) {
    const auto value = *parseJson(R"({"name":"x","other":1})");
    JsonFields fields(value, "");
    fields.text("name", 10);
    EXPECT_EQ(fields.finish().error().text, "The body has an unknown field: other.");
}

TEST(JsonFields, BoundsAndTypesAreChecked) {
    for (const char* text :
         {R"({"v":6})", R"({"v":-1})", R"({"v":1.5})", R"({"v":99999999999999999999})", R"({"v":null})"}) {
        const auto value = *parseJson(text);
        JsonFields fields(value, "thing");
        EXPECT_EQ(fields.integer("v", 0, 5), std::nullopt) << text;
        EXPECT_FALSE(fields.finish()) << text;
    }
}

TEST(JsonFields, OnlyObjectsHaveFields) {
    for (const char* text : {"[]", "1", "null", "\"x\""}) {
        const auto value = *parseJson(text);
        EXPECT_EQ(JsonFields(value, "").finish().error().text, "The body must be an object.") << text;
    }
}

TEST(JsonFields, TextThatIsNoJsonIsInvalid) {
    for (const std::string& text : {std::string(), std::string("{"), std::string("{} x"), std::string(100, '[')}) {
        const auto value = parseJson(text);
        ASSERT_FALSE(value) << text;
        EXPECT_EQ(value.error().code, ErrorCode::Invalid);
    }
}

}  // namespace
}  // namespace marea::core
