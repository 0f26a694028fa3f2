#include "server/outbound/netcall.h"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <iterator>
#include <system_error>
#include <thread>

#include "server/gateway/text.h"

namespace marea::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using core::ErrorCode;

namespace {

constexpr std::uint32_t kMostHeader = 32 * 1024;
constexpr int kMostInterim = 4;

std::string addressText(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

bool isAddress(const std::string& host) {
    boost::system::error_code error;
    asio::ip::make_address(host, error);
    return !error;
}

http::verb verbOf(Method method) {
    switch (method) {
        case Method::Post:
            return http::verb::post;
        case Method::Put:
            return http::verb::put;
        case Method::Delete:
            return http::verb::delete_;
        default:
            return http::verb::get;
    }
}

}  // namespace

NetCall::NetCall(Around around, OutboundRequest request, Outbound::Done done)
    : around_(std::move(around)),
      request_(std::move(request)),
      done_(std::move(done)),
      socket_(around_.io),
      deadline_(around_.io) {}

// The transport is the TLS stream where there is one, else the socket.
template <class Handler>
void NetCall::onStream(Handler handler) {
    if (secure_) {
        handler(*secure_);
    } else {
        handler(socket_);
    }
}

void NetCall::start() {
    auto place = placeOf(request_.url);
    if (!place) {
        finish(core::unexpected<core::Error>(place.error()));
        return;
    }
    place_ = std::move(*place);
    deadline_.expires_after(std::chrono::milliseconds(request_.patience));
    deadline_.async_wait([self = shared_from_this()](const Code& error) {
        if (!error) {
            self->failed(ErrorCode::Timeout, "Another server takes too long to answer.", "no answer in time");
        }
    });
    try {
        lookUp();
    } catch (const std::system_error& error) {
        failed(ErrorCode::Unavailable, "Another server cannot be found.", error.what());
    }
}

// On a thread of its own, which nobody waits for: the system's look-up may take long and cannot be called off.
void NetCall::lookUp() {
    std::weak_ptr<NetCall> weak = weak_from_this();
    std::thread([owner = around_.owner, &io = around_.io, weak, host = place_.host, port = place_.port] {
        Code error;
        asio::io_context own;
        std::vector<Tcp::endpoint> found;
        for (const auto& entry : Tcp::resolver(own).resolve(host, std::to_string(port), error)) {
            found.push_back(entry.endpoint());
        }
        asio::post(io, [weak, error, found = std::move(found)] {
            if (const auto self = weak.lock()) {
                self->resolved(error, found);
            }
        });
    }).detach();
}

void NetCall::cancel() {
    failed(ErrorCode::Cancelled, "The server is ending.", "stopped");
}

void NetCall::resolved(const Code& error, const std::vector<Tcp::endpoint>& found) {
    if (!done_) {
        return;
    }
    if (error) {
        failed(ErrorCode::Unavailable, "Another server cannot be found.", "name: " + error.message());
        return;
    }
    std::vector<Tcp::endpoint> allowed;
    std::copy_if(found.begin(), found.end(), std::back_inserter(allowed), [&](const Tcp::endpoint& one) {
        return around_.options.addresses.mayCall(addressText(one.address()), place_.secure);
    });
    if (allowed.empty()) {
        failed(ErrorCode::Forbidden, "This server may not call that address.", "the address is not allowed");
        return;
    }
    asio::async_connect(socket_, allowed, [self = shared_from_this()](const Code& failure, const Tcp::endpoint&) {
        self->connected(failure);
    });
}

void NetCall::connected(const Code& error) {
    if (!done_) {
        return;
    }
    if (error) {
        failed(ErrorCode::Unavailable, "Another server cannot be reached.", "connect: " + error.message());
        return;
    }
    if (!place_.secure) {
        writeRequest();
        return;
    }
    secure_.emplace(socket_, around_.tls);
    if (!isAddress(place_.host)) {
        SSL_set_tlsext_host_name(secure_->native_handle(), place_.host.c_str());
    }
    secure_->set_verify_mode(asio::ssl::verify_peer);
    secure_->set_verify_callback(asio::ssl::host_name_verification(place_.host));
    secure_->async_handshake(asio::ssl::stream_base::client, [self = shared_from_this()](const Code& failure) {
        if (!self->done_) {
            return;
        }
        if (failure) {
            self->failed(ErrorCode::Unavailable, "Another server does not prove who it is.",
                         "TLS: " + failure.message());
            return;
        }
        self->writeRequest();
    });
}

void NetCall::writeRequest() {
    message_ = {verbOf(request_.method), place_.target, 11};
    message_.set(http::field::host, place_.authority());
    message_.set(http::field::user_agent, around_.options.agent);
    message_.set(http::field::accept_encoding, "identity");
    message_.set(http::field::connection, "close");
    for (const auto& [name, value] : request_.headers) {
        message_.set(name, value);
    }
    message_.body() = std::move(request_.body);
    message_.prepare_payload();
    onStream([&](auto& stream) {
        http::async_write(stream, message_,
                          [self = shared_from_this()](const Code& error, std::size_t) { self->written(error); });
    });
}

void NetCall::written(const Code& error) {
    if (!done_) {
        return;
    }
    if (error) {
        failed(ErrorCode::Unavailable, "Another server broke the connection.", "write: " + error.message());
        return;
    }
    readAnswer();
}

void NetCall::readAnswer() {
    parser_.emplace();
    parser_->header_limit(kMostHeader);
    parser_->body_limit(request_.mostBytes);
    onStream([&](auto& stream) {
        http::async_read(stream, buffer_, *parser_,
                         [self = shared_from_this()](const Code& error, std::size_t) { self->answered(error); });
    });
}

void NetCall::answered(const Code& error) {
    if (!done_) {
        return;
    }
    if (error == http::error::body_limit) {
        failed(ErrorCode::TooLarge, "Another server answers with too much.", "the body is too long");
        return;
    }
    if (error) {
        failed(ErrorCode::Corrupt, "Another server gives no proper answer.", "read: " + error.message());
        return;
    }
    const auto& message = parser_->get();
    if (message.result_int() < 200 && interim_++ < kMostInterim) {  // RFC 9110 section 15.2
        readAnswer();
        return;
    }
    OutboundAnswer answer;
    answer.status = static_cast<int>(message.result_int());
    for (const auto& field : message) {
        answer.headers.add(std::string(field.name_string()), std::string(field.value()));
    }
    const std::string coding = answer.headers.joined("content-encoding");
    if (answer.status < 200 || !(coding.empty() || sameText(coding, "identity"))) {
        failed(ErrorCode::Corrupt, "Another server gives no proper answer.", "an answer that was not asked for");
        return;
    }
    answer.body = std::move(parser_->get().body());
    finish(std::move(answer));
}

void NetCall::failed(ErrorCode code, const char* text, const std::string& what) {
    finish(core::fail(code, text, (place_.host.empty() ? "?" : place_.host) + ": " + what));
}

// Closing ends what is under way; its handlers find that it has been answered.
void NetCall::finish(core::Result<OutboundAnswer> outcome) {
    if (!done_) {
        return;
    }
    const Outbound::Done done = std::exchange(done_, nullptr);
    Code ignored;
    deadline_.cancel();
    socket_.close(ignored);
    done(std::move(outcome));
}

}  // namespace marea::server
