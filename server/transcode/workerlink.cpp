#include "server/transcode/workerlink.h"

#include <sys/socket.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "core/io/clearfile.h"

namespace marea::server {
namespace {

#ifdef MSG_NOSIGNAL
constexpr int noSignal = MSG_NOSIGNAL;
#else
constexpr int noSignal = 0;  // SO_NOSIGPIPE or an ignored SIGPIPE does it there
#endif

// One sendmsg(2) with up to maxDescriptorsPerMessage descriptors.
ssize_t sendWithDescriptors(int socket, const std::uint8_t* data, std::size_t size, const int* descriptors,
                            std::size_t count) {
    iovec part{const_cast<std::uint8_t*>(data), size};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * maxDescriptorsPerMessage)> control{};
    if (count > 0) {
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * count);
        std::memcpy(CMSG_DATA(header), descriptors, sizeof(int) * count);
    }
    ssize_t sent;
    do {
        sent = ::sendmsg(socket, &message, noSignal);
    } while (sent < 0 && errno == EINTR);
    return sent;
}

constexpr std::size_t manyBytes = 16u << 20;

// The worker drops an idle file a little later (worker/worker.cpp).
constexpr auto keptFor = std::chrono::seconds(50);

}  // namespace

const std::string& WorkerLink::kept() const {
    static const std::string none;
    return Clock::now() - keptSince_ < keptFor ? kept_ : none;
}

bool WorkerLink::inBackground() const {
    return !jobs_.empty() &&
           std::all_of(jobs_.begin(), jobs_.end(), [](const JobPtr& job) { return isBackground(job->level); });
}

bool WorkerLink::isForViewers() const {
    return std::any_of(jobs_.begin(), jobs_.end(), [](const JobPtr& job) { return server::isForViewers(job->level); });
}

void WorkerLink::assign(JobPtr job) {
    if (jobs_.empty())
        changed_ = Clock::now();
    if (!job->fingerprint.empty()) {
        kept_ = job->fingerprint;
        keptSince_ = Clock::now();
    }
    if (const auto& seal = job->file.seal()) {
        const FileSecret secret{seal->header.bytes(), seal->secret};
        encode(out_, job->request, &secret);
    } else {
        encode(out_, job->request);
    }
    descriptors_.push_back(job->file.get());
    for (const core::FileHandle& file : job->beside)
        descriptors_.push_back(file.get());
    jobs_.push_back(std::move(job));
}

bool WorkerLink::callOff(JobId job) {
    const auto found =
        std::find_if(jobs_.begin(), jobs_.end(), [&](const JobPtr& one) { return jobOf(one->request) == job; });
    if (found == jobs_.end())
        return false;
    (*found)->unwanted = true;
    process_.progress().setUnwanted(job);
    return true;
}

void WorkerLink::flush() {
    while (state_ != State::Dead && written_ < out_.size()) {
        const std::size_t count = std::min(descriptors_.size(), maxDescriptorsPerMessage);
        const ssize_t sent =
            sendWithDescriptors(socket(), out_.data() + written_, out_.size() - written_, descriptors_.data(), count);
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        if (sent < 0) {
            breakOff("write");
            return;
        }
        // The descriptors went with the first byte, whatever became of the rest.
        descriptors_.erase(descriptors_.begin(), descriptors_.begin() + static_cast<std::ptrdiff_t>(count));
        written_ += static_cast<std::size_t>(sent);
    }
    out_.clear();
    written_ = 0;
}

std::vector<WorkerLink::Answer> WorkerLink::receive() {
    std::vector<Answer> answers;
    std::array<std::uint8_t, 65536> chunk;
    // So much that others wait at most some milliseconds; poll(2) says that there is more.
    std::size_t left = manyBytes;
    while (state_ != State::Dead && left > 0) {
        // Without a control buffer, descriptors that a worker might send are closed by the kernel.
        const ssize_t got = ::recv(socket(), chunk.data(), chunk.size(), 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (got <= 0) {
            breakOff("closed");
            break;
        }
        left -= std::min(left, static_cast<std::size_t>(got));
        in_.feed(chunk.data(), static_cast<std::size_t>(got));
        while (state_ != State::Dead) {
            auto frame = in_.next();
            if (!frame)
                breakOff("frame");
            if (!frame || !*frame)
                break;
            handle(**frame, answers);
        }
    }
    return answers;
}

void WorkerLink::handle(const FrameBuffer::Frame& frame, std::vector<Answer>& answers) {
    auto reply = decodeReply(frame.data, frame.size);
    if (!reply) {
        breakOff("message");
        return;
    }
    if (auto* ready = std::get_if<ReadyReply>(&*reply)) {
        if (state_ != State::Starting || ready->version != protocolVersion) {
            breakOff("version");
            return;
        }
        state_ = State::Ready;
        sandbox_ = ready->sandbox;
        return;
    }
    // In order: anything else is a worker that lost its way.
    if (jobs_.empty() || jobOf(jobs_.front()->request) != jobOf(*reply)) {
        breakOff("order");
        return;
    }
    if (!jobs_.front()->fingerprint.empty())
        keptSince_ = Clock::now();
    answers.push_back({std::move(jobs_.front()), std::move(*reply)});
    jobs_.pop_front();
    changed_ = Clock::now();
}

void WorkerLink::breakOff(const char*) {
    state_ = State::Dead;
    process_.kill();
}

void WorkerLink::kill() {
    process_.kill();
}

WorkerLink::Clock::time_point WorkerLink::since() {
    const JobId now = process_.progress().job();
    if (now != lastSeen_) {
        lastSeen_ = now;
        changed_ = Clock::now();
    }
    return changed_;
}

std::chrono::milliseconds WorkerLink::timeout() {
    const JobId at = process_.progress().job();
    const auto found =
        std::find_if(jobs_.begin(), jobs_.end(), [&](const JobPtr& job) { return jobOf(job->request) == at; });
    if (found != jobs_.end())
        return (*found)->timeout;
    return jobs_.empty() ? std::chrono::milliseconds(0) : jobs_.front()->timeout;
}

WorkerLink::Leftover WorkerLink::takeJobs(bool hung) {
    const JobId at = process_.progress().job();
    Leftover leftover;
    for (JobPtr& job : jobs_) {
        if (at != 0 && jobOf(job->request) == at)
            leftover.culprit = std::move(job);
        else
            leftover.innocent.push_back(std::move(job));
    }
    jobs_.clear();
    // A worker that hangs and names no job of ours can only be at the first one.
    if (hung && !leftover.culprit && !leftover.innocent.empty()) {
        leftover.culprit = std::move(leftover.innocent.front());
        leftover.innocent.pop_front();
    }
    return leftover;
}

}  // namespace marea::server
