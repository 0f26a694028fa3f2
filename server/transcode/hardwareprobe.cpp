#include "server/transcode/hardwareprobe.h"

#include <poll.h>
#include <sys/socket.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <filesystem>
#include <system_error>
#include <thread>

#include "core/base/utf8.h"
#include "server/transcode/protocol.h"
#include "server/transcode/workerprocess.h"

namespace marea::server {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> filesIn(const std::string& folder, std::string_view prefix) {
    std::vector<std::string> found;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string file = it->path().filename().string();
        const bool numbered =
            file.size() > prefix.size() && file.find_first_not_of("0123456789", prefix.size()) == std::string::npos;
        if (file.starts_with(prefix) && numbered)
            found.push_back(file);
    }
    std::sort(found.begin(), found.end());
    return found;
}

// Of this kind by its number among NVIDIA's, of the others by its path.
std::vector<HardwareDevice> devicesOf(HardwareKind kind, const std::string& folder) {
    std::vector<HardwareDevice> list;
    if (kind == HardwareKind::Nvenc) {
        for (const std::string& file : filesIn(folder, "nvidia"))
            list.push_back({kind, file.substr(6), {}, {}});
    } else if (kind == HardwareKind::VideoToolbox) {
#ifdef __APPLE__
        list.push_back({kind, {}, {}, {}});
#endif
    } else {
        for (const std::string& file : filesIn(folder + "/dri", "renderD"))
            list.push_back({kind, folder + "/dri/" + file, {}, {}});
    }
    return list;
}

// Bytes into `in` until the worker's end; false when time runs out or there are none left.
bool receive(int socket, FrameBuffer& in, Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd waiting{socket, POLLIN, 0};
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0)
        return false;
    std::array<std::uint8_t, 4096> chunk;
    const ssize_t got = ::recv(socket, chunk.data(), chunk.size(), 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0)
        return false;
    in.feed(chunk.data(), static_cast<std::size_t>(got));
    return true;
}

// Its answer, or why there is none.
core::Result<HardwareDevice> answerOf(WorkerProcess& worker, Clock::time_point until) {
    FrameBuffer in(maxRequestFrame);
    for (;;) {
        const bool more = receive(worker.socket(), in, until);
        for (auto frame = in.next(); frame && *frame; frame = in.next()) {
            auto reply = decodeReply((*frame)->data, (*frame)->size);
            if (auto* found = reply ? std::get_if<HardwareReply>(&*reply) : nullptr)
                return std::move(found->device);
        }
        if (!more)
            return core::fail(core::ErrorCode::Unavailable, Clock::now() < until
                                                                ? "its driver ended the worker that tried it"
                                                                : "it did not answer in time");
    }
}

std::string plain(const std::string& words) {
    return core::cleanText(words, 300);
}

HardwareDevice probe(const std::string& program, HardwareDevice candidate, std::chrono::milliseconds timeout) {
    auto worker = WorkerProcess::start(program, {"--try-device", name(candidate.kind), candidate.path});
    if (!worker) {
        candidate.problem = worker.error().text;
        return candidate;
    }
    const auto answer = answerOf(*worker, Clock::now() + timeout);
    if (answer) {
        candidate.encoders = answer->encoders;
        candidate.problem = plain(answer->problem);
        for (HardwareEncoder& encoder : candidate.encoders) {
            encoder.codec = plain(encoder.codec);
            encoder.problem = plain(encoder.problem);
        }
    } else {
        candidate.problem = answer.error().text;
    }
    worker->kill();
    for (int i = 0; i < 200 && !worker->reap(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return candidate;
}

}  // namespace

std::vector<HardwareDevice> hardwareCandidates(const HardwareWish& wish, const std::string& deviceFolder) {
    std::vector<HardwareDevice> list;
    if (wish.off)
        return list;
    for (const HardwareKind kind :
         {HardwareKind::Nvenc, HardwareKind::Vaapi, HardwareKind::Qsv, HardwareKind::VideoToolbox}) {
        if (wish.only && *wish.only != kind)
            continue;
        auto found = devicesOf(kind, deviceFolder);
        if (found.empty() && wish.only)
            found.push_back({kind, {}, {}, {}});
        list.insert(list.end(), found.begin(), found.end());
    }
    return list;
}

std::vector<HardwareDevice> probeHardware(const std::string& workerProgram, std::vector<HardwareDevice> candidates,
                                          std::chrono::milliseconds timeout) {
    for (HardwareDevice& candidate : candidates)
        candidate = probe(workerProgram, std::move(candidate), timeout);
    return candidates;
}

std::string describeProbe(const HardwareDevice& device) {
    std::string words = describe(device) + ": ";
    if (!device.problem.empty())
        return words + device.problem;
    std::string list;
    for (const HardwareEncoder& encoder : device.encoders) {
        list += (list.empty() ? "" : ", ") + encoder.codec + (encoder.bitDepth > 8 ? " of 10 bits" : "");
        list += encoder.works() ? " at " + std::to_string(std::lround(encoder.speed)) + " pictures a second"
                                : " not: " + encoder.problem;
    }
    return words + (list.empty() ? "no encoder" : list);
}

}  // namespace marea::server
