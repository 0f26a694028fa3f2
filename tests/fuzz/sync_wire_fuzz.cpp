// Changes from another device: what is accepted is sound, says the same again, and merges into anything.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sync/merge/inbox.h"
#include "sync/merge/playlist.h"
#include "sync/merge/wire.h"

using namespace marea;
using namespace marea::sync;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto changes = changesFromWire({reinterpret_cast<const char*>(data), size});
    if (!changes)
        return 0;
    const auto again = changesFromWire(wireText(*changes));
    demand(again && again->records == changes->records && again->upTo == changes->upTo);
    Replica replica(ReplicaId{7});
    replica.edit({"playlist", "p"}, {{"name", std::string("mine")}}, 1'800'000'000'000);
    if (replica.receive(*changes, 1'800'000'000'000)) {
        const auto place = replica.lastPlace();
        demand(replica.receive(*changes, 1'800'000'000'000).has_value() && replica.lastPlace() == place);
    }
    for (const auto& [key, held] : replica.records()) {
        static_cast<void>(conflictsOf(held.record, Strategy::AskMe));
        const auto entries = entriesOf(held.record);
        if (!entries.empty())
            static_cast<void>(placed(held.record, {"new"}, entries[entries.size() / 2].id, runTag(ReplicaId{7}, 1)));
    }
    return 0;
}
