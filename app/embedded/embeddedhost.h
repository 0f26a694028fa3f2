#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <QObject>
#include <QThread>

#include "app/embedded/announcer.h"
#include "app/viewmodels/ownlibrary.h"

namespace marea::server {
class HomeHost;
}

namespace marea::app {

// OwnLibrary by a whole server inside this program, on a thread of its own (and the server's), which begin with the
// first question.
class EmbeddedHost final : public OwnLibrary {
public:
    struct Options {
        QString folder;              // where it keeps everything; made when missing
        QString workerProgram = {};  // empty: beside this program
        Announcer* announcer = nullptr;
        std::chrono::milliseconds ease{0};  // folders are read and workers started so long after it began
    };
    explicit EmbeddedHost(Options options);
    ~EmbeddedHost() override;  // waits for its end

    void begin();  // without a question, as one will come

    // False: it has not ended within that time, and the process may end without it; nothing is lost.
    bool shutDown(std::chrono::milliseconds patience);

    Reply<LibraryEntrance> enter() override;
    Reply<QJsonObject> ask(const QByteArray& method, const QString& path, const QJsonObject& body) override;
    Reply<SharedAt> share(const SharingWish& wish) override;
    Reply<bool> stopSharing() override;
    Reply<QString> guestCode() override;
    Reply<QList<LibraryGuest>> guests() override;
    Reply<bool> endGuest(const QString& id) override;

private:
    template <class T>
    Reply<T> run(std::function<core::Result<T>(server::HomeHost&)> work);
    core::Result<server::HomeHost*> running();  // on the thread

    Options options_;
    QThread thread_;
    QObject desk_;  // lives on the thread: what is sent to it is done there, in order
    std::unique_ptr<server::HomeHost> host_;
    bool ended_ = false;
};

}  // namespace marea::app
