#include <gtest/gtest.h>

#include "sync/dnssd/servicetext.h"
#include "tests/unit/sync_dnssd/network.h"

namespace marea::sync::dns {
namespace {

using Names = std::vector<std::string>;

bool asksForType(const Message& message) {
    return !message.response && !message.questions.empty() && message.questions[0].type == Type::Pointer;
}

// What a device says of itself, of which a test changes what it likes.
Message tells(const std::string& name, const std::string& address = "\x0a\x01\x02\x03") {
    Message message;
    message.response = true;
    message.answers.resize(4);
    Record &pointer = message.answers[0], &service = message.answers[1], &text = message.answers[2],
           &at = message.answers[3];
    pointer.name = nameFrom("_marea._tcp.local");
    pointer.type = Type::Pointer;
    pointer.target = {name, "_marea", "_tcp", "local"};
    service.name = text.name = pointer.target;
    service.type = Type::Service;
    service.target = {name.substr(0, 10), "local"};
    service.port = 80;
    text.type = Type::Text;
    text.texts = {"id=" + name.substr(0, 200)};
    at.name = service.target;
    at.type = address.size() == 4 ? Type::A : Type::Aaaa;
    at.address = address;
    for (Record& record : message.answers)
        record.ttl = 120;
    return message;
}

struct BrowserTest : testing::Test {
    BrowserTest() : lap(network.add("")) { network.pass(3000); }
    Names seen() const { return network.seenBy(lap); }
    const Browser::Found& lastFound() const { return std::get<Browser::Found>(network.hosts[lap].events.back()); }

    Network network;
    std::size_t lap;
};

TEST_F(BrowserTest, FindsWhoIsThereAndWhoComesAndHearsOfWhoGoes) {
    const auto desk = network.add("Desk", false);
    network.pass(5000);
    EXPECT_EQ(seen(), (Names{"Desk"}));
    EXPECT_EQ(lastFound().port, 8471);
    EXPECT_EQ(lastFound().address, network.hosts[desk].address);
    EXPECT_EQ(lastFound().texts, (Names{"v=1", "id=Desk"}));
    const auto late = network.add("");
    network.pass(3000);
    EXPECT_EQ(network.seenBy(late), (Names{"Desk"})) << "one that only asks";
    for (const Outgoing& out : network.hosts[desk].responder->goodbye())
        network.deliver(out, desk);
    EXPECT_EQ(seen(), Names{}) << "at once";
    EXPECT_EQ(network.seenBy(late), Names{});
}

TEST_F(BrowserTest, FindsWhoIsThereByIPv6Alone) {
    const auto desk = network.add("Desk", false);
    auto& host = network.hosts[desk];
    host.address = std::string("\x20\x01\x0d\xb8", 4) + std::string(11, '\0') + '\x07';
    host.responder->setLinks({{Network::kLink, {host.address}}}, network.now);
    network.pass(5000);
    EXPECT_EQ(seen(), (Names{"Desk"}));
    EXPECT_EQ(lastFound().address, host.address);
    network.pass(4 * 3600'000);
    EXPECT_EQ(seen(), (Names{"Desk"})) << "its address is asked for before its time ends";
    EXPECT_EQ(network.hosts[lap].events.size(), 1u);
}

TEST_F(BrowserTest, AsksLessAndLessOften) {
    network.sent.clear();
    network.pass(3600'000);
    EXPECT_LE(network.sentBy(lap, asksForType), 12u);
}

TEST_F(BrowserTest, WhoStaysIsAskedForBeforeItsTimeEndsAndIsNotTakenForGone) {
    const auto desk = network.add("Desk", false);
    network.pass(4 * 3600'000);
    EXPECT_EQ(network.hosts[lap].events.size(), 1u);
    network.hosts[desk].isCut = true;
    network.pass(130'000);
    EXPECT_EQ(seen(), Names{}) << "it went without a word";
}

TEST_F(BrowserTest, AsksForWhatIsMissing) {
    Message message = tells("Half");
    message.answers.resize(1);
    network.say(message);
    network.sent.clear();
    network.pass(200);
    EXPECT_EQ(network.sentBy(lap,
                             [](const Message& sent) {
                                 return std::any_of(sent.questions.begin(), sent.questions.end(),
                                                    [](const Question& one) { return one.type == Type::Service; });
                             }),
              1u);
    EXPECT_EQ(seen(), Names{});
    network.say(tells("Half"));
    EXPECT_EQ(seen(), (Names{"Half"}));
    network.sent.clear();
    message = tells("Never");
    message.answers[0].ttl = 4500;
    message.answers.resize(1);
    network.say(message);
    network.pass(3600'000);
    EXPECT_LT(network.sent.size(), 40u) << "not for ever";
}

TEST_F(BrowserTest, TellsItsKnownAnswers) {
    network.add("Desk", false);
    network.pass(5000);
    network.sent.clear();
    network.hosts[lap].browser->setLinks({}, network.now);
    network.hosts[lap].browser->setLinks({Network::kLink}, network.now);
    network.pass(200);
    ASSERT_EQ(network.sentBy(lap, asksForType), 1u);
    ASSERT_EQ(network.sent[0].message.answers.size(), 1u);
    EXPECT_EQ(network.sent[0].message.answers[0].target.front(), "Desk");
    EXPECT_EQ(network.sent.size(), 1u) << "it is not told again";
}

TEST_F(BrowserTest, ManyKnownAnswersComeInSeveralMessages) {
    for (int i = 0; i < 30; ++i) {
        Message one = tells("Desk" + std::to_string(i));
        one.answers[0].ttl = 4500;
        network.say(one);
    }
    network.sent.clear();
    network.hosts[lap].browser->setLinks({}, network.now);
    network.hosts[lap].browser->setLinks({Network::kLink}, network.now);
    network.pass(200);
    ASSERT_GE(network.sent.size(), 4u);
    std::size_t told = 0;
    for (const auto& sent : network.sent)
        told += sent.message.answers.size();
    EXPECT_EQ(told, 30u);
    EXPECT_TRUE(network.sent[0].message.truncated);
    EXPECT_FALSE(network.sent.back().message.truncated);
}

TEST_F(BrowserTest, ChangesAreToldAgain) {
    network.say(tells("Desk"));
    EXPECT_EQ(lastFound().port, 80);
    network.say(tells("Desk"));
    EXPECT_EQ(network.hosts[lap].events.size(), 1u) << "the same again";
    Message changed = tells("Desk");
    changed.answers[1].port = 90;
    network.say(changed);
    EXPECT_EQ(lastFound().port, 90);
    network.pass(2000);
    changed = tells("Desk", "\x0a\x01\x02\x04");
    changed.answers[3].flush = true;
    network.say(changed);
    EXPECT_EQ(lastFound().address, "\x0a\x01\x02\x04") << "the old one is no more";
}

TEST_F(BrowserTest, PrefersAddressesThatAreReachedFromEverywhere) {
    Message both = tells("Desk", std::string("\xfe\x80", 2) + std::string(14, '\1'));
    network.say(both);
    EXPECT_EQ(lastFound().address.size(), 16u);
    network.say(tells("Desk"));
    EXPECT_EQ(lastFound().address, "\x0a\x01\x02\x03");
}

TEST_F(BrowserTest, WhatIsNotProperIsNotShown) {
    network.say(tells("a\nb"));
    network.say(tells("\xff\xfe"));
    Message elsewhere = tells("Elsewhere");
    elsewhere.answers[0].target.back() = "example";
    network.say(elsewhere);
    Message none = tells("None");
    none.answers[1].port = 0;
    network.say(none);
    network.say(tells("Group", "\xe0\x01\x01\x01"));
    network.say(tells("Nobody", std::string(4, '\0')));
    Message asks = tells("Asks");
    asks.response = false;
    network.say(asks);
    EXPECT_EQ(seen(), Names{});
    network.hear(network.hosts[lap], tells("Far"), {Network::kLink, "x", 4711, false});
    network.hear(network.hosts[lap], tells("Other link"), {9, "x", 5353, true});
    EXPECT_EQ(seen(), Names{});
}

TEST_F(BrowserTest, AFloodIsBounded) {
    for (int i = 0; i < 5000; ++i) {
        Message one = tells("Flood " + std::to_string(i));
        one.answers[1].target = {"host" + std::to_string(i), "local"};
        one.answers[3].name = one.answers[1].target;
        network.say(one);
        Message addresses = tells("Flood 1", std::string{'\x0b', static_cast<char>(i >> 8), static_cast<char>(i), 1});
        addresses.answers[1].target = {"many" + std::to_string(i % 7), "local"};
        addresses.answers[3].name = addresses.answers[1].target;
        network.say(addresses);
    }
    EXPECT_EQ(seen().size(), Browser::kMostServices);
    network.sent.clear();
    network.pass(121'000);
    EXPECT_EQ(seen(), Names{});
    EXPECT_LT(network.sent.size(), 2000u);
}

TEST(Addresses, AreRankedByHowWellOneIsReachedThere) {
    const auto six = [](const char* start) { return start + std::string(13, '\0') + '\x07'; };
    const std::vector<std::string> best{"\xc0\xa8\x01\x02", six("\x20\x01"), "\xa9\xfe\x01\x02", six("\xfe\xbf")};
    for (std::size_t i = 1; i < best.size(); ++i)
        EXPECT_LT(rankOfAddress(best[i - 1]), rankOfAddress(best[i])) << i;
    EXPECT_EQ(rankOfAddress(six("\xfe\xc0")), rankOfAddress(best[1])) << "not of the link alone";
}

}  // namespace
}  // namespace marea::sync::dns
