#include "server/apps/identity/identity.h"

#include <mutex>
#include <thread>

#include "identityfixture.h"

namespace marea::server {
namespace {

using core::ErrorCode;

TEST_F(IdentityTest, SetupWorksOnceWithItsCode) {
    const std::string code = identity->setupCode();
    EXPECT_EQ(code.size(), 14U);
    EXPECT_EQ(identity->setup("WRONG", "Ana", "correct horse", "", kPeer).error().code, ErrorCode::Forbidden);
    EXPECT_EQ(identity->setup(code, "  ", "correct horse", "", kPeer).error().code, ErrorCode::Invalid);
    EXPECT_EQ(identity->setup(code, "Ana", "short", "", kPeer).error().code, ErrorCode::Invalid);
    const TokenPair pair = setUp();
    EXPECT_EQ(identity->setupCode(), "");
    const auto principal = identity->bearer(pair.accessToken);
    ASSERT_TRUE(principal);
    EXPECT_TRUE(principal->isOwner());
    EXPECT_EQ(principal->username, "Ana");
    EXPECT_EQ(identity->setup(code, "Eve", "correct horse", "", kPeer).error().code, ErrorCode::Conflict);
    EXPECT_EQ(start()->setupCode(), "");
}

TEST_F(IdentityTest, SetupIsLimited) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(identity->setup("WRONG", "Ana", "correct horse", "", kPeer).error().code, ErrorCode::Forbidden);
    }
    auto refused = identity->setup(identity->setupCode(), "Ana", "correct horse", "", kPeer);
    EXPECT_EQ(refused.error().code, ErrorCode::Busy);
    clock->time += 3'600'000;
    setUp();
}

TEST_F(IdentityTest, TwoSetupsAtOnceMakeOneOwner) {
    const std::string code = identity->setupCode();
    std::atomic<int> done = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            done += identity->setup(code, "Ana" + std::to_string(i), "correct horse", "", kPeer).has_value();
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(done, 1);
    EXPECT_EQ(identity->users()->size(), 1U);
}

TEST_F(IdentityTest, LogInNeedsNameAndPassword) {
    setUp();
    EXPECT_TRUE(login());
    EXPECT_TRUE(login("correct horse", "ANA"));
    const auto wrong = login("wrong horse"), unknown = login("correct horse", "nobody");
    EXPECT_EQ(wrong.error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(wrong.error().text, unknown.error().text) << "who exists is not told";
    EXPECT_EQ(identity->devices(identity->bearer(login()->accessToken)->userId)->size(), 4U);
}

TEST_F(IdentityTest, FailedLogInsCloseForAWhile) {
    setUp();
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(login("wrong horse").error().code, ErrorCode::Unauthorized);
    }
    const auto refused = login();
    ASSERT_EQ(refused.error().code, ErrorCode::Busy);
    EXPECT_GT(std::stoi(refused.error().detail), 0);
    EXPECT_TRUE(identity->login("ana", "correct horse", "", "192.0.2.99")) << "the owner elsewhere is not shut out";
    clock->time += 3'600'000;
    EXPECT_TRUE(login());
}

TEST_F(IdentityTest, AOneTimeCodeIsAPasswordOnce) {
    setUp();
    const std::string code = identity->oneTimeCode(*identity->userNamed("ana"));
    EXPECT_FALSE(identity->login("bob", code, "", kPeer)) << "nobody else's";
    EXPECT_TRUE(login(code));
    EXPECT_EQ(login(code).error().code, ErrorCode::Unauthorized);
    EXPECT_TRUE(login()) << "the password stays";
    const std::string gone = identity->oneTimeCode(*identity->userNamed("ana"));
    identity->forgetOneTimeCodes();
    EXPECT_EQ(login(gone).error().code, ErrorCode::Unauthorized);
}

TEST_F(IdentityTest, AnAddressThatTriesManyNamesIsClosed) {
    setUp();
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(login("x", "name" + std::to_string(i)).error().code, ErrorCode::Unauthorized);
    }
    EXPECT_EQ(login().error().code, ErrorCode::Busy);
}

TEST_F(IdentityTest, RefreshTokensRotateAndSurviveARestart) {
    TokenPair pair = setUp();
    for (int i = 0; i < 3; ++i) {
        identity = start();
        clock->time += 3'600'000;
        EXPECT_FALSE(identity->bearer(pair.accessToken));
        auto next = identity->refresh(pair.refreshToken);
        ASSERT_TRUE(next) << next.error().detail;
        EXPECT_NE(next->refreshToken, pair.refreshToken);
        EXPECT_TRUE(identity->bearer(next->accessToken));
        pair = *next;
    }
    EXPECT_EQ(identity->refresh("nonsense").error().code, ErrorCode::Unauthorized);
    clock->time += Identity::kRefreshLife;
    EXPECT_EQ(identity->refresh(pair.refreshToken).error().code, ErrorCode::Unauthorized);
}

TEST_F(IdentityTest, AReusedRefreshTokenEndsItsFamilyAtOnce) {
    const TokenPair first = setUp();
    const TokenPair bystander = *login();
    const TokenPair second = *identity->refresh(first.refreshToken);
    EXPECT_TRUE(identity->bearer(second.accessToken));
    clock->time += Identity::kRefreshGrace + 1;
    EXPECT_EQ(identity->refresh(first.refreshToken).error().code, ErrorCode::Unauthorized);
    for (int restart = 0; restart < 2; ++restart) {
        EXPECT_EQ(identity->bearer(second.accessToken).error().code, ErrorCode::Unauthorized);
        EXPECT_EQ(identity->bearer(first.accessToken).error().code, ErrorCode::Unauthorized);
        EXPECT_EQ(identity->refresh(second.refreshToken).error().code, ErrorCode::Unauthorized);
        EXPECT_TRUE(identity->bearer(bystander.accessToken));
        identity = start();
    }
}

TEST_F(IdentityTest, AReusedRefreshTokenEndsItsFamilyAtOnceWhenWhatItGaveWasUsed) {
    const TokenPair first = setUp();
    const TokenPair second = *identity->refresh(first.refreshToken);
    const TokenPair third = *identity->refresh(second.refreshToken);
    EXPECT_EQ(identity->refresh(first.refreshToken).error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(identity->bearer(third.accessToken).error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(identity->refresh(third.refreshToken).error().code, ErrorCode::Unauthorized);
}

TEST_F(IdentityTest, ALostAnswerLocksNobodyOut) {
    const TokenPair first = setUp();
    ASSERT_TRUE(identity->refresh(first.refreshToken));  // and the answer is lost, as is the next one
    identity = start();
    ASSERT_TRUE(identity->refresh(first.refreshToken));
    clock->time += Identity::kRefreshGrace;
    auto pair = identity->refresh(first.refreshToken);
    ASSERT_TRUE(pair) << pair.error().detail;
    pair = identity->refresh(pair->refreshToken);
    ASSERT_TRUE(pair) << pair.error().detail;
    EXPECT_TRUE(identity->bearer(pair->accessToken));
}

TEST_F(IdentityTest, AThiefInTheGraceIsFoundOut) {
    const TokenPair first = setUp();
    const TokenPair honest = *identity->refresh(first.refreshToken);
    const TokenPair thief = *identity->refresh(first.refreshToken);
    EXPECT_EQ(identity->refresh(honest.refreshToken).error().code, ErrorCode::Unauthorized);
    EXPECT_EQ(identity->refresh(thief.refreshToken).error().code, ErrorCode::Unauthorized);
    EXPECT_FALSE(identity->bearer(thief.accessToken));
}

TEST_F(IdentityTest, OfManyConcurrentRefreshesOneGivesWhatLasts) {
    const TokenPair pair = setUp();
    std::mutex mutex;
    std::vector<std::string> given;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            auto next = identity->refresh(pair.refreshToken);
            const std::lock_guard lock(mutex);
            given.push_back(next ? next->refreshToken : "");
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const auto unused = database->readValue<std::int64_t>([](core::db::Session& session) -> core::Result<std::int64_t> {
        auto count = session.first("SELECT count(*) FROM refresh_tokens WHERE used_at IS NULL", {},
                                   [](const core::db::Row& row) { return row.integer(0); });
        return **count;
    });
    EXPECT_EQ(*unused, 1);
    EXPECT_EQ(given.size(), 4U);
}

TEST_F(IdentityTest, ARefreshTokenIsItsClientsOnly) {
    setUp();
    const auto user = identity->authenticate("ana", "correct horse", kPeer);
    ASSERT_TRUE(user);
    const auto started = database->writeValue<StartedLogin>(
        [&](core::db::Session& session) { return identity->begin(session, *user, "Set", "television"); });
    ASSERT_TRUE(started);
    identity->begun(*started);
    const std::string token = started->tokens.refreshToken;
    EXPECT_FALSE(identity->refresh(token));
    EXPECT_FALSE(identity->refresh(token, "marea"));
    ASSERT_TRUE(identity->signOut(token, "marea"));
    EXPECT_TRUE(identity->bearer(started->tokens.accessToken)) << "another client does not end it";
    const auto next = identity->refresh(token, "television");
    ASSERT_TRUE(next);
    ASSERT_TRUE(identity->signOut(next->refreshToken, "television"));
    EXPECT_FALSE(identity->bearer(next->accessToken));
}

TEST_F(IdentityTest, KeysRotateWhileEverybodyStaysSignedIn) {
    const TokenPair pair = setUp();
    const auto script = identity->tokenFor("ana", core::TimeMs{30} * 86'400'000, "Command line");
    const std::string first = identity->accessTokens().keys().signer(clock->now())->id();
    ASSERT_TRUE(start()->keyStore().rotate(clock->now(), false)) << "beside the server";
    EXPECT_EQ(identity->keyStore().rotate(clock->now(), false).error().code, ErrorCode::Conflict);
    ASSERT_TRUE(identity->maintain());
    EXPECT_EQ(identity->accessTokens().keys().all().size(), 2U);
    EXPECT_EQ(identity->accessTokens().keys().signer(clock->now())->id(), first);
    clock->time += KeyStore::kAhead;
    EXPECT_NE(identity->accessTokens().keys().signer(clock->now())->id(), first);
    EXPECT_TRUE(identity->bearer(pair.accessToken));
    const TokenPair next = *identity->refresh(pair.refreshToken);
    identity = start();
    EXPECT_TRUE(identity->bearer(next.accessToken));
    clock->time += core::TimeMs{29} * 86'400'000;
    ASSERT_TRUE(identity->maintain());
    EXPECT_TRUE(identity->bearer(*script)) << "its key is known as long as it holds";
    clock->time += core::TimeMs{2} * 86'400'000;
    ASSERT_TRUE(identity->maintain());
    EXPECT_EQ(identity->keyStore().known()->size(), 1U);
    EXPECT_FALSE(std::filesystem::exists(folder + "/keys/access-es256.pem"));
}

TEST_F(IdentityTest, AKeyRotatedAtOnceEndsWhatTheOldOneSigned) {
    const TokenPair pair = setUp();
    EXPECT_TRUE(identity->bearer(pair.accessToken));
    ASSERT_TRUE(start()->keyStore().rotate(clock->now(), true));
    ASSERT_TRUE(identity->maintain());
    EXPECT_FALSE(identity->bearer(pair.accessToken)) << "though it was checked before";
    const auto next = identity->refresh(pair.refreshToken);
    ASSERT_TRUE(next);
    EXPECT_TRUE(identity->bearer(next->accessToken));
    EXPECT_TRUE(start()->bearer(next->accessToken));
    EXPECT_EQ(identity->keyStore().known()->size(), 1U);
}

TEST_F(IdentityTest, AKeyIsReplacedWhenItIsOld) {
    clock->time += KeyStore::kRotateAfter;
    ASSERT_TRUE(identity->maintain());
    EXPECT_EQ(identity->keyStore().known()->size(), 2U);
    clock->time += 3'600'000;
    ASSERT_TRUE(identity->maintain());
    EXPECT_EQ(identity->keyStore().known()->size(), 1U);
}

TEST_F(IdentityTest, KeyFilesThatAreGoneAreMadeAnew) {
    const TokenPair pair = setUp();
    std::filesystem::remove_all(folder + "/keys");
    identity = start();
    ASSERT_TRUE(identity);
    EXPECT_FALSE(identity->bearer(pair.accessToken));
    const auto next = identity->refresh(pair.refreshToken);
    ASSERT_TRUE(next);
    EXPECT_TRUE(identity->bearer(next->accessToken));
    EXPECT_TRUE(start()->bearer(next->accessToken));
}

TEST_F(IdentityTest, SigningOutEndsAccessAndStreamTokens) {
    const TokenPair pair = setUp();
    const Principal who = *identity->bearer(pair.accessToken);
    const core::Id film = core::newId(clock->now());
    const std::string stream =
        identity->streamTokens().issue(who.sessionId, film, clock->now() + Identity::kStreamLife);
    EXPECT_EQ(identity->stream(stream, "/" + film + "/artwork")->userId, who.userId);
    ASSERT_TRUE(identity->signOut(pair.refreshToken));
    ASSERT_TRUE(identity->signOut(pair.refreshToken)) << "twice is fine";
    ASSERT_TRUE(identity->signOut("nonsense"));
    for (int restart = 0; restart < 2; ++restart) {
        EXPECT_FALSE(identity->bearer(pair.accessToken));
        EXPECT_FALSE(identity->stream(stream, "/" + film + "/artwork"));
        EXPECT_FALSE(identity->refresh(pair.refreshToken));
        identity = start();
    }
}

TEST_F(IdentityTest, AnAccessTokenSignsItselfOut) {
    const TokenPair pair = setUp();
    ASSERT_TRUE(identity->signOut(pair.accessToken));
    EXPECT_FALSE(identity->bearer(pair.accessToken));
}

TEST_F(IdentityTest, APlaybackSessionsTokenIsItsOwnAndKeepsItsRevocation) {
    setUp();
    const core::Id film = core::newId(clock->now()), playback = core::newId(clock->now());
    const std::string token = identity->streamTokens().issue(playback, film, clock->now() + 1000);
    const auto principal = identity->stream(token, "/" + film + "/direct/a.mp4");
    ASSERT_TRUE(principal);
    EXPECT_EQ(principal->sessionId, playback);
    EXPECT_EQ(principal->userId, "");
    identity->streamTokens().revoke(playback, clock->now() + 1000);
    EXPECT_FALSE(identity->stream(token, "/" + film + "/direct/a.mp4"));
    identity = start();
    EXPECT_FALSE(identity->stream(token, "/" + film + "/direct/a.mp4"));
}

TEST_F(IdentityTest, DevicesAreTheirOwnersOnly) {
    const TokenPair owner = setUp();
    ASSERT_TRUE(identity->addUser("Bob", "battery staple", "member"));
    const TokenPair bob = *login("battery staple", "bob");
    const Principal ownerWho = *identity->bearer(owner.accessToken), bobWho = *identity->bearer(bob.accessToken);
    EXPECT_EQ(identity->devices(bobWho.userId)->size(), 1U);
    EXPECT_EQ(identity->removeDevice(bobWho.userId, ownerWho.sessionId).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(identity->bearer(owner.accessToken));
    EXPECT_TRUE(identity->removeDevice(bobWho.userId, bobWho.sessionId));
    EXPECT_FALSE(identity->bearer(bob.accessToken));
}

TEST_F(IdentityTest, ANewPasswordEndsEveryLogIn) {
    const TokenPair pair = setUp();
    ASSERT_TRUE(identity->changePassword("Ana", "battery staple"));
    EXPECT_FALSE(identity->bearer(pair.accessToken));
    EXPECT_FALSE(login());
    EXPECT_TRUE(login("battery staple"));
}

// A password takes a while to check, and everything may change meanwhile.
TEST_F(IdentityTest, WhoIsCheckedWhileThingsChangeComesInAsTheyAreThen) {
    setUp();
    const auto ben = identity->addUser("Ben", "correct horse", "member");
    ASSERT_TRUE(ben);
    const auto begun = [&](const core::Result<User>& user) {
        return database->writeValue<StartedLogin>(
            [&](core::db::Session& session) { return identity->begin(session, *user, "Phone", kOwnClient); });
    };
    const auto knew = identity->authenticate("ben", "correct horse", kPeer);
    ASSERT_TRUE(knew);
    ASSERT_TRUE(identity->changePassword("ben", "battery staple"));
    EXPECT_EQ(begun(knew).error().code, ErrorCode::Unauthorized) << "the old password";
    const auto was = identity->authenticate("ben", "battery staple", kPeer);
    ASSERT_TRUE(was);
    ASSERT_TRUE(identity->changeUser(*ben, {std::nullopt, "child"}));
    const auto child = begun(was);
    ASSERT_TRUE(child) << child.error().detail;
    EXPECT_EQ(child->login.role, "child");
    EXPECT_EQ(identity->bearer(child->tokens.accessToken)->role, "child");
    ASSERT_TRUE(identity->removeUser(*ben));
    EXPECT_EQ(begun(was).error().code, ErrorCode::Unauthorized) << "they are gone";
}

TEST_F(IdentityTest, TheLastOwnerStays) {
    const TokenPair pair = setUp();
    ASSERT_TRUE(identity->addUser("Bob", "battery staple", "member"));
    EXPECT_EQ(identity->addUser("BOB", "battery staple", "member").error().code, ErrorCode::Conflict);
    EXPECT_EQ(identity->removeUser(*identity->userNamed("ana")).error().code, ErrorCode::Conflict);
    EXPECT_TRUE(identity->bearer(pair.accessToken)) << "nothing of a refused removal is done";
    EXPECT_EQ(identity->removeUser("nobody").error().code, ErrorCode::NotFound);
    const TokenPair bob = *login("battery staple", "bob");
    EXPECT_TRUE(identity->removeUser(*identity->userNamed("BOB")));
    EXPECT_EQ(identity->userNamed("bob").error().code, ErrorCode::NotFound);
    EXPECT_FALSE(identity->bearer(bob.accessToken));
    EXPECT_FALSE(identity->refresh(bob.refreshToken));
}

TEST_F(IdentityTest, WhatAnotherProcessDidIsTakenIn) {
    const TokenPair pair = setUp();
    auto beside = start();
    const auto token = beside->tokenFor("ana", 86'400'000, "Command line");
    ASSERT_TRUE(token);
    clock->time += 3'600'000;
    EXPECT_TRUE(identity->bearer(*token));
    ASSERT_TRUE(beside->removeDevice(beside->bearer(*token)->userId, beside->bearer(*token)->sessionId));
    ASSERT_TRUE(identity->maintain());
    EXPECT_FALSE(identity->bearer(*token));
}

TEST_F(IdentityTest, AnOwnerMadeBesideEndsTheSetupCode) {
    auto beside = start();
    ASSERT_TRUE(beside->addUser("Ana", "correct horse", "owner"));
    ASSERT_TRUE(identity->maintain());
    EXPECT_EQ(identity->setupCode(), "");
}

TEST_F(IdentityTest, WhatRanOutIsForgotten) {
    const TokenPair pair = setUp();
    ASSERT_TRUE(identity->signOut(pair.refreshToken));
    ASSERT_TRUE(login());
    clock->time += 2 * Identity::kRefreshLife;
    ASSERT_TRUE(identity->maintain());
    const auto rows = database->readValue<std::int64_t>([](core::db::Session& session) -> core::Result<std::int64_t> {
        auto count = session.first(
            "SELECT (SELECT count(*) FROM logins) + (SELECT count(*) FROM refresh_tokens) + "
            "(SELECT count(*) FROM revocations)",
            {}, [](const core::db::Row& row) { return row.integer(0); });
        return **count;
    });
    EXPECT_EQ(*rows, 0);
}

TEST_F(IdentityTest, NoSecretIsStoredInTheClear) {
    const TokenPair pair = setUp();
    std::string all;
    (void)database->read([&](core::db::Session& session) {
        return session.each(
            "SELECT password_hash FROM users UNION ALL SELECT CAST(token_hash AS TEXT) FROM refresh_tokens "
            "UNION ALL SELECT value FROM settings",
            {}, [&](const core::db::Row& row) { return all += row.text(0), true; });
    });
    EXPECT_NE(all.find("$argon2id$"), std::string::npos);
    EXPECT_EQ(all.find(pair.refreshToken), std::string::npos);
    EXPECT_EQ(all.find("correct horse"), std::string::npos);
}

}  // namespace
}  // namespace marea::server
