#include "server/packaging/hardware.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace marea::server {
namespace {

constexpr std::array<std::pair<HardwareKind, const char*>, 5> names{{{HardwareKind::Nvenc, "nvenc"},
                                                                     {HardwareKind::Vaapi, "vaapi"},
                                                                     {HardwareKind::Qsv, "qsv"},
                                                                     {HardwareKind::VideoToolbox, "videotoolbox"},
                                                                     {HardwareKind::Software, "software"}}};

constexpr int leastEdge = 160;  // below it, some encoders refuse, and the processor is fast enough

// Empty: it can do it now.
std::string whyNot(const HardwareState& state, const HardwareNeed& need) {
    const HardwareDevice& device = state.device;
    if (!device.problem.empty())
        return describe(device) + ": " + device.problem;
    if (!state.badBecause.empty())
        return describe(device) + " rests after a failure: " + state.badBecause;
    const auto encoder = std::find_if(device.encoders.begin(), device.encoders.end(), [&](const HardwareEncoder& one) {
        return one.codec == need.codec && one.bitDepth == need.bitDepth;
    });
    const std::string what = need.codec + (need.bitDepth > 8 ? " of 10 bits" : "");
    if (encoder == device.encoders.end() || !encoder->works())
        return describe(device) + " does not encode " + what +
               (encoder == device.encoders.end() ? "" : ": " + encoder->problem);
    if (need.width < leastEdge || need.height < leastEdge)
        return "the picture is too small for it to be worth it";
    if (state.sessions >= mostSessions(device.kind))
        return describe(device) + " has as many encodings as it can do at once";
    return {};
}

}  // namespace

const char* name(HardwareKind kind) {
    return names[static_cast<std::size_t>(kind)].second;
}

std::optional<HardwareKind> hardwareKind(std::string_view word) {
    const auto* found = std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.second == word; });
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

std::optional<HardwareWish> hardwareWish(std::string_view word) {
    if (word == "auto" || word == "off")
        return HardwareWish{word == "off", {}};
    const auto kind = hardwareKind(word);
    return kind && kind != HardwareKind::Software ? std::optional(HardwareWish{false, kind}) : std::nullopt;
}

bool HardwareDevice::works() const {
    return problem.empty() &&
           std::any_of(encoders.begin(), encoders.end(), [](const HardwareEncoder& one) { return one.works(); });
}

std::string describe(const HardwareDevice& device) {
    return std::string(name(device.kind)) + (device.path.empty() ? "" : " (" + device.path + ")");
}

int mostSessions(HardwareKind kind) {
    return kind == HardwareKind::Nvenc ? 3 : 4;
}

HardwareNeed hardwareNeed(const VideoEncoding& encoding) {
    const bool mayBeHdr = encoding.codec != "h264" && !encoding.toneMap;
    return {encoding.codec, mayBeHdr ? 10 : 8, encoding.width, encoding.height};
}

HardwareChoice chooseHardware(const std::vector<HardwareState>& devices, const HardwareNeed& need,
                              const HardwareWish& wish) {
    if (wish.off)
        return {{}, "switched off"};
    HardwareChoice choice{{}, wish.only ? std::string("there is no ") + name(*wish.only) : "there is no device"};
    std::string reasons;
    for (std::size_t i = 0; i < devices.size(); ++i) {
        if (wish.only && devices[i].device.kind != *wish.only)
            continue;
        const std::string problem = whyNot(devices[i], need);
        if (!problem.empty()) {
            reasons += (reasons.empty() ? "" : "; ") + problem;
            continue;
        }
        const auto rank = [&](std::size_t n) { return std::tuple(devices[n].device.kind, devices[n].sessions); };
        if (!choice.device || rank(i) < rank(*choice.device))
            choice.device = i;
    }
    if (choice.device)
        choice.reason = describe(devices[*choice.device].device);
    else if (!reasons.empty())
        choice.reason = reasons;
    return choice;
}

}  // namespace marea::server
