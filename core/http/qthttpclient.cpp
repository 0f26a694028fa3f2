#include "core/http/qthttpclient.h"

#include <QFutureWatcher>
#include <QMutexLocker>
#include <QPromise>

#include "core/http/qthttpcall.h"

namespace marea::core {

// Owns the network objects; everything in it happens on the client's thread.
class QtHttpClient::Worker : public QObject {
public:
    explicit Worker(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

    QtHttpCall* begin(const HttpRequest& request, HttpSink sink, std::shared_ptr<QtHttpCall::Control> control) {
        if (!network_) {
            network_ = new QNetworkAccessManager(this);
        }
        auto* call = new QtHttpCall(*network_, *shared_, request, std::move(sink), std::move(control), this);
        call->start();
        return call;
    }

private:
    std::shared_ptr<Shared> shared_;
    QNetworkAccessManager* network_ = nullptr;
};

namespace {

// What the caller of stream() holds: flags at once, the rest on the client's thread.
class StreamCall : public HttpCall {
public:
    using Slot = std::shared_ptr<QPointer<QtHttpCall>>;

    StreamCall(QObject* worker, std::shared_ptr<QtHttpCall::Control> control, Slot slot)
        : worker_(worker), control_(std::move(control)), slot_(std::move(slot)) {}
    ~StreamCall() override { cancel(); }

    void cancel() override {
        if (!control_->cancelled.exchange(true)) {
            later([](QtHttpCall& call) { call.cancel(); });
        }
    }

    void setPaused(bool paused) override {
        if (control_->paused.exchange(paused) && !paused) {
            later([](QtHttpCall& call) { call.resume(); });
        }
    }

private:
    void later(void (*act)(QtHttpCall&)) {
        if (!worker_) {
            return;
        }
        QMetaObject::invokeMethod(
            worker_,
            [slot = slot_, act] {
                if (*slot) {
                    act(**slot);
                }
            },
            Qt::QueuedConnection);
    }

    QPointer<QObject> worker_;
    std::shared_ptr<QtHttpCall::Control> control_;
    Slot slot_;
};

// Gathers a whole answer for send().
struct Gathered {
    QPromise<Result<HttpResponse>> promise;
    HttpResponse response;
    qint64 limit = 0;
    bool tooLarge = false;

    void finish(Result<HttpResponse> result) {
        promise.addResult(std::move(result));
        promise.finish();
    }
};

void take(Gathered& all, const QByteArray& piece) {
    all.tooLarge = all.tooLarge || all.response.body.size() + piece.size() > all.limit;
    if (!all.tooLarge) {
        all.response.body += piece;
    }
}

void complete(Gathered& all, const Result<void>& result) {
    if (!result) {
        return all.finish(unexpected<Error>(result.error()));
    }
    if (all.tooLarge) {
        return all.finish(fail(ErrorCode::TooLarge, QT_TRANSLATE_NOOP("Player", "The server's answer is too large")));
    }
    all.finish(std::move(all.response));
}

}  // namespace

QtHttpClient::QtHttpClient(QtHttpClientOptions options) : shared_(std::make_shared<Shared>()) {
    shared_->options = std::move(options);
    worker_ = new Worker(shared_);
    worker_->moveToThread(&thread_);
    QObject::connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
    thread_.setObjectName(QStringLiteral("http"));
    thread_.start();
}

QtHttpClient::~QtHttpClient() {
    thread_.quit();
    thread_.wait();
}

void QtHttpClient::setCertificatePin(const QUrl& origin, const QByteArray& sha256) {
    const QMutexLocker lock(&shared_->mutex);
    if (sha256.isEmpty()) {
        shared_->pins.remove(originOf(origin));
    } else {
        shared_->pins.insert(originOf(origin), sha256);
    }
}

void QtHttpClient::setLanguage(const QByteArray& tag) {
    const QMutexLocker lock(&shared_->mutex);
    shared_->language = tag;
}

QFuture<Result<HttpResponse>> QtHttpClient::send(const HttpRequest& request) {
    auto all = std::make_shared<Gathered>();
    all->limit = request.maxBody;
    all->promise.start();
    const QFuture<Result<HttpResponse>> future = all->promise.future();
    HttpSink sink;
    sink.head = [all](int status, const HttpHeaders& headers) {
        all->response.status = status;
        all->response.headers = headers;
    };
    sink.data = [all](const QByteArray& piece) { take(*all, piece); };
    sink.done = [all](const Result<void>& result) { complete(*all, result); };
    QMetaObject::invokeMethod(
        worker_,
        [worker = worker_, request, sink, future] {
            QtHttpCall* call = worker->begin(request, sink, std::make_shared<QtHttpCall::Control>());
            auto* watcher = new QFutureWatcher<Result<HttpResponse>>(call);
            QObject::connect(watcher, &QFutureWatcherBase::canceled, call, &QtHttpCall::cancel);
            watcher->setFuture(future);
        },
        Qt::QueuedConnection);
    return future;
}

std::unique_ptr<HttpCall> QtHttpClient::stream(const HttpRequest& request, HttpSink sink) {
    auto control = std::make_shared<QtHttpCall::Control>();
    auto slot = std::make_shared<QPointer<QtHttpCall>>();
    QMetaObject::invokeMethod(
        worker_,
        [worker = worker_, request, sink = std::move(sink), control, slot] {
            *slot = worker->begin(request, sink, control);
        },
        Qt::QueuedConnection);
    return std::make_unique<StreamCall>(worker_, control, slot);
}

}  // namespace marea::core
