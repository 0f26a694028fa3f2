#include "app/viewmodels/remoteviewmodel.h"

#include <algorithm>
#include <QJsonArray>
#include <utility>

#include "core/base/deliver.h"

namespace marea::app {
namespace {

using L = QLatin1String;

constexpr int kSoon = 250, kRegularly = 10'000;  // milliseconds
constexpr int kMostQueued = 100;

}  // namespace

RemoteViewModel::RemoteViewModel(ApiClient& api, EventChannel& channel, PlayerViewModel& player, QObject* parent)
    : QObject(parent), api_(api), channel_(channel), player_(player) {
    soon_.setSingleShot(true);
    soon_.setInterval(kSoon);
    regularly_.setInterval(kRegularly);
    connect(&soon_, &QTimer::timeout, this, &RemoteViewModel::announce);
    connect(&regularly_, &QTimer::timeout, this, [this] {
        if (player_.playing())
            announce();
    });
    const auto startSoon = [this] { soon_.start(); };
    connect(&player_, &PlayerViewModel::entryChanged, this, startSoon);
    connect(&player_, &PlayerViewModel::volumeChanged, this, startSoon);
    connect(&player_, &PlayerViewModel::queueChanged, this, startSoon);
    connect(&player_, &PlayerViewModel::stateChanged, this, [this] {
        soon_.start();
        onPlayerState();
    });
    connect(&channel_, &EventChannel::message, this, &RemoteViewModel::onMessage);
    connect(&channel_, &EventChannel::connected, this, [this] {
        announce();
        regularly_.start();
        learnNames();
    });
}

void RemoteViewModel::clear() {
    ++asked_;
    regularly_.stop();
    others_.clear();
    own_.clear();
    setProblem({});
    Q_EMIT changed();
}

QVariantList RemoteViewModel::players() const {
    QVariantList list;
    for (auto it = others_.begin(); it != others_.end(); ++it)
        list << QVariantMap{{L("text"), it->name}, {L("detail"), it->title}, {L("value"), it.key()}};
    std::sort(list.begin(), list.end(), [](const QVariant& a, const QVariant& b) {
        return a.toMap()[L("text")].toString().localeAwareCompare(b.toMap()[L("text")].toString()) < 0;
    });
    return list;
}

QVariantMap RemoteViewModel::elsewhere() const {
    auto best = others_.end();  // who plays before who has paused
    for (auto it = others_.begin(); it != others_.end(); ++it)
        if (!it->mediaId.isEmpty() && !it->title.isEmpty() &&
            (best == others_.end() || std::pair(it->paused, it.key()) < std::pair(best->paused, best.key())))
            best = it;
    if (best == others_.end())
        return {};
    return {{L("device"), best.key()},
            {L("name"), best->name},
            {L("mediaId"), best->mediaId},
            {L("title"), best->title},
            {L("paused"), best->paused}};
}

QJsonObject RemoteViewModel::state() const {
    QJsonObject state{{L("volume"), player_.volume() / 100}};
    if (player_.mediaIdHere().isEmpty())
        return state;  // nothing, or a file of this computer or a title of another library, which this one knows not
    state[L("media_id")] = player_.mediaIdHere();
    state[L("position")] = std::max(0.0, player_.position());
    state[L("duration")] = std::max(0.0, player_.duration());
    state[L("paused")] = !player_.playing();
    const auto& [ids, index] = player_.queue()->mediaIds(kMostQueued);
    if (ids.size() > 1) {
        state[L("queue")] = QJsonArray::fromStringList(ids);
        state[L("index")] = index;
    }
    return state;
}

void RemoteViewModel::announce() {
    static const QJsonArray commands{L("play"), L("pause"),  L("resume"), L("stop"),     L("next"), L("previous"),
                                     L("seek"), L("volume"), L("audio"),  L("subtitle"), L("state")};
    channel_.send(
        {{L("type"), L("player")}, {L("controllable"), true}, {L("commands"), commands}, {L("state"), state()}});
}

void RemoteViewModel::onMessage(const QJsonObject& message) {
    const QString type = message[L("type")].toString();
    if (type == L("player")) {
        onPlayer(message);
    } else if (type == L("remote")) {
        onCommand(message);
    } else if (type == L("catalogue")) {
        Q_EMIT catalogueChanged();
    } else if (type == L("library") && message[L("event")][L("device_id")].toString() != own_) {
        Q_EMIT libraryChanged(message[L("event")][L("media_id")].toString());
    } else if (type == L("session") && message[L("state")].toString() == L("ended")) {
        onSessionEnded(message);
    }
}

void RemoteViewModel::onSessionEnded(const QJsonObject& message) {
    if (message[L("code")].toString() == L("ended_by_owner"))
        player_.endedByOwner(message[L("session_id")].toString(), message[L("message")].toString());
    if (message[L("device_id")].toString() != own_)
        Q_EMIT libraryChanged(message[L("media_id")].toString());
}

void RemoteViewModel::onPlayer(const QJsonObject& message) {
    const QString device = message[L("device_id")].toString();
    setProblem({});  // what a device could not do before is no news once it says how it is
    if (!message[L("controllable")].toBool()) {
        others_.remove(device);
        Q_EMIT changed();
        return;
    }
    const bool known = others_.contains(device);
    Other& other = others_[device];
    const QJsonObject state = message[L("state")].toObject();
    other.paused = state[L("paused")].toBool();
    const QString before = std::exchange(other.mediaId, state[L("media_id")].toString());
    if (other.mediaId != before)
        other.title.clear();
    if (!known)
        learnNames();
    if (other.mediaId != before && !other.mediaId.isEmpty())
        learnTitle(device);
    Q_EMIT changed();
}

void RemoteViewModel::learnNames() {
    deliver(api_.listeningDevices(), this,
            [this, asked = ++asked_](const core::Result<QList<ListeningDevice>>& devices) {
                if (devices && asked == asked_)
                    takeDevices(*devices);
            });
}

// All that are there now: who went while the connection was broken is among them no more.
void RemoteViewModel::takeDevices(const QList<ListeningDevice>& devices) {
    const auto before = std::exchange(others_, {});
    for (const auto& device : devices) {
        if (device.current) {
            own_ = device.id;
        } else if (device.controllable) {
            Other& other = others_[device.id];
            other = before.value(device.id);
            other.name = device.name;
            other.paused = device.paused;
            if (std::exchange(other.mediaId, device.mediaId) != device.mediaId || other.title.isEmpty())
                learnTitle(device.id);
        }
    }
    Q_EMIT changed();
}

void RemoteViewModel::learnTitle(const QString& device) {
    const QString mediaId = others_[device].mediaId;
    if (mediaId.isEmpty())
        return;
    deliver(api_.item(mediaId), this, [this, device, mediaId](const core::Result<MediaItem>& item) {
        const auto other = others_.find(device);
        if (!item || other == others_.end() || other->mediaId != mediaId)
            return;
        other->title = item->title;
        Q_EMIT changed();
    });
}

void RemoteViewModel::onCommand(const QJsonObject& message) {
    const QString call = message[L("id")].toString();
    execute(message, [this, call](const QString& error) {
        QJsonObject result{{L("type"), L("result")}, {L("id"), call}};
        if (error.isEmpty())
            result[L("state")] = state();
        else
            result[L("error")] = error.left(300);
        channel_.send(result);
        soon_.start();
    });
}

void RemoteViewModel::execute(const QJsonObject& message, const Answer& answer) {
    const QString command = message[L("command")].toString();
    if (command == L("play"))
        return play(message, answer);
    if (command == L("volume"))
        player_.setVolume(message[L("volume")].toDouble() * 100);
    else if (command == L("seek"))
        player_.seek(message[L("position")].toDouble());
    else if (command == L("pause"))
        player_.pause();
    else if (command == L("resume"))
        player_.resume();
    else if (command == L("stop"))
        player_.stop();
    else if (command == L("next"))
        player_.next();
    else if (command == L("previous"))
        player_.previous();
    else if (command == L("audio") || command == L("subtitle"))
        return chooseStream(message, answer);
    else if (command != L("state"))
        return answer(tr("This player does not know that command."));
    answer({});
}

void RemoteViewModel::chooseStream(const QJsonObject& message, const Answer& answer) {
    const bool sound = message[L("command")].toString() == L("audio");
    const auto kind = sound ? player::Track::Kind::Audio : player::Track::Kind::Subtitle;
    if (player_.chooseStream(kind, message[L("track")].toInt(-1)))
        return answer({});
    answer(sound ? tr("What plays has no such sound.") : tr("What plays has no such subtitles."));
}

void RemoteViewModel::play(const QJsonObject& message, const Answer& answer) {
    const QString mediaId = message[L("media_id")].toString();
    QStringList ids;
    for (const auto& id : message[L("queue")].toArray())
        if (ids.size() < kMostQueued)
            ids << id.toString();
    if (!ids.contains(mediaId))
        ids = {mediaId};
    const double position = message[L("position")].toDouble();
    auto items = std::make_shared<QList<MediaItem>>(ids.size());
    auto left = std::make_shared<qsizetype>(ids.size());
    for (qsizetype i = 0; i < ids.size(); ++i)
        deliver(api_.item(ids[i]), this,
                [this, i, items, left, mediaId, position, answer](const core::Result<MediaItem>& item) {
                    if (item)
                        (*items)[i] = *item;
                    if (--*left == 0)
                        startList(*items, mediaId, position, answer);
                });
}

void RemoteViewModel::startList(const QList<MediaItem>& items, const QString& mediaId, double position,
                                const Answer& answer) {
    QList<player::PlayEntry> entries;
    int current = -1;
    for (const auto& item : items) {
        if (item.id.isEmpty() || (item.broken() && item.id != mediaId))
            continue;
        if (item.id == mediaId && current < 0)
            current = static_cast<int>(entries.size());
        entries << toEntry(item);
    }
    if (current < 0)
        return answer(tr("This title is not there any more."));
    if (waiting_)
        std::exchange(waiting_, {})(tr("Something else was started."));
    player_.setStart(position);
    player_.play(entries, current);
    waiting_ = answer;
    onPlayerState();
}

// What was opened for another device is answered for when it plays, or cannot.
void RemoteViewModel::onPlayerState() {
    if (!waiting_ || (!player_.failed() && !player_.playing()))
        return;
    std::exchange(waiting_, {})(player_.failed() ? player_.problem() : QString());
}

void RemoteViewModel::ask(const QString& device, const QJsonObject& command) {
    deliver(api_.remote(device, command), this, [this](const core::Result<bool>& done) {
        setProblem(done ? QString() : QString::fromStdString(done.error().text));
    });
}

void RemoteViewModel::setProblem(const QString& problem) {
    if (std::exchange(problem_, problem) != problem)
        Q_EMIT problemChanged();
}

void RemoteViewModel::playOn(const QString& device) {
    ask(own_, {{L("command"), L("hand_over")}, {L("to"), device}});
}

void RemoteViewModel::playHere(const QString& device) {
    ask(device, {{L("command"), L("hand_over")}, {L("to"), own_}});
}

void RemoteViewModel::togglePause(const QString& device) {
    const bool paused = others_.value(device).paused;
    ask(device, {{L("command"), paused ? L("resume") : L("pause")}});
}

}  // namespace marea::app
