#pragma once

#include <string>
#include <vector>

#include "sync/engine/importrun.h"
#include "sync/engine/syncengine.h"

namespace marea::app {

// What `marea sync` prints, as text for people or as one JSON object a line. Pure.

struct ListedDevice {
    std::string id, name, kind, fileSystem, profile;
    std::int64_t freeBytes = 0;
    std::string problem;  // why nothing can be put on it now
};

std::string devicesText(const std::vector<ListedDevice>& devices, bool json);
struct PlanForm {
    bool json = false;
    bool verbose = false;  // every file, also of a long plan; else folders
};
std::string planText(const sync::Plan& plan, const std::string& device, const PlanForm& form);
std::string progressText(const sync::Progress& progress, bool json);
std::string progressLine(const sync::Progress& progress, std::size_t columns);  // for a terminal, without a line break
std::string cutTo(const std::string& text, std::size_t columns);
std::string reportText(const sync::SyncReport& report, bool json);
std::string importText(const sync::ImportReport& report, bool json);
std::string errorText(const core::Error& error, bool json);

std::string sizeText(std::int64_t bytes);  // "1.2 GB"
std::string durationText(double seconds);  // "3 min"

}  // namespace marea::app
