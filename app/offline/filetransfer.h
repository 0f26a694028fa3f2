#pragma once

#include <memory>
#include <QObject>
#include <QUrl>

#include "core/base/result.h"
#include "core/http/httpclient.h"
#include "player/cache/httpanswer.h"

namespace marea::app {

struct TransferWish {
    QUrl url;
    QByteArray token;  // for Authorization
    QString folder;    // of its PartFile, which knows what is there
};

// Brings one file from the server into its folder, from where it broke off: by Range, as long as the server's strong
// ETag says that it is the same file, and from its start when it is another one. Disk and network each have their own
// thread; the sender waits for a slow disk. Everything here is on the GUI thread.
class FileTransfer : public QObject {
    Q_OBJECT
public:
    explicit FileTransfer(QObject* parent = nullptr);
    ~FileTransfer() override;

    // How a request is made: the client's stream().
    using Send = std::function<std::unique_ptr<core::HttpCall>(const core::HttpRequest&, core::HttpSink)>;
    void start(const TransferWish& wish, Send send);
    // What came stays. Nothing is emitted after it; returns when the disk has everything.
    void stop();
    bool running() const { return running_; }

Q_SIGNALS:
    void began(qint64 size, const QByteArray& etag);  // the server has answered
    void progressed(qint64 received);                 // a few times a second
    void completed(qint64 size);                      // read back, and in its place
    // Unavailable, Timeout, Unauthorized, NotFound, Conflict, Busy (no room on the disk), Io, Corrupt.
    void broke(const marea::core::Error& error);

private:
    struct Flow;

    struct Known;  // of the file, when it is asked for

    void onOpened(const core::Result<Known>& there);
    void ask(const Known& known);
    void onHead(const player::AnswerPlan& plan, qint64 from);
    void startAnew();
    void onEnd(const core::Result<void>& result);
    void end(const core::Result<void>& result);

    std::shared_ptr<Flow> flow_;
    TransferWish wish_;
    Send send_;
    bool running_ = false;
};

}  // namespace marea::app
