#include "app/viewmodels/tuningchoices.h"

#include <algorithm>
#include <cmath>
#include <QCoreApplication>
#include <QVariantMap>

#include "app/viewmodels/texts.h"

namespace marea::app::tuning {
namespace {

using player::PlayerOptions;
using player::ReplayGain;
using Ground = player::SubtitleStyle::Ground;
using L = QLatin1String;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TuningViewModel)
};

QVariantMap row(const QVariant& value, const QString& text, bool checked, const QString& detail = {}) {
    return {{L("value"), value}, {L("text"), text}, {L("detail"), detail}, {L("checked"), checked}};
}

bool same(double a, double b) {
    return std::abs(a - b) < 0.001;
}

QVariantList delays(double now) {
    QVariantList list;
    for (const double seconds : {-1.0, -0.5, -0.25, -0.1, -0.05, 0.0, 0.05, 0.1, 0.25, 0.5, 1.0})
        list << row(seconds, seconds == 0 ? Words::tr("None") : delayText(seconds), same(now, seconds));
    return list;
}

QVariantList sizes(double now) {
    return {row(0.75, Words::tr("Small"), same(now, 0.75)), row(1.0, Words::tr("Usual"), same(now, 1)),
            row(1.3, Words::tr("Large"), same(now, 1.3)), row(1.7, Words::tr("Very large"), same(now, 1.7))};
}

QVariantList colours(const QString& now) {
    const auto colour = [&](const char* value, const QString& text) { return row(L(value), text, now == L(value)); };
    return {colour("#FFFFFF", Words::tr("White")), colour("#FFE45C", Words::tr("Yellow")),
            colour("#B8C4CC", Words::tr("Grey")), colour("#7FE0E8", Words::tr("Blue"))};
}

QVariantList grounds(Ground now) {
    const auto ground = [&](Ground value, const QString& text) {
        return row(static_cast<int>(value), text, now == value);
    };
    return {ground(Ground::None, Words::tr("An edge")), ground(Ground::Shade, Words::tr("A veil")),
            ground(Ground::Box, Words::tr("A black box"))};
}

QVariantList heights(double now) {
    return {row(0.0, Words::tr("At the foot"), same(now, 0)), row(0.1, Words::tr("Higher"), same(now, 0.1)),
            row(0.85, Words::tr("At the top"), same(now, 0.85))};
}

QVariantList gains(ReplayGain now) {
    const auto gain = [&](ReplayGain value, const QString& text) {
        return row(static_cast<int>(value), text, now == value);
    };
    return {gain(ReplayGain::Off, Words::tr("As it is")), gain(ReplayGain::Track, Words::tr("Each track alike")),
            gain(ReplayGain::Album, Words::tr("Each album alike"))};
}

}  // namespace

QList<Preset> presets() {
    return {{QStringLiteral("off"), Words::tr("Off"), {}},
            {QStringLiteral("bass"), Words::tr("More bass"), {6, 5, 4, 2, 0, 0, 0, 0, 0, 0}},
            {QStringLiteral("treble"), Words::tr("More treble"), {0, 0, 0, 0, 0, 1, 2, 4, 5, 6}},
            {QStringLiteral("voice"), Words::tr("Clear voices"), {-4, -3, -1, 1, 3, 4, 3, 1, -1, -2}},
            {QStringLiteral("soft"), Words::tr("Listening softly"), {5, 4, 2, 0, -1, -1, 0, 2, 4, 5}},
            {QStringLiteral("small"), Words::tr("Small speakers"), {-6, -3, 2, 4, 3, 1, 0, 1, 2, 2}}};
}

QString presetOf(const QList<double>& gains) {
    for (const auto& preset : presets())
        if (preset.gains == gains)
            return preset.name;
    return QStringLiteral("custom");
}

QList<Ability> abilities() {
    using A = player::EngineAbilities;
    return {{QStringLiteral("segments"), Words::tr("what a server would have to encode, and protected titles"),
             &A::segments},
            {QStringLiteral("highRange"), Words::tr("HDR"), &A::highRange},
            {QStringLiteral("subtitleFiles"), Words::tr("subtitles in files of their own"), &A::subtitleFiles},
            {QStringLiteral("subtitleStyle"), Words::tr("the look of subtitles"), &A::subtitleStyle},
            {QStringLiteral("chapters"), Words::tr("chapters of files on this computer"), &A::chapters},
            {QStringLiteral("delays"), Words::tr("delays of sound and subtitles"), &A::delays},
            {QStringLiteral("loop"), Words::tr("repeating a part"), &A::loop},
            {QStringLiteral("gapless"), Words::tr("albums without gaps"), &A::gapless},
            {QStringLiteral("overlap"), Words::tr("cross-fade"), &A::overlap},
            {QStringLiteral("equaliser"), Words::tr("the equaliser"), &A::equaliser},
            {QStringLiteral("replayGain"), Words::tr("even loudness of music"), &A::replayGain},
            {QStringLiteral("exclusive"), Words::tr("a device for Marea alone"), &A::exclusive},
            {QStringLiteral("passThrough"), Words::tr("sound to the receiver as it is"), &A::passThrough}};
}

QString delayText(double seconds) {
    const auto ms = static_cast<int>(std::lround(seconds * 1000));
    return (ms > 0 ? QStringLiteral("+%1 ms") : QStringLiteral("%1 ms"))
        .arg(ms)
        .replace(QLatin1Char('-'), QChar(0x2212));
}

QVariantList rows(const QString& name, const PlayerOptions& o) {
    if (name == L("audio_delay"))
        return delays(o.audioDelay);
    if (name == L("subtitle_delay"))
        return delays(o.subtitleDelay);
    if (name == L("subtitle_size"))
        return sizes(o.subtitles.size);
    if (name == L("subtitle_colour"))
        return colours(o.subtitles.colour);
    if (name == L("subtitle_ground"))
        return grounds(o.subtitles.ground);
    if (name == L("subtitle_height"))
        return heights(o.subtitles.height);
    return name == L("replay_gain") ? gains(o.replayGain) : QVariantList();
}

bool choose(const QString& name, const QVariant& value, PlayerOptions& o) {
    if (name == L("audio_delay"))
        o.audioDelay = value.toDouble();
    else if (name == L("subtitle_delay"))
        o.subtitleDelay = value.toDouble();
    else if (name == L("subtitle_size"))
        o.subtitles.size = std::clamp(value.toDouble(), 0.5, 2.0);
    else if (name == L("subtitle_colour"))
        o.subtitles.colour = value.toString();
    else if (name == L("subtitle_ground"))
        o.subtitles.ground = static_cast<Ground>(std::clamp(value.toInt(), 0, 2));
    else if (name == L("subtitle_height"))
        o.subtitles.height = std::clamp(value.toDouble(), 0.0, 0.9);
    else if (name == L("replay_gain"))
        o.replayGain = static_cast<ReplayGain>(std::clamp(value.toInt(), 0, 2));
    else
        return false;
    return true;
}

void stepLoop(PlayerOptions& o, double position) {
    const bool begun = o.loopFrom >= 0 && o.loopTo < 0;
    if (begun && position > o.loopFrom + 0.1) {
        o.loopTo = position;
    } else if (o.loopFrom >= 0) {
        o.loopFrom = o.loopTo = -1;
    } else {
        o.loopFrom = std::max(0.0, position);
    }
}

QString pictureName(const QString& title, double position, int number) {
    QString name;
    for (const QChar c : title.left(80))
        name += QStringLiteral("/\\:*?\"<>|").contains(c) || c.unicode() < 32 ? QLatin1Char('-') : c;
    while (name.startsWith(QLatin1Char('.')))
        name.remove(0, 1);
    const auto at = texts::clock(position).replace(QLatin1Char(':'), QLatin1Char('.'));
    const auto again = number > 1 ? QStringLiteral(" (%1)").arg(number) : QString();
    return (name.trimmed().isEmpty() ? QStringLiteral("Marea") : name.trimmed()) + QLatin1Char(' ') + at + again +
           QStringLiteral(".png");
}

}  // namespace marea::app::tuning
