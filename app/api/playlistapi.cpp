#include "app/api/playlistapi.h"

#include <QJsonArray>
#include <QJsonDocument>

#include "app/api/calls.h"

namespace marea::app {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using L = QLatin1String;

const QString kLists = QStringLiteral("/api/v1/playlists");
constexpr int kMostAtOnce = 200;    // the server's limit of a page
constexpr int kFirst = 50;          // titles of a list that are looked at for its pictures
constexpr qsizetype kMost = 5'000;  // playlists that are shown

QString at(const QString& id, const QString& below = {}) {
    return kLists + QLatin1Char('/') + id + below;
}

core::HttpHeaders ifMatch(const QByteArray& tag) {
    return tag.isEmpty() ? core::HttpHeaders() : core::HttpHeaders{{"If-Match", tag}};
}

// 412 is no code of its own: somebody else changed it.
Result<PlaylistInfo> tagged(const Result<core::HttpResponse>& answer) {
    const auto json = readAnswer(answer);
    if (answer && answer->status == 412)
        return tl::make_unexpected(Error{ErrorCode::Conflict, "stale revision", json.error().text});
    if (!json)
        return tl::make_unexpected(json.error());
    auto list = parsePlaylist(*json);
    list.tag = answer->header("ETag");
    return list;
}

QJsonObject placeAfter(const std::optional<QString>& after) {
    if (!after)
        return {};
    return {{L("after"), after->isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(*after)}};
}

QList<PlaylistInfo> listOfPlaylists(const QJsonObject& json) {
    QList<PlaylistInfo> list;
    for (const auto& item : json[L("items")].toArray())
        list << parsePlaylist(item.toObject());
    return list;
}

using AllPlaylists = std::shared_ptr<QPromise<Result<QList<PlaylistInfo>>>>;

// Page by page, as one list.
void readOn(ApiClient& api, const QString& cursor, const QList<PlaylistInfo>& before, const AllPlaylists& promise) {
    QUrlQuery query;
    query.addQueryItem(L("limit"), QString::number(kMostAtOnce));
    if (!cursor.isEmpty())
        query.addQueryItem(L("cursor"), cursor);
    deliver(api.json({"GET", kLists, query}), &api, [&api, before, promise](const Result<QJsonObject>& page) {
        const auto lists = page.map([&](const QJsonObject& json) { return before + listOfPlaylists(json); });
        const QString next = page ? (*page)[L("next_cursor")].toString() : QString();
        if (lists && !next.isEmpty() && lists->size() < kMost)
            return readOn(api, next, *lists, promise);
        promise->addResult(lists);
        promise->finish();
    });
}

QString nameOfUnmatched(const QJsonObject& entry) {
    const QString title = entry[L("title")].toString(), artist = entry[L("artist")].toString();
    if (title.isEmpty())
        return entry[L("location")].toString();
    return artist.isEmpty() ? title : artist + QStringLiteral(" – ") + title;
}

ImportedPlaylist parseImported(const QJsonObject& json) {
    ImportedPlaylist imported{parsePlaylist(json[L("playlist")].toObject()), json[L("matched")].toInt(), {}};
    for (const auto& entry : json[L("unmatched")].toArray())
        imported.unmatched << nameOfUnmatched(entry.toObject());
    return imported;
}

RulesPreview parsePreview(const QJsonObject& json) {
    RulesPreview preview{json[L("count")].toInt(), json[L("more")].toBool(), {}};
    for (const auto& item : json[L("items")].toArray())
        preview.titles << item[L("title")].toString();
    return preview;
}

}  // namespace

PlaylistInfo parsePlaylist(const QJsonObject& json) {
    PlaylistInfo list;
    list.id = json[L("id")].toString();
    list.name = json[L("name")].toString();
    list.description = json[L("description")].toString();
    list.visibility = json[L("visibility")].toString();
    list.owner = json[L("owner")][L("username")].toString();
    list.own = json[L("own")].toBool();
    list.editable = json[L("editable")].toBool();
    list.smart = json[L("smart")].toBool();
    list.rules = json[L("rules")].toObject();
    list.entries = json[L("entry_count")].toInt(-1);
    return list;
}

Reply<QList<PlaylistInfo>> PlaylistApi::all() {
    const auto promise = std::make_shared<QPromise<Result<QList<PlaylistInfo>>>>();
    promise->start();
    readOn(api_, {}, {}, promise);
    return promise->future();
}

Reply<PlaylistInfo> PlaylistApi::one(const QString& id) {
    return api_.answer({"GET", at(id)}).then(tagged);
}

Reply<QList<MediaItem>> PlaylistApi::firstTitles(const QString& id) {
    QUrlQuery query;
    query.addQueryItem(L("limit"), QString::number(kFirst));
    return mapped<QList<MediaItem>>(api_.json({"GET", at(id, QStringLiteral("/entries")), query}),
                                    [](const QJsonObject& json) { return parsePlaylistPage(json).items; });
}

Reply<PlaylistInfo> PlaylistApi::create(const QJsonObject& wish) {
    return api_.answer({"POST", kLists, {}, wish}).then(tagged);
}

Reply<PlaylistInfo> PlaylistApi::change(const QString& id, const QJsonObject& change, const QByteArray& tag) {
    return api_.answer({"PUT", at(id), {}, change, ifMatch(tag)}).then(tagged);
}

Reply<bool> PlaylistApi::remove(const QString& id) {
    return done(api_.json({"DELETE", at(id)}));
}

// The latest event that tells of its deletion is taken back.
Reply<bool> PlaylistApi::restore(const QString& id) {
    QUrlQuery query;
    query.addQueryItem(L("limit"), QStringLiteral("50"));
    const auto find = [id](const QJsonObject& json) -> Result<qint64> {
        for (const auto& event : json[L("items")].toArray())
            if (event[L("playlist_id")].toString() == id && event[L("type")].toString() == L("PLAYLIST_DELETED"))
                return event[L("seq")].toInteger();
        return core::fail(ErrorCode::NotFound, "no such deletion");
    };
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    auto future = promise->future();
    deliver(mapped<qint64>(api_.json({"GET", QStringLiteral("/api/v1/history"), query}), find), &api_,
            [&api = api_, promise](const Result<qint64>& seq) {
                if (!seq) {
                    promise->addResult(Result<bool>(tl::unexpect, seq.error()));
                    return promise->finish();
                }
                const ApiCall undo{"POST", QStringLiteral("/api/v1/history/undo"), {}, QJsonObject{{L("seq"), *seq}}};
                deliver(done(api.json(undo)), &api, [promise](const Result<bool>& undone) {
                    promise->addResult(undone);
                    promise->finish();
                });
            });
    return future;
}

Reply<bool> PlaylistApi::add(const QString& id, const QStringList& media, const std::optional<QString>& after) {
    auto body = placeAfter(after);
    body[L("media_ids")] = QJsonArray::fromStringList(media);
    return done(api_.json({"POST", at(id, QStringLiteral("/entries")), {}, body}));
}

Reply<bool> PlaylistApi::move(const QString& id, const QString& entry, const QString& after) {
    return done(api_.json({"PUT", at(id, QStringLiteral("/entries/") + entry), {}, placeAfter(after)}));
}

Reply<bool> PlaylistApi::removeEntry(const QString& id, const QString& entry) {
    return done(api_.json({"DELETE", at(id, QStringLiteral("/entries/") + entry)}));
}

Reply<QByteArray> PlaylistApi::exported(const QString& id, const QString& format) {
    QUrlQuery query;
    query.addQueryItem(L("format"), format);
    return api_.answer({"GET", at(id, QStringLiteral("/export")), query})
        .then([](const Result<core::HttpResponse>& answer) -> Result<QByteArray> {
            if (!answer)
                return tl::make_unexpected(answer.error());
            if (!answer->ok())
                return tl::make_unexpected(core::errorOf(*answer));
            return answer->body;
        });
}

Reply<ImportedPlaylist> PlaylistApi::import(const QString& name, const QString& content) {
    QJsonObject body{{L("content"), content}};
    if (!name.isEmpty())
        body[L("name")] = name;
    return mapped<ImportedPlaylist>(api_.json({"POST", kLists + QStringLiteral("/import"), {}, body}), parseImported);
}

Reply<RulesPreview> PlaylistApi::preview(const QJsonObject& rules) {
    const ApiCall call{"POST", kLists + QStringLiteral("/preview"), {}, QJsonObject{{L("rules"), rules}}};
    return mapped<RulesPreview>(api_.json(call), parsePreview);
}

}  // namespace marea::app
