import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Marea
import Marea.App

// The playlists one has, and those that others share.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property PlaylistsModel playlists: app.playlists
    readonly property Unreached unreached: Unreached { app: page.app; list: page.playlists; onAgain: page.playlists.reload() }
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    Component.onCompleted: playlists.reload()

    // One that was made here: to where it is.
    function go(id) { if (id !== "") app.navigator.go("playlist", {playlistId: id}) }
    Connections { target: page.playlists; function onFileImported(id) { page.go(id) } }
    function make(sheet, back) { sheet.active = true; sheet.item.ask(back) }
    Loader { id: plain; active: false; sourceComponent: PlaylistSheet { app: page.app; onMade: (id) => page.go(id) } }
    Loader { id: smart; active: false; sourceComponent: SmartSheet { app: page.app; onMade: (id) => page.go(id) } }
    Loader {
        id: importer
        active: false
        sourceComponent: FileDialog {
            title: qsTr("Import a playlist")
            nameFilters: [qsTr("Playlists") + " (*.m3u8 *.m3u *.xspf)", qsTr("All files") + " (*)"]
            onAccepted: page.playlists.importFile(selectedFile)
        }
    }

    ListView {
        id: view
        anchors { fill: parent; leftMargin: page.side; rightMargin: page.side }
        focus: true
        activeFocusOnTab: true
        model: page.playlists
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        bottomMargin: Theme.margin
        spacing: 2
        onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Playlists")
        Keys.onReturnPressed: if (currentItem) currentItem.clicked()
        Keys.onEnterPressed: if (currentItem) currentItem.clicked()
        Keys.onDeletePressed: if (currentItem && currentItem.own) page.playlists.remove(currentItem.playlistId)
        header: Column {
            width: ListView.view.width
            spacing: 12
            PageTitle { text: qsTr("Playlists"); count: page.playlists.count }
            Flow {
                width: parent.width
                spacing: 8
                AppButton { id: newButton; iconName: "plus"; text: qsTr("New playlist"); onClicked: page.make(plain, newButton) }
                AppButton { id: smartButton; iconName: "sparkles"; text: qsTr("New smart playlist"); onClicked: page.make(smart, smartButton) }
                AppButton { quiet: true; iconName: "download"; text: qsTr("Import…"); onClicked: { importer.active = true; importer.item.open() } }
            }
            Item { width: 1; height: 4 }
        }
        delegate: T.ItemDelegate {
            id: row
            required property int index
            required property string playlistId
            required property string name
            required property string detail
            required property bool smart
            required property bool own
            required property bool shared
            x: -8
            width: Math.min(ListView.view.width, 900) + 16
            height: 60
            hoverEnabled: true
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.ListItem
            Accessible.name: name + ", " + detail
            Accessible.onPressAction: clicked()
            onClicked: page.app.navigator.go("playlist", {playlistId: playlistId})
            background: Rectangle {
                radius: Theme.radiusControl
                color: row.hovered ? Theme.hover : "transparent"
                FocusRing { shown: row.ListView.isCurrentItem && view.activeFocus; offset: 0 }
            }
            Component.onCompleted: page.playlists.wantCovers(playlistId)
            readonly property var covers: page.playlists.coversRevision >= 0 ? page.playlists.covers(playlistId) : []
            Mosaic { objectName: "covers"; visible: row.covers.length > 0; x: 8; anchors.verticalCenter: parent.verticalCenter; width: 44; height: 44; pictures: row.covers; fallback: "list-music" }
            Rectangle {
                visible: row.covers.length === 0
                x: 8
                anchors.verticalCenter: parent.verticalCenter
                width: 44; height: 44; radius: Theme.radiusControl
                color: Theme.control
                Icon { anchors.centerIn: parent; name: row.smart ? "sparkles" : "list-music"; color: Theme.secondary }
            }
            Column {
                anchors { left: parent.left; leftMargin: 68; right: mark.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
                spacing: 2
                Label { width: parent.width; text: row.name; weight: Font.Medium }
                Label { width: parent.width; text: row.detail; color: Theme.secondary; font.pixelSize: Theme.tiny }
            }
            Icon { id: mark; anchors { right: gone.left; rightMargin: 8; verticalCenter: parent.verticalCenter } visible: row.shared; name: "users"; size: 16; color: Theme.secondary }
            IconButton {
                id: gone
                anchors { right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
                visible: row.own
                opacity: row.hovered || row.ListView.isCurrentItem && view.activeFocus ? 1 : 0
                focusPolicy: Qt.NoFocus
                iconName: "trash-2"
                iconSize: 18
                color: Theme.secondary
                text: qsTr("Delete %1").arg(row.name)
                onClicked: page.playlists.remove(row.playlistId)
            }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: view.visibleArea.heightRatio; position: view.visibleArea.yPosition
                   active: view.moving || hovered
                   onPositionChanged: if (pressed) view.contentY = position * view.contentHeight + view.originY }
    }
    Late {
        anchors { fill: view; topMargin: 120 }
        waiting: page.playlists.loading && page.playlists.count === 0
        sourceComponent: Column {
            spacing: 8
            Repeater { model: 5; Skeleton { width: Math.min(view.width, 600); height: 52; radius: Theme.radiusControl } }
        }
    }
    EmptyState {
        anchors { fill: parent; topMargin: 120 }
        visible: page.playlists.loaded && page.playlists.count === 0 && !page.playlists.failed
        iconName: "list-music"
        text: qsTr("There are no playlists yet.")
        detail: qsTr("Make one here, or add a title to one by its menu.")
    }
    EmptyState {
        anchors { fill: parent; topMargin: 120 }
        visible: page.playlists.failed && page.playlists.count === 0
        failed: true
        iconName: "wifi-off"
        text: page.playlists.errorText
        actionText: qsTr("Try again")
        onAction: page.playlists.reload()
    }
}
