import QtQuick
import Marea
import Marea.App

// What is in a playlist: plays from any row on; where one may, rows are moved by their handles or Alt with an arrow, and
// removed by Delete.
FocusScope {
    id: list
    required property AppContext app
    required property PlaylistViewModel playlist
    property int sideMargin: Theme.margin
    property Component header: null
    property int from: -1   // what is being dragged, and where it would go
    property int to: -1

    function moveCurrent(by) {
        const at = view.currentIndex
        if (!playlist.editable || at + by < 0 || at + by >= view.count) return
        playlist.move(at, at + by)
        view.currentIndex = at + by
    }
    function drop() {
        if (from >= 0 && to >= 0 && from !== to) playlist.move(from, to)
        from = -1
    }
    Connections {
        target: list.app.actions
        function onRemovalWanted(entryId) { list.playlist.removeAt(list.playlist.rowOfEntry(entryId)) }
    }
    ListView {
        id: view
        objectName: "entries"
        anchors { fill: parent; leftMargin: list.sideMargin; rightMargin: list.sideMargin }
        focus: true
        activeFocusOnTab: true
        model: list.playlist.entries
        header: list.header
        bottomMargin: Theme.margin
        cacheBuffer: Math.max(0, height)
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
        property bool untouched: true   // until then a header that grows does not push the start out of sight
        onMovementStarted: untouched = false
        onCurrentIndexChanged: if (currentIndex > 0) untouched = false
        onOriginYChanged: if (untouched) contentY = originY
        Accessible.role: Accessible.List
        Accessible.name: list.playlist.name
        Keys.onReturnPressed: list.app.playFrom(list.playlist.entries, currentIndex)
        Keys.onEnterPressed: list.app.playFrom(list.playlist.entries, currentIndex)
        Keys.onDeletePressed: list.playlist.removeAt(currentIndex)
        Keys.onPressed: (event) => {
            if (!(event.modifiers & Qt.AltModifier) || (event.key !== Qt.Key_Up && event.key !== Qt.Key_Down)) return
            list.moveCurrent(event.key === Qt.Key_Up ? -1 : 1)
            event.accepted = true
        }
        delegate: PlaylistEntryRow {
            width: ListView.view.width
            app: list.app
            movable: list.playlist.editable
            dragged: list.from === index
            onPlayed: list.app.playFrom(list.playlist.entries, index)
            onPicked: { view.currentIndex = index; view.forceActiveFocus(Qt.MouseFocusReason) }
            onDragStarted: { list.from = index; list.to = index }
            onDraggedTo: (y) => {
                const at = view.indexAt(8, Math.max(view.originY, y))
                if (at >= 0) list.to = at
                else if (y > 0) list.to = view.count - 1
                edge.by = y - view.contentY < 40 ? -8 : y - view.contentY > view.height - 40 ? 8 : 0
            }
            onDropped: list.drop()
            onDragCancelled: list.from = -1
        }
        Rectangle {
            parent: view.contentItem
            readonly property Item target: list.from >= 0 && list.to !== list.from ? view.itemAtIndex(list.to) : null
            visible: target !== null
            z: 2
            width: view.width
            height: 2
            color: Theme.accent
            y: target ? (list.to > list.from ? target.y + target.height : target.y) - 1 : 0
        }
        Timer {
            id: edge
            property int by: 0
            interval: 16
            repeat: true
            running: list.from >= 0 && by !== 0
            onTriggered: view.contentY = Math.max(view.originY, Math.min(view.originY + view.contentHeight - view.height, view.contentY + by))
        }
        Scroller { parent: list; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: view.visibleArea.heightRatio; position: view.visibleArea.yPosition
                   active: view.moving || hovered
                   onPositionChanged: if (pressed) view.contentY = position * view.contentHeight + view.originY }
    }
    EmptyState {
        anchors { fill: parent; topMargin: view.headerItem ? view.headerItem.height : 0 }
        visible: list.playlist.entries.loaded && list.playlist.entries.count === 0
        iconName: list.playlist.smart ? "sparkles" : "list-music"
        text: list.playlist.smart ? qsTr("No title fits the rules now.") : qsTr("There is nothing in this playlist yet.")
        detail: list.playlist.editable ? qsTr("Add titles by their menu, or drag tracks onto the playlist's name.") : ""
    }
    EmptyState {
        anchors { fill: parent; topMargin: view.headerItem ? view.headerItem.height : 0 }
        visible: list.playlist.entries.failed && list.playlist.entries.count === 0
        failed: true
        iconName: "wifi-off"
        text: list.playlist.entries.errorText
        actionText: qsTr("Try again")
        onAction: list.playlist.reload()
    }
}
