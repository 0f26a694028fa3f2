#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "server/packaging/hardware.h"

namespace marea::server {

// Devices that may be there, by the files that their drivers put into `deviceFolder` ("/dev"), for what the owner
// wants. A kind that the owner asks for by name is always among them, so that a try can say what is wrong with it.
std::vector<HardwareDevice> hardwareCandidates(const HardwareWish& wish, const std::string& deviceFolder = "/dev");

// What each can do: a worker of its own opens it, locks itself down and encodes a few pictures. A driver that crashes
// or hangs is a device with a problem. Blocks for some seconds for each.
std::vector<HardwareDevice> probeHardware(const std::string& workerProgram, std::vector<HardwareDevice> candidates,
                                          std::chrono::milliseconds timeout = std::chrono::seconds(20));

// In words, for logs and the doctor: "vaapi (/dev/dri/renderD128): h264 at 312 pictures a second, hevc …".
std::string describeProbe(const HardwareDevice& device);

}  // namespace marea::server
