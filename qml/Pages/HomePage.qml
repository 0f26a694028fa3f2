import QtQuick
import Marea
import Marea.App

// Rows of what to go on with and what is new.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property int poster: narrow ? 120 : width > 1500 ? 188 : 160

    Flickable {
        id: flick
        anchors.fill: parent
        contentHeight: rows.height + 32
        boundsBehavior: Flickable.StopAtBounds
        visible: !page.app.homeEmpty && !page.app.homeFailed
        Column {
            id: rows
            width: parent.width
            y: 4
            spacing: 20
            CardRow {
                id: continueRow
                width: parent.width
                focus: true
                title: qsTr("Continue")
                model: page.app.continueItems
                opensAll: false
                sideMargin: page.side
                cardWidth: page.poster
                aspect: 1.5
                onOpened: (id, kind) => page.app.navigator.open(id, kind)
            }
            CardRow {
                width: parent.width
                title: qsTr("Recently added films")
                model: page.app.recentFilms
                sideMargin: page.side
                cardWidth: page.poster
                onAllOpened: page.app.navigator.go("films")
                onOpened: (id, kind) => page.app.navigator.open(id, kind)
            }
            CardRow {
                width: parent.width
                title: qsTr("Recently added series")
                model: page.app.recentSeries
                sideMargin: page.side
                cardWidth: page.poster
                onAllOpened: page.app.navigator.go("series")
                onOpened: (id, kind) => page.app.navigator.open(id, kind)
            }
            CardRow {
                width: parent.width
                title: qsTr("Recently added albums")
                model: page.app.recentAlbums
                sideMargin: page.side
                cardWidth: page.poster
                aspect: 1
                playable: true
                onAllOpened: page.app.navigator.go("music")
                onOpened: (id, kind) => page.app.navigator.open(id, kind)
                onPlayed: (id) => page.app.playAlbum(id)
            }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
    Connections {
        target: page.Window.window
        function onActiveFocusItemChanged() {
            const item = page.Window.activeFocusItem
            for (let i = 0; i < rows.children.length; ++i) {
                const row = rows.children[i]
                if (row.activeFocus !== true) continue
                if (row.y < flick.contentY) flick.contentY = Math.max(0, row.y - 8)
                else if (row.y + row.height > flick.contentY + flick.height) flick.contentY = Math.min(flick.contentHeight - flick.height, row.y + row.height - flick.height + 8)
            }
        }
    }
    EmptyState {
        anchors.fill: parent
        focus: visible
        visible: page.app.homeFailed
        failed: true
        iconName: "wifi-off"
        text: page.app.recentFilms.errorText
        actionText: qsTr("Try again")
        onAction: { page.app.reloadHome(); page.app.libraries.refresh() }
    }
    EmptyState {
        anchors.fill: parent
        focus: visible
        visible: page.app.homeEmpty && !page.app.homeFailed
        iconName: page.app.libraries.scanning ? "activity" : "waves"
        text: page.app.libraries.scanning ? qsTr("The library is being read. Films and music appear here as they are found.")
            : page.app.libraries.any ? qsTr("There is nothing in the library's folders yet.") : qsTr("The server has no library yet.")
        detail: page.app.libraries.scanning ? page.app.libraries.progressText : page.app.libraries.any ? "" : qsTr("Start it with a folder of films or music, or add one in the settings.")
        actionText: page.app.libraries.scanning ? "" : page.app.libraries.any ? qsTr("Scan again") : page.app.session.owner ? qsTr("Add a folder") : ""
        onAction: page.app.libraries.any ? page.app.libraries.rescan() : page.app.navigator.go("settings")
    }
}
