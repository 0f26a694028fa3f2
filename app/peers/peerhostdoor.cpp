// What PeerHost says to those who come, and how it pairs.
#include <algorithm>
#include <future>

#include "app/peers/peerhost.h"
#include "sync/peer/pairingmessage.h"
#include "sync/peer/peerpairing.h"

namespace marea::app {

using core::Error;
using core::ErrorCode;
using core::Result;

namespace {

constexpr std::chrono::seconds kForGuests{20};            // of refreshing, while somebody waits
constexpr std::chrono::milliseconds kAnswering{110'000};  // of a person; less than Pairing::kPatience
constexpr int kMostFailures = 5;

// Whoever is there does not speak with us.
Error notMet(bool byCode, std::string detail) {
    const char* text =
        byCode ? QT_TRANSLATE_NOOP("Player",
                                   "The computer that showed this code is not there, or it shows another one by now.")
               : QT_TRANSLATE_NOOP("Player",
                                   "The other computer does not let itself be paired. Open “Pair another computer” "
                                   "there, too.");
    return {ErrorCode::Unavailable, std::move(detail), text};
}

void tellShutOut(sync::PeerChannel& channel) {
    sync::PairingMessage stop;
    stop.type = "stop";
    stop.reason = QT_TRANSLATE_NOOP("Player",
                                    "Five tries to pair with the other computer have failed, so it lets nobody ask any "
                                    "more. Close “Pair another computer” there, and open it again.");
    static_cast<void>(channel.send(sync::pairingText(stop)));  // who does not listen is told nothing
}

// Of "HOST:PORT" or "[HOST]:PORT"; port 0: it is none.
sync::PeerChannel::Place placeFrom(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    return {std::move(host), QString::fromStdString(text.substr(colon + 1)).toUShort()};
}

}  // namespace

// A stranger has no more to say than what begins a pairing.
void PeerHost::talk(sync::PeerChannel& channel, const std::atomic<bool>& open) {
    const auto copy = current();
    const bool isKnown = copy && copy->book().knows(channel.peer());
    auto first = copy ? channel.receive(isKnown ? sync::PeerChannel::kLongest : sync::kLongestPairingMessage)
                      : Result<std::string>(tl::unexpect, Error{});
    if (!first)
        return;
    const bool wantsToPair = !first->empty() && first->front() == '{';
    if (!wantsToPair)
        return serve(channel, *copy, std::move(*first), open);
    if (shutOut_)
        return tellShutOut(channel);
    if (!letsPair_ || ending_ || !question_.begin())
        return;
    Code code = codeFor(*first);
    pairOver(channel, *copy, {false, std::move(code), std::move(*first), 0});
    question_.end();
}

// Whoever says to have read a code uses it up.
PeerHost::Code PeerHost::codeFor(const std::string& hello) {
    const auto message = sync::pairingFromText(hello);
    const std::lock_guard lock(mutex_);
    return message && message->byCode ? offer_.take(clock_->now()) : std::nullopt;
}

void PeerHost::showCode(const QStringList& places) {
    onDesk([this, places] {
        const auto ready = prepare();
        if (!ready || !current() || !letsPair_)
            return;
        sync::PairingCode code{{}, keys_->hash, {}, options_.name.toStdString()};
        for (const auto& place : places)
            code.places.push_back(place.toStdString());
        const sync::Digest random = sync::freshNonce();
        std::copy_n(random.begin(), code.secret.size(), code.secret.begin());
        {
            const std::lock_guard lock(mutex_);
            offer_.show(code, clock_->now());
        }
        Q_EMIT codeShown(QString::fromStdString(sync::codeText(code)));
    });
}

void PeerHost::hideCode() {
    const std::lock_guard lock(mutex_);
    offer_.withdraw();
}

void PeerHost::serve(sync::PeerChannel& channel, AccountCopy& copy, std::string first, const std::atomic<bool>& open) {
    auto book = copy.book();
    const auto peer = book.withCertificate(channel.peer());
    if (!peer || !*peer) {  // it came in while others may ask to be paired
        if (peer)
            static_cast<void>(sync::PeerResponder::refuse(channel));
        return;
    }
    const QString host = QString::fromStdString(channel.address());
    channel.setPatience(sync::PeerChannel::kPatience);  // who is known may be slow: a page of changes is large
    refreshForGuest();
    auto responder = copy.responder([&open] { return open.load(); },
                                    [this, host](const sync::SyncLink& link, std::uint16_t port) {
                                        Q_EMIT met(QString::fromStdString(core::idText(link.replica)), host, port);
                                    });
    const auto done = responder.serve(channel, book, std::move(first));
    PeerResult result;
    result.byUs = false;
    result.at = responder.answeredAt();
    result.received = static_cast<int>(responder.taken());
    if (!done)
        result.error = done.error();
    const QString id = idNow(copy, **peer);
    const bool isWorthTelling = !done || result.received > 0 || responder.gaveAll();  // it may have left at once
    onRoad([this, id, result, isWorthTelling]() mutable {
        cancelled_ = false;
        const auto now = current();
        result.serverAway = result.received > 0 && now && !passOn(*now);
        if (isWorthTelling)
            Q_EMIT synced(id, result);
        onDesk([this] {
            tellOpen();
            list();
        });
    });
}

// So that who comes gets what is new here. While another sync is under way, what the copy has is good enough.
void PeerHost::refreshForGuest() {
    if (busy_)
        return;
    const auto done = std::make_shared<std::promise<void>>();
    auto over = done->get_future();
    onRoad([this, done] {
        cancelled_ = false;
        if (const auto copy = current())
            static_cast<void>(refresh(*copy));
        done->set_value();
    });
    over.wait_for(kForGuests);
}

void PeerHost::pair(const QString& host, quint16 port) {
    beginToPair({{host.toStdString(), port}}, {});
}

void PeerHost::pairByCode(const sync::PairingCode& code) {
    Places places;
    std::transform(code.places.begin(), code.places.end(), std::back_inserter(places), placeFrom);
    beginToPair(std::move(places), code);
}

void PeerHost::beginToPair(Places places, const Code& code) {
    onDesk([this, places = std::move(places), code] {
        const auto ready = prepare();
        if (!ready || !current()) {
            Q_EMIT pairingFailed(ready
                                     ? Error{ErrorCode::Unauthorized, "", QT_TRANSLATE_NOOP("Player", "Sign in first.")}
                                     : ready.error());
            return;
        }
        if (!question_.begin()) {
            Q_EMIT pairingFailed(
                Error{ErrorCode::Busy, "",
                      QT_TRANSLATE_NOOP("Player", "Another computer is being paired just now. Try again.")});
            return;
        }
        std::thread([this, places, code] {
            askToPair(places, code);
            question_.end();
        }).detach();
    });
}

// By a code nobody else is spoken to than who showed it.
void PeerHost::askToPair(const Places& places, const Code& code) {
    const auto copy = current();
    const auto known = [&](const sync::Digest& certificate) { return !code || certificate == code->certificate; };
    auto channel = sync::PeerChannel::connect(places, *keys_, known, std::chrono::seconds(10));
    if (!copy || !channel) {
        Q_EMIT pairingFailed(notMet(code.has_value(), channel ? "" : channel.error().detail));
        return;
    }
    const quint16 port = (*channel)->port();
    pairOver(**channel, *copy, {true, code, {}, port});
}

Result<sync::PeerIdentity> PeerHost::comparedWith(sync::PeerChannel& channel, AccountCopy& copy, Meeting meeting) {
    const auto own = copy.book().ownReplica();
    if (!own)
        return tl::make_unexpected(own.error());
    channel.setPatience(std::chrono::milliseconds(sync::Pairing::kPatience));
    sync::Pairing pairing(meeting.asks ? sync::Pairing::Role::Asks : sync::Pairing::Role::Answers,
                          {keys_->hash, *own, copy.deviceName()}, channel.peer(), sync::freshNonce(), clock_->now(),
                          meeting.code);
    const bool asks = meeting.asks, byCode = meeting.code.has_value();
    const auto ask = [&](const std::string& digits) {
        Q_EMIT compare(QString::fromStdString(digits), QString::fromStdString(pairing.peer().name));
        return question_.wait(kAnswering);
    };
    auto done = sync::pairOver(channel, pairing, ask, *clock_, std::move(meeting.first));
    // In TLS 1.3 who is not let in hears of it only now.
    const bool shut = asks && !done && done.error().code == ErrorCode::Unavailable && pairing.peer().name.empty();
    return shut ? tl::make_unexpected(notMet(byCode, done.error().detail)) : std::move(done);
}

// Who comes by a code may see everything until somebody says otherwise: nobody was asked. Of a known one somebody was.
std::string PeerHost::scopeOf(AccountCopy& copy, const sync::PeerIdentity& peer, bool byCode) const {
    if (!byCode)
        return saidScope();
    const auto known = copy.book().withCertificate(peer.certificate);  // it may have another id since
    return known && *known ? (*known)->scope : std::string();
}

void PeerHost::pairOver(sync::PeerChannel& channel, AccountCopy& copy, Meeting meeting) {
    const QString host = QString::fromStdString(channel.address());
    const bool asks = meeting.asks, byCode = meeting.code.has_value();
    const quint16 port = meeting.port;
    const auto peer = comparedWith(channel, copy, std::move(meeting));
    Result<void> done = peer ? Result<void>() : tl::make_unexpected(peer.error());
    if (peer)
        done = copy.book().pair(*peer, scopeOf(copy, *peer, byCode));
    const bool shuts = !done && !asks && isLastFailure();
    if (done)
        Q_EMIT paired(QString::fromStdString(core::idText(peer->replica)), QString::fromStdString(peer->name), host,
                      port);
    else
        Q_EMIT pairingFailed(done.error());
    if (shuts)
        Q_EMIT strangersShutOut();
    onDesk([this] { list(); });
}

// Then nobody may ask any more, nor by a code that is shown.
bool PeerHost::isLastFailure() {
    if (++failures_ != kMostFailures || !letsPair_)
        return false;
    shutOut_ = true;
    letsPair_ = false;
    hideCode();
    return true;
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
