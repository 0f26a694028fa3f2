import QtQuick
import Marea
import Marea.App

// Albums, artists, tracks: one of them at a time.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    property string tab: "albums"
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property int cover: narrow ? 148 : width > 1500 ? 200 : 172
    readonly property var tabs: [{key: "albums", text: qsTr("Albums")}, {key: "artists", text: qsTr("Artists")}, {key: "tracks", text: qsTr("Tracks")}]
    Component.onCompleted: app.albums.ensure()
    onTabChanged: app[tab].ensure()

    component Head: Column {
        property var list
        property bool sortable: true
        PageTitle { text: qsTr("Music"); count: list.total }
        Flow {
            width: parent.width
            spacing: 8
            Repeater {
                model: page.tabs
                Chip {
                    required property var modelData
                    text: modelData.text
                    checkable: true
                    checked: page.tab === modelData.key
                    onClicked: { page.tab = modelData.key; checked = Qt.binding(() => page.tab === modelData.key) }
                }
            }
            Item { width: 8; height: 1 }
            SortFilterBar { visible: parent.parent.sortable && list.count > 0; model: list; withFilters: false; withYear: page.tab === "albums" }
        }
        Item { width: 1; height: 20 }
    }
    Loader {
        anchors.fill: parent
        focus: true
        active: true
        sourceComponent: page.tab === "albums" ? albums : page.tab === "artists" ? artists : tracks
        onLoaded: item.focus = true
    }
    Component {
        id: albums
        MediaGrid {
            model: page.app.albums
            aspect: 1
            targetWidth: page.cover
            sideMargin: page.side
            playable: true
            emptyIcon: "disc-3"
            library: EmptyLibrary { app: page.app }
            emptyText: qsTr("There are no albums in the library yet.")
            onOpened: (id, kind) => page.app.navigator.open(id, kind)
            onPlayed: (id) => page.app.playAlbum(id)
            header: Head { width: GridView.view ? GridView.view.width : 0; list: page.app.albums }
        }
    }
    Component {
        id: artists
        MediaGrid {
            model: page.app.artists
            aspect: 1
            targetWidth: page.cover
            sideMargin: page.side
            emptyIcon: "mic-vocal"
            library: EmptyLibrary { app: page.app }
            emptyText: qsTr("There are no artists in the library yet.")
            onOpened: (id, kind) => page.app.navigator.open(id, kind)
            header: Head { width: GridView.view ? GridView.view.width : 0; list: page.app.artists; sortable: false }
        }
    }
    Component {
        id: tracks
        TrackList {
            app: page.app
            model: page.app.tracks
            sideMargin: page.side
            showArtwork: true
            emptyText: qsTr("There are no tracks in the library yet.")
            header: Head { width: ListView.view ? ListView.view.width : 0; list: page.app.tracks }
        }
    }
}
