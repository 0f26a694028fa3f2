#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace marea::server::test {

struct Answer {
    int status = 0;  // 0: the connection ended before a whole answer
    std::string head;
    std::map<std::string, std::string> fields;  // names in lower case
    std::string body;
    bool whole = false;  // the body came to its announced end
    std::string field(const std::string& name) const {
        const auto found = fields.find(name);
        return found == fields.end() ? "" : found->second;
    }
};

// A client on a blocking socket that shares no code with the gateway. Gives up waiting after 20 s, as if the
// connection had ended.
class Client {
public:
    Client(std::uint16_t port, bool tls, int receiveBuffer = 0);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    bool connected() const { return connected_; }
    bool send(std::string_view bytes);
    // The next answer; interim ones (1xx) are answers too. `noBody`: it was a HEAD.
    Answer receive(bool noBody = false);
    Answer get(const std::string& path, const std::string& fields = {});
    // Up to `size` bytes as they come; "" at the end.
    std::string receiveSome(std::size_t size = 64 * 1024);
    bool ended();  // waits for the end; false when bytes come instead
    void close();
    SSL* ssl() { return ssl_.get(); }

private:
    bool fill();
    std::optional<std::string> take(std::size_t size);
    std::optional<std::string> takeLine();
    bool takeChunks(std::string& body);

    int fd_ = -1;
    bool connected_ = false;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, SSL_free};
    std::string input_;
};

}  // namespace marea::server::test
