#pragma once

#include <array>
#include <QList>
#include <QString>
#include <QStringList>

namespace marea::player {

struct SubtitleStyle {
    enum class Ground { None, Shade, Box };  // behind the words: their edge alone, a veil, a black box

    double size = 1;                             // 0.5 to 2, of the usual
    double height = 0;                           // share of the picture's height, from the foot up
    QString colour = QStringLiteral("#FFFFFF");  // of text; pictures and styled subtitles keep their own
    Ground ground = Ground::None;

    bool operator==(const SubtitleStyle&) const = default;
};

enum class ReplayGain { Off, Track, Album };

// The bands of the equaliser, in Hz; a gain in dB for each.
constexpr std::array<int, 10> kBands{31, 62, 125, 250, 500, 1000, 2000, 4000, 8000, 16000};

// Of music that goes over into other music. Seconds, of the track's own time.
struct SoundFade {
    double inFor = 0;                 // from its start
    double outFrom = -1, outFor = 0;  // silent after that

    bool operator==(const SoundFade&) const = default;
};

// How a person wants things to be played, whatever plays.
struct PlayerOptions {
    double audioDelay = 0, subtitleDelay = 0;  // seconds; later than the picture: above 0
    SubtitleStyle subtitles;
    QString audioDevice;      // the engine's name; empty: the system's choice
    bool exclusive = false;   // nobody else is heard meanwhile
    QStringList passThrough;  // "ac3", "eac3", "dts", "dts-hd", "truehd": to the receiver as they are
    QList<double> gains;      // of kBands, -12 to 12; empty: no equaliser
    ReplayGain replayGain = ReplayGain::Off;
    SoundFade fade;                     // not a person's: CrossfadeEngine's
    double loopFrom = -1, loopTo = -1;  // seconds; both set: this part again and again

    bool looping() const { return loopFrom >= 0 && loopTo > loopFrom; }
    // Sound that goes to the receiver as it is cannot be changed on its way.
    bool equalised() const { return passThrough.isEmpty() && gains.size() == static_cast<qsizetype>(kBands.size()); }
    bool operator==(const PlayerOptions&) const = default;
};

struct AudioDevice {
    QString name, description;
    bool operator==(const AudioDevice&) const = default;
};

// What comes out of what plays, as far as the engine knows; empty where it does not.
struct PlaybackFacts {
    QString decoder;              // "vaapi", empty: in software
    QString transfer, primaries;  // "pq", "hlg", "bt.1886"; "bt.2020"
    double peak = 0;              // of the picture, relative to SDR white
    double framesPerSecond = 0;
    int width = 0, height = 0, dropped = 0, sampleRate = 0, channels = 0;
    QString sampleFormat;

    bool hdr() const { return transfer == QLatin1String("pq") || transfer == QLatin1String("hlg"); }
};

}  // namespace marea::player
