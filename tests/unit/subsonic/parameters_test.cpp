#include "server/apps/subsonic/parameters.h"

#include <gtest/gtest.h>

namespace marea::server::subsonic {
namespace {

constexpr const char* kId = "01900000-0000-7000-8000-000000000001";

TEST(SubsonicParametersTest, ComeFromTheQueryAndTheFormBehindIt) {
    const auto given = Parameters::withForm({{"id", "a"}, {"f", "json"}}, "id=b+c&&id=%C3%B1&empty&f=xml");
    ASSERT_TRUE(given);
    EXPECT_EQ(given->all("id"), (std::vector<std::string>{"a", "b c", "ñ"}));
    EXPECT_EQ(given->text("f"), "json");
    EXPECT_TRUE(given->has("empty"));
    EXPECT_FALSE(given->has("other"));
    for (const char* wrong : {"a=%", "a=%4", "a=%zz", "%ff=1", "a=%ff", "a=%00"}) {
        EXPECT_FALSE(Parameters::withForm({}, wrong)) << wrong;
    }
}

TEST(SubsonicParametersTest, AreBounded) {
    std::string form;
    for (std::size_t i = 0; i <= Parameters::kMost; ++i) {
        form += "a=1&";
    }
    EXPECT_FALSE(Parameters::withForm({}, form));
    EXPECT_TRUE(Parameters::withForm({}, form.substr(4)));
}

TEST(SubsonicParametersTest, NumbersAreCheckedToTheirEnd) {
    const Parameters given(
        {{"size", "20"}, {"wrong", "20x"}, {"minus", "-1"}, {"huge", "900"}, {"long", "99999999999999999999"}});
    EXPECT_EQ(*given.integer("size", 10, 0, 500), 20);
    EXPECT_EQ(*given.integer("other", 10, 0, 500), 10);
    EXPECT_EQ(*given.integer("huge", 10, 0, 500), 500) << "more than is given out at once is cut";
    for (const char* name : {"wrong", "minus", "long"}) {
        EXPECT_EQ(given.integer(name, 10, 0, 500).error().code, core::ErrorCode::Invalid) << name;
    }
    EXPECT_FALSE(given.requiredInteger("other", 0, 9));
}

TEST(SubsonicParametersTest, IdsOfAnotherFormLeadNowhere) {
    const Parameters given({{"id", kId}, {"other", "al-1"}, {"many", kId}, {"many", kId}});
    EXPECT_EQ(*given.id(), kId);
    EXPECT_EQ(given.id("other").error().code, core::ErrorCode::NotFound);
    EXPECT_EQ(given.id("none").error().code, core::ErrorCode::Invalid);
    EXPECT_EQ(given.ids("many", 2)->size(), 2U);
    EXPECT_FALSE(given.ids("many", 1));
    EXPECT_FALSE(given.ids("other", 9));
}

TEST(SubsonicParametersTest, Flags) {
    const Parameters given({{"a", "true"}, {"b", "0"}, {"c", "maybe"}});
    EXPECT_EQ(given.flag("a"), true);
    EXPECT_EQ(given.flag("b"), false);
    EXPECT_FALSE(given.flag("c"));
    EXPECT_FALSE(given.flag("d"));
}

}  // namespace
}  // namespace marea::server::subsonic
