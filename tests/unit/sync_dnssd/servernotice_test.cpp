#include "sync/dnssd/servernotice.h"

#include <gtest/gtest.h>

#include "sync/dnssd/dnsmessage.h"
#include "sync/dnssd/servicetext.h"

namespace marea::sync::dns {
namespace {

const std::string kPin = "sha256//" + std::string(43, 'a') + "=";

TEST(ServerNotice, IsReadAsItWasWritten) {
    const ServerNotice server{"Casa de Ana", "01J0", "0.9.1", true, kPin};
    EXPECT_EQ(serverFrom("x", textFrom(textOf(noticeText(server)))), server) << "on the wire, too";
    const ServerNotice plain{"Casa", "01J0", "0.9.1", false, {}};
    EXPECT_EQ(serverFrom("x", noticeText(plain)), plain);
    EXPECT_FALSE(noticeText(plain).contains("pin"));
}

TEST(ServerNotice, SaysNoMoreThanIsMeantForEverybody) {
    std::string keys;
    for (const auto& [key, value] : noticeText({"Casa", "01J0", "0.9.1", true, kPin}))
        keys += key + " ";
    EXPECT_EQ(keys, "id name path pin role tls v version ");
}

TEST(ServerNotice, HasAnotherServiceNameThanAPairedComputer) {
    EXPECT_EQ(serviceName({"desk", {}, {}, false, {}}), "desk (server)");
    EXPECT_EQ(serviceName({}), "Marea (server)");
    std::string umlauts;
    for (int i = 0; i < 40; ++i)
        umlauts += "ö";
    const std::string name = serviceName({umlauts, {}, {}, false, {}});
    EXPECT_EQ(name, umlauts.substr(0, 54) + " (server)") << "whole characters";
    EXPECT_EQ(noticeText({umlauts, {}, {}, false, {}}).at("name"), umlauts.substr(0, 62));
    EXPECT_LE(name.size(), kLongestLabel);
}

TEST(ServerNotice, WhatIsNoServerIsNone) {
    EXPECT_FALSE(serverFrom("Desk", {}));
    EXPECT_FALSE(serverFrom("Desk", {{"v", "1"}, {"id", "replica"}})) << "a paired computer";
    EXPECT_FALSE(serverFrom("Desk", {{"role", "peer"}}));
    EXPECT_FALSE(serverFrom("Desk", {{"role", "server" + std::string(200, 'x')}}));
}

TEST(ServerNotice, WhatIsOutOfBoundsIsNotThere) {
    const std::string longText(200, 'x');
    const auto server = serverFrom("Service", {{"role", "server"},
                                               {"name", longText},
                                               {"id", longText},
                                               {"version", longText},
                                               {"tls", "yes"},
                                               {"pin", longText}});
    EXPECT_EQ(server, (ServerNotice{"Service", {}, {}, false, {}}));
    EXPECT_EQ(serverFrom("S", {{"role", "server"}, {"pin", std::string(52, 'x')}})->pin, "") << "another kind of pin";
    EXPECT_EQ(serverFrom("S", {{"role", "server"}})->name, "S");
}

}  // namespace
}  // namespace marea::sync::dns
