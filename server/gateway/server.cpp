#include "server/gateway/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <csignal>
#include <future>

#include "server/gateway/eventthread.h"

namespace marea::server {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::size_t kDiskThreads = 4, kDiskQueue = 65536;
constexpr auto kAcceptPause = std::chrono::milliseconds(100);

core::Error listenError(const std::string& where, const boost::system::error_code& error) {
    return {core::ErrorCode::Io, where + ": " + error.message(), "Cannot listen on " + where + ": " + error.message()};
}

}  // namespace

struct Gateway::Impl {
    std::shared_ptr<GatewayContext> context = std::make_shared<GatewayContext>();
    WorkPool disk{kDiskThreads, kDiskQueue};
    std::vector<std::shared_ptr<EventThread>> threads;
    std::optional<tcp::acceptor> acceptor;  // on the first thread
    std::optional<asio::steady_timer> pause;
    std::size_t nextThread = 0;  // that takes the next connection
    std::uint16_t port = 0;
    bool started = false;

    std::shared_ptr<const LiveSettings> next(GatewaySettings settings);
    core::Result<void> listen();
    void accept();
    void accepted(const boost::system::error_code& error, tcp::socket socket, std::size_t thread);
    void closeAcceptor();
};

// What does not change goes on counting where it is; what does begins with what was counted before.
std::shared_ptr<const LiveSettings> Gateway::Impl::next(GatewaySettings settings) {
    const LiveSettings* before = context->live.get();
    auto live = std::make_shared<LiveSettings>();
    live->rates = before && before->given.rates == settings.rates
                      ? before->rates
                      : std::make_shared<RateLimits>(settings.rates, before ? before->rates->refused() : 0);
    live->rules = before && before->given.rules == settings.rules
                      ? before->rules
                      : std::make_shared<RequestRules>(settings.rules, before ? before->rules->refused() : 0);
    live->given = std::move(settings);
    return live;
}

core::Result<void> Gateway::Impl::listen() {
    const GatewayOptions& options = context->options;
    const std::string where = options.host + ":" + std::to_string(options.port);
    boost::system::error_code error;
    asio::io_context& io = threads.front()->io();
    tcp::endpoint endpoint;
    const auto found = tcp::resolver(io).resolve(options.host, std::to_string(options.port),
                                                 tcp::resolver::passive | tcp::resolver::numeric_service, error);
    if (!error && !found.empty()) {
        endpoint = found.begin()->endpoint();
    }
    acceptor.emplace(io);
    const auto check = [&](auto step) {
        if (!error) {
            step();
        }
    };
    check([&] { acceptor->open(endpoint.protocol(), error); });
    check([&] { acceptor->set_option(tcp::acceptor::reuse_address(true), error); });
    if (!error && endpoint.address() == asio::ip::address_v6::any()) {
        acceptor->set_option(asio::ip::v6_only(false), error);
    }
    check([&] { acceptor->bind(endpoint, error); });
    check([&] { acceptor->listen(1024, error); });
    check([&] { port = acceptor->local_endpoint(error).port(); });
    return error ? core::Result<void>(core::unexpected<core::Error>(listenError(where, error))) : core::Result<void>();
}

// Connections go to the threads in turn: an even load also with few of them, and unlike SO_REUSEPORT a second server
// on the same port is noticed.
void Gateway::Impl::accept() {
    const std::size_t thread = nextThread++ % threads.size();
    acceptor->async_accept(threads[thread]->io(),
                           [this, thread](const boost::system::error_code& error, tcp::socket socket) {
                               accepted(error, std::move(socket), thread);
                           });
}

void Gateway::Impl::accepted(const boost::system::error_code& error, tcp::socket socket, std::size_t thread) {
    if (!acceptor->is_open() || error == asio::error::operation_aborted) {
        return;
    }
    if (error && error != asio::error::connection_aborted) {  // out of descriptors: some will be free soon
        context->logger->warning("gateway.accept_failed", {{"error", error.message()}});
        pause->expires_after(kAcceptPause);
        pause->async_wait([this](const boost::system::error_code& stopped) {
            if (!stopped && acceptor->is_open()) {
                accept();
            }
        });
        return;
    }
    if (!error) {
        asio::post(threads[thread]->io(),
                   [to = threads[thread].get(), moved = std::move(socket)]() mutable { to->adopt(std::move(moved)); });
    }
    accept();
}

void Gateway::Impl::closeAcceptor() {
    std::promise<void> closed;
    asio::post(threads.front()->io(), [this, &closed] {
        boost::system::error_code ignored;
        acceptor->close(ignored);
        pause->cancel();
        closed.set_value();
    });
    closed.get_future().wait();
}

Gateway::Gateway(GatewayOptions options, std::shared_ptr<const Router> router,
                 std::shared_ptr<Authenticator> authenticator, WorkPool& pool, std::shared_ptr<core::Logger> logger)
    : impl_(std::make_unique<Impl>()) {
    GatewayContext& context = *impl_->context;
    context.options = std::move(options);
    context.router = std::move(router);
    context.authenticator = std::move(authenticator);
    context.pool = pool.executor();
    context.disk = impl_->disk.executor();
    const GatewayOptions& o = context.options;
    context.live = impl_->next({o.rates, o.rules, o.corsOrigins, o.trustedProxies});
    context.logger = logger ? std::move(logger) : core::makeNullLogger();
}

Gateway::~Gateway() {
    drain(0);
}

core::Result<void> Gateway::start() {
    GatewayContext& context = *impl_->context;
    if (auto loaded = reloadTls(); !loaded) {
        return loaded;
    }
    std::signal(SIGPIPE, SIG_IGN);  // sendfile(2) has no flag for it
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned count = context.options.threads == 0 ? cores : context.options.threads;
    for (unsigned i = 0; i < count; ++i) {
        impl_->threads.push_back(std::make_shared<EventThread>(impl_->context));
    }
    if (auto listening = impl_->listen(); !listening) {
        impl_->acceptor.reset();
        impl_->threads.clear();
        return listening;
    }
    impl_->pause.emplace(impl_->threads.front()->io());
    impl_->accept();
    for (const auto& thread : impl_->threads) {
        thread->start();
    }
    impl_->started = true;
    return {};
}

core::Result<void> Gateway::reloadTls() {
    GatewayContext& context = *impl_->context;
    if (context.options.certificateFile.empty() && context.options.keyFile.empty()) {
        return {};
    }
    auto tls = makeTlsContext(context.options.certificateFile, context.options.keyFile);
    if (!tls) {
        return core::unexpected<core::Error>(tls.error());
    }
    context.tls.set(std::move(*tls));
    return {};
}

std::optional<std::int64_t> Gateway::userWait(std::string_view userId, std::string_view peer, RateClass rate) {
    std::shared_ptr<RateLimits> rates;
    {
        const std::lock_guard lock(impl_->context->mutex);
        rates = impl_->context->live->rates;
    }
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return rates->user(userId, peer, rate, std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

void Gateway::change(const GatewaySettings& settings) {
    std::shared_ptr<const LiveSettings> live;
    {
        const std::lock_guard lock(impl_->context->mutex);
        live = impl_->context->live = impl_->next(settings);
    }
    for (const auto& thread : impl_->threads) {
        thread->take(live);
    }
}

void Gateway::cut(const Audience& whose) {
    const std::lock_guard lock(impl_->context->mutex);
    for (const auto& thread : impl_->threads) {
        thread->cutSessions(whose);
    }
}

std::uint16_t Gateway::port() const {
    return impl_->port;
}

std::string Gateway::url() const {
    std::string host = impl_->context->options.host;
    if (host == "0.0.0.0" || host == "::" || host.empty()) {
        host = "127.0.0.1";  // any address: the one that always works here
    } else if (host.find(':') != std::string::npos) {
        host = "[" + host + "]";
    }
    return (impl_->context->tls.get() ? "https://" : "http://") + host + ":" + std::to_string(impl_->port);
}

void Gateway::drain(int seconds) {
    if (!std::exchange(impl_->started, false)) {
        return;
    }
    GatewayContext& context = *impl_->context;
    context.draining = true;
    impl_->closeAcceptor();
    for (const auto& thread : impl_->threads) {
        thread->drainSessions();
    }
    {
        std::unique_lock lock(context.mutex);
        context.changed.wait_for(lock, std::chrono::seconds(seconds), [&] { return context.open.load() == 0; });
    }
    for (const auto& thread : impl_->threads) {
        thread->stop();
    }
    impl_->acceptor.reset();
    impl_->pause.reset();
    std::vector<std::shared_ptr<EventThread>> gone;
    const std::lock_guard lock(context.mutex);
    gone.swap(impl_->threads);
}

Gateway::Stats Gateway::stats() const {
    Stats total;
    for (const auto& thread : impl_->threads) {
        const auto& counters = thread->counters();
        const auto get = [](const std::atomic<std::uint64_t>& value) { return value.load(std::memory_order_relaxed); };
        total.requests += get(counters.requests);
        total.connections += get(counters.connections);
        total.bytesSent += get(counters.bytesSent);
        total.status2xx += get(counters.byClass[2]);
        total.status3xx += get(counters.byClass[3]);
        total.status4xx += get(counters.byClass[4]);
        total.status5xx += get(counters.byClass[5]);
    }
    total.openConnections = impl_->context->open.load();
    const std::lock_guard lock(impl_->context->mutex);
    total.rateRefusals = impl_->context->live->rates->refused();
    total.ruleRefusals = impl_->context->live->rules->refused();
    return total;
}

}  // namespace marea::server
