#include <algorithm>

#include "app/viewmodels/playerviewmodel.h"
#include "app/viewmodels/texts.h"

// Which of a title's sounds and subtitles play: the part of the player's view model that its menus show.
namespace marea::app {

using player::PlaybackState;
using player::Track;

namespace {

bool isChecked(const QVariant& choice) {
    return choice.toMap().value(QStringLiteral("checked")).toBool();
}

}  // namespace

// The file's streams, where its page did not bring them along: the choices are named by them.
// `id` is that of the library which plays it.
void PlayerViewModel::learnOf(ApiClient& api, const QString& id, const QString& mediaId) {
    if (item_.id == id && !item_.files.isEmpty())
        return;
    item_ = {};
    deliver(api.item(id), this, [this, mediaId](const core::Result<MediaItem>& item) {
        if (!item || mediaId != this->mediaId())
            return;
        item_ = *item;
        applyChoice();
        Q_EMIT tracksChanged();
    });
}

// As soon as the engine has the tracks that were chosen; those of a moment before are still the last title's.
void PlayerViewModel::applyChoice() {
    if (engine_.tracks().isEmpty() || engine_.state() == PlaybackState::Idle)
        return;
    const auto now = tracksNow();
    if (now.segmented())
        pending_.audio.reset();  // it was asked for, and comes alone
    if (const auto id = pending_.audio ? now.audioTrack(*pending_.audio) : std::nullopt) {
        pending_.audio.reset();
        engine_.selectTrack(Track::Kind::Audio, *id);
    }
    if (const auto id = pending_.subtitle.isEmpty() ? std::nullopt : now.subtitleTrack(pending_.subtitle)) {
        pending_.subtitle.clear();
        engine_.selectTrack(Track::Kind::Subtitle, *id);
    }
}

// For when the same is loaded again. The engine reports what it selects only later.
void PlayerViewModel::remember(Track::Kind kind, int id) {
    auto now = tracksNow();
    for (auto& track : now.tracks)
        if (track.kind == kind)
            track.selected = track.id == id;
    choice_ = now.selected();
}

void PlayerViewModel::selectAudio(int value) {
    const bool another = tracksNow().segmented() && !item_.files.isEmpty();
    if (!another) {
        remember(Track::Kind::Audio, value);
        return engine_.selectTrack(Track::Kind::Audio, value);
    }
    if (value == info().audio.index)
        return;
    choice_ = tracksNow().selected();
    choice_.audio = value;
    begin(position());
}

void PlayerViewModel::selectSubtitle(int id) {
    remember(Track::Kind::Subtitle, id);
    pending_.subtitle.clear();
    engine_.selectTrack(Track::Kind::Subtitle, id);
}

bool PlayerViewModel::chooseStream(Track::Kind kind, int stream) {
    const auto now = tracksNow();
    if (kind == Track::Kind::Audio && now.segmented() && stream >= 0) {
        selectAudio(stream);
        return true;
    }
    const auto id = stream < 0                   ? std::optional(0)
                    : kind == Track::Kind::Audio ? now.audioTrack(stream)
                                                 : now.subtitleTrack(QStringLiteral("stream-%1").arg(stream));
    if (!id)
        return false;
    if (kind == Track::Kind::Subtitle) {
        selectSubtitle(*id);
    } else {
        remember(kind, *id);
        engine_.selectTrack(kind, *id);
    }
    return true;
}

QVariantList PlayerViewModel::tracks(Track::Kind kind) const {
    QVariantList list;
    for (const auto& track : engine_.tracks()) {
        if (track.kind != kind)
            continue;
        auto detail = texts::codecName(track.codec);
        if (kind == Track::Kind::Audio && track.channels > 0)
            detail += QLatin1Char(' ') + texts::channelsName(track.channels);
        list << QVariantMap{{QStringLiteral("value"), track.id},
                            {QStringLiteral("text"),
                             texts::trackName(track.language, track.title, track.codec, track.channels, track.forced)},
                            {QStringLiteral("detail"), detail},
                            {QStringLiteral("checked"), track.selected}};
    }
    return list;
}

// Where the server sends one sound, the menu still has all of the file's.
QVariantList PlayerViewModel::audioTracks() const {
    const auto now = tracksNow();
    return now.segmented() && !item_.files.isEmpty() ? now.soundChoices() : tracks(Track::Kind::Audio);
}

QVariantList PlayerViewModel::subtitleTracks() const {
    auto list = tracks(Track::Kind::Subtitle);
    if (list.isEmpty())
        return list;
    const bool any = std::any_of(list.begin(), list.end(), isChecked);
    list.prepend(QVariantMap{{QStringLiteral("value"), 0},
                             {QStringLiteral("text"), tr("None")},
                             {QStringLiteral("detail"), QString()},
                             {QStringLiteral("checked"), !any}});
    return list;
}

QString PlayerViewModel::cycleSubtitle() {
    const auto list = subtitleTracks();
    const auto now = std::find_if(list.begin(), list.end(), isChecked);
    if (now == list.end())
        return {};
    const auto next = list[(now - list.begin() + 1) % list.size()].toMap();
    selectSubtitle(next.value(QStringLiteral("value")).toInt());
    return next.value(QStringLiteral("text")).toString();
}

}  // namespace marea::app
