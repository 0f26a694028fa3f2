#include "app/viewmodels/smartrulesviewmodel.h"

#include <algorithm>
#include <QJsonArray>
#include <QLocale>

#include "app/viewmodels/smartfields.h"
#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

constexpr int kTypingMs = 300;
constexpr int kMostTitles = 10000;

bool editable(const QJsonObject& rule) {
    const QString field = rule[L("field")].toString(), op = rule[L("op")].toString();
    const auto ops = smartOpChoices(field);
    return std::any_of(ops.begin(), ops.end(), [&](const auto& o) { return o.toMap()[L("value")] == op; }) &&
           !rule[L("value")].isObject();
}

QString first(const QVariantList& choices) {
    return choices.isEmpty() ? QString() : choices.first().toMap()[L("value")].toString();
}

}  // namespace

SmartRulesViewModel::SmartRulesViewModel(ApiClient& api, QObject* parent) : QObject(parent), api_(api) {
    soon_.setSingleShot(true);
    soon_.setInterval(kTypingMs);
    connect(&soon_, &QTimer::timeout, this, &SmartRulesViewModel::count);
}

SmartRulesViewModel::Row SmartRulesViewModel::rowOf(const QJsonObject& rule) {
    if (!editable(rule))
        return {{}, {}, {}, rule};
    const QString field = rule[L("field")].toString();
    return {field, rule[L("op")].toString(), smartValueText(field, rule[L("value")]), {}};
}

QJsonObject SmartRulesViewModel::ruleOf(const Row& row) {
    if (!row.kept.isEmpty())
        return row.kept;
    const auto value = smartValue(row.field, row.op, row.value);
    if (value.isUndefined())
        return {};
    return {{L("field"), row.field}, {L("op"), row.op}, {L("value"), value}};
}

void SmartRulesViewModel::load(const QVariantMap& rules) {
    const auto json = QJsonObject::fromVariantMap(rules);
    match_ = json[L("match")].toString(L("all"));
    sort_ = json[L("sort")].toString(L("title"));
    order_ = json[L("order")].toString(L("asc"));
    limit_ = json[L("limit")].toInt(500);
    rows_.clear();
    for (const auto& rule : json[L("rules")].toArray())
        rows_ << rowOf(rule.toObject());
    if (rules.isEmpty())
        rows_ << Row{L("genre"), L("is"), {}, {}};
    countText_.clear();
    sample_.clear();
    touch(true);
}

QVariantMap SmartRulesViewModel::rules() const {
    QJsonArray list;
    for (const auto& row : rows_)
        if (const auto rule = ruleOf(row); !rule.isEmpty())
            list << rule;
    return QVariantMap{{L("match"), match_},
                       {L("rules"), list.toVariantList()},
                       {L("sort"), sort_},
                       {L("order"), order_},
                       {L("limit"), limit_}};
}

bool SmartRulesViewModel::valid() const {
    return !rows_.isEmpty() &&
           std::none_of(rows_.begin(), rows_.end(), [](const Row& row) { return ruleOf(row).isEmpty(); });
}

QVariantList SmartRulesViewModel::rows() const {
    QVariantList list;
    for (const auto& row : rows_) {
        const auto choices = smartValueChoices(row.field);
        QString value = row.value;
        for (const auto& choice : choices)
            if (choice.toMap()[L("value")] == row.value)
                value = choice.toMap()[L("text")].toString();
        const auto* form = smartForm(row.field);
        list << QVariantMap{{L("field"), row.field},
                            {L("fieldText"), smartFieldText(row.field)},
                            {L("op"), row.op},
                            {L("opText"), smartOpText(row.field, row.op)},
                            {L("value"), value},
                            {L("type"), choices.isEmpty() && form ? QLatin1String(form->type) : L("choice")},
                            {L("kept"), !row.kept.isEmpty()}};
    }
    return list;
}

QVariantList SmartRulesViewModel::fieldChoices() const {
    return smartFieldChoices();
}

QVariantList SmartRulesViewModel::sortChoices() const {
    const QList<std::pair<QString, QString>> sorts{{tr("Title"), L("title")},
                                                   {tr("Added"), L("added")},
                                                   {tr("Year"), L("year")},
                                                   {tr("Length"), L("duration")},
                                                   {tr("Rating"), L("rating")},
                                                   {tr("Plays"), L("play_count")},
                                                   {tr("Last played"), L("last_played")}};
    QVariantList list;
    for (const auto& [text, value] : sorts)
        list << QVariantMap{{L("text"), text}, {L("value"), value}};
    return list;
}

QVariantList SmartRulesViewModel::opChoices(int row) const {
    return row >= 0 && row < rows_.size() ? smartOpChoices(rows_[row].field) : QVariantList();
}

QVariantList SmartRulesViewModel::valueChoices(int row) const {
    return row >= 0 && row < rows_.size() ? smartValueChoices(rows_[row].field) : QVariantList();
}

void SmartRulesViewModel::touch(bool rows) {
    if (rows)
        Q_EMIT rowsChanged();
    Q_EMIT changed();
    soon_.start();
}

void SmartRulesViewModel::addRule() {
    rows_ << Row{L("genre"), L("is"), {}, {}};
    touch(true);
}

void SmartRulesViewModel::removeRule(int row) {
    if (row < 0 || row >= rows_.size())
        return;
    rows_.removeAt(row);
    touch(true);
}

void SmartRulesViewModel::setField(int row, const QString& field) {
    if (row < 0 || row >= rows_.size() || !smartForm(field))
        return;
    const bool typed = smartValueChoices(field).isEmpty() && smartValueChoices(rows_[row].field).isEmpty();
    rows_[row] = {field, first(smartOpChoices(field)), typed ? rows_[row].value : first(smartValueChoices(field)), {}};
    touch(true);
}

void SmartRulesViewModel::setOp(int row, const QString& op) {
    if (row < 0 || row >= rows_.size())
        return;
    rows_[row].op = op;
    touch(true);
}

// As it is typed: the rows stay as they are on the screen.
void SmartRulesViewModel::setValue(int row, const QString& value) {
    if (row < 0 || row >= rows_.size() || rows_[row].value == value)
        return;
    rows_[row].value = value;
    touch(!valueChoices(row).isEmpty());
}

void SmartRulesViewModel::setMatch(const QString& match) {
    match_ = match;
    touch(false);
}

void SmartRulesViewModel::setSort(const QString& sort) {
    sort_ = sort;
    touch(false);
}

void SmartRulesViewModel::setOrder(const QString& order) {
    order_ = order;
    touch(false);
}

void SmartRulesViewModel::setLimit(int limit) {
    limit_ = std::clamp(limit, 1, kMostTitles);
    touch(false);
}

void SmartRulesViewModel::count() {
    if (!valid()) {
        ++asked_;
        countText_.clear();
        sample_.clear();
        Q_EMIT countChanged();
        return;
    }
    deliver(api_.preview(QJsonObject::fromVariantMap(rules())), this,
            [this, asked = ++asked_](const Result<RulesPreview>& preview) {
                if (asked != asked_)
                    return;
                sample_ = preview ? preview->titles.join(QStringLiteral(", ")) : QString();
                countText_ = !preview        ? texts::error(preview.error())
                             : preview->more ? tr("More than %1 titles").arg(QLocale().toString(preview->count))
                                             : tr("%n title(s) now", nullptr, preview->count);
                Q_EMIT countChanged();
            });
}

}  // namespace marea::app
