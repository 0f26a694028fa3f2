#include <QQmlEngine>

#include "app/viewmodels/appcontext.h"
#include "app/viewmodels/elidedtext.h"
#include "app/viewmodels/trustviewmodel.h"
#include "app/viewmodels/waveformitem.h"

namespace marea::app {

// What QML may name. One line a type; pages get their objects from AppContext.
void registerTypes() {
    const char* uri = "Marea.App";
    const QString no = QStringLiteral("made by the application");
    qmlRegisterUncreatableType<AppContext>(uri, 1, 0, "AppContext", no);
    qmlRegisterUncreatableType<SessionViewModel>(uri, 1, 0, "SessionViewModel", no);
    qmlRegisterUncreatableType<SettingsViewModel>(uri, 1, 0, "SettingsViewModel", no);
    qmlRegisterUncreatableType<PlayerViewModel>(uri, 1, 0, "PlayerViewModel", no);
    qmlRegisterUncreatableType<LyricsViewModel>(uri, 1, 0, "LyricsViewModel", no);
    qmlRegisterUncreatableType<WaveformViewModel>(uri, 1, 0, "WaveformViewModel", no);
    qmlRegisterType<WaveformItem>(uri, 1, 0, "WaveformItem");
    qmlRegisterUncreatableType<PreviewViewModel>(uri, 1, 0, "PreviewViewModel", no);
    qmlRegisterUncreatableType<RemoteViewModel>(uri, 1, 0, "RemoteViewModel", no);
    qmlRegisterUncreatableType<LibrariesViewModel>(uri, 1, 0, "LibrariesViewModel", no);
    qmlRegisterUncreatableType<Elsewhere>(uri, 1, 0, "Elsewhere", no);
    qmlRegisterUncreatableType<ComputerViewModel>(uri, 1, 0, "ComputerViewModel", no);
    qmlRegisterUncreatableType<SharingViewModel>(uri, 1, 0, "SharingViewModel", no);
    qmlRegisterUncreatableType<TrustViewModel>(uri, 1, 0, "TrustViewModel", no);
    qmlRegisterUncreatableType<Notices>(uri, 1, 0, "Notices", no);
    qmlRegisterUncreatableType<TitleActions>(uri, 1, 0, "TitleActions", no);
    qmlRegisterUncreatableType<PlaylistsModel>(uri, 1, 0, "PlaylistsModel", no);
    qmlRegisterUncreatableType<PlaylistViewModel>(uri, 1, 0, "PlaylistViewModel", no);
    qmlRegisterType<ElidedText>(uri, 1, 0, "ElidedText");
    qmlRegisterType<RowSelection>(uri, 1, 0, "RowSelection");
    qmlRegisterUncreatableType<FacetsViewModel>(uri, 1, 0, "FacetsViewModel", no);
    qmlRegisterUncreatableType<AccountViewModel>(uri, 1, 0, "AccountViewModel", no);
    qmlRegisterUncreatableType<ScrobblingViewModel>(uri, 1, 0, "ScrobblingViewModel", no);
    qmlRegisterUncreatableType<MatchViewModel>(uri, 1, 0, "MatchViewModel", no);
    qmlRegisterUncreatableType<HouseholdViewModel>(uri, 1, 0, "HouseholdViewModel", no);
    qmlRegisterUncreatableType<ServerViewModel>(uri, 1, 0, "ServerViewModel", no);
    qmlRegisterUncreatableType<StoreViewModel>(uri, 1, 0, "StoreViewModel", no);
    qmlRegisterUncreatableType<ProductsModel>(uri, 1, 0, "ProductsModel", no);
    qmlRegisterUncreatableType<ProductViewModel>(uri, 1, 0, "ProductViewModel", no);
    qmlRegisterUncreatableType<Checkout>(uri, 1, 0, "Checkout", no);
    qmlRegisterUncreatableType<Wallet>(uri, 1, 0, "Wallet", no);
    qmlRegisterUncreatableType<OrdersModel>(uri, 1, 0, "OrdersModel", no);
    qmlRegisterUncreatableType<SellingViewModel>(uri, 1, 0, "SellingViewModel", no);
    qmlRegisterUncreatableType<OfferViewModel>(uri, 1, 0, "OfferViewModel", no);
    qmlRegisterUncreatableType<SamplePlayer>(uri, 1, 0, "SamplePlayer", no);
    qmlRegisterUncreatableType<RunningWork>(uri, 1, 0, "RunningWork", no);
    qmlRegisterUncreatableType<SmartRulesViewModel>(uri, 1, 0, "SmartRulesViewModel", no);
    qmlRegisterUncreatableType<Navigator>(uri, 1, 0, "Navigator", no);
    qmlRegisterUncreatableType<InputMode>(uri, 1, 0, "InputMode", no);
    qmlRegisterUncreatableType<SearchViewModel>(uri, 1, 0, "SearchViewModel", no);
    qmlRegisterUncreatableType<MediaModel>(uri, 1, 0, "MediaModel", no);
    qmlRegisterUncreatableType<ItemViewModel>(uri, 1, 0, "ItemViewModel", no);
    qmlRegisterUncreatableType<TuningViewModel>(uri, 1, 0, "TuningViewModel", no);
    qmlRegisterUncreatableType<PictureWindow>(uri, 1, 0, "PictureWindow", no);
    qmlRegisterUncreatableType<OfflineViewModel>(uri, 1, 0, "OfflineViewModel", no);
    qmlRegisterUncreatableType<DownloadsModel>(uri, 1, 0, "DownloadsModel", no);
    qmlRegisterUncreatableType<DevicesViewModel>(uri, 1, 0, "DevicesViewModel", no);
    qmlRegisterUncreatableType<DeviceViewModel>(uri, 1, 0, "DeviceViewModel", no);
    qmlRegisterUncreatableType<ProfileViewModel>(uri, 1, 0, "ProfileViewModel", no);
    qmlRegisterUncreatableType<DevicePlanModel>(uri, 1, 0, "DevicePlanModel", no);
    qmlRegisterUncreatableType<ConflictsViewModel>(uri, 1, 0, "ConflictsViewModel", no);
    qmlRegisterUncreatableType<PeersViewModel>(uri, 1, 0, "PeersViewModel", no);
    qmlRegisterUncreatableType<NearbyServers>(uri, 1, 0, "NearbyServers", no);
    qmlRegisterUncreatableType<QueueModel>(uri, 1, 0, "QueueModel", no);
}

}  // namespace marea::app
