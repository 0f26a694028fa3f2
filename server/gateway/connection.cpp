#include "server/gateway/connection.h"

#include <boost/asio/post.hpp>

#include "server/gateway/clientwatch.h"

namespace marea::server {

namespace asio = boost::asio;

namespace {

constexpr int kHandshakeSeconds = 15, kLingerSeconds = 2;
constexpr std::uint64_t kMaxLinger = 1024 * 1024;
constexpr int kStepsPerTurn = 256;

}  // namespace

Connection::Connection(EventThread& thread, std::unique_ptr<Transport> transport, std::string peer)
    : thread_(thread), transport_(std::move(transport)), peer_(std::move(peer)) {}

void Connection::start() {
    setDeadline(std::min(kHandshakeSeconds, thread_.gateway().options.headerTimeoutSeconds));
    if (!transport_->secure()) {
        becomeIdle();
        started_ = true;  // a client that connects has something to say: the header's time runs from here
        setDeadline(thread_.gateway().options.headerTimeoutSeconds);
    }
    pump();
}

void Connection::pump() {
    if (pumping_) {
        return;
    }
    const auto self = shared_from_this();
    pumping_ = true;
    int steps = 0;
    while (phase_ != Phase::Closed && step()) {
        if (++steps == kStepsPerTurn) {
            yield();
            break;
        }
    }
    pumping_ = false;
}

bool Connection::step() {
    switch (phase_) {
        case Phase::Handshake:
            return stepHandshake();
        case Phase::Head:
        case Phase::Upload:
            return stepRead();
        case Phase::Sending:
            return stepSend();
        case Phase::Lingering:
            return stepLinger();
        case Phase::Storing:
        case Phase::Handling:
        case Phase::Pulling:
        case Phase::Closed:
            break;
    }
    return false;
}

// What to do about a status that is not Done. Always false: this turn is over.
bool Connection::waitFor(Status status) {
    if (status == Status::WantRead) {
        wait(Transport::Socket::wait_read);
        return false;
    }
    if (status == Status::WantWrite) {
        wait(Transport::Socket::wait_write);
        return false;
    }
    return fail();
}

void Connection::wait(Transport::Socket::wait_type type) {
    bool& waiting = type == Transport::Socket::wait_read ? waitingRead_ : waitingWrite_;
    if (waiting) {
        return;
    }
    waiting = true;
    transport_->socket().async_wait(type, [self = shared_from_this(), &waiting](const boost::system::error_code&) {
        waiting = false;
        self->pump();  // an error shows again at the next call on the socket
    });
}

// Lets the thread's other connections go first.
void Connection::yield() {
    asio::post(thread_.io(), [self = shared_from_this()] { self->pump(); });
}

bool Connection::fail() {
    abort();
    return false;
}

bool Connection::stepHandshake() {
    const Status status = transport_->handshake();
    if (status != Status::Done) {
        return waitFor(status);
    }
    becomeIdle();
    started_ = true;
    setDeadline(thread_.gateway().options.headerTimeoutSeconds);
    return true;
}

void Connection::setDeadline(int seconds) {
    deadline_ = thread_.now() + seconds * std::int64_t{1000};
}

void Connection::becomeIdle() {
    exchange_.reset();
    parser_.reset();
    phase_ = Phase::Head;
    started_ = false;
    inputHeld_ = true;
    setDeadline(thread_.gateway().options.idleTimeoutSeconds);
}

bool Connection::startLinger() {
    exchange_.reset();
    parser_.reset();
    std::string().swap(pendingInput_);
    transport_->shutdownSend();
    phase_ = Phase::Lingering;
    setDeadline(kLingerSeconds);
    return true;
}

bool Connection::stepLinger() {
    auto& input = thread_.scratch().input;
    const auto got = transport_->read(input.data(), input.size());
    if (got.status != Status::Done) {
        return waitFor(got.status);
    }
    lingered_ += got.size;
    return lingered_ <= kMaxLinger || fail();
}

void Connection::tick(std::int64_t now) {
    if (phase_ == Phase::Handling && exchange_->watch && transport_->clientGone()) {
        return abort();
    }
    if (deadline_ == 0 || now < deadline_) {
        return;
    }
    if (phase_ == Phase::Handling) {
        answer(generation_, Response::problem(504, "timeout", "This took the server too long."));
    } else if (phase_ == Phase::Upload || (phase_ == Phase::Head && exchange_)) {
        refuse(408, "timeout", "The request took too long to arrive.");
        pump();
    } else {
        abort();
    }
}

void Connection::drain() {
    keepAlive_ = false;
    if (phase_ == Phase::Handshake || (phase_ == Phase::Head && !exchange_ && pendingInput_.empty())) {
        abort();
    }
}

// What was asked for later is not meant: a player that begins anew is not to lose its new stream.
void Connection::cut(const Audience& whose, std::int64_t before) {
    if (!exchange_ || exchange_->begun > before) {
        return;
    }
    if (phase_ == Phase::Handling) {
        noteAudience();
        exchange_->cut = exchange_->cut || whose.covers(exchange_->audience);
    } else if ((phase_ == Phase::Upload || phase_ == Phase::Storing) && whose.covers(exchange_->audience)) {
        // It was looked at who asks before the body came: a slow one must not outlast the right to send it.
        refuse(Response::problem({core::ErrorCode::Unauthorized, "signed out meanwhile", "Sign in again."}));
        pump();
    } else if ((phase_ == Phase::Sending || phase_ == Phase::Pulling) && whose.covers(exchange_->audience) &&
               isLong()) {
        transport_->discard();
        abort();
    }
}

void Connection::abort() {
    if (phase_ == Phase::Closed) {
        return;
    }
    phase_ = Phase::Closed;
    ++generation_;
    if (transport_) {
        transport_->close();
    }
    if (exchange_ && exchange_->watch) {
        exchange_->watch->tell();
    }
    const auto self = shared_from_this();
    thread_.remove(*this);
    exchange_.reset();
    parser_.reset();
}

}  // namespace marea::server
