#pragma once

#include <functional>
#include <QByteArray>
#include <QObject>
#include <QString>
#include <QUrl>

namespace marea::app {

// What the desktop is shown of the player.
struct NowPlayingState {
    enum class Repeat { Off, All, One };

    QString key;  // of the entry in the queue; empty: nothing is loaded
    QString title, artist, album;
    QUrl artwork;
    QString picture;  // the same, as a server names it
    bool music = false;
    double duration = 0;  // seconds, 0: not known
    bool playing = false, hasNext = false, shuffle = false, fullScreen = false, seekable = true;
    Repeat repeat = Repeat::Off;
    double volume = 100;  // percent
    double speed = 1;

    bool loaded() const { return !key.isEmpty(); }
    bool operator==(const NowPlayingState&) const = default;
};

// The desktop's own controls of what plays: keys, a panel, a lock screen. Implemented by MprisNowPlaying on Linux, by
// SmtcNowPlaying on Windows, by CenterNowPlaying on macOS, and by a double in tests. GUI thread.
class NowPlaying : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Fetches a picture, for systems that cannot fetch it themselves. `done` comes later, on the GUI thread, while the
    // receiver is there; with nothing where there is no picture.
    using Pictures =
        std::function<void(const QString& picture, QObject* receiver, std::function<void(QByteArray)> done)>;

    virtual void show(const NowPlayingState& state) = 0;  // again whenever it changes
    virtual void seeked(double seconds) = 0;              // the place has jumped
    void setPosition(std::function<double()> position) { position_ = std::move(position); }
    void setPictures(Pictures pictures) { pictures_ = std::move(pictures); }

Q_SIGNALS:
    void playWanted();
    void pauseWanted();
    void toggleWanted();
    void stopWanted();
    void nextWanted();
    void previousWanted();
    void seekWanted(double seconds);
    void seekByWanted(double seconds);
    void volumeWanted(double percent);
    void speedWanted(double factor);
    void shuffleWanted(bool on);
    void repeatWanted(marea::app::NowPlayingState::Repeat repeat);
    void fullScreenWanted(bool on);
    void openWanted(const QUrl& url);
    void raiseWanted();
    void quitWanted();

protected:
    double position() const { return position_ ? position_() : 0; }
    void fetch(const QString& picture, std::function<void(QByteArray)> done) {
        if (pictures_ && !picture.isEmpty())
            pictures_(picture, this, std::move(done));
    }

private:
    std::function<double()> position_;
    Pictures pictures_;
};

}  // namespace marea::app
