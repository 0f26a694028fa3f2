#pragma once

#include <functional>
#include <memory>
#include <QTemporaryDir>

#include "app/store/storeapi.h"
#include "app/viewmodels/playerviewmodel.h"
#include "player/session/playerengine.h"

namespace marea::app {

// Half a minute of what is for sale, heard in place. What plays meanwhile rests, and goes on afterwards. GUI thread.
class SamplePlayer : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString mediaId READ mediaId NOTIFY changed)  // of what is heard, or on its way; empty: nothing
    Q_PROPERTY(bool waiting READ waiting NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY moved)  // 0 to 1
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    // Makes an engine without a picture; null where there is none. Asked once, when first needed.
    using MakeEngine = std::function<std::unique_ptr<player::PlayerEngine>()>;

    SamplePlayer(ApiClient& api, PlayerViewModel& player, QObject* parent = nullptr);
    void setEngine(MakeEngine make) { make_ = std::move(make); }

    QString mediaId() const { return mediaId_; }
    bool waiting() const { return waiting_; }
    double progress() const;
    QString errorText() const { return error_; }

    Q_INVOKABLE void toggle(const QString& productId, const QString& mediaId);
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void changed();
    void moved();

private:
    bool ready();
    void play(const QByteArray& sound);
    void onState();
    void stopSample();
    void end(const QString& error = {});

    StoreApi store_;
    PlayerViewModel& player_;
    MakeEngine make_;
    std::unique_ptr<player::PlayerEngine> engine_;
    std::unique_ptr<QTemporaryDir> folder_;
    QString mediaId_, error_;
    int generation_ = 0;
    bool waiting_ = false;
    bool resumes_ = false;  // what played before goes on afterwards
    bool rests_ = false;    // it does not play meanwhile
};

}  // namespace marea::app
