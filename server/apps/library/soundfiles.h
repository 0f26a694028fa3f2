#pragma once

#include <string>

#include "server/apps/library/delivery.h"
#include "server/apps/library/mediasource.h"
#include "server/apps/library/playbackhandlers.h"
#include "server/apps/library/playbackservice.h"
#include "server/gateway/http.h"
#include "server/stream/answeredlater.h"
#include "server/stream/streamhandlers.h"

namespace marea::server {

// How a title's sound is wanted: as one file, for players that know no playback sessions.
struct SoundWish {
    core::Id item = {};
    core::Id file = {};           // a part of an audiobook; empty: the best file
    bool asIs = false;            // untouched, whatever it is
    std::string codec = {};       // "mp3", "opus", "flac"; empty: any that is within the limit, else MP3
    std::int64_t maxBitrate = 0;  // bits per second; 0: no limit
    double from = 0;              // seconds; a file that begins there has to be made
};

// What becomes of a wish. Pure. Forbidden is for the caller to say: protected titles leave in no such way.
core::Result<PlaybackDelivery> soundDelivery(const ItemDetail& item, const SoundWish& wish, std::size_t& file);

// Titles as one file of sound each, along the ways of /stream: files as they are, and music that is made while it is
// sent, with Range. Each is a playback session of the device, so that its limits hold; asking for more of it goes on
// with the same one.
class SoundFiles {
public:
    SoundFiles(PlaybackService& service, MediaSource& media, FileHandlers& files, StreamHandlers& streams)
        : service_(service), media_(media), files_(files), streams_(streams) {}

    // The request has its principal; what else it asks for (Range, conditions) the gateway answers. Blocks.
    void stream(const Request& request, const SoundWish& wish, const SharedReply& reply);
    // The file to keep, in no session. `file` as in SoundWish.
    Response download(const Request& request, const core::Id& item, const core::Id& file = {});

private:
    core::Result<PlaybackDelivery> begin(const Principal& who, const SoundWish& wish);

    PlaybackService& service_;
    MediaSource& media_;
    FileHandlers& files_;
    StreamHandlers& streams_;
};

}  // namespace marea::server
