#include "sync/peer/hostnames.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace marea::sync {

std::vector<std::string> systemsAddresses(const std::string& host) {
    boost::asio::io_context loop;
    boost::system::error_code error;
    std::vector<std::string> addresses;
    for (const auto& one : boost::asio::ip::tcp::resolver(loop).resolve(host, "0", error)) {
        addresses.push_back(one.endpoint().address().to_string());
    }
    return addresses;
}

}  // namespace marea::sync
