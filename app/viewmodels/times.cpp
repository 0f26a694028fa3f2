#include "app/viewmodels/times.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace marea::app::times {
namespace {

struct Times {
    Q_DECLARE_TR_FUNCTIONS(Times)
};

constexpr qint64 kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;

// The locale's long one, without the day of the week.
QString dayFormat(const QLocale& locale) {
    static const QRegularExpression weekday(QStringLiteral("(, )?d{3,4}(, |\\. )?"));
    return locale.dateFormat(QLocale::LongFormat).remove(weekday).trimmed();
}

}  // namespace

QString ago(qint64 milliseconds, const QDateTime& now) {
    if (milliseconds <= 0)
        return {};
    const auto then = QDateTime::fromMSecsSinceEpoch(milliseconds);
    const qint64 seconds = then.secsTo(now);
    const qint64 days = then.date().daysTo(now.date());
    if (seconds < kMinute)
        return Times::tr("just now");
    if (seconds < kHour)
        return Times::tr("%n minute(s) ago", nullptr, static_cast<int>(seconds / kMinute));
    if (days == 0 || seconds < 6 * kHour)
        return Times::tr("%n hour(s) ago", nullptr, static_cast<int>(seconds / kHour));
    if (days == 1)
        return Times::tr("yesterday");
    if (seconds < 7 * kDay)
        return Times::tr("%n day(s) ago", nullptr, static_cast<int>(days));
    return day(then.date());
}

QString day(const QDate& date) {
    const QLocale locale;
    return locale.toString(date, dayFormat(locale));
}

QString shortDay(const QDate& date) {
    static const QRegularExpression of(QStringLiteral("'de' "));  // "10 de abril de 2026"
    const QLocale locale;
    const auto format = dayFormat(locale).replace(QLatin1String("MMMM"), QLatin1String("MMM")).remove(of);
    return locale.toString(date, format);
}

}  // namespace marea::app::times
