#pragma once

#include <QVariantList>

#include "app/api/apiclient.h"
#include "app/viewmodels/notices.h"

namespace marea::app {

// What a title is elsewhere (docs/api.md, /api/v1/admin/media/{id}/match): what was found, what else it may be, and
// choosing. For owners. GUI thread.
class MatchViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString mediaId READ mediaId NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString state READ state NOTIFY changed)          // "matched", "doubtful", "none", "ignored", "waiting"
    Q_PROPERTY(QString stateText READ stateText NOTIFY changed)  // the same in words
    Q_PROPERTY(QVariantList candidates READ candidates NOTIFY changed)  // {id, title, detail, chosen}
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    MatchViewModel(ApiClient& api, Notices& notices, QObject* parent = nullptr);

    QString mediaId() const { return mediaId_; }
    QString title() const { return title_; }
    QString state() const { return state_; }
    QString stateText() const;
    QVariantList candidates() const;
    bool busy() const { return busy_; }
    QString errorText() const { return error_; }

    Q_INVOKABLE void open(const QString& mediaId, const QString& title);
    Q_INVOKABLE void search(const QString& title, int year);  // 0: any
    Q_INVOKABLE void choose(const QString& candidate);
    Q_INVOKABLE void forget();  // it is none of them, and is not looked up any more
    void clear();

Q_SIGNALS:
    void changed();
    void decided(const QString& mediaId);

private:
    struct Candidate {
        QString id, title, detail;
    };
    QString path(const char* more = "") const;
    void ask(const ApiCall& call, const std::function<void(const QJsonObject&)>& take);
    void takeCandidates(const QJsonValue& list);

    ApiClient& api_;
    Notices& notices_;
    QString mediaId_, title_, state_, chosen_, error_;
    QList<Candidate> candidates_;
    bool busy_ = false;
    int generation_ = 0;  // answers to what was asked before are dropped
};

}  // namespace marea::app
