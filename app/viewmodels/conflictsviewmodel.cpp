#include "app/viewmodels/conflictsviewmodel.h"

#include <QJsonArray>
#include <QLocale>
#include <QSet>
#include <utility>

#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

using L = QLatin1String;

const QString kPath = QStringLiteral("/api/v1/sync/conflicts");
constexpr int kSoonMs = 800, kPage = 200;  // the server's limit
constexpr qsizetype kMostConflicts = 10'000;

}  // namespace

ConflictsViewModel::ConflictsViewModel(ApiClient& api, EventChannel& channel, QObject* parent)
    : QAbstractListModel(parent), api_(api) {
    soon_.setSingleShot(true);
    soon_.setInterval(kSoonMs);
    connect(&soon_, &QTimer::timeout, this, &ConflictsViewModel::reload);
    connect(&channel, &EventChannel::message, this, [this](const QJsonObject& message) {
        if (message[L("type")].toString() == L("sync"))
            soon_.start();
    });
    connect(&channel, &EventChannel::outdated, this, [this] { soon_.start(); });
}

ConflictsViewModel::Row ConflictsViewModel::rowFrom(const QJsonObject& json) {
    Row row{json[L("id")].toString(),
            json[L("kind")].toString(),
            json[L("record_id")].toString(),
            json[L("cell")].toString(),
            {},
            json[L("shown")].toInt(),
            json[L("asks")].toBool()};
    const auto sides = json[L("sides")].toArray();
    for (const auto& value : sides) {
        const auto side = value.toObject();
        const auto device = side[L("device")].toObject();
        row.sides << Side{side[L("value")], device[L("name")].toString(), device[L("server")].toBool(),
                          static_cast<qint64>(side[L("at")].toDouble())};
    }
    return row;
}

void ConflictsViewModel::reload() {
    ++asked_;
    load({}, {});
}

void ConflictsViewModel::load(const QString& cursor, QList<Row> before) {
    QUrlQuery query;
    query.addQueryItem(L("all"), L("true"));
    query.addQueryItem(L("limit"), QString::number(kPage));
    if (!cursor.isEmpty())
        query.addQueryItem(L("cursor"), cursor);
    deliver(api_.json({"GET", kPath, query}), this,
            [this, mine = asked_, before = std::move(before)](const core::Result<QJsonObject>& page) {
                if (mine == asked_)
                    onPage(page, before);
            });
}

void ConflictsViewModel::onPage(const core::Result<QJsonObject>& page, QList<Row> rows) {
    if (!page && page.error().code != core::ErrorCode::NotFound) {
        failed_ = true;
        if (rows_.isEmpty())
            error_ = texts::error(page.error());
        Q_EMIT changed();
        return;
    }
    const QJsonObject body = page.value_or(QJsonObject());  // a server that knows nothing of it has none
    for (const auto& item : body[L("items")].toArray())
        rows << rowFrom(item.toObject());
    const QString next = body[L("next_cursor")].toString();
    if (!next.isEmpty() && rows.size() < kMostConflicts)
        return load(next, std::move(rows));
    if (std::exchange(failed_, false))
        error_.clear();
    loaded_ = true;
    take(std::move(rows));
}

// Those that were answered go, and the others stay, with the keyboard on them.
void ConflictsViewModel::take(QList<Row> rows) {
    removeMissing(rows);
    const bool same = std::equal(rows_.begin(), rows_.end(), rows.begin(), rows.end(),
                                 [](const Row& a, const Row& b) { return a.id == b.id; });
    if (!same)
        beginResetModel();
    rows_ = std::move(rows);
    if (!same)
        endResetModel();
    else if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT changed();
}

void ConflictsViewModel::removeMissing(const QList<Row>& rows) {
    QSet<QString> there;
    for (const auto& row : rows)
        there << row.id;
    for (int row = count() - 1; row >= 0; --row) {
        if (there.contains(rows_[row].id))
            continue;
        beginRemoveRows({}, row, row);
        rows_.removeAt(row);
        endRemoveRows();
    }
}

void ConflictsViewModel::learnTitle(int row) {
    if (row < 0 || row >= count() || titles_.contains(rows_[row].recordId))
        return;
    const QString id = rows_[row].recordId;
    const bool list = rows_[row].kind == L("playlist");
    titles_.insert(id, {});
    const auto path = (list ? QStringLiteral("/api/v1/playlists/") : QStringLiteral("/api/v1/media/")) + id;
    deliver(api_.json({"GET", path}), this,
            [this, id, list, account = account_](const core::Result<QJsonObject>& json) {
                if (account != account_)
                    return;
                if (!json && json.error().code != core::ErrorCode::NotFound)
                    titles_.remove(id);  // it may have one
                else
                    named(id, json ? (*json)[list ? L("name") : L("title")].toString() : QString());
            });
}

QString ConflictsViewModel::nameless(const Row& row) const {
    return row.kind == L("playlist") ? tr("A playlist that is not here") : tr("A title that is not here");
}

void ConflictsViewModel::named(const QString& recordId, const QString& title) {
    for (int row = 0; row < count(); ++row)
        if (rows_[row].recordId == recordId) {
            titles_.insert(recordId, title.isEmpty() ? nameless(rows_[row]) : title);
            Q_EMIT dataChanged(index(row), index(row));
        }
}

QString ConflictsViewModel::what(const Row& row) const {
    static const QHash<QString, const char*> names{{QStringLiteral("rating"), QT_TR_NOOP("Rating")},
                                                   {QStringLiteral("favourite"), QT_TR_NOOP("Favourite")},
                                                   {QStringLiteral("watched"), QT_TR_NOOP("Watched")},
                                                   {QStringLiteral("position"), QT_TR_NOOP("Where one stopped")},
                                                   {QStringLiteral("name"), QT_TR_NOOP("Name")},
                                                   {QStringLiteral("description"), QT_TR_NOOP("Description")},
                                                   {QStringLiteral("visibility"), QT_TR_NOOP("Who sees it")},
                                                   {QStringLiteral("rules"), QT_TR_NOOP("Rules")},
                                                   {QStringLiteral("life"), QT_TR_NOOP("Deleted or kept")}};
    const auto* name = names.value(row.cell);
    return name ? tr(name) : row.cell;
}

QString ConflictsViewModel::valueText(const Row& row, const QJsonValue& value) const {
    if (row.cell == L("life"))
        return value.toBool() ? tr("Changed, so kept") : tr("Deleted");
    if (value.isNull())
        return tr("Nothing");
    if (value.isBool())
        return value.toBool() ? tr("Yes") : tr("No");
    if (row.cell == L("rating"))
        return tr("%1 of 5 stars").arg(QLocale().toString(value.toDouble() / 2, 'g', 2));
    if (row.cell == L("position"))
        return texts::clock(value.toDouble() / 1000);
    const auto text = value.isDouble() ? QLocale().toString(value.toDouble(), 'f', 0) : value.toString();
    return text.isEmpty() ? tr("Nothing") : text.left(200);
}

QVariantList ConflictsViewModel::sidesOf(const Row& row) const {
    QVariantList list;
    for (int i = 0; i < row.sides.size(); ++i) {
        const auto& side = row.sides[i];
        const auto device = side.server             ? tr("On the server")
                            : side.device.isEmpty() ? tr("On a device that is signed out")
                                                    : side.device;
        list << QVariantMap{{L("text"), valueText(row, side.value)},
                            {L("detail"), QStringLiteral("%1 · %2").arg(device, times::ago(side.at))},
                            {L("shown"), i == row.shown}};
    }
    return list;
}

int ConflictsViewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> ConflictsViewModel::roleNames() const {
    return {{TitleRole, "title"}, {WhatRole, "what"}, {IconRole, "iconName"}, {AsksRole, "asks"}, {SidesRole, "sides"}};
}

QVariant ConflictsViewModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const auto& row = rows_[index.row()];
    switch (role) {
        case TitleRole:
            return titles_.value(row.recordId);
        case WhatRole:
            return what(row);
        case IconRole:
            return row.kind == L("playlist") ? QStringLiteral("list-music") : QStringLiteral("film");
        case AsksRole:
            return row.asks;
        case SidesRole:
            return sidesOf(row);
        default:
            return {};
    }
}

void ConflictsViewModel::retranslate() {
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

void ConflictsViewModel::choose(int row, int side) {
    if (row < 0 || row >= count() || side < 0 || side >= rows_[row].sides.size())
        return;
    const auto chosenRow = rows_[row];
    settle({"POST", kPath + QLatin1Char('/') + chosenRow.id, {}, QJsonObject{{L("choose"), side}}},
           chosenRow.kind == L("item") ? chosenRow.recordId : QString());
}

void ConflictsViewModel::keepAll() {
    settle({"DELETE", kPath}, {});
}

void ConflictsViewModel::settle(const ApiCall& call, const QString& mediaId) {
    if (busy_)
        return;
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    deliver(api_.answer(call), this,
            [this, mediaId, account = account_](const core::Result<core::HttpResponse>& answer) {
                if (account != account_)
                    return;
                busy_ = false;
                const bool done = answer && (answer->status < 300 || answer->status == 404);  // answered elsewhere
                if (!done)
                    error_ = texts::error(answer ? readAnswer(answer).error() : answer.error());
                else
                    Q_EMIT chosen(mediaId);
                Q_EMIT changed();
                reload();
            });
}

void ConflictsViewModel::clear() {
    ++asked_;
    ++account_;
    soon_.stop();
    beginResetModel();
    rows_.clear();
    endResetModel();
    titles_.clear();
    error_.clear();
    loaded_ = failed_ = busy_ = false;
    Q_EMIT changed();
}

}  // namespace marea::app
