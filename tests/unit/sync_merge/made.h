#pragma once

#include <gtest/gtest.h>
#include <cstdlib>
#include <string>

#include "sync/merge/replica.h"

namespace marea::sync::test {

inline ReplicaId replicaId(int number) {
    ReplicaId id{};
    id[0] = 1;
    id[15] = static_cast<std::uint8_t>(number);
    return id;
}

inline bool isLong() {
    const char* value = std::getenv("MAREA_LONG");
    return value && std::string_view(value) == "1";
}

constexpr core::TimeMs kDay = 24 * 60 * 60 * 1000;
constexpr core::TimeMs kNow = core::TimeMs{1'800'000'000'000};

inline const RecordKey kSong{"item", "song"};
inline const RecordKey kList{"playlist", "list"};

// All that `from` has for `to`, as one message.
inline void exchange(const Replica& from, Replica& to, core::TimeMs now = kNow) {
    ASSERT_TRUE(to.receive(from.changesAfter({}, 100'000), now).has_value());
}

inline Value valueOf(const Replica& replica, const RecordKey& key, std::string_view cell) {
    const Record* record = replica.find(key);
    const auto found = record ? record->cells.find(cell) : decltype(record->cells.end()){};
    if (!record || found == record->cells.end() || found->second.isEmpty()) {
        return {};
    }
    return found->second.latest()->value;
}

}  // namespace marea::sync::test
