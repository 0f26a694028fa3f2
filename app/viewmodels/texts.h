#pragma once

#include <QString>
#include <QVariantList>

#include "app/api/types.h"
#include "core/base/result.h"

// Short plain words for values; in the application's current language and locale.
namespace marea::app::texts {

QString clock(double seconds);             // 4:05, 1:02:03
QString runtime(double seconds);           // 1 h 52
QString languageName(const QString& tag);  // "es" → Spanish
QString codecName(const QString& codec, const QString& profile = {});
QString channelsName(int channels);             // 5.1
QString resolutionName(int width, int height);  // 4K, 1080p
QString hdrName(const QString& hdr);
QString facts(const MediaItem& item);            // 2019 · 1 h 52 · 4K HDR · 5.1
QString title(const MediaItem& item);            // a season or an episode that only has its number: in our words
QString subtitle(const MediaItem& item);         // the line below the title on a card
QString foundLine(const MediaItem& item);        // the same; of what was found for somebody in it, who that is
QString episodePlace(const MediaItem& episode);  // S1 E4
QString deliveryMode(const QString& mode);       // of an answer to a playback request; empty for none
// "Direct · HEVC 4K HDR10 · E-AC-3 Atmos", or how else and why. Empty without a plan.
QString playsAs(const MediaItem& item, const PlaybackInfo& plan);
QString trackName(const QString& language, const QString& title, const QString& codec, int channels, bool forced);
QString error(const core::Error& error);  // the server's words, or ours for its code

}  // namespace marea::app::texts
