#pragma once

#include <QVariantList>

#include "app/viewmodels/playerviewmodel.h"

namespace marea::app {

// The words of the track that plays, and which line is sung. They are asked for only while somebody looks. GUI thread.
class LyricsViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool wanted READ wanted WRITE setWanted NOTIFY wantedChanged)
    Q_PROPERTY(bool available READ available NOTIFY changed)
    Q_PROPERTY(bool synced READ synced NOTIFY changed)
    Q_PROPERTY(QStringList lines READ lines NOTIFY changed)
    Q_PROPERTY(int current READ current NOTIFY currentChanged)  // -1: none yet, or not synchronised
public:
    LyricsViewModel(ApiClient& api, PlayerViewModel& player, QObject* parent = nullptr);

    // Where a title of this computer has its words, when the server is away.
    void setKept(std::function<QByteArray(const QString& mediaId)> kept) { kept_ = std::move(kept); }
    bool wanted() const { return wanted_; }
    void setWanted(bool wanted);
    bool available() const { return !lyrics_.lines.isEmpty(); }
    bool synced() const { return lyrics_.synced; }
    QStringList lines() const;
    int current() const { return current_; }

    Q_INVOKABLE void seekTo(int line);

Q_SIGNALS:
    void wantedChanged();
    void changed();
    void currentChanged();

private:
    void load();
    void onLyrics(const QString& id, const core::Result<Lyrics>& lyrics);
    void follow();

    ApiClient& api_;
    PlayerViewModel& player_;
    Lyrics lyrics_;
    std::function<QByteArray(const QString&)> kept_;
    QString mediaId_;
    int current_ = -1;
    bool wanted_ = false;
};

}  // namespace marea::app
