#pragma once

#include <QString>
#include <QTemporaryDir>

namespace marea::test {

// Files made by the ffmpeg tool, once for a test program.
class PlayerMedia {
public:
    static PlayerMedia& get();

    // 6 s, 320×180, two audio languages, a subtitle, three chapters.
    QString film() const { return path("film.mkv"); }
    // The picture of the film alone.
    QString silentFilm() const { return path("silent.mkv"); }
    // 6 s in fields, as television sends it: all of it moves sideways.
    QString recording() const { return path("recording.mpg"); }
    // The film as HLS: a playlist of three MPEG-TS segments of 2 s, "segments.m3u8" and "segments0.ts" …
    QString playlist() const { return path("segments.m3u8"); }
    // Three tones of 2 s each.
    QString track(int number) const { return path("track" + std::to_string(number) + ".flac"); }
    QString path(const std::string& name) const;
    QString write(const std::string& name, const QByteArray& content) const;

private:
    PlayerMedia();
    QTemporaryDir folder_;
};

}  // namespace marea::test
