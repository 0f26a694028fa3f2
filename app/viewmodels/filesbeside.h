#pragma once

#include <QList>

#include "player/session/playerengine.h"

namespace marea::app {

// The files of subtitles that lie beside a film, or in a folder of subtitles there, by the rules of the libraries.
QList<player::ExternalSubtitle> subtitlesBeside(const QString& film);

}  // namespace marea::app
