#include "app/peers/peerhost.h"

#include <QDir>
#include <QPromise>

#include "core/db/sqlite.h"
#include "sync/peer/pairingmessage.h"

namespace marea::app {

using core::Error;
using core::ErrorCode;
using core::Result;

namespace {

constexpr std::chrono::milliseconds kConnecting{10'000};

QString idOf(const sync::SyncLink& link) {
    return QString::fromStdString(core::idText(link.replica));
}

PairedPeer peerOf(const sync::SyncLink& link) {
    return {idOf(link), QString::fromStdString(link.name), QString::fromStdString(link.scope),
            link.syncedAt.value_or(0)};
}

std::optional<sync::SyncLink> linkOf(AccountCopy& copy, const QString& id) {
    const auto all = copy.book().all();
    for (std::size_t i = 0; all && i < all->size(); ++i)
        if (idOf((*all)[i]) == id)
            return (*all)[i];
    return std::nullopt;
}

}  // namespace

PeerHost::PeerHost(ApiClient& api, Options options, QObject* parent)
    : QObject(parent),
      options_(std::move(options)),
      server_(api),
      door_({[this](const sync::Digest& certificate) {
                 const auto copy = current();
                 // Who is shut out comes in to be told so.
                 return copy && (letsPair_ || shutOut_ || copy->book().knows(certificate));
             },
             [this](sync::PeerChannel& channel, const std::atomic<bool>& open) { talk(channel, open); }}) {
    thread_.setObjectName(QStringLiteral("other computers"));
    desk_.moveToThread(&thread_);
    roadThread_.setObjectName(QStringLiteral("to other computers"));
    road_.moveToThread(&roadThread_);
}

PeerHost::~PeerHost() {
    shutDown(std::chrono::hours(1));
}

bool PeerHost::shutDown(std::chrono::milliseconds patience) {
    ending_ = true;
    letsPair_ = false;
    question_.say(false);
    server_.close();
    if (thread_.isRunning()) {
        QMetaObject::invokeMethod(&desk_, [this] {
            door_.close();
            thread_.quit();
        });
        QMetaObject::invokeMethod(&road_, [this] { roadThread_.quit(); });
    }
    const QDeadlineTimer until(patience);
    const bool ended =
        (!thread_.isRunning() || thread_.wait(until)) && (!roadThread_.isRunning() || roadThread_.wait(until));
    return ended && question_.waitUntilOver(patience) && door_.waitUntilEmpty(patience);
}

void PeerHost::onDesk(std::function<void()> work) {
    if (ending_)
        return;
    if (!thread_.isRunning()) {
        thread_.start();
        roadThread_.start();
    }
    QMetaObject::invokeMethod(&desk_, std::move(work));
}

void PeerHost::onRoad(std::function<void()> work) {
    onDesk([this, work = std::move(work)]() mutable {
        if (!ending_)
            QMetaObject::invokeMethod(&road_, std::move(work));
    });
}

std::shared_ptr<AccountCopy> PeerHost::current() const {
    const std::lock_guard lock(mutex_);
    return copy_;
}

Result<void> PeerHost::openCopies() {
    const QString folder = options_.folder;
    if (!database_) {
        if (!QDir().mkpath(folder))
            return core::fail(ErrorCode::Io, QT_TRANSLATE_NOOP("Player", "The folder for the copies cannot be made."),
                              folder.toStdString());
        auto opened = core::db::openSqlite((folder + QStringLiteral("/copy.db")).toStdString(), {.readers = 2},
                                           core::makeNullLogger());
        if (!opened)
            return tl::make_unexpected(opened.error());
        database_ = std::move(*opened);
    }
    useAccount();
    return {};
}

Result<void> PeerHost::prepare() {
    auto opened = openCopies();
    if (!opened)
        return opened;
    if (!keys_) {
        auto keys = sync::PeerKeys::inFile((options_.folder + QStringLiteral("/peer.pem")).toStdString());
        if (!keys)
            return tl::make_unexpected(keys.error());
        keys_ = std::move(*keys);
    }
    return {};
}

void PeerHost::useAccount() {
    const auto before = current();
    if (!database_ || (before && before->account() == account_))
        return;
    auto copy = account_.empty()
                    ? nullptr
                    : std::make_shared<AccountCopy>(*database_, account_, options_.name.toStdString(), clock_);
    const std::lock_guard lock(mutex_);
    copy_ = std::move(copy);
}

void PeerHost::setAccount(const QString& account) {
    callOff();  // what runs is of another's library
    server_.setAccount(account.toStdString());
    onDesk([this, account] {
        account_ = account.toStdString();
        useAccount();
        tellOpen();
        list();
    });
}

void PeerHost::tellOpen() {
    const auto copy = port_ == 0 ? nullptr : current();
    const auto own = copy ? copy->book().ownReplica() : Result<sync::ReplicaId>(tl::unexpect, Error{});
    if (port_ != 0)
        Q_EMIT opened(port_, own ? QString::fromStdString(core::idText(*own)) : QString());
}

QFuture<Result<void>> PeerHost::withCopy(const QString& account, std::function<Result<void>(AccountCopy&)> work) {
    const auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    const auto opened = std::make_shared<Result<void>>();
    onDesk([this, opened] { *opened = openCopies(); });
    onRoad([this, account, work = std::move(work), promise, opened] {
        auto done = *opened;
        const auto copy = current();
        if (done && (!copy || copy->account() != account.toStdString()))
            done = core::fail(ErrorCode::Cancelled, "Another one is signed in.");
        promise->addResult(done ? work(*copy) : done);
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<void>> PeerHost::keep(const QString& account, const ItemChange& change) {
    return withCopy(account, [change](AccountCopy& copy) { return copy.keep(change); });
}

QFuture<Result<void>> PeerHost::follow(const QString& account) {
    return withCopy(account, [this](AccountCopy& copy) {
        cancelled_ = false;
        AccountLink server(server_, copy.account());
        return copy.exchangeWith(server, [this] { return isOver(); }).map([](const auto&) {});
    });
}

void PeerHost::open(quint16 port) {
    onDesk([this, port] {
        auto ready = prepare();
        auto at = ready ? door_.open(options_.address.toStdString(), port, *keys_)
                        : Result<std::uint16_t>(tl::unexpect, ready.error());
        if (!at) {
            Q_EMIT failed(at.error());
            return;
        }
        port_ = *at;
        tellOpen();
        list();
    });
}

void PeerHost::close() {
    letsPair_ = false;
    shutOut_ = false;
    callOff();
    port_ = 0;
    onDesk([this] {
        door_.close();
        port_ = 0;  // also where it was being opened just then
    });
}

void PeerHost::setLetsPair(bool lets) {
    failures_ = 0;
    shutOut_ = false;
    letsPair_ = lets;
    if (!lets)
        question_.say(false);
}

void PeerHost::list() {
    const auto copy = current();
    const auto all = copy ? copy->book().all() : Result<std::vector<sync::SyncLink>>();
    QList<PairedPeer> peers;
    for (std::size_t i = 0; all && i < all->size(); ++i)
        peers << peerOf((*all)[i]);
    Q_EMIT listed(peers);
}

void PeerHost::setScope(const QString& id, const QString& scope) {
    onDesk([this, id, scope] {
        const auto copy = current();
        const auto link = copy ? linkOf(*copy, id) : std::nullopt;
        const auto certificate = link ? sync::digestFromText(link->certificate) : std::nullopt;
        const auto done = certificate
                              ? copy->book().pair({*certificate, link->replica, link->name}, scope.toStdString())
                              : Result<void>();
        if (!done)
            Q_EMIT failed(done.error());
        list();
    });
}

void PeerHost::unpair(const QString& id) {
    onDesk([this, id] {
        const auto copy = current();
        const auto link = copy ? linkOf(*copy, id) : std::nullopt;
        const auto done = link ? copy->book().unpair(link->replica) : Result<void>();
        if (!done)
            Q_EMIT failed(done.error());
        list();
    });
}

Result<void> PeerHost::refresh(AccountCopy& copy) {
    AccountLink server(server_, copy.account());
    return copy.withServer(server, [this] { return isOver(); }).map([](const auto&) {});
}

Result<void> PeerHost::passOn(AccountCopy& copy) {
    AccountLink server(server_, copy.account());
    return copy.backToServer(server, [this] { return isOver(); }).map([](const auto&) {});
}

void PeerHost::sync(const QString& id, const Places& places) {
    const auto turn = std::make_shared<std::atomic<Turn>>(Turn::Waits);
    turns_[id] = turn;
    onRoad([this, id, places, turn] {
        Turn before = Turn::Waits;
        if (!turn->compare_exchange_strong(before, Turn::Runs))
            return;  // it was called off, and that was told
        cancelled_ = false;
        turn_ = turn;
        doSync(id, places);
        turn_.reset();
    });
}

void PeerHost::cancelSync(const QString& id) {
    const auto turn = turns_.take(id);
    if (!turn || turn->exchange(Turn::CalledOff) != Turn::Waits)
        return;
    PeerResult result;
    result.error = {ErrorCode::Cancelled, "", QT_TRANSLATE_NOOP("Player", "Syncing was called off.")};
    result.at = clock_->now();
    Q_EMIT synced(id, result);
}

void PeerHost::callOff() {
    cancelled_ = true;
    const auto ids = turns_.keys();
    for (const auto& id : ids)
        cancelSync(id);
}

void PeerHost::doSync(const QString& id, const Places& places) {
    const auto copy = current();
    const auto link = copy ? linkOf(*copy, id) : std::nullopt;
    PeerResult result;
    result.error = {ErrorCode::NotFound, "",
                    QT_TRANSLATE_NOOP("Player", "The two computers are not paired any more. Pair them again.")};
    if (link) {
        busy_ = true;
        result = exchange(*copy, *link, places);
        busy_ = false;
    }
    result.at = clock_->now();
    Q_EMIT synced(link ? idNow(*copy, *link) : id, result);
    onDesk([this] {
        tellOpen();
        list();
    });
}

// It may have another one since it was met, as may we.
QString PeerHost::idNow(AccountCopy& copy, const sync::SyncLink& peer) {
    const auto certificate = sync::digestFromText(peer.certificate);
    const auto link = certificate ? copy.book().withCertificate(*certificate) : Result<std::optional<sync::SyncLink>>();
    const QString before = idOf(peer), now = link && *link ? idOf(**link) : before;
    if (now != before)
        Q_EMIT renamed(before, now);
    return now;
}

// With the server before, so that the other gets what is new; and after, so that what came is seen.
PeerResult PeerHost::exchange(AccountCopy& copy, const sync::SyncLink& peer, const Places& places) {
    PeerResult result;
    result.serverAway = !refresh(copy);
    auto channel = sync::PeerChannel::connect(
        places, *keys_,
        [&](const sync::Digest& certificate) { return sync::digestText(certificate) == peer.certificate; },
        kConnecting);
    const QString id = idOf(peer);
    if (channel) {
        (*channel)->setPatience(sync::PeerChannel::kPatience);
        if (places.size() > 1)  // else it is where it was, which may be a name
            Q_EMIT met(id, QString::fromStdString((*channel)->address()), (*channel)->port());
    }
    const auto outcome = channel ? copy.withPeer(
                                       **channel, port_,
                                       [&](std::size_t sent, std::size_t received) {
                                           Q_EMIT progressed(id, static_cast<int>(sent), static_cast<int>(received));
                                       },
                                       [this] { return isOver(); })
                                 : AccountCopy::Outcome(tl::unexpect, channel.error());
    if (!outcome) {
        result.error = outcome.error();
        return result;
    }
    result.sent = static_cast<int>(outcome->sent);
    result.received = static_cast<int>(outcome->received);
    result.serverAway = !passOn(copy);
    return result;
}

}  // namespace marea::app
