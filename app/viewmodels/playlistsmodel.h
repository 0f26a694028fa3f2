#pragma once

#include <memory>
#include <QHash>
#include <QMap>
#include <QTimer>
#include <QUrl>
#include <QVariantList>

#include "app/api/eventchannel.h"
#include "app/api/playlistapi.h"
#include "app/viewmodels/elsewhere.h"
#include "app/viewmodels/notices.h"
#include "app/viewmodels/serverlist.h"

namespace marea::app {

// The playlists that one has and those that others share. Follows what other devices do to them. GUI thread.
class PlaylistsModel : public ServerList {
    Q_OBJECT
    Q_PROPERTY(QVariantList targets READ targets NOTIFY changed)  // to which one may add: {text, detail, value}
    Q_PROPERTY(int coversRevision READ coversRevision NOTIFY coversChanged)  // for covers()
public:
    enum Role { IdRole = Qt::UserRole + 1, NameRole, DetailRole, SmartRole, OwnRole, EditableRole, SharedRole };

    PlaylistsModel(ApiClient& api, EventChannel& channel, Notices& notices, QObject* parent = nullptr);

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const override { return static_cast<int>(lists_.size()); }
    QVariantList targets() const;
    void setElsewhere(Elsewhere* elsewhere) { elsewhere_ = elsewhere; }  // other libraries, whose titles may be added

    // `media`: see titleref.h. What another library has goes into its playlist of that name, which is made where there
    // is none: each keeps its own.
    Q_INVOKABLE void ensure();
    Q_INVOKABLE void reload();
    Q_INVOKABLE void create(const QString& name, const QStringList& media = {});
    Q_INVOKABLE void createSmart(const QString& name, const QVariantMap& rules);
    Q_INVOKABLE void add(const QString& id, const QStringList& media);
    Q_INVOKABLE void importFile(const QUrl& file);
    Q_INVOKABLE void remove(const QString& id);  // may be undone by the notice
    // The pictures of the first four albums, films or series in it, once they came: wantCovers() asks for them.
    Q_INVOKABLE QStringList covers(const QString& id) const { return covers_.value(id).pictures; }
    Q_INVOKABLE void wantCovers(const QString& id);
    int coversRevision() const { return coversRevision_; }
    void clear();
    void retranslate();

Q_SIGNALS:
    void coversChanged();
    void created(const QString& id);  // "": in other libraries alone, as the one in use is away
    void fileImported(const QString& id);
    void touched(const QString& id);  // what is in it, or what is said of it, may be different now
    void removed(const QString& id);
    void refused(const QString& text);  // a wish to create one: stay where it was typed

private:
    void onMessage(const QJsonObject& message);
    void take(const QList<PlaylistInfo>& lists);
    void onCreated(const core::Result<PlaylistInfo>& list);
    void restore(const QString& id, const QString& name);
    struct Sentences {
        QStringList done, failed;
    };
    using Said = std::shared_ptr<Sentences>;    // of one wish, library by library
    using Places = QMap<QString, QStringList>;  // ids by address; "": of the library in use
    void createThere(const QString& name, const Places& media, const core::Error& here);
    void addThere(const QString& name, const Places& media, const Said& said);
    void addTo(LibraryElsewhere* library, const PlaylistInfo& list, const QStringList& ids, const Said& said);
    void say(const Said& said);
    void sayFailed(const Said& said, const QString& name, const QString& place, const core::Error& error);
    void askCovers(const QString& id);
    void outdateCovers(const QString& id);
    void refreshCovers();
    void forgetCovers();
    QString nameOf(const QString& id) const;
    QString detail(const PlaylistInfo& list) const;

    ApiClient& api_;
    PlaylistApi playlists_;
    Notices& notices_;
    Elsewhere* elsewhere_ = nullptr;
    QList<PlaylistInfo> lists_;
    struct Covers {
        QStringList pictures;
        bool outdated = false;
    };
    QHash<QString, Covers> covers_;  // of lists that were shown, by their ids
    int coversRevision_ = 0;
    int coversOf_ = 0;  // another when one goes to another server
    QTimer soon_;       // several events make one question
};

}  // namespace marea::app
