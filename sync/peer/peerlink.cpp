#include "sync/peer/peerlink.h"

#include <charconv>

#include "sync/cloud/cloudprotocol.h"
#include "sync/merge/peerscope.h"
#include "sync/merge/wire.h"
#include "sync/peer/pairingmessage.h"
#include "sync/records/restored.h"
#include "sync/records/sqliterecords.h"
#include "sync/records/storedreplica.h"

namespace marea::sync {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;
using core::db::Session;

namespace {

// The same device under another id: its copy was set up anew, or put back from a backup. Else it would be there twice,
// and be asked whether it is who it was.
Result<void> removeFormer(SyncLinks& links, const ReplicaId& replica, const std::string& certificate) {
    const auto all = links.all();
    Result<void> done = all ? Result<void>() : unexpected<Error>(all.error());
    for (std::size_t i = 0; done && i < all->size(); ++i) {
        const SyncLink& one = (*all)[i];
        done = one.certificate == certificate && one.replica != replica ? links.remove(one.replica) : done;
    }
    return done;
}

}  // namespace

Result<ReplicaId> PeerBook::ownReplica() {
    return database_.writeValue<ReplicaId>([&](Session& session) -> Result<ReplicaId> {
        const auto state = SqliteRecords(session, owner_).state();
        return state ? Result<ReplicaId>(state->writer.replica) : unexpected<Error>(state.error());
    });
}

Result<std::vector<SyncLink>> PeerBook::all() {
    auto links =
        database_.readValue<std::vector<SyncLink>>([&](Session& session) { return SyncLinks(session, owner_).all(); });
    if (links) {
        std::erase_if(*links, [](const SyncLink& link) { return link.certificate.empty(); });
    }
    return links;
}

Result<void> PeerBook::pair(const PeerIdentity& peer, const std::string& scope) {
    if (!PeerScope::fromText(scope)) {
        return fail(ErrorCode::Invalid, "A paired device cannot be given that to see.");
    }
    return database_.write([&](Session& session) -> Result<void> {
        SyncLinks links(session, owner_);
        const auto known = links.find(peer.replica);
        if (!known) {
            return unexpected<Error>(known.error());
        }
        SyncLink link = known->value_or(SyncLink{});
        // Else whoever is let in could say that it is another one, and take its place and what it may see.
        if (!link.certificate.empty() && link.certificate != digestText(peer.certificate)) {
            return fail(ErrorCode::Conflict, "This device is paired already, with other keys. Unpair it first.");
        }
        link.replica = peer.replica;
        link.name = peer.name;
        link.kind = "peer";
        link.createdAt = *known ? link.createdAt : clock_->now();
        link.certificate = digestText(peer.certificate);
        if (link.scope != scope) {  // what was passed over before may be shown, or taken, now
            link.given = 0;
            link.taken = {};
        }
        link.scope = scope;
        if (!*known) {  // it may know of us from before
            const auto state = SqliteRecords(session, owner_).state();
            link.offered = state ? state->lastPlace : 0;
        }
        auto done = removeFormer(links, link.replica, link.certificate);
        return done ? links.save(link) : done;
    });
}

Result<void> PeerBook::unpair(const ReplicaId& replica) {
    return database_.write([&](Session& session) { return SyncLinks(session, owner_).remove(replica); });
}

Result<std::optional<SyncLink>> PeerBook::withCertificate(const Digest& certificate) {
    return database_.readValue<std::optional<SyncLink>>(
        [&](Session& session) { return SyncLinks(session, owner_).withCertificate(digestText(certificate)); });
}

bool PeerBook::knows(const Digest& certificate) {
    const auto link = withCertificate(certificate);
    return link && *link;
}

// "METHOD target\nbody", answered by "status\nbody".
Result<CloudLink::Answer> PeerLink::send(std::string_view method, const std::string& target, const std::string& body) {
    auto sent = channel_.send(std::string(method) + " " + target + "\n" + body);
    auto text = sent ? channel_.receive() : unexpected<Error>(sent.error());
    if (!text) {
        return unexpected<Error>(text.error());
    }
    const std::size_t end = text->find('\n');
    Answer answer;
    const char* const last = text->data() + std::min(end, text->size());
    if (end == std::string::npos || std::from_chars(text->data(), last, answer.status).ptr != last) {
        return fail(ErrorCode::Corrupt, "The other device's answer cannot be read.");
    }
    answer.body = text->substr(end + 1);
    return answer;
}

Result<void> PeerResponder::refuse(PeerChannel& channel) {
    const auto said =
        problemAnswer({ErrorCode::Forbidden, "", "The two computers are not paired any more. Pair them again."});
    return channel.send(std::to_string(said.status) + "\n" + said.body);
}

Result<void> PeerResponder::serve(PeerChannel& channel, PeerBook& book, std::optional<std::string> first) {
    while (true) {
        auto message = first ? Result<std::string>(std::move(*first)) : channel.receive();
        first.reset();
        if (!message) {
            return message.error().code == ErrorCode::Unavailable ? Result<void>() : unexpected<Error>(message.error());
        }
        const auto peer = book.withCertificate(channel.peer());  // each time: it may be unpaired meanwhile
        if (!peer || !*peer || (options_.isOpen && !options_.isOpen())) {
            if (peer && !*peer) {
                static_cast<void>(refuse(channel));  // who does not listen is told nothing
            }
            return fail(ErrorCode::Forbidden, "This device is not paired any more.");
        }
        const std::size_t space = message->find(' '), end = message->find('\n');
        if (space == std::string::npos || end == std::string::npos || space > end) {
            return fail(ErrorCode::Invalid, "The other device says what is no request.");
        }
        const std::string_view text = *message;
        const CloudLink::Answer said =
            answer(**peer, text.substr(0, space), text.substr(space + 1, end - space - 1), message->substr(end + 1));
        if (auto sent = channel.send(std::to_string(said.status) + "\n" + said.body); !sent) {
            return sent;
        }
    }
}

CloudLink::Answer PeerResponder::answer(const SyncLink& peer, std::string_view method, std::string_view target,
                                        const std::string& body) {
    gaveAll_ = false;
    answeredAt_ = clock_->now();
    if (method == "POST" && target == "/api/v1/sync/devices") {
        return hello(peer, body);
    }
    if (method == "POST" && target == "/api/v1/sync/changes") {
        return take(peer, body);
    }
    return method == "GET" ? give(peer, target)
                           : problemAnswer({ErrorCode::NotFound, "", "There is nothing of that kind here."});
}

CloudLink::Answer PeerResponder::hello(const SyncLink& peer, const std::string& body) {
    const auto said = registrationFrom(body);
    if (!said) {
        return problemAnswer({ErrorCode::Conflict, "", "The library there was set up anew. Pair the devices again."});
    }
    SyncLink link = peer;
    const auto met = database_.writeValue<CloudDevice>([&](Session& session) -> Result<CloudDevice> {
        SqliteRecords records(session, owner_);
        SyncLinks links(session, owner_);
        auto replica = StoredReplica::open(records);
        const auto known = replica ? links.find(peer.replica) : unexpected<Error>(replica.error());
        if (!known || !*known || (*known)->certificate != peer.certificate) {  // it is unpaired by now
            return known ? fail(ErrorCode::Conflict, "Pair the devices again.") : unexpected<Error>(known.error());
        }
        auto is = said->replica == peer.replica
                      ? Result<SyncLink>(**known)
                      : followed(links, **known, said->replica, said->former, replica->state());
        auto done = is ? seeWhetherOlder(*replica, links, *is, *said) : unexpected<Error>(is.error());
        link = is ? *is : link;
        done = done ? links.rename(link.replica, said->name) : done;
        const RecordStore::State& own = replica->state();
        return done ? Result<CloudDevice>(CloudDevice{own.writer.replica, link.taken.after, own.former, options_.name})
                    : unexpected<Error>(done.error());
    });
    if (met && options_.met && said->port != 0) {
        options_.met(link, said->port);
    }
    return met ? CloudLink::Answer{200, deviceAnswer(*met)} : problemAnswer(met.error());
}

// As CloudSync does where it asks.
Result<void> PeerResponder::seeWhetherOlder(StoredReplica& replica, SyncLinks& links, const SyncLink& link,
                                            const Registration& said) {
    const core::TimeMs now = clock_->now();
    if (said.knows != replica.state().writer.replica || said.taken <= link.offered) {
        return {};
    }
    return mayRenew(replica.state(), now)
               ? renewAfterBackup(replica, links, link.given, now)
               : fail(ErrorCode::Unprocessable, "The other device claims changes of this one that it never made.");
}

CloudLink::Answer PeerResponder::give(const SyncLink& peer, std::string_view target) {
    const auto asked = changesAsked(target);
    const auto scope = PeerScope::fromText(peer.scope);
    if (!asked || !scope) {
        return problemAnswer({ErrorCode::Invalid, "", "The request cannot be read."});
    }
    const auto page = database_.writeValue<Changes>([&](Session& session) -> Result<Changes> {
        SqliteRecords records(session, owner_);
        auto replica = StoredReplica::open(records);
        auto right = replica ? replica->setClockRight(clock_->now()) : unexpected<Error>(replica.error());
        auto changes = right ? replica->changesAfter(asked->since, asked->limit, scope->filter())
                             : unexpected<Error>(right.error());
        SyncLink link = peer;
        link.given = changes && changes->after == asked->since.after ? asked->since.after : 0;
        link.offered = changes ? changes->upTo : link.offered;
        link.syncedAt = clock_->now();
        auto saved = changes ? SyncLinks(session, owner_).saveProgress(link) : unexpected<Error>(changes.error());
        return saved ? changes : unexpected<Error>(saved.error());
    });
    gaveAll_ = page && !page->more;
    return page ? CloudLink::Answer{200, wireText(*page)} : problemAnswer(page.error());
}

CloudLink::Answer PeerResponder::take(const SyncLink& peer, const std::string& body) {
    auto changes = changesFromWire(body);
    const auto scope = PeerScope::fromText(peer.scope);
    if (!changes || !scope || changes->sender != peer.replica) {
        return problemAnswer(!changes ? changes.error() : Error{ErrorCode::Conflict, "", "Pair the devices again."});
    }
    Changes wanted = scope->taken(std::move(*changes));
    if (options_.incoming) {
        options_.incoming(wanted);
    }
    std::size_t count = 0;
    const auto taken = database_.writeValue<CloudTaken>([&](Session& session) -> Result<CloudTaken> {
        SqliteRecords records(session, owner_);
        auto replica = StoredReplica::open(records);
        if (!replica) {
            return unexpected<Error>(replica.error());
        }
        SyncLinks links(session, owner_);
        const bool isOlder =
            knowMore(wanted.records, replica->state().writer) && mayRenew(replica->state(), clock_->now());
        const auto renewed = isOlder ? renewAfterBackup(*replica, links, peer.given, clock_->now()) : Result<void>();
        CloudTaken said;
        said.before = replica->state().lastPlace;
        const auto changed = renewed ? replica->receive(wanted, clock_->now()) : unexpected<Error>(renewed.error());
        const auto same = changed ? replica->isSame(wanted.records) : unexpected<Error>(changed.error());
        count = changed ? changed->size() : 0;
        SyncLink link = peer;
        if (wanted.after <= link.taken.after) {
            link.taken.after = std::max(link.taken.after, wanted.upTo);
        }
        link.syncedAt = clock_->now();
        link.offered = std::max(isOlder ? 0 : link.offered, replica->state().lastPlace);
        auto saved = same ? links.saveProgress(link) : unexpected<Error>(same.error());
        said.taken = link.taken.after;
        said.place = replica->state().lastPlace;
        said.isSame = same && *same && peer.scope.empty();
        return saved ? Result<CloudTaken>(said) : unexpected<Error>(saved.error());
    });
    taken_ += taken ? count : 0;
    return taken ? CloudLink::Answer{200, takenAnswer(*taken)} : problemAnswer(taken.error());
}

}  // namespace marea::sync
