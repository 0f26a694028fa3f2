// What the network is told of a server, and when it is told nothing.
#include "server/host/announcement.h"

#include <gtest/gtest.h>

#include "sync/dnssd/servicetext.h"

namespace marea::server {
namespace {

const sync::dns::ServerNotice kCasa{"Casa", "01J0", "0.9.1", true, "sha256//" + std::string(44, 'a')};

Config listening(const char* host) {
    Config config;
    config.listenHost = host;
    return config;
}

TEST(Announcement, SaysWhereItListensAndWhatItIs) {
    const auto announcement = announcementOf(listening("0.0.0.0"), 9000, kCasa);
    ASSERT_TRUE(announcement);
    EXPECT_EQ(announcement->service.name, "Casa (server)");
    EXPECT_EQ(announcement->service.type, "_marea._tcp");
    EXPECT_EQ(announcement->service.port, 9000) << "also where any free one was wished for";
    EXPECT_EQ(sync::dns::serverFrom("", sync::dns::textFrom(announcement->service.texts)), kCasa);
    EXPECT_EQ(announcement->reach, (Reach{true, false, {}}));
    EXPECT_TRUE(announcementOf(listening("192.168.1.20"), 9000, kCasa));
    EXPECT_TRUE(announcementOf(listening("::"), 9000, kCasa));
}

TEST(Announcement, IsNotMadeWhereNobodyCouldCome) {
    EXPECT_FALSE(announcementOf(Config{}, 8470, kCasa)) << "as it listens unless one says otherwise";
    EXPECT_FALSE(announcementOf(listening("::1"), 8470, kCasa));
    EXPECT_FALSE(announcementOf(listening("localhost"), 8470, kCasa));
}

TEST(Announcement, IsTurnedOff) {
    Config config = listening("0.0.0.0");
    config.announce = false;
    EXPECT_FALSE(announcementOf(config, 8470, kCasa));
    config.announce = true;
    config.roles = {"transcode"};
    EXPECT_FALSE(announcementOf(config, 8470, kCasa)) << "a helper answers no players";
}

}  // namespace
}  // namespace marea::server
