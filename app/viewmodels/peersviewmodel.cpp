#include "app/viewmodels/peersviewmodel.h"

#include <algorithm>
#include <QUrl>

namespace marea::app {
namespace {

using core::Error;
using core::ErrorCode;
using L = QLatin1String;

const QString kOn = QStringLiteral("peers/on"), kPort = QStringLiteral("peers/port");
const QString kPlace = QStringLiteral("peers/place/");
const QString kCodeStart = QStringLiteral("marea:pair");
constexpr int kBeforeItRunsOutMs = 30'000;

// "HOST:PORT", "[HOST]:PORT"; port 0: it is none.
std::pair<QString, quint16> placeFrom(const QString& text) {
    const QUrl url(QStringLiteral("marea://") + text.trimmed());
    const bool isPlace = url.isValid() && !url.host().isEmpty() && url.path().isEmpty() && url.userInfo().isEmpty();
    return {url.host(), isPlace && url.port() > 0 ? static_cast<quint16>(url.port()) : quint16{0}};
}

// A code holds a few: some of each kind, so that many interfaces of one leave room for the other.
QStringList reachable(const QStringList& places) {
    constexpr qsizetype kMostOfFour = 4;
    QStringList four, six;
    for (const auto& place : places)
        (place.startsWith(QLatin1Char('[')) ? six : four) << place;
    const qsizetype most = sync::PairingCode::kMostPlaces, room = std::max(kMostOfFour, most - six.size());
    return four.mid(0, room) + six + four.mid(std::min(room, four.size()));
}

}  // namespace

PeersViewModel::PeersViewModel(QSettings& settings, Notices& notices, QObject* parent)
    : QObject(parent), settings_(settings), notices_(notices) {
    again_.setInterval(kEveryMs);
    connect(&again_, &QTimer::timeout, this, [this] {
        seen_.clear();
        syncNear();
    });
    newCode_.setInterval(static_cast<int>(sync::PairingOffer::kLife) - kBeforeItRunsOutMs);
    connect(&newCode_, &QTimer::timeout, this, &PeersViewModel::askForCode);
}

void PeersViewModel::start(PeerHost& host, PeerFinder& finder, std::function<QStringList()> addresses) {
    host_ = &host;
    finder_ = &finder;
    addresses_ = std::move(addresses);
    connectHost();
    host_->setAccount(account_);
    if (settings_.value(kOn).toBool())
        setOn(true);
    Q_EMIT changed();
}

void PeersViewModel::connectHost() {
    connect(host_, &PeerHost::opened, this, &PeersViewModel::onOpened);
    connect(host_, &PeerHost::failed, this, [this](const Error& error) {
        busy_ = false;
        error_ = wordsFor(error);
        Q_EMIT changed();
    });
    connect(host_, &PeerHost::listed, this, [this](const QList<PairedPeer>& peers) {
        peers_ = peers;
        Q_EMIT changed();
        syncNear();
    });
    connect(host_, &PeerHost::compare, this, [this](const QString& digits, const QString& name) {
        if (step_.isEmpty())
            return host_->sayCompared(false, scope_);
        digits_ = digits;
        other_ = name;
        step_ = QStringLiteral("compare");
        pairingError_.clear();
        Q_EMIT changed();
    });
    connect(host_, &PeerHost::paired, this, &PeersViewModel::onPaired);
    connect(host_, &PeerHost::pairingFailed, this, [this](const Error& error) {
        if (step_.isEmpty())
            return;
        step_ = QStringLiteral("choose");
        pairingError_ = wordsFor(error);
        askForCode();
        Q_EMIT changed();
    });
    connect(host_, &PeerHost::strangersShutOut, this, [this] {
        if (step_.isEmpty())
            return;
        code_.clear();
        pairingError_ =
            tr("Five tries to pair have failed, so no other computer may ask any more. Close this and open it "
               "again to let them.");
        Q_EMIT changed();
    });
    connect(host_, &PeerHost::codeShown, this, [this](const QString& text) {
        code_ = step_.isEmpty() ? QString() : text;
        Q_EMIT changed();
    });
    connect(host_, &PeerHost::met, this, [this](const QString& id, const QString& host, quint16 port) {
        if (!unpaired_.contains(id))
            settings_.setValue(kPlace + id, QStringLiteral("%1 %2").arg(host).arg(port));
    });
    connect(host_, &PeerHost::renamed, this, &PeersViewModel::onRenamed);
    connect(host_, &PeerHost::progressed, this, [this](const QString& id, int sent, int received) {
        running_[id] = {sent, received};
        Q_EMIT changed();
    });
    connect(host_, &PeerHost::synced, this, &PeersViewModel::onSynced);
    connect(finder_, &PeerFinder::changed, this, [this] {
        Q_EMIT changed();
        syncNear();
    });
    connect(finder_, &PeerFinder::cannot, this, [this](const QString& reason) {
        cannotFind_ = reason.isEmpty() ? QStringLiteral("-") : reason;
        Q_EMIT changed();
    });
}

void PeersViewModel::setAccount(const QString& account) {
    if (account_ == account)
        return;
    account_ = account;
    peers_.clear();
    running_.clear();
    seen_.clear();
    endPairing();
    if (host_)
        host_->setAccount(account);
    Q_EMIT changed();
}

void PeersViewModel::setOn(bool on) {
    if (!host_ || busy_ || on == this->on())
        return;
    settings_.setValue(kOn, on);
    error_.clear();
    busy_ = on;
    if (on) {
        host_->open(static_cast<quint16>(settings_.value(kPort).toUInt()));
    } else {
        endPairing();
        port_ = 0;
        again_.stop();
        finder_->withdraw();
        host_->close();
    }
    Q_EMIT changed();
}

void PeersViewModel::onOpened(quint16 port, const QString& replica) {
    busy_ = false;
    if (port_ == port && replica_ == replica)
        return;
    port_ = port;
    replica_ = replica;
    settings_.setValue(kPort, port);
    finder_->announce(name(), port, replica);
    finder_->browse();
    again_.start();
    askForCode();
    Q_EMIT changed();
    syncNear();
}

QStringList PeersViewModel::addresses() const {
    QStringList places;
    if (on() && addresses_)
        for (const auto& address : addresses_())
            places << (address.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
                          .arg(address)
                          .arg(port_);
    return places;
}

QVariantList PeersViewModel::nearby() const {
    QVariantList list;
    for (const auto& peer : finder_ ? finder_->nearby() : QList<NearbyPeer>()) {
        if (!replica_.isEmpty() && peer.id == replica_)
            continue;  // this computer
        const bool known =
            std::any_of(peers_.begin(), peers_.end(), [&](const auto& one) { return one.id == peer.id; });
        list << QVariantMap{{L("name"), peer.name}, {L("detail"), peer.host}, {L("paired"), known}};
    }
    return list;
}

QString PeersViewModel::findingText() const {
    return cannotFind_.isEmpty() ? QString()
                                 : tr("This system does not find other computers by itself. Type the address that the "
                                      "other one shows.");
}

void PeersViewModel::beginPairing() {
    if (!possible())
        return;
    setOn(true);
    scope_.clear();
    digits_.clear();
    other_.clear();
    pairingError_.clear();
    step_ = QStringLiteral("choose");
    host_->setLetsPair(true);
    newCode_.start();
    askForCode();
    Q_EMIT changed();
}

// Another one, where the other would find this computer.
void PeersViewModel::askForCode() {
    const auto places = addresses();
    code_.clear();
    if (!step_.isEmpty() && !places.isEmpty())
        host_->showCode(reachable(places));
}

void PeersViewModel::endPairing() {
    if (step_.isEmpty())
        return;
    step_.clear();
    digits_.clear();
    code_.clear();
    newCode_.stop();
    host_->hideCode();
    host_->setLetsPair(false);
    Q_EMIT changed();
}

void PeersViewModel::giveLink(const QString& link) {
    if (link_ == link)
        return;
    link_ = link;
    Q_EMIT linkGiven();
}

QString PeersViewModel::linkName() const {
    const auto code = sync::codeFromText(link_.trimmed().toStdString());
    return !code ? QString() : code->name.empty() ? linkPlace() : QString::fromStdString(code->name);
}

QString PeersViewModel::linkPlace() const {
    const auto code = sync::codeFromText(link_.trimmed().toStdString());
    QStringList places;
    for (std::size_t i = 0; code && i < code->places.size(); ++i)
        places << QString::fromStdString(code->places[i]);
    return places.join(QStringLiteral(", "));
}

void PeersViewModel::beginByLink() {
    if (!possible() || link_.isEmpty() || !step_.isEmpty())
        return;
    pairingError_.clear();
    step_ = QStringLiteral("link");
    Q_EMIT changed();
}

void PeersViewModel::acceptLink() {
    if (step_ != L("link"))
        return;
    const QString link = link_.trimmed();
    beginPairing();
    pairByCode(link);
}

void PeersViewModel::pairWith(const QString& name) {
    const auto all = finder_ ? finder_->nearby() : QList<NearbyPeer>();
    for (const auto& peer : all)
        if (peer.name == name)
            return goTo({peer.host, peer.port});
}

void PeersViewModel::pairAt(const QString& address) {
    if (address.trimmed().startsWith(kCodeStart))
        return pairByCode(address.trimmed());
    const auto [host, port] = placeFrom(address);
    if (port != 0)
        return goTo({host, port});
    pairingError_ = tr("This is no address. It looks like 192.168.1.20:47110.");
    Q_EMIT changed();
}

void PeersViewModel::pairByCode(const QString& text) {
    const auto code = sync::codeFromText(text.toStdString());
    const bool isGood = code && std::all_of(code->places.begin(), code->places.end(), [](const std::string& place) {
                            return placeFrom(QString::fromStdString(place)).second != 0;
                        });
    if (step_ != L("choose"))
        return;
    giveLink({});
    pairingError_ = isGood ? QString() : tr("This link is damaged. Copy all of what the other computer shows.");
    if (isGood) {
        asked_ = {};  // where it answers
        step_ = QStringLiteral("connecting");
        host_->pairByCode(*code);
    }
    Q_EMIT changed();
}

void PeersViewModel::goTo(const Place& place) {
    if (step_ != L("choose"))
        return;
    asked_ = place;
    pairingError_.clear();
    step_ = QStringLiteral("connecting");
    Q_EMIT changed();
    host_->pair(place.host, place.port);
}

void PeersViewModel::sayCompared(bool same) {
    if (step_ != L("compare"))
        return;
    step_ = QStringLiteral("waiting");
    Q_EMIT changed();
    host_->sayCompared(same, scope_);
}

void PeersViewModel::onPaired(const QString& id, const QString& name, const QString& host, quint16 port) {
    other_ = name;
    unpaired_.remove(id);
    if (!step_.isEmpty())
        step_ = QStringLiteral("done");
    code_.clear();
    newCode_.stop();
    host_->hideCode();
    host_->setLetsPair(false);
    Q_EMIT changed();
    if (port == 0)
        return;  // the other one asked, and comes
    settings_.setValue(kPlace + id, QStringLiteral("%1 %2").arg(asked_.host.isEmpty() ? host : asked_.host).arg(port));
    seen_ << id;
    sync(id);
}

}  // namespace marea::app
