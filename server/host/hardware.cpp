#include "server/host/hardware.h"

#include <algorithm>

#include "server/transcode/hardwareboard.h"
#include "server/transcode/hardwareprobe.h"
#include "server/transcode/hardwaresegments.h"
#include "server/transcode/workerpool.h"

namespace marea::server {

namespace {

constexpr int kWorkersOfDevice = 2;
constexpr std::chrono::milliseconds kSegmentPatience{15'000};  // then the processor has time left to make it

std::unique_ptr<WorkerPool> poolOf(const HardwareDevice& device, const std::string& program,
                                   const core::Executor& executor, const std::shared_ptr<core::Logger>& logger) {
    WorkerPoolOptions options;
    options.programPath = program;
    options.arguments = {"--device", name(device.kind), device.path};
    options.count = std::min(kWorkersOfDevice, mostSessions(device.kind));
    options.segmentTimeout = kSegmentPatience;
    options.tries = 1;
    options.batchApart = false;  // a device knows no urgency, and has few sessions
    return std::make_unique<WorkerPool>(std::move(options), executor, logger);
}

}  // namespace

Hardware::Hardware(const HardwareWish& wish, std::string workerProgram, core::Executor executor,
                   std::shared_ptr<core::Logger> logger)
    : workerProgram_(std::move(workerProgram)),
      executor_(std::move(executor)),
      logger_(std::move(logger)),
      wish_(wish) {
    for (HardwareDevice& device : probeHardware(workerProgram_, hardwareCandidates(wish))) {
        logger_->info("hardware.tried", {{"device", describe(device)}, {"detail", describeProbe(device)}});
        if (device.works()) {
            usable_.push_back(std::move(device));
        }
    }
}

Hardware::~Hardware() = default;

std::vector<std::string> Hardware::workerArguments() const {
    return any() ? std::vector<std::string>{"--beside-devices"} : std::vector<std::string>();
}

SegmentMaker& Hardware::start(SegmentMaker& processor) {
    if (!any()) {
        return processor;
    }
    std::vector<SegmentMaker*> makers;
    for (const HardwareDevice& device : usable_) {
        pools_.push_back(poolOf(device, workerProgram_, executor_, logger_));
        makers.push_back(pools_.back().get());
    }
    board_ = std::make_shared<HardwareBoard>(usable_, wish_, logger_);
    segments_ = std::make_unique<HardwareSegments>(processor, std::move(makers), board_);
    return *segments_;
}

std::vector<Metrics::Device> Hardware::status() const {
    std::vector<Metrics::Device> list;
    for (const auto& one : board_ ? board_->status() : std::vector<HardwareBoard::Status>()) {
        list.push_back({describe(one.state.device), one.state.badBecause.empty(), one.made, one.failures});
    }
    return list;
}

void Hardware::stop() {
    for (const auto& pool : pools_) {
        pool->stop();
    }
}

}  // namespace marea::server
