#pragma once

#include <QSettings>
#include <QVariantList>

#include "app/viewmodels/playerviewmodel.h"
#include "app/viewmodels/sleeptimer.h"

namespace marea::app {

// How things are played: what a person sets while watching, and what holds for everything. The menus' rows come from
// here, so that pages only show them. GUI thread.
class TuningViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(QVariantList more READ more NOTIFY changed)  // {value, text, detail}; for choices() or act()
    Q_PROPERTY(QString loopText READ loopText NOTIFY changed)
    Q_PROPERTY(double loopFrom READ loopFrom NOTIFY changed)  // seconds; -1: none
    Q_PROPERTY(double loopTo READ loopTo NOTIFY changed)
    Q_PROPERTY(bool sleeping READ sleeping NOTIFY changed)
    Q_PROPERTY(bool exclusive READ exclusive WRITE setExclusive NOTIFY changed)
    Q_PROPERTY(QStringList passThrough READ passThrough NOTIFY changed)
    Q_PROPERTY(bool equalised READ equalised NOTIFY changed)
    Q_PROPERTY(QVariantList bands READ bands NOTIFY changed)  // {text, gain}
    // Seconds that one track goes over into the next, where they are no album in its order; 0: not at all.
    Q_PROPERTY(int crossfade READ crossfade WRITE setCrossfade NOTIFY changed)
    Q_PROPERTY(bool crossfades READ crossfades NOTIFY changed)  // it can be, as things are set
    Q_PROPERTY(QString engine READ engine NOTIFY changed)       // what plays, by its name
    Q_PROPERTY(QString reduced READ reduced NOTIFY changed)     // what that leaves out, in words; empty: nothing
public:
    TuningViewModel(PlayerViewModel& player, player::PlayerEngine& engine, QSettings& settings,
                    QObject* parent = nullptr);

    QVariantList more() const;
    // The rows below one of `more`, or of the settings: {value, text, detail, checked}. None: act() does it.
    Q_INVOKABLE QVariantList choices(const QString& name) const;
    Q_INVOKABLE QString current(const QString& name) const;  // the words of what is chosen
    Q_INVOKABLE void choose(const QString& name, const QVariant& value);
    Q_INVOKABLE void act(const QString& name);
    Q_INVOKABLE void setGain(int band, double decibels);
    Q_INVOKABLE void togglePassThrough(const QString& codec);

    // Why a setting is of no use with what plays; empty: it is. By the names of EngineAbilities.
    Q_INVOKABLE QString lacking(const QString& ability) const;
    QString engine() const { return engine_.abilities().name; }
    QString reduced() const;

    QString loopText() const;
    double loopFrom() const { return options_.loopFrom; }
    double loopTo() const { return options_.loopTo; }
    bool sleeping() const { return sleep_.wish() != SleepTimer::Off; }
    bool exclusive() const { return options_.exclusive; }
    void setExclusive(bool on);
    QStringList passThrough() const { return options_.passThrough; }
    bool equalised() const { return !options_.gains.isEmpty(); }
    QVariantList bands() const;
    int crossfade() const { return crossfade_; }
    void setCrossfade(int seconds);
    // Two tracks at once are no matter for a device that is ours alone, or a receiver.
    bool crossfades() const {
        return engine_.abilities().overlap && !options_.exclusive && options_.passThrough.isEmpty();
    }
    const player::PlayerOptions& options() const { return options_; }
    void retranslate() { Q_EMIT changed(); }

Q_SIGNALS:
    void changed();
    void said(const QString& words, const QString& icon);  // for a moment

private:
    void read();
    void apply(bool keep = true);
    void keep() const;
    void onEntry();
    void stepLoop();
    void takePicture();
    QVariantList devices() const;
    QVariantList sleepChoices() const;
    QVariantList presets() const;

    PlayerViewModel& player_;
    player::PlayerEngine& engine_;
    QSettings& settings_;
    player::PlayerOptions options_;
    SleepTimer sleep_;
    int crossfade_ = 0;
    QString title_;  // that the delays and the part are of
};

}  // namespace marea::app
