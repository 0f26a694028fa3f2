#pragma once

#include <QJsonObject>
#include <QString>

namespace marea::app {

// Why a stream does not come as it is, in the person's language: of {code, values} as the server tells it. What this
// program does not know is said in the server's words.
QString reasonText(const QJsonObject& why, const QString& otherwise);

}  // namespace marea::app
