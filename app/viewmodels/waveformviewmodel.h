#pragma once

#include <QList>

#include "app/viewmodels/playerviewmodel.h"

namespace marea::app {

// How loud the track that plays is from its beginning to its end, and how far in one is. Asked for once a track, when
// somebody looks at it. GUI thread.
class WaveformViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool available READ available NOTIFY changed)
    Q_PROPERTY(QList<int> peaks READ peaks NOTIFY changed)  // 0 to 255, of parts of equal length
    Q_PROPERTY(double progress READ progress NOTIFY moved)  // 0 to 1
public:
    WaveformViewModel(ApiClient& api, PlayerViewModel& player, QObject* parent = nullptr);

    // Where a title of this computer has it, when the server is away.
    void setKept(std::function<QByteArray(const QString& mediaId)> kept) { kept_ = std::move(kept); }
    bool available() const { return !peaks_.isEmpty(); }
    QList<int> peaks() const { return peaks_; }
    double progress() const;

    Q_INVOKABLE void look();
    Q_INVOKABLE void seekTo(double share);

Q_SIGNALS:
    void changed();
    void moved();

private:
    // What plays, in its library; empty: no music.
    QString track() const;
    void forgetOther();
    void take(const QString& track, const core::Result<Waveform>& waveform);

    ApiClient& api_;
    PlayerViewModel& player_;
    std::function<QByteArray(const QString&)> kept_;
    QString asked_;
    QList<int> peaks_;
};

}  // namespace marea::app
