#include "app/peers/titleindex.h"

#include <algorithm>
#include <cmath>
#include <QJsonDocument>
#include <QUrl>

#include "app/viewmodels/sametitle.h"
#include "core/base/httpstatus.h"

namespace marea::app {
namespace {

using core::ErrorCode;
using core::Result;

constexpr int kMostPages = 5000;
const std::string kList =
    "/api/v1/media?kind=movie,video,series,season,episode,artist,album,track,audiobook&sort=added&order=asc&limit=200";

Result<MediaPage> pageOf(sync::CloudLink& server, const QString& cursor) {
    const auto more = cursor.isEmpty() ? std::string() : "&cursor=" + QUrl::toPercentEncoding(cursor).toStdString();
    const auto answer = server.send("GET", kList + more, "");
    if (!answer)
        return tl::make_unexpected(answer.error());
    if (answer->status != 200)
        return core::fail(core::errorOfStatus(answer->status),
                          QT_TRANSLATE_NOOP("Player", "The server does not say which titles it has."),
                          "status " + std::to_string(answer->status));
    return parseMediaPage(QJsonDocument::fromJson(QByteArray::fromStdString(answer->body)).object());
}

sync::TitleAbout aboutOf(const MediaItem& item) {
    sync::TitleAbout about;
    about.kind = item.kind.toStdString();
    about.title = item.title.toStdString();
    about.artist = (item.albumArtist.isEmpty() ? item.artist : item.albumArtist).toStdString();
    about.album = item.album.toStdString();
    about.series = item.series.toStdString();
    about.year = item.year;
    about.season = item.season;
    about.episode = item.episode;
    about.track = item.track;
    about.seconds = std::llround(item.duration);
    return about;
}

MediaItem itemOf(const sync::TitleAbout& about) {
    MediaItem item;
    item.kind = QString::fromStdString(about.kind);
    item.title = QString::fromStdString(about.title);
    item.artist = QString::fromStdString(about.artist);
    item.album = QString::fromStdString(about.album);
    item.series = QString::fromStdString(about.series);
    item.year = static_cast<int>(about.year);
    item.season = static_cast<int>(about.season);
    item.episode = static_cast<int>(about.episode);
    item.track = static_cast<int>(about.track);
    item.duration = static_cast<double>(about.seconds);
    return item;
}

}  // namespace

TitleIndex::TitleIndex(const QList<MediaItem>& items) {
    for (const auto& item : items) {
        byId_.insert(item.id, item);
        byName_[plainTitle(item.title)] << item.id;
    }
}

Result<std::shared_ptr<const TitleIndex>> TitleIndex::load(sync::CloudLink& server) {
    QList<MediaItem> items;
    QString cursor;
    for (int page = 0; page < kMostPages; ++page) {
        const auto some = pageOf(server, cursor);
        if (!some)
            return tl::make_unexpected(some.error());
        items += some->items;
        cursor = some->nextCursor;
        if (cursor.isEmpty())
            break;
    }
    return std::make_shared<const TitleIndex>(items);
}

std::optional<sync::TitleAbout> TitleIndex::about(const std::string& id) const {
    const auto found = byId_.constFind(QString::fromStdString(id));
    return found == byId_.constEnd() ? std::nullopt : std::optional(aboutOf(*found));
}

std::optional<std::string> TitleIndex::sameAs(const sync::TitleAbout& about) const {
    const auto wanted = itemOf(about);
    for (const auto& id : byName_.value(plainTitle(wanted.title)))
        if (sameTitle(byId_[id], wanted))
            return id.toStdString();
    return std::nullopt;
}

}  // namespace marea::app
