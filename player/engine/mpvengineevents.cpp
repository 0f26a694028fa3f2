#include <mpv/client.h>

#include <algorithm>
#include <cmath>
#include <QLoggingCategory>

#include "player/engine/mpvengine.h"
#include "player/engine/mpvengineids.h"
#include "player/engine/mpvlibrary.h"
#include "player/engine/mpvnode.h"

namespace marea::player {

Q_LOGGING_CATEGORY(playerLog, "marea.player", QtInfoMsg)

void MpvEngine::drain() {
    draining_->store(false);
    for (;;) {
        const mpv_event* event = libmpv().waitEvent(core_->handle(), 0);
        if (event->event_id == MPV_EVENT_NONE || event->event_id == MPV_EVENT_SHUTDOWN) {
            return;
        }
        onEvent(*event);
    }
}

void MpvEngine::onEvent(const mpv_event& event) {
    switch (event.event_id) {
        case MPV_EVENT_PROPERTY_CHANGE:
            return onProperty(event);
        case MPV_EVENT_COMMAND_REPLY:
            return onReply(event);
        case MPV_EVENT_GET_PROPERTY_REPLY:
            return event.reply_userdata == ReplyWindow ? onWindowReply(event) : onTracks(event);
        case MPV_EVENT_CLIENT_MESSAGE:
            return onMessage(event);
        case MPV_EVENT_START_FILE:
            return onStart(static_cast<const mpv_event_start_file*>(event.data)->playlist_entry_id);
        case MPV_EVENT_FILE_LOADED:
            return onLoaded();
        case MPV_EVENT_VIDEO_RECONFIG:
            reconfigured_ = loaded_;
            return;
        case MPV_EVENT_PLAYBACK_RESTART:
            return onRestart();
        case MPV_EVENT_END_FILE:
            return onEnd(*static_cast<const mpv_event_end_file*>(event.data));
        default:
            return;
    }
}

void MpvEngine::onReply(const mpv_event& event) {
    if (event.reply_userdata == ReplySeek) {
        seekSent_ = false;
        if (wantedSeek_) {
            sendSeek();
        } else if (event.error < 0) {
            seeking_ = false;
        }
        return;
    }
    if (event.reply_userdata == ReplyPicture && !pictures_.isEmpty()) {
        Q_EMIT pictureTaken(pictures_.takeFirst(), event.error >= 0);
        return;
    }
    std::optional<Item>* item = event.reply_userdata == ReplyLoad   ? &current_
                                : event.reply_userdata == ReplyNext ? &next_
                                                                    : nullptr;
    if (!item || event.error < 0 || !event.data) {
        return;
    }
    const std::int64_t id = numberField(static_cast<const mpv_event_command*>(event.data)->result, "playlist_entry_id");
    if (*item && id > (*item)->playlistId) {
        (*item)->playlistId = id;  // of several in flight the last answer is the newest item's
        if (id == lastStart_) {
            onStart(id);
        }
    }
}

void MpvEngine::onStart(std::int64_t playlistId) {
    lastStart_ = playlistId;
    if (next_ && next_->playlistId == playlistId) {
        const QString broken = current_ ? QString::fromStdString(current_->stream->reason()) : QString();
        if (!broken.isEmpty()) {
            return failWith(broken);  // it did not end, it broke off
        }
        forget(current_);
        resetReadings();
        current_ = std::move(next_);
        next_.reset();
        sinceLoad_.start();
        position_ = current_->source.start;
        duration_ = 0;
        command({"playlist-remove", "0"});
        started_ = true;
        Q_EMIT advanced();
        Q_EMIT positionChanged();
        updateState();
    } else if (current_ && current_->playlistId == playlistId) {
        started_ = true;
    }
}

void MpvEngine::onLoaded() {
    if (!current_ || !started_) {
        return;
    }
    loaded_ = true;
    // What mpv tells by itself may still be of the title before, and of two that are alike it tells nothing.
    libmpv().getPropertyAsync(core_->handle(), ReplyTracks + ++tracksAsked_, "track-list", MPV_FORMAT_NODE);
    addSubtitles();
    restoreVideo();
    if (wantedSeek_ && !seekSent_) {
        sendSeek();
    }
}

void MpvEngine::onRestart() {
    if (!started_) {
        return;
    }
    restarted_ = true;
    if (seeking_ && !seekSent_) {
        seeking_ = false;
        position_ = std::abs(heardPosition_ - position_) < 0.5 ? heardPosition_ : position_;
        Q_EMIT positionChanged();
    }
    announceFirstFrame();
    updateState();
}

// The first picture is out when mpv started playing and an item drew a frame of this source; sound alone, or a film
// that nobody shows, when it started.
void MpvEngine::announceFirstFrame() {
    const bool shown = !wantsOutput_ || ownWindow_ || !outputReady_ || !hasVideo_ || frameDrawn_;
    if (!restarted_ || !shown || !tracksKnown_ || firstFrameSent_) {
        return;
    }
    firstFrameSent_ = true;
    firstFrameMs_ = sinceLoad_.elapsed();
    qCInfo(playerLog, "engine_first_frame_ms=%lld", static_cast<long long>(firstFrameMs_));
    Q_EMIT firstFrame();
    updateState();
}

void MpvEngine::onEnd(const mpv_event_end_file& end) {
    if (!current_ || current_->playlistId != end.playlist_entry_id || !failure_.isEmpty()) {
        return;
    }
    if (endedForWindow(end)) {
        return openInPage();
    }
    if (end.reason == MPV_END_FILE_REASON_ERROR) {
        return failWith(wordsFor(end.error, current_->stream->reason()));
    }
    if (end.reason == MPV_END_FILE_REASON_EOF && !next_) {
        ended_ = true;
        updateState();
    }
}

// The stream broke. What mpv has buffered still plays; but its end must not look like the title's, so mpv may not go
// over to the next one by itself.
void MpvEngine::onStreamError(int id) {
    if (current_ && current_->stream->id == id && next_ && loaded_) {
        command({"playlist-remove", "1"});
        forget(next_);
    }
    updateState();
}

void MpvEngine::failWith(const QString& reason) {
    failure_ = reason;
    pendingLoad_ = false;
    forget(next_);
    command({"stop"});
    setState(PlaybackState::Failed);
    Q_EMIT failed(reason);
}

void MpvEngine::updateState() {
    if (!failure_.isEmpty() || !current_) {
        return;
    }
    if (ended_ && loaded_ && !next_) {
        const std::string broken = current_->stream->reason();
        if (!broken.empty()) {
            return failWith(wordsFor(0, broken));
        }
        return setState(PlaybackState::Ended);
    }
    if (!firstFrameSent_ || (stalledForCache_ && !paused_)) {
        return setState(PlaybackState::Loading);
    }
    setState(paused_ ? PlaybackState::Paused : PlaybackState::Playing);
}

void MpvEngine::setState(PlaybackState state) {
    if (state_ != state) {
        state_ = state;
        Q_EMIT stateChanged();
    }
}

void MpvEngine::expectOutput() {
    ++outputsExpected_;
}

void MpvEngine::releaseOutput() {
    outputsExpected_ = std::max(0, outputsExpected_ - 1);
    if (outputsExpected_ == 0 && !outputReady_) {
        startPending();
    }
}

void MpvEngine::outputReady() {
    outputReady_ = true;
    if (pendingLoad_) {
        startPending();
    } else {
        restoreVideo();
    }
}

void MpvEngine::rememberVideo() {
    for (const Track& track : tracks_) {
        if (track.kind == Track::Kind::Video && track.selected) {
            videoId_ = track.id;
        }
    }
    videoOwed_ = true;
}

// Asked before the context goes, so that mpv puts the picture away in order. One that loses its context counts as an
// error, which ends a film without sound.
void MpvEngine::outputLeaving() {
    if (!std::exchange(outputReady_, false) || ownWindow_) {
        return;
    }
    rememberVideo();
    selectTrack(Track::Kind::Video, 0);
}

// Without a context mpv drops the video track, and "auto" does not bring it back: the number must be kept.
void MpvEngine::outputLost() {
    outputReady_ = false;
    if (ownWindow_) {
        return;
    }
    rememberVideo();
    announceFirstFrame();
}

// Called at each of the moments that may come last: the file opened, its tracks are known, the output is there.
// mpv (0.35, demux.c: initiate_refresh_seek) goes back in the file for a track that is selected again, but when it has
// read all of the file the decoder may ask for packets an instant before, is told to wait, and nobody wakes it. A seek
// of our own, which comes after the selection, always does.
void MpvEngine::restoreVideo() {
    if (!videoOwed_ || !hasOutput() || !loaded_) {
        return;
    }
    for (const Track& track : tracks_) {
        if (track.kind == Track::Kind::Video) {
            selectTrack(Track::Kind::Video, videoId_ ? videoId_ : track.id);
            command({"seek", "0", "relative+exact"});
            if (ownWindow_) {
                libmpv().getPropertyAsync(core_->handle(), ReplyWindow, "current-vo", MPV_FORMAT_STRING);
            }
            videoOwed_ = false;
            return;
        }
    }
}

void MpvEngine::frameShown() {
    if (reconfigured_ && !frameDrawn_) {
        frameDrawn_ = true;
        announceFirstFrame();
    }
}

}  // namespace marea::player
