#pragma once

#include <functional>
#include <memory>

namespace marea::app {

// Told by the system that volumes came or went; for as long as it is kept. volumewatch_*.cpp.
class VolumeWatch {
public:
    virtual ~VolumeWatch() = default;
};

// `changed` comes on the GUI thread. Null where the system tells nothing.
std::unique_ptr<VolumeWatch> watchVolumes(std::function<void()> changed);

}  // namespace marea::app
