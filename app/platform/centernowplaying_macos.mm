#include "app/platform/centernowplaying.h"

#import <AppKit/AppKit.h>
#import <MediaPlayer/MediaPlayer.h>

#include <vector>

// Compiled with automatic reference counting. developer.apple.com/documentation/mediaplayer
namespace marea::app {
namespace {

using Repeat = NowPlayingState::Repeat;

MPRepeatType typeOf(Repeat repeat) {
    return repeat == Repeat::One ? MPRepeatTypeOne : repeat == Repeat::All ? MPRepeatTypeAll : MPRepeatTypeOff;
}

Repeat repeatOf(MPRepeatType type) {
    return type == MPRepeatTypeOne ? Repeat::One : type == MPRepeatTypeAll ? Repeat::All : Repeat::Off;
}

MPNowPlayingPlaybackState stateOf(MediaModes::Status status) {
    using Status = MediaModes::Status;
    return status == Status::Playing  ? MPNowPlayingPlaybackStatePlaying
           : status == Status::Paused ? MPNowPlayingPlaybackStatePaused
                                      : MPNowPlayingPlaybackStateStopped;
}

}  // namespace

struct CenterNowPlaying::System {
    using Event = MPRemoteCommandEvent;
    using Handler = MPRemoteCommandHandlerStatus (^)(MPRemoteCommandEvent*);
    struct Listening {
        MPRemoteCommand* command;
        id target;
    };

    NSMutableDictionary<NSString*, id>* shown = [NSMutableDictionary dictionary];
    std::vector<Listening> listening;
    bool loaded = false;

    ~System() {
        for (const auto& [command, target] : listening) {
            [command removeTarget:target];
            command.enabled = NO;
        }
        MPNowPlayingInfoCenter.defaultCenter.nowPlayingInfo = nil;
        MPNowPlayingInfoCenter.defaultCenter.playbackState = MPNowPlayingPlaybackStateStopped;
    }

    // Nothing is enabled before something is loaded.
    void listen(MPRemoteCommand* command, Handler handler) {
        listening.push_back({command, [command addTargetWithHandler:handler]});
        command.enabled = NO;
    }

    // Handlers come on threads of the system's: they have the relay, and nothing else of ours.
    void listen(MPRemoteCommand* command, const std::shared_ptr<MediaRelay>& to, MediaPress press) {
        const auto relay = to;
        listen(command, ^MPRemoteCommandHandlerStatus(Event*) {
            relay->press(press);
            return MPRemoteCommandHandlerStatusSuccess;
        });
    }

    void listenToPresses(const std::shared_ptr<MediaRelay>& relay) {
        MPRemoteCommandCenter* center = MPRemoteCommandCenter.sharedCommandCenter;
        listen(center.playCommand, relay, MediaPress::Play);
        listen(center.pauseCommand, relay, MediaPress::Pause);
        listen(center.togglePlayPauseCommand, relay, MediaPress::Toggle);
        listen(center.stopCommand, relay, MediaPress::Stop);
        listen(center.nextTrackCommand, relay, MediaPress::Next);
        listen(center.previousTrackCommand, relay, MediaPress::Previous);
        listen(center.skipForwardCommand, relay, MediaPress::StepOn);
        listen(center.skipBackwardCommand, relay, MediaPress::StepBack);
        center.skipForwardCommand.preferredIntervals = @[ @(kMediaStep) ];
        center.skipBackwardCommand.preferredIntervals = @[ @(kMediaStep) ];
    }

    void listenToValues(const std::shared_ptr<MediaRelay>& to) {
        MPRemoteCommandCenter* center = MPRemoteCommandCenter.sharedCommandCenter;
        const auto relay = to;
        listen(center.changePlaybackPositionCommand, ^MPRemoteCommandHandlerStatus(Event* event) {
            relay->seek(static_cast<MPChangePlaybackPositionCommandEvent*>(event).positionTime);
            return MPRemoteCommandHandlerStatusSuccess;
        });
        listen(center.changePlaybackRateCommand, ^MPRemoteCommandHandlerStatus(Event* event) {
            relay->setSpeed(static_cast<MPChangePlaybackRateCommandEvent*>(event).playbackRate);
            return MPRemoteCommandHandlerStatusSuccess;
        });
        listen(center.changeShuffleModeCommand, ^MPRemoteCommandHandlerStatus(Event* event) {
            relay->setShuffle(static_cast<MPChangeShuffleModeCommandEvent*>(event).shuffleType != MPShuffleTypeOff);
            return MPRemoteCommandHandlerStatusSuccess;
        });
        listen(center.changeRepeatModeCommand, ^MPRemoteCommandHandlerStatus(Event* event) {
            relay->setRepeat(repeatOf(static_cast<MPChangeRepeatModeCommandEvent*>(event).repeatType));
            return MPRemoteCommandHandlerStatusSuccess;
        });
        center.changePlaybackRateCommand.supportedPlaybackRates = @[ @0.5, @0.75, @1, @1.25, @1.5, @2 ];
    }

    // It takes all of it at a time.
    void update() { MPNowPlayingInfoCenter.defaultCenter.nowPlayingInfo = loaded ? shown : nil; }
};

CenterNowPlaying::CenterNowPlaying(QObject* parent)
    : PartwiseNowPlaying(std::chrono::milliseconds(0), parent), system_(std::make_unique<System>()) {
    system_->listenToPresses(relay());
    system_->listenToValues(relay());
}

CenterNowPlaying::~CenterNowPlaying() = default;

void CenterNowPlaying::tellTitle(const MediaTitle& title) {
    NSMutableDictionary<NSString*, id>* shown = system_->shown;
    [shown removeAllObjects];  // the picture, too
    shown[MPNowPlayingInfoPropertyMediaType] =
        @(title.music ? MPNowPlayingInfoMediaTypeAudio : MPNowPlayingInfoMediaTypeVideo);
    shown[MPMediaItemPropertyTitle] = title.title.toNSString();
    if (!title.artist.isEmpty())
        shown[MPMediaItemPropertyArtist] = title.artist.toNSString();
    if (!title.album.isEmpty())
        shown[MPMediaItemPropertyAlbumTitle] = title.album.toNSString();
    system_->update();
}

void CenterNowPlaying::tellPicture(const QByteArray& picture) {
    NSImage* image = [[NSImage alloc] initWithData:picture.toNSData()];
    if (!image || image.size.width <= 0 || image.size.height <= 0) {
        qWarning("The system's media controls can't read a picture of %lld bytes", static_cast<long long>(picture.size()));
        return;
    }
    system_->shown[MPMediaItemPropertyArtwork] =
        [[MPMediaItemArtwork alloc] initWithBoundsSize:image.size
                                        requestHandler:^NSImage*(CGSize) {
                                          return image;
                                        }];
    system_->update();
}

void CenterNowPlaying::tellButtons(const MediaButtons& buttons) {
    system_->loaded = buttons.loaded;  // told before the rest
    MPRemoteCommandCenter* center = MPRemoteCommandCenter.sharedCommandCenter;
    for (MPRemoteCommand* command in @[
             center.playCommand, center.pauseCommand, center.togglePlayPauseCommand, center.stopCommand,
             center.changePlaybackRateCommand, center.changeShuffleModeCommand, center.changeRepeatModeCommand
         ])
        command.enabled = buttons.loaded;
    center.nextTrackCommand.enabled = buttons.next;
    center.previousTrackCommand.enabled = buttons.previous;
    center.changePlaybackPositionCommand.enabled = buttons.place;
    center.skipForwardCommand.enabled = buttons.steps;
    center.skipBackwardCommand.enabled = buttons.steps;
}

void CenterNowPlaying::tellModes(const MediaModes& modes) {
    MPRemoteCommandCenter* center = MPRemoteCommandCenter.sharedCommandCenter;
    center.changeShuffleModeCommand.currentShuffleType = modes.shuffle ? MPShuffleTypeItems : MPShuffleTypeOff;
    center.changeRepeatModeCommand.currentRepeatType = typeOf(modes.repeat);
    MPNowPlayingInfoCenter.defaultCenter.playbackState = stateOf(modes.status);
}

// The system counts on from there by itself.
void CenterNowPlaying::tellPlace(const MediaPlace& place) {
    NSMutableDictionary<NSString*, id>* shown = system_->shown;
    shown[MPMediaItemPropertyPlaybackDuration] = place.duration > 0 ? @(place.duration) : nil;
    shown[MPNowPlayingInfoPropertyElapsedPlaybackTime] = @(place.position);
    shown[MPNowPlayingInfoPropertyPlaybackRate] = @(place.rate);
    system_->update();
}

}  // namespace marea::app
