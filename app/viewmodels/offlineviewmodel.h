#pragma once

#include <QSettings>
#include <QTimer>
#include <QVariantList>

#include "app/offline/awaychanges.h"
#include "app/offline/downloads.h"
#include "app/offline/kepttitles.h"
#include "app/offline/reachability.h"
#include "app/viewmodels/downloadsmodel.h"
#include "app/viewmodels/itemviewmodel.h"
#include "app/viewmodels/unsentpositions.h"

namespace marea::app {

// Titles of this computer, and times without a server. GUI thread.
class OfflineViewModel : public QObject, public KeptTitles {
    Q_OBJECT
    Q_PROPERTY(bool away READ away NOTIFY reachChanged)  // the server is not there
    Q_PROPERTY(marea::app::DownloadsModel* downloads READ downloads CONSTANT)
    Q_PROPERTY(int running READ running NOTIFY changed)  // how many come, or wait for it
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    Q_PROPERTY(QString usedText READ usedText NOTIFY changed)
    Q_PROPERTY(double usedShare READ usedShare NOTIFY changed)              // of the limit, or of the disk's free room
    Q_PROPERTY(int limit READ limit WRITE setLimit NOTIFY settingsChanged)  // GiB, 0: none
    Q_PROPERTY(QVariantList limits READ limits NOTIFY settingsChanged)      // {value, text}
    Q_PROPERTY(bool ahead READ ahead WRITE setAhead NOTIFY settingsChanged)
    Q_PROPERTY(int revision READ revision NOTIFY changed)  // for stateOf()
public:
    OfflineViewModel(ApiClient& api, SecretStore& secrets, QSettings& settings, UnsentPositions& unsent,
                     QObject* parent = nullptr);

    std::optional<OfflineTitle> kept(const QString& mediaId) const override;
    bool reachable() const override { return reach_.reachable() && signedIn_; }

    bool away() const { return watched_ && !reachable(); }
    DownloadsModel* downloads() { return &model_; }
    int running() const;
    double progress() const;
    QString usedText() const;
    double usedShare() const;
    int limit() const;
    void setLimit(int gigabytes);
    QVariantList limits() const;
    bool ahead() const;
    void setAhead(bool on);
    int revision() const { return revision_; }

    AwayChanges& changes() { return changes_; }
    Downloads& files() { return files_; }
    QByteArray artwork(const QString& path) const { return files_.artwork(path); }
    QByteArray lyrics(const QString& mediaId) const { return files_.lyrics(mediaId); }
    QByteArray waveform(const QString& mediaId) const { return files_.waveform(mediaId); }
    bool hasTitlesOf(const QString& account) const;
    // Who is in: with the server, or without it.
    void enter(const QString& account, bool signedIn);
    void leave();
    // What plays, and what is next in its queue: those are brought after a while.
    void playing(const QString& mediaId, const QList<MediaItem>& next);
    void tellOf(const QString& mediaId) { files_.refresh(mediaId); }  // its position has moved
    void retranslate();

    Q_INVOKABLE QVariantList qualities(bool music) const;  // {value, text, detail}
    Q_INVOKABLE void download(marea::app::ItemViewModel* item, const QString& quality);
    Q_INVOKABLE void downloadAll(marea::app::MediaModel* list, const QString& quality);
    Q_INVOKABLE void pause(const QString& mediaId) { files_.pause(mediaId); }
    Q_INVOKABLE void resume(const QString& mediaId) { files_.resume(mediaId); }
    Q_INVOKABLE void remove(const QString& mediaId) { files_.remove(mediaId); }
    Q_INVOKABLE QString stateOf(const QString& mediaId) const;  // as DownloadsModel's; empty: not here
    Q_INVOKABLE double shareOf(const QString& mediaId) const;   // of its bytes that are here; -1: not known
    Q_INVOKABLE QString statusOf(const QString& mediaId) const;
    Q_INVOKABLE void tryAgain();

Q_SIGNALS:
    void changed();
    void reachChanged();
    void cameBack();
    void settingsChanged();
    void completed(const QString& title);
    void changeSent(const QString& mediaId);
    void wantsServer();  // somebody asks for it, before anybody is signed in

private:
    QString root() const;
    void follow();
    void onReach();
    void fetchAhead();
    void addAhead(const QList<MediaItem>& items);

    ApiClient& api_;
    QSettings& settings_;
    UnsentPositions& unsent_;
    Reachability reach_;
    AwayChanges changes_;
    OfflineLicences licences_;
    Downloads files_;
    DownloadsModel model_;
    QString account_, playing_;
    QList<MediaItem> next_;
    QTimer aheadTimer_;
    int revision_ = 0;
    bool signedIn_ = false, watched_ = false;
};

}  // namespace marea::app
