// What devices say to a server: bodies that are taken are within their bounds, and whatever records come say of a
// library what a library can hold.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/base/utf8.h"
#include "server/apps/sync/syncbodies.h"
#include "server/apps/sync/synced.h"
#include "sync/merge/forgotten.h"
#include "sync/merge/wire.h"

using namespace marea;
using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

void bodies(std::string_view text) {
    if (const auto device = parseDevice(text))
        demand(!device->name.empty() && device->name.size() <= 100 && core::isUtf8(device->name));
    if (const auto wish = parsePair(text))
        demand(wish->certificate.size() == 64);
    if (const auto choice = parseChoice(text))
        demand(*choice <= 1000);
    static_cast<void>(parseSince(text));
    if (const auto entry = namedEntry(text))
        demand(core::isId(entry->mediaId) && (entry->id.empty() || core::isId(entry->id)));
}

void shown(const sync::Record& record, sync::Strategy strategy) {
    const SyncedItem item = syncedItem(record, strategy);
    demand(!item.rating || (*item.rating >= 1 && *item.rating <= 10));
    demand(!item.position || *item.position >= 0);
    if (const auto list = syncedList(record, strategy)) {
        demand(!list->name.empty() && core::isUtf8(list->name) && core::isUtf8(list->description));
        demand(list->entries.size() <= kMostEntries);
        static_cast<void>(entryChanges({}, list->entries, 1));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    bodies(text);
    auto changes = sync::changesFromWire(text);
    if (!changes)
        return 0;
    for (sync::Record& record : changes->records) {
        for (const auto strategy : {sync::Strategy::LastWriteWins, sync::Strategy::AskMe, sync::Strategy::MergeMetadata,
                                    sync::Strategy::KeepBoth})
            shown(record, strategy);
        sync::forgetRemoved(record, 0);
        shown(record, sync::Strategy::LastWriteWins);
    }
    return 0;
}
