#include "app/viewmodels/smartfields.h"

#include <array>
#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>

namespace marea::app {
namespace {

using L = QLatin1String;

struct SmartFields {
    Q_DECLARE_TR_FUNCTIONS(SmartFields)
};

constexpr std::array kForms{SmartFieldForm{"kind", "kind"},         SmartFieldForm{"title", "text"},
                            SmartFieldForm{"artist", "text"},       SmartFieldForm{"album_artist", "text"},
                            SmartFieldForm{"album", "text"},        SmartFieldForm{"series", "text"},
                            SmartFieldForm{"genre", "text"},        SmartFieldForm{"year", "number"},
                            SmartFieldForm{"duration", "minutes"},  SmartFieldForm{"rating", "number"},
                            SmartFieldForm{"play_count", "number"}, SmartFieldForm{"favourite", "flag"},
                            SmartFieldForm{"watched", "flag"},      SmartFieldForm{"in_progress", "flag"},
                            SmartFieldForm{"added", "days"},        SmartFieldForm{"last_played", "days"}};

QVariantMap choice(const QString& text, const QString& value) {
    return {{L("text"), text}, {L("value"), value}};
}

QStringList opsOf(const QString& type) {
    if (type == L("text"))
        return {L("is"), L("is_not"), L("contains"), L("contains_not"), L("starts_with")};
    if (type == L("number") || type == L("minutes"))
        return {L("at_least"), L("at_most"), L("is"), L("is_not"), L("between")};
    if (type == L("days"))
        return {L("in_last_days"), L("not_in_last_days")};
    return type == L("kind") ? QStringList{L("is"), L("is_not")} : QStringList{L("is")};
}

QString typeOf(const QString& field) {
    const auto* form = smartForm(field);
    return form ? QLatin1String(form->type) : QString();
}

std::optional<double> numberOf(const QString& text) {
    bool ok = false;
    double number = QLocale().toDouble(text.trimmed(), &ok);
    if (!ok)
        number = QLocale::c().toDouble(text.trimmed(), &ok);
    return ok ? std::optional(number) : std::nullopt;
}

}  // namespace

const SmartFieldForm* smartForm(const QString& field) {
    for (const auto& form : kForms)
        if (field == QLatin1String(form.name))
            return &form;
    return nullptr;
}

QString smartFieldText(const QString& field) {
    static const QHash<QString, const char*> texts{
        {QStringLiteral("kind"), QT_TRANSLATE_NOOP("SmartFields", "Kind")},
        {QStringLiteral("title"), QT_TRANSLATE_NOOP("SmartFields", "Title")},
        {QStringLiteral("artist"), QT_TRANSLATE_NOOP("SmartFields", "Artist")},
        {QStringLiteral("album_artist"), QT_TRANSLATE_NOOP("SmartFields", "Album artist")},
        {QStringLiteral("album"), QT_TRANSLATE_NOOP("SmartFields", "Album")},
        {QStringLiteral("series"), QT_TRANSLATE_NOOP("SmartFields", "Series")},
        {QStringLiteral("genre"), QT_TRANSLATE_NOOP("SmartFields", "Genre")},
        {QStringLiteral("year"), QT_TRANSLATE_NOOP("SmartFields", "Year")},
        {QStringLiteral("duration"), QT_TRANSLATE_NOOP("SmartFields", "Minutes")},
        {QStringLiteral("rating"), QT_TRANSLATE_NOOP("SmartFields", "Rating, of 10")},
        {QStringLiteral("play_count"), QT_TRANSLATE_NOOP("SmartFields", "Plays")},
        {QStringLiteral("favourite"), QT_TRANSLATE_NOOP("SmartFields", "Favourite")},
        {QStringLiteral("watched"), QT_TRANSLATE_NOOP("SmartFields", "Watched")},
        {QStringLiteral("in_progress"), QT_TRANSLATE_NOOP("SmartFields", "Begun")},
        {QStringLiteral("added"), QT_TRANSLATE_NOOP("SmartFields", "Added")},
        {QStringLiteral("last_played"), QT_TRANSLATE_NOOP("SmartFields", "Last played")}};
    const auto it = texts.find(field);
    return it == texts.end() ? field : SmartFields::tr(*it);
}

QString smartOpText(const QString& field, const QString& op) {
    static const QHash<QString, const char*> texts{
        {QStringLiteral("is"), QT_TRANSLATE_NOOP("SmartFields", "is")},
        {QStringLiteral("is_not"), QT_TRANSLATE_NOOP("SmartFields", "is not")},
        {QStringLiteral("contains"), QT_TRANSLATE_NOOP("SmartFields", "contains")},
        {QStringLiteral("contains_not"), QT_TRANSLATE_NOOP("SmartFields", "does not contain")},
        {QStringLiteral("starts_with"), QT_TRANSLATE_NOOP("SmartFields", "begins with")},
        {QStringLiteral("at_least"), QT_TRANSLATE_NOOP("SmartFields", "at least")},
        {QStringLiteral("at_most"), QT_TRANSLATE_NOOP("SmartFields", "at most")},
        {QStringLiteral("between"), QT_TRANSLATE_NOOP("SmartFields", "from – to")},
        {QStringLiteral("in_last_days"), QT_TRANSLATE_NOOP("SmartFields", "in the last days")},
        {QStringLiteral("not_in_last_days"), QT_TRANSLATE_NOOP("SmartFields", "not in the last days")}};
    Q_UNUSED(field)
    const auto it = texts.find(op);
    return it == texts.end() ? op : SmartFields::tr(*it);
}

QVariantList smartFieldChoices() {
    QVariantList list;
    for (const auto& form : kForms)
        list << choice(smartFieldText(QLatin1String(form.name)), QLatin1String(form.name));
    return list;
}

QVariantList smartOpChoices(const QString& field) {
    QVariantList list;
    for (const auto& op : opsOf(typeOf(field)))
        list << choice(smartOpText(field, op), op);
    return list;
}

QVariantList smartValueChoices(const QString& field) {
    const auto type = typeOf(field);
    if (type == L("flag"))
        return {choice(SmartFields::tr("yes"), L("true")), choice(SmartFields::tr("no"), L("false"))};
    if (type != L("kind"))
        return {};
    return {choice(SmartFields::tr("film"), L("movie")), choice(SmartFields::tr("episode"), L("episode")),
            choice(SmartFields::tr("video"), L("video")), choice(SmartFields::tr("track"), L("track"))};
}

QJsonValue smartValue(const QString& field, const QString& op, const QString& typed) {
    const auto type = typeOf(field);
    if (type == L("flag"))
        return typed == L("true");
    if (type == L("text") || type == L("kind"))
        return typed.trimmed().isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(typed.trimmed());
    const double unit = type == L("minutes") ? 60 : 1;
    if (op != L("between")) {
        const auto number = numberOf(typed);
        return number ? QJsonValue(*number * unit) : QJsonValue(QJsonValue::Undefined);
    }
    static const QRegularExpression dash(QStringLiteral("\\s*[-–;]\\s*"));
    const auto ends = typed.split(dash);
    const auto from = numberOf(ends.value(0)), to = numberOf(ends.value(1));
    if (ends.size() != 2 || !from || !to)
        return QJsonValue::Undefined;
    return QJsonArray{*from * unit, *to * unit};
}

QString smartValueText(const QString& field, const QJsonValue& value) {
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.isString())
        return value.toString();
    const double unit = typeOf(field) == L("minutes") ? 60 : 1;
    const auto text = [unit](const QJsonValue& number) { return QString::number(number.toDouble() / unit); };
    if (!value.isArray())
        return text(value);
    return text(value[0]) + QStringLiteral(" – ") + text(value[1]);
}

}  // namespace marea::app
