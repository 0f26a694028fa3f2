#include "server/host/localsocket.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

namespace marea::server {
namespace {

class LocalSocketTest : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-socket-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::unique_ptr<LocalSocket> open(const std::string& where) {
        auto opened = LocalSocket::open(
            where,
            [](Method method, const std::string& target, std::string body) {
                return Response::json(
                    target == "/no" ? 404 : 200,
                    core::json::object{{"method", methodText(method)}, {"target", target}, {"body", body}});
            },
            core::makeNullLogger());
        EXPECT_TRUE(opened);
        return opened ? std::move(*opened) : nullptr;
    }
    // What comes back for a line that is no question of ours.
    std::string raw(const std::string& line) const {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, (folder + "/control.sock").c_str(), sizeof address.sun_path - 1);
        EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::send(socket, line.data(), line.size(), MSG_NOSIGNAL), static_cast<ssize_t>(line.size()));
        char answer[1000];
        const ssize_t got = ::recv(socket, answer, sizeof answer, 0);
        ::close(socket);
        return got > 0 ? std::string(answer, static_cast<std::size_t>(got)) : "";
    }

    std::string folder;
};

TEST_F(LocalSocketTest, AQuestionIsAnswered) {
    const auto socket = open(folder);
    const auto answer = askServer(folder, Method::Post, "/x?a=1", core::json::object{{"b", 2}});
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body.at("method"), "POST");
    EXPECT_EQ(answer->body.at("target"), "/x?a=1");
    EXPECT_EQ(answer->body.at("body"), R"({"b":2})");
    EXPECT_EQ(askServer(folder, Method::Get, "/no")->status, 404);
}

TEST_F(LocalSocketTest, IsForItsUserAloneAndGoesWithTheServer) {
    auto socket = open(folder);
    const std::string path = folder + "/control.sock";
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms(0600));
    socket.reset();
    EXPECT_FALSE(std::filesystem::exists(path));
    const auto answer = askServer(folder, Method::Get, "/x");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, core::ErrorCode::Unavailable);
}

TEST_F(LocalSocketTest, WhatAKilledServerLeftIsNoObstacle) {
    {
        const int left = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, (folder + "/control.sock").c_str(), sizeof address.sun_path - 1);
        ASSERT_EQ(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        ::close(left);
    }
    EXPECT_FALSE(askServer(folder, Method::Get, "/x"));
    const auto socket = open(folder);
    EXPECT_TRUE(askServer(folder, Method::Get, "/x"));
}

TEST_F(LocalSocketTest, AFolderWithALongNameHasOneToo) {
    const std::string deep = folder + "/" + std::string(200, 'd');
    std::filesystem::create_directory(deep);
    const auto socket = open(deep);
    EXPECT_TRUE(askServer(deep, Method::Get, "/x"));
}

TEST_F(LocalSocketTest, NonsenseIsRefusedAndTheNextIsAnswered) {
    const auto socket = open(folder);
    for (const char* line : {"nonsense\n", "{}\n", "{\"method\": \"BREW\", \"target\": \"/x\"}\n",
                             "{\"method\": \"GET\", \"target\": 5}\n"}) {
        EXPECT_NE(raw(line).find("\"status\":400"), std::string::npos) << line;
    }
    EXPECT_TRUE(askServer(folder, Method::Get, "/x"));
}

}  // namespace
}  // namespace marea::server
