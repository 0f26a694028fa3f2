#include "player/cache/httpbytesource.h"

#include <gtest/gtest.h>

#include <mutex>
#include <QDateTime>
#include <QElapsedTimer>
#include <thread>

#include "core/http/qthttpclient.h"
#include "tests/integration/player/tinyserver.h"

namespace marea::player {
namespace {

using core::ErrorCode;
using test::TinyAnswer;
using test::TinyRequest;
using test::TinyServer;

QByteArray noise(int size) {
    QByteArray out(size, Qt::Uninitialized);
    quint32 state = 12345;
    for (char& byte : out) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return out;
}

const QByteArray& film() {
    static const QByteArray bytes = noise(5'000'000);
    return bytes;
}

struct HttpByteSourceTest : ::testing::Test {
    std::shared_ptr<core::HttpClient> http = std::make_shared<core::QtHttpClient>();
    TinyServer server{film()};

    HttpSourceOptions options() const {
        HttpSourceOptions out;
        out.url = server.url();
        out.stallAfter = std::chrono::seconds(60);  // a busy machine is no silent server
        out.giveUpAfter = std::chrono::seconds(120);
        return out;
    }
    HttpSourceOptions impatient() const {
        HttpSourceOptions out = options();
        out.stallAfter = std::chrono::milliseconds(300);
        return out;
    }

    // Reads [offset, offset + count) in pieces; what came before an error or the end.
    static QByteArray take(ByteSource& source, std::int64_t offset, std::int64_t count, core::Error* error = nullptr) {
        QByteArray out;
        std::vector<char> piece(100'000);
        while (out.size() < count) {
            const auto want = std::min<std::int64_t>(count - out.size(), static_cast<std::int64_t>(piece.size()));
            const auto got = source.read(offset + out.size(), std::span(piece.data(), static_cast<std::size_t>(want)));
            if (!got && error) {
                *error = got.error();
            }
            if (!got || *got == 0) {
                break;
            }
            out.append(piece.data(), static_cast<qsizetype>(*got));
        }
        return out;
    }
};

TEST_F(HttpByteSourceTest, GivesTheWholeFileInOrderOverFewConnections) {
    HttpByteSource source(http, options());
    EXPECT_EQ(source.size().value(), film().size());
    EXPECT_TRUE(take(source, 0, film().size() + 10) == film());
    EXPECT_LE(server.connections(), 2);
    EXPECT_EQ(source.statistics().received, film().size());
}

TEST_F(HttpByteSourceTest, JumpsGiveTheRightBytesAndASeekInTheBufferAsksNothing) {
    HttpByteSource source(http, options());
    for (const int offset : {0, 4'900'000, 100, 2'345'678, 4'999'999, 1'000'000}) {
        EXPECT_TRUE(take(source, offset, 50'000) == film().mid(offset, 50'000)) << offset;
    }
    const int before = server.requests();
    EXPECT_TRUE(take(source, 4'900'000, 50'000) == film().mid(4'900'000, 50'000));
    EXPECT_TRUE(take(source, 100, 5000) == film().mid(100, 5000));
    EXPECT_LE(server.requests(), before + 1);  // the read-ahead may have asked for its next window meanwhile
}

TEST_F(HttpByteSourceTest, ABrokenConnectionIsTakenUpWhereItBroke) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        answer.cutAfter = request.number <= 5 ? 70'001 : -1;
        return answer;
    };
    HttpByteSource source(http, options());
    EXPECT_TRUE(take(source, 0, film().size()) == film());
    bool goesOn = false;  // Qt itself may repeat a request whose answer it never saw
    for (const TinyRequest& request : server.seen()) {
        goesOn = goesOn || (request.from == 70'001 && request.header("If-Range") == "\"one\"");
    }
    EXPECT_TRUE(goesOn);
    EXPECT_EQ(source.statistics().received, film().size());
}

TEST_F(HttpByteSourceTest, ASilentServerIsReportedInWordsAndTriedAgain) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        answer.stallAfter = request.number == 1 ? 100'000 : -1;
        return answer;
    };
    auto setup = impatient();
    std::mutex mutex;
    std::vector<std::string> told;
    setup.onTrouble = [&](const std::string& reason) {
        const std::lock_guard lock(mutex);
        told.push_back(reason);
    };
    HttpByteSource source(http, setup);
    EXPECT_TRUE(take(source, 0, film().size()) == film());
    const std::lock_guard lock(mutex);
    ASSERT_GE(told.size(), 2U);
    EXPECT_EQ(told.front(), "The server stopped answering");
    EXPECT_EQ(told.back(), "");
}

TEST_F(HttpByteSourceTest, AServerThatNeverAnswersFailsSoon) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.stallAfter = 0;
        return answer;
    };
    auto setup = impatient();
    setup.giveUpAfter = std::chrono::milliseconds(600);
    HttpByteSource source(http, setup);
    core::Error error;
    EXPECT_TRUE(take(source, 0, 10, &error).isEmpty());
    EXPECT_EQ(error.code, ErrorCode::Timeout);
    EXPECT_EQ(error.text, "The server stopped answering");
}

TEST_F(HttpByteSourceTest, AFileThatChangedIsAnErrorNotAMix) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        answer.cutAfter = request.number == 1 ? 200'000 : -1;
        if (request.number > 1) {
            answer.status = 200;  // what If-Range asks for then
            answer.headers = {{"ETag", "\"two\""}};
        }
        return answer;
    };
    HttpByteSource source(http, options());
    core::Error error;
    const QByteArray got = take(source, 0, film().size(), &error);
    EXPECT_TRUE(film().startsWith(got));
    EXPECT_EQ(error.code, ErrorCode::Conflict);
    EXPECT_EQ(error.text, "The file changed on the server while it was playing");
}

TEST_F(HttpByteSourceTest, AFileThatShrankIsAnError) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        if (request.number > 1) {
            answer.status = 416;
            answer.headers = {{"Content-Range", "bytes */1000"}};
        }
        return answer;
    };
    HttpByteSource source(http, options());
    core::Error error;
    take(source, 0, film().size(), &error);
    EXPECT_EQ(error.code, ErrorCode::Conflict);
}

TEST_F(HttpByteSourceTest, ARedirectToAnotherServerIsRefused) {
    TinyServer other(film());
    server.decide = [&](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 302;
        answer.headers = {{"Location", other.url().toEncoded()}};
        return answer;
    };
    HttpByteSource source(http, options());
    core::Error error;
    EXPECT_TRUE(take(source, 0, 10, &error).isEmpty());
    EXPECT_EQ(error.code, ErrorCode::Forbidden);
    EXPECT_EQ(other.connections(), 0);
}

TEST_F(HttpByteSourceTest, ARedirectWithinTheServerIsFollowed) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        if (request.path == "/film.mkv") {
            answer.status = 307;
            answer.headers = {{"Location", "/elsewhere.mkv"}};
        }
        return answer;
    };
    HttpByteSource source(http, options());
    EXPECT_TRUE(take(source, 0, film().size()) == film());
}

TEST_F(HttpByteSourceTest, ARefusedTokenIsRenewedOnce) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        answer.status = request.path == "/fresh" ? 206 : 401;
        return answer;
    };
    auto setup = options();
    int asked = 0;
    setup.renew = [&](const std::function<void(const FreshUrl&)>& done) {
        ++asked;
        done({server.url("/fresh"), 0});
    };
    HttpByteSource source(http, setup);
    EXPECT_TRUE(take(source, 0, film().size()) == film());
    EXPECT_EQ(asked, 1);
}

TEST_F(HttpByteSourceTest, ATokenAboutToRunOutIsRenewedBeforeItIsRefused) {
    auto setup = options();
    setup.expiresAt = QDateTime::currentMSecsSinceEpoch() + 1000;
    setup.renew = [&](const std::function<void(const FreshUrl&)>& done) { done({server.url("/fresh"), 0}); };
    HttpByteSource source(http, setup);
    EXPECT_TRUE(take(source, 0, film().size()) == film());
    for (const TinyRequest& request : server.seen()) {
        EXPECT_EQ(request.path, "/fresh");
    }
}

TEST_F(HttpByteSourceTest, ARenewalToAnotherServerIsRefused) {
    TinyServer other(film());
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 403;
        return answer;
    };
    auto setup = options();
    setup.renew = [&](const std::function<void(const FreshUrl&)>& done) { done({other.url(), 0}); };
    HttpByteSource source(http, setup);
    core::Error error;
    EXPECT_TRUE(take(source, 0, 10, &error).isEmpty());
    EXPECT_EQ(error.code, ErrorCode::Unauthorized);
    EXPECT_EQ(other.connections(), 0);
}

TEST_F(HttpByteSourceTest, CancelEndsAWaitingReadAtOnce) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.stallAfter = 10;
        return answer;
    };
    auto setup = options();
    setup.stallAfter = std::chrono::minutes(5);
    HttpByteSource source(http, setup);
    std::thread reader([&] {
        char byte[20];
        while (true) {
            const auto got = source.read(100'000, byte);
            if (!got) {
                EXPECT_EQ(got.error().code, ErrorCode::Cancelled);
                return;
            }
        }
    });
    source.size().value();
    source.cancel();
    reader.join();
}

TEST_F(HttpByteSourceTest, TheBufferStaysBounded) {
    auto setup = options();
    setup.ahead = 1'000'000;
    setup.behind = 500'000;
    HttpByteSource source(http, setup);
    EXPECT_TRUE(take(source, 0, film().size()) == film());
    std::int64_t held = 0;
    for (const auto& [begin, end] : source.statistics().buffered) {
        held += end - begin;
    }
    EXPECT_LE(held, 1'500'000 + 400'000);
    EXPECT_TRUE(take(source, 0, 500'000) == film().left(500'000));
}

TEST_F(HttpByteSourceTest, AnEmptyFileEndsAtOnce) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 416;
        answer.headers = {{"Content-Range", "bytes */0"}};
        return answer;
    };
    HttpByteSource source(http, options());
    EXPECT_EQ(source.size().value(), 0);
    EXPECT_TRUE(take(source, 0, 10).isEmpty());
}

}  // namespace
}  // namespace marea::player
