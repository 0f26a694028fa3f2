import QtQuick
import Marea
import Marea.App

// The server's store: shelves, or what one looks for.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property StoreViewModel store: app.store
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    readonly property int cover: narrow ? 132 : 168
    Component.onCompleted: store.reload()

    StoreHead {
        id: head
        anchors { left: parent.left; right: parent.right; leftMargin: page.side; rightMargin: page.side }
        visible: !page.store.empty || page.store.searching
        height: visible ? implicitHeight : 0
        app: page.app
        narrow: page.narrow
    }
    Flickable {
        id: flick
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom }
        clip: true
        visible: !page.store.searching
        contentHeight: shelves.height + 32
        boundsBehavior: Flickable.StopAtBounds
        Column {
            id: shelves
            width: parent.width
            spacing: 20
            ProductRow { width: parent.width; focus: true; app: page.app; title: qsTr("Staff picks"); model: page.store.staff; opensAll: false; sideMargin: page.side; cardWidth: page.cover }
            ProductRow { width: parent.width; app: page.app; title: qsTr("New"); model: page.store.newest; sideMargin: page.side; cardWidth: page.cover; onAllOpened: page.store.setSort("new") }
            ProductRow { width: parent.width; app: page.app; title: qsTr("Best-selling"); model: page.store.best; sideMargin: page.side; cardWidth: page.cover; onAllOpened: page.store.setSort("best") }
        }
        Scroller { parent: page; anchors { top: parent.top; topMargin: head.height; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: flick.visibleArea.heightRatio; position: flick.visibleArea.yPosition
                   active: flick.moving || hovered
                   visible: size < 1 && flick.visible
                   onPositionChanged: if (pressed) flick.contentY = position * flick.contentHeight }
    }
    RowsFocus { scope: page; list: shelves }
    Loader {
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom }
        active: page.store.searching
        focus: active
        sourceComponent: ProductGrid {
            app: page.app
            model: page.store.found
            sideMargin: page.side
            targetWidth: page.cover
        }
    }
    EmptyState {
        anchors.fill: parent
        visible: page.store.empty && !page.store.searching
        focus: visible
        iconName: "shopping-bag"
        text: qsTr("Nothing is for sale yet.")
        detail: page.store.owner ? qsTr("Put a library up for sale, and make products of what is in it.") : ""
        actionText: page.store.owner ? qsTr("Sell something") : ""
        onAction: page.app.navigator.go("selling")
    }
    EmptyState {
        anchors.fill: parent
        visible: page.store.newest.failed && page.store.newest.count === 0 && !page.store.searching
        failed: true
        iconName: "wifi-off"
        text: page.store.newest.errorText
        actionText: qsTr("Try again")
        onAction: page.store.reload()
    }
}
