#include "app/devices/serverlibrary.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <unordered_map>

#include "app/api/calls.h"
#include "sync/engine/encodecache.h"

namespace marea::app {

using core::Result;
using L = QLatin1String;

namespace {

constexpr int kPage = 200;        // the server's limit
constexpr int kMostPages = 5000;  // a million titles, and as many of lists: who answers without end is not heard out

// The file's folder goes once it is open: what is read of it stays until it is closed.
class FetchedSource final : public sync::LibrarySource {
public:
    explicit FetchedSource(ServerFetcher::Fetch fetch) : fetch_(std::move(fetch)) {}
    Result<std::unique_ptr<sync::ByteStream>> open(const sync::LibraryItem& item) override {
        sync::SyncControl control;
        return openFor(item, control);
    }
    Result<std::unique_ptr<sync::ByteStream>> openFor(const sync::LibraryItem& item,
                                                      sync::SyncControl& control) override {
        const auto path = fetch_(QString::fromStdString(item.id), {}, control);
        if (!path)
            return core::unexpected<core::Error>(path.error());
        auto file = sync::openLocalFile(path->toStdString());
        QDir(QFileInfo(*path).path()).removeRecursively();
        return file;
    }

private:
    ServerFetcher::Fetch fetch_;
};

class ServerEncoder final : public sync::DeviceEncoder {
public:
    explicit ServerEncoder(ServerFetcher::Fetch fetch) : fetch_(std::move(fetch)) {}
    Result<void> encode(const sync::LibraryItem& item, const sync::Encoding& encoding, const std::string& path,
                        sync::SyncControl& control) override {
        const auto form = downloadFormOf(encoding);
        if (!form)
            return core::fail(core::ErrorCode::Unprocessable,
                              QT_TRANSLATE_NOOP("Devices", "The server does not make this kind of file."));
        const auto made = fetch_(QString::fromStdString(item.id), *form, control);
        if (!made)
            return core::unexpected<core::Error>(made.error());
        const bool moved = QFile::rename(*made, QString::fromStdString(path));
        QDir(QFileInfo(*made).path()).removeRecursively();
        return moved ? Result<void>() : core::fail(core::ErrorCode::Io, "The encoded file cannot be kept.");
    }

private:
    ServerFetcher::Fetch fetch_;
};

}  // namespace

struct ServerLibrary::Loading {
    int number = 0;
    int left = kMostPages;
    Done done;
    std::shared_ptr<DeviceLibrary> library = std::make_shared<DeviceLibrary>();
    QList<PlaylistInfo> lists;
};

ServerLibrary::ServerLibrary(ApiClient& api, ServerFetcher& fetcher, QObject* parent)
    : QObject(parent), api_(api), playlists_(api), fetcher_(fetcher) {}

bool ServerLibrary::isLatest(const LoadingPtr& loading) const {
    return loading->number == number_;
}

void ServerLibrary::load(Done done) {
    auto loading = std::make_shared<Loading>();
    loading->number = ++number_;
    titles_ = 0;
    loading->done = std::move(done);
    titles(loading, {});
}

// A part of a library is none: what is not in it would be removed from the device.
bool ServerLibrary::isEndless(const LoadingPtr& loading, const QString& cursor) {
    if (cursor.isEmpty() || --loading->left >= 0)
        return false;
    loading->done(
        core::fail(core::ErrorCode::Unprocessable,
                   QT_TRANSLATE_NOOP(
                       "Player", "The server's library does not come to an end. Nothing is changed on the device.")));
    return true;
}

void ServerLibrary::titles(const LoadingPtr& loading, const QString& cursor) {
    if (isEndless(loading, cursor))
        return;
    QUrlQuery query;
    add(query, L("kind"), L("track,audiobook,movie,video,episode"));
    add(query, L("sort"), L("added"));
    add(query, L("fields"), L("files"));
    add(query, L("limit"), QString::number(kPage));
    add(query, L("cursor"), cursor);
    deliver(api_.json({"GET", QStringLiteral("/api/v1/media"), query}), this,
            [this, loading](const Result<QJsonObject>& page) {
                if (!isLatest(loading))
                    return;
                if (!page)
                    return loading->done(core::unexpected<core::Error>(page.error()));
                for (const auto& value : (*page)[L("items")].toArray())
                    if (auto item = libraryItemFrom(value.toObject()))
                        loading->library->items.push_back(std::move(*item));
                titles_ = loading->library->items.size();
                const QString next = (*page)[L("next_cursor")].toString();
                next.isEmpty() ? lists(loading) : titles(loading, next);
            });
}

void ServerLibrary::lists(const LoadingPtr& loading) {
    deliver(playlists_.all(), this, [this, loading](const Result<QList<PlaylistInfo>>& all) {
        if (!isLatest(loading))
            return;
        if (!all)
            return loading->done(core::unexpected<core::Error>(all.error()));
        loading->lists = *all;
        loading->left = kMostPages;
        for (const auto& list : *all)
            loading->library->playlists.push_back({list.id.toStdString(), list.name.toStdString(), {}});
        entries(loading, 0, {});
    });
}

void ServerLibrary::entries(const LoadingPtr& loading, qsizetype list, const QString& cursor) {
    if (list >= loading->lists.size())
        return finish(loading);
    if (isEndless(loading, cursor))
        return;
    QUrlQuery query;
    add(query, L("limit"), QString::number(kPage));
    add(query, L("cursor"), cursor);
    const QString path = QStringLiteral("/api/v1/playlists/%1/entries").arg(loading->lists[list].id);
    deliver(api_.json({"GET", path, query}), this, [this, loading, list](const Result<QJsonObject>& page) {
        if (!isLatest(loading))
            return;
        if (!page && page.error().code != core::ErrorCode::NotFound)  // it may have been deleted meanwhile
            return loading->done(core::unexpected<core::Error>(page.error()));
        const QJsonObject body = page.value_or(QJsonObject());
        for (const auto& entry : body[L("items")].toArray())
            loading->library->playlists[static_cast<std::size_t>(list)].items.push_back(
                entry.toObject()[L("media_id")].toString().toStdString());
        const QString next = body[L("next_cursor")].toString();
        next.isEmpty() ? entries(loading, list + 1, {}) : entries(loading, list, next);
    });
}

void ServerLibrary::finish(const LoadingPtr& loading) {
    auto& library = *loading->library;
    // More likely a drive of the server's that is away than the wish to empty the device.
    if (library.items.empty())
        return loading->done(core::fail(
            core::ErrorCode::Unprocessable,
            QT_TRANSLATE_NOOP("Player", "The library holds no music and no films. Nothing is changed on the device.")));
    std::unordered_map<std::string_view, sync::LibraryItem*> byId;
    for (auto& item : library.items)
        byId.emplace(item.id, &item);
    for (const auto& list : library.playlists)
        for (const auto& id : list.items)
            if (const auto found = byId.find(id);
                found != byId.end() && (found->second->playlists.empty() || found->second->playlists.back() != list.id))
                found->second->playlists.push_back(list.id);
    library.source = std::make_shared<FetchedSource>(fetcher_.fetch());
    library.encoder = std::make_shared<ServerEncoder>(fetcher_.fetch());
    loading->done(DeviceLibraryPtr(loading->library));
}

}  // namespace marea::app
