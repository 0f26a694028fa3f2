#pragma once

#include <arpa/inet.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <list>
#include <random>
#include <string>
#include <thread>

namespace marea::test {

// Passes bytes on to a port of 127.0.0.1, each block late by as much as the dice say, and breaks a connection off after
// as many as they say; every third one lives.
class BadNetwork {
public:
    BadNetwork(std::uint16_t target, std::uint64_t seed) : target_(target), dice_(seed) {
        door_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in here = at(0);
        socklen_t size = sizeof here;
        ::bind(door_, reinterpret_cast<sockaddr*>(&here), size);
        ::listen(door_, 16);
        ::getsockname(door_, reinterpret_cast<sockaddr*>(&here), &size);
        port_ = ntohs(here.sin_port);
        host_ = std::thread([this] { receive(); });
    }
    ~BadNetwork() {
        over_ = true;
        host_.join();
        for (std::thread& one : guests_) {
            one.join();
        }
        ::close(door_);
    }
    BadNetwork(const BadNetwork&) = delete;
    BadNetwork& operator=(const BadNetwork&) = delete;

    std::uint16_t port() const { return port_; }
    int cut() const { return cut_; }  // connections so far

private:
    static sockaddr_in at(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    void receive() {
        while (!over_) {
            pollfd wanted{door_, POLLIN, 0};
            if (::poll(&wanted, 1, 20) > 0) {
                const int guest = ::accept(door_, nullptr, nullptr);
                const bool lives = dice_() % 3 == 0;
                const std::int64_t budget = lives ? INT64_MAX : static_cast<std::int64_t>(dice_() % 8000);
                guests_.emplace_back([this, guest, budget, seed = dice_()] { carry(guest, budget, seed); });
            }
        }
    }
    void carry(int guest, std::int64_t budget, std::uint64_t seed) {
        const int there = ::socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in address = at(target_);
        std::mt19937_64 dice(seed);
        if (::connect(there, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
            while (!over_ && budget >= 0 && pass({guest, there}, budget, dice)) {
            }
            cut_ += budget < 0 ? 1 : 0;
        }
        ::close(there);
        ::close(guest);
    }
    // A block each way, where there is one. False once an end has closed.
    static bool pass(const std::array<int, 2>& ends, std::int64_t& budget, std::mt19937_64& dice) {
        std::array<pollfd, 2> wanted{{{ends[0], POLLIN, 0}, {ends[1], POLLIN, 0}}};
        ::poll(wanted.data(), wanted.size(), 20);
        for (std::size_t from = 0; from < ends.size(); ++from) {
            if (wanted[from].revents == 0) {
                continue;
            }
            std::array<char, 1024> block{};
            const ssize_t count = ::recv(ends[from], block.data(), block.size(), 0);
            budget -= count;
            if (count <= 0 || budget < 0) {
                return false;
            }
            std::this_thread::sleep_for(std::chrono::microseconds(dice() % 4 == 0 ? dice() % 3000 : 0));
            if (::send(ends[1 - from], block.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) != count) {
                return false;
            }
        }
        return true;
    }

    const std::uint16_t target_;
    std::mt19937_64 dice_;
    int door_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> over_{false};
    std::atomic<int> cut_{0};
    std::thread host_;
    std::list<std::thread> guests_;
};

// A network that nobody else is in, with one link, whose cable can be pulled. For the rest of the process, which has no
// threads yet.
class OwnNetwork {
public:
    // False: this user may not have one.
    static bool enter() {
        const std::string user = std::to_string(::geteuid()), group = std::to_string(::getegid());
        if (::unshare(CLONE_NEWNET) != 0) {
            if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
                return false;
            }
            std::ofstream("/proc/self/setgroups") << "deny";
            std::ofstream("/proc/self/uid_map") << user + " " + user + " 1";
            std::ofstream("/proc/self/gid_map") << group + " " + group + " 1";
        }
        return setLink(true);
    }
    static bool setLink(bool up) {
        const int any = ::socket(AF_INET, SOCK_DGRAM, 0);
        ifreq link{};
        std::copy_n("lo", 3, link.ifr_name);
        link.ifr_flags = static_cast<short>(IFF_LOOPBACK | (up ? IFF_UP : 0));
        const bool done = ::ioctl(any, SIOCSIFFLAGS, &link) == 0;
        ::close(any);
        return done;
    }
};

}  // namespace marea::test
