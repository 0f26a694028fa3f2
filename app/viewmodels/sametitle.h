#pragma once

#include "app/api/types.h"

namespace marea::app {

// Whether two libraries mean the same by these: of one kind and name, and nothing known of both that differs: year,
// artist, album, place in a series, how long it is. Different mediums have different lengths, by a little. Pure.
bool sameTitle(const MediaItem& a, const MediaItem& b);

// What of a title counts for that, names as people compare them: less than the title, for who keeps many.
struct TitleMarks {
    QString kind, title, series, artist, album;
    int year = 0, season = 0, episode = 0, track = 0;
    double duration = 0;  // seconds
};
TitleMarks marksOf(const MediaItem& item);
bool sameTitle(const TitleMarks& a, const TitleMarks& b);

bool isAmong(const MediaItem& item, const QList<MediaItem>& list);

// A name as people compare it: without case, accents, punctuation, and the article before it.
QString plainTitle(const QString& title);

}  // namespace marea::app
