import QtQuick
import Marea
import Marea.App

// A virtual grid over a paged model, with the keyboard, skeletons, and the empty and error states.
FocusScope {
    id: grid
    required property MediaModel model
    property real aspect: 1.5
    property int targetWidth: 168
    property int sideMargin: Theme.margin
    property bool playable: false
    property string name: ""     // for screen readers
    property string emptyText: ""
    property string emptyIcon: "film"
    property EmptyLibrary library: null   // tells what to do where there is nothing at all
    property Component header: null
    readonly property alias contentY: view.contentY
    signal opened(string mediaId, string kind, string place)   // `place`: the library's address, "": the one in use
    signal played(string mediaId, string place)

    readonly property int columns: Math.max(2, Math.floor((width - 2 * sideMargin + Theme.gap) / (targetWidth * Theme.pictureScale + Theme.gap)))
    readonly property real cellWidth: Math.floor((width - 2 * sideMargin + Theme.gap) / columns)
    readonly property real cellHeight: Math.round((cellWidth - Theme.gap) * aspect) + 46 + 20

    readonly property bool lettered: model.letters.length > 0 && view.contentHeight > 2 * height

    function toTop() { view.contentY = view.originY }
    Connections {
        target: grid.model
        function onReached(row) {
            view.currentIndex = row
            if (row < grid.columns) grid.toTop()
            else view.positionViewAtIndex(row, GridView.Beginning)
        }
    }

    GridView {
        id: view
        anchors { fill: parent; leftMargin: grid.sideMargin; rightMargin: grid.sideMargin - Theme.gap }
        focus: true
        clip: false
        model: grid.model
        cellWidth: grid.cellWidth
        cellHeight: grid.cellHeight
        topMargin: grid.header ? 0 : 4
        bottomMargin: Theme.margin
        cacheBuffer: Math.max(0, height)
        reuseItems: false
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        pixelAligned: true
        activeFocusOnTab: true
        onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
        property bool untouched: true   // until then a header that grows does not push the start out of sight
        onMovementStarted: untouched = false
        onCurrentIndexChanged: if (currentIndex > 0) untouched = false
        onOriginYChanged: if (untouched) contentY = originY - topMargin
        header: grid.header
        Accessible.role: Accessible.List
        Accessible.name: grid.name
        Keys.onReturnPressed: if (currentItem) currentItem.opened()
        Keys.onEnterPressed: if (currentItem) currentItem.opened()
        Keys.onPressed: (event) => {
            const rows = Math.max(1, Math.floor(height / cellHeight)) * grid.columns
            if (event.key === Qt.Key_PageDown) currentIndex = Math.min(count - 1, currentIndex + rows)
            else if (event.key === Qt.Key_PageUp) currentIndex = Math.max(0, currentIndex - rows)
            else if (event.key === Qt.Key_Home) currentIndex = 0
            else if (event.key === Qt.Key_End) currentIndex = count - 1
            else if (grid.lettered && event.modifiers === Qt.NoModifier && grid.model.rowOf(event.text) >= 0) grid.model.reach(grid.model.rowOf(event.text))
            else return
            event.accepted = true
        }
        Scroller { id: bar; parent: grid; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: view.visibleArea.heightRatio; position: view.visibleArea.yPosition
                   visible: size < 1 && !(grid.lettered && grid.sideMargin < Theme.margin)  // no room for both
                   active: view.moving || hovered
                   onPositionChanged: if (pressed) view.contentY = position * view.contentHeight + view.originY }
        delegate: Item {
            id: cell
            required property int index
            required property string mediaId
            required property string kind
            required property string title
            required property string subtitle
            required property string artwork
            required property double progress
            required property bool watched
            required property bool broken
            required property string place
            width: grid.cellWidth
            height: grid.cellHeight
            signal opened()
            onOpened: grid.opened(mediaId, kind, place)
            MediaCard {
                width: grid.cellWidth - Theme.gap
                index: cell.index
                place: cell.place
                mediaId: cell.mediaId; kind: cell.kind; title: cell.title; subtitle: cell.subtitle
                artwork: cell.artwork; progress: cell.progress; watched: cell.watched; broken: cell.broken
                aspect: grid.aspect
                playable: grid.playable
                onOpened: cell.opened()
                onPlayed: grid.played(mediaId, cell.place)
            }
            FocusRing {
                anchors.fill: undefined
                anchors.margins: 0
                x: -offset; y: -offset
                width: grid.cellWidth - Theme.gap + 2 * offset
                height: Math.round((grid.cellWidth - Theme.gap) * grid.aspect) + 2 * offset
                radius: cell.kind === "artist" ? width / 2 : Theme.radiusCard + offset
                shown: cell.GridView.isCurrentItem && view.activeFocus
            }
        }
    }
    LetterRail {
        objectName: "letterRail"
        visible: grid.lettered
        enabled: visible
        model: grid.model
        width: grid.sideMargin < Theme.margin ? grid.sideMargin : 22
        anchors { right: parent.right; rightMargin: grid.sideMargin < Theme.margin ? 0 : 10; top: parent.top; bottom: parent.bottom; topMargin: 8; bottomMargin: 8 }
        current: visible ? grid.model.letterAt(Math.max(0, view.indexAt(1, view.contentY + grid.cellHeight / 2))) : ""
        onWanted: (row) => grid.model.reach(row)
    }
    Late {
        anchors { fill: parent; leftMargin: grid.sideMargin; topMargin: view.headerItem ? view.headerItem.height : 4 }
        waiting: grid.model.loading && grid.model.count === 0
        sourceComponent: Flow {
            clip: true
            spacing: 0
            Repeater {
                model: grid.columns * 4
                Item {
                    width: grid.cellWidth
                    height: grid.cellHeight
                    Skeleton { width: parent.width - Theme.gap; height: Math.round((parent.width - Theme.gap) * grid.aspect) }
                    Skeleton { y: parent.height - 58; width: (parent.width - Theme.gap) * 0.7; height: 12; radius: 4 }
                    Skeleton { y: parent.height - 38; width: (parent.width - Theme.gap) * 0.4; height: 10; radius: 4 }
                }
            }
        }
    }
    ListStates {
        anchors { fill: parent; topMargin: view.headerItem ? view.headerItem.height : 0 }
        model: grid.model
        emptyText: grid.emptyText
        emptyIcon: grid.emptyIcon
        library: grid.library
    }
}
