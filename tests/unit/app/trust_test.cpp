// Certificates that nobody vouches for: asked about once, then known again.
#include <gtest/gtest.h>

#include "app/viewmodels/trustviewmodel.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class Trust : public testing::Test {
protected:
    std::unique_ptr<TrustViewModel> start() {
        pinned.clear();
        return std::make_unique<TrustViewModel>(
            settings,
            [this](const QUrl& server) {
                looked << server;
                QPromise<core::Result<ShownCertificate>> promise;
                promise.start();
                promise.addResult(core::Result<ShownCertificate>(shown));
                promise.finish();
                return promise.future();
            },
            [this](const QUrl& server, const QByteArray& digest) { pinned[server.toString()] = digest; });
    }
    bool asks(TrustViewModel& trust) {
        return QTest::qWaitFor([&] { return !trust.pin().isEmpty(); });
    }
    // The answer has come, and led to no question.
    bool staysQuiet(TrustViewModel& trust) {
        QCoreApplication::processEvents();
        QTest::qWait(20);
        return trust.pin().isEmpty();
    }

    QTemporaryDir folder;
    QSettings settings{folder.filePath(L("marea.conf")), QSettings::IniFormat};
    ShownCertificate shown{QByteArray(32, 'a'), L("sha256//abc="), false};
    QList<QUrl> looked;
    QHash<QString, QByteArray> pinned;
};

TEST_F(Trust, IsAskedForOnceAndKept) {
    auto trust = start();
    EXPECT_TRUE(pinned.isEmpty());
    trust->look(L("https://192.168.1.20:8470"));
    ASSERT_TRUE(asks(*trust));
    EXPECT_FALSE(trust->other());
    EXPECT_TRUE(pinned.isEmpty()) << "not before somebody says so";
    QString again;
    QObject::connect(trust.get(), &TrustViewModel::accepted, [&](const QString& address) { again = address; });
    trust->accept();
    EXPECT_EQ(again.toStdString(), "https://192.168.1.20:8470");
    EXPECT_EQ(pinned.value(L("https://192.168.1.20:8470/")), shown.digest);
    EXPECT_TRUE(trust->pin().isEmpty());

    trust = start();
    EXPECT_EQ(pinned.value(L("https://192.168.1.20:8470/")), shown.digest) << "from the start on";
    EXPECT_TRUE(trust->trusts(QUrl(L("https://192.168.1.20:8470/")), shown.digest));
    EXPECT_FALSE(trust->trusts(QUrl(L("https://192.168.1.20:8471/")), shown.digest));
    trust->look(L("https://192.168.1.20:8470"));
    EXPECT_TRUE(staysQuiet(*trust));
}

TEST_F(Trust, SaysThatACertificateIsAnother) {
    auto trust = start();
    trust->look(L("https://casa:8470"));
    ASSERT_TRUE(asks(*trust));
    trust->accept();
    shown = {QByteArray(32, 'b'), L("sha256//other="), false};
    trust->look(L("https://casa:8470"));
    ASSERT_TRUE(asks(*trust));
    EXPECT_TRUE(trust->other());
}

TEST_F(Trust, IsNotAskedForWhereAnAuthorityVouchesOrThereIsNoTls) {
    auto trust = start();
    shown.vouched = true;
    trust->look(L("https://casa.example"));
    EXPECT_TRUE(staysQuiet(*trust));
    EXPECT_EQ(looked.size(), 1);
    trust->look(L("casa:8470"));
    EXPECT_EQ(looked.size(), 1);
    trust->accept();
    EXPECT_TRUE(pinned.isEmpty());
}

}  // namespace
}  // namespace marea::app::test
