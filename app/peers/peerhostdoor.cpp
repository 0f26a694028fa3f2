// What PeerHost says to those who come, and how it pairs.
#include <future>

#include "app/peers/peerhost.h"
#include "sync/peer/peerpairing.h"

namespace marea::app {

using core::Error;
using core::ErrorCode;
using core::Result;

namespace {

constexpr std::chrono::seconds kForGuests{20};            // of refreshing, while somebody waits
constexpr std::chrono::milliseconds kAnswering{110'000};  // of a person; less than Pairing::kPatience
constexpr int kMostFailures = 5;

}  // namespace

void PeerHost::talk(sync::PeerChannel& channel, const std::atomic<bool>& open) {
    const auto copy = current();
    auto first = copy ? channel.receive() : Result<std::string>(tl::unexpect, Error{});
    if (!first)
        return;
    const bool wantsToPair = !first->empty() && first->front() == '{';
    if (!wantsToPair)
        return serve(channel, *copy, std::move(*first), open);
    if (!letsPair_ || ending_ || !question_.begin())
        return;
    pairOver(channel, *copy, false, std::move(*first), 0);
    question_.end();
}

void PeerHost::serve(sync::PeerChannel& channel, AccountCopy& copy, std::string first, const std::atomic<bool>& open) {
    auto book = copy.book();
    const auto peer = book.withCertificate(channel.peer());
    if (!peer || !*peer)
        return;
    const QString id = QString::fromStdString(core::idText((*peer)->replica));
    const QString host = QString::fromStdString(channel.address());
    channel.setPatience(sync::PeerChannel::kPatience);  // who is known may be slow: a page of changes is large
    refreshForGuest();
    auto responder =
        copy.responder([&open] { return open.load(); },
                       [this, id, host](const sync::SyncLink&, std::uint16_t port) { Q_EMIT met(id, host, port); });
    const auto done = responder.serve(channel, book, std::move(first));
    PeerResult result;
    result.byUs = false;
    result.received = static_cast<int>(responder.taken());
    if (!done)
        result.error = done.error();
    onDesk([this, id, result]() mutable {
        cancelled_ = false;
        const auto now = current();
        result.serverAway = result.received > 0 && now && !passOn(*now);
        result.at = clock_->now();
        Q_EMIT synced(id, result);
        list();
    });
}

// So that who comes gets what is new here. While the desk is busy, what the copy has is good enough.
void PeerHost::refreshForGuest() {
    if (busy_)
        return;
    const auto done = std::make_shared<std::promise<void>>();
    auto over = done->get_future();
    onDesk([this, done] {
        cancelled_ = false;
        if (const auto copy = current())
            static_cast<void>(refresh(*copy));
        done->set_value();
    });
    over.wait_for(kForGuests);
}

void PeerHost::pair(const QString& host, quint16 port) {
    onDesk([this, host, port] {
        const auto ready = prepare();
        if (!ready || !current()) {
            Q_EMIT pairingFailed(ready ? Error{ErrorCode::Unauthorized, "", "Sign in first."} : ready.error());
            return;
        }
        if (!question_.begin()) {
            Q_EMIT pairingFailed(Error{ErrorCode::Busy, "", "Another computer is being paired just now. Try again."});
            return;
        }
        std::thread([this, host, port] {
            askToPair(host, port);
            question_.end();
        }).detach();
    });
}

void PeerHost::askToPair(const QString& host, quint16 port) {
    const auto copy = current();
    auto channel = sync::PeerChannel::connect(
        host.toStdString(), port, *keys_, [](const sync::Digest&) { return true; }, std::chrono::seconds(10));
    if (!copy || !channel) {
        Q_EMIT pairingFailed(Error{ErrorCode::Unavailable, channel ? "" : channel.error().detail,
                                   "The other computer does not let itself be paired. Open “Pair another computer” "
                                   "there, too."});
        return;
    }
    pairOver(**channel, *copy, true, {}, port);
}

Result<sync::PeerIdentity> PeerHost::comparedWith(sync::PeerChannel& channel, AccountCopy& copy, bool asks,
                                                  std::optional<std::string> first) {
    const auto own = copy.book().ownReplica();
    if (!own)
        return tl::make_unexpected(own.error());
    channel.setPatience(std::chrono::milliseconds(sync::Pairing::kPatience));
    sync::Pairing pairing(asks ? sync::Pairing::Role::Asks : sync::Pairing::Role::Answers,
                          {keys_->hash, *own, copy.deviceName()}, channel.peer(), sync::freshNonce(), clock_->now());
    const auto ask = [&](const std::string& digits) {
        Q_EMIT compare(QString::fromStdString(digits), QString::fromStdString(pairing.peer().name));
        return question_.wait(kAnswering);
    };
    return sync::pairOver(channel, pairing, ask, *clock_, std::move(first));
}

void PeerHost::pairOver(sync::PeerChannel& channel, AccountCopy& copy, bool asks, std::optional<std::string> first,
                        quint16 port) {
    const QString host = QString::fromStdString(channel.address());
    const auto peer = comparedWith(channel, copy, asks, std::move(first));
    Result<void> done = peer ? Result<void>() : tl::make_unexpected(peer.error());
    if (peer)
        done = copy.book().pair(*peer, saidScope());
    if (done)
        Q_EMIT paired(QString::fromStdString(core::idText(peer->replica)), QString::fromStdString(peer->name), host,
                      port);
    else
        Q_EMIT pairingFailed(done.error());
    if (!done && !asks && ++failures_ >= kMostFailures)
        letsPair_ = false;
    onDesk([this] { list(); });
}

std::string PeerHost::saidScope() const {
    const std::lock_guard lock(mutex_);
    return scope_;
}

void PeerHost::sayCompared(bool same, const QString& scope) {
    {
        const std::lock_guard lock(mutex_);
        scope_ = scope.toStdString();
    }
    question_.say(same);
}

}  // namespace marea::app
