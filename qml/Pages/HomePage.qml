import QtQuick
import Marea
import Marea.App

// Rows of what to go on with and what is new.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property Unreached unreached: Unreached { app: page.app; missing: page.app.homeEmpty || page.app.homeFailed ? [] : page.app.homeMissing; onAgain: page.again() }
    readonly property int poster: narrow ? 120 : width > 1500 ? 188 : 160

    function again() { app.reloadHome(); app.libraries.refresh() }
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
                title: qsTr("Next up")
                model: page.app.nextUp
                opensAll: false
                sideMargin: page.side
                cardWidth: Math.round(page.poster * 1.5)
                aspect: 9 / 16
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
            ProductRow {
                width: parent.width
                visible: page.app.store.available && (waiting || model.count > 0)
                app: page.app
                title: qsTr("From the store")
                model: page.app.store.newest
                sideMargin: page.side
                cardWidth: page.poster
                onAllOpened: page.app.navigator.go("store")
            }
            Repeater {
                model: page.app.elsewhere.places
                CardRow {
                    required property QtObject modelData
                    width: rows.width
                    title: qsTr("New in %1").arg(modelData.name)
                    place: modelData.address
                    model: modelData.recent
                    opensAll: false
                    sideMargin: page.side
                    cardWidth: page.poster
                    aspect: 1
                    onOpened: (id, kind) => page.app.openElsewhere(modelData.address, id)
                }
            }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
    RowsFocus { scope: page; list: rows }
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
        onAction: page.again()
    }
    EmptyState {
        anchors.fill: parent
        focus: visible
        visible: page.app.homeEmpty && !page.app.homeFailed
        iconName: empty.reading ? "activity" : "waves"
        text: empty.text
        detail: empty.detail
        actionText: empty.actionText
        onAction: empty.act()
        EmptyLibrary { id: empty; app: page.app }
    }
}
