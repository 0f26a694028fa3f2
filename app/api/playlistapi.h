#pragma once

#include <optional>
#include <QJsonObject>

#include "app/api/apiclient.h"
#include "app/api/types.h"

namespace marea::app {

struct PlaylistInfo {
    QString id, name, description, visibility, owner;  // visibility: "private", "public", "collaborative"
    bool own = false, editable = false, smart = false;
    QJsonObject rules;  // of a smart one
    int entries = -1;   // -1: a smart one, which has as many as fit its rules
    QByteArray tag;     // of its revision, where it was asked for by itself
};

struct ImportedPlaylist {
    PlaylistInfo playlist;
    int matched = 0;
    QStringList unmatched;  // what was not found, as the file calls it
};

struct RulesPreview {
    int count = 0;
    bool more = false;   // than count
    QStringList titles;  // the first of them
};

PlaylistInfo parsePlaylist(const QJsonObject& json);

// The routes of playlists. A change of what somebody saw carries its tag; when it was changed since, the error is
// Conflict. GUI thread.
class PlaylistApi {
public:
    explicit PlaylistApi(ApiClient& api) : api_(api) {}

    Reply<QList<PlaylistInfo>> all();  // own and shared, newest first
    Reply<PlaylistInfo> one(const QString& id);
    Reply<QList<MediaItem>> firstTitles(const QString& id);  // those in it first, as far as they may be seen
    Reply<PlaylistInfo> create(const QJsonObject& wish);
    Reply<PlaylistInfo> change(const QString& id, const QJsonObject& change, const QByteArray& tag);
    Reply<bool> remove(const QString& id);
    Reply<bool> restore(const QString& id);  // one that was deleted

    // `after`: an entry's id, "" for the start, nothing for the end.
    Reply<bool> add(const QString& id, const QStringList& media, const std::optional<QString>& after = {});
    Reply<bool> move(const QString& id, const QString& entry, const QString& after);
    Reply<bool> removeEntry(const QString& id, const QString& entry);

    Reply<QByteArray> exported(const QString& id, const QString& format);  // "m3u8", "xspf"
    Reply<ImportedPlaylist> import(const QString& name, const QString& content);
    Reply<RulesPreview> preview(const QJsonObject& rules);

private:
    ApiClient& api_;
};

}  // namespace marea::app
