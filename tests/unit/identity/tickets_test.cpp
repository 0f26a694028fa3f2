#include "server/apps/identity/tickets.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

const Principal kAna{"ana", "phone", "Ana", "member"};

TEST(Tickets, OpenOnceAndForAWhile) {
    Tickets tickets;
    const std::string ticket = tickets.issue(kAna, 1000);
    EXPECT_FALSE(tickets.take("another", 1000));
    const auto who = tickets.take(ticket, 1000 + Tickets::kLife - 1);
    ASSERT_TRUE(who);
    EXPECT_EQ(who->sessionId, "phone");
    EXPECT_FALSE(tickets.take(ticket, 1001));
    const std::string late = tickets.issue(kAna, 1000);
    EXPECT_FALSE(tickets.take(late, 1000 + Tickets::kLife));
}

TEST(Tickets, AreFewForEachLogin) {
    Tickets tickets;
    const std::string other = tickets.issue({"bob", "tv", "Bob", "member"}, 0);
    std::vector<std::string> issued;
    for (std::size_t i = 0; i <= Tickets::kPerLogin; ++i) {
        issued.push_back(tickets.issue(kAna, 1));
    }
    EXPECT_FALSE(tickets.take(issued[0], 2)) << "the oldest went";
    for (std::size_t i = 1; i < issued.size(); ++i) {
        EXPECT_TRUE(tickets.take(issued[i], 2)) << i;
    }
    EXPECT_TRUE(tickets.take(other, 2)) << "somebody else's stays";
}

}  // namespace
}  // namespace marea::server
