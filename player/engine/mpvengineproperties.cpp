#include <mpv/client.h>

#include <cmath>

#include "player/engine/mpvengine.h"
#include "player/engine/mpvengineids.h"
#include "player/engine/mpvnode.h"

namespace marea::player {
namespace {

constexpr qint64 positionEveryMs = 90;

}  // namespace

void MpvEngine::onProperty(const mpv_event& event) {
    const auto& property = *static_cast<const mpv_event_property*>(event.data);
    if (event.reply_userdata >= ObservedDevices) {
        return onFact(event.reply_userdata, property);
    }
    switch (property.format) {
        case MPV_FORMAT_FLAG:
            return onFlag(event.reply_userdata, *static_cast<const int*>(property.data) != 0);
        case MPV_FORMAT_DOUBLE:
            return onReal(event.reply_userdata, *static_cast<const double*>(property.data));
        case MPV_FORMAT_INT64:
            Q_EMIT videoChanged();
            return;
        case MPV_FORMAT_NODE:
            return onNode(event.reply_userdata, *static_cast<const mpv_node*>(property.data));
        default:
            return;  // not available at the moment: the last value stands
    }
}

void MpvEngine::onFact(std::uint64_t which, const mpv_event_property& property) {
    const auto* node = property.format == MPV_FORMAT_NODE ? static_cast<const mpv_node*>(property.data) : nullptr;
    if (which == ObservedDevices && node) {
        devices_ = readDevices(*node);
        Q_EMIT audioDevicesChanged();
    } else if (which == ObservedPicture && node) {
        const bool high = facts_.hdr();
        readPicture(*node, facts_);
        if (facts_.hdr() != high) {
            Q_EMIT videoChanged();
        }
    } else if (which == ObservedSound && node) {
        readSound(*node, facts_);
    } else if (which == ObservedDecoder && property.format == MPV_FORMAT_STRING) {
        const QString name = QString::fromUtf8(*static_cast<const char* const*>(property.data));
        facts_.decoder = name == QLatin1String("no") ? QString() : name;
    } else if (which == ObservedRate && property.format == MPV_FORMAT_DOUBLE) {
        facts_.framesPerSecond = *static_cast<const double*>(property.data);
    } else if (which == ObservedDropped && property.format == MPV_FORMAT_INT64) {
        facts_.dropped = static_cast<int>(*static_cast<const std::int64_t*>(property.data));
    }
}

void MpvEngine::onFlag(std::uint64_t which, bool value) {
    switch (which) {
        case ObservedPaused:
            return;  // paused_ is what was asked for; mpv only follows
        case ObservedEnd:
            ended_ = value;
            return updateState();
        case ObservedCacheWait:
            stalledForCache_ = value;
            return updateState();
        case ObservedFullScreen:
            fullScreen_ = value;
            return;
        case ObservedFields:  // of what comes out: no longer so once they are put together
            if (value && loaded_) {
                setFlag("deinterlace", true);
            }
            return;
        case ObservedMuted:
            muted_ = value;
            Q_EMIT volumeChanged();
            return;
        default:
            return;
    }
}

void MpvEngine::onReal(std::uint64_t which, double value) {
    switch (which) {
        case ObservedPosition:
            return onPosition(value);
        case ObservedDuration:
            if (loaded_ || started_) {
                duration_ = value;
                Q_EMIT durationChanged();
            }
            return;
        case ObservedBuffered:
            bufferedUntil_ = value;
            Q_EMIT bufferedChanged();
            return;
        case ObservedVolume:
            volume_ = value;
            Q_EMIT volumeChanged();
            return;
        case ObservedSpeed:
            speed_ = value;
            Q_EMIT speedChanged();
            return;
        default:
            return;
    }
}

void MpvEngine::onTracks(const mpv_event& event) {
    const bool newest = event.reply_userdata == ReplyTracks + tracksAsked_;
    const auto* property = static_cast<const mpv_event_property*>(event.data);
    if (!newest || !loaded_) {
        return;
    }
    tracksKnown_ = true;
    if (event.error >= 0 && property->format == MPV_FORMAT_NODE) {
        onNode(ObservedTracks, *static_cast<const mpv_node*>(property->data));
    }
    announceFirstFrame();
}

// mpv tells every frame. While a seek runs it still tells the old place, which would make the bar jump back.
void MpvEngine::onPosition(double value) {
    heardPosition_ = value;
    if (seeking_ || !loaded_ || !restarted_) {
        return;
    }
    const bool jumped = std::abs(value - position_) > 0.5;
    position_ = std::max(0.0, value);
    if (jumped || !sincePosition_.isValid() || sincePosition_.elapsed() >= positionEveryMs) {
        sincePosition_.start();
        Q_EMIT positionChanged();
    }
}

void MpvEngine::onNode(std::uint64_t which, const mpv_node& node) {
    if (which == ObservedChapters) {
        chapters_ = readChapters(node);
        Q_EMIT chaptersChanged();
        return;
    }
    TrackList list = readTracks(node, added_);
    tracks_ = std::move(list.tracks);
    if (hasVideo_ != list.video) {
        hasVideo_ = list.video;
        Q_EMIT videoChanged();
    }
    restoreVideo();
    Q_EMIT tracksChanged();
}

}  // namespace marea::player
