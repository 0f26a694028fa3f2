#include "app/offline/filetransfer.h"

#include <gtest/gtest.h>

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include "app/offline/partfile.h"
#include "core/http/qthttpclient.h"
#include "tests/integration/player/tinyserver.h"
#include "tests/integration/player/waiting.h"

namespace marea::app {
namespace {

using core::ErrorCode;
using test::TinyAnswer;
using test::TinyRequest;
using test::TinyServer;
using test::waitFor;

QByteArray noise(int size) {
    QByteArray out(size, Qt::Uninitialized);
    quint32 state = 99;
    for (char& byte : out)
        byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    return out;
}

const QByteArray& film() {
    static const QByteArray bytes = noise(6'000'000);
    return bytes;
}

struct FileTransferTest : testing::Test {
    core::QtHttpClient http;
    TinyServer server{film()};
    QTemporaryDir place;
    const QString folder = place.filePath(QStringLiteral("title"));
    FileTransfer transfer;
    std::optional<ErrorCode> error;
    qint64 size = -1, whole = -1;
    QByteArray etag;

    FileTransferTest() {
        QObject::connect(&transfer, &FileTransfer::began, [this](qint64 bytes, const QByteArray& tag) {
            size = bytes;
            etag = tag;
        });
        QObject::connect(&transfer, &FileTransfer::completed, [this](qint64 bytes) { whole = bytes; });
        QObject::connect(&transfer, &FileTransfer::broke, [this](const core::Error& e) { error = e.code; });
    }
    void run() {
        error.reset();
        whole = -1;
        transfer.start({server.url(), "token", folder},
                       [this](const core::HttpRequest& r, core::HttpSink s) { return http.stream(r, std::move(s)); });
        ASSERT_TRUE(waitFor([&] { return error || whole >= 0; }));
    }
    QByteArray file() const {
        QFile f(PartFile::mediaPath(folder));
        return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
    }
};

TEST_F(FileTransferTest, BringsAFileWithTheTokenOfItsUser) {
    run();
    EXPECT_EQ(whole, film().size());
    EXPECT_TRUE(file() == film());
    EXPECT_EQ(server.seen()[0].header("Authorization"), "Bearer token");
}

TEST_F(FileTransferTest, GoesOnAtTheByteWhereItBroke) {
    // By the place alone: Qt asks once more by itself where a connection ends before it has looked at the answer.
    server.decide = [](const TinyRequest& r) {
        TinyAnswer answer;
        answer.cutAfter = r.from < 3'000'000 ? 1'300'000 : -1;
        return answer;
    };
    int broken = 0;
    for (run(); error && broken < 50; run()) {
        EXPECT_EQ(error, ErrorCode::Unavailable);
        ++broken;
    }
    EXPECT_GE(broken, 3);
    EXPECT_TRUE(file() == film());
    const auto seen = server.seen();
    for (std::size_t i = 1; i < seen.size(); ++i) {
        EXPECT_GE(seen[i].from, seen[i - 1].from);  // a connection that breaks may take what has just come with it
        EXPECT_EQ(seen[i].header("If-Range").isEmpty(), seen[i].from == 0);
    }
    EXPECT_GT(seen.back().from, 0);
}

TEST_F(FileTransferTest, AnotherFileOnTheServerBeginsAnew) {
    server.decide = [](const TinyRequest& r) {
        TinyAnswer answer;
        answer.cutAfter = r.number == 1 ? 1'300'000 : -1;
        return answer;
    };
    run();
    server.decide = [](const TinyRequest& r) {
        TinyAnswer answer;
        answer.status = r.number == 2 ? 200 : 206;  // If-Range is another's
        answer.headers = {{"ETag", "\"two\""}};
        return answer;
    };
    run();
    EXPECT_TRUE(file() == film());
    EXPECT_EQ(server.seen().back().from, 0);
}

TEST_F(FileTransferTest, WithoutAStrongTagNothingIsPutTogether) {
    PartFile part(folder);
    ASSERT_TRUE(part.open());
    ASSERT_TRUE(part.describe("W/\"weak\"", film().size()));
    ASSERT_TRUE(part.append("bytes of long ago"));
    part.close();
    run();
    EXPECT_TRUE(file() == film());
    EXPECT_EQ(server.seen()[0].from, 0);
}

TEST_F(FileTransferTest, SaysWhatTheServerSays) {
    for (const auto& [status, code] :
         {std::pair{401, ErrorCode::Unauthorized}, {404, ErrorCode::NotFound}, {503, ErrorCode::Unavailable}}) {
        server.decide = [status = status](const TinyRequest&) {
            TinyAnswer answer;
            answer.status = status;
            return answer;
        };
        run();
        EXPECT_EQ(error, code) << status;
    }
    EXPECT_TRUE(file().isEmpty());
}

TEST_F(FileTransferTest, StoppedItKeepsWhatCame) {
    server.decide = [](const TinyRequest& r) {
        TinyAnswer answer;
        answer.stallAfter = r.number == 1 ? 2'000'000 : -1;
        return answer;
    };
    transfer.start({server.url(), {}, folder},
                   [this](const core::HttpRequest& r, core::HttpSink s) { return http.stream(r, std::move(s)); });
    const auto there = [&] { return QFileInfo(PartFile::partPath(folder)).size(); };
    ASSERT_TRUE(waitFor([&] { return there() > 1'000'000; }));
    transfer.stop();
    EXPECT_FALSE(error);
    run();
    EXPECT_TRUE(file() == film());
    EXPECT_GT(server.seen()[1].from, 1'000'000);
}

// A program of its own that brings the file, so that it can be killed: this test's, called with these words.
TEST_F(FileTransferTest, KilledTwentyTimesTheFileIsWhole) {
    server.decide = [](const TinyRequest& r) {
        TinyAnswer answer;
        answer.stallAfter = r.number <= 20 ? 250'000 + 1000 * r.number : -1;
        return answer;
    };
    const auto there = [&] { return QFileInfo(PartFile::partPath(folder)).size(); };
    const auto start = [&](QProcess& process) {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("--bring"), server.url().toString(), folder});
    };
    for (int i = 0; i < 20; ++i) {
        const qint64 before = there();
        QProcess process;
        start(process);
        ASSERT_TRUE(waitFor([&] { return there() > before + 1000 * i; })) << "nothing came in round " << i;
        process.kill();
        ASSERT_TRUE(process.waitForFinished(-1));
    }
    QProcess last;
    start(last);
    ASSERT_TRUE(last.waitForFinished(-1));
    EXPECT_EQ(last.exitCode(), 0);
    const auto hash = [](const QByteArray& bytes) {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    };
    EXPECT_EQ(hash(file()), hash(film()));
}

}  // namespace
}  // namespace marea::app
