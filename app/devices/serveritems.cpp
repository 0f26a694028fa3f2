#include "app/devices/serveritems.h"

#include <algorithm>
#include <array>
#include <QJsonArray>

namespace marea::app {

using L = QLatin1String;

namespace {

// One name of a path: what separates names is none of it.
QString part(const QString& text, const QString& otherwise = QStringLiteral("_")) {
    QString name = text.simplified();
    name.replace(QLatin1Char('/'), QLatin1Char('-')).replace(QLatin1Char('\\'), QLatin1Char('-'));
    return name.isEmpty() || name == L(".") || name == L("..") ? otherwise : name.left(120);
}

QString twoDigits(int number) {
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

QString extensionOf(const QJsonObject& file) {
    const QString name = file[L("name")].toString();
    const auto dot = name.lastIndexOf(QLatin1Char('.'));
    if (dot > 0 && name.size() - dot <= 6)
        return name.mid(dot).toLower();
    const QString container = file[L("container")].toString();
    return container == L("matroska") ? QStringLiteral(".mkv") : QLatin1Char('.') + part(container, L("bin"));
}

QString artistOf(const QJsonObject& item) {
    const QString album = item[L("album_artist")].toString();
    return album.isEmpty() ? item[L("artist")].toString() : album;
}

QString trackPath(const QJsonObject& item) {
    const int track = item[L("track")].toInt(), disc = item[L("disc")].toInt();
    QString number = track > 0 ? twoDigits(track) + QLatin1Char(' ') : QString();
    if (track > 0 && disc > 1)
        number.prepend(QString::number(disc) + QLatin1Char('-'));
    const QString folder = part(artistOf(item), QStringLiteral("Unknown artist")) + QLatin1Char('/');
    const QString album = item[L("album")].toString();
    return folder + (album.isEmpty() ? QString() : part(album) + QLatin1Char('/')) + number +
           part(item[L("title")].toString());
}

QString episodePath(const QJsonObject& item) {
    const QString series = part(item[L("series")].toString(), QStringLiteral("Series"));
    const QString season = twoDigits(item[L("season")].toInt());
    QString name = series + QStringLiteral(" S") + season + QLatin1Char('E') + twoDigits(item[L("episode")].toInt());
    if (const QString title = item[L("title")].toString(); !title.isEmpty())
        name += QLatin1Char(' ') + part(title);
    return series + QStringLiteral("/Season ") + season + QLatin1Char('/') + name;
}

QString pathOf(const QJsonObject& item, const QString& kind) {
    if (kind == L("track") || kind == L("audiobook"))
        return trackPath(item);
    if (kind == L("episode"))
        return episodePath(item);
    const int year = item[L("year")].toInt();
    return part(item[L("title")].toString()) + (year > 0 ? QStringLiteral(" (%1)").arg(year) : QString());
}

sync::FileFormat formatOf(const QJsonObject& file) {
    sync::FileFormat format;
    format.container = file[L("container")].toString().toStdString();
    format.bitrate = file[L("bitrate")].toInteger();
    for (const auto& value : file[L("streams")].toArray()) {
        const auto stream = value.toObject();
        const QString kind = stream[L("kind")].toString();
        const std::string codec = stream[L("codec")].toString().toStdString();
        if (kind == L("audio") && format.audioCodec.empty()) {
            format.audioCodec = codec;
            format.channels = stream[L("channels")].toInt();
            format.sampleRate = stream[L("sample_rate")].toInt();
        } else if (kind == L("video") && format.videoCodec.empty()) {
            format.videoCodec = codec;
            format.width = stream[L("width")].toInt();
            format.height = stream[L("height")].toInt();
        }
    }
    return format;
}

sync::TrackTags tagsOf(const QJsonObject& item) {
    const auto text = [&item](const char* name) { return item[L(name)].toString().toStdString(); };
    const std::string genre = item[L("genres")].toArray().first().toString().toStdString();
    return {text("title"), text("artist"),           text("album"),          text("album_artist"),
            genre,         item[L("track")].toInt(), item[L("year")].toInt()};
}

}  // namespace

std::optional<sync::LibraryItem> libraryItemFrom(const QJsonObject& json) {
    const auto file = json[L("files")].toArray().first().toObject();
    const QString kind = json[L("kind")].toString();
    if (file.isEmpty() || json[L("id")].toString().isEmpty() || json[L("status")].toString(L("ok")) != L("ok"))
        return std::nullopt;
    sync::LibraryItem item;
    item.id = json[L("id")].toString().toStdString();
    item.kind = kind.toStdString();
    item.path = (pathOf(json, kind) + extensionOf(file)).toStdString();
    item.size = file[L("size")].toInteger();
    // A file that was replaced under the same id has another size.
    item.fingerprint = file[L("id")].toString().toStdString() + ":" + std::to_string(item.size);
    item.duration = file[L("duration")].toDouble(json[L("duration")].toDouble());
    item.format = formatOf(file);
    if (kind == L("track") || kind == L("audiobook")) {
        item.format.videoCodec.clear();  // a cover
        item.tags = tagsOf(json);
    }
    item.addedAt = json[L("added_at")].toInteger();
    item.artist = artistOf(json).toStdString();
    item.watched = json[L("watched")].toBool() && kind != L("track");
    return item;
}

std::optional<DownloadForm> downloadFormOf(const sync::Encoding& encoding) {
    constexpr std::array kLines{2160, 1080, 720, 480, 360, 240};
    constexpr std::array kRates{320, 256, 192, 160, 128, 96, 64};
    const auto atMost = [](const auto& steps, std::int64_t most) {
        const auto found = std::find_if(steps.begin(), steps.end(), [most](int one) { return one <= most; });
        return QString::number(found == steps.end() ? steps.back() : *found);
    };
    if (!encoding.videoCodec.empty()) {
        const bool webm = encoding.container == "webm";
        const std::int64_t lines = encoding.maxHeight > 0 ? encoding.maxHeight : kLines.front();
        return DownloadForm{atMost(kLines, lines) + QLatin1Char('p'),
                            webm ? QStringLiteral("webm") : QStringLiteral("mp4")};
    }
    const QString format = encoding.container == "mp3"    ? QStringLiteral("mp3")
                           : encoding.container == "mp4"  ? QStringLiteral("m4a")
                           : encoding.container == "ogg"  ? QStringLiteral("opus")
                           : encoding.container == "flac" ? QStringLiteral("flac")
                                                          : QString();
    if (format.isEmpty())
        return std::nullopt;
    if (format == L("flac"))
        return DownloadForm{QStringLiteral("original"), format};
    return DownloadForm{atMost(kRates, encoding.bitrate / 1000), format};
}

}  // namespace marea::app
