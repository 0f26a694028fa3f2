#include "core/base/log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <sstream>
#include <thread>

#include "core/base/json.h"

namespace marea::core {
namespace {

class Pipe {
public:
    Pipe() { EXPECT_EQ(::pipe(ends_), 0); }
    ~Pipe() {
        ::close(ends_[0]);
        if (ends_[1] >= 0) {
            ::close(ends_[1]);
        }
    }
    int in() const { return ends_[1]; }
    std::string all() {
        ::close(ends_[1]);
        ends_[1] = -1;
        std::string text;
        char part[4096];
        for (ssize_t n = 0; (n = ::read(ends_[0], part, sizeof part)) > 0;) {
            text.append(part, static_cast<std::size_t>(n));
        }
        return text;
    }

private:
    int ends_[2] = {-1, -1};
};

TEST(Redact, HidesSecretsAndNothingElse) {
    EXPECT_EQ(redact("GET /stream/AbC-_9/0192/direct/a.mp4"), "GET /stream/[redacted]/0192/direct/a.mp4");
    EXPECT_EQ(redact("http://h/stream/secret"), "http://h/stream/[redacted]");
    EXPECT_EQ(redact("Authorization: Bearer abc.def-_x/y"), "Authorization: Bearer [redacted]");
    EXPECT_EQ(redact("bearer abc"), "bearer [redacted]");
    EXPECT_EQ(redact("postgresql://ana:pass:w@rd@db/marea"), "postgresql://[redacted]@db/marea");
    EXPECT_EQ(redact("https://example.org/a@b"), "https://example.org/a@b");
    EXPECT_EQ(redact("grant_type=refresh_token&refresh_token=abc&x=1"),
              "grant_type=refresh_token&refresh_token=[redacted]&x=1");
    EXPECT_EQ(redact("/api/v1/events?ticket=t0p&y=2"), "/api/v1/events?ticket=[redacted]&y=2");
    EXPECT_EQ(redact("x eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln y"), "x [redacted] y");
    EXPECT_EQ(redact("/films/eyJ and /streams/x, bear"), "/films/eyJ and /streams/x, bear");
    EXPECT_EQ(redact(""), "");
}

TEST(Logger, WritesOneJsonObjectALine) {
    Pipe pipe;
    auto logger = makeLogger(pipe.in(), LogFormat::Json, LogLevel::Info);
    logger->debug("not.shown");
    logger->info("scan.finished",
                 {{"files", 3}, {"seconds", 0.5}, {"whole", true}, {"name", "a\"\\\n\x1b[2J\xff\xc2\x9bñ"}});
    const auto object = json::parse(pipe.all()).as_object();
    EXPECT_EQ(object.at("event"), "scan.finished");
    EXPECT_EQ(object.at("level"), "info");
    EXPECT_EQ(object.at("files"), 3);
    EXPECT_EQ(object.at("seconds"), 0.5);
    EXPECT_EQ(object.at("whole"), true);
    EXPECT_EQ(object.at("name"), "a\"\\\n\x1b[2J\xEF\xBF\xBD\xC2\x9Bñ");
}

TEST(Logger, HidesFieldsNamedLikeSecrets) {
    Pipe pipe;
    auto logger = makeLogger(pipe.in(), LogFormat::Text, LogLevel::Debug);
    for (const char* key : {"token", "refresh_token", "Password", "authorization", "set_cookie", "client_secret",
                            "code", "setup_code", "key"}) {
        logger->info("x", {{key, "hunter2"}});
    }
    logger->info("x", {{"url", "/stream/hunter2/a"}, {"keyboard", "shown"}, {"status_codes", "200"}});
    const std::string text = pipe.all();
    EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
    EXPECT_NE(text.find("keyboard=\"shown\""), std::string::npos) << text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Logger, LinesOfThreadsDoNotMix) {
    Pipe pipe;
    auto logger = makeLogger(pipe.in(), LogFormat::Json, LogLevel::Info);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 50; ++j) {
                logger->info("line", {{"text", std::string(100, 'x')}});
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    std::istringstream lines(pipe.all());
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        EXPECT_NO_THROW((void)json::parse(line)) << line;
    }
    EXPECT_EQ(count, 200);
}

TEST(Logger, ABrokenDescriptorIsSurvived) {
    makeLogger(-1, LogFormat::Json, LogLevel::Info)->info("x");
}

}  // namespace
}  // namespace marea::core
