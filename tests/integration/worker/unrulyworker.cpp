#include <unistd.h>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "server/transcode/worker/mediajobs.h"

using namespace marea;
using namespace marea::server;

namespace {

// Takes until the limit says no. That is on what is taken, not on what is used: nothing needs to be touched, and the
// refusal comes as soon on a busy machine.
[[noreturn]] void eatMemory() {
    Ballast ballast(2u << 30);
    ballast.load();
    std::vector<std::unique_ptr<char[]>> eaten;
    for (;;)
        eaten.emplace_back(new char[16 << 20]);
}

void waitForByte(int descriptor) {
    char byte;
    [[maybe_unused]] const ssize_t got = ::read(descriptor, &byte, 1);
}

// A file's name says what goes wrong over it: "hang", "once-hang" (the first time only), "crash", "memory", "nonsense";
// or that it goes on until it is called off: "obedient"; or that nothing does: "quick", "gate" (waits until it can read
// a byte), "pid". Otherwise it is done as usual.
class Unruly final : public JobHandler {
public:
    Reply handle(const Request& request, core::FileHandle& file) override {
        const std::string& name = nameOf(request);
        const bool again = ::lseek(file.get(), 0, SEEK_CUR) > 0;
        if (name.starts_with("hang") || (name.starts_with("once-hang") && !again)) {
            waitForByte(file.get());  // moves the offset, which the test shares: so it sees that the job has begun
            std::this_thread::sleep_for(std::chrono::hours(1));
        }
        if (name.starts_with("obedient")) {
            while (!unwanted_())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return refusal(jobOf(request), {core::ErrorCode::Cancelled, "", "No longer wanted"});
        }
        if (name.starts_with("crash"))
            std::abort();
        if (name.starts_with("memory"))
            eatMemory();
        if (name.starts_with("nonsense")) {
            const std::string noise(4096, '\xFF');
            [[maybe_unused]] const ssize_t sent = ::write(3, noise.data(), noise.size());
        }
        if (name.starts_with("gate"))
            waitForByte(file.get());
        if (name.starts_with("quick") || name.starts_with("gate") || name.starts_with("pid"))
            return harmless(request);
        return media_.handle(request, file);
    }
    void rest() override { media_.rest(); }
    void setUnwanted(std::function<bool()> unwanted) override {
        unwanted_ = unwanted;
        media_.setUnwanted(std::move(unwanted));
    }

private:
    static Reply harmless(const Request& request) {
        if (std::holds_alternative<SegmentRequest>(request))
            return SegmentReply{jobOf(request), std::to_string(::getpid())};
        if (const auto* ladder = std::get_if<LadderRequest>(&request))
            return LadderReply{ladder->job,
                               std::vector<std::string>(ladder->spec.tracks.size(), std::to_string(::getpid()))};
        if (std::holds_alternative<IndexRequest>(request))
            return IndexReply{jobOf(request), {}};
        return ProbeReply{jobOf(request), {}};
    }

    MediaJobs media_;
    std::function<bool()> unwanted_;
};

}  // namespace

int main(int count, char** arguments) {
    Unruly unruly;
    return runWorker(count, arguments, unruly);
}
