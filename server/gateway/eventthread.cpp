#include "server/gateway/eventthread.h"

#include <boost/asio/post.hpp>
#include <chrono>
#include <ctime>
#include <random>

#include "server/gateway/conditional.h"
#include "server/gateway/connection.h"

namespace marea::server {

namespace asio = boost::asio;

namespace {

constexpr auto kTick = std::chrono::milliseconds(500);

std::string addressText(const asio::ip::tcp::endpoint& endpoint) {
    const asio::ip::address address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

std::int64_t wallSecond() {
#ifdef CLOCK_REALTIME_COARSE
    timespec time{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &time);
    return static_cast<std::int64_t>(time.tv_sec);
#else
    return static_cast<std::int64_t>(::time(nullptr));
#endif
}

}  // namespace

EventThread::EventThread(std::shared_ptr<GatewayContext> gateway)
    : gateway_(std::move(gateway)), live_(gateway_->live) {
    std::random_device device;
    for (std::uint64_t& word : random_) {
        word = (static_cast<std::uint64_t>(device()) << 32) | device();
    }
}

void EventThread::take(std::shared_ptr<const LiveSettings> settings) {
    boost::asio::post(io_, [this, settings = std::move(settings)]() mutable { live_ = std::move(settings); });
}

void EventThread::start() {
    work_.emplace(io_.get_executor());
    thread_ = std::thread([this] { io_.run(); });
}

void EventThread::drainSessions() {
    asio::post(io_, [this] {
        for (const auto& session : std::vector<std::shared_ptr<Session>>(sessions_)) {
            session->drain();
        }
    });
}

void EventThread::cutSessions(const Audience& whose) {
    asio::post(io_, [this, whose, before = now()] {
        for (const auto& session : std::vector<std::shared_ptr<Session>>(sessions_)) {
            session->cut(whose, before);
        }
    });
}

void EventThread::stop() {
    if (!thread_.joinable()) {
        return;
    }
    asio::post(io_, [this] {
        for (const auto& session : std::vector<std::shared_ptr<Session>>(sessions_)) {
            session->abort();
        }
        // What was cancelled just now is in line before this; what is left then waits for nothing that still counts.
        asio::post(io_, [this] { io_.stop(); });
    });
    thread_.join();
}

void EventThread::adopt(Transport::Socket socket) {
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (!error) {
        socket.native_non_blocking(true, error);
    }
    if (error || gateway_->open.load() >= gateway_->options.maxConnections) {
        return;  // gone already, or one too many: closed
    }
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    counters_.connections.fetch_add(1, std::memory_order_relaxed);
    auto transport = std::make_unique<Transport>(std::move(socket), scratch_, gateway_->tls.get());
    auto connection = std::make_shared<Connection>(*this, std::move(transport), addressText(peer));
    add(connection);
    connection->start();
}

void EventThread::add(std::shared_ptr<Session> session) {
    session->slot_ = sessions_.size();
    sessions_.push_back(std::move(session));
    gateway_->open.fetch_add(1);
    armTick();
}

void EventThread::remove(Session& session) {
    const std::size_t slot = session.slot_;
    if (slot >= sessions_.size() || sessions_[slot].get() != &session) {
        return;
    }
    std::swap(sessions_[slot], sessions_.back());
    sessions_[slot]->slot_ = slot;
    const std::shared_ptr<Session> keep = std::move(sessions_.back());
    sessions_.pop_back();
    if (gateway_->open.fetch_sub(1) == 1) {
        const std::lock_guard lock(gateway_->mutex);
        gateway_->changed.notify_all();
    }
}

void EventThread::armTick() {
    if (!ticking_) {
        ticking_ = true;
        timer_.expires_after(kTick);
        timer_.async_wait([this](const boost::system::error_code& error) {
            ticking_ = false;
            if (!error) {
                onTick();
            }
        });
    }
}

void EventThread::onTick() {
    const std::int64_t time = now();
    // From the back: a session that ends itself is replaced by the last one, which was looked at.
    for (std::size_t i = sessions_.size(); i-- > 0;) {
        if (i < sessions_.size()) {
            const std::shared_ptr<Session> session = sessions_[i];
            session->tick(time);
        }
    }
    if (!sessions_.empty()) {
        armTick();
    }
}

std::int64_t EventThread::now() const {
#ifdef CLOCK_MONOTONIC_COARSE
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return static_cast<std::int64_t>(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
#else
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
#endif
}

std::string_view EventThread::date() {
    const std::int64_t second = wallSecond();
    if (second != dateSecond_) {
        dateSecond_ = second;
        date_ = httpDate(second * 1000);
    }
    return date_;
}

// xoroshiro128+: unique enough to find a request in the log; nothing secret hangs on it.
std::string EventThread::newRequestId() {
    const std::uint64_t value = random_[0] + random_[1];
    const std::uint64_t mixed = random_[1] ^ random_[0];
    random_[0] = ((random_[0] << 24) | (random_[0] >> 40)) ^ mixed ^ (mixed << 16);
    random_[1] = (mixed << 37) | (mixed >> 27);
    std::string text(16, '0');
    for (std::size_t i = 0; i < text.size(); ++i) {
        text[i] = "0123456789abcdef"[(value >> (60 - 4 * i)) & 15];
    }
    return text;
}

}  // namespace marea::server
