import QtQuick
import Marea
import Marea.App

// Albums, artists, tracks, genres: one of them at a time.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    property string tab: "albums"
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property int cover: narrow ? 148 : width > 1500 ? 200 : 172
    readonly property var facets: tab === "genres" ? shownTab.item?.facets ?? null : null
    readonly property Unreached unreached: Unreached {
        app: page.app
        list: page.tab === "genres" ? page.app.albums : page.app[page.tab]
        missing: (page.facets ?? list).missing
        onAgain: page.facets ? page.facets.load() : list.reload()
    }
    readonly property var tabs: [{key: "albums", text: qsTr("Albums")}, {key: "artists", text: qsTr("Artists")}, {key: "tracks", text: qsTr("Tracks")}, {key: "genres", text: qsTr("Genres")}]
    Component.onCompleted: app.albums.ensure()
    onTabChanged: if (tab !== "genres") app[tab].ensure()

    component Head: Column {
        id: head
        property var list
        property bool sortable: true
        spacing: 12
        PageTitle { text: qsTr("Music"); count: page.tab === "genres" ? -1 : list.total }
        Row {
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
        }
        SortFilterBar { width: parent.width; visible: parent.sortable && (list.count > 0 || list.filtered); app: page.app; model: list; states: ["favourite"]; withYear: page.tab === "albums"; withArtist: true; withAlbum: page.tab === "tracks"; pictures: page.tab !== "tracks" }
        Item { width: 1; height: 8 }
    }
    Loader {
        id: shownTab
        anchors.fill: parent
        focus: true
        active: true
        sourceComponent: page.tab === "albums" ? albums : page.tab === "artists" ? artists : page.tab === "tracks" ? tracks : genres
        onLoaded: item.focus = true
    }
    Component {
        id: albums
        MediaGrid {
            name: qsTr("Albums")
            model: page.app.albums
            aspect: 1
            targetWidth: page.cover
            sideMargin: page.side
            playable: true
            emptyIcon: "disc-3"
            library: EmptyLibrary { app: page.app }
            emptyText: qsTr("There are no albums in the library yet.")
            onOpened: (id, kind, place) => page.app.openIn(place, id, kind)
            onPlayed: (id, place) => page.app.playAlbum(id, place)
            header: Head { width: GridView.view ? GridView.view.width : 0; list: page.app.albums }
        }
    }
    Component {
        id: artists
        MediaGrid {
            name: qsTr("Artists")
            model: page.app.artists
            aspect: 1
            targetWidth: page.cover
            sideMargin: page.side
            emptyIcon: "mic-vocal"
            library: EmptyLibrary { app: page.app }
            emptyText: qsTr("There are no artists in the library yet.")
            onOpened: (id, kind, place) => page.app.openIn(place, id, kind)
            header: Head { width: GridView.view ? GridView.view.width : 0; list: page.app.artists; sortable: false }
        }
    }
    Component {
        id: tracks
        TrackTable {
            app: page.app
            model: page.app.tracks
            sideMargin: page.side
            narrow: page.narrow
            library: EmptyLibrary { app: page.app }
            emptyText: qsTr("There are no tracks in the library yet.")
            header: Head { list: page.app.tracks }
        }
    }
    Component {
        id: genres
        GenreGrid {
            app: page.app
            model: page.app.albums
            sideMargin: page.side
            header: Head { width: GridView.view ? GridView.view.width : 0; list: page.app.albums; sortable: false }
            onChosen: (genre) => { page.app.albums.setGenres([genre]); page.tab = "albums" }
        }
    }
}
