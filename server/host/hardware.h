#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/executor.h"
#include "core/base/log.h"
#include "server/host/metrics.h"
#include "server/packaging/hardware.h"

namespace marea::server {

class HardwareBoard;
class HardwareSegments;
class SegmentMaker;
class WorkerPool;

// The devices that encode beside the processor, with their workers. Where there are none, or the owner wants none, all
// goes to the processor's workers.
class Hardware {
public:
    // Tries each device that may be there, and logs what it can do; blocks for some seconds where there are any.
    Hardware(const HardwareWish& wish, std::string workerProgram, core::Executor executor,
             std::shared_ptr<core::Logger> logger);
    ~Hardware();

    bool any() const { return !usable_.empty(); }
    // For the processor's workers, whose segments stand beside those of devices.
    std::vector<std::string> workerArguments() const;
    // Starts the devices' workers; once. What makes segments from then on.
    SegmentMaker& start(SegmentMaker& processor);
    std::vector<Metrics::Device> status() const;
    void stop();

private:
    const std::string workerProgram_;
    const core::Executor executor_;
    const std::shared_ptr<core::Logger> logger_;
    std::vector<HardwareDevice> usable_;
    std::shared_ptr<HardwareBoard> board_;  // null: no device, or not started
    std::vector<std::unique_ptr<WorkerPool>> pools_;
    std::unique_ptr<HardwareSegments> segments_;
    const HardwareWish wish_;
};

}  // namespace marea::server
