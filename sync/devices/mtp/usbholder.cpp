#include "sync/devices/mtp/usbholder.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace marea::sync {

namespace {

constexpr std::string_view kHost = "mtp:host=";

// "[usb:001,005]", as older file managers name what they mount.
std::string usbName(const UsbPlace& place) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "[usb:%03u,%03u]", static_cast<unsigned>(place.bus),
                  static_cast<unsigned>(place.number));
    return text.data();
}

int digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

std::string withoutPercent(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isEscape =
            text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
        plain.push_back(isEscape ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i]);
        i += isEscape ? 2 : 0;
    }
    return plain;
}

}  // namespace

std::string mtpMountOf(const std::vector<std::string>& names, const UsbPlace& place, std::string_view serial) {
    std::vector<std::string> hosts;
    for (const std::string& name : names) {
        if (name.compare(0, kHost.size(), kHost) == 0) {
            hosts.push_back(name.substr(kHost.size()));
        }
    }
    const auto isOfIt = [&](const std::string& host) {
        const std::string plain = withoutPercent(host);
        return plain == usbName(place) || (!serial.empty() && plain.size() > serial.size() &&
                                           plain.compare(plain.size() - serial.size(), serial.size(), serial) == 0);
    };
    const auto found = std::find_if(hosts.begin(), hosts.end(), isOfIt);
    if (found != hosts.end()) {
        return "mtp://" + *found + "/";
    }
    return hosts.size() == 1 && serial.empty() ? "mtp://" + hosts.front() + "/" : "";
}

}  // namespace marea::sync
