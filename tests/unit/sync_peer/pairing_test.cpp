#include "sync/peer/pairing.h"

#include <gtest/gtest.h>

#include <set>

#include "sync/peer/pairingmessage.h"
#include "tests/unit/sync_merge/made.h"

namespace marea::sync::test {
namespace {

using Messages = std::vector<std::string>;
using Role = Pairing::Role;
using State = Pairing::State;

Digest digest(int number) {
    Digest made{};
    made[0] = static_cast<std::uint8_t>(number);
    made[31] = static_cast<std::uint8_t>(number >> 8);
    return made;
}

PeerIdentity desk() {
    return {digest(1), replicaId(1), "Desk"};
}
PeerIdentity lap() {
    return {digest(2), replicaId(2), "Lap"};
}

// Two ends on one connection, on which nobody else is.
struct Pair {
    Pairing asks, answers;
    Messages told;  // all that went over it

    explicit Pair(std::optional<PairingCode> scanned = {}, std::optional<PairingCode> shown = {}, int nonce = 10)
        : asks(Role::Asks, desk(), lap().certificate, digest(nonce), kNow, std::move(scanned)),
          answers(Role::Answers, lap(), desk().certificate, digest(nonce + 1), kNow, std::move(shown)) {}

    void run() {
        static_cast<void>(answers.start());
        pass(answers, asks.start());
    }
    void pass(Pairing& to, const Messages& messages) {
        Pairing& from = &to == &asks ? answers : asks;
        for (const std::string& message : messages) {
            told.push_back(message);
            pass(from, to.received(message));
        }
    }
    void say(Pairing& who, bool same) { pass(&who == &asks ? answers : asks, who.compared(same)); }
};

PairingCode code() {
    PairingCode made;
    made.places = {"192.168.1.20:8471", "10.0.0.7:8471", "[2001:db8::7]:8471"};
    made.certificate = lap().certificate;
    made.secret.fill(7);
    made.name = "Küche & more";
    return made;
}

TEST(Pairing, BothShowTheSameSixDigitsAndTrustEachOtherWhenBothSayYes) {
    Pair pair;
    pair.run();
    ASSERT_EQ(pair.asks.state(), State::Compares);
    ASSERT_EQ(pair.answers.state(), State::Compares);
    EXPECT_EQ(pair.asks.digits().size(), 6u);
    EXPECT_EQ(pair.asks.digits(), pair.answers.digits());
    pair.say(pair.asks, true);
    EXPECT_EQ(pair.asks.state(), State::Waits);
    EXPECT_EQ(pair.answers.state(), State::Compares) << "the other's yes is not ours";
    pair.say(pair.answers, true);
    EXPECT_EQ(pair.asks.state(), State::Done);
    EXPECT_EQ(pair.answers.state(), State::Done);
    EXPECT_EQ(pair.asks.peer().name, "Lap");
    EXPECT_EQ(pair.answers.peer().replica, replicaId(1));
    EXPECT_EQ(pair.answers.peer().certificate, desk().certificate);
}

TEST(Pairing, ANoEndsItOnBothSides) {
    Pair pair;
    pair.run();
    pair.say(pair.answers, true);
    pair.say(pair.asks, false);
    EXPECT_EQ(pair.asks.state(), State::Failed);
    EXPECT_EQ(pair.answers.state(), State::Failed);
    EXPECT_NE(pair.answers.reason().find("digits"), std::string::npos);
}

TEST(Pairing, SomebodyInBetweenShowsOtherDigits) {
    std::set<std::string> left, right;
    int same = 0;
    for (int i = 0; i < 300; ++i) {
        // Two connections, each with a certificate of the one in between, who passes on what it likes.
        const Digest between = digest(99);
        Pairing asks(Role::Asks, desk(), between, digest(1000 + i), kNow);
        Pairing toDesk(Role::Answers, {between, replicaId(2), "Lap"}, desk().certificate, digest(2000 + i), kNow);
        Pairing toLap(Role::Asks, {between, replicaId(1), "Desk"}, lap().certificate, digest(3000 + i), kNow);
        Pairing answers(Role::Answers, lap(), between, digest(4000 + i), kNow);
        const auto run = [](Pairing& one, Pairing& other) {
            Messages toOther = one.start();
            while (!toOther.empty()) {
                Messages toOne;
                for (const std::string& message : toOther) {
                    for (std::string& answer : other.received(message)) {
                        toOne.push_back(std::move(answer));
                    }
                }
                toOther.clear();
                for (const std::string& message : toOne) {
                    for (std::string& answer : one.received(message)) {
                        toOther.push_back(std::move(answer));
                    }
                }
            }
        };
        run(asks, toDesk);
        run(toLap, answers);
        ASSERT_EQ(asks.state(), State::Compares);
        ASSERT_EQ(answers.state(), State::Compares);
        same += asks.digits() == answers.digits();
        left.insert(asks.digits());
        right.insert(answers.digits());
        // Nor does it get a yes of one past the other.
        const Messages yes = asks.compared(true);
        static_cast<void>(answers.received(yes.front()));
        EXPECT_EQ(answers.state(), State::Failed);
    }
    EXPECT_EQ(same, 0);
    EXPECT_GT(left.size(), 295u) << "digits differ from time to time";
}

TEST(Pairing, WhoAnswersCannotChooseItsNumberAfterItSawTheOthers) {
    Pair honest;
    honest.run();
    Pairing asks(Role::Asks, desk(), lap().certificate, digest(10), kNow);
    static_cast<void>(asks.start());
    static_cast<void>(asks.received(honest.told[1]));  // hello
    ASSERT_EQ(asks.received(honest.told[2]).size(), 1u) << "commit";
    PairingMessage other;
    other.type = "reveal";
    other.hash = digest(500);
    static_cast<void>(asks.received(pairingText(other)));
    EXPECT_EQ(asks.state(), State::Failed);
    EXPECT_NE(asks.reason().find("broke its word"), std::string::npos);
}

TEST(Pairing, WhatWasSaidInAnotherPairingIsWorthNothing) {
    Pair before;
    before.run();
    before.say(before.asks, true);
    before.say(before.answers, true);
    ASSERT_EQ(before.answers.state(), State::Done);
    // The same messages to the same device, which takes a new number: from its owner's side another digits, and no yes.
    Pairing again(Role::Answers, lap(), desk().certificate, digest(77), kNow);
    for (const std::string& message : before.told) {
        static_cast<void>(again.received(message));
    }
    EXPECT_EQ(again.state(), State::Failed);
    Pairing stranger(Role::Answers, lap(), digest(66), digest(11), kNow);  // with the same number, by another key
    static_cast<void>(stranger.received(before.told[0]));
    static_cast<void>(stranger.received(before.told[3]));
    EXPECT_EQ(stranger.state(), State::Compares);
    EXPECT_NE(stranger.digits(), before.answers.digits());
}

TEST(Pairing, StepsInAnotherOrderAndNonsenseEndItInWords) {
    Pair honest;
    honest.run();
    honest.say(honest.asks, true);
    for (std::size_t i = 1; i < honest.told.size(); ++i) {
        Pairing answers(Role::Answers, lap(), desk().certificate, digest(11), kNow);
        const Messages said = answers.received(honest.told[i]);
        EXPECT_EQ(answers.state(), State::Failed) << honest.told[i];
        EXPECT_FALSE(answers.reason().empty());
        EXPECT_EQ(said.size(), 1u) << "the other is told why";
        EXPECT_TRUE(answers.received(honest.told[0]).empty()) << "it does not go on after that";
    }
    for (const char* nonsense : {"", "{}", "[]", R"({"type":"hello"})", R"({"type":"commit","hash":"12"})",
                                 R"({"type":"dance"})", R"({"type":"stop","reason":"x","more":1})"}) {
        Pairing answers(Role::Answers, lap(), desk().certificate, digest(11), kNow);
        static_cast<void>(answers.received(nonsense));
        EXPECT_EQ(answers.state(), State::Failed) << nonsense;
    }
    Pairing itself(Role::Asks, desk(), desk().certificate, digest(1), kNow);
    static_cast<void>(itself.start());
    EXPECT_EQ(itself.state(), State::Failed);
}

TEST(Pairing, AnotherVersionIsToldToUpdate) {
    Pairing answers(Role::Answers, lap(), desk().certificate, digest(11), kNow);
    PairingMessage hello;
    hello.type = "hello";
    hello.version = 2;
    hello.replica = replicaId(1);
    hello.name = "Desk";
    static_cast<void>(answers.received(pairingText(hello)));
    EXPECT_NE(answers.reason().find("Update"), std::string::npos);
}

TEST(Pairing, AbandonedItEndsByItself) {
    Pair pair;
    pair.run();
    pair.asks.tick(kNow + Pairing::kPatience);
    EXPECT_EQ(pair.asks.state(), State::Compares);
    pair.asks.tick(kNow + Pairing::kPatience + 1);
    EXPECT_EQ(pair.asks.state(), State::Failed);
    EXPECT_TRUE(pair.asks.compared(true).empty());
    pair.answers.gone();
    EXPECT_EQ(pair.answers.state(), State::Failed);
    Pair done;
    done.run();
    done.say(done.asks, true);
    done.say(done.answers, true);
    done.asks.gone();
    done.asks.tick(kNow * 2);
    EXPECT_EQ(done.asks.state(), State::Done) << "what is done stays";
}

TEST(Pairing, AScannedCodeNeedsNoDigitsAndMustBeTheRightOne) {
    Pair pair(code(), code());
    pair.run();
    EXPECT_EQ(pair.asks.state(), State::Done);
    EXPECT_EQ(pair.answers.state(), State::Done);
    PairingCode wrong = code();
    wrong.secret[3] = 1;
    Pair guessed(wrong, code());
    guessed.run();
    EXPECT_EQ(guessed.answers.state(), State::Failed);
    EXPECT_NE(guessed.asks.state(), State::Done);
    PairingCode other = code();
    other.certificate = digest(55);
    Pair elsewhere(other, code());
    elsewhere.run();
    EXPECT_EQ(elsewhere.asks.state(), State::Failed) << "another device than the one that showed the code";
    Pair half(code(), {});
    half.run();
    EXPECT_EQ(half.answers.state(), State::Failed) << "one compares, the other has a code";
}

constexpr const char* kKeyAndSecret =
    "&key=0000000000000000000000000000000000000000000000000000000000000001&secret=00000000000000000000000000000002";

TEST(PairingCode, OfOnePlaceIsAsItAlwaysWas) {
    const std::string before = "marea:pair?v=1&at=192.168.1.20:8471" + std::string(kKeyAndSecret) + "&name=Lap";
    const auto read = codeFromText(before);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->places, std::vector<std::string>{"192.168.1.20:8471"});
    EXPECT_EQ(codeText(*read), before);
}

// Who knows of one place takes the last "at".
TEST(PairingCode, OfSeveralPlacesHasOneThatEverybodyReads) {
    const std::string text = codeText(code());
    EXPECT_EQ(text.find("&at=192.168.1.20:8471&also="), std::string("marea:pair?v=1").size());
    EXPECT_EQ(text.rfind("&at="), text.find("&at="));
    const auto read = codeFromText("marea:pair?v=1&also=10.0.0.7:1" + std::string(kKeyAndSecret) + "&at=10.0.0.8:1");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->places, (std::vector<std::string>{"10.0.0.8:1", "10.0.0.7:1"}));
}

TEST(PairingCode, IsOfBoundedLength) {
    PairingCode many = code();
    many.places.assign(40, "[2001:db8:1111:2222:3333:4444:5555:6666]:47110");
    const auto read = codeFromText(codeText(many));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->places.size(), PairingCode::kMostPlaces);
    many.name = std::string(kLongestPeerName, '&');  // three letters each
    const std::string text = codeText(many);
    EXPECT_LE(text.size(), PairingCode::kLongestText);
    const auto shorter = codeFromText(text);
    ASSERT_TRUE(shorter);
    EXPECT_GE(shorter->places.size(), 1u);
    EXPECT_LT(shorter->places.size(), PairingCode::kMostPlaces);
    std::string tooMany = "marea:pair?v=1&at=a:1" + std::string(kKeyAndSecret);
    for (std::size_t i = 0; i < PairingCode::kMostPlaces; ++i) {
        tooMany += "&also=a:1";
    }
    EXPECT_FALSE(codeFromText(tooMany));
    EXPECT_FALSE(codeFromText("marea:pair?v=1&also=a:1" + std::string(kKeyAndSecret))) << "nowhere for sure";
    EXPECT_FALSE(codeFromText("marea:pair?v=1&at=a:1&also=nowhere" + std::string(kKeyAndSecret)));
}

TEST(PairingCode, ComesBackFromItsText) {
    const auto read = codeFromText(codeText(code()));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->places, code().places);
    EXPECT_EQ(read->certificate, code().certificate);
    EXPECT_EQ(read->secret, code().secret);
    EXPECT_EQ(read->name, code().name);
    const std::string text = codeText(code());
    for (std::size_t i = 0; i < text.size() - 1; ++i) {
        static_cast<void>(codeFromText(text.substr(0, i)));  // nothing breaks, whatever was scanned
    }
    EXPECT_FALSE(codeFromText(text.substr(0, 100)));
    EXPECT_FALSE(codeFromText("https://example.org/"));
    EXPECT_FALSE(codeFromText(""));
}

}  // namespace
}  // namespace marea::sync::test
