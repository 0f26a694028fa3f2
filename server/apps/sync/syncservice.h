#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "server/apps/library/userlibrary.h"
#include "server/apps/sync/syncbodies.h"
#include "sync/merge/inbox.h"
#include "sync/records/storedreplica.h"
#include "sync/records/synclinks.h"

namespace marea::server {

// The server as one replica of each user's library: devices take changes from it and give it theirs. Calls block;
// thread-safe. Every call is about the library of the user whom it names.
class SyncService {
public:
    static constexpr std::size_t kMostAtOnce = 2000;  // changes that go into the records in one transaction
    static constexpr core::TimeMs kTombstones = core::TimeMs{180} * 24 * 60 * 60 * 1000;

    SyncService(core::db::Database& database, std::shared_ptr<const core::Clock> clock)
        : database_(database), clock_(std::move(clock)) {}

    struct Devices {
        core::Id server;  // the replica here
        std::vector<sync::SyncLink> devices;
    };
    core::Result<Devices> devices(const core::Id& user);

    struct Registered {
        core::Id server;
        sync::SyncLink device;
        bool isNew = true;
    };
    // Unprocessable: they are too many.
    core::Result<Registered> add(const LibraryActor& who, const DeviceWish& wish);

    // The account vouches for the certificate of one of its devices: returns the others that have one. Conflict: the
    // device is not registered by this sign-in.
    core::Result<std::vector<sync::SyncLink>> pair(const LibraryActor& who, const sync::ReplicaId& device,
                                                   const std::string& certificate);

    // What changed after `since`. `device`, where it is said, is noted to have all before.
    core::Result<sync::Changes> changes(const core::Id& user, const sync::Since& since, std::size_t limit,
                                        const std::optional<sync::ReplicaId>& device);

    struct Taken {
        std::uint64_t upTo = 0;               // of the device's changes without a gap
        std::uint64_t before = 0, place = 0;  // where our own stood before, and stand now
        bool isSame = false;                  // what is here of those records now is what was sent
        bool isNews = false;
    };
    // Conflict: the device is not registered. Unprocessable: its clock, or the library's size.
    core::Result<Taken> take(const LibraryActor& who, const sync::Changes& changes);

    struct Question {
        std::string id;
        sync::Conflict conflict;
        std::size_t shown = 0;  // which of the sides holds until somebody chooses
        bool asks = true;       // or the user's strategy decides, and there is another value all the same
    };
    struct Questions {
        std::vector<Question> list;
        std::map<sync::ReplicaId, std::string> names;  // of devices, also of those that are signed out
        std::vector<sync::ReplicaId> servers;          // ids of the replica here, now and before
        std::optional<std::size_t> next;               // where to go on
    };
    // `all`: also what stands side by side where the user does not want to be asked.
    core::Result<Questions> questions(const core::Id& user, std::size_t after, std::size_t limit, bool all = false);
    // NotFound: no such question, or it was answered. Invalid: no such side.
    core::Result<void> answer(const LibraryActor& who, const std::string& id, std::size_t side);
    // What is shown holds, of all of them.
    core::Result<void> keepShown(const LibraryActor& who);

private:
    template <class T>
    using Work = std::function<core::Result<T>(core::db::Session&, sync::StoredReplica&)>;

    core::Result<void> catchUp(const core::Id& user);
    template <class T>
    core::Result<T> inStep(const LibraryActor& who, const Work<T>& work);

    core::db::Database& database_;
    std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::server
