#include "server/outbound/netoutbound.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "server/outbound/netcall.h"

namespace marea::server {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kMostAtOnce = 64;

core::TimeMs steadyNow() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

core::Result<void> prepare(asio::ssl::context& tls, const std::string& certificates) {
    boost::system::error_code error;
    tls.set_default_verify_paths(error);
    tls.set_verify_mode(asio::ssl::verify_peer, error);
    if (SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION) != 1) {
        return core::fail(core::ErrorCode::Internal, "TLS is not available.", "outbound");
    }
    if (!certificates.empty()) {
        tls.load_verify_file(certificates, error);
    }
    return error ? core::fail(core::ErrorCode::Invalid, "outbound.certificates cannot be read: " + certificates,
                              error.message())
                 : core::Result<void>();
}

}  // namespace

struct NetOutbound::Impl : std::enable_shared_from_this<Impl> {
    explicit Impl(NetOptions wanted) : options(std::move(wanted)) {}

    void begin(OutboundRequest request, Done done);
    void wait(core::TimeMs time, std::function<void()> task);
    void end();

    NetOptions options;
    asio::ssl::context tls{asio::ssl::context::tls_client};
    asio::io_context io{1};
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work;
    std::thread thread;
    std::mutex mutex;
    std::recursive_mutex afterwards;
    bool ending = false, over = false;  // under the mutex; over: the thread has gone
    bool stopping = false;              // on the thread
    std::set<std::shared_ptr<NetCall>> calls;
    std::set<std::shared_ptr<asio::steady_timer>> timers;
};

void NetOutbound::Impl::begin(OutboundRequest request, Done done) {
    if (stopping) {
        done(core::fail(core::ErrorCode::Cancelled, "The server is ending.", "stopped"));
        return;
    }
    if (calls.size() >= kMostAtOnce) {
        done(core::fail(core::ErrorCode::Busy, "Too much is asked of other servers at once.", "too many calls"));
        return;
    }
    // The call holds what takes it out of the list, so that it lives while it is there and no longer.
    auto place = std::make_shared<std::weak_ptr<NetCall>>();
    auto call = std::make_shared<NetCall>(NetCall::Around{shared_from_this(), io, tls, options}, std::move(request),
                                          [this, place, done = std::move(done)](core::Result<OutboundAnswer> outcome) {
                                              calls.erase(place->lock());
                                              done(std::move(outcome));
                                          });
    *place = call;
    calls.insert(call);
    call->start();
}

void NetOutbound::Impl::wait(core::TimeMs time, std::function<void()> task) {
    if (stopping || time <= 0) {
        task();
        return;
    }
    auto timer = std::make_shared<asio::steady_timer>(io, std::chrono::milliseconds(time));
    timers.insert(timer);
    timer->async_wait([this, timer, task = std::move(task)](const boost::system::error_code&) {
        timers.erase(timer);
        task();
    });
}

void NetOutbound::Impl::end() {
    stopping = true;
    for (const auto& timer : std::set(timers)) {
        timer->cancel();
    }
    for (const auto& call : std::set(calls)) {
        call->cancel();
    }
    work.reset();
}

core::Result<std::unique_ptr<NetOutbound>> NetOutbound::create(NetOptions options) {
    auto impl = std::make_shared<Impl>(std::move(options));
    if (auto prepared = prepare(impl->tls, impl->options.certificates); !prepared) {
        return core::unexpected<core::Error>(prepared.error());
    }
    impl->work.emplace(impl->io.get_executor());
    impl->thread = std::thread([raw = impl.get()] { raw->io.run(); });
    return std::unique_ptr<NetOutbound>(new NetOutbound(std::move(impl)));
}

NetOutbound::~NetOutbound() {
    stop();
}

void NetOutbound::stop() {
    {
        const std::lock_guard lock(impl_->mutex);
        if (std::exchange(impl_->ending, true)) {
            return;
        }
    }
    asio::post(impl_->io, [impl = impl_.get()] { impl->end(); });
    impl_->thread.join();
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->over = true;
    }
    impl_->io.restart();  // what came after the last of the thread is answered here
    impl_->io.poll();
}

core::TimeMs NetOutbound::now() const {
    return steadyNow();
}

void NetOutbound::after(core::TimeMs wait, std::function<void()> task) {
    {
        const std::lock_guard lock(impl_->mutex);
        if (!impl_->over) {
            asio::post(impl_->io, [impl = impl_.get(), wait, task = std::move(task)]() mutable {
                impl->wait(wait, std::move(task));
            });
            return;
        }
    }
    const std::lock_guard one(impl_->afterwards);  // there is no thread any more, but still one at a time
    task();
}

void NetOutbound::send(OutboundRequest request, Done done) {
    after(0, [this, request = std::move(request), done = std::move(done)]() mutable {
        impl_->begin(std::move(request), std::move(done));
    });
}

}  // namespace marea::server
