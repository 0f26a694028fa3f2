import QtQuick
import Marea
import Marea.App

// What was found in the store, as a grid.
FocusScope {
    id: grid
    required property AppContext app
    required property ProductsModel model
    property int sideMargin: Theme.margin
    property int targetWidth: 168
    readonly property int columns: Math.max(2, Math.floor((width - 2 * sideMargin + Theme.gap) / (targetWidth * Theme.pictureScale + Theme.gap)))
    readonly property real cellWidth: Math.floor((width - 2 * sideMargin + Theme.gap) / columns)

    GridView {
        id: view
        anchors { fill: parent; leftMargin: grid.sideMargin; rightMargin: grid.sideMargin - Theme.gap }
        focus: true
        activeFocusOnTab: true
        model: grid.model
        cellWidth: grid.cellWidth
        cellHeight: grid.cellWidth - Theme.gap + 66 + 20
        bottomMargin: Theme.margin
        cacheBuffer: Math.max(0, height)
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        topMargin: 4
        onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Store")
        Keys.onReturnPressed: if (currentItem) currentItem.opened()
        Keys.onEnterPressed: if (currentItem) currentItem.opened()
        delegate: ProductCard {
            width: grid.cellWidth - Theme.gap
            onOpened: grid.app.navigator.go("product", {productId: productId})
        }
        Scroller { parent: grid; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: view.visibleArea.heightRatio; position: view.visibleArea.yPosition
                   active: view.moving || hovered
                   onPositionChanged: if (pressed) view.contentY = position * view.contentHeight + view.originY }
    }
    EmptyState {
        anchors.fill: parent
        visible: grid.model.loaded && !grid.model.failed && !grid.model.loading && grid.model.count === 0
        iconName: "search"
        text: qsTr("Nothing in the store matches.")
        actionText: qsTr("Clear filters")
        onAction: grid.app.store.clearFilters()
    }
    EmptyState {
        anchors.fill: parent
        visible: grid.model.failed && grid.model.count === 0
        failed: true
        iconName: "wifi-off"
        text: grid.model.errorText
        actionText: qsTr("Try again")
        onAction: grid.model.reload()
    }
}
