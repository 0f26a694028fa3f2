#include "app/viewmodels/appcontext.h"

// What becomes of this computer's own folders among the servers.
namespace marea::app {

void AppContext::connectHere() {
    connect(&computer_, &ComputerViewModel::added, this, &AppContext::onFoldersAdded);
    connect(&computer_, &ComputerViewModel::removed, this, [this] {
        if (session_.here())
            libraries_.refresh();
    });
    connect(&computer_, &ComputerViewModel::changed, this, [this] {
        QStringList ids;
        for (const auto& folder : computer_.folders())
            ids << folder.toMap().value(QStringLiteral("id")).toString();
        if (computer_.loaded())
            sharing_.setLibraries(ids);
    });
}

// What another computer brought, or somebody chose, is in the library by now.
void AppContext::connectPeers() {
    const auto anew = [this] {
        onContentChanged();
        playlists_.reload();
        for (const auto& page : pages_)
            if (page)
                page->reload();
        onPlaylistTouched({});
    };
    connect(&peers_, &PeersViewModel::brought, this, anew);
    connect(&peers_, &PeersViewModel::brought, &conflicts_, &ConflictsViewModel::reload);
    connect(&conflicts_, &ConflictsViewModel::chosen, this, anew);
}

void AppContext::keepCopy(PeerHost& host) {
    accountSync_ = std::make_unique<AccountSync>(host, offline_.changes());
    auto* const sync = accountSync_.get();
    connect(this, &AppContext::userChanged, sync, &AccountSync::soon);
    connect(&player_, &PlayerViewModel::positionSaved, sync, &AccountSync::soon);
    connect(&remote_, &RemoteViewModel::libraryChanged, sync, &AccountSync::soon);
    connect(&playlists_, &PlaylistsModel::touched, sync, &AccountSync::soon);
    connect(&channel_, &EventChannel::outdated, sync, &AccountSync::soon);
    connect(&offline_.changes(), &AwayChanges::refused, this, [this](const QString& why) {
        notices_.warn(tr("What was changed without the server stays on this computer: %1").arg(why));
    });
}

// Who is nowhere yet goes there; who is elsewhere is told.
void AppContext::onFoldersAdded(const QStringList& names) {
    if (session_.here() && session_.inside())
        return libraries_.refresh();
    if (!session_.inside())
        return session_.switchTo(kThisComputer);
    notices_.tell(tr("Reading into this computer's library: %1.").arg(names.join(QStringLiteral(", "))), tr("Go there"),
                  [this] { session_.switchTo(kThisComputer); });
}

}  // namespace marea::app
