#pragma once

#include <QJsonValue>
#include <QStringList>
#include <QVariantList>

namespace marea::app {

// The fields of a rule that the editor has a form for, and what is said of each. Pure.
struct SmartFieldForm {
    const char* name;
    const char* type;  // "text", "number", "minutes", "days", "flag", "kind"
};
const SmartFieldForm* smartForm(const QString& field);
QVariantList smartFieldChoices();                      // {text, value}
QVariantList smartOpChoices(const QString& field);     // likewise
QVariantList smartValueChoices(const QString& field);  // likewise; empty: it is typed
QString smartFieldText(const QString& field);
QString smartOpText(const QString& field, const QString& op);

// What is typed, as the server takes it; undefined when it is none. And back.
QJsonValue smartValue(const QString& field, const QString& op, const QString& typed);
QString smartValueText(const QString& field, const QJsonValue& value);

}  // namespace marea::app
