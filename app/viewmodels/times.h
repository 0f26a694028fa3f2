#pragma once

#include <QDateTime>
#include <QString>

namespace marea::app::times {

// "just now", "5 minutes ago", "yesterday": relative up to a week, then the date in the locale. Empty for 0.
QString ago(qint64 milliseconds, const QDateTime& now = QDateTime::currentDateTime());
// "10 April 2026": the month in words, since 10/04 is April to some and October to others.
QString day(const QDate& date);
// The same in a narrow column, the month short: "10 Apr 2026".
QString shortDay(const QDate& date);

}  // namespace marea::app::times
