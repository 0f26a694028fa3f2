#include "server/gateway/websocket.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>

#include "server/gateway/transportstream.h"

namespace marea::server {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
namespace http = boost::beast::http;

namespace {

constexpr std::size_t kMaxMessage = 256 * 1024;       // received
constexpr std::size_t kMaxQueuedBytes = 1024 * 1024;  // to be sent; a client slower than that is cut off
constexpr std::size_t kMaxQueuedMessages = 1000;

boost::beast::string_view beastView(std::string_view text) {
    return {text.data(), text.size()};
}

class WebSocketSession final : public Session, public std::enable_shared_from_this<WebSocketSession> {
public:
    using Error = boost::system::error_code;

    WebSocketSession(EventThread& thread, std::unique_ptr<Transport> transport)
        : thread_(thread), stream_(std::move(transport)) {
        auto timeout = websocket::stream_base::timeout::suggested(boost::beast::role_type::server);
        timeout.handshake_timeout = std::chrono::seconds(10);
        timeout.idle_timeout = std::chrono::seconds(60);  // a ping at half of it, the end at twice
        timeout.keep_alive_pings = true;
        stream_.set_option(timeout);
        stream_.read_message_max(kMaxMessage);
        stream_.write_buffer_bytes(4096);
        stream_.text(true);
    }

    void start(const WebSocketRoute& route, const Request& request) {
        upgrade_.method(http::verb::get);
        upgrade_.version(11);
        upgrade_.target(beastView(request.target));
        for (const auto& [name, value] : request.headers.all()) {
            upgrade_.insert(beastView(name), beastView(value));
        }
        stream_.set_option(websocket::stream_base::decorator(
            [id = request.requestId](websocket::response_type& response) { response.set("X-Request-Id", id); }));
        stream_.async_accept(upgrade_, [self = shared_from_this(), &route, request](const Error& error) {
            self->upgrade_ = {};
            error ? self->end() : self->opened(route, request);
        });
    }

    void enqueue(std::string text) {
        if (ended_ || closing_) {
            return;
        }
        queuedBytes_ += text.size();
        queue_.push_back(std::move(text));
        if (queuedBytes_ > kMaxQueuedBytes || queue_.size() > kMaxQueuedMessages) {
            thread_.gateway().logger->info("gateway.websocket_too_slow");
            end();  // a close frame would have to wait in the same line
            return;
        }
        write();
    }

    void startClose(std::uint16_t code, const std::string& reason) {
        if (ended_ || closing_) {
            return;
        }
        if (!open_) {
            end();
            return;
        }
        closing_ = true;
        reason_ = websocket::close_reason(static_cast<websocket::close_code>(code), beastView(reason));
        write();
    }

    void tick(std::int64_t) override {}  // Beast keeps the time here
    void drain() override { startClose(1001, "the server is going down"); }
    void abort() override { end(); }

private:
    std::shared_ptr<WebSocketPeer> makePeer();

    void opened(const WebSocketRoute& route, const Request& request) {
        if (ended_) {
            return;
        }
        open_ = true;
        try {
            callbacks_ = route.open(request, makePeer());
        } catch (const std::exception& error) {
            thread_.gateway().logger->error("gateway.websocket_failed", {{"error", error.what()}});
            startClose(1011, "internal error");
        }
        read();
        write();
    }

    void read() {
        stream_.async_read(input_, [self = shared_from_this()](const Error& error, std::size_t) {
            if (error) {
                self->end();
                return;
            }
            self->received();
        });
    }

    void received() {
        if (!stream_.got_text()) {
            startClose(1003, "text only");
        } else if (callbacks_.message && !closing_) {
            callbacks_.message(boost::beast::buffers_to_string(input_.data()));
        }
        input_.consume(input_.size());
        input_.shrink_to_fit();
        if (!ended_) {
            read();
        }
    }

    void write() {
        if (!open_ || writing_ || queue_.empty() || closing_) {
            if (closing_ && !writing_ && !closeSent_) {
                sendClose();
            }
            return;
        }
        writing_ = true;
        stream_.async_write(asio::buffer(queue_.front()), [self = shared_from_this()](const Error& error, std::size_t) {
            self->writing_ = false;
            if (error || self->ended_) {
                self->end();
                return;
            }
            self->queuedBytes_ -= self->queue_.front().size();
            self->queue_.pop_front();
            if (self->queue_.empty() && self->callbacks_.drained && !self->closing_) {
                self->callbacks_.drained();
            }
            self->write();
        });
    }

    void sendClose() {
        closeSent_ = true;
        stream_.async_close(reason_, [self = shared_from_this()](const Error&) { self->end(); });
    }

    void end() {
        if (ended_) {
            return;
        }
        ended_ = true;
        const auto self = shared_from_this();
        stream_.next_layer().transport().close();
        thread_.remove(*this);
        if (callbacks_.closed) {
            callbacks_.closed();
        }
        callbacks_ = {};
    }

    EventThread& thread_;
    websocket::stream<TransportStream, false> stream_;
    http::request<http::empty_body> upgrade_;
    boost::beast::flat_buffer input_;
    WebSocketCallbacks callbacks_;
    std::deque<std::string> queue_;
    std::size_t queuedBytes_ = 0;
    websocket::close_reason reason_;
    bool open_ = false, writing_ = false, closing_ = false, closeSent_ = false, ended_ = false;
};

// What the owner holds, from any thread and also beyond the connection and the gateway: then it does nothing.
class Peer final : public WebSocketPeer {
public:
    Peer(const std::shared_ptr<EventThread>& thread, const std::shared_ptr<WebSocketSession>& session)
        : thread_(thread), session_(session) {}

    void send(std::string text) override {
        post([text = std::move(text)](WebSocketSession& session) mutable { session.enqueue(std::move(text)); });
    }
    void close(int code, std::string reason) override {
        post([code, reason = std::move(reason)](WebSocketSession& session) {
            session.startClose(static_cast<std::uint16_t>(code), reason);
        });
    }

private:
    template <class Action>
    void post(Action action) {
        if (const auto thread = thread_.lock()) {
            asio::post(thread->io(), [session = session_, action = std::move(action)]() mutable {
                if (const auto alive = session.lock()) {
                    action(*alive);
                }
            });
        }
    }

    const std::weak_ptr<EventThread> thread_;
    const std::weak_ptr<WebSocketSession> session_;
};

std::shared_ptr<WebSocketPeer> WebSocketSession::makePeer() {
    return std::make_shared<Peer>(thread_.shared_from_this(), shared_from_this());
}

}  // namespace

void startWebSocket(EventThread& thread, std::unique_ptr<Transport> transport, const WebSocketRoute& route,
                    const Request& request) {
    const auto session = std::make_shared<WebSocketSession>(thread, std::move(transport));
    thread.add(session);
    session->start(route, request);
}

}  // namespace marea::server
