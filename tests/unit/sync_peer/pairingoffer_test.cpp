#include "sync/peer/pairingoffer.h"

#include <gtest/gtest.h>

namespace marea::sync::test {
namespace {

constexpr core::TimeMs kThen = 1'700'000'000'000;

PairingCode offered(std::uint8_t secret) {
    PairingCode code;
    code.places = {"192.0.2.1:47110"};
    code.certificate[0] = 1;
    code.secret.fill(secret);
    code.name = "Lap";
    return code;
}

// Who asks with what it scanned; who answers with what is still on offer.
struct Meeting {
    Pairing asks, answers;
    Meeting(const PairingCode& scanned, std::optional<PairingCode> shown, std::uint8_t certificate = 1)
        : asks(Pairing::Role::Asks, {{9}, {1}, "Desk"}, {certificate}, {7}, kThen, scanned),
          answers(Pairing::Role::Answers, {{certificate}, {2}, "Lap"}, {9}, {8}, kThen, std::move(shown)) {
        pass(answers, asks.start());
    }
    void pass(Pairing& to, const std::vector<std::string>& messages) {
        Pairing& from = &to == &asks ? answers : asks;
        for (const std::string& message : messages) {
            pass(from, to.received(message));
        }
    }
    bool arePaired() const { return asks.state() == Pairing::State::Done && answers.state() == Pairing::State::Done; }
};

TEST(PairingOffer, IsGoodOnce) {
    PairingOffer offer;
    EXPECT_FALSE(offer.take(kThen));
    offer.show(offered(3), kThen);
    EXPECT_TRUE(offer.isShown(kThen));
    EXPECT_TRUE(Meeting(offered(3), offer.take(kThen + 1)).arePaired());
    EXPECT_FALSE(offer.isShown(kThen + 1));
    const Meeting replayed(offered(3), offer.take(kThen + 2));
    EXPECT_EQ(replayed.answers.state(), Pairing::State::Failed);
    EXPECT_NE(replayed.answers.reason().find("used"), std::string::npos) << replayed.answers.reason();
    EXPECT_EQ(replayed.asks.reason(), replayed.answers.reason());
}

TEST(PairingOffer, IsUsedUpByAWrongTry) {
    PairingOffer offer;
    offer.show(offered(3), kThen);
    EXPECT_FALSE(Meeting(offered(4), offer.take(kThen)).arePaired());
    EXPECT_FALSE(Meeting(offered(3), offer.take(kThen)).arePaired());
}

TEST(PairingOffer, RunsOut) {
    PairingOffer offer;
    offer.show(offered(3), kThen);
    EXPECT_TRUE(offer.isShown(kThen + PairingOffer::kLife - 1));
    EXPECT_FALSE(offer.isShown(kThen + PairingOffer::kLife));
    EXPECT_FALSE(offer.take(kThen + PairingOffer::kLife));
    EXPECT_FALSE(offer.take(kThen)) << "looked at too late, it is gone";
}

TEST(PairingOffer, AnotherOneEndsIt) {
    PairingOffer offer;
    offer.show(offered(3), kThen);
    offer.show(offered(4), kThen);
    EXPECT_FALSE(Meeting(offered(3), offer.take(kThen)).arePaired());
    offer.show(offered(5), kThen);
    offer.withdraw();
    EXPECT_FALSE(offer.take(kThen));
}

TEST(PairingOffer, LeadsToNoOtherDevice) {
    PairingOffer offer;
    offer.show(offered(3), kThen);
    const Meeting elsewhere(offered(3), offer.take(kThen), 2);
    EXPECT_EQ(elsewhere.asks.state(), Pairing::State::Failed);
    EXPECT_FALSE(elsewhere.arePaired());
}

}  // namespace
}  // namespace marea::sync::test
