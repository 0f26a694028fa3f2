#include <gtest/gtest.h>

#include "tests/unit/sync_dnssd/network.h"

namespace marea::sync::dns {
namespace {

bool isProbe(const Message& message) {
    return !message.response && !message.authorities.empty();
}
bool isResponse(const Message& message) {
    return message.response;
}

// A host that announced itself a while ago, in silence.
struct ResponderTest : testing::Test {
    ResponderTest() : desk(network.add("Desk", false)) {
        network.pass(5000);
        network.sent.clear();
    }
    // What it says to everybody within a while after a message.
    std::size_t answersTo(const Message& message, core::TimeMs within = 300) {
        network.sent.clear();
        network.say(message);
        network.pass(within);
        return network.sentBy(desk, isResponse);
    }
    const Message& lastSaid() const { return network.sent.back().message; }
    Responder& responder() { return *network.hosts[desk].responder; }

    Network network;
    std::size_t desk;
};

TEST(Responder, ProbesThreeTimesThenAnnouncesTwice) {
    Network network;
    const auto desk = network.add("Desk", false);
    network.pass(700);
    EXPECT_FALSE(network.hosts[desk].responder->isAnnounced());
    network.pass(5000);
    EXPECT_EQ(network.sentBy(desk, isProbe), 3u);
    EXPECT_EQ(network.sentBy(desk, isResponse), 2u);
    ASSERT_GE(network.sent.size(), 5u);
    EXPECT_GE(network.sent[1].at - network.sent[0].at, 250);
    EXPECT_GE(network.sent[4].at - network.sent[3].at, 1000);
    const Message& announced = network.sent[3].message;
    ASSERT_EQ(announced.answers.size(), 4u);
    EXPECT_FALSE(announced.answers[0].flush) << "others may say the same of their own";
    EXPECT_EQ(announced.answers[0].ttl, 4500u);
    EXPECT_TRUE(announced.answers[1].flush);
    EXPECT_EQ(announced.answers[1].ttl, 120u);
    EXPECT_TRUE(network.hosts[desk].responder->isAnnounced());
    EXPECT_FALSE(network.hosts[desk].responder->next().has_value()) << "nothing to do";
}

TEST_F(ResponderTest, AnswersForTypeServiceTextAndAddress) {
    EXPECT_EQ(answersTo(question("_marea._tcp.local", Type::Pointer)), 1u);
    ASSERT_EQ(lastSaid().answers.size(), 1u);
    EXPECT_EQ(lastSaid().answers[0].target.front(), "Desk");
    EXPECT_EQ(lastSaid().additionals.size(), 3u) << "what is asked next";
    network.pass(2000);
    EXPECT_EQ(answersTo(question("desk._MAREA._tcp.local", Type::Service)), 1u);
    ASSERT_EQ(lastSaid().answers.size(), 1u);
    EXPECT_EQ(lastSaid().answers[0].port, 8471);
    const Name host = lastSaid().answers[0].target;
    network.pass(2000);
    EXPECT_EQ(answersTo(question("Desk._marea._tcp.local", Type::Text)), 1u);
    EXPECT_EQ(lastSaid().answers[0].texts, (std::vector<std::string>{"v=1", "id=Desk"}));
    network.pass(2000);
    Message address;
    address.questions = {{host, Type::A, false}};
    EXPECT_EQ(answersTo(address), 1u);
    EXPECT_EQ(lastSaid().answers[0].address, network.hosts[desk].address);
    EXPECT_EQ(answersTo(question("_services._dns-sd._udp.local", Type::Pointer)), 1u);
    EXPECT_EQ(lastSaid().answers[0].target, nameFrom("_marea._tcp.local"));
    EXPECT_EQ(answersTo(question("_other._tcp.local", Type::Pointer)), 0u);
    EXPECT_EQ(answersTo(question("Other._marea._tcp.local", Type::Service)), 0u);
}

TEST_F(ResponderTest, KeepsToItselfWhatTheAskerKnows) {
    Message asks = question("_marea._tcp.local", Type::Pointer);
    asks.answers.resize(1);
    asks.answers[0].name = nameFrom("_marea._tcp.local");
    asks.answers[0].type = Type::Pointer;
    asks.answers[0].target = {"Desk", "_marea", "_tcp", "local"};
    asks.answers[0].ttl = 2250;
    EXPECT_EQ(answersTo(asks), 0u);
    asks.answers[0].ttl = 2000;
    EXPECT_EQ(answersTo(asks), 1u) << "less than half its time is left";
    network.pass(2000);
    asks.answers[0].ttl = 4500;
    asks.answers[0].target.front() = "Other";
    EXPECT_EQ(answersTo(asks), 1u);
}

TEST_F(ResponderTest, WaitsForTheRestOfWhatIsKnown) {
    Message asks = question("_marea._tcp.local", Type::Pointer);
    asks.truncated = true;
    network.say(asks);
    network.pass(200);
    Message rest;
    rest.answers.resize(1);
    rest.answers[0].name = nameFrom("_marea._tcp.local");
    rest.answers[0].type = Type::Pointer;
    rest.answers[0].target = {"Desk", "_marea", "_tcp", "local"};
    rest.answers[0].ttl = 4000;
    network.say(rest);
    network.pass(1000);
    EXPECT_EQ(network.sentBy(desk, isResponse), 0u);
    EXPECT_EQ(answersTo(asks, 1000), 1u) << "where no rest comes";
}

TEST_F(ResponderTest, AFloodOfQuestionsIsAnsweredOnceASecond) {
    for (int i = 0; i < 1000; ++i) {
        network.say(question("_marea._tcp.local", Type::Any));
        network.pass(10);
    }
    EXPECT_LE(network.sentBy(desk, isResponse), 11u);
    EXPECT_GE(network.sentBy(desk, isResponse), 8u);
    network.pass(3000);
    network.sent.clear();
    Message one = question("_marea._tcp.local", Type::Pointer);
    for (int i = 0; i < 1000; ++i)
        network.hear(network.hosts[desk], one, {Network::kLink, "test", 9, false});
    network.pass(100);
    EXPECT_LE(network.sent.size(), 20u) << "answers to one alone are bounded too";
}

TEST_F(ResponderTest, AnswersSimpleAskersAlone) {
    Message asks = question("Desk._marea._tcp.local", Type::Service);
    asks.id = 99;
    network.hear(network.hosts[desk], asks, {Network::kLink, "test", 4711, false});
    network.pass(50);
    ASSERT_EQ(network.sent.size(), 1u);
    EXPECT_TRUE(network.sent[0].alone);
    EXPECT_EQ(lastSaid().id, 99);
    ASSERT_EQ(lastSaid().questions.size(), 1u);
    EXPECT_LE(lastSaid().answers[0].ttl, 10u);
    EXPECT_FALSE(lastSaid().answers[0].flush);
}

TEST_F(ResponderTest, WhoWantsToBeAnsweredAloneIsWhereOthersHeardItLately) {
    Message asks = question("Desk._marea._tcp.local", Type::Text);
    asks.questions[0].unicast = true;
    network.hear(network.hosts[desk], asks, {Network::kLink, "test", 5353, true});
    network.pass(100);
    ASSERT_EQ(network.sent.size(), 1u);
    EXPECT_TRUE(network.sent[0].alone);
    network.pass(60'000);
    network.sent.clear();
    network.hear(network.hosts[desk], asks, {Network::kLink, "test", 5353, true});
    network.pass(100);
    ASSERT_EQ(network.sent.size(), 1u);
    EXPECT_FALSE(network.sent[0].alone);
}

TEST_F(ResponderTest, SaysGoodbye) {
    const auto out = responder().goodbye();
    ASSERT_EQ(out.size(), 1u);
    for (const Record& record : out[0].message.answers)
        EXPECT_EQ(record.ttl, 0u);
}

TEST_F(ResponderTest, WhoComesLaterTakesAnotherName) {
    const auto other = network.add("desk", false);
    network.pass(5000);
    EXPECT_EQ(responder().name(), "Desk");
    EXPECT_EQ(network.hosts[other].responder->name(), "desk (2)");
    EXPECT_TRUE(network.hosts[other].responder->isAnnounced());
    EXPECT_EQ(network.sentBy(desk, isProbe), 0u) << "who has the name defends it";
}

TEST(Responder, OfTwoAtTheSameTimeOneGetsIt) {
    Network network;
    std::vector<std::size_t> hosts;
    for (int i = 0; i < 3; ++i)
        hosts.push_back(network.add("Desk", false));
    network.pass(20'000);
    std::vector<std::string> names;
    for (const auto host : hosts) {
        EXPECT_TRUE(network.hosts[host].responder->isAnnounced());
        names.push_back(network.hosts[host].responder->name());
    }
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, (std::vector<std::string>{"Desk", "Desk (2)", "Desk (3)"}));
}

TEST(Responder, NetworksThatBecomeOneAgreeOnNames) {
    Network network;
    const auto one = network.add("Desk", false);
    network.hosts[one].isCut = true;
    network.pass(5000);
    const auto other = network.add("Desk", false);
    network.pass(5000);
    EXPECT_EQ(network.hosts[one].responder->name(), network.hosts[other].responder->name());
    network.hosts[one].isCut = false;
    network.say(question("Desk._marea._tcp.local", Type::Any));
    network.pass(20'000);
    EXPECT_NE(network.hosts[one].responder->name(), network.hosts[other].responder->name());
    EXPECT_TRUE(network.hosts[one].responder->isAnnounced());
    EXPECT_TRUE(network.hosts[other].responder->isAnnounced());
}

TEST_F(ResponderTest, WhoDisputesEveryNameIsAnsweredSlowly) {
    for (int i = 0; i < 6000; ++i) {
        Message disputes;
        disputes.response = true;
        disputes.answers.resize(1);
        disputes.answers[0].name = {responder().name(), "_marea", "_tcp", "local"};
        disputes.answers[0].type = Type::Service;
        disputes.answers[0].target = nameFrom("evil.local");
        disputes.answers[0].port = 1;
        disputes.answers[0].ttl = 120;
        network.say(disputes);
        network.pass(10);
    }
    EXPECT_LT(network.sentBy(desk, isProbe), 60u) << "in a minute";
    network.pass(10'000);
    EXPECT_TRUE(responder().isAnnounced());
    EXPECT_LE(responder().name().size(), kLongestLabel);
}

TEST(Responder, LongNamesAreCutAndNumbered) {
    Network network;
    const std::string name = std::string(61, 'a') + "ññ";
    for (int i = 0; i < 2; ++i)
        network.add(name, false);
    network.pass(10'000);
    for (const auto& host : network.hosts)
        EXPECT_LE(host.responder->name().size(), kLongestLabel);
    EXPECT_NE(network.hosts[0].responder->name(), network.hosts[1].responder->name());
}

TEST_F(ResponderTest, BeginsAnewWhereALinkComes) {
    responder().setLinks({{Network::kLink, {network.hosts[desk].address}}}, network.now);
    network.pass(3000);
    EXPECT_TRUE(network.sent.empty()) << "all as before";
    responder().setLinks({{Network::kLink, {std::string("\x0a\x00\x00\x01", 4)}}}, network.now);
    network.pass(3000);
    EXPECT_EQ(network.sentBy(desk, isProbe), 3u);
    responder().setLinks({}, network.now);
    network.pass(100);
    EXPECT_FALSE(responder().isAnnounced());
    EXPECT_FALSE(responder().next().has_value());
}

}  // namespace
}  // namespace marea::sync::dns
