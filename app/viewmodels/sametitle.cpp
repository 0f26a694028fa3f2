#include "app/viewmodels/sametitle.h"

#include <algorithm>
#include <cmath>
#include <QRegularExpression>

namespace marea::app {
namespace {

using L = QLatin1String;

constexpr double kLeastSeconds = 3, kShare = 0.02;  // that two lengths of one title may differ by

bool agree(int a, int b) {
    return a == 0 || b == 0 || a == b;
}

bool agree(const QString& a, const QString& b) {
    return a.isEmpty() || b.isEmpty() || a == b;
}

bool asLong(double a, double b) {
    return a <= 0 || b <= 0 || std::abs(a - b) <= std::max(kLeastSeconds, kShare * std::max(a, b));
}

QString artistOf(const MediaItem& item) {
    return item.albumArtist.isEmpty() ? item.artist : item.albumArtist;
}

// Files of no tags are films to one and videos to another.
QString kindOf(const MediaItem& item) {
    return item.kind == L("video") ? QStringLiteral("movie") : item.kind;
}

}  // namespace

QString plainTitle(const QString& title) {
    QString plain;
    for (const QChar c : title.normalized(QString::NormalizationForm_KD).toCaseFolded())
        if (!c.isMark())
            plain += c.isLetterOrNumber() ? c : QLatin1Char(' ');
    plain = plain.simplified();
    static const QRegularExpression article(QStringLiteral("^(the|a|an|el|la|los|las) (?=.)"));
    plain.remove(article);
    return plain.isEmpty() ? title.simplified() : plain;  // "!!!" is a name, too
}

TitleMarks marksOf(const MediaItem& item) {
    const auto plain = [](const QString& name) { return name.isEmpty() ? QString() : plainTitle(name); };
    return {
        kindOf(item), plainTitle(item.title), plain(item.series), plain(artistOf(item)), plain(item.album), item.year,
        item.season,  item.episode,           item.track,         item.duration};
}

bool sameTitle(const TitleMarks& a, const TitleMarks& b) {
    if (a.kind != b.kind || a.title != b.title || !agree(a.year, b.year) || !agree(a.artist, b.artist))
        return false;
    if (!agree(a.album, b.album) || !agree(a.series, b.series) || !agree(a.track, b.track))
        return false;
    if (a.season != b.season || a.episode != b.episode)
        return false;
    const bool whole = a.kind == L("series") || a.kind == L("album") || a.kind == L("artist");
    return whole || asLong(a.duration, b.duration);
}

bool sameTitle(const MediaItem& a, const MediaItem& b) {
    return kindOf(a) == kindOf(b) && sameTitle(marksOf(a), marksOf(b));
}

bool isAmong(const MediaItem& item, const QList<MediaItem>& list) {
    const auto marks = marksOf(item);
    return std::any_of(list.begin(), list.end(), [&](const MediaItem& other) {
        return kindOf(other) == marks.kind && sameTitle(marks, marksOf(other));
    });
}

}  // namespace marea::app
