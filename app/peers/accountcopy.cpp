#include "app/peers/accountcopy.h"

#include "sync/peer/pairingmessage.h"

namespace marea::app {

using sync::CloudSync;

namespace {

// For what is done here alone.
class NoServer final : public sync::CloudLink {
    core::Result<Answer> send(std::string_view, const std::string&, const std::string&) override {
        return core::fail(core::ErrorCode::Unavailable, "The server is not asked.");
    }
};

}  // namespace

std::shared_ptr<const TitleIndex> AccountCopy::titles() const {
    const std::lock_guard lock(mutex_);
    return titles_;
}

void AccountCopy::localise(sync::Changes& changes) const {
    const auto known = titles();
    for (auto& record : changes.records)
        if (known)
            record = sync::localised(record, *known);
}

AccountCopy::Outcome AccountCopy::exchangeWith(sync::CloudLink& server, const Cancelled& cancelled) {
    return CloudSync(database_, server, clock_, optionsHere()).run(cancelled);
}

core::Result<void> AccountCopy::keep(const ItemChange& change) {
    NoServer nobody;
    CloudSync copy(database_, nobody, clock_, optionsHere());
    const sync::RecordKey key{"item", change.id};
    auto done = change.writes.empty() ? core::Result<void>() : copy.edit(key, change.writes);
    return done && change.plays > 0 ? copy.played(key, change.plays, change.at) : done;
}

core::Result<std::optional<sync::Record>> AccountCopy::find(const sync::RecordKey& key) {
    NoServer nobody;
    return CloudSync(database_, nobody, clock_, optionsHere()).find(key);
}

CloudSync::Options AccountCopy::optionsHere() {
    CloudSync::Options options;
    options.account = account_;
    options.deviceName = name_;
    options.incoming = [this](sync::Changes& changes) { localise(changes); };
    return options;
}

AccountCopy::Outcome AccountCopy::withServer(sync::CloudLink& server, const Cancelled& cancelled) {
    auto outcome = exchangeWith(server, cancelled);
    if (!outcome)
        return outcome;
    const auto loaded = TitleIndex::load(server);
    if (!loaded)
        return tl::make_unexpected(loaded.error());
    {
        const std::lock_guard lock(mutex_);
        titles_ = *loaded;
    }
    const auto named = sync::nameTitles(database_, account_, *clock_, **loaded);
    if (!named)
        return tl::make_unexpected(named.error());
    if (*named == 0)
        return outcome;
    return exchangeWith(server, cancelled).map([&](CloudSync::Outcome more) {
        outcome->sent += more.sent;
        outcome->received += more.received;
        outcome->changed.insert(outcome->changed.end(), more.changed.begin(), more.changed.end());
        return std::move(*outcome);
    });
}

AccountCopy::Outcome AccountCopy::backToServer(sync::CloudLink& server, const Cancelled& cancelled) {
    return titles() ? exchangeWith(server, cancelled) : withServer(server, cancelled);
}

AccountCopy::Outcome AccountCopy::withPeer(sync::PeerChannel& channel, std::uint16_t port, const Progress& progress,
                                           const Cancelled& cancelled) {
    sync::PeerLink link(channel);
    CloudSync::Options options = optionsHere();
    options.progress = progress;
    options.port = port;
    options.peer = sync::digestText(channel.peer());
    return CloudSync(database_, link, clock_, std::move(options)).run(cancelled);
}

sync::PeerResponder AccountCopy::responder(std::function<bool()> isOpen,
                                           std::function<void(const sync::SyncLink&, std::uint16_t)> met) {
    sync::PeerResponder::Options options;
    options.incoming = [this](sync::Changes& changes) { localise(changes); };
    options.name = name_;
    options.isOpen = std::move(isOpen);
    options.met = std::move(met);
    return {database_, account_, clock_, std::move(options)};
}

}  // namespace marea::app
