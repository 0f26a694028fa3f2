#include "server/apps/identity/onetimecodes.h"

#include <gtest/gtest.h>

#include <cctype>
#include <vector>

namespace marea::server {
namespace {

TEST(OneTimeCodes, LetTheirOwnerInOnceHoweverTheyAreTyped) {
    OneTimeCodes codes;
    std::string typed = codes.issue("guest", 1000);
    EXPECT_FALSE(codes.take("owner", typed, 1001)) << "somebody else's";
    EXPECT_FALSE(codes.take("guest", "AAAA-AAAA-AAAA", 1001));
    EXPECT_FALSE(codes.take("guest", "", 1001));
    std::erase(typed, '-');
    for (char& c : typed) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    EXPECT_TRUE(codes.take("guest", typed, 1001));
    EXPECT_FALSE(codes.take("guest", typed, 1002)) << "used";
}

TEST(OneTimeCodes, RunOutAndAreFew) {
    OneTimeCodes codes;
    const std::string late = codes.issue("guest", 0);
    EXPECT_FALSE(codes.take("guest", late, OneTimeCodes::kLife));
    std::vector<std::string> issued;
    for (std::size_t i = 0; i <= OneTimeCodes::kMost; ++i) {
        issued.push_back(codes.issue("guest", 1));
    }
    EXPECT_FALSE(codes.take("guest", issued[0], 2)) << "the oldest went";
    EXPECT_TRUE(codes.take("guest", issued[1], 2));
    codes.clear();
    EXPECT_FALSE(codes.take("guest", issued[2], 2));
}

}  // namespace
}  // namespace marea::server
