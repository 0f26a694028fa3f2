#include "sync/peer/peerlistener.h"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>

#include "sync/peer/peerstream.h"

namespace marea::sync {

namespace asio = boost::asio;
using boost::system::error_code;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

PeerCaller::PeerCaller(std::unique_ptr<PeerChannel::Impl> impl)
    : impl_(std::move(impl)), called_(impl_.get()), loop_(impl_->loop), address_(impl_->address()) {}

PeerCaller::~PeerCaller() = default;

// What was posted runs while shake() waits, or never: nobody else runs the loop of one who was hung up on.
void PeerCaller::hangUp() {
    State calls = State::Calls;
    if (state_.compare_exchange_strong(calls, State::HungUpOn)) {
        asio::post(*loop_, [called = called_] {
            error_code ignored;
            called->stream.next_layer().close(ignored);
        });
    }
}

Result<std::unique_ptr<PeerChannel>> PeerCaller::shake(const PeerChannel::Known& known,
                                                       std::chrono::milliseconds patience) {
    auto channel = std::move(impl_);
    if (channel && state_ == State::Calls) {
        channel->patience = patience;
        const auto done = channel->shake(known);
        State calls = State::Calls;
        if (done && state_.compare_exchange_strong(calls, State::LetIn)) {
            return std::unique_ptr<PeerChannel>(new PeerChannel(std::move(channel)));
        }
        if (!done && state_ == State::Calls) {
            return unexpected<Error>(done.error());
        }
    }
    return fail(ErrorCode::Cancelled, "Nobody is let in any more.");
}

struct PeerListener::Impl {
    asio::io_context loop;
    asio::ip::tcp::acceptor acceptor{loop};
    PeerKeys own;
    std::atomic<bool> stopped = false;
};

PeerListener::PeerListener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PeerListener::~PeerListener() = default;

Result<std::unique_ptr<PeerListener>> PeerListener::open(const std::string& address, std::uint16_t port,
                                                         const PeerKeys& own) {
    auto impl = std::make_unique<Impl>();
    impl->own = own;
    error_code error;
    const auto place = asio::ip::make_address(address, error);
    const asio::ip::tcp::endpoint endpoint(place, port);
    const auto step = [&error](auto&& action) {
        if (!error) {
            action();
        }
    };
    step([&] { impl->acceptor.open(endpoint.protocol(), error); });
    step([&] { impl->acceptor.set_option(asio::socket_base::reuse_address(true), error); });
    step([&] {
        if (place.is_v6()) {
            impl->acceptor.set_option(asio::ip::v6_only(false), error);
        }
    });
    step([&] { impl->acceptor.bind(endpoint, error); });
    step([&] { impl->acceptor.listen(16, error); });
    if (error) {
        return fail(ErrorCode::Unavailable, "No other device can connect: the port cannot be opened.", error.message());
    }
    return std::unique_ptr<PeerListener>(new PeerListener(std::move(impl)));
}

std::uint16_t PeerListener::port() const {
    error_code ignored;
    return impl_->acceptor.local_endpoint(ignored).port();
}

void PeerListener::stop() {
    impl_->stopped = true;
    asio::post(impl_->loop, [this] {
        error_code ignored;
        impl_->acceptor.cancel(ignored);
    });
}

Result<std::unique_ptr<PeerCaller>> PeerListener::accept() {
    auto context = peerContext(impl_->own, asio::ssl::context::tls_server);
    if (!context) {
        return unexpected<Error>(context.error());
    }
    auto channel = std::make_unique<PeerChannel::Impl>(std::move(*context), PeerChannel::kPatience);
    std::optional<error_code> ended;
    impl_->acceptor.async_accept(channel->stream.next_layer(), [&ended](const error_code& error) { ended = error; });
    impl_->loop.restart();
    impl_->loop.run();
    if (impl_->stopped || !ended || *ended) {
        return impl_->stopped ? fail(ErrorCode::Cancelled, "Nobody is let in any more.")
                              : peerFailure(ended.value_or(error_code()), false);
    }
    return std::unique_ptr<PeerCaller>(new PeerCaller(std::move(channel)));
}

}  // namespace marea::sync
