#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "sync/plan/plan.h"

namespace marea::sync {

// Photos and videos that somebody took with a device, on their way to a folder of the computer. Pure.

// By which a file of a device is known without reading it.
std::string importMark(std::string_view device, const ListedFile& file);

struct ImportStep {
    ListedFile file;
    std::string mark;
    std::string to;  // in the folder: "2024/2024-07-09/IMG_0001.jpg"
};

// Whether it is something that was taken: a picture or a video below DCIM, as cameras and phones keep them.
bool isTaken(std::string_view path);

// The day of a file, "2024-07-09": by its name where that tells it (IMG_20240709_…), else by when it was changed (in
// UTC); nothing when neither is known.
std::optional<std::string> dayOf(const ListedFile& file);

// Folders that may hold something that was taken, and cannot be opened.
std::vector<std::string> closedToImport(const std::vector<ListedFile>& listed);

// What is new, in the order of days and names; `known` has the marks of what was imported before. A time that differs
// by the hours of a time zone alone is the same.
std::vector<ImportStep> importPlan(std::string_view device, const std::vector<ListedFile>& listed,
                                   const std::unordered_set<std::string>& known);

}  // namespace marea::sync
