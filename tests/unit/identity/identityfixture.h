#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>

#include "core/db/sqlite.h"
#include "server/apps/identity/identity.h"

namespace marea::server {

class FakeClock final : public core::Clock {
public:
    core::TimeMs now() const override { return time; }
    std::atomic<core::TimeMs> time = 1'700'000'000'000;
};

// An Identity on a real database in a folder of its own, with a clock in the test's hands.
class IdentityTest : public testing::Test {
protected:
    static constexpr const char* kPeer = "192.0.2.1";

    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-identity-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        auto opened = core::db::openSqlite(folder + "/marea.db", {}, core::makeNullLogger());
        ASSERT_TRUE(opened) << opened.error().detail;
        database = std::move(*opened);
        identity = start();
    }
    void TearDown() override {
        identity.reset();
        database.reset();
        std::filesystem::remove_all(folder);
    }

    std::unique_ptr<Identity> start() {
        IdentityOptions options;
        options.dataFolder = folder;
        options.serverName = "Test";
        options.passwordCost = Passwords::Cost::Minimal;
        auto made = Identity::create(*database, clock, core::makeNullLogger(), options);
        EXPECT_TRUE(made) << made.error().detail;
        return made ? std::move(*made) : nullptr;
    }

    TokenPair setUp() {
        auto pair = identity->setup(identity->setupCode(), "Ana", "correct horse", "Laptop", kPeer);
        EXPECT_TRUE(pair) << pair.error().text;
        return pair.value_or(TokenPair{});
    }
    core::Result<TokenPair> login(const std::string& password = "correct horse", const std::string& name = "ana") {
        return identity->login(name, password, "Phone", kPeer);
    }

    std::string folder;
    std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();
    std::unique_ptr<core::db::Database> database;
    std::unique_ptr<Identity> identity;
};

}  // namespace marea::server
