#include "server/transcode/worker/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstring>

#include "core/io/clearfile.h"

namespace marea::server {
namespace {

constexpr std::size_t manyBytes = 128 << 10;
constexpr auto longAgo = std::chrono::milliseconds(2);

}  // namespace

std::optional<WorkerChannel::Item> WorkerChannel::next() {
    for (;;) {
        auto frame = in_.next();
        if (!frame)
            return std::nullopt;
        if (!*frame) {
            if (!flush() || !receive())
                return std::nullopt;
            continue;
        }
        std::optional<FileSecret> secret;
        auto request = decodeRequest((*frame)->data, (*frame)->size, &secret);
        if (!request)
            return std::nullopt;
        const BesideFiles* beside = besideOf(*request);
        const auto more = static_cast<std::size_t>(beside ? beside->files : 0);
        if (files_.size() <= more)
            return std::nullopt;
        Item item{std::move(*request), takeFile(), {}};
        if (secret) {
            const auto header = core::parseSealedHeader(secret->header);
            if (!header)
                return std::nullopt;
            item.file.setSeal(std::make_shared<const core::FileSeal>(*header, std::move(secret->secret)));
        }
        while (item.beside.size() < more)
            item.beside.push_back(takeFile());
        // Nobody waits for an answer behind a long job.
        if (!out_.empty() && std::chrono::steady_clock::now() - flushed_ > longAgo && !flush())
            return std::nullopt;
        return item;
    }
}

core::FileHandle WorkerChannel::takeFile() {
    core::FileHandle file = std::move(files_.front());
    files_.pop_front();
    return file;
}

void WorkerChannel::send(const Reply& reply) {
    encode(out_, reply);
    if (out_.size() >= manyBytes)
        flush();
}

bool WorkerChannel::flush() {
    std::size_t done = 0;
    while (done < out_.size()) {
        const ssize_t sent = ::send(socket_, out_.data() + done, out_.size() - done, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        done += static_cast<std::size_t>(sent);
    }
    out_.clear();
    if (out_.capacity() > 2 * manyBytes)
        out_.shrink_to_fit();
    flushed_ = std::chrono::steady_clock::now();
    return true;
}

void WorkerChannel::awaitBytes() {
    if (!idle_)
        return;
    pollfd polled{socket_, POLLIN, 0};
    int came;
    do {
        came = ::poll(&polled, 1, static_cast<int>(idleAfter_.count()));
    } while (came < 0 && errno == EINTR);
    if (came == 0)
        idle_();
}

bool WorkerChannel::receive() {
    awaitBytes();
    std::array<std::uint8_t, 32768> chunk;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * maxDescriptorsPerMessage)> control;
    iovec part{chunk.data(), chunk.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t got;
    do {
        got = ::recvmsg(socket_, &message, 0);
    } while (got < 0 && errno == EINTR);
    if (got <= 0)
        return false;
    takeDescriptors(&message);
    in_.feed(chunk.data(), static_cast<std::size_t>(got));
    return (message.msg_flags & MSG_CTRUNC) == 0;
}

void WorkerChannel::takeDescriptors(void* of) {
    auto* message = static_cast<msghdr*>(of);
    for (cmsghdr* header = CMSG_FIRSTHDR(message); header; header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
            files_.emplace_back(descriptor);
        }
    }
}

}  // namespace marea::server
