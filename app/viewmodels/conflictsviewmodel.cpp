#include "app/viewmodels/conflictsviewmodel.h"

#include <QJsonArray>
#include <QLocale>

#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

using L = QLatin1String;

const QString kPath = QStringLiteral("/api/v1/sync/conflicts");
constexpr int kSoonMs = 800;

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
    const int mine = ++asked_;
    QUrlQuery query;
    query.addQueryItem(L("all"), L("true"));
    query.addQueryItem(L("limit"), QStringLiteral("200"));
    deliver(api_.json({"GET", kPath, query}), this, [this, mine](const core::Result<QJsonObject>& json) {
        if (mine != asked_)
            return;
        loaded_ = true;
        if (!json) {
            // A server that is away, or knows nothing of it, is told of elsewhere.
            Q_EMIT changed();
            return;
        }
        QList<Row> rows;
        const auto items = (*json)[L("items")].toArray();
        for (const auto& item : items)
            rows << rowFrom(item.toObject());
        take(rows);
    });
}

void ConflictsViewModel::take(const QList<Row>& rows) {
    beginResetModel();
    rows_ = rows;
    for (auto& row : rows_)
        row.title = titles_.value(row.recordId);
    endResetModel();
    Q_EMIT changed();
    learnTitles();
}

void ConflictsViewModel::learnTitles() {
    QStringList asked;
    for (const auto& row : rows_) {
        if (!row.title.isEmpty() || asked.contains(row.recordId))
            continue;
        asked << row.recordId;
        const bool list = row.kind == L("playlist");
        const auto path =
            (list ? QStringLiteral("/api/v1/playlists/") : QStringLiteral("/api/v1/media/")) + row.recordId;
        deliver(api_.json({"GET", path}), this,
                [this, kind = row.kind, id = row.recordId, list](const core::Result<QJsonObject>& json) {
                    named(kind, id, json ? (*json)[list ? L("name") : L("title")].toString() : QString());
                });
    }
}

void ConflictsViewModel::named(const QString& kind, const QString& recordId, const QString& title) {
    const QString shown = !title.isEmpty()        ? title
                          : kind == L("playlist") ? tr("A playlist that is not here")
                                                  : tr("A title that is not here");
    if (!title.isEmpty())
        titles_.insert(recordId, title);
    for (int row = 0; row < count(); ++row)
        if (rows_[row].recordId == recordId) {
            rows_[row].title = shown;
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
            return row.title;
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
    deliver(api_.answer(call), this, [this, mediaId](const core::Result<core::HttpResponse>& answer) {
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
    soon_.stop();
    beginResetModel();
    rows_.clear();
    endResetModel();
    titles_.clear();
    error_.clear();
    loaded_ = busy_ = false;
    Q_EMIT changed();
}

}  // namespace marea::app
