#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "sync/plan/selection.h"

namespace marea::app {

// What `marea sync` was asked for.
struct SyncArguments {
    enum class What { List, Plan, Run, Import, Help };
    What what = What::Help;
    std::string device;    // a mounted volume's folder
    std::string from;      // the folder with the library
    std::string into;      // the folder for what was taken with the device, of Import
    std::string profile;   // id of a device profile; "" to tell by the volume's name
    std::string profiles;  // a file with profiles of the user's own; they go before those that Marea has
    std::string storage;   // of a phone, by its name; "" for the largest
    std::string state;     // folder for journals; "" for the usual one
    sync::SyncRules rules;
    bool takeOver = false;  // what other computers put on the device is this one's
    bool json = false, verbose = false;
};

// `arguments` without the program and "sync". Invalid for wrong usage, with words.
core::Result<SyncArguments> syncArguments(const std::vector<std::string>& arguments);
std::string syncHelp();

// "500MB", "32GB", "1000": bytes, decimal as sticks are sold.
std::optional<std::int64_t> bytesFrom(std::string_view text);

}  // namespace marea::app
