#pragma once

#include <QStringList>

#include "app/api/types.h"

namespace marea::app {

// Pictures of the first four albums, films or series among titles, as paths of the server. Pure.
QStringList coversOf(const QList<MediaItem>& items);

}  // namespace marea::app
