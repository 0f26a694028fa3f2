import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// All tracks as a table: columns that one chooses and sorts by, several rows chosen at once, and dragged to a playlist in
// the sidebar. Enter plays what is chosen, or from the row on. By names it has the alphabet beside, as grids have.
FocusScope {
    id: tracks
    required property AppContext app
    required property MediaModel model
    property int sideMargin: Theme.margin
    property bool narrow: false
    property Component header: null
    property string emptyText: ""
    property EmptyLibrary library: null   // tells what to do where there is nothing at all
    readonly property int rowHeight: narrow ? 52 : 44

    readonly property var columns: [
        {key: "artist", text: qsTr("Artist"), share: 3, sort: "artist", order: ""}, {key: "album", text: qsTr("Album"), share: 3, sort: "album", order: ""}, {key: "genres", text: qsTr("Genre"), share: 2},
        {key: "year", text: qsTr("Year"), wide: 64, number: true, sort: "year", order: "desc"}, {key: "playCount", text: qsTr("Plays"), wide: 72, number: true, sort: "popular", order: "desc"},
        {key: "rating", text: qsTr("Rating"), wide: 104}, {key: "added", text: qsTr("Added"), wide: 104, sort: "added", order: "desc"},
        {key: "duration", text: qsTr("Length"), wide: 72, number: true, sort: "duration", order: "desc"}]
    readonly property var shown: narrow ? columns.filter(c => c.key === "duration") : columns.filter(c => app.settings.trackColumns.includes(c.key))
    readonly property real fixed: shown.reduce((sum, c) => sum + (c.wide ?? 0) + 12, 0)
    readonly property real shares: shown.reduce((sum, c) => sum + (c.share ?? 0), 4)
    readonly property real unit: Math.max(20, (view.width - fixed - 64) / shares)
    readonly property real titleWidth: unit * 4
    function widthOf(column) { return column.wide ?? column.share * unit }
    function sortBy(column) {
        if (!column.sort) return
        if (model.sort !== column.sort) model.setSort(column.sort, column.order)
        else model.setSort(column.sort, model.order === "desc" ? "asc" : "desc")
    }
    function toggleColumn(key) {
        const now = app.settings.trackColumns
        app.settings.trackColumns = now.includes(key) ? now.filter(k => k !== key) : now.concat([key])
    }
    readonly property bool lettered: model.letters.length > 0 && view.contentHeight > 2 * height
    property int places: 0       // counts how often rows took others' places
    property bool typed: false   // the row that one is taken to is chosen, as by the other keys
    function reach(row, byKey) {
        typed = byKey
        model.reach(row)
    }
    Connections {
        target: tracks.model
        property int top: 0   // the first row to be seen, and where
        property real topY: 0
        function onReached(row) {
            view.currentIndex = row
            if (row === 0) view.contentY = view.originY
            else view.positionViewAtIndex(row, ListView.Beginning)
            if (tracks.typed) selection.choose(row, Qt.NoModifier)
            tracks.typed = false
            tracks.places++
        }
        // What comes before what is shown leaves it where it is.
        function onComesBefore() {
            top = Math.max(0, view.indexAt(1, view.contentY + 1))
            topY = (view.itemAtIndex(top)?.y ?? view.contentY) - view.contentY
        }
        function onCameBefore(rows) {
            view.forceLayout()
            tracks.places++
            if (Math.abs((view.itemAtIndex(top + rows)?.y ?? Infinity) - view.contentY - topY) < 1) return
            view.positionViewAtIndex(top + rows, ListView.Beginning)
            view.contentY -= topY
        }
    }
    function playChosen() {
        if (selection.count > 1) app.playRows(model, selection.rows)
        else app.playFrom(model, view.currentIndex)
    }

    RowSelection { id: selection; model: tracks.model }
    ListView {
        id: view
        objectName: "tracks"
        anchors { fill: parent; leftMargin: tracks.sideMargin; rightMargin: tracks.sideMargin }
        focus: true
        activeFocusOnTab: true
        model: tracks.model
        bottomMargin: Theme.margin
        cacheBuffer: Math.max(0, height)
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: false   // Shift and Ctrl mean something here
        onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
        property bool untouched: true   // until then a header that grows does not push the start out of sight
        onMovementStarted: untouched = false
        onContentYChanged: if (contentY - originY < 2 * height) tracks.model.fetchBefore()
        onCurrentIndexChanged: if (currentIndex > 0) untouched = false
        onOriginYChanged: if (untouched) contentY = originY
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Tracks")
        function rowMenu(row, place) {
            if (!selection.contains(row)) selection.choose(row, Qt.NoModifier)
            currentIndex = row
            tracks.app.actions.openRows(tracks.model, selection.rows, place)
            return true
        }
        function step(by, modifiers) {
            const to = Math.max(0, Math.min(count - 1, currentIndex + by))
            if ((modifiers & Qt.ShiftModifier) && selection.count === 0) selection.choose(currentIndex, Qt.NoModifier)
            currentIndex = to
            if (!(modifiers & Qt.ControlModifier)) selection.choose(to, modifiers)
        }
        Keys.onPressed: (event) => {
            const page = Math.max(1, Math.floor(height / tracks.rowHeight) - 1)
            if (event.key === Qt.Key_Down) step(1, event.modifiers)
            else if (event.key === Qt.Key_Up) step(-1, event.modifiers)
            else if (event.key === Qt.Key_PageDown) step(page, event.modifiers)
            else if (event.key === Qt.Key_PageUp) step(-page, event.modifiers)
            else if (event.key === Qt.Key_Home && event.modifiers === Qt.NoModifier && tracks.model.hasBefore()) tracks.reach(0, true)
            else if (event.key === Qt.Key_Home) step(-count, event.modifiers)
            else if (event.key === Qt.Key_End) step(count, event.modifiers)
            else if (event.key === Qt.Key_Space && (event.modifiers & Qt.ControlModifier)) selection.choose(currentIndex, Qt.ControlModifier)
            else if (event.matches(StandardKey.SelectAll)) selection.chooseAll()
            else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) tracks.playChosen()
            else if (tracks.lettered && event.modifiers === Qt.NoModifier && tracks.model.rowOf(event.text) >= 0) tracks.reach(tracks.model.rowOf(event.text), true)
            else return
            event.accepted = true
        }
        header: Column {
            width: ListView.view ? ListView.view.width : 0
            Loader { width: parent.width; sourceComponent: tracks.header }
            TrackTableHead { width: parent.width; table: tracks; visible: tracks.model.count > 0 }
        }
        delegate: TrackTableRow {
            width: ListView.view.width
            table: tracks
            selected: selection.count >= 0 && selection.rows.length >= 0 && selection.contains(index)
            onPicked: (modifiers) => { view.currentIndex = index; selection.choose(index, modifiers); view.forceActiveFocus(Qt.MouseFocusReason) }
            onPlayed: playing ? tracks.app.player.togglePause() : tracks.app.playFrom(tracks.model, index)
            onDragStarted: {
                if (!selection.contains(index)) selection.choose(index, Qt.NoModifier)
                ghost.begin(tracks.model.refsAt(selection.rows))
            }
            onDraggedTo: (x, y) => ghost.follow(mapToItem(null, x, y))
            onDropped: ghost.drop()
            onDragCancelled: ghost.cancel()
        }
        Scroller { parent: tracks; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: view.visibleArea.heightRatio; position: view.visibleArea.yPosition
                   visible: size < 1 && !(tracks.lettered && tracks.sideMargin < Theme.margin)  // no room for both
                   active: view.moving || hovered
                   onPositionChanged: if (pressed) view.contentY = position * view.contentHeight + view.originY }
    }
    LetterRail {
        objectName: "letterRail"
        visible: tracks.lettered
        enabled: visible
        model: tracks.model
        width: tracks.sideMargin < Theme.margin ? tracks.sideMargin : 22
        anchors { right: parent.right; rightMargin: tracks.sideMargin < Theme.margin ? 0 : 10; top: parent.top; bottom: parent.bottom; topMargin: 8; bottomMargin: 8 }
        current: visible && tracks.places >= 0 ? tracks.model.letterAt(Math.max(0, view.indexAt(1, view.contentY + 22))) : ""
        onWanted: (row) => tracks.reach(row, false)
    }
    TitleGhost { id: ghost; parent: tracks.Window.contentItem ?? tracks }
    Late {
        anchors { fill: parent; leftMargin: tracks.sideMargin; rightMargin: tracks.sideMargin; topMargin: (view.headerItem ? view.headerItem.height : 0) + 36 }
        waiting: tracks.model.loading && tracks.model.count === 0
        sourceComponent: Column {
            objectName: "tracksSkeleton"
            clip: true
            Repeater {
                model: Math.max(1, Math.ceil(tracks.height / tracks.rowHeight))
                Item {
                    width: view.width
                    height: tracks.rowHeight
                    Skeleton { x: 44; anchors.verticalCenter: parent.verticalCenter; width: tracks.titleWidth * 0.6; height: 12; radius: 4 }
                    Skeleton { anchors { right: parent.right; rightMargin: 20; verticalCenter: parent.verticalCenter } width: 40; height: 10; radius: 4 }
                }
            }
        }
    }
    ListStates {
        anchors { fill: parent; topMargin: view.headerItem ? view.headerItem.height : 0 }
        model: tracks.model
        emptyText: tracks.emptyText
        emptyIcon: "music"
        library: tracks.library
    }
}
