#include <gtest/gtest.h>

#include <QCoreApplication>

#include "app/offline/filetransfer.h"
#include "core/http/qthttpclient.h"

namespace {

int bring(const QUrl& url, const QString& folder) {
    using namespace marea;
    core::QtHttpClient http;
    app::FileTransfer transfer;
    QObject::connect(&transfer, &app::FileTransfer::completed, [] { QCoreApplication::exit(0); });
    QObject::connect(&transfer, &app::FileTransfer::broke, [] { QCoreApplication::exit(1); });
    transfer.start({url, {}, folder},
                   [&](const core::HttpRequest& r, core::HttpSink s) { return http.stream(r, std::move(s)); });
    return QCoreApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    ::testing::InitGoogleTest(&argc, argv);
    const QCoreApplication program(argc, argv);
    const auto words = QCoreApplication::arguments();
    if (words.value(1) == QLatin1String("--bring"))
        return bring(QUrl(words.value(2)), words.value(3));
    return RUN_ALL_TESTS();
}
