import QtQuick
import Marea
import Marea.App

// Shows the page that the navigator is at. The sections stay alive once visited, so that their place is kept; pages of
// one title are made anew.
FocusScope {
    id: host
    required property AppContext app
    property bool narrow: false
    readonly property string page: app.navigator.page
    readonly property bool section: ["home", "films", "series", "music"].includes(page)
    readonly property Loader place: page === "home" ? home : page === "films" ? films : page === "series" ? series : page === "music" ? music : details
    readonly property Item current: place ? place.item : null
    readonly property QtObject unreached: current?.unreached ?? null   // Unreached

    clip: true
    onCurrentChanged: if (current) { place.focus = true; current.focus = true; fadeIn.restart() }
    onPlaceChanged: if (place) place.active = true

    NumberAnimation { id: fadeIn; target: host.current; property: "opacity"; from: Theme.reduceMotion ? 1 : 0; to: 1; duration: Theme.quick; easing.type: Easing.OutQuad }

    component Section: Loader {
        anchors.fill: parent
        active: false
        visible: host.section && host.current === item
        enabled: visible
    }
    Section { id: home; active: true; sourceComponent: HomePage { app: host.app; narrow: host.narrow } }
    Section { id: films; sourceComponent: FilmsPage { app: host.app; narrow: host.narrow } }
    Section { id: series; sourceComponent: SeriesPage { app: host.app; narrow: host.narrow } }
    Section { id: music; sourceComponent: MusicPage { app: host.app; narrow: host.narrow } }
    Loader {
        id: details
        anchors.fill: parent
        visible: !host.section
        enabled: visible
        function show() {
            const files = {film: "FilmPage", show: "ShowPage", album: "AlbumPage", artist: "ArtistPage", search: "SearchPage",
                           settings: "SettingsPage", attention: "AttentionPage", playlists: "PlaylistsPage", playlist: "PlaylistPage",
                           downloads: "DownloadsPage", store: "StorePage", product: "ProductPage", purchases: "PurchasesPage", selling: "SellingPage", offer: "OfferPage", devices: "DevicesPage", device: "DevicePage", peer: "PeerPage", conflicts: "ConflictsPage"}
            const file = files[host.page]
            if (!file) { source = ""; return }
            const given = {app: host.app, narrow: Qt.binding(() => host.narrow)}
            for (const key of ["mediaId", "playlistId", "deviceKey", "productId", "peerId"])
                if (host.app.navigator.arguments[key]) given[key] = host.app.navigator.arguments[key]
            setSource("../Pages/" + file + ".qml", given)
        }
    }
    TitleFinder { id: finder; anchors.fill: parent; z: 1; actions: host.app.actions; page: host }
    Keys.onMenuPressed: finder.openForFocus()
    Keys.onPressed: (event) => {
        if (event.key !== Qt.Key_F10 || !(event.modifiers & Qt.ShiftModifier)) return
        finder.openForFocus()
        event.accepted = true
    }
    Connections {
        target: host.app.navigator
        function onMoved() { details.show() }
    }
    Component.onCompleted: {
        place.active = true
        details.show()
    }
}
