#include "app/api/mediaquery.h"

#include "app/api/calls.h"

namespace marea::app {
namespace {

using L = QLatin1String;

void addNumber(QUrlQuery& to, QLatin1String key, int value) {
    if (value > 0)
        to.addQueryItem(key, QString::number(value));
}

}  // namespace

void addFilters(QUrlQuery& to, const MediaQuery& q) {
    add(to, L("kind"), q.kind);
    add(to, L("parent"), q.parent);
    add(to, L("library"), q.library);
    add(to, L("collection"), q.collection);
    for (const auto& genre : q.genres)
        add(to, L("genre"), genre);
    add(to, L("artist"), q.artist);
    addNumber(to, L("year_from"), q.yearFrom);
    addNumber(to, L("year_to"), q.yearTo);
    addNumber(to, L("rating_from"), q.ratingFrom);
    add(to, L("state"), q.state);
    add(to, L("status"), q.status);
    add(to, L("q"), q.text);
}

QString mediaPath(const MediaQuery& q) {
    if (!q.homeRow.isEmpty())
        return QStringLiteral("/api/v1/home");
    if (!q.playlist.isEmpty())
        return QStringLiteral("/api/v1/playlists/%1/entries").arg(q.playlist);
    if (!q.similarTo.isEmpty())
        return QStringLiteral("/api/v1/media/%1/similar").arg(q.similarTo);
    if (!q.search.isEmpty())
        return QStringLiteral("/api/v1/search");
    return q.libraryState.isEmpty() ? QStringLiteral("/api/v1/media") : QStringLiteral("/api/v1/library");
}

QUrlQuery urlQuery(const MediaQuery& q, const QString& cursor) {
    QUrlQuery query;
    if (!q.search.isEmpty()) {
        add(query, L("q"), q.search);
        add(query, L("kind"), q.kind);
    } else if (!q.libraryState.isEmpty()) {
        add(query, L("state"), q.libraryState);
    } else if (q.playlist.isEmpty() && q.similarTo.isEmpty() && q.homeRow.isEmpty()) {
        addFilters(query, q);
        add(query, L("sort"), q.sort);
        add(query, L("order"), q.order);
        add(query, L("fields"), q.fields);
    }
    addNumber(query, L("limit"), q.similarTo.isEmpty() ? q.limit : std::min(q.limit, 100));
    add(query, L("cursor"), cursor);
    return query;
}

MediaPage parsePage(const MediaQuery& query, const QJsonObject& json) {
    if (!query.homeRow.isEmpty())
        return parseMediaPage({{L("items"), json[query.homeRow]}});
    return query.playlist.isEmpty() ? parseMediaPage(json) : parsePlaylistPage(json);
}

}  // namespace marea::app
