#include <chrono>
#include <fstream>
#include <random>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "fixture.h"
#include "server/gateway/residency.h"

namespace marea::server::test {
namespace {

class Files : public GatewayFixture {
protected:
    Files() {
        bytes = writeFile("film.mp4", 3'000'017);
        addFileRoute("/film", "film.mp4");
        writeFile("empty", 0);
        addFileRoute("/empty", "empty");
        addFileRoute("/stream/{token}/{id}/direct/{rest*}", "film.mp4", Access::Stream);
        start();
    }
    std::string bytes;
};

TEST_P(Files, TwoHundredRandomRangesAreTheFilesBytes) {
    const auto client = connect();
    std::mt19937_64 random(7);
    for (int i = 0; i < 200; ++i) {
        const std::size_t first = random() % bytes.size();
        const std::size_t length =
            1 + random() % (i % 4 == 0 ? bytes.size() - first : std::min<std::size_t>(bytes.size() - first, 5000));
        std::string range = "bytes=" + std::to_string(first) + "-" + std::to_string(first + length - 1);
        std::string expected = bytes.substr(first, length);
        if (i % 10 == 0) {
            range = "bytes=-" + std::to_string(length);
            expected = bytes.substr(bytes.size() - length);
        } else if (i % 10 == 1) {
            range = "bytes=" + std::to_string(first) + "-";
            expected = bytes.substr(first);
        }
        const Answer answer = client->get("/film", "Range: " + range + "\r\n");
        ASSERT_EQ(answer.status, 206) << range;
        ASSERT_TRUE(answer.body == expected) << range;
    }
}

TEST_P(Files, WholeFileWithItsLabels) {
    const auto client = connect();
    const Answer answer = client->get("/film");
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body == bytes);
    EXPECT_EQ(answer.field("etag"), "\"v1\"");
    EXPECT_EQ(answer.field("last-modified"), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(answer.field("accept-ranges"), "bytes");
    EXPECT_EQ(client->get("/empty").field("content-length"), "0");
}

TEST_P(Files, HeadConditionsAndRangesOutside) {
    const auto client = connect();
    client->send("HEAD /film HTTP/1.1\r\nHost: t\r\n\r\n");
    const Answer head = client->receive(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.field("content-length"), std::to_string(bytes.size()));
    EXPECT_EQ(client->get("/film", "If-None-Match: \"v1\"\r\n").status, 304);
    EXPECT_EQ(client->get("/film", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n").status, 304);
    EXPECT_EQ(client->get("/film", "If-Match: \"v0\"\r\n").status, 412);
    const Answer outside = client->get("/film", "Range: bytes=99999999-\r\n");
    EXPECT_EQ(outside.status, 416);
    EXPECT_EQ(outside.field("content-range"), "bytes */" + std::to_string(bytes.size()));
    EXPECT_EQ(outside.field("content-type"), "application/problem+json");
    EXPECT_EQ(client->get("/film", "Range: bytes=0-9\r\nIf-Range: \"v1\"\r\n").body, bytes.substr(0, 10));
    EXPECT_EQ(client->get("/film", "Range: bytes=0-9\r\nIf-Range: \"v0\"\r\n").status, 200);
    EXPECT_EQ(client->get("/film", "Range: bytes=0-9, 20-29\r\n").status, 200);
}

TEST_P(Files, PipelinedRequestsAreAnsweredInOrder) {
    const auto client = connect();
    std::string all;
    for (int i = 0; i < 50; ++i) {
        all += "GET /film HTTP/1.1\r\nHost: t\r\nRange: bytes=" + std::to_string(i * 100) + "-" +
               std::to_string(i * 100 + 99) + "\r\n\r\n";
    }
    ASSERT_TRUE(client->send(all));
    for (int i = 0; i < 50; ++i) {
        const Answer answer = client->receive();
        ASSERT_EQ(answer.status, 206);
        EXPECT_EQ(answer.body, bytes.substr(static_cast<std::size_t>(i) * 100, 100));
    }
}

// What their sockets do not take is kept in buffers that go from one to another.
TEST_P(Files, ManyWhoDoNotReadYetGetTheirOwnBytes) {
    constexpr std::size_t kMany = 12, kApart = 100'003;
    std::vector<std::unique_ptr<Client>> clients;
    for (std::size_t i = 0; i < kMany; ++i) {
        clients.push_back(connect(64 * 1024));
    }
    for (int round = 0; round < 3; ++round) {
        for (std::size_t i = 0; i < kMany; ++i) {
            ASSERT_TRUE(clients[i]->send("GET /film HTTP/1.1\r\nHost: t\r\nRange: bytes=" + std::to_string(i * kApart) +
                                         "-\r\n\r\n"));
        }
        for (std::size_t i = 0; i < kMany; ++i) {
            ASSERT_TRUE(clients[(i * 5) % kMany]->receive().body == bytes.substr((i * 5) % kMany * kApart)) << i;
        }
    }
}

TEST_P(Files, AClientThatLeavesMidFileCostsNothing) {
    for (int i = 0; i < 8; ++i) {
        const auto client = connect(4096);
        client->send("GET /film HTTP/1.1\r\nHost: t\r\n\r\n");
        EXPECT_FALSE(client->receiveSome(1000).empty());
        client->close();
    }
    EXPECT_TRUE(eventually([&] { return gateway->stats().openConnections == 0; }));
    EXPECT_EQ(connect()->get("/film").body.size(), bytes.size());
}

TEST_P(Files, AFileThatShrankEndsTheConnection) {
    writeFile("shrinking", 100);
    auto file = core::openBeneath(*root, "shrinking");
    const auto shared = std::make_shared<core::FileHandle>(std::move(*file));
    gateway.reset();
    addRoute(Method::Get, "/shrunk", [shared](const Request&) {
        return Response::file(std::move(*shared->duplicate()), 1000, "a/b", "\"s\"", 0);
    });
    start();
    const Answer answer = connect()->get("/shrunk");
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.whole);
}

// Takes a file out of the page cache. Pages that are being read ahead, sent or put in a list stay for a moment; false
// where the machine does not let the file go at all.
bool evict(int file, std::uint64_t size) {
    for (int i = 0; i < 500; ++i) {
        if (::fsync(file) == 0 && ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0 && !isResident(file, 0, size)) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

TEST_P(Files, WhatIsNotInMemoryIsFetchedFirst) {
    const auto film = core::openBeneath(*root, "film.mp4");
    if (!evict(film->get(), bytes.size())) {
        GTEST_SKIP() << "this machine keeps the file in memory";
    }
    EXPECT_TRUE(connect()->get("/film").body == bytes);
    if (!evict(film->get(), bytes.size())) {
        GTEST_SKIP() << "this machine keeps the file in memory";
    }
    const Answer part = connect()->get("/film", "Range: bytes=2500000-2600000\r\n");
    EXPECT_TRUE(part.body == bytes.substr(2'500'000, 100'001));
}

TEST_P(Files, WhatWasBroughtInIsSeenInMemory) {
    const auto film = core::openBeneath(*root, "film.mp4");
    std::ifstream(folder / "film.mp4", std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!isResident(film->get(), 0, bytes.size())) {
        GTEST_SKIP() << "this machine does not tell what is in memory";
    }
    if (!evict(film->get(), bytes.size())) {
        GTEST_SKIP() << "this machine keeps the file in memory";
    }
    EXPECT_TRUE(eventually([&] {                    // again where the machine needed the memory at once
        bringIn(film->get(), 0, 2 * bytes.size());  // past the end
        return isResident(film->get(), 0, bytes.size());
    }));
    EXPECT_TRUE(isResident(film->get(), bytes.size() + 4096, 100));  // nothing there to wait for
}

TEST_P(Files, StreamUrlsNeedTheirToken) {
    const auto client = connect();
    const Answer film = client->get("/stream/film/7/direct/x.mp4", "Range: bytes=0-9\r\n");
    EXPECT_EQ(film.status, 206);
    EXPECT_EQ(film.field("cross-origin-resource-policy"), "cross-origin");
    EXPECT_EQ(client->get("/stream/film/8/direct/x.mp4").status, 401);
    EXPECT_EQ(client->get("/stream/forged/7/direct/x.mp4").status, 401);
    EXPECT_EQ(client->get("/stream/forged/7/direct/x.mp4", "Authorization: Bearer owner\r\n").status, 401);
}

INSTANTIATE_TEST_SUITE_P(Over, Files, ::testing::Bool(), schemeName);

}  // namespace
}  // namespace marea::server::test
