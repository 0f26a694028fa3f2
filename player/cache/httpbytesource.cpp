#include "player/cache/httpbytesource.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <QDateTime>

#include <limits>
#include <optional>

#include "player/cache/blockbuffer.h"
#include "player/cache/httpanswer.h"

namespace marea::player {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

// A request asks for a window that grows while reading goes straight on: the jumps at a film's start (header, index at
// the end, header again) then find their connection free instead of tearing it down.
constexpr std::int64_t firstWindow = 512 << 10;
constexpr std::int64_t lastWindow = 8 << 20;
constexpr std::int64_t waitRatherThanSeek = 256 << 10;  // bytes still to come on the running request
constexpr int maxRenewals = 2;                          // in a row
constexpr qint64 renewBeforeMs = 60'000;
constexpr milliseconds errorHolds{3000};  // reads that follow a failure fail at once; later ones try again

bool sameOrigin(const QUrl& a, const QUrl& b) {
    const auto port = [](const QUrl& url) { return url.port(url.scheme() == QLatin1String("https") ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

}  // namespace

// The state that reader, client thread and canceller share. Every member is guarded by mutex_.
class HttpByteSource::Fetcher : public std::enable_shared_from_this<HttpByteSource::Fetcher> {
public:
    using Lock = std::unique_lock<std::mutex>;

    // The client is used until cancel() only. It is not owned here: a late callback, on the client's own thread, may be
    // the last to hold this object.
    Fetcher(core::HttpClient& client, HttpSourceOptions options)
        : client_(client), options_(std::move(options)), buffer_(options_.ahead, options_.behind) {}

    void begin() {
        Lock lock(mutex_);
        fetch(lock, 0);
    }
    Result<std::int64_t> size();
    Result<std::size_t> read(std::int64_t offset, std::span<char> out);
    void cancel();
    StreamStatistics statistics();

private:
    bool reaches(std::int64_t offset) const;
    void fetch(Lock& lock, std::int64_t at);
    void renew(Lock& lock);
    void renewed(const FreshUrl& fresh);
    void goOn(Lock& lock);
    void awaitBytes(Lock& lock, std::int64_t offset);
    void onHead(int generation, int status, const core::HttpHeaders& headers);
    void onData(int generation, const QByteArray& piece);
    void onDone(int generation, const Result<void>& result);
    void trouble(Lock& lock, const Error& error, int retryAfterMs = 0);
    void give(const Error& error);
    void dropCall();
    void measure(std::int64_t bytes);
    void tell(Lock& lock, const std::string& reason);

    core::HttpClient& client_;
    HttpSourceOptions options_;

    std::mutex mutex_;
    std::condition_variable changed_;
    BlockBuffer buffer_;
    std::unique_ptr<core::HttpCall> call_;
    int generation_ = 0;   // of call_: callbacks of an older one are ignored
    bool taking_ = false;  // the running answer's body belongs to the title
    bool paused_ = false;
    std::int64_t asked_ = 0;  // first byte of the running request
    std::int64_t next_ = 0;   // byte that comes next on it
    std::int64_t end_ = 0;    // where it ends
    std::int64_t window_ = firstWindow;
    std::int64_t reading_ = 0;
    std::int64_t size_ = -1;
    bool sizeKnown_ = false;
    QByteArray etag_;
    bool cancelled_ = false;
    bool renewing_ = false;
    int renewals_ = 0;
    int attempts_ = 0;
    bool troubled_ = false;
    Clock::time_point troubleSince_, retryAt_, failedAt_;
    std::optional<Error> failed_;
    std::int64_t received_ = 0, measured_ = 0;
    Clock::time_point measureSince_ = Clock::now();
    double rate_ = 0;
    int requests_ = 0;
};

void HttpByteSource::Fetcher::dropCall() {
    ++generation_;
    call_.reset();
    taking_ = paused_ = false;
}

// Starts a request for the window from `at` on. The lock is let go while the client is called.
void HttpByteSource::Fetcher::fetch(Lock& lock, std::int64_t at) {
    dropCall();
    if (cancelled_) {
        return;
    }
    if (options_.renew && options_.expiresAt > 0 &&
        QDateTime::currentMSecsSinceEpoch() > options_.expiresAt - renewBeforeMs && renewals_ < maxRenewals) {
        return renew(lock);
    }
    asked_ = next_ = at;
    end_ = sizeKnown_ && size_ > at ? std::min(at + window_, size_) : at + window_;
    core::HttpRequest request;
    request.url = options_.url;
    request.timeout = options_.stallAfter;
    request.headers.emplaceBack(
        "Range", "bytes=" + QByteArray::number(qlonglong(at)) + "-" + QByteArray::number(qlonglong(end_ - 1)));
    request.headers.emplaceBack("Accept-Encoding", "identity");
    if (!etag_.isEmpty() && !etag_.startsWith("W/")) {
        request.headers.emplaceBack("If-Range", etag_);
    }
    ++requests_;
    core::HttpSink sink;
    sink.head = [self = shared_from_this(), g = generation_](int status, const core::HttpHeaders& headers) {
        self->onHead(g, status, headers);
    };
    sink.data = [self = shared_from_this(), g = generation_](const QByteArray& piece) { self->onData(g, piece); };
    sink.done = [self = shared_from_this(), g = generation_](const Result<void>& result) { self->onDone(g, result); };
    call_ = client_.stream(request, std::move(sink));  // only queues the work
}

void HttpByteSource::Fetcher::renew(Lock& lock) {
    dropCall();
    ++renewals_;
    renewing_ = true;
    if (!troubled_) {
        troubled_ = true;
        troubleSince_ = Clock::now();
    }
    auto done = [weak = weak_from_this()](const FreshUrl& fresh) {
        if (auto self = weak.lock()) {
            self->renewed(fresh);
        }
    };
    lock.unlock();
    options_.renew(std::move(done));
    lock.lock();
}

void HttpByteSource::Fetcher::renewed(const FreshUrl& fresh) {
    Lock lock(mutex_);
    if (!renewing_) {
        return;
    }
    renewing_ = false;
    if (fresh.url.isEmpty() || !sameOrigin(fresh.url, options_.url)) {
        give(Error{ErrorCode::Unauthorized, "no fresh url",
                   QT_TRANSLATE_NOOP("Player", "The server no longer lets this device play this")});
    } else {
        options_.url = fresh.url;
        options_.expiresAt = fresh.expiresAt;
        retryAt_ = {};
    }
    changed_.notify_all();
}

bool HttpByteSource::Fetcher::reaches(std::int64_t offset) const {
    return call_ && next_ <= offset && offset < end_ && offset - next_ <= waitRatherThanSeek;
}

// After bytes were taken or a window ended: wakes the sender, or asks for the next window.
void HttpByteSource::Fetcher::goOn(Lock& lock) {
    const std::int64_t room = reading_ + options_.ahead * 3 / 4;
    if (call_) {
        if (paused_ && next_ < room) {
            paused_ = false;
            call_->setPaused(false);
        }
        return;
    }
    const bool resting = troubled_ && Clock::now() < retryAt_;
    if (cancelled_ || renewing_ || failed_ || resting || !sizeKnown_ || size_ < 0) {
        return;
    }
    const std::int64_t gap = buffer_.gapAfter(reading_);
    if (gap < size_ && gap < room) {
        fetch(lock, gap);
    }
}

// Sees to it that `offset` will come, and waits for a change.
void HttpByteSource::Fetcher::awaitBytes(Lock& lock, std::int64_t offset) {
    const bool due = Clock::now() >= retryAt_;
    if (!renewing_ && due && !reaches(offset)) {
        if (call_) {
            window_ = firstWindow;  // a jump
        }
        reading_ = offset;
        fetch(lock, buffer_.gapAfter(offset - offset % BlockBuffer::blockSize));
    } else if (call_ && paused_) {
        paused_ = false;
        call_->setPaused(false);
    }
    if (renewing_ && troubled_ && Clock::now() - troubleSince_ > options_.giveUpAfter) {
        renewing_ = false;
        give(Error{ErrorCode::Timeout, "renewal", QT_TRANSLATE_NOOP("Player", "The server stopped answering")});
        return;
    }
    changed_.wait_for(lock, due ? milliseconds(500)
                                : std::chrono::duration_cast<milliseconds>(retryAt_ - Clock::now()) + milliseconds(1));
}

Result<std::int64_t> HttpByteSource::Fetcher::size() {
    Lock lock(mutex_);
    while (!sizeKnown_) {
        if (cancelled_) {
            return fail(ErrorCode::Cancelled, "Cancelled");
        }
        if (failed_) {
            return core::unexpected<Error>(*failed_);
        }
        awaitBytes(lock, 0);
    }
    return size_;
}

Result<std::size_t> HttpByteSource::Fetcher::read(std::int64_t offset, std::span<char> out) {
    Lock lock(mutex_);
    if (failed_ && Clock::now() - failedAt_ > errorHolds && failed_->code != ErrorCode::Conflict) {
        failed_.reset();
        troubled_ = false;
        attempts_ = renewals_ = 0;
        retryAt_ = {};
    }
    for (;;) {
        if (cancelled_) {
            return fail(ErrorCode::Cancelled, "Cancelled");
        }
        if (const std::size_t got = buffer_.copy(offset, out)) {
            reading_ = offset + static_cast<std::int64_t>(got);
            buffer_.trim(reading_);
            goOn(lock);
            return got;
        }
        if (sizeKnown_ && size_ >= 0 && offset >= size_) {
            return 0;
        }
        if (failed_) {
            return core::unexpected<Error>(*failed_);
        }
        awaitBytes(lock, offset);
    }
}

void HttpByteSource::Fetcher::cancel() {
    Lock lock(mutex_);
    cancelled_ = true;
    dropCall();
    changed_.notify_all();
}

void HttpByteSource::Fetcher::onHead(int generation, int status, const core::HttpHeaders& headers) {
    Lock lock(mutex_);
    if (generation != generation_) {
        return;
    }
    const AnswerPlan plan = judgeAnswer(status, headers, TitleState{asked_, size_, etag_});
    switch (plan.action) {
        case AnswerPlan::Action::Take:
        case AnswerPlan::Action::Empty:
            taking_ = plan.action == AnswerPlan::Action::Take;
            next_ = plan.begin;
            end_ = plan.end >= 0 ? plan.end : std::numeric_limits<std::int64_t>::max();
            size_ = plan.size;
            etag_ = plan.etag;
            sizeKnown_ = true;
            renewals_ = 0;
            break;
        case AnswerPlan::Action::Renew:
            if (options_.renew && renewals_ < maxRenewals) {
                renew(lock);
            } else {
                give(plan.error);
            }
            break;
        case AnswerPlan::Action::Retry:
            trouble(lock, plan.error, plan.retryAfterMs);
            break;
        case AnswerPlan::Action::Fail:
            give(plan.error);
            break;
    }
    changed_.notify_all();
}

void HttpByteSource::Fetcher::onData(int generation, const QByteArray& piece) {
    Lock lock(mutex_);
    if (generation != generation_ || !taking_) {
        return;
    }
    const auto bytes = std::span(piece.constData(), static_cast<std::size_t>(piece.size()));
    const auto fitting = static_cast<std::size_t>(std::min<std::int64_t>(piece.size(), end_ - next_));
    next_ += static_cast<std::int64_t>(buffer_.put(next_, bytes.first(fitting)));
    measure(piece.size());
    buffer_.trim(reading_);
    attempts_ = 0;
    if (next_ - reading_ > options_.ahead && call_) {
        paused_ = true;
        call_->setPaused(true);
    }
    changed_.notify_all();
    if (troubled_) {
        troubled_ = false;
        tell(lock, {});
    }
}

void HttpByteSource::Fetcher::onDone(int generation, const Result<void>& result) {
    Lock lock(mutex_);
    if (generation != generation_) {
        return;
    }
    const bool whole = taking_ && (next_ >= end_ || (size_ < 0 && result));
    if (whole || (result && sizeKnown_ && size_ == 0)) {
        size_ = size_ < 0 ? next_ : size_;
        window_ = std::min(window_ * 2, lastWindow);
        dropCall();
        goOn(lock);
    } else if (!result) {
        trouble(lock, result.error());
    } else {
        trouble(lock, Error{ErrorCode::Unavailable, "short answer",
                            QT_TRANSLATE_NOOP("Player", "The connection to the server broke")});
    }
    changed_.notify_all();
}

// A failure that may pass: try again a little later, from the same byte, until it has lasted too long.
void HttpByteSource::Fetcher::trouble(Lock& lock, const Error& error, int retryAfterMs) {
    dropCall();
    const bool passing = error.code == ErrorCode::Timeout || error.code == ErrorCode::Unavailable;
    const auto now = Clock::now();
    if (!troubled_) {
        troubled_ = true;
        troubleSince_ = now - (error.code == ErrorCode::Timeout ? options_.stallAfter : milliseconds(0));
    }
    const auto patience = sizeKnown_ ? options_.giveUpAfter : std::min(options_.stallAfter, milliseconds(2000));
    if (!passing || now - troubleSince_ >= patience) {
        return give(error);
    }
    const int backOff = 100 << std::min(attempts_++, 5);
    retryAt_ = now + milliseconds(std::max(backOff, retryAfterMs));
    tell(lock, error.text);
}

void HttpByteSource::Fetcher::give(const Error& error) {
    dropCall();
    failed_ = error;
    failedAt_ = Clock::now();
}

void HttpByteSource::Fetcher::tell(Lock& lock, const std::string& reason) {
    if (options_.onTrouble) {
        lock.unlock();
        options_.onTrouble(reason);
        lock.lock();
    }
}

void HttpByteSource::Fetcher::measure(std::int64_t bytes) {
    received_ += bytes;
    measured_ += bytes;
    const std::chrono::duration<double> passed = Clock::now() - measureSince_;
    if (passed.count() > 0.5) {
        const double now = static_cast<double>(measured_) / passed.count();
        rate_ = rate_ == 0 ? now : 0.6 * rate_ + 0.4 * now;
        measured_ = 0;
        measureSince_ = Clock::now();
    }
}

StreamStatistics HttpByteSource::Fetcher::statistics() {
    Lock lock(mutex_);
    return {buffer_.ranges(), size_, received_, rate_, requests_};
}

HttpByteSource::HttpByteSource(std::shared_ptr<core::HttpClient> client, HttpSourceOptions options)
    : client_(std::move(client)), fetcher_(std::make_shared<Fetcher>(*client_, std::move(options))) {
    fetcher_->begin();
}

HttpByteSource::~HttpByteSource() {
    fetcher_->cancel();
}

Result<std::int64_t> HttpByteSource::size() {
    return fetcher_->size();
}

Result<std::size_t> HttpByteSource::read(std::int64_t offset, std::span<char> out) {
    return fetcher_->read(offset, out);
}

void HttpByteSource::cancel() {
    fetcher_->cancel();
}

StreamStatistics HttpByteSource::statistics() const {
    return fetcher_->statistics();
}

}  // namespace marea::player
