#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>
#include <memory>
#include <string_view>

#include "server/gateway/transport.h"

namespace marea::server {

// A Transport as the AsyncStream that Beast's WebSocket wants.
class TransportStream {
public:
    using executor_type = Transport::Socket::executor_type;

    explicit TransportStream(std::unique_ptr<Transport> transport) : transport_(std::move(transport)) {}
    executor_type get_executor() { return transport_->socket().get_executor(); }
    Transport& transport() { return *transport_; }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        const boost::asio::mutable_buffer first = firstOf<boost::asio::mutable_buffer>(buffers);
        return run(std::forward<Token>(token), Transport::Socket::wait_read, [this, first](bool) {
            return first.size() == 0 ? Transport::Got{Transport::Status::Done}
                                     : transport_->read(static_cast<char*>(first.data()), first.size());
        });
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        const boost::asio::const_buffer first = firstOf<boost::asio::const_buffer>(buffers);
        const std::string_view data(static_cast<const char*>(first.data()), first.size());
        return run(std::forward<Token>(token), Transport::Socket::wait_write, [this, data](bool again) {
            // Taken whole at the first call; what the socket refused is flushed by the later ones.
            const Transport::Status status = again ? transport_->flush() : transport_->write(data);
            return Transport::Got{status, data.size()};
        });
    }

private:
    template <class Buffer, class Buffers>
    static Buffer firstOf(const Buffers& buffers) {
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != boost::asio::buffer_sequence_end(buffers);
             ++it) {
            if (const Buffer buffer(*it); buffer.size() > 0) {
                return buffer;
            }
        }
        return {};
    }

    static boost::system::error_code errorOf(Transport::Status status) {
        switch (status) {
            case Transport::Status::Done:
                return {};
            case Transport::Status::Closed:
                return boost::asio::error::eof;
            default:
                return boost::asio::error::connection_reset;
        }
    }

    // Tries at once and, as the rules of Asio want, completes through a post when that was enough.
    template <class Token, class Attempt>
    auto run(Token&& token, Transport::Socket::wait_type type, Attempt attempt) {
        enum class Stage { First, Waited, Posted };
        return boost::asio::async_compose<Token, void(boost::system::error_code, std::size_t)>(
            [this, type, attempt, stage = Stage::First, got = Transport::Got{}](
                auto& self, boost::system::error_code error = {}) mutable {
                if (stage == Stage::Posted || error) {
                    self.complete(error ? error : errorOf(got.status),
                                  error || got.status != Transport::Status::Done ? 0 : got.size);
                    return;
                }
                got = attempt(stage == Stage::Waited);
                const bool waits =
                    got.status == Transport::Status::WantRead || got.status == Transport::Status::WantWrite;
                if (waits) {
                    stage = Stage::Waited;
                    transport_->socket().async_wait(type, std::move(self));
                } else if (stage == Stage::First) {
                    stage = Stage::Posted;
                    boost::asio::post(get_executor(), std::move(self));
                } else {
                    self.complete(errorOf(got.status), got.status == Transport::Status::Done ? got.size : 0);
                }
            },
            token, get_executor());
    }

    std::unique_ptr<Transport> transport_;
};

// How Beast ends the connection below a WebSocket: at once, and in order.
inline void beast_close_socket(TransportStream& stream) {
    stream.transport().close();
}

template <class Handler>
void async_teardown(boost::beast::role_type, TransportStream& stream, Handler&& handler) {
    stream.transport().shutdownSend();
    boost::asio::post(stream.get_executor(),
                      [handler = std::forward<Handler>(handler)]() mutable { handler(boost::system::error_code()); });
}

}  // namespace marea::server
