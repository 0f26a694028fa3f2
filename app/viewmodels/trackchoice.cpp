#include "app/viewmodels/trackchoice.h"

#include <algorithm>
#include <QVariantMap>

#include "app/viewmodels/texts.h"

namespace marea::app {

using player::Track;

namespace {

constexpr int kSidecars = 1000;

QList<Track> ofKind(const QList<Track>& tracks, Track::Kind kind) {
    QList<Track> list;
    std::copy_if(tracks.begin(), tracks.end(), std::back_inserter(list),
                 [kind](const Track& track) { return track.kind == kind; });
    return list;
}

// Those inside the stream, in its order.
QStringList inTheStream(const PlaybackInfo& info) {
    QStringList list;
    for (const auto& offer : info.subtitles)
        if (offer.embedded && offer.url.isEmpty() && info.protocol != QLatin1String("hls"))
            list << offer.id;
    return list;
}

// Which offer each of the engine's subtitles is, in the engine's order.
QStringList offersOf(const QList<Track>& subtitles, const PlaybackInfo& info) {
    const auto inside = inTheStream(info);
    const auto beside = besideTheStream(info);
    QStringList list;
    qsizetype n = 0;
    for (const auto& track : subtitles)
        list << (track.external ? beside.value(track.added).id : inside.value(n++));
    return list;
}

}  // namespace

const QString TrackChoice::none = QStringLiteral("none");

QList<SubtitleOffer> besideTheStream(const PlaybackInfo& info) {
    const bool segmented = info.protocol == QLatin1String("hls");
    QList<SubtitleOffer> list;
    for (const auto& offer : info.subtitles)
        if (!offer.url.isEmpty() && (segmented || !offer.embedded))
            list << offer;
    return list;
}

QList<StreamDetail> PlayingTracks::sounds() const {
    QList<StreamDetail> list;
    for (const auto& file : item.files)
        if (info.fileId.isEmpty() || file.id == info.fileId)
            for (const auto& stream : file.streams)
                if (stream.kind == QLatin1String("audio"))
                    list << stream;
    return list;
}

// The engine's tracks come in the order of the file's streams.
std::optional<int> PlayingTracks::audioTrack(int stream) const {
    const auto all = sounds();
    const auto own = ofKind(tracks, Track::Kind::Audio);
    for (qsizetype i = 0; i < std::min(all.size(), own.size()); ++i)
        if (all[i].index == stream)
            return own[i].id;
    return std::nullopt;
}

std::optional<int> PlayingTracks::subtitleTrack(const QString& offer) const {
    if (offer == TrackChoice::none)
        return 0;
    const auto own = ofKind(tracks, Track::Kind::Subtitle);
    const auto place = offersOf(own, info).indexOf(offer);
    return place >= 0 ? std::optional(own[place].id) : std::nullopt;
}

TrackChoice PlayingTracks::selected() const {
    const auto chosen = [](const QList<Track>& list) {
        const auto found = std::find_if(list.begin(), list.end(), [](const Track& t) { return t.selected; });
        return found == list.end() ? qsizetype{-1} : found - list.begin();
    };
    TrackChoice choice;
    const auto all = sounds();
    const auto sound = chosen(ofKind(tracks, Track::Kind::Audio));
    if (segmented() && info.audio.index >= 0)
        choice.audio = info.audio.index;
    else if (sound >= 0 && sound < all.size())
        choice.audio = all[sound].index;
    const auto own = ofKind(tracks, Track::Kind::Subtitle);
    const auto words = chosen(own);
    choice.subtitle = words < 0 ? TrackChoice::none : offersOf(own, info)[words];
    return choice;
}

QVariantList PlayingTracks::soundChoices() const {
    QVariantList list;
    for (const auto& s : sounds())
        list << QVariantMap{{QStringLiteral("value"), s.index},
                            {QStringLiteral("text"), texts::trackName(s.language, s.title, s.codec, s.channels, false)},
                            {QStringLiteral("detail"), texts::channelsName(s.channels)},
                            {QStringLiteral("checked"), s.index == info.audio.index}};
    return list;
}

TrackChoice choiceOf(const MediaItem& item, int audio, int subtitle) {
    TrackChoice choice;
    if (audio >= 0)
        choice.audio = audio;
    if (subtitle == -2)
        choice.subtitle = TrackChoice::none;
    else if (subtitle >= 0 && subtitle < kSidecars)
        choice.subtitle = QStringLiteral("stream-%1").arg(subtitle);
    int sidecar = kSidecars;
    for (const auto& s : item.sidecars)
        if (s.kind == QLatin1String("subtitle") && sidecar++ == subtitle)
            choice.subtitle = s.id;
    return choice;
}

}  // namespace marea::app
