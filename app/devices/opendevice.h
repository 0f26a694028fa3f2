#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sync/engine/target.h"
#include "sync/plan/deviceprofile.h"

namespace marea::app {

// An open device, with the names by which its profile and its journal are found.
struct OpenDevice {
    std::unique_ptr<sync::Target> target;
    std::string model;  // what profiles know it by
    std::string id;     // the same each time it comes, wherever it is mounted, as far as it can be told
};

struct DeviceWish {
    std::string place;                 // a folder, "mtp", "mtp:SERIAL"
    std::vector<std::string> folders;  // of a phone: what is looked at below its top
    std::string storage;               // of a phone: the name of one; "": the largest
};

// Blocks for as long as the device takes.
core::Result<OpenDevice> openDevice(const DeviceWish& wish);

std::vector<std::string> foldersOf(const std::vector<sync::DeviceProfile>& profiles);

bool isPhone(const std::string& place);
// By what a phone's journal and the copy of its library file are found. Each storage has its own; the largest, which is
// taken where none is named, has the same whether it is named or not. Pure.
std::string phoneId(const std::string& serial, const std::string& storage, const std::string& largest);
// Whether one of a device and a library's folder is in the other, or they are one, by whatever path: what is put there
// would be part of the library, and come again.
bool isOneInTheOther(const std::string& place, const std::string& folder);

// Of a mounted volume or a folder. May block while the medium wakes up.
std::string volumeKey(const std::string& folder);

}  // namespace marea::app
