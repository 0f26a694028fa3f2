#pragma once

#include "app/api/playlistapi.h"
#include "app/viewmodels/mediamodel.h"
#include "app/viewmodels/notices.h"

namespace marea::app {

// One playlist with what is in it. What one does shows at once; where the server refuses, what it has is shown again,
// and why. GUI thread.
class PlaylistViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString playlistId READ playlistId CONSTANT)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(bool failed READ failed NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString description READ description NOTIFY changed)
    Q_PROPERTY(QString facts READ facts NOTIFY changed)
    Q_PROPERTY(QString visibility READ visibility NOTIFY changed)
    Q_PROPERTY(bool own READ own NOTIFY changed)
    Q_PROPERTY(bool editable READ editable NOTIFY changed)  // its entries may be moved and removed
    Q_PROPERTY(bool smart READ smart NOTIFY changed)
    Q_PROPERTY(QVariantMap rules READ rules NOTIFY changed)
    Q_PROPERTY(QString conflict READ conflict NOTIFY changed)  // why the last change was not taken; empty: it was
    Q_PROPERTY(
        QStringList covers READ covers NOTIFY changed)  // pictures of the first four albums, films or series in it
    Q_PROPERTY(marea::app::MediaModel* entries READ entries CONSTANT)
public:
    PlaylistViewModel(ApiClient& api, Notices& notices, QString id, QObject* parent = nullptr);

    QString playlistId() const { return id_; }
    bool loading() const { return loading_; }
    bool failed() const { return failed_; }
    QString errorText() const { return error_; }
    QString name() const { return list_.name; }
    QString description() const { return list_.description; }
    QString facts() const;
    QString visibility() const { return list_.visibility; }
    bool own() const { return list_.own; }
    bool editable() const { return list_.editable && !list_.smart; }
    bool smart() const { return list_.smart; }
    QVariantMap rules() const { return list_.rules.toVariantMap(); }
    QString conflict() const { return conflict_; }
    QStringList covers() const;
    MediaModel* entries() { return &entries_; }

    Q_INVOKABLE void reload();
    // {name, description, visibility, rules}: what is given. saved() when the server took it.
    Q_INVOKABLE void change(const QVariantMap& change);
    Q_INVOKABLE void move(int from, int to);
    Q_INVOKABLE void removeAt(int row);  // may be undone by the notice
    Q_INVOKABLE int rowOfEntry(const QString& entryId) const;
    Q_INVOKABLE void exportTo(const QUrl& file);  // by its ending: .xspf, else M3U8
    void retranslate();

Q_SIGNALS:
    void changed();
    void saved();

private:
    void onChanged(const core::Result<PlaylistInfo>& list);
    void onEntriesChanged(const core::Result<bool>& done);
    void putBack(const QString& mediaId, const QString& after);
    QString entryBefore(int row) const;

    PlaylistApi api_;
    Notices& notices_;
    QString id_, error_, conflict_;
    PlaylistInfo list_;
    MediaModel entries_;
    bool loading_ = true, failed_ = false;
};

}  // namespace marea::app
