#include "app/viewmodels/laststate.h"

#include <algorithm>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/offline/offlinetask.h"

namespace marea::app {
namespace {

using player::PlayEntry;
using L = QLatin1String;

QJsonObject toJson(const PlayEntry& e) {
    return {{L("media"), e.mediaId}, {L("title"), e.title},     {L("artist"), e.artist},
            {L("album"), e.album},   {L("artwork"), e.artwork}, {L("duration"), e.duration},
            {L("music"), e.music},   {L("track"), e.track},     {L("place"), e.place}};
}

PlayEntry entryFrom(const QJsonObject& json) {
    PlayEntry e;
    e.mediaId = json[L("media")].toString();
    e.title = json[L("title")].toString();
    e.artist = json[L("artist")].toString();
    e.album = json[L("album")].toString();
    e.artwork = json[L("artwork")].toString();
    e.duration = json[L("duration")].toDouble();
    e.music = json[L("music")].toBool();
    e.track = json[L("track")].toInt();
    e.place = json[L("place")].toString();
    return e;
}

}  // namespace

QByteArray toBytes(const LastState& state) {
    QJsonArray queue;
    for (const auto& entry : state.queue)
        queue << toJson(entry);
    return QJsonDocument(QJsonObject{{L("account"), state.account},
                                     {L("page"), state.page},
                                     {L("arguments"), QJsonObject::fromVariantMap(state.arguments)},
                                     {L("queue"), queue},
                                     {L("index"), state.index},
                                     {L("position"), state.position}})
        .toJson(QJsonDocument::Compact);
}

LastState lastStateFrom(const QByteArray& bytes) {
    const auto json = QJsonDocument::fromJson(bytes).object();
    LastState state;
    state.account = json[L("account")].toString();
    state.page = json[L("page")].toString();
    state.arguments = json[L("arguments")].toObject().toVariantMap();
    for (const auto& value : json[L("queue")].toArray()) {
        const auto entry = entryFrom(value.toObject());
        if (safeId(entry.mediaId))
            state.queue << entry;
    }
    state.index = std::clamp(json[L("index")].toInt(), 0, std::max(0, static_cast<int>(state.queue.size()) - 1));
    state.position = std::max(0.0, json[L("position")].toDouble());
    return state;
}

LastState queueState(const QList<PlayEntry>& entries, int current, int most) {
    LastState state;
    if (current < 0 || current >= entries.size() || entries[current].mediaId.isEmpty())
        return state;
    const int first = std::clamp(current - most / 2, 0, std::max(0, static_cast<int>(entries.size()) - most));
    for (int i = first; i < entries.size() && state.queue.size() < most; ++i) {
        if (i == current)
            state.index = static_cast<int>(state.queue.size());
        if (!entries[i].mediaId.isEmpty())
            state.queue << entries[i];
    }
    return state;
}

}  // namespace marea::app
