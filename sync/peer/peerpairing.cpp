#include "sync/peer/peerpairing.h"

#include "sync/peer/pairingmessage.h"

namespace marea::sync {

using core::Result;

namespace {

Result<void> sendAll(PeerChannel& channel, const std::vector<std::string>& messages) {
    Result<void> done;
    for (const std::string& message : messages) {
        done = done ? channel.send(message) : done;
    }
    return done;
}

}  // namespace

Result<PeerIdentity> pairOver(PeerChannel& channel, Pairing& pairing,
                              const std::function<bool(const std::string& digits)>& compare, const core::Clock& clock,
                              std::optional<std::string> first) {
    auto sent = sendAll(channel, pairing.start());
    while (sent && pairing.state() != Pairing::State::Done && pairing.state() != Pairing::State::Failed) {
        if (pairing.state() == Pairing::State::Compares) {
            const bool same = compare(pairing.digits());
            pairing.tick(clock.now());
            sent = sendAll(channel, pairing.compared(same));
            continue;
        }
        const auto message = first ? Result<std::string>(std::move(*first)) : channel.receive(kLongestPairingMessage);
        first.reset();
        pairing.tick(clock.now());
        if (!message) {
            break;
        }
        sent = sendAll(channel, pairing.received(*message));
    }
    if (pairing.state() == Pairing::State::Done) {
        return pairing.peer();
    }
    const bool refused = pairing.state() == Pairing::State::Failed;
    pairing.gone();
    return core::fail(refused ? core::ErrorCode::Forbidden : core::ErrorCode::Unavailable, pairing.reason());
}

}  // namespace marea::sync
