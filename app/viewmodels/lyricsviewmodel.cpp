#include "app/viewmodels/lyricsviewmodel.h"

#include <QJsonDocument>

namespace marea::app {

LyricsViewModel::LyricsViewModel(ApiClient& api, PlayerViewModel& player, QObject* parent)
    : QObject(parent), api_(api), player_(player) {
    connect(&player_, &PlayerViewModel::entryChanged, this, &LyricsViewModel::load);
    connect(&player_, &PlayerViewModel::positionChanged, this, &LyricsViewModel::follow);
}

void LyricsViewModel::setWanted(bool wanted) {
    if (wanted == wanted_)
        return;
    wanted_ = wanted;
    Q_EMIT wantedChanged();
    load();
}

QStringList LyricsViewModel::lines() const {
    QStringList texts;
    for (const auto& line : lyrics_.lines)
        texts << line.text;
    return texts;
}

void LyricsViewModel::load() {
    const auto id = player_.isMusic() ? player_.mediaId() : QString();
    if (!wanted_ || id == mediaId_)
        return;
    mediaId_ = id;
    lyrics_ = {};
    Q_EMIT changed();
    follow();
    if (id.isEmpty())
        return;
    const auto take = [this, id](const core::Result<Lyrics>& lyrics) { onLyrics(id, lyrics); };
    if (auto* library = player_.library())
        library->ask<Lyrics>([id](ApiClient& api) { return api.lyrics(id); }, this, take);
    else if (player_.place().isEmpty())
        deliver(api_.lyrics(id), this, take);
}

void LyricsViewModel::onLyrics(const QString& id, const core::Result<Lyrics>& lyrics) {
    const auto kept = lyrics || !kept_ ? QByteArray() : kept_(id);
    if (id != mediaId_ || (!lyrics && kept.isEmpty()))
        return;  // most tracks have none, which is no error to show
    lyrics_ = lyrics ? *lyrics : parseLyrics(QJsonDocument::fromJson(kept).object());
    Q_EMIT changed();
    follow();
}

void LyricsViewModel::follow() {
    int line = -1;
    if (lyrics_.synced)
        while (line + 1 < lyrics_.lines.size() && lyrics_.lines[line + 1].start <= player_.position())
            ++line;
    if (line == current_)
        return;
    current_ = line;
    Q_EMIT currentChanged();
}

void LyricsViewModel::seekTo(int line) {
    if (lyrics_.synced && line >= 0 && line < lyrics_.lines.size())
        player_.seek(lyrics_.lines[line].start);
}

}  // namespace marea::app
