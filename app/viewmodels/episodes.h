#pragma once

#include <functional>

#include "app/api/apiclient.h"

namespace marea::app {

// All episodes of a series in their order, however many pages they take; what came before an error, if one comes.
void allEpisodes(ApiClient& api, const QString& series, QObject* context,
                 std::function<void(const QList<MediaItem>&)> done);

bool isBegun(const MediaItem& episode);

// Which of them one would go on with: what was begun after the last one seen, or follows it, or else the first.
// Specials (season 0) come after all others. -1: there is none that plays.
int nextEpisode(const QList<MediaItem>& episodes);

// What plays after that one.
QList<MediaItem> episodesAfter(const QList<MediaItem>& episodes, const QString& id);

}  // namespace marea::app
