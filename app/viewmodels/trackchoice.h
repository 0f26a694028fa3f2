#pragma once

#include <optional>
#include <QList>
#include <QString>
#include <QVariantList>

#include "app/api/types.h"
#include "player/session/playerengine.h"

namespace marea::app {

// What a person chose to hear and to read of a title, as streams of its file: so it means the same for the file and for
// whatever the server makes of it. Pure.
struct TrackChoice {
    static const QString none;  // no subtitles

    std::optional<int> audio;  // index of the stream in the file; nullopt: the usual one
    QString subtitle;          // the offer's id; empty: whatever the engine takes by itself

    bool operator==(const TrackChoice&) const = default;
};

// A title that plays: what the catalogue knows of it, how the server delivers it, and what the engine found in that.
struct PlayingTracks {
    const MediaItem& item;     // without files while it is not known
    const PlaybackInfo& info;  // without a mode for a local file
    QList<player::Track> tracks;

    bool segmented() const { return info.protocol == QLatin1String("hls"); }  // one sound, subtitles beside it
    QList<StreamDetail> sounds() const;                                       // of the file

    // The engine's track of that stream; 0 none, nullopt not (yet) there.
    std::optional<int> audioTrack(int stream) const;
    std::optional<int> subtitleTrack(const QString& offer) const;
    TrackChoice selected() const;  // what the engine plays now
    // For a menu: {value, text, detail, checked}, the value being the stream's index.
    QVariantList soundChoices() const;
};

// Those of `info` that do not come inside the stream itself.
QList<SubtitleOffer> besideTheStream(const PlaybackInfo& info);

// As the film's page names them: a stream's index, -2 none, -1 the usual, from 1000 on the sidecars.
TrackChoice choiceOf(const MediaItem& item, int audio, int subtitle);

}  // namespace marea::app
