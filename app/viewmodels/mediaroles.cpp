#include "app/viewmodels/mediaroles.h"

#include <algorithm>
#include <functional>
#include <QDateTime>
#include <QList>

#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

struct Role {
    const char* name;
    std::function<QVariant(const MediaItem&)> value;
};

QString lead(const MediaItem& item) {
    const bool episode = item.kind == QLatin1String("episode");
    if (episode && item.title == QStringLiteral("Episode %1").arg(item.episode))
        return {};  // its title is its number
    const int number = episode ? item.episode : item.track;
    return number > 0 ? QString::number(number) : QString();
}

double progress(const MediaItem& item) {
    return item.duration > 0 ? std::clamp(item.position / item.duration, 0.0, 1.0) : 0.0;
}

// With where it is, in a list of several libraries.
QString subtitle(const MediaItem& item) {
    const QString words = texts::foundLine(item);
    return item.placeName.isEmpty() ? words
           : words.isEmpty()        ? item.placeName
                                    : words + QStringLiteral(" · ") + item.placeName;
}

QString added(const MediaItem& item) {
    return item.addedAt > 0 ? times::shortDay(QDateTime::fromMSecsSinceEpoch(item.addedAt).date()) : QString();
}

const QList<Role>& roles() {
    using I = const MediaItem&;
    static const QList<Role> list{
        {"mediaId", [](I i) { return i.id; }},
        {"kind", [](I i) { return i.kind; }},
        {"title", texts::title},
        {"subtitle", subtitle},
        {"artwork", [](I i) { return i.artworkUrl; }},
        {"progress", progress},
        {"watched", [](I i) { return i.watched; }},
        {"broken", [](I i) { return i.broken(); }},
        {"problem", [](I i) { return i.problem; }},
        {"durationText", [](I i) { return i.duration > 0 ? texts::clock(i.duration) : QString(); }},
        {"lead", lead},
        {"artist", [](I i) { return i.artist; }},
        {"artistId", [](I i) { return i.artistId; }},
        {"album", [](I i) { return i.album; }},
        {"albumId", [](I i) { return i.albumId; }},
        {"overview", [](I i) { return i.overview; }},
        {"disc", [](I i) { return i.disc; }},
        {"fileName", [](I i) { return i.files.isEmpty() ? QString() : i.files.first().name; }},
        {"entryId", [](I i) { return i.entryId; }},
        {"year", [](I i) { return i.year; }},
        {"genres", [](I i) { return i.genres.join(QStringLiteral(", ")); }},
        {"favourite", [](I i) { return i.favourite; }},
        {"rating", [](I i) { return i.rating; }},
        {"playCount", [](I i) { return i.playCount; }},
        {"added", added},
        {"place", [](I i) { return i.place; }},
        {"placeName", [](I i) { return i.placeName; }}};
    return list;
}

}  // namespace

QHash<int, QByteArray> mediaRoles() {
    QHash<int, QByteArray> names;
    for (int i = 0; i < roles().size(); ++i)
        names.insert(Qt::UserRole + 1 + i, roles()[i].name);
    return names;
}

QVariant mediaRole(const MediaItem& item, int role) {
    const int at = role - Qt::UserRole - 1;
    return at >= 0 && at < roles().size() ? roles()[at].value(item) : QVariant();
}

}  // namespace marea::app
