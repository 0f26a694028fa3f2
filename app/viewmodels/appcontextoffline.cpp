#include "app/viewmodels/appcontext.h"
#include "app/viewmodels/texts.h"

// What becomes of the pages and the player when the server goes and comes back.
namespace marea::app {

void AppContext::connectOffline() {
    lyrics_.setKept([this](const QString& id) { return offline_.lyrics(id); });
    waveform_.setKept([this](const QString& id) { return offline_.waveform(id); });
    session_.setOfflineRule([this](const QString& account) { return offline_.hasTitlesOf(account); });
    connect(&session_, &SessionViewModel::wentOffline, this, &AppContext::onOffline);
    connect(&session_, &SessionViewModel::wentOffline, &nearby_, &NearbyServers::look);
    connect(&offline_, &OfflineViewModel::reachChanged, &nearby_, [this] {
        if (session_.inside() && !session_.here() && !offline_.reachable())
            nearby_.look();  // it may be at another address
    });
    connect(&offline_, &OfflineViewModel::wantsServer, &session_, &SessionViewModel::tryAgain);
    connect(&offline_, &OfflineViewModel::cameBack, this, &AppContext::onCameBack);
    connect(&offline_, &OfflineViewModel::changeSent, this, &AppContext::onLibraryChanged);
    connect(&offline_.changes(), &AwayChanges::gaveUp, this, [this](const QString& mediaId, const core::Error& why) {
        notices_.warn(tr("A change that was made without the server can't be taken: %1").arg(texts::error(why)));
        onLibraryChanged(mediaId);
    });
    connect(&player_, &PlayerViewModel::positionSaved, &offline_, &OfflineViewModel::tellOf);
    connect(&player_, &PlayerViewModel::entryChanged, this, &AppContext::followPlayer);
    connect(&player_, &PlayerViewModel::queueChanged, this, &AppContext::followPlayer);
}

// At a start without the server: what is here is all there is.
void AppContext::onOffline() {
    player_.setAccount(session_.account());
    peers_.setAccount(session_.account());
    offline_.enter(session_.account(), false);
    navigator_.reset();
    navigator_.go(QStringLiteral("downloads"));
}

void AppContext::onCameBack() {
    player_.setAccount(session_.account());  // tells where one stopped
    devices_.setAccount(session_.account());
    peers_.setAccount(session_.account());
    for (auto* model : lists())
        if (model->failed() || model->missing().contains(QString()))
            model->reload();
    if (playlists_.failed())
        playlists_.reload();
    for (const auto& page : pages_)
        if (page && page->failed())
            page->reload();
}

void AppContext::followPlayer() {
    QList<MediaItem> next;
    const auto& queue = player_.playQueue();
    for (const int index : queue.upcoming()) {
        const auto* entry = queue.at(index);
        if (!entry || !entry->music || entry->mediaId.isEmpty() || next.size() == 10)
            break;
        if (!entry->place.isEmpty())
            continue;  // what is kept is of the library in use
        MediaItem item;
        item.id = entry->mediaId;
        item.kind = QStringLiteral("track");
        item.title = entry->title;
        item.artist = entry->artist;
        item.album = entry->album;
        item.artworkUrl = entry->artwork;
        item.duration = entry->duration;
        next << item;
    }
    offline_.playing(player_.mediaIdHere(), next);
}

void AppContext::openTitle(const QString& mediaId, bool play) {
    if (play && offline_.kept(mediaId))
        return playKept(mediaId);
    deliver(api_.item(mediaId), this, [this, play](const core::Result<MediaItem>& item) {
        if (!item)
            return notices_.warn(texts::error(item.error()));
        const bool one = item->kind != QLatin1String("album") && item->kind != QLatin1String("artist") &&
                         item->kind != QLatin1String("series") && item->kind != QLatin1String("season");
        const bool track = item->kind == QLatin1String("track");
        navigator_.open(track ? item->albumId : item->id, track ? QStringLiteral("album") : item->kind);
        if (!play || item->broken())
            return;
        if (!one)
            return playAlbum(item->id);
        player_.setStart(std::nullopt);
        player_.play({toEntry(*item)}, 0);
    });
}

void AppContext::playKept(const QString& mediaId) {
    QList<player::PlayEntry> entries;
    int current = 0;
    const auto wanted = offline_.kept(mediaId);
    if (!wanted)
        return;
    const auto first = toEntry(wanted->item);
    for (int row = 0; first.music && row < offline_.downloads()->count(); ++row) {
        const auto title = offline_.kept(offline_.downloads()->idAt(row));
        if (!title || title->item.kind != wanted->item.kind)
            continue;
        if (title->item.id == mediaId)
            current = static_cast<int>(entries.size());
        entries << toEntry(title->item);
    }
    if (entries.isEmpty())
        entries << first;
    player_.choose(wanted->item, {});
    player_.setStart(std::nullopt);
    player_.play(entries, current);
}

}  // namespace marea::app
