#pragma once

#include <memory>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "player/engine/engineoptions.h"
#include "player/session/playerengine.h"

namespace marea::player {

// The engines that were built in, the best first: "mpv", "qt".
QStringList engineNames();

// One of them; an empty name: the best.
core::Result<std::unique_ptr<PlayerEngine>> makeEngine(const QString& name, const EngineOptions& options);

}  // namespace marea::player
