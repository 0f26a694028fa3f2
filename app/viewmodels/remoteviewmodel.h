#pragma once

#include <functional>
#include <QHash>
#include <QTimer>
#include <QVariantList>
#include <QVariantMap>

#include "app/api/apiclient.h"
#include "app/api/eventchannel.h"
#include "app/viewmodels/playerviewmodel.h"

namespace marea::app {

// The user's players on other devices: what they play, and playing on there or here. And the other way round: this
// player as others control it. GUI thread.
class RemoteViewModel : public QObject {
    Q_OBJECT
    // Where what plays here may go on: {text, detail, value} for menus.
    Q_PROPERTY(QVariantList players READ players NOTIFY changed)
    // What plays on another device: {device, name, mediaId, title, paused}; empty: nothing.
    Q_PROPERTY(QVariantMap elsewhere READ elsewhere NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)  // of the last wish, in words
public:
    RemoteViewModel(ApiClient& api, EventChannel& channel, PlayerViewModel& player, QObject* parent = nullptr);

    QVariantList players() const;
    QVariantMap elsewhere() const;
    QString problem() const { return problem_; }

    Q_INVOKABLE void playOn(const QString& device);    // what plays here goes on there
    Q_INVOKABLE void playHere(const QString& device);  // what plays there goes on here
    Q_INVOKABLE void togglePause(const QString& device);

    void clear();  // somebody has signed out

Q_SIGNALS:
    void changed();
    void problemChanged();
    void libraryChanged(const QString& mediaId);  // by another device
    void catalogueChanged();

private:
    struct Other {
        QString name, mediaId, title;
        bool paused = false;
    };
    using Answer = std::function<void(const QString& error)>;

    void announce();
    void onMessage(const QJsonObject& message);
    void onPlayer(const QJsonObject& message);
    void onSessionEnded(const QJsonObject& message);
    void learnNames();
    void takeDevices(const QList<ListeningDevice>& devices);
    void learnTitle(const QString& device);
    void onCommand(const QJsonObject& message);
    void execute(const QJsonObject& message, const Answer& answer);
    void play(const QJsonObject& message, const Answer& answer);
    void chooseStream(const QJsonObject& message, const Answer& answer);
    void startList(const QList<MediaItem>& items, const QString& mediaId, double position, const Answer& answer);
    void onPlayerState();
    void ask(const QString& device, const QJsonObject& command);
    void setProblem(const QString& problem);
    QJsonObject state() const;

    ApiClient& api_;
    EventChannel& channel_;
    PlayerViewModel& player_;
    QString own_;    // this device's id
    int asked_ = 0;  // for the devices; answers to older questions are dropped
    QHash<QString, Other> others_;
    QTimer soon_, regularly_;
    Answer waiting_;  // for what is being opened to play, or not to
    QString problem_;
};

}  // namespace marea::app
