#pragma once

#include <QByteArray>
#include <QHash>
#include <QVariant>

#include "app/api/types.h"

namespace marea::app {

// What a list of titles tells of each, by the names that delegates use.
QHash<int, QByteArray> mediaRoles();
QVariant mediaRole(const MediaItem& item, int role);

}  // namespace marea::app
