#pragma once

#include <QObject>
#include <QSet>

#include "app/api/apiclient.h"
#include "app/offline/offlinestore.h"

namespace marea::app {

// A title of this computer, with all that its page and the player show of it.
struct OfflineTitle {
    QString file;
    bool original = true;  // the file's streams are those that the title's `files` list
    QString fileId;
    MediaItem item;
    QList<SubtitleOffer> subtitles;  // beside the film; `url` is a local file's
    double position = 0;             // seconds, as the server had it
    bool sealed = false;             // the file is
    QByteArray secret;               // opens it, while its licence holds
    QString problem;                 // why it cannot be played from here, in words
};

// Brings what belongs to a kept title beside its file: the title as the server tells it, artwork, lyrics, its
// waveform, subtitles that are not in the file. Each is done once, and left out when the server has none. GUI thread.
class Companions : public QObject {
    Q_OBJECT
public:
    Companions(ApiClient& api, OfflineStore store, QObject* parent = nullptr);

    void fetch(const OfflineTask& task);   // nothing when it is there
    void refresh(const QString& mediaId);  // what the server tells of it, again
    static std::optional<OfflineTitle> read(const OfflineStore& store, const OfflineTask& task);
    static QString artworkPath(const OfflineStore& store, const QString& mediaId);
    static QByteArray lyrics(const OfflineStore& store, const QString& mediaId);
    static QByteArray waveform(const OfflineStore& store, const QString& mediaId);
    static QByteArray artwork(const OfflineStore& store, const QString& mediaId);
    static bool samePicture(const QString& path, const QString& other);  // of the server, whatever their tokens

Q_SIGNALS:
    void came(const QString& mediaId);  // the title is known

private:
    void takeItem(const QString& mediaId, const QJsonObject& json, bool beside);
    void takeArtwork(const QString& mediaId, const QString& path);
    void takeJson(const QString& mediaId, const QString& name, const Reply<QJsonObject>& reply);
    void takeSubtitles(const QString& mediaId);
    void takeSubtitle(const QString& mediaId, const PlaybackInfo& info, qsizetype from);

    ApiClient& api_;
    OfflineStore store_;
    QSet<QString> asked_;
};

}  // namespace marea::app
