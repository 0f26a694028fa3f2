#pragma once

#include <QList>
#include <QString>
#include <QVariantList>

#include "player/session/playerengine.h"

// The rows of the player's menus, and what they mean. Pure.
namespace marea::app::tuning {

struct Preset {
    QString name, text;
    QList<double> gains;  // none: no equaliser
};
QList<Preset> presets();
QString presetOf(const QList<double>& gains);  // its name; "custom" for none of them

struct Ability {
    QString name, text;  // of the member; in words, as part of a sentence
    bool player::EngineAbilities::*can;
};
QList<Ability> abilities();

QString delayText(double seconds);  // "+100 ms"
// Of one menu: "audio_delay", "subtitle_delay", "subtitle_size", "subtitle_colour", "subtitle_ground",
// "subtitle_height", "replay_gain"; an empty list for any other.
QVariantList rows(const QString& name, const player::PlayerOptions& options);
bool choose(const QString& name, const QVariant& value, player::PlayerOptions& options);  // false: not one of them

// The next step of "repeat a part": from here, up to here, no more.
void stepLoop(player::PlayerOptions& options, double position);

// "Foghorn 1.02.03.png": what file systems take.
QString pictureName(const QString& title, double position, int number);

}  // namespace marea::app::tuning
