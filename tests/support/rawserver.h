#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace marea::server::test {

// A server on a free port of 127.0.0.1 that answers each connection by a function, however wrong; one at a time.
class RawServer {
public:
    // What is written to whoever asked that; the connection is closed after it, unless `stays`.
    using Reply = std::function<std::string(const std::string& request)>;

    explicit RawServer(Reply reply, bool stays = false) : reply_(std::move(reply)), stays_(stays) {
        fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(fd_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(fd_, 16);
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~RawServer() {
        over_ = true;
        thread_.join();
        for (const int fd : open_) {
            ::close(fd);
        }
        ::close(fd_);
    }
    std::string url(const std::string& path = "/") const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
    std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

private:
    bool ready(int fd, short events = POLLIN) const {
        pollfd wanted{fd, events, 0};
        while (!over_) {
            if (::poll(&wanted, 1, 50) > 0) {
                return true;
            }
        }
        return false;
    }
    void run() {
        while (ready(fd_)) {
            const int fd = ::accept(fd_, nullptr, nullptr);
            if (fd < 0) {
                continue;
            }
            const std::string request = read(fd);
            {
                const std::lock_guard lock(mutex_);
                requests_.push_back(request);
            }
            write(fd, reply_(request));
            if (stays_) {
                open_.push_back(fd);
            } else {
                ::close(fd);
            }
        }
    }
    // The head, and the body that it announces.
    std::string read(int fd) const {
        std::string text;
        std::size_t end = std::string::npos, length = 0;
        while ((end == std::string::npos || text.size() < end + 4 + length) && ready(fd)) {
            char buffer[4096];
            const ssize_t got = ::recv(fd, buffer, sizeof buffer, 0);
            if (got <= 0) {
                break;
            }
            text.append(buffer, static_cast<std::size_t>(got));
            end = text.find("\r\n\r\n");
            const auto field = text.find("Content-Length: ");
            length = field == std::string::npos ? 0 : std::stoul(text.substr(field + 16));
        }
        return text;
    }
    void write(int fd, const std::string& text) const {
        for (std::size_t done = 0; done < text.size() && ready(fd, POLLOUT);) {
            const ssize_t sent = ::send(fd, text.data() + done, text.size() - done, MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && errno != EAGAIN) {
                return;
            }
            done += sent > 0 ? static_cast<std::size_t>(sent) : 0;
        }
    }

    Reply reply_;
    const bool stays_;
    int fd_ = -1;
    int port_ = 0;
    std::atomic<bool> over_{false};
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::vector<int> open_;
    std::thread thread_;
};

}  // namespace marea::server::test
