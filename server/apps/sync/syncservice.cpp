#include "server/apps/sync/syncservice.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "server/apps/sync/absorb.h"
#include "server/apps/sync/deliver.h"
#include "server/apps/sync/syncledger.h"
#include "sync/records/sqliterecords.h"

namespace marea::server {

namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::TimeMs;
using core::unexpected;
using core::db::Session;
using sync::SqliteRecords;
using sync::StoredReplica;

constexpr std::string_view kBehind = "more to absorb";

// The question's own name is long and holds what people wrote; this stands for it.
std::string publicId(const sync::Conflict& conflict) {
    const std::string text = conflict.key.kind + '\n' + conflict.key.id + '\n' + conflict.id;
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       nullptr, 0);
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

// Which side is shown by that strategy.
std::size_t shownSide(const sync::Record& record, const sync::Conflict& conflict, sync::Strategy strategy) {
    const auto cell = record.cells.find(conflict.cell);
    const sync::Value value = conflict.cell == sync::kLifeCell ? sync::Value(sync::lifeOf(record, strategy).isThere)
                              : cell == record.cells.end()     ? sync::Value()
                                                           : sync::settle(cell->first, cell->second, strategy).value;
    const auto found = std::find_if(conflict.sides.begin(), conflict.sides.end(),
                                    [&](const sync::Conflict::Side& side) { return side.value == value; });
    return found == conflict.sides.end() ? 0 : static_cast<std::size_t>(found - conflict.sides.begin());
}

// Where playback got to is state, and no value that somebody would want back.
bool isState(const sync::Conflict& conflict) {
    return conflict.cell == "position" || conflict.cell == "played_at";
}

// What stands side by side: where the user is asked, or all of it.
Result<std::vector<SyncService::Question>> standing(SqliteRecords& records, const sync::Policy& policy, bool all) {
    std::vector<SyncService::Question> list;
    auto done = records.contested([&](const sync::Replica::Held& held) {
        const sync::Strategy strategy = policy.of(held.record.key.kind);
        const bool asks = strategy == sync::Strategy::AskMe;
        for (sync::Conflict& conflict : sync::conflictsOf(held.record, all ? sync::Strategy::AskMe : strategy)) {
            if (asks || !isState(conflict)) {
                const std::size_t shown = shownSide(held.record, conflict, strategy);
                std::string id = publicId(conflict);
                list.push_back({std::move(id), std::move(conflict), shown, asks});
            }
        }
        return true;
    });
    return done ? Result<std::vector<SyncService::Question>>(std::move(list)) : unexpected<Error>(done.error());
}

// Shows anew what stands side by side, where the user chose otherwise since.
Result<void> followPolicy(Session& session, StoredReplica& replica, const LibraryActor& who, const sync::Policy& policy,
                          TimeMs now) {
    SyncLedger ledger(session, who.userId);
    const std::string text = policyText(policy);
    const auto before = ledger.policyBefore();
    if (!before || *before == text) {
        return before ? Result<void>() : unexpected<Error>(before.error());
    }
    std::vector<sync::RecordKey> keys;
    SqliteRecords records(session, who.userId);
    auto done = records.contested([&](const sync::Replica::Held& held) {
        keys.push_back(held.record.key);
        return true;
    });
    done = done ? deliver(session, replica, who, keys, policy, now) : done;
    return done ? ledger.setPolicy(text) : done;
}

// Of two questions of one record the first answer may have answered the second.
Result<void> settleAs(Session& session, StoredReplica& replica, const LibraryActor& who, const sync::Policy& policy,
                      const SyncService::Question& question, std::size_t side, TimeMs now) {
    const sync::RecordKey& key = question.conflict.key;
    auto answered = replica.answer(key, sync::Strategy::AskMe, question.conflict.id, side, now);
    if (!answered && answered.error().code == ErrorCode::Conflict) {
        return {};
    }
    return answered ? deliver(session, replica, who, {key}, policy, now) : answered;
}

// Who never had a device needs no records.
Result<bool> hasDevices(Session& session, const Id& user) {
    const auto links = sync::SyncLinks(session, user).all();
    bool has = links && !links->empty();
    auto done = links && !has ? SqliteRecords(session, user).contested([&](const sync::Replica::Held&) {
        has = true;
        return false;
    })
                              : Result<void>();
    done = links ? done : unexpected<Error>(links.error());
    return done ? Result<bool>(has) : unexpected<Error>(done.error());
}

// What the server wrote while its clock was far ahead: devices take none of it.
Result<void> setRight(core::db::Database& database, const Id& user, TimeMs now) {
    return database.write([&](Session& session) -> Result<void> {
        SqliteRecords records(session, user);
        auto replica = StoredReplica::open(records);
        return replica ? replica->setClockRight(now) : unexpected<Error>(replica.error());
    });
}

// A device that was put back from a backup has another id since. Only the sign-in that registered the one of before can
// say so: an account's devices do not remove each other.
Result<void> removeFormer(sync::SyncLinks& links, const LibraryActor& who, const DeviceWish& wish) {
    Result<void> done;
    for (std::size_t i = 0; done && i < wish.replaces.size(); ++i) {
        const auto former = links.find(wish.replaces[i]);
        done = former ? Result<void>() : unexpected<Error>(former.error());
        const bool isItsOwn = former && *former && (*former)->loginId == who.loginId && !who.loginId.empty();
        done = isItsOwn && wish.replaces[i] != wish.replica ? links.remove(wish.replaces[i]) : done;
    }
    return done;
}

Result<sync::SyncLink> registered(Session& session, const Id& user, const sync::ReplicaId& replica) {
    auto link = sync::SyncLinks(session, user).find(replica);
    if (!link) {
        return unexpected<Error>(link.error());
    }
    return *link
               ? Result<sync::SyncLink>(std::move(**link))
               : fail(ErrorCode::Conflict, "This device is not registered for syncing. Register it, then sync again.");
}

}  // namespace

// A transaction of its own for each part, so that others write in between.
Result<void> SyncService::catchUp(const Id& user) {
    const auto behind =
        database_.readValue<bool>([&](Session& session) { return SyncLedger(session, user).isBehind(); });
    if (!behind || !*behind) {
        return behind ? Result<void>() : unexpected<Error>(behind.error());
    }
    const auto some = [&](Session& session) -> Result<bool> {
        SqliteRecords records(session, user);
        auto replica = StoredReplica::open(records);
        return replica ? absorb(session, *replica, user, kMostAtOnce, clock_->now())
                       : unexpected<Error>(replica.error());
    };
    Result<bool> done = false;
    while (done && !*done) {
        done = database_.writeValue<bool>(some);
    }
    return done ? Result<void>() : unexpected<Error>(done.error());
}

template <class T>
Result<T> SyncService::inStep(const LibraryActor& who, const Work<T>& work) {
    while (true) {
        if (auto done = catchUp(who.userId); !done) {
            return unexpected<Error>(done.error());
        }
        auto result = database_.writeValue<T>([&](Session& session) -> Result<T> {
            SqliteRecords records(session, who.userId);
            auto replica = StoredReplica::open(records);
            if (!replica) {
                return unexpected<Error>(replica.error());
            }
            const TimeMs now = clock_->now();
            const auto all = absorb(session, *replica, who.userId, kMostAtOnce, now);
            if (!all || !*all) {
                return all ? fail(ErrorCode::Busy, "", std::string(kBehind)) : unexpected<Error>(all.error());
            }
            const auto policy = SyncLedger(session, who.userId).policy();
            auto shown =
                policy ? followPolicy(session, *replica, who, *policy, now) : unexpected<Error>(policy.error());
            return shown ? work(session, *replica) : unexpected<Error>(shown.error());
        });
        if (result || result.error().detail != kBehind) {
            return result;
        }
    }
}

Result<SyncService::Devices> SyncService::devices(const Id& user) {
    if (auto done = catchUp(user); !done) {
        return unexpected<Error>(done.error());
    }
    return database_.writeValue<Devices>([&](Session& session) -> Result<Devices> {
        const auto state = SqliteRecords(session, user).state();
        auto links = state ? sync::SyncLinks(session, user).all() : unexpected<Error>(state.error());
        return links ? Result<Devices>(Devices{core::idText(state->writer.replica), std::move(*links)})
                     : unexpected<Error>(links.error());
    });
}

Result<SyncService::Registered> SyncService::add(const LibraryActor& who, const DeviceWish& wish) {
    return database_.writeValue<Registered>([&](Session& session) -> Result<Registered> {
        sync::SyncLinks links(session, who.userId);
        const auto state = SqliteRecords(session, who.userId).state();
        auto left = state ? removeFormer(links, who, wish) : unexpected<Error>(state.error());
        auto known = left ? links.find(wish.replica) : unexpected<Error>(left.error());
        auto all = known ? links.all() : unexpected<Error>(known.error());
        if (!all) {
            return unexpected<Error>(all.error());
        }
        if (state->writer.replica == wish.replica) {
            return fail(ErrorCode::Conflict, "This id is the server's own.");
        }
        if (!*known && all->size() >= sync::kMostSyncLinks) {
            return fail(ErrorCode::Unprocessable, "As many devices sync with this account as can. Sign one out first.");
        }
        Registered made{core::idText(state->writer.replica), known->value_or(sync::SyncLink{}), !*known};
        made.device.replica = wish.replica;
        made.device.name = wish.name;
        made.device.kind = wish.kind;
        made.device.loginId = who.loginId;
        made.device.createdAt = *known ? (*known)->createdAt : clock_->now();
        auto done = links.save(made.device);
        return done ? Result<Registered>(std::move(made)) : unexpected<Error>(done.error());
    });
}

Result<std::vector<sync::SyncLink>> SyncService::pair(const LibraryActor& who, const sync::ReplicaId& device,
                                                      const std::string& certificate) {
    return database_.writeValue<std::vector<sync::SyncLink>>(
        [&](Session& session) -> Result<std::vector<sync::SyncLink>> {
            sync::SyncLinks links(session, who.userId);
            auto own = registered(session, who.userId, device);
            if (own && own->loginId != who.loginId) {
                return fail(ErrorCode::Conflict, "This device is not registered by this sign-in.");
            }
            if (!own) {
                return unexpected<Error>(own.error());
            }
            own->certificate = certificate;
            auto saved = links.save(*own);
            auto all = saved ? links.all() : unexpected<Error>(saved.error());
            if (all) {
                std::erase_if(*all, [&](const sync::SyncLink& one) {
                    return one.replica == device || one.certificate.empty() || one.certificate == certificate;
                });
            }
            return all;
        });
}

Result<sync::Changes> SyncService::changes(const Id& user, const sync::Since& since, std::size_t limit,
                                           const std::optional<sync::ReplicaId>& device) {
    if (auto done = catchUp(user); !done) {
        return unexpected<Error>(done.error());
    }
    bool isAhead = false;
    const auto read = [&](Session& session) -> Result<sync::Changes> {
        SqliteRecords records(session, user);
        auto replica = StoredReplica::open(records);
        isAhead = replica && sync::isFarAhead(replica->state().writer.clock.last(), clock_->now());
        return replica ? replica->changesAfter(since, limit) : unexpected<Error>(replica.error());
    };
    auto page = database_.readValue<sync::Changes>(read);
    if (page && isAhead) {
        const auto done = setRight(database_, user, clock_->now());
        page = done ? database_.readValue<sync::Changes>(read) : unexpected<Error>(done.error());
    }
    if (!page || !device) {
        return page;
    }
    auto noted = database_.write([&](Session& session) -> Result<void> {
        auto link = registered(session, user, *device);
        if (!link) {
            return unexpected<Error>(link.error());
        }
        link->given = page->after == since.after ? since.after : 0;
        link->syncedAt = clock_->now();
        return sync::SyncLinks(session, user).save(*link);
    });
    return noted ? std::move(page) : unexpected<Error>(noted.error());
}

Result<SyncService::Taken> SyncService::take(const LibraryActor& who, const sync::Changes& changes) {
    return inStep<Taken>(who, [&](Session& session, StoredReplica& replica) -> Result<Taken> {
        auto link = registered(session, who.userId, changes.sender);
        if (!link) {
            return unexpected<Error>(link.error());
        }
        const TimeMs now = clock_->now();
        Taken taken;
        taken.before = replica.state().lastPlace;
        const auto changed = replica.receive(changes, now, StoredReplica::Word::OfADevice);
        const auto policy = changed ? SyncLedger(session, who.userId).policy() : unexpected<Error>(changed.error());
        auto done = policy ? deliver(session, replica, who, *changed, *policy, now) : unexpected<Error>(policy.error());
        const auto same = done ? replica.isSame(changes.records) : unexpected<Error>(done.error());
        if (!same) {
            return unexpected<Error>(same.error());
        }
        if (changes.after <= link->taken.after) {
            link->taken.after = std::max(link->taken.after, changes.upTo);
        }
        link->syncedAt = now;
        link->loginId = who.loginId;
        done = sync::SyncLinks(session, who.userId).save(*link);
        const auto purged = done ? replica.purge(now - kTombstones, UINT64_MAX) : unexpected<Error>(done.error());
        taken.upTo = link->taken.after;
        taken.place = replica.state().lastPlace;
        taken.isSame = *same;
        taken.isNews = !changed->empty();
        return purged ? Result<Taken>(taken) : unexpected<Error>(purged.error());
    });
}

Result<SyncService::Questions> SyncService::questions(const Id& user, std::size_t after, std::size_t limit, bool all) {
    const auto syncs = database_.readValue<bool>([&](Session& session) { return hasDevices(session, user); });
    if (!syncs || !*syncs) {
        return syncs ? Result<Questions>(Questions{}) : unexpected<Error>(syncs.error());
    }
    if (auto done = catchUp(user); !done) {
        return unexpected<Error>(done.error());
    }
    return database_.readValue<Questions>([&](Session& session) -> Result<Questions> {
        SqliteRecords records(session, user);
        const auto state = records.state();
        const auto policy = state ? SyncLedger(session, user).policy() : unexpected<Error>(state.error());
        auto list = policy ? standing(records, *policy, all) : unexpected<Error>(policy.error());
        auto names = list ? sync::SyncLinks(session, user).names() : unexpected<Error>(list.error());
        if (!names) {
            return unexpected<Error>(names.error());
        }
        Questions page{{}, std::move(*names), state->former, {}};
        page.servers.push_back(state->writer.replica);
        for (std::size_t i = after; i < list->size() && page.list.size() < limit; ++i) {
            page.list.push_back(std::move((*list)[i]));
        }
        if (after + page.list.size() < list->size()) {
            page.next = after + page.list.size();
        }
        return page;
    });
}

Result<void> SyncService::answer(const LibraryActor& who, const std::string& id, std::size_t side) {
    const auto done = inStep<bool>(who, [&](Session& session, StoredReplica& replica) -> Result<bool> {
        SqliteRecords records(session, who.userId);
        const auto policy = SyncLedger(session, who.userId).policy();
        const auto list = policy ? standing(records, *policy, true) : unexpected<Error>(policy.error());
        if (!list) {
            return unexpected<Error>(list.error());
        }
        const auto found = std::find_if(list->begin(), list->end(), [&](const Question& one) { return one.id == id; });
        if (found == list->end()) {
            return fail(ErrorCode::NotFound, "There is no such question, or it has been answered.");
        }
        const auto answered = settleAs(session, replica, who, *policy, *found, side, clock_->now());
        return answered ? Result<bool>(true) : unexpected<Error>(answered.error());
    });
    return done ? Result<void>() : unexpected<Error>(done.error());
}

Result<void> SyncService::keepShown(const LibraryActor& who) {
    const auto syncs = database_.readValue<bool>([&](Session& session) { return hasDevices(session, who.userId); });
    if (!syncs || !*syncs) {
        return syncs ? Result<void>() : unexpected<Error>(syncs.error());
    }
    const auto done = inStep<bool>(who, [&](Session& session, StoredReplica& replica) -> Result<bool> {
        SqliteRecords records(session, who.userId);
        const auto policy = SyncLedger(session, who.userId).policy();
        const auto list = policy ? standing(records, *policy, true) : unexpected<Error>(policy.error());
        Result<void> kept = list ? Result<void>() : unexpected<Error>(list.error());
        for (std::size_t i = 0; kept && i < list->size(); ++i) {
            kept = settleAs(session, replica, who, *policy, (*list)[i], (*list)[i].shown, clock_->now());
        }
        return kept ? Result<bool>(true) : unexpected<Error>(kept.error());
    });
    return done ? Result<void>() : unexpected<Error>(done.error());
}

}  // namespace marea::server
