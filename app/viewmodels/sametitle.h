#pragma once

#include "app/api/types.h"

namespace marea::app {

// Whether two libraries mean the same by these: of one kind and name, and nothing known of both that differs: year,
// artist, album, place in a series, how long it is. Different mediums have different lengths, by a little. Pure.
bool sameTitle(const MediaItem& a, const MediaItem& b);
bool isAmong(const MediaItem& item, const QList<MediaItem>& list);

// A name as people compare it: without case, accents, punctuation, and the article before it.
QString plainTitle(const QString& title);

}  // namespace marea::app
