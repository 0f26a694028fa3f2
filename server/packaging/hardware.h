#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/packaging/segment.h"

namespace marea::server {

// Encoders on graphics processors: which there are, and which one a segment is made by. Pure.

// Software: the processor's own encoders through the same door, for tests where there is no device.
enum class HardwareKind { Nvenc, Vaapi, Qsv, VideoToolbox, Software };
const char* name(HardwareKind kind);  // "nvenc", "vaapi", …, as in the configuration and in a worker's arguments
std::optional<HardwareKind> hardwareKind(std::string_view name);

// What the owner wants.
struct HardwareWish {
    bool off = false;
    std::optional<HardwareKind> only;  // else whatever there is
    bool operator==(const HardwareWish&) const = default;
};
// "auto", "off", or a kind.
std::optional<HardwareWish> hardwareWish(std::string_view word);

// One encoder as a try with it showed.
struct HardwareEncoder {
    std::string codec;    // "h264", "hevc", "av1"
    int bitDepth = 8;     // 8 or 10
    std::string problem;  // empty: it works; else why not, in words
    double speed = 0;     // pictures of 1280×720 a second
    bool works() const { return problem.empty(); }
};

struct HardwareDevice {
    HardwareKind kind = HardwareKind::Vaapi;
    std::string path;     // "/dev/dri/renderD128"; empty: the only one of its kind
    std::string problem;  // empty: it opens
    std::vector<HardwareEncoder> encoders;
    bool works() const;
};
std::string describe(const HardwareDevice& device);  // "vaapi (/dev/dri/renderD128)"

// How many encodings a device does at once: consumer cards of NVIDIA refuse more sessions than a few.
int mostSessions(HardwareKind kind);

// A device as it stands.
struct HardwareState {
    HardwareDevice device;
    int sessions = 0;        // being made now
    std::string badBecause;  // empty: good
};

// What an encoding asks of an encoder. 10 bits where it may keep its source's HDR.
struct HardwareNeed {
    std::string codec;
    int bitDepth = 8;
    int width = 0, height = 0;
};
HardwareNeed hardwareNeed(const VideoEncoding& encoding);

struct HardwareChoice {
    std::optional<std::size_t> device;  // by index; nullopt: the processor
    std::string reason;                 // in words, for the log
};
// The first kind in the order of HardwareKind that can do it, and of several devices the least busy.
HardwareChoice chooseHardware(const std::vector<HardwareState>& devices, const HardwareNeed& need,
                              const HardwareWish& wish);

}  // namespace marea::server
