#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "server/outbound/netoutbound.h"
#include "server/outbound/place.h"

namespace marea::server {

// One request on its way. Answers once; destroyed when nothing of it is under way any more. On the outbound thread
// alone.
class NetCall : public std::enable_shared_from_this<NetCall> {
public:
    // What it works with, for as long as a name is looked up: that cannot be called off.
    struct Around {
        std::shared_ptr<void> owner;
        boost::asio::io_context& io;
        boost::asio::ssl::context& tls;
        const NetOptions& options;
    };
    NetCall(Around around, OutboundRequest request, Outbound::Done done);
    void start();
    void cancel();

private:
    using Tcp = boost::asio::ip::tcp;
    using Code = boost::system::error_code;
    using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

    void lookUp();
    void resolved(const Code& error, const std::vector<Tcp::endpoint>& found);
    void connected(const Code& error);
    void writeRequest();
    void written(const Code& error);
    void readAnswer();
    void answered(const Code& error);
    void finish(core::Result<OutboundAnswer> outcome);
    void failed(core::ErrorCode code, const char* text, const std::string& what);
    template <class Handler>
    void onStream(Handler handler);

    Around around_;
    OutboundRequest request_;
    Outbound::Done done_;
    Place place_;
    Tcp::socket socket_;
    boost::asio::steady_timer deadline_;
    std::optional<boost::asio::ssl::stream<Tcp::socket&>> secure_;
    boost::beast::http::request<boost::beast::http::string_body> message_;
    boost::beast::flat_buffer buffer_{std::size_t{64} * 1024};
    std::optional<Parser> parser_;
    int interim_ = 0;
};

}  // namespace marea::server
