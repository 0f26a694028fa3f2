#include "server/apps/identity/apppasswords.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>

#include "identityfixture.h"

namespace marea::server {
namespace {

using core::ErrorCode;

class AppPasswordsTest : public IdentityTest {
protected:
    void SetUp() override {
        IdentityTest::SetUp();
        passwords = opened();
        ana = identity->bearer(setUp().accessToken)->userId;
    }
    std::unique_ptr<AppPasswords> opened() {
        auto made = AppPasswords::create(*database, clock, core::makeNullLogger(), folder + "/keys/app-passwords.key");
        EXPECT_TRUE(made) << made.error().detail;
        return made ? std::move(*made) : nullptr;
    }
    static std::string md5(const std::string& text) {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int length = 0;
        EVP_Digest(text.data(), text.size(), digest, &length, EVP_md5(), nullptr);
        std::string hex(length * 2 + 1, '\0');
        sodium_bin2hex(hex.data(), hex.size(), digest, length);
        hex.pop_back();
        return hex;
    }

    std::unique_ptr<AppPasswords> passwords;
    core::Id ana;
};

TEST_F(AppPasswordsTest, OpenByPasswordAndBySubsonicsToken) {
    const auto made = passwords->make(ana, "Phone");
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_TRUE(AppPasswords::isOfTheirForm(made->password)) << made->password;
    for (const char* other : {"", "correct horse battery ss", "k7qfz-2mzxa-9htwp-4bcd", "k7qfz-2mzxa-9htwp-4bcde-"}) {
        EXPECT_FALSE(AppPasswords::isOfTheirForm(other)) << other;
    }
    const auto who = passwords->byPassword("ANA", made->password, kPeer);
    ASSERT_TRUE(who);
    EXPECT_EQ(who->userId, ana);
    EXPECT_EQ(who->sessionId, made->entry.id);
    EXPECT_EQ(who->username, "Ana");
    passwords = opened();
    EXPECT_TRUE(passwords->byToken("ana", md5(made->password + "c19b2d"), "c19b2d", kPeer));
    EXPECT_EQ(passwords->byToken("ana", md5(made->password + "c19b2d"), "c19b2e", kPeer).error().code,
              ErrorCode::Unauthorized);
    EXPECT_FALSE(passwords->byToken("bob", md5(made->password + "x"), "x", kPeer));
    EXPECT_FALSE(passwords->byToken("ana", "", "", kPeer));
    EXPECT_FALSE(passwords->byPassword("ana", "", kPeer));
    EXPECT_FALSE(passwords->byPassword("ana", "correct horse", kPeer)) << "the person's own";
    EXPECT_FALSE(login(made->password)) << "opens nothing else";
}

TEST_F(AppPasswordsTest, OpenByThemselvesAsKeys) {
    const core::Id bob = *identity->addUser("Bob", "battery staple", "member");
    const auto first = passwords->make(ana, "Phone"), second = passwords->make(bob, "Phone");
    EXPECT_EQ(passwords->byKey(first->password, kPeer)->userId, ana);
    const auto who = passwords->byKey(second->password, kPeer);
    EXPECT_EQ(who->username, "Bob");
    EXPECT_EQ(who->role, "member");
    EXPECT_EQ(who->sessionId, second->entry.id);
    EXPECT_FALSE(passwords->byPassword("", first->password, kPeer)) << "nobody is not anybody";
    ASSERT_TRUE(passwords->remove(bob, second->entry.id));
    EXPECT_EQ(passwords->byKey(second->password, kPeer).error().code, ErrorCode::Unauthorized);
    for (int i = 0; i < 12; ++i) {
        EXPECT_FALSE(passwords->byKey("wrong", kPeer));
    }
    EXPECT_EQ(passwords->byKey(first->password, kPeer).error().code, ErrorCode::Busy);
}

TEST_F(AppPasswordsTest, WhoCameInByOneIsOutWithIt) {
    const auto lost = passwords->make(ana, "Lost phone"), kept = passwords->make(ana, "Tablet");
    ASSERT_TRUE(lost && kept);
    const auto user = identity->userById(ana);
    const auto enter = [&](const core::Id& password) {
        auto begun = database->writeValue<StartedLogin>([&](core::db::Session& session) {
            return identity->begin(session, **user, "Browser", AppPasswords::clientOf(password));
        });
        EXPECT_TRUE(begun);
        identity->begun(*begun);
        return begun->login.id;
    };
    const core::Id first = enter(lost->entry.id), second = enter(lost->entry.id), other = enter(kept->entry.id);
    std::vector<core::Id> told;
    passwords->onRemoved([&](const core::Id&, const std::vector<Login>& ended) {
        for (const Login& login : ended) {
            told.push_back(login.id);
            identity->ended(login, "removed");
        }
    });
    ASSERT_TRUE(passwords->remove(ana, lost->entry.id));
    std::sort(told.begin(), told.end());
    EXPECT_EQ(told, (std::vector<core::Id>{std::min(first, second), std::max(first, second)}));
    EXPECT_FALSE(identity->signedIn(first));
    EXPECT_FALSE(identity->signedIn(second));
    EXPECT_TRUE(identity->signedIn(other));
    const auto devices = identity->devices(ana);
    ASSERT_TRUE(devices);
    EXPECT_EQ(devices->size(), 2U) << "the other browser, and where she set the server up";
}

// Many come in under one name, each by a code: what one of them makes is theirs alone to lose.
TEST_F(AppPasswordsTest, OfAGuestEndWithTheirLogIn) {
    passwords->guestsAre("Ana");
    const auto here = identity->bearer(login()->accessToken), there = identity->bearer(login()->accessToken);
    ASSERT_TRUE(here && there);
    EXPECT_EQ(passwords->endsWith(*here), here->sessionId);
    const auto made = passwords->make(ana, "Phone", passwords->endsWith(*here));
    const auto other = passwords->make(ana, "Tablet", passwords->endsWith(*there));
    ASSERT_TRUE(made && other);
    EXPECT_TRUE(passwords->byPassword("ana", made->password, kPeer));
    ASSERT_TRUE(identity->removeDevice(ana, here->sessionId));
    EXPECT_EQ(passwords->byPassword("ana", made->password, kPeer).error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(passwords->byKey(made->password, kPeer).error().code, ErrorCode::Unauthorized);
    EXPECT_TRUE(passwords->byPassword("ana", other->password, kPeer));
    std::vector<core::Id> told;
    passwords->onRemoved([&](const core::Id& id, const std::vector<Login>&) { told.push_back(id); });
    ASSERT_TRUE(passwords->loginEnded(here->sessionId));
    EXPECT_EQ(told, std::vector<core::Id>{made->entry.id}) << "what is under way to it ends, too";
    EXPECT_EQ(passwords->all(ana)->size(), 1U);
    passwords->guestsAre("");
    EXPECT_EQ(passwords->endsWith(*there), "") << "everybody else's stay";
}

TEST_F(AppPasswordsTest, AreListedAndRemovedByTheirOwner) {
    const auto first = passwords->make(ana, "Phone");
    clock->time += 1;
    const auto second = passwords->make(ana, "Kitchen");
    EXPECT_NE(first->password, second->password);
    EXPECT_EQ(passwords->make(ana, " \n").error().code, ErrorCode::Invalid);
    const core::Id bob = *identity->addUser("Bob", "battery staple", "member");
    EXPECT_TRUE(passwords->all(bob)->empty());
    EXPECT_EQ(passwords->remove(bob, first->entry.id).error().code, ErrorCode::NotFound);
    clock->time += 1000;
    ASSERT_TRUE(passwords->byPassword("ana", second->password, kPeer));
    const auto all = passwords->all(ana);
    ASSERT_EQ(all->size(), 2U);
    EXPECT_EQ((*all)[0].name, "Phone");
    EXPECT_FALSE((*all)[0].lastUsedAt);
    EXPECT_EQ((*all)[1].lastUsedAt, clock->now());
    ASSERT_TRUE(passwords->remove(ana, first->entry.id));
    EXPECT_EQ(passwords->remove(ana, first->entry.id).error().code, ErrorCode::NotFound);
    EXPECT_FALSE(passwords->byPassword("ana", first->password, kPeer));
    EXPECT_TRUE(passwords->byPassword("ana", second->password, kPeer));
    ASSERT_TRUE(identity->changePassword("ana", "battery staple"));
    EXPECT_TRUE(passwords->all(ana)->empty()) << "whoever knew the old password is out";
}

TEST_F(AppPasswordsTest, AreFewAndGuessingIsSlow) {
    for (int i = 0; i < AppPasswords::kMost; ++i) {
        ASSERT_TRUE(passwords->make(ana, "n"));
    }
    EXPECT_EQ(passwords->make(ana, "n").error().code, ErrorCode::Conflict);
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(passwords->byPassword("ana", "guess", kPeer).error().code, ErrorCode::Unauthorized);
    }
    const auto refused = passwords->byPassword("ana", "guess", kPeer);
    ASSERT_EQ(refused.error().code, ErrorCode::Busy);
    EXPECT_GT(std::stoi(refused.error().detail), 0);
}

TEST_F(AppPasswordsTest, ADatabaseAloneDoesNotShowThem) {
    const auto made = passwords->make(ana, "Phone");
    std::string row;
    (void)database->read([&](core::db::Session& session) {
        return session.each("SELECT sealed, name FROM app_passwords", {}, [&](const core::db::Row& each) {
            row.assign(each.blob(0).begin(), each.blob(0).end());
            return true;
        });
    });
    EXPECT_EQ(row.find(made->password), std::string::npos);
    EXPECT_EQ(std::filesystem::status(folder + "/keys/app-passwords.key").permissions(), std::filesystem::perms(0600));
    std::filesystem::remove(folder + "/keys/app-passwords.key");
    passwords = opened();
    EXPECT_FALSE(passwords->byPassword("ana", made->password, kPeer)) << "another key";
}

TEST_F(AppPasswordsTest, ASealedTextBelongsToItsPlace) {
    const auto sealed = *SealedTexts::open(folder + "/keys/x.key");
    const auto text = sealed.seal("secret", "here");
    EXPECT_EQ(*sealed.read(text, "here"), "secret");
    EXPECT_NE(sealed.seal("secret", "here"), text);
    EXPECT_EQ(sealed.read(text, "there").error().code, ErrorCode::Corrupt);
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto changed = text;
        changed[i] ^= 1;
        EXPECT_FALSE(sealed.read(changed, "here")) << i;
        EXPECT_FALSE(sealed.read(std::span(text).first(i), "here")) << i;
    }
}

}  // namespace
}  // namespace marea::server
