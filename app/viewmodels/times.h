#pragma once

#include <QDateTime>
#include <QString>

namespace marea::app::times {

// "just now", "5 minutes ago", "yesterday": relative up to a week, then the date in the locale. Empty for 0.
QString ago(qint64 milliseconds, const QDateTime& now = QDateTime::currentDateTime());

}  // namespace marea::app::times
