#pragma once

#include <QUrlQuery>

#include "app/api/types.h"

namespace marea::app {

// Where a list of titles is asked for, and with which parameters.
QString mediaPath(const MediaQuery& query);
QUrlQuery urlQuery(const MediaQuery& query, const QString& cursor);
// The answer to it.
MediaPage parsePage(const MediaQuery& query, const QJsonObject& json);

// What narrows a list by what titles are; also of the menus that tell what there is to choose from.
void addFilters(QUrlQuery& to, const MediaQuery& query);

}  // namespace marea::app
