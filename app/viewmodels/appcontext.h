#pragma once

#include <QPointer>
#include <QVariantMap>

#include "app/peers/accountsync.h"
#include "app/store/storeviewmodel.h"
#include "app/viewmodels/accountviewmodel.h"
#include "app/viewmodels/computerviewmodel.h"
#include "app/viewmodels/conflictsviewmodel.h"
#include "app/viewmodels/devicesviewmodel.h"
#include "app/viewmodels/downloadwork.h"
#include "app/viewmodels/elsewhere.h"
#include "app/viewmodels/facetsviewmodel.h"
#include "app/viewmodels/householdviewmodel.h"
#include "app/viewmodels/inputmode.h"
#include "app/viewmodels/itemviewmodel.h"
#include "app/viewmodels/librariesviewmodel.h"
#include "app/viewmodels/lyricsviewmodel.h"
#include "app/viewmodels/matchviewmodel.h"
#include "app/viewmodels/mergedpages.h"
#include "app/viewmodels/navigator.h"
#include "app/viewmodels/nearbyservers.h"
#include "app/viewmodels/notices.h"
#include "app/viewmodels/offlineviewmodel.h"
#include "app/viewmodels/peersviewmodel.h"
#include "app/viewmodels/picturewindow.h"
#include "app/viewmodels/playerviewmodel.h"
#include "app/viewmodels/playlistsmodel.h"
#include "app/viewmodels/playlistviewmodel.h"
#include "app/viewmodels/previewviewmodel.h"
#include "app/viewmodels/queuefeed.h"
#include "app/viewmodels/remoteviewmodel.h"
#include "app/viewmodels/rowselection.h"
#include "app/viewmodels/scrobblingviewmodel.h"
#include "app/viewmodels/searchviewmodel.h"
#include "app/viewmodels/serverviewmodel.h"
#include "app/viewmodels/serverwork.h"
#include "app/viewmodels/sessionviewmodel.h"
#include "app/viewmodels/settingsviewmodel.h"
#include "app/viewmodels/sharingviewmodel.h"
#include "app/viewmodels/smartrulesviewmodel.h"
#include "app/viewmodels/titleactions.h"
#include "app/viewmodels/tuningviewmodel.h"
#include "app/viewmodels/waveformviewmodel.h"

namespace marea::app {

// What the pages are given: the view models, and how one becomes another (a page's "play" reaches the player). GUI
// thread.
class AppContext : public QObject {
    Q_OBJECT
    Q_PROPERTY(marea::app::SessionViewModel* session READ session CONSTANT)
    Q_PROPERTY(marea::app::SettingsViewModel* settings READ settings CONSTANT)
    Q_PROPERTY(marea::app::PlayerViewModel* player READ player CONSTANT)
    Q_PROPERTY(marea::app::LyricsViewModel* lyrics READ lyrics CONSTANT)
    Q_PROPERTY(marea::app::WaveformViewModel* waveform READ waveform CONSTANT)
    Q_PROPERTY(marea::app::PreviewViewModel* previews READ previews CONSTANT)
    Q_PROPERTY(marea::app::RemoteViewModel* remote READ remote CONSTANT)
    Q_PROPERTY(marea::app::TuningViewModel* tuning READ tuning CONSTANT)
    Q_PROPERTY(marea::app::PictureWindow* pictureWindow READ pictureWindow CONSTANT)
    Q_PROPERTY(marea::app::OfflineViewModel* offline READ offline CONSTANT)
    Q_PROPERTY(marea::app::ComputerViewModel* computer READ computer CONSTANT)
    Q_PROPERTY(marea::app::SharingViewModel* sharing READ sharing CONSTANT)
    Q_PROPERTY(marea::app::NearbyServers* nearby READ nearby CONSTANT)
    Q_PROPERTY(marea::app::Elsewhere* elsewhere READ elsewhere CONSTANT)
    Q_PROPERTY(marea::app::LibrariesViewModel* libraries READ libraries CONSTANT)
    Q_PROPERTY(marea::app::Navigator* navigator READ navigator CONSTANT)
    Q_PROPERTY(marea::app::InputMode* input READ input CONSTANT)
    Q_PROPERTY(marea::app::Notices* notices READ notices CONSTANT)
    Q_PROPERTY(marea::app::TitleActions* actions READ actions CONSTANT)
    Q_PROPERTY(marea::app::PlaylistsModel* playlists READ playlists CONSTANT)
    Q_PROPERTY(marea::app::AccountViewModel* account READ account CONSTANT)
    Q_PROPERTY(marea::app::ScrobblingViewModel* scrobbling READ scrobbling CONSTANT)
    Q_PROPERTY(marea::app::MatchViewModel* match READ match CONSTANT)
    Q_PROPERTY(marea::app::HouseholdViewModel* household READ household CONSTANT)
    Q_PROPERTY(marea::app::ServerViewModel* server READ server CONSTANT)
    Q_PROPERTY(marea::app::StoreViewModel* store READ store CONSTANT)
    Q_PROPERTY(marea::app::RunningWork* work READ work CONSTANT)
    Q_PROPERTY(marea::app::DevicesViewModel* devices READ devices CONSTANT)
    Q_PROPERTY(marea::app::ConflictsViewModel* conflicts READ conflicts CONSTANT)
    Q_PROPERTY(marea::app::PeersViewModel* peers READ peers CONSTANT)
    Q_PROPERTY(marea::app::SearchViewModel* search READ search CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* continueItems READ continueItems CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* nextUp READ nextUp CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* recentFilms READ recentFilms CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* recentSeries READ recentSeries CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* recentAlbums READ recentAlbums CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* films READ films CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* series READ series CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* albums READ albums CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* artists READ artists CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* tracks READ tracks CONSTANT)
    Q_PROPERTY(marea::app::MediaModel* broken READ broken CONSTANT)
    Q_PROPERTY(bool homeEmpty READ homeEmpty NOTIFY homeChanged)
    Q_PROPERTY(bool homeFailed READ homeFailed NOTIFY homeChanged)           // nobody answered
    Q_PROPERTY(QStringList homeMissing READ homeMissing NOTIFY homeChanged)  // who did not: as MediaModel's
public:
    AppContext(ApiClient& api, player::PlayerEngine& engine, SecretStore& secrets, QSettings& settings,
               EventChannel& channel, OwnLibrary* own = nullptr, QObject* parent = nullptr);

    SessionViewModel* session() { return &session_; }
    SettingsViewModel* settings() { return &settings_; }
    PlayerViewModel* player() { return &player_; }
    LyricsViewModel* lyrics() { return &lyrics_; }
    WaveformViewModel* waveform() { return &waveform_; }
    PreviewViewModel* previews() { return &previews_; }
    RemoteViewModel* remote() { return &remote_; }
    TuningViewModel* tuning() { return &tuning_; }
    PictureWindow* pictureWindow() { return &pictureWindow_; }
    OfflineViewModel* offline() { return &offline_; }
    ComputerViewModel* computer() { return &computer_; }
    SharingViewModel* sharing() { return &sharing_; }
    NearbyServers* nearby() { return &nearby_; }
    Elsewhere* elsewhere() { return &elsewhere_; }
    LibrariesViewModel* libraries() { return &libraries_; }
    Navigator* navigator() { return &navigator_; }
    InputMode* input() { return &input_; }
    Notices* notices() { return &notices_; }
    TitleActions* actions() { return &actions_; }
    PlaylistsModel* playlists() { return &playlists_; }
    AccountViewModel* account() { return &account_; }
    ScrobblingViewModel* scrobbling() { return &scrobbling_; }
    MatchViewModel* match() { return &match_; }
    HouseholdViewModel* household() { return &household_; }
    ServerViewModel* server() { return &server_; }
    StoreViewModel* store() { return &store_; }
    RunningWork* work() { return &work_; }
    DevicesViewModel* devices() { return &devices_; }
    ConflictsViewModel* conflicts() { return &conflicts_; }
    PeersViewModel* peers() { return &peers_; }
    SearchViewModel* search() { return &search_; }
    MediaModel* continueItems() { return &continueItems_; }
    MediaModel* nextUp() { return &nextUp_; }
    MediaModel* recentFilms() { return &recentFilms_; }
    MediaModel* recentSeries() { return &recentSeries_; }
    MediaModel* recentAlbums() { return &recentAlbums_; }
    MediaModel* films() { return &films_; }
    MediaModel* series() { return &series_; }
    MediaModel* albums() { return &albums_; }
    MediaModel* artists() { return &artists_; }
    MediaModel* tracks() { return &tracks_; }
    MediaModel* broken() { return &broken_; }
    bool homeEmpty() const;
    bool homeFailed() const;
    QStringList homeMissing() const;

    Q_INVOKABLE marea::app::ItemViewModel* item(const QString& mediaId);     // owned by the page that asked
    Q_INVOKABLE marea::app::PlaylistViewModel* playlist(const QString& id);  // likewise
    Q_INVOKABLE marea::app::SmartRulesViewModel* smartRules();
    Q_INVOKABLE marea::app::FacetsViewModel* facets();
    Q_INVOKABLE void playItem(marea::app::ItemViewModel* item, bool fromStart);
    Q_INVOKABLE void playItemAt(marea::app::ItemViewModel* item, double seconds);
    Q_INVOKABLE void playNextOf(marea::app::ItemViewModel* series);  // the episode one is at, and what follows it
    Q_INVOKABLE void playEpisode(marea::app::ItemViewModel* series, const QString& mediaId);
    Q_INVOKABLE void playFrom(marea::app::MediaModel* list, int index);                 // this one, and what follows it
    Q_INVOKABLE void playRows(marea::app::MediaModel* list, const QVariantList& rows);  // these alone
    Q_INVOKABLE void playShuffled(marea::app::MediaModel* list);
    Q_INVOKABLE void enqueue(marea::app::MediaModel* list);
    Q_INVOKABLE void playAlbum(const QString& mediaId, const QString& place = {});   // from a card
    Q_INVOKABLE void openTitle(const QString& mediaId, bool play);                   // by a link, or bought
    Q_INVOKABLE void openElsewhere(const QString& address, const QString& mediaId);  // in another library
    Q_INVOKABLE void openIn(const QString& place, const QString& mediaId,
                            const QString& kind);      // "": in the one in use
    Q_INVOKABLE void searchFor(const QString& words);  // as if they were typed
    Q_INVOKABLE void playTrailer(const QString& mediaId, const QString& title);
    Q_INVOKABLE void playProductTrailer(const QString& productId, const QString& title);  // before it is bought, too
    Q_INVOKABLE void playKept(const QString& mediaId);                                    // from this computer
    Q_INVOKABLE void reloadHome();

    // Keeps the copy of the account's library that `host` has in step with the server. Once; it outlives this.
    void keepCopy(PeerHost& host);

Q_SIGNALS:
    void homeChanged();
    void userChanged();  // what somebody makes of titles, on a page

private:
    void playTrailerOf(const QString& path, const QString& title);
    QList<MediaModel*> lists() const;
    QList<MediaModel*> homeLists() const;
    void reloadHomeHere();
    void onSignedIn();
    void onSignedOut();
    void onOffline();
    void onCameBack();
    void connectOffline();
    void connectHere();
    void connectPeers();
    void connectElsewhere();
    void mergeLists();
    void connectStore();
    void connectDevices();
    void connectSeries();
    void lookElsewhere();
    void onFoldersAdded(const QStringList& names);
    void followPlayer();
    void playList(const MediaModel& list, int index);
    void followEpisode(const MediaItem& episode);
    void onContentChanged();
    void retranslate();
    StreamWishes wishes() const;
    void passWishes();
    void onPlaylistTouched(const QString& id);
    void onLibraryChanged(const QString& mediaId);

    ApiClient& api_;
    EventChannel& channel_;
    SettingsViewModel settings_;
    SessionViewModel session_;
    ComputerViewModel computer_;
    SharingViewModel sharing_;
    NearbyServers nearby_;
    Elsewhere elsewhere_;
    Copies copies_;
    QString toOpen_;  // once one is signed in where it is
    LibrariesViewModel libraries_;
    Navigator navigator_;
    InputMode input_;
    UnsentPositions unsent_;
    OfflineViewModel offline_;
    PlayerViewModel player_;
    QueueFeed feed_{player_};
    TuningViewModel tuning_;
    PictureWindow pictureWindow_;
    LyricsViewModel lyrics_;
    WaveformViewModel waveform_;
    PreviewViewModel previews_;
    RemoteViewModel remote_;
    SearchViewModel search_;
    Notices notices_;
    TitleActions actions_;
    PlaylistsModel playlists_;
    AccountViewModel account_;
    ScrobblingViewModel scrobbling_;
    MatchViewModel match_;
    HouseholdViewModel household_;
    ServerViewModel server_;
    StoreViewModel store_;
    ScanWork scans_;
    DownloadWork comingTitles_;
    JobWork jobs_;
    DevicesViewModel devices_;
    DeviceWork syncs_;
    PeersViewModel peers_;
    ConflictsViewModel conflicts_;
    RunningWork work_;
    mutable MediaModel continueItems_, nextUp_, recentFilms_, recentSeries_, recentAlbums_, films_, series_, albums_,
        artists_, tracks_, broken_;
    std::vector<std::unique_ptr<MergedPages>> merged_;
    std::unique_ptr<AccountSync> accountSync_;
    QList<QPointer<ItemViewModel>> pages_;
    QList<QPointer<PlaylistViewModel>> playlistPages_;
};

void registerTypes();  // makes the view models known to QML as Marea.App

}  // namespace marea::app
