#include "server/apps/sync/deliver.h"

#include <algorithm>

#include "server/apps/library/libraryevents.h"
#include "server/apps/sync/keepboth.h"
#include "server/apps/sync/synced.h"
#include "server/apps/sync/syncledger.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::Result;
using core::TimeMs;
using core::unexpected;
using core::db::Session;

constexpr std::int64_t kMostPlays = 1'000'000;  // of one title that another device has more

Result<void> recorded(Session& session, LibraryEvent event) {
    const auto done = record(session, std::move(event));
    return done ? Result<void>() : unexpected<Error>(done.error());
}

class Delivery {
public:
    Delivery(Session& session, const LibraryActor& who, const sync::Policy& policy, TimeMs now)
        : session_(session), ledger_(session, who.userId), who_(who), policy_(policy), now_(now) {}

    Result<void> put(const sync::Record& record) {
        if (!core::isId(record.key.id)) {
            return {};
        }
        const sync::Strategy strategy = policy_.of(record.key.kind);
        if (record.key.kind == kItemKind) {
            return putItem(record.key.id, syncedItem(record, strategy));
        }
        return record.key.kind == kPlaylistKind ? putList(record.key.id, syncedList(record, strategy)) : Result<void>();
    }

private:
    TimeMs past(TimeMs at) const { return std::clamp<TimeMs>(at, 0, now_); }

    LibraryEvent eventOf(EventKind kind, json::object data, TimeMs at) const {
        LibraryEvent event;
        event.userId = who_.userId;
        event.loginId = who_.loginId;
        event.kind = kind;
        event.data = std::move(data);
        event.at = past(at);
        return event;
    }

    Result<void> putItem(const core::Id& media, const SyncedItem& item) {
        UserChange change;
        change.rating = item.rating.value_or(0);
        change.favourite = item.favourite;
        const auto before = userState(session_, who_.userId, media);
        if (!before) {
            return unexpected<Error>(before.error());
        }
        if (item.watched != before->watched) {
            change.watched = item.watched;
        }
        const auto after = changeUserState(session_, who_, media, change, past(item.changedAt));
        if (!after) {
            return unexpected<Error>(after.error());
        }
        auto done = putPlays(media, *after, item);
        return done ? putPosition(media, *after, item) : done;
    }

    // As one event, however many: scrobblers are told of playbacks by who played.
    Result<void> putPlays(const core::Id& media, const UserState& state, const SyncedItem& item) {
        const std::int64_t more = std::clamp(item.plays - state.playCount, -kMostPlays, kMostPlays);
        if (more == 0) {
            return {};
        }
        const TimeMs at = std::max(past(item.playedAt), state.lastPlayedAt.value_or(0));
        LibraryEvent event = eventOf(EventKind::Played, {{"counted", false}, {"plays", more}}, at);
        event.mediaId = media;
        return recorded(session_, std::move(event));
    }

    Result<void> putPosition(const core::Id& media, const UserState& state, const SyncedItem& item) {
        if (!item.position || *item.position == state.position) {
            return {};
        }
        return savePosition(session_, {who_, media, *item.position, false, past(item.positionAt)});
    }

    Result<void> putList(const core::Id& id, const std::optional<SyncedList>& wanted) {
        const auto whose = ledger_.whosePlaylist(id);
        if (!whose) {
            return unexpected<Error>(whose.error());
        }
        if (*whose == SyncLedger::Whose::Others) {
            return {};
        }
        const bool isThere = *whose == SyncLedger::Whose::Own;
        if (!wanted) {
            return isThere ? aboutList(id, EventKind::PlaylistDeleted, {}) : Result<void>();
        }
        return isThere ? changeList(id, *wanted) : createList(id, *wanted);
    }

    Result<void> aboutList(const core::Id& id, EventKind kind, json::object data) {
        LibraryEvent event = eventOf(kind, std::move(data), now_);
        event.playlistId = id;
        return recorded(session_, std::move(event));
    }

    Result<void> createList(const core::Id& id, const SyncedList& wanted) {
        const auto count = ledger_.playlistCount();
        if (!count || *count >= kMostPlaylists) {
            return count ? Result<void>() : unexpected<Error>(count.error());
        }
        json::object data{{"name", wanted.name},
                          {"description", wanted.description},
                          {"visibility", wanted.visibility},
                          {"rules", core::jsonOrNull(wanted.rules)}};
        EntryChanges entries = entryChanges({}, wanted.entries, now_);
        if (!entries.added.empty()) {
            data["added"] = std::move(entries.added);
        }
        return aboutList(id, EventKind::PlaylistCreated, std::move(data));
    }

    Result<void> changeList(const core::Id& id, const SyncedList& wanted) {
        const auto list = playlist(session_, who_.userId, id);
        const auto rows = playlistEntries(session_, who_.userId, id, std::nullopt, static_cast<int>(kMostEntries));
        if (!list || !rows) {
            return unexpected<Error>(list ? rows.error() : list.error());
        }
        json::object data;
        const auto set = [&data](const char* key, const std::string& value, const std::string& before) {
            if (value != before) {
                data[key] = value;
            }
        };
        set("name", wanted.name, list->name);
        set("description", wanted.description, list->description);
        set("visibility", wanted.visibility, list->visibility);
        if (!list->rules.empty()) {  // a smart one stays one
            set("rules", wanted.rules.empty() ? list->rules : wanted.rules, list->rules);
        } else {
            addEntries(data, entryChanges(*rows, wanted.entries, now_));
        }
        return data.empty() ? Result<void>() : aboutList(id, EventKind::PlaylistChanged, std::move(data));
    }

    static void addEntries(json::object& data, EntryChanges changes) {
        if (!changes.added.empty()) {
            data["added"] = std::move(changes.added);
        }
        if (!changes.moved.empty()) {
            data["moved"] = std::move(changes.moved);
        }
        if (!changes.removed.empty()) {
            data["removed"] = std::move(changes.removed);
        }
    }

    Session& session_;
    SyncLedger ledger_;
    const LibraryActor who_;
    const sync::Policy& policy_;
    const TimeMs now_;
};

}  // namespace

Result<void> deliver(Session& session, sync::StoredReplica& replica, const LibraryActor& who,
                     const std::vector<sync::RecordKey>& keys, const sync::Policy& policy, TimeMs now) {
    Delivery delivery(session, who, policy, now);
    std::vector<sync::RecordKey> all = keys;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto record = replica.find(all[i]);
        if (!record) {
            return unexpected<Error>(record.error());
        }
        if (*record) {
            const auto strategy = policy.of(all[i].kind);
            auto done = delivery.put(**record);
            const auto more = done ? keepBoth(session, replica, who.userId, **record, strategy, now)
                                   : unexpected<Error>(done.error());
            if (!more) {
                return unexpected<Error>(more.error());
            }
            all.insert(all.end(), more->begin(), more->end());
        }
    }
    SyncLedger ledger(session, who.userId);
    const auto last = ledger.lastEvent();
    auto done = last ? ledger.setAbsorbed(*last) : unexpected<Error>(last.error());
    return done ? ledger.forgetPending() : done;
}

}  // namespace marea::server
