// Who is told of a server, and of which of its addresses.
#include "server/announce/reach.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "server/announce/networkannouncer.h"

namespace marea::server {
namespace {

std::string bytes(std::initializer_list<int> values) {
    std::string text;
    for (const int value : values) {
        text += static_cast<char>(value);
    }
    return text;
}

const std::string kFour = bytes({192, 168, 1, 20}), kOther = bytes({10, 0, 0, 7});
const std::string kSix = bytes({0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

Interface network() {
    Interface interface;
    interface.name = "eth0";
    interface.index = 2;
    interface.sendsToGroups = true;
    interface.addresses = {{kFour, bytes({255, 255, 255, 0})}, {kSix, std::string(8, '\xff') + std::string(8, '\0')}};
    return interface;
}

TEST(Reach, NobodyIsToldOfWhatThisComputerAloneReaches) {
    for (const char* address : {"127.0.0.1", "127.0.0.2", "::1", "224.0.0.1", "localhost", "", "nas.example"}) {
        EXPECT_FALSE(reachOf(address)) << address;
    }
}

TEST(Reach, EveryAddressIsToldOfWhereItListensAtAll) {
    ASSERT_TRUE(reachOf("::"));
    EXPECT_EQ(toldAddresses(*reachOf("::"), network()), (std::vector<std::string>{kFour, kSix})) << "IPv4, too";
    ASSERT_TRUE(reachOf("0.0.0.0"));
    EXPECT_EQ(toldAddresses(*reachOf("0.0.0.0"), network()), std::vector<std::string>{kFour});
}

TEST(Reach, OneAddressIsToldWhereItListensAtThatAlone) {
    EXPECT_EQ(toldAddresses(*reachOf("192.168.1.20"), network()), std::vector<std::string>{kFour});
    EXPECT_EQ(toldAddresses(*reachOf("fd00::1"), network()), std::vector<std::string>{kSix});
    EXPECT_TRUE(toldAddresses(*reachOf("10.0.0.7"), network()).empty()) << "on another interface";
}

TEST(Reach, AnInterfaceWithVeryManyAddressesIsToldOfByAFew) {
    Interface many = network();
    many.addresses.assign(40, {kOther, bytes({255, 0, 0, 0})});
    EXPECT_EQ(toldAddresses(*reachOf("0.0.0.0"), many).size(), 8U);
}

TEST(Interfaces, WhoIsInTheNetworkIsNear) {
    EXPECT_TRUE(isNear(bytes({192, 168, 1, 99}), network()));
    EXPECT_FALSE(isNear(bytes({192, 168, 2, 99}), network()));
    EXPECT_TRUE(isNear(bytes({169, 254, 3, 4}), network())) << "of the link itself";
    EXPECT_TRUE(isNear(bytes({0xfd, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}), network()));
    EXPECT_FALSE(isNear(bytes({0x20, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}), network()));
    EXPECT_FALSE(isNear("", network()));
}

TEST(Interfaces, ThoseOfThisComputerAreFound) {
    const auto found = networkInterfaces();
    ASSERT_TRUE(found) << found.error().detail;
    const auto& all = *found;
    const auto loopback = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.isLoopback; });
    ASSERT_NE(loopback, all.end());
    EXPECT_EQ(loopback->addresses.front().bytes, bytes({127, 0, 0, 1}));
    EXPECT_EQ(loopback->addresses.front().mask, bytes({255, 0, 0, 0}));
    EXPECT_FALSE(NetworkAnnouncer::usual(*loopback));
    EXPECT_TRUE(NetworkAnnouncer::usual(network()));
}

}  // namespace
}  // namespace marea::server
