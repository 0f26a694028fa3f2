#pragma once

#include <memory>
#include <QMediaPlayer>
#include <QObject>

#include "player/multimedia/framebox.h"
#include "player/multimedia/titlebytes.h"
#include "player/session/playerengine.h"

class QAudioOutput;
class QVideoSink;

namespace marea::player {

// What is open, as the framework tells it.
struct OpenTitle {
    double duration = 0;  // seconds, 0: unknown
    bool picture = false;
    QList<Track> tracks = {};
    QList<Chapter> chapters = {};
};

// Qt's player on a thread of its own, where reading a title may block; everything is called there. Each title has a
// number, and what is said of one bears it, so that what is late is known to be.
class QtPlayback : public QObject {
    Q_OBJECT
public:
    // `frames` is null where nobody looks; silent: nothing is to be heard.
    QtPlayback(std::shared_ptr<FrameBox> frames, bool silent);
    ~QtPlayback() override;

    void begin(int title, const std::shared_ptr<TitleBytes>& bytes, double start);
    void end();
    void setPaused(bool paused);
    void seek(int number, double seconds);
    void setVolume(double linear);  // 0 to 1
    void setMuted(bool muted);
    void setSpeed(double factor);
    void selectTrack(Track::Kind kind, int index);  // from 0; -1: none
    void setDevice(const QByteArray& id);           // empty: the system's
    void savePicture(const QString& path);

Q_SIGNALS:
    void opened(int title, const OpenTitle& what);
    void changed(int title, const OpenTitle& what);  // its tracks or its length, afterwards
    void started(int title);                         // the first picture, or sound where there is no picture
    void moved(int title, double seconds);
    void sought(int title, int number);
    void ended(int title);
    void failed(int title, const core::Error& error);
    void pictureSaved(const QString& path, bool done);

private:
    void open(const std::shared_ptr<TitleBytes>& bytes);
    void makeSink();
    void listen();
    void onStatus(QMediaPlayer::MediaStatus status);
    void onLoaded();
    void onFrame(const QVideoFrame& frame);
    void announceStart();
    void onEnd();
    void fail(core::Error error);
    void tell();
    OpenTitle describe() const;
    std::unique_ptr<QAudioOutput> makeOutput() const;

    std::shared_ptr<FrameBox> frames_;
    const bool silent_;
    std::unique_ptr<QVideoSink> sink_;
    std::unique_ptr<QAudioOutput> output_;
    std::shared_ptr<TitleBytes> bytes_;
    std::unique_ptr<TitleDevice> device_;
    std::unique_ptr<QMediaPlayer> player_;  // one a title: what one leaves behind is no matter for the next

    int title_ = 0;
    double start_ = 0;
    bool loaded_ = false, started_ = false, over_ = false, paused_ = false, muted_ = false;
    double volume_ = 1, speed_ = 1;
    QByteArray deviceId_;
};

}  // namespace marea::player
