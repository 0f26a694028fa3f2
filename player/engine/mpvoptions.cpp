#include "player/engine/mpvoptions.h"

#include <algorithm>
#include <cmath>

namespace marea::player {
namespace {

QByteArray number(double value) {
    return QByteArray::number(value, 'f', 3);
}

// Only names of our own: a list in mpv's syntax is made of them.
QByteArray passedThrough(const QStringList& codecs) {
    QList<QByteArray> list;
    for (const auto* known : {"ac3", "eac3", "dts", "dts-hd", "truehd"})
        if (codecs.contains(QLatin1String(known)))
            list << known;
    return list.join(',');
}

// One filter a band, an octave wide; flat bands are left out, and a flat equaliser is none. Headroom comes first, so
// that nothing clips.
QByteArray equaliser(const PlayerOptions& options) {
    if (!options.equalised())
        return {};
    QList<QByteArray> filters;
    double highest = 0;
    for (std::size_t i = 0; i < kBands.size(); ++i) {
        const double gain = std::clamp(options.gains[static_cast<qsizetype>(i)], -12.0, 12.0);
        if (std::abs(gain) < 0.05)
            continue;
        highest = std::max(highest, gain);
        filters << "equalizer=f=" + QByteArray::number(kBands[i]) + ":t=o:w=1:g=" + QByteArray::number(gain, 'f', 1);
    }
    if (filters.isEmpty())
        return {};
    if (highest > 0)
        filters.prepend("volume=" + QByteArray::number(-highest, 'f', 1) + "dB");
    return "lavfi=[" + filters.join(',') + "]";
}

// Of equal power, so that what goes and what comes are together as loud as each by itself.
QByteArray faded(const SoundFade& fade) {
    QList<QByteArray> filters;
    if (fade.inFor > 0)
        filters << "lavfi=[afade=t=in:st=0:d=" + number(fade.inFor) + ":curve=qsin]";
    if (fade.outFrom >= 0 && fade.outFor > 0)
        filters << "lavfi=[afade=t=out:st=" + number(fade.outFrom) + ":d=" + number(fade.outFor) + ":curve=qsin]";
    return filters.join(',');
}

QByteArray filtersOf(const PlayerOptions& options) {
    QList<QByteArray> filters{equaliser(options), faded(options.fade)};
    filters.removeAll(QByteArray());
    return filters.join(',');
}

QByteArray groundColour(SubtitleStyle::Ground ground) {
    using Ground = SubtitleStyle::Ground;
    return ground == Ground::Box ? "#FF000000" : ground == Ground::Shade ? "#80000000" : "#00000000";
}

QByteArray inkOf(const QString& colour) {
    const auto text = colour.toLatin1();
    const bool plain = text.size() == 7 && text[0] == '#' &&
                       std::all_of(text.begin() + 1, text.end(), [](char c) { return std::isxdigit(c) != 0; });
    return plain ? text : QByteArray("#FFFFFF");
}

}  // namespace

QList<std::pair<QByteArray, QByteArray>> mpvProperties(const PlayerOptions& options, double raised) {
    const auto& style = options.subtitles;
    // From the top, in whole per cent; older versions of mpv take no other number.
    const double lift = std::clamp(std::max(style.height, raised), 0.0, 0.9);
    const QByteArray gain = options.replayGain == ReplayGain::Track   ? "track"
                            : options.replayGain == ReplayGain::Album ? "album"
                                                                      : "no";
    return {{"audio-delay", number(options.audioDelay)},
            {"sub-delay", number(options.subtitleDelay)},
            {"sub-scale", number(std::clamp(style.size, 0.5, 2.0))},
            {"sub-pos", QByteArray::number(static_cast<int>(std::lround(100 * (1 - lift))))},
            {"sub-color", inkOf(style.colour)},
            {"sub-back-color", groundColour(style.ground)},
            {"audio-device", options.audioDevice.isEmpty() ? QByteArray("auto") : options.audioDevice.toUtf8()},
            {"audio-exclusive", options.exclusive ? "yes" : "no"},
            {"audio-spdif", passedThrough(options.passThrough)},
            {"af", filtersOf(options)},
            {"replaygain", gain},
            {"ab-loop-a", options.looping() ? number(options.loopFrom) : QByteArray("no")},
            {"ab-loop-b", options.looping() ? number(options.loopTo) : QByteArray("no")}};
}

}  // namespace marea::player
