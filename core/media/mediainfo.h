#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace marea::core {

enum class StreamKind { Video, Audio, Subtitle, Attachment, Data };
enum class HdrKind { None, Hdr10, Hdr10Plus, Hlg, DolbyVision };

// One stream of a media file, as found by the prober. Names of codecs are FFmpeg's ("h264", "hevc", "aac", "eac3",
// "subrip", "hdmv_pgs_subtitle"). Zero or empty means unknown.
struct StreamInfo {
    int index = 0;  // FFmpeg's stream index within the file
    StreamKind kind = StreamKind::Data;
    std::string codec;
    std::string profile;       // lower case: "high", "main 10", "lc", "dts-hd ma"
    int level = 0;             // as FFmpeg gives it: H.264 4.1 → 41, HEVC 4.1 → 123
    std::int64_t bitrate = 0;  // bits per second
    std::string language;      // BCP 47 where it could be mapped ("en", "es"), else as tagged; empty when undetermined
    std::string title;
    bool isDefault = false;
    bool forced = false;
    bool hearingImpaired = false;
    bool commentary = false;

    // video
    int width = 0, height = 0;  // coded size, before rotation and pixel aspect
    double pixelAspect = 1.0;
    double frameRate = 0;
    int bitDepth = 0;
    std::string pixelFormat;  // FFmpeg's name
    HdrKind hdr = HdrKind::None;
    int dolbyVisionProfile = 0;        // 0: none
    int dolbyVisionCompatibility = 0;  // of its base layer: dynamicrange.h
    int rotation = 0;                  // degrees clockwise to apply for display: 0, 90, 180, 270
    bool interlaced = false;           // in fields
    bool inBandSets = false;           // HEVC in MP4 whose parameter sets may stand among its pictures: "hev1", "dvhe"
    bool attachedPicture = false;      // cover art stored as a video stream; never counted as video

    // audio
    int channels = 0;
    std::string channelLayout;  // "stereo", "5.1(side)"
    int sampleRate = 0;         // Hz
    bool atmos = false;         // E-AC-3 with JOC, or TrueHD with Atmos
};

struct Chapter {
    double start = 0, end = 0;  // seconds
    std::string title;
};

// Tags of a file, untouched but for trimming and validation as UTF-8.
struct Tags {
    std::string title, artist, albumArtist, album, composer, comment, lyrics, date;
    std::string performer, lyricist, conductor, producer, label;
    std::vector<std::string> genres;
    int year = 0, track = 0, trackTotal = 0, disc = 0, discTotal = 0;
    bool compilation = false;
    std::string show;  // TV show or audiobook series
    int season = 0, episode = 0;
    std::string musicBrainzTrackId, musicBrainzAlbumId, musicBrainzArtistId;
    std::optional<double> replayGainTrack, replayGainAlbum;          // dB, to come to -18 LUFS (ReplayGain 2.0)
    std::optional<double> replayGainTrackPeak, replayGainAlbumPeak;  // amplitudes: 1 is full scale
};

struct MediaInfo {
    std::string container;  // "mp4", "matroska", "webm", "mp3", "flac", "ogg", "mpegts", "avi", "wav", "asf", …
    double duration = 0;    // seconds; 0 when unknown
    std::int64_t bitrate = 0;
    std::vector<StreamInfo> streams;
    std::vector<Chapter> chapters;
    Tags tags;
    bool hasCover = false;   // an embedded picture that `Prober::cover` can return
    bool encrypted = false;  // protected by DRM: cannot be played or transcoded
};

}  // namespace marea::core
