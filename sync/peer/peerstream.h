#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>

#include "sync/peer/peerchannel.h"

// What a channel is made of: for those that make one.
namespace marea::sync {

// Corrupt: the keys are none.
core::Result<std::shared_ptr<boost::asio::ssl::context>> peerContext(const PeerKeys& own,
                                                                     boost::asio::ssl::context::method method);
// What a failure means to somebody. `refused`: it was us who said no.
core::unexpected<core::Error> peerFailure(const boost::system::error_code& error, bool refused);

// One thread at a time; what is posted to the loop runs while that waits.
struct PeerChannel::Impl {
    using error_code = boost::system::error_code;

    Impl(std::shared_ptr<boost::asio::ssl::context> made, std::chrono::milliseconds allowed,
         std::shared_ptr<boost::asio::io_context> shared = std::make_shared<boost::asio::io_context>())
        : loop(std::move(shared)), context(std::move(made)), stream(*loop, *context), patience(allowed) {}

    // Runs what `begin` begins, no longer than the patience. `begin` gets where to put its error.
    core::Result<void> wait(const std::function<void(std::function<void(error_code)>)>& begin);
    core::Result<void> shake(const Known& known);  // as who was connected to
    // Connects and shakes hands while the loop runs. `known` is there until then.
    void goTo(const std::vector<boost::asio::ip::tcp::endpoint>& places, const Known& known,
              std::function<void(error_code)> told);
    void letIn(const Known& known);
    void letNobodyIn();
    std::string address() const;  // as PeerChannel's

    std::shared_ptr<boost::asio::io_context> loop;
    std::shared_ptr<boost::asio::ssl::context> context;
    boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream;
    std::chrono::milliseconds patience;
    Digest peer{};
    bool refused = false;  // by us
};

}  // namespace marea::sync
