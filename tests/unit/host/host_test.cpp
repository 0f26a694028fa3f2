#include "server/host/host.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <set>

namespace marea::server {
namespace {

// Anybody may call these, and nothing else. Each was reviewed: it says nothing about people or media, it is how one
// gets a token, or it takes other programs' own kind of password.
const std::set<std::string> kPublic{
    "GET /healthz", "GET /readyz", "GET /api/v1/server", "GET /api/v1/openapi.json", "GET /oauth/jwks.json",
    "GET /.well-known/oauth-authorization-server", "POST /api/v1/setup", "POST /api/v1/login", "POST /oauth/token",
    "POST /oauth/revoke", "GET /oauth/authorize", "POST /oauth/authorize", "GET /oauth/device", "POST /oauth/device",
    "GET /oauth/device/qr.svg", "POST /oauth/device/answer", "GET /oauth/external", "GET /oauth/external/callback",
    // refuse by themselves whoever has no app password: tests/e2e/test_subsonic.py
    "GET /rest/{method}", "POST /rest/{method}",
    // refuse by themselves whoever has no app password and no token: tests/e2e/test_webdav.py
    "GET /dav", "GET /dav/{path*}", "OPTIONS /dav", "OPTIONS /dav/{path*}", "PROPFIND /dav", "PROPFIND /dav/{path*}",
    // show somebody who is not signed in how to, and no more: tests/e2e/test_files.py
    "GET /", "GET /files", "GET /files/get/{id}/{file}", "POST /files/enter", "POST /files/leave",
    "POST /files/password",
    // refuses by itself what the provider did not sign: tests/e2e/test_store_stripe.py
    "POST /api/v1/store/webhooks/{provider}", "GET /store/return"};

class HostTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-host-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        Config config;
        config.dataFolder = folder;
        config.listenPort = 0;
        config.workers = 1;
        auto made = Host::create(config, core::makeNullLogger(), std::make_shared<core::SystemClock>());
        ASSERT_TRUE(made) << made.error().detail;
        host = std::move(*made);
        const auto started = host->start();
        ASSERT_TRUE(started) << started.error().detail;
        port = static_cast<std::uint16_t>(std::stoi(host->url().substr(host->url().rfind(':') + 1)));
    }
    void TearDown() override {
        host.reset();
        std::filesystem::remove_all(folder);
    }

    // The status that a plain client gets.
    int status(const std::string& method, const std::string& path, const std::string& token = "") const {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        std::string request =
            method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n";
        if (!token.empty()) {
            request += "Authorization: Bearer " + token + "\r\n";
        }
        request += "\r\n";
        EXPECT_EQ(::send(fd, request.data(), request.size(), MSG_NOSIGNAL), static_cast<ssize_t>(request.size()));
        std::string answer;
        char part[4096];
        for (ssize_t n = 0; (n = ::recv(fd, part, sizeof part, 0)) > 0;) {
            answer.append(part, static_cast<std::size_t>(n));
        }
        ::close(fd);
        return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0;
    }

    // A path that the pattern matches.
    static std::string methodOf(const Route& route) { return std::string(methodText(route.method)); }

    std::string pathOf(const Route& route) {
        std::string path;
        for (std::size_t i = 0; i < route.pattern.size(); ++i) {
            if (route.pattern[i] != '{') {
                path.push_back(route.pattern[i]);
                continue;
            }
            path += core::newId();
            i = route.pattern.find('}', i);
        }
        return path;
    }
    std::string memberToken() const {
        EXPECT_TRUE(host->identity().addUser("Bob", "battery staple", "member"));
        return host->identity().tokenFor("Bob", 60'000, "test").value_or("");
    }

    std::string folder;
    std::unique_ptr<Host> host;
    std::uint16_t port = 0;
};

TEST_F(HostTest, EveryRouteNeedsATokenUnlessItIsOnTheReviewedList) {
    const std::string token = memberToken();
    std::set<std::string> open;
    for (const Route& route : host->router().routes()) {
        const std::string name = methodOf(route) + " " + route.pattern;
        if (route.access == Access::Public) {
            open.insert(name);
            continue;
        }
        const std::string path = pathOf(route);
        EXPECT_EQ(status(methodOf(route), path), 401) << name;
        EXPECT_EQ(status(methodOf(route), path, "not.a.token"), 401) << name;
        EXPECT_EQ(status(methodOf(route), path + "?access_token=" + token), 401) << name;
    }
    EXPECT_EQ(open, kPublic);
    for (const WebSocketRoute& route : host->router().webSocketRoutes()) {
        EXPECT_NE(route.access, Access::Public) << route.pattern;
    }
}

TEST_F(HostTest, WhatIsForOwnersIsRefusedToMembers) {
    const std::string token = memberToken();
    ASSERT_FALSE(token.empty());
    EXPECT_EQ(status("GET", "/api/v1/me", token), 200);
    int owners = 0;
    for (const Route& route : host->router().routes()) {
        if (route.access == Access::Owner) {
            EXPECT_EQ(status(methodOf(route), pathOf(route), token), 403) << route.pattern;
            ++owners;
        }
        if (route.access == Access::Stream) {
            EXPECT_EQ(status(methodOf(route), pathOf(route), token), 401)
                << route.pattern << ": a Bearer token is no stream token";
        }
        const bool admin = route.pattern.starts_with("/api/v1/admin") || route.pattern == "/metrics";
        const bool household = route.pattern.starts_with("/api/v1/household") && route.method != Method::Get;
        EXPECT_EQ(admin || household, route.access == Access::Owner) << route.pattern;
    }
    EXPECT_GE(owners, 1);
}

TEST_F(HostTest, HealthAndReadiness) {
    EXPECT_EQ(status("GET", "/healthz"), 200);
    EXPECT_EQ(status("HEAD", "/healthz"), 200);
    EXPECT_EQ(status("GET", "/api/v1/openapi.json"), 200);
}

TEST_F(HostTest, ASecondOnOneFolderIsRefused) {
    Config config;
    config.dataFolder = folder;
    const auto second = Host::create(config, core::makeNullLogger(), std::make_shared<core::SystemClock>());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, core::ErrorCode::Conflict);
}

TEST_F(HostTest, AHelperBesideItAnswersNoUsers) {
    Config config;
    config.dataFolder = folder;
    config.roles = {"transcode"};
    config.workers = 1;
    auto helper = Host::create(config, core::makeNullLogger(), std::make_shared<core::SystemClock>());
    ASSERT_TRUE(helper) << helper.error().text;
    ASSERT_TRUE((*helper)->start());
    EXPECT_EQ((*helper)->url(), "");
    std::set<std::string> routes;
    for (const Route& route : (*helper)->router().routes()) {
        routes.insert(methodOf(route) + " " + route.pattern);
    }
    EXPECT_EQ(routes, (std::set<std::string>{"GET /healthz", "GET /readyz", "GET /metrics"}));
    EXPECT_TRUE((*helper)->router().webSocketRoutes().empty());
}

TEST_F(HostTest, AHelperNeedsADatabase) {
    Config config;
    config.dataFolder = folder + "/other";
    config.roles = {"transcode"};
    const auto helper = Host::create(config, core::makeNullLogger(), std::make_shared<core::SystemClock>());
    ASSERT_FALSE(helper);
    EXPECT_EQ(helper.error().code, core::ErrorCode::NotFound);
    EXPECT_FALSE(std::filesystem::exists(config.dataFolder + "/marea.db"));
}

TEST_F(HostTest, StopsTwice) {
    host->stop(1);
    host->stop(1);
}

}  // namespace
}  // namespace marea::server
