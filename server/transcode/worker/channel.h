#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "core/io/filehandle.h"
#include "server/transcode/protocol.h"

namespace marea::server {

// The worker's end of the socket: blocking reads of requests with their descriptors, replies collected and sent
// together when nothing more is at hand, when there are many, or when some milliseconds have gone by.
class WorkerChannel {
public:
    explicit WorkerChannel(int socket) : socket_(socket) {}

    // Calls `action` once when nothing has come for so long.
    void whenIdle(std::chrono::milliseconds after, std::function<void()> action) {
        idleAfter_ = after;
        idle_ = std::move(action);
    }

    struct Item {
        Request request;
        core::FileHandle file;
        std::vector<core::FileHandle> beside;
    };
    std::optional<Item> next();  // nullopt when the pool is gone, or spoke nonsense
    void send(const Reply& reply);
    bool flush();

private:
    core::FileHandle takeFile();
    bool receive();
    void awaitBytes();
    void takeDescriptors(void* message);

    int socket_;
    std::chrono::milliseconds idleAfter_{0};
    std::function<void()> idle_;
    FrameBuffer in_{maxRequestFrame};
    std::deque<core::FileHandle> files_;
    Bytes out_;
    std::chrono::steady_clock::time_point flushed_ = std::chrono::steady_clock::now();
};

}  // namespace marea::server
