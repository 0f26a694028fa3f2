#include "app/viewmodels/movedservers.h"

#include <algorithm>

#include "app/viewmodels/sessionviewmodel.h"
#include "app/viewmodels/trustviewmodel.h"

namespace marea::app {
namespace {

QString claimKey(const NearbyServer& found, const KnownServer& known) {
    return known.address + QLatin1Char(' ') + found.address;
}

bool isHttps(const QUrl& server) {
    return server.scheme() == QLatin1String("https");
}

}  // namespace

std::optional<KnownServer> claimedServer(const NearbyServer& found, const QList<KnownServer>& known) {
    const auto at = serverUrl(found.address);
    const auto isThere = [&](const KnownServer& one) { return serverUrl(one.address) == at; };
    const auto claimed = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.id == found.id; });
    if (found.id.isEmpty() || claimed == known.end() || std::any_of(known.begin(), known.end(), isThere))
        return std::nullopt;
    return *claimed;
}

MovedServers::MovedServers(SessionViewModel& session, TrustViewModel* trust, QObject* parent)
    : QObject(parent), session_(session), trust_(trust) {}

// What was said of those that are gone is forgotten: they are asked again when they come back.
void MovedServers::look(const QList<NearbyServer>& found) {
    const auto known = session_.known();
    const auto before = std::exchange(claims_, {});
    for (const auto& one : found)
        if (const auto claimed = claimedServer(one, known)) {
            const auto key = claimKey(one, *claimed);
            claims_[key] = before.contains(key) ? before[key] : Claim::None;
        }
    for (const auto& one : found)
        if (const auto claimed = claimedServer(one, known)) {
            const auto key = claimKey(one, *claimed);
            if (claims_[key] == Claim::None)
                claims_[key] = begin(key, one, *claimed);
        }
}

void MovedServers::forgetUnproven() {
    for (auto& claim : claims_)
        if (claim == Claim::Unproven)
            claim = Claim::None;
}

// None: it has to wait for others.
MovedServers::Claim MovedServers::begin(const QString& key, const NearbyServer& found, const KnownServer& known) {
    if (!trust_ || !trust_->knows(serverUrl(known.address)))
        return Claim::Unproven;
    if (!isHttps(serverUrl(found.address)))
        return Claim::Refuted;
    if (asking_ >= kMostAtOnce)
        return Claim::None;
    ++asking_;
    ask(key, found, known);
    return Claim::Asked;
}

void MovedServers::ask(const QString& key, const NearbyServer& found, const KnownServer& known) {
    using Proof = TrustViewModel::Proof;
    trust_->prove(serverUrl(known.address), serverUrl(found.address), this, [this, key, found, known](Proof proof) {
        if (proof == Proof::Same)
            return askWhereItWas(key, found, known);
        decide(key, proof == Proof::Other ? Claim::Refuted : Claim::Unproven);
    });
}

void MovedServers::askWhereItWas(const QString& key, const NearbyServer& found, const KnownServer& known) {
    using Proof = TrustViewModel::Proof;
    const auto there = serverUrl(known.address);
    trust_->prove(there, there, this, [this, key, found, known, there](Proof proof) {
        const bool isStillSaid = claims_.contains(key) && claimedServer(found, session_.known());
        if (proof != Proof::Same && isStillSaid) {
            trust_->move(there, serverUrl(found.address));
            session_.serverMoved(known.address, found.address);
        }
        decide(key, Claim::Proven);
    });
}

void MovedServers::decide(const QString& key, Claim claim) {
    --asking_;
    if (claims_.contains(key))
        claims_[key] = claim;
    Q_EMIT changed();
}

MovedServers::Finding MovedServers::of(const NearbyServer& found) const {
    const auto claimed = claimedServer(found, session_.known());
    if (!claimed)
        return {};
    const auto claim = claims_.value(claimKey(found, *claimed));
    return {claim == Claim::None ? Claim::Asked : claim, *claimed};
}

}  // namespace marea::app
