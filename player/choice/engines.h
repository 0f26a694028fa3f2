#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "player/engine/engineoptions.h"
#include "player/session/playerengine.h"

namespace marea::player {

// The engines that were built in, the best first: "mpv", "qt".
QStringList engineNames();

// What one of them can do; nullopt: there is none of that name. An empty name: the best.
std::optional<EngineAbilities> engineAbilities(const QString& name);

// Loads what it needs on another thread, and then calls `then` on this one, which is the context's, unless that is
// gone. With that makeEngine() is quick.
void loadEngine(const QString& name, QObject* context, std::function<void()> then);

// One of them; an empty name: the best that can be made here.
core::Result<std::unique_ptr<PlayerEngine>> makeEngine(const QString& name, const EngineOptions& options);

}  // namespace marea::player
