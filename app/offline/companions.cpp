#include "app/offline/companions.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

#include "app/offline/partfile.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

const QString kItem = QStringLiteral("item.json"), kArtwork = QStringLiteral("artwork"),
              kLyrics = QStringLiteral("lyrics.json"), kWaveform = QStringLiteral("waveform.json"),
              kSubtitles = QStringLiteral("subtitles.json");
constexpr qsizetype kMostSubtitles = 40;

QByteArray bytesOf(const QJsonDocument& json) {
    return json.toJson(QJsonDocument::Compact);
}

QJsonObject objectIn(const OfflineStore& store, const QString& mediaId, const QString& name) {
    return QJsonDocument::fromJson(store.kept(mediaId, name)).object();
}

// "/stream/<token>/<title>/artwork?v=1" → "<title>/artwork"
QString withoutToken(const QString& path) {
    return path.section(QLatin1Char('/'), 3).section(QLatin1Char('?'), 0, 0);
}

// Also after a start in which only a part of it came.
bool isWhole(const OfflineStore& store, const QString& mediaId) {
    const auto item = objectIn(store, mediaId, kItem);
    return !item.isEmpty() && (item[L("artwork_url")].toString().isEmpty() || !store.kept(mediaId, kArtwork).isEmpty());
}

bool lacksSubtitles(const OfflineStore& store, const QString& mediaId) {
    return store.kept(mediaId, kSubtitles).isEmpty();
}

}  // namespace

Companions::Companions(ApiClient& api, OfflineStore store, QObject* parent)
    : QObject(parent), api_(api), store_(std::move(store)) {}

void Companions::fetch(const OfflineTask& task) {
    if (asked_.contains(task.mediaId) || isWhole(store_, task.mediaId))
        return;
    asked_.insert(task.mediaId);
    deliver(api_.rawItem(task.mediaId), this, [this, id = task.mediaId](const Result<QJsonObject>& json) {
        asked_.remove(id);
        if (json)
            takeItem(id, *json, true);
    });
}

void Companions::refresh(const QString& mediaId) {
    deliver(api_.rawItem(mediaId), this, [this, mediaId](const Result<QJsonObject>& json) {
        if (json)
            takeItem(mediaId, *json, false);
    });
}

void Companions::takeItem(const QString& mediaId, const QJsonObject& json, bool beside) {
    const auto item = parseMediaItem(json);
    if (item.id != mediaId || !store_.keep(mediaId, kItem, bytesOf(QJsonDocument(json))))
        return;
    Q_EMIT came(mediaId);
    if (!beside)
        return;
    if (!item.artworkUrl.isEmpty())
        takeArtwork(mediaId, item.artworkUrl);
    const bool isTrack = item.kind == L("track");
    if (isTrack)
        takeJson(mediaId, kLyrics, api_.rawLyrics(mediaId));
    if (isTrack || item.kind == L("audiobook"))
        takeJson(mediaId, kWaveform, api_.rawWaveform(mediaId));
    if (!isTrack && !item.sidecars.isEmpty() && lacksSubtitles(store_, mediaId))
        takeSubtitles(mediaId);
}

void Companions::takeArtwork(const QString& mediaId, const QString& path) {
    QUrl url(path);
    QUrlQuery query(url);
    query.addQueryItem(QStringLiteral("w"), QStringLiteral("640"));
    url.setQuery(query);
    deliver(api_.bytes(url.toString()), this, [this, mediaId](const Result<QByteArray>& picture) {
        if (picture)
            (void)store_.keep(mediaId, kArtwork, *picture);
    });
}

void Companions::takeJson(const QString& mediaId, const QString& name, const Reply<QJsonObject>& reply) {
    deliver(reply, this, [this, mediaId, name](const Result<QJsonObject>& json) {
        if (json)
            (void)store_.keep(mediaId, name, bytesOf(QJsonDocument(*json)));
    });
}

// Files beside the film are given to who plays it: a session says where they are, and ends again.
void Companions::takeSubtitles(const QString& mediaId) {
    deliver(api_.playback({mediaId, 0.0, {}, {}, {}}), this, [this, mediaId](const Result<PlaybackInfo>& info) {
        if (info)
            takeSubtitle(mediaId, *info, 0);
    });
}

void Companions::takeSubtitle(const QString& mediaId, const PlaybackInfo& info, qsizetype from) {
    auto at = from;
    while (at < info.subtitles.size() && (info.subtitles[at].embedded || info.subtitles[at].url.isEmpty()))
        ++at;
    if (at >= std::min(info.subtitles.size(), kMostSubtitles)) {
        deliver(api_.endSession(info.sessionId), this, [](const Result<bool>&) {});
        return;
    }
    deliver(api_.bytes(info.subtitles[at].url), this, [this, mediaId, info, at](const Result<QByteArray>& text) {
        const auto& offer = info.subtitles[at];
        const auto name = QStringLiteral("subtitle-%1.%2").arg(at).arg(safeId(offer.format) ? offer.format : L("vtt"));
        if (text && store_.keep(mediaId, name, *text)) {
            auto list = QJsonDocument::fromJson(store_.kept(mediaId, kSubtitles)).array();
            list << QJsonObject{{L("id"), offer.id},       {L("language"), offer.language},
                                {L("title"), offer.title}, {L("format"), offer.format},
                                {L("file"), name},         {L("forced"), offer.forced}};
            (void)store_.keep(mediaId, kSubtitles, bytesOf(QJsonDocument(list)));
        }
        takeSubtitle(mediaId, info, at + 1);
    });
}

std::optional<OfflineTitle> Companions::read(const OfflineStore& store, const OfflineTask& task) {
    if (!task.done())
        return std::nullopt;
    OfflineTitle title;
    title.file = PartFile::mediaPath(store.folder(task.mediaId));
    title.original = task.original();
    title.fileId = task.fileId;
    title.item = parseMediaItem(objectIn(store, task.mediaId, kItem));
    if (title.item.id.isEmpty()) {  // it never came
        title.item.id = task.mediaId;
        title.item.kind = task.kind;
        title.item.title = task.title;
    }
    title.position = title.item.position;
    const auto list = QJsonDocument::fromJson(store.kept(task.mediaId, kSubtitles)).array();
    for (const auto& value : list) {
        const auto json = value.toObject();
        SubtitleOffer offer;
        offer.id = json[L("id")].toString();
        offer.language = json[L("language")].toString();
        offer.title = json[L("title")].toString();
        offer.format = json[L("format")].toString();
        offer.forced = json[L("forced")].toBool();
        offer.url =
            QUrl::fromLocalFile(store.folder(task.mediaId) + QLatin1Char('/') + json[L("file")].toString()).toString();
        title.subtitles << offer;
    }
    return title;
}

QString Companions::artworkPath(const OfflineStore& store, const QString& mediaId) {
    return objectIn(store, mediaId, kItem)[L("artwork_url")].toString();
}

QByteArray Companions::lyrics(const OfflineStore& store, const QString& mediaId) {
    return store.kept(mediaId, kLyrics);
}

QByteArray Companions::waveform(const OfflineStore& store, const QString& mediaId) {
    return store.kept(mediaId, kWaveform);
}

QByteArray Companions::artwork(const OfflineStore& store, const QString& mediaId) {
    return store.kept(mediaId, kArtwork);
}

bool Companions::samePicture(const QString& path, const QString& other) {
    return !path.isEmpty() && withoutToken(path) == withoutToken(other);
}

}  // namespace marea::app
