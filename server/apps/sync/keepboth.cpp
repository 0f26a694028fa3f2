#include "server/apps/sync/keepboth.h"

#include <sodium.h>

#include "sync/records/synclinks.h"

namespace marea::server {

using core::Error;
using core::Result;
using core::unexpected;
using core::db::Session;

namespace {

// The id of a list that follows from another's: the same wherever it is made (RFC 9562 section 5.8).
core::Id idFrom(const std::string& origin) {
    core::IdBytes bytes{};
    crypto_generichash(bytes.data(), bytes.size(), reinterpret_cast<const unsigned char*>(origin.data()), origin.size(),
                       nullptr, 0);
    bytes[6] = static_cast<std::uint8_t>(0x80 | (bytes[6] & 0x0f));
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));
    return core::idText(bytes);
}

// As the other is now, but for its name.
std::vector<sync::CellWrite> cellsOf(const sync::Record& list, const std::string& name) {
    std::vector<sync::CellWrite> writes{{"name", name}};
    for (const auto& [cell, versions] : list.cells) {
        sync::Settled is = sync::settle(cell, versions, sync::Strategy::KeepBoth);
        if (cell != "name" && !std::holds_alternative<std::monostate>(is.value)) {
            writes.push_back({cell, std::move(is.value)});
        }
    }
    return writes;
}

}  // namespace

Result<std::vector<sync::RecordKey>> keepBoth(Session& session, sync::StoredReplica& replica, const core::Id& user,
                                              const sync::Record& list, sync::Strategy strategy, core::TimeMs now) {
    std::vector<sync::RecordKey> made;
    if (strategy != sync::Strategy::KeepBoth) {
        return made;
    }
    const auto names = sync::SyncLinks(session, user).names();
    if (!names) {
        return unexpected<Error>(names.error());
    }
    const auto nameOf = [&](const sync::ReplicaId& who) {
        const auto known = names->find(who);
        return known == names->end() ? std::string("Marea") : known->second;
    };
    for (const sync::Copy& copy : sync::copiesOf(list, strategy, nameOf)) {
        const sync::RecordKey key{copy.key.kind, idFrom(copy.key.id)};
        const auto known = replica.find(key);
        auto done = known ? Result<void>() : unexpected<Error>(known.error());
        if (done && !*known) {
            done = replica.edit(key, cellsOf(list, copy.name), now);
            made.push_back(key);
        }
        if (!done) {
            return unexpected<Error>(done.error());
        }
    }
    return made;
}

}  // namespace marea::server
