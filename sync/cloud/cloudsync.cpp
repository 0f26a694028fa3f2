#include "sync/cloud/cloudsync.h"

#include <algorithm>

#include "sync/merge/strategy.h"
#include "sync/merge/wire.h"
#include "sync/records/restored.h"
#include "sync/records/sqliterecords.h"

namespace marea::sync {

namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;
using core::db::Session;

constexpr int kMostRounds = 20;
constexpr int kMostAnswers = 2000;  // of one run: who answers without end is not listened to without end
constexpr const char* kKind = "cloud";
constexpr std::string_view kPlayedAt = "played_at";

}  // namespace

Result<void> CloudSync::write(const Change& work) {
    return database_.write([&](Session& session) -> Result<void> {
        SqliteRecords records(session, options_.account);
        auto replica = StoredReplica::open(records);
        return replica ? work(session, *replica) : unexpected<Error>(replica.error());
    });
}

Result<void> CloudSync::changeHere(const std::function<Result<void>(StoredReplica&)>& work) {
    return write([&](Session&, StoredReplica& replica) { return work(replica); });
}

Result<void> CloudSync::edit(const RecordKey& key, const std::vector<CellWrite>& writes) {
    return changeHere([&](StoredReplica& replica) { return replica.edit(key, writes, clock_->now()); });
}

Result<void> CloudSync::count(const RecordKey& key, std::string_view counter, std::int64_t amount) {
    return changeHere([&](StoredReplica& replica) { return replica.count(key, counter, amount, clock_->now()); });
}

Result<void> CloudSync::played(const RecordKey& key, std::int64_t plays, core::TimeMs at) {
    return changeHere([&](StoredReplica& replica) -> Result<void> {
        const auto record = replica.find(key);
        if (!record) {
            return unexpected<Error>(record.error());
        }
        const Value time = std::int64_t{at};
        const auto cell = *record ? (*record)->cells.find(kPlayedAt) : decltype((*record)->cells.find(kPlayedAt)){};
        if (*record && cell != (*record)->cells.end() &&
            settle(kPlayedAt, cell->second, Strategy::LastWriteWins).value == time) {
            return {};
        }
        return replica.count(key, "plays", plays, clock_->now()).and_then([&] {
            return replica.edit(key, {{std::string(kPlayedAt), time}}, clock_->now());
        });
    });
}

Result<void> CloudSync::remove(const RecordKey& key) {
    return changeHere([&](StoredReplica& replica) { return replica.remove(key, clock_->now()); });
}

Result<std::optional<Record>> CloudSync::find(const RecordKey& key) {
    return database_.writeValue<std::optional<Record>>([&](Session& session) -> Result<std::optional<Record>> {
        SqliteRecords records(session, options_.account);
        auto replica = StoredReplica::open(records);
        return replica ? replica->find(key) : unexpected<Error>(replica.error());
    });
}

Result<void> CloudSync::checkCancelled() const {
    return isCancelled_ && isCancelled_() ? fail(ErrorCode::Cancelled, "Syncing was called off.") : Result<void>();
}

Result<CloudSync::Outcome> CloudSync::run(const std::function<bool()>& isCancelled) {
    isCancelled_ = isCancelled;
    answersLeft_ = kMostAnswers;
    isRenewed_ = false;
    auto outcome = exchange();
    return outcome || !isRenewed_ ? std::move(outcome) : exchange();  // as who it is now
}

Result<CloudSync::Outcome> CloudSync::exchange() {
    const auto going = checkCancelled();
    auto link = going ? meet() : unexpected<Error>(going.error());
    if (!link) {
        return unexpected<Error>(link.error());
    }
    const auto scope = PeerScope::fromText(link->scope);
    if (!scope) {
        return fail(ErrorCode::Conflict, "Pair the devices again.");
    }
    scope_ = *scope;
    Outcome outcome;
    for (int round = 0; round < kMostRounds; ++round) {
        const std::size_t before = outcome.sent + outcome.received;
        auto done = push(*link, outcome);
        done = done ? pull(*link, outcome) : done;
        if (!done) {
            return unexpected<Error>(done.error());
        }
        if (outcome.sent + outcome.received == before) {
            break;
        }
    }
    auto done = forgetOld();
    return done ? Result<Outcome>(std::move(outcome)) : unexpected<Error>(done.error());
}

Result<Registration> CloudSync::own() {
    Registration is;
    is.port = options_.port;
    auto done = write([&](Session& session, StoredReplica& replica) -> Result<void> {
        is.replica = replica.state().writer.replica;
        is.former = replica.state().former;
        const auto peer = SyncLinks(session, options_.account).withCertificate(options_.peer);
        if (peer && *peer) {
            is.knows = (*peer)->replica;
            is.taken = (*peer)->taken.after;
        }
        return peer ? replica.setClockRight(clock_->now()) : unexpected<Error>(peer.error());
    });
    return done ? Result<Registration>(std::move(is)) : unexpected<Error>(done.error());
}

Result<CloudDevice> CloudSync::introduce() {
    auto is = own();
    const auto say = [&] { return link_.send("POST", "/api/v1/sync/devices", registration(*is, options_.deviceName)); };
    auto answer = is ? say() : unexpected<Error>(is.error());
    if (answer && answer->status == 400 && !is->former.empty()) {  // a server from before that was told
        is->former.clear();
        answer = say();
    }
    return answer ? deviceFrom(*answer) : unexpected<Error>(answer.error());
}

Result<std::optional<SyncLink>> CloudSync::linkTo(SyncLinks& links, const ReplicaId& server) {
    return isPeer() ? links.withCertificate(options_.peer) : links.find(server);
}

// The other side has more of us than it was ever given from here: the copy was put back from a backup. It goes on as
// another device, as what it wrote since has numbers that the other side knows for something else.
Result<bool> CloudSync::isOlderThan(const CloudDevice& device) {
    bool isOlder = false;
    auto done = write([&](Session& session, StoredReplica& replica) -> Result<void> {
        SyncLinks links(session, options_.account);
        const auto link = linkTo(links, device.server);
        if (!link || (isPeer() && !*link)) {
            return link ? Result<void>() : unexpected<Error>(link.error());
        }
        isOlder = device.taken > (*link ? (*link)->offered : replica.state().lastPlace);
        if (isOlder && isPeer() && !mayRenew(replica.state(), clock_->now())) {
            return fail(ErrorCode::Unprocessable, "The other device claims changes of this one that it never made.");
        }
        return isOlder ? renewAfterBackup(replica, links, *link ? (*link)->given : 0, clock_->now()) : Result<void>();
    });
    return done ? Result<bool>(isOlder) : unexpected<Error>(done.error());
}

// What came shows the same, as others may have it from elsewhere. Whoever can make that up is not followed at will.
Result<void> CloudSync::checkOlderThan(const Changes& page) {
    bool isOlder = false;
    auto done = write([&](Session& session, StoredReplica& replica) -> Result<void> {
        SyncLinks links(session, options_.account);
        isOlder = knowMore(page.records, replica.state().writer) && mayRenew(replica.state(), clock_->now());
        return isOlder ? renewAfterBackup(replica, links, givenBefore_, clock_->now()) : Result<void>();
    });
    isRenewed_ |= done && isOlder;
    return done && isOlder ? fail(ErrorCode::Conflict, "This copy was put back from a backup. Sync again.") : done;
}

// The server, and how far we are with it. Another than before begins anew: it was put back from a backup, or is new.
Result<SyncLink> CloudSync::meet() {
    auto device = introduce();
    const auto isOlder = device ? isOlderThan(*device) : unexpected<Error>(device.error());
    device = isOlder && *isOlder ? introduce() : device;
    if (!device || !isOlder) {
        return unexpected<Error>(device ? isOlder.error() : device.error());
    }
    serverTook_ = device->taken;
    SyncLink met;
    auto done = write([&](Session& session, StoredReplica& replica) -> Result<void> {
        SyncLinks links(session, options_.account);
        auto found = isPeer() ? Result<std::optional<SyncLink>>(std::nullopt) : links.find(device->server);
        auto link = !found     ? unexpected<Error>(found.error())
                    : *found   ? Result<SyncLink>(std::move(**found))
                    : isPeer() ? meetPeer(links, replica, *device)
                               : begin(links, device->server, replica.state().lastPlace);
        met = link ? std::move(*link) : SyncLink();
        return link ? Result<void>() : unexpected<Error>(link.error());
    });
    givenBefore_ = met.given;
    return done ? Result<SyncLink>(std::move(met)) : unexpected<Error>(done.error());
}

// Its certificate tells who it is, whatever it says. What it does not have of what it was given is given again: it may
// have been put back from a backup, or never got it.
Result<SyncLink> CloudSync::meetPeer(SyncLinks& links, StoredReplica& replica, const CloudDevice& device) {
    auto found = links.withCertificate(options_.peer);
    if (!found || !*found) {
        return found ? fail(ErrorCode::Forbidden, "The two computers are not paired any more. Pair them again.")
                     : unexpected<Error>(found.error());
    }
    auto link = (*found)->replica == device.server
                    ? Result<SyncLink>(**found)
                    : followed(links, **found, device.server, device.former, replica.state());
    if (link && (device.taken < link->offered || link->replica != (*found)->replica)) {
        link->given = std::min((*found)->given, device.taken);
    }
    if (const auto named = link ? links.rename(link->replica, device.name) : Result<void>(); !named) {
        return unexpected<Error>(named.error());
    }
    return link;
}

Result<SyncLink> CloudSync::begin(SyncLinks& links, const ReplicaId& server, std::uint64_t lastPlace) {
    const auto all = links.all();
    Result<void> done = all ? Result<void>() : unexpected<Error>(all.error());
    for (std::size_t i = 0; done && i < all->size(); ++i) {
        done = (*all)[i].kind == kKind ? links.remove((*all)[i].replica) : done;
    }
    SyncLink link;
    link.replica = server;
    link.name = link.kind = kKind;
    link.createdAt = clock_->now();
    link.offered = lastPlace;  // it may know of us already, from a backup of its own
    done = done ? links.save(link) : done;
    return done ? Result<SyncLink>(std::move(link)) : unexpected<Error>(done.error());
}

Result<void> CloudSync::push(SyncLink& link, Outcome& outcome) {
    Result<bool> more = true;
    while (more && *more) {
        auto going = checkCancelled();
        more = going ? pushPage(link, outcome) : unexpected<Error>(going.error());
        tell(outcome);
    }
    return more ? Result<void>() : unexpected<Error>(more.error());
}

Result<bool> CloudSync::pushPage(SyncLink& link, Outcome& outcome) {
    Changes page;
    auto done = write([&](Session& session, StoredReplica& replica) -> Result<void> {
        auto changes =
            replica.changesAfter({link.given, replica.state().purgedThrough}, options_.pageSize, scope_.filter());
        page = changes ? std::move(*changes) : Changes();
        if (!changes || page.upTo == link.given || page.upTo <= link.offered) {  // or nothing goes out
            return changes ? Result<void>() : unexpected<Error>(changes.error());
        }
        link.offered = page.upTo;  // before it goes out
        return SyncLinks(session, options_.account).saveProgress(link);
    });
    if (!done || page.upTo == link.given) {
        return done ? Result<bool>(false) : unexpected<Error>(done.error());
    }
    // What lies between came from there, or is of no use to it: there is no gap.
    page.after = std::min(page.after, serverTook_);
    auto answer = link_.send("POST", "/api/v1/sync/changes", wireText(page));
    const auto taken = answer ? takenFrom(*answer) : unexpected<Error>(answer.error());
    if (!taken) {
        return unexpected<Error>(taken.error());
    }
    if (taken->taken < page.upTo) {
        return fail(ErrorCode::Conflict, "The server did not take all changes. Sync again.");
    }
    outcome.sent += page.records.size();
    link.given = page.upTo;
    serverTook_ = taken->taken;
    if (taken->isSame && taken->before == link.taken.after) {  // we knew all: what is new there is what we sent
        link.taken.after = taken->place;
    }
    done = write(
        [&](Session& session, StoredReplica&) { return SyncLinks(session, options_.account).saveProgress(link); });
    return done ? Result<bool>(page.more) : unexpected<Error>(done.error());
}

Result<Changes> CloudSync::ask(const SyncLink& link, const Since& since) {
    Writer own;
    auto known = checkCancelled();
    if (known && --answersLeft_ < 0) {
        return fail(ErrorCode::Corrupt, "The other side does not come to an end with its changes.");
    }
    known = known ? write([&](Session&, StoredReplica& replica) -> Result<void> {
        own = replica.state().writer;
        return {};
    })
                  : known;
    auto answer = known ? link_.send("GET", changesTarget(since, options_.pageSize, own.replica), "")
                        : unexpected<Error>(known.error());
    auto page = answer ? changesFrom(*answer) : unexpected<Error>(answer.error());
    if (page && page->sender != link.replica) {
        isRenewed_ = true;
        return fail(ErrorCode::Conflict, "The server was put back from a backup just now. Sync again.");
    }
    if (page) {
        *page = scope_.taken(std::move(*page));
        const auto checked = knowMore(page->records, own) ? checkOlderThan(*page) : Result<void>();
        if (!checked) {
            return unexpected<Error>(checked.error());
        }
        if (options_.incoming) {
            options_.incoming(*page);
        }
    }
    return page;
}

Result<void> CloudSync::pull(SyncLink& link, Outcome& outcome) {
    for (bool more = true; more;) {
        auto page = ask(link, link.taken);
        if (!page) {
            return unexpected<Error>(page.error());
        }
        more = page->more && !page->resync;
        auto done = page->resync ? takeAllAnew(link, std::move(*page), outcome) : takePage(link, *page, outcome);
        if (!done) {
            return done;
        }
        tell(outcome);
    }
    return {};
}

void CloudSync::tell(const Outcome& outcome) const {
    if (options_.progress) {
        options_.progress(outcome.sent, outcome.received);
    }
}

// What came and is not otherwise here need not go back.
Result<void> CloudSync::merge(StoredReplica& replica, SyncLink& link, const Changes& page, Outcome& outcome) {
    const bool hadAll = link.given == replica.state().lastPlace;
    const auto word = isPeer() ? StoredReplica::Word::OfAPeer : StoredReplica::Word::OfTheServer;
    const auto changed = replica.receive(page, clock_->now(), word);
    const auto same = changed ? replica.isSame(page.records) : unexpected<Error>(changed.error());
    if (!same) {
        return unexpected<Error>(same.error());
    }
    if (hadAll && *same) {
        link.given = replica.state().lastPlace;
    }
    outcome.received += changed->size();
    outcome.changed.insert(outcome.changed.end(), changed->begin(), changed->end());
    return {};
}

Result<void> CloudSync::takePage(SyncLink& link, const Changes& page, Outcome& outcome) {
    SyncLink next = link;
    Outcome sum = outcome;
    auto done = write([&](Session& session, StoredReplica& replica) {
        auto merged = merge(replica, next, page, sum);
        next.taken = {page.upTo, page.horizon};
        next.syncedAt = clock_->now();
        return merged ? SyncLinks(session, options_.account).saveProgress(next) : merged;
    });
    if (done) {
        link = std::move(next);
        outcome = std::move(sum);
    }
    return done;
}

// Deletions of which we did not hear are forgotten there: what we had exchanged and is gone, goes. How far we are is
// noted at the end alone, so that a run that is cut off begins this anew.
Result<void> CloudSync::takeAllAnew(SyncLink& link, Changes page, Outcome& outcome) {
    std::set<RecordKey> there;
    // A paired device may show less than it has: what it does not show is not gone.
    const std::uint64_t exchanged = isPeer() ? 0 : link.given;
    SyncLink next = link;
    while (true) {
        for (const Record& record : page.records) {
            there.insert(record.key);
        }
        const bool isLast = !page.more;
        Outcome sum = outcome;
        auto done = write([&](Session& session, StoredReplica& replica) -> Result<void> {
            auto merged = merge(replica, next, page, sum);
            if (!merged || !isLast) {
                return merged;
            }
            const auto lost =
                replica.dropLost([&](const RecordKey& key) { return there.count(key) > 0; }, exchanged, clock_->now());
            if (!lost) {
                return unexpected<Error>(lost.error());
            }
            sum.changed.insert(sum.changed.end(), lost->begin(), lost->end());
            next.taken = {page.upTo, page.horizon};
            next.syncedAt = clock_->now();
            return SyncLinks(session, options_.account).saveProgress(next);
        });
        if (!done) {
            return done;
        }
        outcome = std::move(sum);
        if (isLast) {
            link = std::move(next);
            return {};
        }
        auto more = ask(link, {page.upTo, page.horizon});
        if (!more) {
            return unexpected<Error>(more.error());
        }
        page = std::move(*more);
    }
}

// Of deletions those that all others have heard of, who still come.
Result<void> CloudSync::forgetOld() {
    return write([&](Session& session, StoredReplica& replica) -> Result<void> {
        const core::TimeMs now = clock_->now(), horizon = now - kTombstones;
        const auto given = SyncLinks(session, options_.account).givenToAll(horizon, now);
        const auto purged = given ? replica.purge(horizon, given->value_or(0)) : unexpected<Error>(given.error());
        return purged ? Result<void>() : unexpected<Error>(purged.error());
    });
}

}  // namespace marea::sync
