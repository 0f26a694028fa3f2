#pragma once

#include <memory>
#include <QHash>
#include <QTimer>

#include "app/offline/companions.h"
#include "app/offline/filetransfer.h"
#include "app/offline/offlinelicences.h"
#include "app/offline/offlinerules.h"
#include "app/offline/offlinestore.h"

namespace marea::app {

// Titles that are to be on this computer, one account's: orders them of the server, brings them one after the other,
// and keeps them over restarts. Everything that is told is on the disk before. GUI thread.
class Downloads : public QObject {
    Q_OBJECT
public:
    // Without `licences` protected titles are not asked for.
    explicit Downloads(ApiClient& api, OfflineLicences* licences = nullptr, QObject* parent = nullptr);
    ~Downloads() override;

    // An account's titles ("server user"), from `root`; an empty account: none.
    void open(const QString& root, const QString& account);
    void setOnline(bool online);  // whether the server is there
    void setLimit(qint64 bytes);  // of all of them; 0: none

    const QList<OfflineTask>& tasks() const { return tasks_; }
    const OfflineTask* find(const QString& mediaId) const;
    std::optional<OfflineTitle> title(const QString& mediaId) const;  // when all of it is here
    QByteArray artwork(const QString& path) const;                    // by the server's path for it
    QString artworkPath(const QString& mediaId) const;                // as the server told it
    OfflineRoom room() const;

    struct Wish {
        MediaItem item;
        QString quality, format;
        bool ahead = false;
    };
    void add(const Wish& wish);  // one that was fetched ahead stays from now on
    void pause(const QString& mediaId);
    void resume(const QString& mediaId);  // also a failed one
    void remove(const QString& mediaId);
    void used(const QString& mediaId);
    void trimAhead(qint64 bytes);  // of what was fetched ahead, to so many
    QByteArray lyrics(const QString& mediaId) const;
    QByteArray waveform(const QString& mediaId) const;
    void refresh(const QString& mediaId);  // what the server tells of it

Q_SIGNALS:
    void listChanged();  // others, or another order
    void taskChanged(int row);
    void completed(const QString& mediaId, const QString& title);

private:
    int indexOf(const QString& mediaId) const;
    bool change(const QString& mediaId, const std::function<void(OfflineTask&)>& how);
    void store(int row);
    void goOn();
    void order();
    void onOrdered(const QString& mediaId, const core::Result<OrderedDownload>& ordered);
    // Licences of protected titles.
    void connectLicences();
    void askForLicences();
    void renewLicences();
    void onLicence(const QString& mediaId);
    void onRefused(const QString& mediaId, const core::Error& error);
    bool isReady(const OfflineTask& task) const;
    void poll();
    void load();
    bool hasRoom(const QString& mediaId, qint64 size);
    void reconsider();
    void onBegan(qint64 size);
    void onBroke(const core::Error& error);
    void onCompleted(qint64 size);
    void later(const QString& mediaId, const core::Error& error);
    void halt();

    ApiClient& api_;
    OfflineLicences* licences_;
    std::optional<OfflineStore> store_;
    std::unique_ptr<Companions> companions_;
    QList<OfflineTask> tasks_;
    FileTransfer transfer_;
    QString loading_, ordering_;                // the title that is being brought, and that which is asked for
    QHash<QString, int> attempts_;              // in a row
    mutable QHash<QString, QString> pictures_;  // paths of artwork by title, as far as asked for
    QTimer poll_, again_, reconsider_;
    qint64 limit_ = 0;
    bool online_ = false;
    int generation_ = 0;  // of the account
};

}  // namespace marea::app
