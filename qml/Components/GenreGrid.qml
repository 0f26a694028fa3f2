import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// The genres of a list and how much each has, where that is known.
FocusScope {
    id: grid
    required property AppContext app
    required property MediaModel model
    property int sideMargin: Theme.margin
    property Component header: null
    readonly property FacetsViewModel facets: app.facets()
    signal chosen(string genre)
    Component.onCompleted: { facets.model = model; facets.load() }

    GridView {
        id: view
        anchors { fill: parent; leftMargin: grid.sideMargin; rightMargin: grid.sideMargin - Theme.gap }
        focus: true
        activeFocusOnTab: true
        readonly property int columns: Math.max(1, Math.floor(width / 236))
        cellWidth: Math.floor(width / columns)
        cellHeight: 72 + Theme.gap
        header: grid.header
        bottomMargin: Theme.margin
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        model: grid.facets.genres
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Genres")
        Keys.onReturnPressed: if (currentItem) currentItem.clicked()
        Keys.onEnterPressed: if (currentItem) currentItem.clicked()
        delegate: T.ItemDelegate {
            id: tile
            required property int index
            required property var modelData
            width: view.cellWidth - Theme.gap
            height: 72
            hoverEnabled: true
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.Button
            Accessible.name: modelData.detail === "" ? modelData.text : modelData.text + ", " + modelData.detail
            Accessible.onPressAction: clicked()
            onClicked: grid.chosen(modelData.value)
            background: Rectangle {
                radius: Theme.radiusCard
                color: tile.hovered ? Theme.pressed : Theme.control
                FocusRing { shown: tile.GridView.isCurrentItem && view.activeFocus; radius: Theme.radiusCard + offset }
            }
            Label { anchors { left: parent.left; leftMargin: 16; right: number.left; rightMargin: 8; verticalCenter: parent.verticalCenter } text: tile.modelData.text; weight: Font.Medium; font.pixelSize: Theme.body }
            Label { id: number; anchors { right: parent.right; rightMargin: 16; verticalCenter: parent.verticalCenter } text: tile.modelData.detail; color: Theme.secondary; tabular: true }
        }
    }
    EmptyState {
        anchors { fill: parent; topMargin: view.headerItem ? view.headerItem.height : 0 }
        visible: grid.facets.errorText !== "" || grid.facets.loaded && grid.facets.genres.length === 0
        failed: grid.facets.errorText !== ""
        iconName: failed ? "wifi-off" : "tag"
        text: failed ? grid.facets.errorText : qsTr("The tags of the music name no genres.")
        actionText: failed ? qsTr("Try again") : ""
        onAction: grid.facets.load()
    }
}
