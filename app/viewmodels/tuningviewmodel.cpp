#include "app/viewmodels/tuningviewmodel.h"

#include <algorithm>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QStandardPaths>

#include "app/viewmodels/texts.h"
#include "app/viewmodels/tuningchoices.h"
#include "player/session/crossfade.h"

namespace marea::app {
namespace {

using player::ReplayGain;
using L = QLatin1String;

const QString kPrefix = QStringLiteral("tuning/");
constexpr int kMostPictures = 1000;

SleepTimer::Clock monotonic() {
    QElapsedTimer timer;
    timer.start();
    return [timer] { return timer.elapsed(); };
}

QVariantMap entry(const char* value, const QString& text, const QString& detail = {}) {
    return {{L("value"), L(value)}, {L("text"), text}, {L("detail"), detail}};
}

}  // namespace

TuningViewModel::TuningViewModel(PlayerViewModel& player, player::PlayerEngine& engine, QSettings& settings,
                                 QObject* parent)
    : QObject(parent), player_(player), engine_(engine), settings_(settings), sleep_(monotonic()) {
    read();
    apply(false);
    connect(&player_, &PlayerViewModel::entryChanged, this, &TuningViewModel::onEntry);
    connect(&player_, &PlayerViewModel::tracksChanged, this, &TuningViewModel::changed);
    connect(&engine_, &player::PlayerEngine::audioDevicesChanged, this, &TuningViewModel::changed);
    connect(&engine_, &player::PlayerEngine::pictureTaken, this, [this](const QString& path, bool done) {
        Q_EMIT said(done ? tr("Saved as %1").arg(QFileInfo(path).fileName()) : tr("The picture could not be saved."),
                    done ? QStringLiteral("camera") : QStringLiteral("circle-alert"));
    });
    connect(&sleep_, &SleepTimer::changed, this, &TuningViewModel::changed);
    connect(&sleep_, &SleepTimer::due, &player_, &PlayerViewModel::pause);
    connect(&sleep_, &SleepTimer::lastOne, this, [this](bool on) { player_.setLast(on); });
    connect(&player_, &PlayerViewModel::finished, this, [this] {
        if (sleep_.wish() == SleepTimer::EndOfTitle)
            sleep_.set(SleepTimer::Off);
    });
}

void TuningViewModel::read() {
    const auto value = [this](const char* key, const QVariant& otherwise) {
        return settings_.value(kPrefix + L(key), otherwise);
    };
    for (const auto* name : {"subtitle_size", "subtitle_colour", "subtitle_ground", "subtitle_height", "replay_gain"})
        if (const auto kept = value(name, {}); kept.isValid())
            tuning::choose(L(name), kept, options_);
    crossfade_ = std::clamp(value("crossfade", 0).toInt(), 0, static_cast<int>(player::kLongestCrossfade));
    options_.audioDevice = value("audio_device", {}).toString();
    options_.exclusive = value("exclusive", false).toBool();
    options_.passThrough = value("pass_through", {}).toStringList();
    for (const auto& gain : value("gains", {}).toList())
        options_.gains << std::clamp(gain.toDouble(), -12.0, 12.0);
    if (options_.gains.size() != static_cast<qsizetype>(player::kBands.size()))
        options_.gains.clear();
}

void TuningViewModel::keep() const {
    const auto put = [this](const char* key, const QVariant& value) { settings_.setValue(kPrefix + L(key), value); };
    put("subtitle_size", options_.subtitles.size);
    put("subtitle_colour", options_.subtitles.colour);
    put("subtitle_ground", static_cast<int>(options_.subtitles.ground));
    put("subtitle_height", options_.subtitles.height);
    put("replay_gain", static_cast<int>(options_.replayGain));
    put("crossfade", crossfade_);
    put("audio_device", options_.audioDevice);
    put("exclusive", options_.exclusive);
    put("pass_through", options_.passThrough);
    QVariantList gains;
    for (const double gain : options_.gains)
        gains << gain;
    put("gains", gains);
}

void TuningViewModel::apply(bool kept) {
    engine_.apply(options_);
    player_.setCrossfade(crossfades() ? crossfade_ : 0);
    if (kept)
        keep();
    Q_EMIT changed();
}

// Delays and the repeated part are of one title.
void TuningViewModel::onEntry() {
    const auto title = player_.loaded() ? player_.mediaId() + player_.title() : QString();
    if (std::exchange(title_, title) == title)
        return;
    if (sleep_.wish() == SleepTimer::EndOfTitle)
        sleep_.set(SleepTimer::Off);
    options_.audioDelay = options_.subtitleDelay = 0;
    options_.loopFrom = options_.loopTo = -1;
    apply(false);
}

QVariantList TuningViewModel::more() const {
    const bool picture = player_.loaded() && !player_.isMusic();
    const auto can = engine_.abilities();
    QVariantList list{entry("sleep", tr("Sleep timer"), current(QStringLiteral("sleep")))};
    if (can.loop)
        list << entry("loop", loopText(), options_.looping() ? tr("A–B") : QString());
    if (picture)
        list << entry("picture", tr("Save this picture"));
    if (can.delays)
        list << entry("audio_delay", tr("Sound delay"), current(QStringLiteral("audio_delay")));
    if (can.equaliser)
        list << entry("equaliser", tr("Equaliser"), current(QStringLiteral("equaliser")));
    if (!picture || player_.subtitleTracks().isEmpty() || !(can.delays || can.subtitleStyle))
        return list;
    list << QVariantMap{{L("heading"), tr("Subtitles")}};
    if (can.delays)
        list << entry("subtitle_delay", tr("Delay"), current(QStringLiteral("subtitle_delay")));
    if (can.subtitleStyle)
        list << entry("subtitle_size", tr("Size"), current(QStringLiteral("subtitle_size")))
             << entry("subtitle_colour", tr("Colour"), current(QStringLiteral("subtitle_colour")))
             << entry("subtitle_ground", tr("Behind the words"), current(QStringLiteral("subtitle_ground")))
             << entry("subtitle_height", tr("Place"), current(QStringLiteral("subtitle_height")));
    return list;
}

QString TuningViewModel::lacking(const QString& ability) const {
    for (const auto& known : tuning::abilities())
        if (known.name == ability && !(engine_.abilities().*known.can))
            return tr("Not with %1, which plays here. libmpv can.").arg(engine());
    return {};
}

QString TuningViewModel::reduced() const {
    QStringList missing;
    for (const auto& known : tuning::abilities())
        if (!(engine_.abilities().*known.can))
            missing << known.text;
    return missing.isEmpty() ? QString() : tr("Left out without libmpv: %1.").arg(missing.join(QStringLiteral(", ")));
}

QVariantList TuningViewModel::choices(const QString& name) const {
    if (name == L("sleep"))
        return sleepChoices();
    if (name == L("equaliser"))
        return presets();
    if (name == L("audio_device"))
        return devices();
    return tuning::rows(name, options_);
}

QString TuningViewModel::current(const QString& name) const {
    for (const auto& choice : choices(name))
        if (const auto row = choice.toMap(); row[L("checked")].toBool())
            return row[L("detail")].toString().isEmpty() ? row[L("text")].toString() : row[L("detail")].toString();
    return name == L("equaliser") ? tr("Own") : QString();
}

void TuningViewModel::choose(const QString& name, const QVariant& value) {
    if (name == L("sleep"))
        return sleep_.set(value.toInt());
    if (name == L("audio_device")) {
        options_.audioDevice = value.toString();
    } else if (name == L("equaliser")) {
        for (const auto& preset : tuning::presets())
            if (preset.name == value.toString())
                options_.gains = preset.gains;
    } else if (!tuning::choose(name, value, options_)) {
        return;
    }
    apply();
}

void TuningViewModel::act(const QString& name) {
    if (name == L("loop"))
        stepLoop();
    else if (name == L("picture"))
        takePicture();
}

QString TuningViewModel::loopText() const {
    if (options_.loopFrom < 0)
        return tr("Repeat a part from here");
    return options_.loopTo < 0 ? tr("Repeat up to here") : tr("Repeat it no more");
}

void TuningViewModel::stepLoop() {
    if (const auto why = lacking(QStringLiteral("loop")); !why.isEmpty())
        return Q_EMIT said(why, QStringLiteral("circle-alert"));
    tuning::stepLoop(options_, player_.position());
    apply(false);
    const auto from = texts::clock(options_.loopFrom);
    Q_EMIT said(options_.looping()       ? tr("%1 to %2, again and again").arg(from, texts::clock(options_.loopTo))
                : options_.loopFrom >= 0 ? tr("From %1").arg(from)
                                         : tr("No longer repeated"),
                QStringLiteral("repeat"));
}

void TuningViewModel::takePicture() {
    if (player_.isMusic() || !player_.loaded())
        return;
    QDir folder(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    folder.mkpath(QStringLiteral("Marea"));
    folder.cd(QStringLiteral("Marea"));
    for (int number = 1; number < kMostPictures; ++number) {
        const auto path = folder.filePath(tuning::pictureName(player_.title(), player_.position(), number));
        if (!QFileInfo::exists(path))
            return engine_.takePicture(path);
    }
}

QVariantList TuningViewModel::sleepChoices() const {
    const int now = sleep_.wish();
    const auto choice = [now](int value, const QString& text, const QString& detail = {}) {
        return QVariantMap{{L("value"), value}, {L("text"), text}, {L("detail"), detail}, {L("checked"), value == now}};
    };
    QVariantList list{choice(SleepTimer::Off, tr("Off")), choice(SleepTimer::EndOfTitle, tr("At the end of this"))};
    for (const int minutes : {15, 30, 45, 60, 90})
        list << choice(minutes, tr("In %n minute(s)", nullptr, minutes),
                       minutes == now ? tr("%n min left", nullptr, sleep_.minutesLeft()) : QString());
    return list;
}

QVariantList TuningViewModel::presets() const {
    const auto now = tuning::presetOf(options_.gains);
    QVariantList list;
    for (const auto& preset : tuning::presets())
        list << QVariantMap{{L("value"), preset.name}, {L("text"), preset.text}, {L("checked"), preset.name == now}};
    return list;
}

QVariantList TuningViewModel::devices() const {
    QVariantList list{QVariantMap{{L("value"), QString()},
                                  {L("text"), tr("As the system has it")},
                                  {L("checked"), options_.audioDevice.isEmpty()}}};
    for (const auto& device : engine_.audioDevices())
        list << QVariantMap{{L("value"), device.name},
                            {L("text"), device.description.isEmpty() ? device.name : device.description},
                            {L("checked"), device.name == options_.audioDevice}};
    return list;
}

QVariantList TuningViewModel::bands() const {
    QVariantList list;
    for (std::size_t i = 0; i < player::kBands.size(); ++i) {
        const int hertz = player::kBands[i];
        list << QVariantMap{{L("text"), hertz < 1000 ? QString::number(hertz) : tr("%1k").arg(hertz / 1000)},
                            {L("gain"), options_.gains.value(static_cast<qsizetype>(i))}};
    }
    return list;
}

void TuningViewModel::setGain(int band, double decibels) {
    if (options_.gains.isEmpty())
        options_.gains = QList<double>(static_cast<qsizetype>(player::kBands.size()), 0.0);
    if (band < 0 || band >= options_.gains.size())
        return;
    options_.gains[band] = std::clamp(decibels, -12.0, 12.0);
    apply();
}

void TuningViewModel::setCrossfade(int seconds) {
    crossfade_ = std::clamp(seconds, 0, static_cast<int>(player::kLongestCrossfade));
    apply();
}

void TuningViewModel::setExclusive(bool on) {
    options_.exclusive = on;
    apply();
}

void TuningViewModel::togglePassThrough(const QString& codec) {
    if (!options_.passThrough.removeOne(codec))
        options_.passThrough << codec;
    apply();
}

}  // namespace marea::app
