#include "app/viewmodels/appcontext.h"

#include <algorithm>
#include <QQmlEngine>
#include <QRandomGenerator>

#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

MediaQuery list(const char* kind, const char* sort, const char* order = "", int limit = 60) {
    MediaQuery query;
    query.kind = QLatin1String(kind);
    query.sort = QLatin1String(sort);
    query.order = QLatin1String(order);
    query.limit = limit;
    return query;
}

MediaQuery byTitle(const char* kind) {
    MediaQuery query = list(kind, "title");
    query.fields = QStringLiteral("letters");
    return query;
}

MediaQuery userList(const char* state) {
    MediaQuery query;
    query.libraryState = QLatin1String(state);
    query.limit = 24;
    return query;
}

MediaQuery homeRow(const char* name) {
    MediaQuery query;
    query.homeRow = QLatin1String(name);
    query.limit = 24;
    return query;
}

MediaQuery brokenList() {
    MediaQuery query;
    query.status = QStringLiteral("broken");
    query.fields = QStringLiteral("files");
    return query;
}

// Goes with the page that asked for it.
template <class T>
T* ofThePage(T* model) {
    QQmlEngine::setObjectOwnership(model, QQmlEngine::JavaScriptOwnership);
    return model;
}

}  // namespace

AppContext::AppContext(ApiClient& api, player::PlayerEngine& engine, SecretStore& secrets, QSettings& settings,
                       EventChannel& channel, OwnLibrary* own, QObject* parent)
    : QObject(parent),
      api_(api),
      channel_(channel),
      settings_(settings),
      session_(api, secrets, settings, own),
      computer_(own, settings),
      sharing_(own, settings),
      nearby_(session_, sharing_),
      elsewhere_(api, secrets, settings, own),
      copies_(api, elsewhere_),
      libraries_(api),
      unsent_(settings),
      offline_(api, secrets, settings, unsent_),
      player_(api, engine, unsent_, offline_.changes(), offline_),
      tuning_(player_, engine, settings),
      pictureWindow_(player_, engine, settings),
      lyrics_(api, player_),
      waveform_(api, player_),
      previews_(api, player_),
      remote_(api, channel, player_),
      search_(api),
      actions_(api, player_, navigator_, notices_),
      playlists_(api, channel, notices_),
      account_(api, notices_),
      scrobbling_(api),
      match_(api, notices_),
      household_(api, notices_),
      server_(api, notices_),
      store_(api, channel, player_, settings, notices_),
      scans_(libraries_),
      comingTitles_(offline_.files()),
      jobs_(api, channel),
      devices_(api, settings, notices_),
      syncs_(devices_),
      peers_(settings, notices_),
      conflicts_(api, channel),
      continueItems_(api, userList("in_progress")),
      nextUp_(api, homeRow("next_up")),
      recentFilms_(api, list("movie,video", "added", "desc", 24)),
      recentSeries_(api, list("series", "added", "desc", 24)),
      recentAlbums_(api, list("album,audiobook", "added", "desc", 24)),
      films_(api, byTitle("movie,video")),
      series_(api, byTitle("series")),
      albums_(api, byTitle("album,audiobook")),
      artists_(api, byTitle("artist")),
      tracks_(api, byTitle("track")),
      broken_(api, brokenList()) {
    connect(&session_, &SessionViewModel::signedIn, this, &AppContext::onSignedIn);
    connect(&session_, &SessionViewModel::leaving, &player_, &PlayerViewModel::stop);
    connect(&session_, &SessionViewModel::signedOut, this, &AppContext::onSignedOut);
    connect(&libraries_, &LibrariesViewModel::contentChanged, this, &AppContext::onContentChanged);
    connect(&libraries_, &LibrariesViewModel::changed, this, &AppContext::homeChanged);
    connect(&settings_, &SettingsViewModel::languageChanged, this, &AppContext::retranslate);
    connect(&player_, &PlayerViewModel::positionSaved, this, &AppContext::onLibraryChanged);
    connect(&match_, &MatchViewModel::decided, this, &AppContext::onLibraryChanged);
    connect(&remote_, &RemoteViewModel::libraryChanged, this, &AppContext::onLibraryChanged);
    connect(&remote_, &RemoteViewModel::catalogueChanged, &libraries_, &LibrariesViewModel::refresh);
    connect(&channel_, &EventChannel::outdated, this, &AppContext::onContentChanged);
    connect(&player_, &PlayerViewModel::volumeChanged, this, [this] { settings_.setVolume(player_.volume()); });
    connect(&pictureWindow_, &PictureWindow::said, &notices_, &Notices::warn);
    for (auto* model : homeLists())
        connect(model, &MediaModel::stateChanged, this, &AppContext::homeChanged);
    tracks_.setSeeks(true);
    player_.setVolume(settings_.volume());
    connect(&settings_, &SettingsViewModel::streamLimitChanged, this, &AppContext::passWishes);
    connect(&settings_, &SettingsViewModel::soundProfileChanged, this, &AppContext::passWishes);
    passWishes();
    work_.add(&syncs_);
    work_.add(&comingTitles_);
    work_.add(&scans_);
    work_.add(&jobs_);
    connect(&playlists_, &PlaylistsModel::touched, this, &AppContext::onPlaylistTouched);
    connectOffline();
    connectHere();
    connectPeers();
    connectElsewhere();
    connectStore();
    connectDevices();
    connectSeries();
}

// Titles go to those that are there, from any menu.
void AppContext::connectDevices() {
    actions_.setDevices([this] {
        QList<TitleActions::Device> there;
        for (const auto* device : devices_.all())
            if (device->present())
                there << TitleActions::Device{device->key(), device->name(), device->icon()};
        return there;
    });
    connect(&actions_, &TitleActions::deviceWanted, this, [this](const QString& key, const QStringList& media) {
        if (auto* device = devices_.device(key))
            device->addTitles(media);
    });
}

// "" is any of them.
void AppContext::onPlaylistTouched(const QString& id) {
    for (const auto& page : playlistPages_)
        if (page && (id.isEmpty() || page->playlistId() == id))
            page->reload();
}

// What somebody made of a title: here, or on another device.
void AppContext::onLibraryChanged(const QString& mediaId) {
    continueItems_.reload();
    for (const auto& page : pages_)
        if (page && page->mediaId() == mediaId)
            page->reload();
        else if (page)
            page->follow(mediaId);
}

StreamWishes AppContext::wishes() const {
    return {settings_.streamLimit() * qint64{1000}, settings_.soundProfile()};
}

void AppContext::passWishes() {
    player_.setWishes(wishes());
    for (const auto& page : pages_)
        if (page)
            page->setWishes(wishes());
}

QList<MediaModel*> AppContext::homeLists() const {
    return {&continueItems_, &recentFilms_, &recentSeries_, &recentAlbums_};
}

QList<MediaModel*> AppContext::lists() const {
    return homeLists() + QList<MediaModel*>{&nextUp_, &films_, &series_, &albums_, &artists_, &tracks_, &broken_};
}

bool AppContext::homeEmpty() const {
    const auto all = homeLists();
    return !store_.anything() &&
           std::all_of(all.begin(), all.end(), [](auto* m) { return m->loaded() && m->count() == 0 && !m->failed(); });
}

bool AppContext::homeFailed() const {
    const auto all = homeLists();
    return !elsewhere_.answers(&LibraryElsewhere::recent) &&
           std::all_of(all.begin(), all.end(), [](auto* m) { return m->failed() && m->count() == 0; });
}

QStringList AppContext::homeMissing() const {
    const auto all = homeLists();
    const bool here = std::any_of(all.begin(), all.end(), [](auto* m) { return m->failed() && isMissed(m->error()); });
    return (here ? QStringList{QString()} : QStringList()) + elsewhere_.missing(&LibraryElsewhere::recent);
}

void AppContext::onSignedIn() {
    player_.setAccount(session_.account());
    peers_.setAccount(session_.account());  // whose copy it is, before anything is told of it
    offline_.enter(session_.account(), true);
    devices_.setAccount(session_.account());
    actions_.setOwner(session_.owner());
    libraries_.refresh();
    reloadHomeHere();  // the others are asked once it is known which they are
    playlists_.reload();
    conflicts_.reload();
    channel_.start();
}

void AppContext::onSignedOut() {
    channel_.stop();
    remote_.clear();
    player_.stop();
    player_.setAccount({});
    offline_.leave();
    devices_.setAccount({});
    peers_.setAccount({});
    conflicts_.clear();
    libraries_.clear();
    playlists_.clear();
    account_.clear();
    scrobbling_.clear();
    match_.clear();
    actions_.setOwner(false);
    household_.clear();
    server_.clear();
    jobs_.clear();
    notices_.dismiss();
    for (auto* model : lists())
        model->clear();
    search_.setText({});
    navigator_.reset();
}

void AppContext::onContentChanged() {
    for (auto* model : lists())
        if (model->loaded())
            model->reload();
}

void AppContext::reloadHome() {
    reloadHomeHere();
    elsewhere_.reload();
}

void AppContext::reloadHomeHere() {
    for (auto* model : homeLists())
        model->reload();
    nextUp_.reload();
}

void AppContext::retranslate() {
    for (auto* model : lists())
        model->retranslate();
    for (auto* model : {search_.films(), search_.series(), search_.artists(), search_.albums(), search_.tracks()})
        model->retranslate();
    for (const auto& page : pages_)
        if (page)
            page->retranslate();
    for (const auto& page : playlistPages_)
        if (page)
            page->retranslate();
    playlists_.retranslate();
    player_.retranslate();
    offline_.retranslate();
    tuning_.retranslate();
    devices_.retranslate();
    store_.retranslate();
    peers_.retranslate();
    conflicts_.retranslate();
    Q_EMIT actions_.changed();
    Q_EMIT household_.changed();
    Q_EMIT libraries_.changed();
    Q_EMIT computer_.changed();
    Q_EMIT sharing_.changed();
    Q_EMIT session_.changed();
}

ItemViewModel* AppContext::item(const QString& mediaId) {
    pages_.removeIf([](const auto& page) { return page.isNull(); });
    auto* page = ofThePage(new ItemViewModel(api_, mediaId, wishes()));
    page->setOffline(&offline_, &offline_.changes());
    connect(page, &ItemViewModel::userChanged, this, &AppContext::userChanged);
    pages_ << page;
    return page;
}

PlaylistViewModel* AppContext::playlist(const QString& id) {
    playlistPages_.removeIf([](const auto& page) { return page.isNull(); });
    auto* page = ofThePage(new PlaylistViewModel(api_, notices_, id));
    playlistPages_ << page;
    return page;
}

SmartRulesViewModel* AppContext::smartRules() {
    return ofThePage(new SmartRulesViewModel(api_));
}

FacetsViewModel* AppContext::facets() {
    auto* facets = ofThePage(new FacetsViewModel(api_));
    facets->setElsewhere(&elsewhere_);
    return facets;
}

void AppContext::playItem(ItemViewModel* item, bool fromStart) {
    playItemAt(item, fromStart ? 0 : -1);
}

void AppContext::playItemAt(ItemViewModel* item, double seconds) {
    if (!item || item->item().id.isEmpty())
        return;  // its page has not come, or could not be loaded
    player_.choose(item->item(), choiceOf(item->item(), item->audio(), item->subtitle()));
    player_.setStart(seconds >= 0 ? std::optional(seconds) : std::optional<double>());
    player_.play({toEntry(item->item())}, 0);
    followEpisode(item->item());
}

void AppContext::playFrom(MediaModel* list, int index) {
    if (!list || index < 0 || index >= list->count())
        return;
    playList(*list, index);
    if (list->query().search.isEmpty())  // what was found ends where it does
        feed_.feed(*list, false);
}

void AppContext::playList(const MediaModel& list, int index) {
    QList<player::PlayEntry> entries;
    int current = 0;
    for (int i = 0; i < list.count(); ++i) {
        if (list.items()[i].broken() && i != index)
            continue;
        if (i == index)
            current = static_cast<int>(entries.size());
        entries << toEntry(list.items()[i]);
    }
    player_.setStart(std::nullopt);
    player_.play(entries, current);
}

void AppContext::playRows(MediaModel* list, const QVariantList& rows) {
    QList<MediaItem> chosen;
    for (const auto& row : rows)
        if (list && row.toInt() >= 0 && row.toInt() < list->count())
            chosen << list->items()[row.toInt()];
    player_.setStart(std::nullopt);
    if (const auto entries = playable(chosen); !entries.isEmpty())
        player_.play(entries, 0);
}

void AppContext::playShuffled(MediaModel* list) {
    if (!list || list->count() == 0)
        return;
    playList(*list, static_cast<int>(QRandomGenerator::global()->bounded(list->count())));
    player_.setShuffle(true);
    feed_.feed(*list, true);
}

void AppContext::enqueue(MediaModel* list) {
    if (list)
        player_.append(playable(list->items()));
}

void AppContext::playAlbum(const QString& mediaId, const QString& place) {
    MediaQuery query;
    query.parent = mediaId;
    query.sort = QStringLiteral("index");
    query.limit = 200;
    const auto play = [self = QPointer(this)](const core::Result<MediaPage>& page) {
        if (self && !page)
            self->notices_.warn(texts::error(page.error()));
        if (!self || !page || page->items.isEmpty())
            return;
        self->player_.setStart(std::nullopt);
        self->player_.play(playable(page->items), 0);
    };
    if (place.isEmpty())
        return deliver(api_.media(query, {}), this, play);
    if (auto* library = elsewhere_.at(place))
        library->list(query, {}, play);
}

}  // namespace marea::app
