#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "sync/cloud/cloudlink.h"
#include "sync/merge/replica.h"

// What is said to /api/v1/sync and what it answers (docs/sync.md). Pure.
namespace marea::sync {

struct CloudDevice {
    ReplicaId server{};
    std::uint64_t taken = 0;             // up to which place here the server has everything
    std::vector<ReplicaId> former = {};  // of a peer: the ids that it had before
    std::string name = {};               // and what it is called by now; empty: not told
};
struct CloudTaken {
    std::uint64_t taken = 0, before = 0, place = 0;
    bool isSame = false;
};

struct Registration {
    ReplicaId replica{};
    std::uint16_t port = 0;              // where another desktop may come to this one; 0: nowhere, as servers are told
    std::vector<ReplicaId> former = {};  // the ids that it had before
    // To a peer: up to which of its places everything is here, and under which id it is known here.
    std::optional<ReplicaId> knows = {};
    std::uint64_t taken = 0;
    std::string name = {};  // where it was read
};
constexpr std::size_t kLongestDeviceName = 100;
std::string registration(const Registration& is, const std::string& name);
std::optional<Registration> registrationFrom(std::string_view body);
std::string changesTarget(const Since& since, std::size_t limit, const ReplicaId& replica);

// The other way: what was asked for, and how it is answered. For who has the copy that another device asks.
struct ChangesAsked {
    Since since;
    std::size_t limit = 0;
};
std::optional<ChangesAsked> changesAsked(std::string_view target);  // nothing: something else
std::string deviceAnswer(const CloudDevice& device);
std::string takenAnswer(const CloudTaken& taken);
CloudLink::Answer problemAnswer(const core::Error& error);

// What an answer says; its problem where it is none.
core::Result<CloudDevice> deviceFrom(const CloudLink::Answer& answer);
core::Result<CloudTaken> takenFrom(const CloudLink::Answer& answer);
core::Result<Changes> changesFrom(const CloudLink::Answer& answer);

}  // namespace marea::sync
