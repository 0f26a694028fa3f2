#include "app/offline/filetransfer.h"

#include <atomic>
#include <mutex>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <QThreadPool>

#include "app/offline/partfile.h"

namespace marea::app {

using core::Error;
using core::ErrorCode;
using core::Result;
using Action = player::AnswerPlan::Action;

namespace {

constexpr qint64 kMostUnwritten = 8 << 20, kFewUnwritten = 2 << 20;  // bytes on their way to the disk
constexpr int kTellEveryMs = 250;
constexpr std::chrono::milliseconds kStall{30'000};

}  // namespace

struct FileTransfer::Known {
    qint64 bytes = 0, whole = -1;
    QByteArray etag;
};

// What the threads of network, disk and GUI share of one transfer. `disk` has one thread: what it is given comes in
// order, and only it touches `part`.
struct FileTransfer::Flow : std::enable_shared_from_this<FileTransfer::Flow> {
    Flow(FileTransfer* transfer, const QString& folder) : part(folder), owner(transfer) {
        disk.setMaxThreadCount(1);
        disk.setExpiryTimeout(-1);
        told.start();
    }

    void tell(std::function<void(FileTransfer&)> what) {
        QMetaObject::invokeMethod(
            qApp,
            [flow = shared_from_this(), what = std::move(what)] {
                if (flow->owner && !flow->stopped)
                    what(*flow->owner);
            },
            Qt::QueuedConnection);
    }
    void onData(const QByteArray& piece) {
        if (!taking || stopped)
            return;
        if ((unwritten += piece.size()) > kMostUnwritten)
            pause(true);
        disk.start([flow = shared_from_this(), piece] { flow->write(piece); });
    }
    Known known() const { return {part.size(), part.whole(), part.etag()}; }
    void check(const Result<void>& done) {
        if (done || failed)
            return;
        failed = true;
        tell([error = done.error()](FileTransfer& t) { t.end(tl::make_unexpected(error)); });
    }
    void write(const QByteArray& piece) {
        if (!failed)
            check(part.append(piece));
        if ((unwritten -= piece.size()) < kFewUnwritten)
            pause(false);
        if (told.elapsed() > kTellEveryMs) {
            told.start();
            tell([size = part.size()](FileTransfer& t) { Q_EMIT t.progressed(size); });
        }
    }
    void pause(bool on) {
        const std::lock_guard lock(mutex);
        if (call && paused != on) {
            paused = on;
            call->setPaused(on);
        }
    }
    void setCall(std::unique_ptr<core::HttpCall> next) {
        std::unique_ptr<core::HttpCall> before;
        const std::lock_guard lock(mutex);
        before = std::move(call);
        call = std::move(next);
        paused = false;
    }

    PartFile part;
    QThreadPool disk;
    QPointer<FileTransfer> owner;  // looked at on the GUI thread only
    std::atomic<bool> taking = false, stopped = false;
    bool failed = false;  // of the disk's thread, as `told`
    QElapsedTimer told;
    std::atomic<qint64> unwritten = 0;
    std::mutex mutex;
    std::unique_ptr<core::HttpCall> call;
    bool paused = false;
};

FileTransfer::FileTransfer(QObject* parent) : QObject(parent) {}

FileTransfer::~FileTransfer() {
    stop();
}

void FileTransfer::start(const TransferWish& wish, Send send) {
    stop();
    wish_ = wish;
    send_ = std::move(send);
    running_ = true;
    flow_ = std::make_shared<Flow>(this, wish.folder);
    flow_->disk.start([flow = flow_] {
        const auto there = flow->part.open().map([&](qint64) { return flow->known(); });
        flow->tell([there](FileTransfer& t) { t.onOpened(there); });
    });
}

void FileTransfer::stop() {
    running_ = false;
    if (!flow_)
        return;
    flow_->stopped = true;
    flow_->setCall(nullptr);
    flow_->disk.waitForDone();
    flow_->part.close();
    flow_.reset();
}

void FileTransfer::onOpened(const Result<Known>& there) {
    if (!there)
        return end(tl::make_unexpected(there.error()));
    if (there->whole >= 0 && there->bytes == there->whole)
        return onEnd({});  // killed between the last byte and its end
    ask(*there);
}

void FileTransfer::ask(const Known& known) {
    const qint64 from = known.bytes;
    core::HttpRequest request = core::HttpRequest::get(wish_.url, wish_.token);
    request.timeout = kStall;
    request.headers.emplaceBack("Range", "bytes=" + QByteArray::number(from) + "-");
    request.headers.emplaceBack("Accept-Encoding", "identity");
    if (from > 0)
        request.headers.emplaceBack("If-Range", known.etag);
    const player::TitleState state{from, from > 0 ? known.whole : -1, from > 0 ? known.etag : QByteArray()};
    core::HttpSink sink;
    sink.head = [flow = flow_, state](int status, const core::HttpHeaders& headers) {
        const auto plan = player::judgeAnswer(status, headers, state);
        flow->taking = plan.action == Action::Take;
        if (flow->taking)  // on the disk before the first of its bytes
            flow->disk.start([flow, plan] { flow->check(flow->part.describe(plan.etag, plan.size)); });
        flow->tell([plan, from = state.asked](FileTransfer& t) { t.onHead(plan, from); });
    };
    sink.data = [flow = flow_](const QByteArray& piece) { flow->onData(piece); };
    sink.done = [flow = flow_](const Result<void>& result) {
        if (!flow->taking && result)
            return;  // its head told why
        // After everything that is on its way to the disk.
        flow->disk.start([flow, result] { flow->tell([result](FileTransfer& t) { t.onEnd(result); }); });
    };
    auto call = send_(request, std::move(sink));
    if (!call)
        return end(core::fail(ErrorCode::Unavailable, {}, "no connection"));
    flow_->setCall(std::move(call));
}

void FileTransfer::onHead(const player::AnswerPlan& plan, qint64 from) {
    if (plan.action == Action::Take || plan.action == Action::Empty)
        Q_EMIT began(plan.size, plan.etag);
    if (!running_ || plan.action == Action::Take)
        return;
    if (plan.action == Action::Empty)
        return onEnd({});
    const bool another = plan.error.code == ErrorCode::Conflict && from > 0;
    another ? startAnew() : end(tl::make_unexpected(plan.error));
}

// It is another file by now.
void FileTransfer::startAnew() {
    flow_->setCall(nullptr);
    flow_->disk.start([flow = flow_] {
        const auto none = flow->part.restart().map([&] { return flow->known(); });
        flow->tell([none](FileTransfer& t) { t.onOpened(none); });
    });
}

// Everything that came is on the disk. Whole, it is read back.
void FileTransfer::onEnd(const Result<void>& result) {
    if (!result)
        return end(result);
    flow_->disk.start([flow = flow_] {
        Result<void> done;
        if (flow->part.whole() >= 0 && flow->part.size() != flow->part.whole())
            done = core::fail(ErrorCode::Unavailable, {}, "the answer was cut short");
        else
            done = flow->part.finish(flow->stopped);
        flow->tell([done](FileTransfer& t) { t.end(done); });
    });
}

void FileTransfer::end(const Result<void>& result) {
    const auto flow = flow_;
    stop();
    if (result)
        Q_EMIT completed(flow->part.size());
    else
        Q_EMIT broke(result.error());
}

}  // namespace marea::app
