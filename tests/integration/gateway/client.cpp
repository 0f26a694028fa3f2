#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace marea::server::test {

Client::Client(std::uint16_t port, bool tls, int receiveBuffer) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{60, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (receiveBuffer > 0) {
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (connected_ && tls) {
        context_.reset(SSL_CTX_new(TLS_client_method()));
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_fd(ssl_.get(), fd_);
        connected_ = SSL_connect(ssl_.get()) == 1;
    }
}

Client::~Client() {
    close();
}

void Client::close() {
    if (fd_ >= 0) {
        ::close(fd_);
        fd_ = -1;
    }
}

bool Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ssl_ ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()))
                                  : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Client::fill() {
    std::array<char, 64 * 1024> buffer;
    const ssize_t got = ssl_ ? SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()))
                             : ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        return false;
    }
    input_.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

std::string Client::receiveSome(std::size_t size) {
    if (input_.empty() && !fill()) {
        return {};
    }
    std::string some = input_.substr(0, size);
    input_.erase(0, some.size());
    return some;
}

bool Client::ended() {
    return input_.empty() && !fill();
}

std::optional<std::string> Client::take(std::size_t size) {
    while (input_.size() < size) {
        if (!fill()) {
            return std::nullopt;
        }
    }
    std::string taken = input_.substr(0, size);
    input_.erase(0, size);
    return taken;
}

std::optional<std::string> Client::takeLine() {
    std::size_t end = 0;
    while ((end = input_.find("\r\n")) == std::string::npos) {
        if (!fill()) {
            return std::nullopt;
        }
    }
    std::string line = input_.substr(0, end);
    input_.erase(0, end + 2);
    return line;
}

bool Client::takeChunks(std::string& body) {
    while (true) {
        const auto line = takeLine();
        if (!line) {
            return false;
        }
        const std::size_t size = std::stoul(*line, nullptr, 16);
        const auto data = take(size + 2);
        if (!data || data->substr(size) != "\r\n") {
            return false;
        }
        if (size == 0) {
            return true;
        }
        body.append(*data, 0, size);
    }
}

Answer Client::receive(bool noBody) {
    Answer answer;
    auto line = takeLine();
    if (!line || line->size() < 12 || line->compare(0, 9, "HTTP/1.1 ") != 0) {
        return answer;
    }
    const int status = std::stoi(line->substr(9, 3));
    answer.head = *line + "\r\n";
    while ((line = takeLine()) && !line->empty()) {
        answer.head += *line + "\r\n";
        const std::size_t colon = line->find(": ");
        std::string name = line->substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        answer.fields[name] = line->substr(colon + 2);
    }
    if (!line) {
        return answer;
    }
    answer.status = status;
    answer.whole = true;
    if (noBody || status / 100 == 1 || status == 204 || status == 304) {
        return answer;
    }
    if (answer.field("transfer-encoding") == "chunked") {
        answer.whole = takeChunks(answer.body);
    } else if (!answer.field("content-length").empty()) {
        const auto body = take(std::stoul(answer.field("content-length")));
        answer.whole = body.has_value();
        answer.body = body.value_or("");
    } else {
        while (fill()) {
        }
        answer.body = std::exchange(input_, {});
    }
    return answer;
}

Answer Client::get(const std::string& path, const std::string& fields) {
    send("GET " + path + " HTTP/1.1\r\nHost: test\r\n" + fields + "\r\n");
    return receive();
}

}  // namespace marea::server::test
