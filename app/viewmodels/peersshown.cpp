// Paired computers: what is shown of them, when they sync, what has been.
#include <algorithm>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/viewmodels/peersviewmodel.h"
#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

using core::ErrorCode;
using L = QLatin1String;

const QString kPlace = QStringLiteral("peers/place/"), kHistory = QStringLiteral("peers/history/");
constexpr qsizetype kMostHistory = 20;
constexpr std::size_t kMostPlaces = 6;
const QStringList kWords{QStringLiteral("ratings"), QStringLiteral("plays"), QStringLiteral("positions"),
                         QStringLiteral("playlists")};

// Empty is everything, also what there will be once; nothing at all cannot be chosen.
QStringList wordsOf(const QString& scope) {
    return scope.isEmpty() ? kWords : scope.split(QLatin1Char(','));
}

QString toggled(const QString& scope, const QString& word) {
    auto words = wordsOf(scope);
    if (!kWords.contains(word) || words == QStringList{word})
        return scope;
    if (!words.removeAll(word))
        words << word;
    return words.size() >= kWords.size() ? QString() : words.join(QLatin1Char(','));
}

QJsonObject toJson(const PeerResult& result) {
    return {{L("at"), static_cast<double>(result.at)},
            {L("sent"), result.sent},
            {L("received"), result.received},
            {L("code"), static_cast<int>(result.error.code)},
            {L("error"), QString::fromStdString(result.error.text)},
            {L("away"), result.serverAway},
            {L("by_us"), result.byUs}};
}

PeerResult resultFrom(const QJsonObject& json) {
    PeerResult result;
    result.at = static_cast<qint64>(json[L("at")].toDouble());
    result.sent = json[L("sent")].toInt();
    result.received = json[L("received")].toInt();
    result.error.code = static_cast<ErrorCode>(json[L("code")].toInt());
    result.error.text = json[L("error")].toString().toStdString();
    result.serverAway = json[L("away")].toBool();
    result.byUs = json[L("by_us")].toBool();
    return result;
}

}  // namespace

QVariantList PeersViewModel::scopesOf(const QString& scope) const {
    const auto words = wordsOf(scope);
    const QStringList names{tr("Ratings and favourites"), tr("Plays"), tr("Where one stopped"), tr("Playlists")};
    QVariantList list;
    for (qsizetype i = 0; i < kWords.size(); ++i)
        list << QVariantMap{{L("value"), kWords[i]}, {L("text"), names[i]}, {L("checked"), words.contains(kWords[i])}};
    return list;
}

// Of the other computer, where what is said of errors usually is of the server.
QString PeersViewModel::wordsFor(const core::Error& error) {
    return error.text.empty() ? texts::error(error) : QCoreApplication::translate("Player", error.text.c_str());
}

QString PeersViewModel::said(const PeerResult& result) const {
    if (!result.error.text.empty())
        return wordsFor(result.error);
    QString text =
        result.sent + result.received == 0 ? tr("Nothing was new") : tr("%n changed here", nullptr, result.received);
    if (result.sent > 0)
        text = tr("%1, %2").arg(tr("%n sent", nullptr, result.sent), text);
    return result.serverAway ? tr("%1. It reaches your library once that is there again").arg(text) : text;
}

QString PeersViewModel::statusOf(const PairedPeer& peer) const {
    if (running_.contains(peer.id)) {
        const auto run = running_[peer.id];
        return run.sent + run.received == 0 ? tr("Syncing…")
                                            : tr("Syncing: %1 sent, %2 received").arg(run.sent).arg(run.received);
    }
    return peer.syncedAt == 0 ? tr("Never synced") : tr("Synced %1").arg(times::ago(peer.syncedAt));
}

QVariantMap PeersViewModel::shown(const PairedPeer& peer) const {
    const auto past = history(peer.id);
    const bool failed = !past.isEmpty() && !past.first().error.text.empty() && !running_.contains(peer.id);
    QStringList lines;
    for (const auto& result : past)
        lines << tr("%1: %2").arg(times::ago(result.at), said(result));
    return {{L("id"), peer.id},
            {L("name"), peer.name},
            {L("statusText"), statusOf(peer)},
            {L("errorText"), failed ? said(past.first()) : QString()},
            {L("syncing"), running_.contains(peer.id)},
            {L("reachable"), on() && !placesOf(peer.id).empty()},
            {L("scopes"), scopesOf(peer.scope)},
            {L("history"), lines}};
}

QVariantList PeersViewModel::paired() const {
    QVariantList list;
    for (const auto& peer : peers_)
        list << shown(peer);
    return list;
}

QVariantMap PeersViewModel::peer(const QString& id) const {
    const auto found = std::find_if(peers_.begin(), peers_.end(), [&](const auto& one) { return one.id == id; });
    return found == peers_.end() ? QVariantMap() : shown(*found);
}

QList<PeerResult> PeersViewModel::history(const QString& id) const {
    QList<PeerResult> list;
    const auto array = QJsonDocument::fromJson(settings_.value(kHistory + id).toByteArray()).array();
    for (const auto& value : array)
        list << resultFrom(value.toObject());
    return list;
}

// Where it was last, and where anybody says that it is now: who is there proves it.
PeerHost::Places PeersViewModel::placesOf(const QString& id) const {
    PeerHost::Places places;
    const auto add = [&](const QString& host, quint16 port) {
        const sync::PeerChannel::Place place{host.toStdString(), port};
        if (!host.isEmpty() && port != 0 && places.size() < kMostPlaces &&
            std::find(places.begin(), places.end(), place) == places.end())
            places.push_back(place);
    };
    const auto last = settings_.value(kPlace + id).toString();
    add(last.section(QLatin1Char(' '), 0, 0), last.section(QLatin1Char(' '), 1).toUShort());
    for (const auto& peer : finder_ ? finder_->nearby() : QList<NearbyPeer>())
        if (peer.id == id)
            add(peer.host, peer.port);
    return places;
}

void PeersViewModel::sync(const QString& id) {
    const auto places = placesOf(id);
    if (!on() || places.empty() || running_.contains(id))
        return;
    running_.insert(id, {});
    Q_EMIT changed();
    host_->sync(id, places);
}

void PeersViewModel::cancelSync(const QString& id) {
    if (host_)
        host_->cancelSync(id);
}

// Those that came into the network, once; and all of them every so often.
void PeersViewModel::syncNear() {
    if (!on() || !step_.isEmpty())
        return;
    for (const auto& peer : peers_) {
        if (seen_.contains(peer.id) || placesOf(peer.id).empty())
            continue;
        seen_ << peer.id;
        sync(peer.id);
    }
}

// What is known of it goes along, also that it is paired no more.
void PeersViewModel::onRenamed(const QString& from, const QString& to) {
    for (const auto& kind : {kPlace, kHistory}) {
        const auto kept = settings_.value(kind + from);
        if (kept.isValid() && !settings_.contains(kind + to))
            settings_.setValue(kind + to, kept);
        settings_.remove(kind + from);
    }
    if (seen_.contains(from))
        seen_ << to;
    running_.remove(from);
    if (unpaired_.contains(from))
        unpair(to);
}

void PeersViewModel::onSynced(const QString& id, const PeerResult& result) {
    if (result.byUs)
        running_.remove(id);
    if (!unpaired_.contains(id))
        note(id, result);
    if (result.received > 0)
        Q_EMIT brought();
    Q_EMIT changed();
}

// Of two computers that went to each other, what was over earlier may be told later. What seems to be more than a day
// later was noted by a clock that was wrong, and would stay on top.
void PeersViewModel::note(const QString& id, const PeerResult& result) {
    auto past = history(id);
    constexpr qint64 day = 24 * 3'600'000;
    const auto isEarlier = [&](const PeerResult& one) { return one.at <= result.at || one.at > result.at + day; };
    past.insert(std::find_if(past.begin(), past.end(), isEarlier), result);
    QJsonArray array;
    for (const auto& one : past.first(std::min(past.size(), kMostHistory)))
        array << toJson(one);
    settings_.setValue(kHistory + id, QJsonDocument(array).toJson(QJsonDocument::Compact));
}

void PeersViewModel::toggleScope(const QString& word) {
    scope_ = toggled(scope_, word);
    Q_EMIT changed();
}

void PeersViewModel::togglePeerScope(const QString& id, const QString& word) {
    for (const auto& peer : peers_)
        if (peer.id == id)
            host_->setScope(id, toggled(peer.scope, word));
}

void PeersViewModel::unpair(const QString& id) {
    if (!host_)
        return;
    unpaired_ << id;
    settings_.remove(kPlace + id);
    settings_.remove(kHistory + id);
    host_->cancelSync(id);
    host_->unpair(id);
}

}  // namespace marea::app
