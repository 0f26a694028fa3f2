#include "tests/integration/player/playermedia.h"

#include <QFile>
#include <QProcess>
#include <stdexcept>

namespace marea::test {
namespace {

void run(const QStringList& arguments) {
    QProcess ffmpeg;
    ffmpeg.setProcessChannelMode(QProcess::MergedChannels);
    ffmpeg.start(QStringLiteral("ffmpeg"), QStringList{QStringLiteral("-v"), QStringLiteral("error"),
                                                       QStringLiteral("-nostdin"), QStringLiteral("-y")} +
                                               arguments);
    if (!ffmpeg.waitForFinished(60'000) || ffmpeg.exitCode() != 0) {
        throw std::runtime_error("ffmpeg: " + ffmpeg.readAll().toStdString());
    }
}

constexpr char chapters[] =
    ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=Harbour\n"
    "[CHAPTER]\nTIMEBASE=1/1000\nSTART=2000\nEND=4000\ntitle=Open sea\n"
    "[CHAPTER]\nTIMEBASE=1/1000\nSTART=4000\nEND=6000\ntitle=Home\n";

constexpr char subtitles[] = "1\n00:00:00,500 --> 00:00:02,000\nThe tide is coming in.\n";

}  // namespace

PlayerMedia& PlayerMedia::get() {
    static PlayerMedia media;
    return media;
}

QString PlayerMedia::path(const std::string& name) const {
    return folder_.filePath(QString::fromStdString(name));
}

QString PlayerMedia::write(const std::string& name, const QByteArray& content) const {
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
        throw std::runtime_error("can't write " + name);
    }
    return file.fileName();
}

PlayerMedia::PlayerMedia() {
    const QString marks = write("chapters.txt", chapters);
    const QString texts = write("film.srt", subtitles);
    const QString command = QStringLiteral(
        "-f lavfi -i testsrc2=s=320x180:r=24:d=6 -f lavfi -i sine=440:d=6 -f lavfi -i sine=660:d=6 -i %1 -i %2 "
        "-map 0:v -map 1:a -map 2:a -map 3:s -map_metadata 4 -map_chapters 4 -c:v libx264 -preset ultrafast -g 24 "
        "-pix_fmt yuv420p -c:a aac -c:s srt -metadata:s:a:0 language=eng -metadata:s:a:1 language=spa "
        "-metadata:s:s:0 language=eng %3");
    run(command.arg(texts, marks, film()).split(QLatin1Char(' ')));
    run(QStringLiteral("-i %1 -map 0:v -c copy %2").arg(film(), silentFilm()).split(QLatin1Char(' ')));
    run(QStringLiteral("-f lavfi -i testsrc=s=320x240:r=50:d=6 -vf "
                       "scroll=horizontal=0.02,tinterlace=interleave_top,fieldorder=tff,setfield=tff -c:v mpeg2video "
                       "-flags +ildct+ilme -b:v 4M %1")
            .arg(recording())
            .split(QLatin1Char(' ')));
    run(QStringLiteral("-i %1 -map 0:v -map 0:a:0 -c copy -f hls -hls_time 2 -hls_list_size 0 %2")
            .arg(film(), playlist())
            .split(QLatin1Char(' ')));
    for (int i = 1; i <= 3; ++i) {
        run(QStringLiteral("-f lavfi -i sine=%1:d=2 -c:a flac %2").arg(300 * i).arg(track(i)).split(QLatin1Char(' ')));
    }
}

}  // namespace marea::test
