#include "core/base/id.h"

#include <gtest/gtest.h>

namespace marea::core {
namespace {

TEST(Id, IsAVersion7UuidThatSortsByTime) {
    const Id early = newId(1'700'000'000'000);
    const Id late = newId(1'700'000'000'001);
    EXPECT_TRUE(isId(early));
    EXPECT_EQ(early[14], '7');
    EXPECT_TRUE(early[19] == '8' || early[19] == '9' || early[19] == 'a' || early[19] == 'b');
    EXPECT_LT(early, late);
    EXPECT_NE(newId(1), newId(1));
}

TEST(Id, BytesAndTextRoundTrip) {
    const Id id = newId();
    const auto bytes = idBytes(id);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(idText(*bytes), id);
}

TEST(Id, RefusesEverythingElse) {
    for (const char* text : {"", "x", "018bcfe5-6800-7000-8000-00000000000", "018bcfe5-6800-7000-8000-0000000000000",
                             "018BCFE5-6800-7000-8000-000000000000", "018bcfe5_6800-7000-8000-000000000000",
                             "018bcfe5-6800-7000-8000-00000000000g", "../../../../etc/passwd/aaaaaaaaaaaaa"}) {
        EXPECT_FALSE(isId(text)) << text;
    }
}

}  // namespace
}  // namespace marea::core
